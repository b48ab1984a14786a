import { checkAudit } from "../../analyzers/quantification/check.ts";
import { integer, round, share } from "../../reports/format.ts";
import type { Language } from "../errors.ts";
import type { Audit } from "./contract.ts";
import { labelNames } from "./guide.ts";

/** What an audit came to, one line a fact: name, tab, value. κ is Cohen's, over the four labels. */
export function summaryLines(audit: Audit, language: Language): string[] {
  const zh = language === "zh";
  const { sample, sheets } = audit;
  const { items, accuracy, agreement } = checkAudit(audit);
  const lines = [[zh ? "样本" : "sample", `${sample.key} · ${integer(sample.items.length, language)} / ${integer(sample.posts, language)}`]];
  for (const { annotator, labels } of sheets) {
    const counts = labelNames.map(([label, name]) => `${name[language]} ${labels.filter((one) => one.label === label).length}`);
    lines.push([`${zh ? "标注人" : "annotator"} ${annotator}`, [...counts, `${zh ? "未标" : "empty"} ${labels.filter(({ label }) => label === null).length}`].join(" · ")]);
  }
  lines.push([zh ? "可用标注" : "usable labels", integer(items.labelled, language)]);
  if (accuracy !== null) lines.push([zh ? "模型判对" : "model is right", `${share(accuracy.share, language, accuracy.interval)} (95%: ${accuracy.interval.map((end) => share(end, language, accuracy.interval)).join(" – ")})`]);
  if (agreement !== null) {
    const { n, agreed, kappa } = agreement;
    const said = kappa === null ? "" : ` · κ ${two(kappa.value)} (95%: ${kappa.interval.map(two).join(" – ")})`;
    lines.push([zh ? "两人一致" : "annotators agree", `${share(agreed, language)} / ${integer(n, language)}${said}`]);
  }
  return lines.map((line) => line.join("\t"));
}

const two = (value: number): string => round(value, 2).toFixed(2);
