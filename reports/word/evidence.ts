import type { Figure } from "../../analyzers/contract.ts";
import { figure as figureText, integer } from "../format.ts";
import { filterWords } from "../html/filter.ts";
import type { Page } from "../html/page.ts";
import type { WordBlock } from "./contract.ts";

const words = {
  told: { zh: "正文中方括号里的上标是事实编号；下表列出正文引用的每个数字的口径。没有引用的数字和样本行见 evidence.xlsx。", en: "The raised numbers in brackets are facts; the table tells what stands behind each. Figures that are not cited, and sample rows, are in evidence.xlsx." },
  label: { zh: "指标", en: "figure" },
  value: { zh: "数值", en: "value" },
} as const;

/** The facts that the text cites, with denominator, interval, filter and number of rows. */
export function evidenceBlocks(page: Page, cited: ReadonlySet<number>): WordBlock[] {
  const { language, utcOffsetMs } = page;
  const entries = [...page.facts.values()].flatMap((facts) => [...facts.values()]).filter(({ fact }) => cited.has(fact.no));
  if (entries.length === 0) return [];
  const range = ({ interval, ...rest }: Figure): string => (interval === null ? "" : interval.map((end) => figureText({ ...rest, value: end, interval }, language, utcOffsetMs)).join("–"));
  return [
    { kind: "heading", level: 1, text: page.words.evidence },
    { kind: "paragraph", runs: [words.told[language]], style: "note" },
    {
      kind: "table",
      caption: page.words.evidence,
      columns: [
        { key: "no", label: page.words.fact },
        { key: "label", label: words.label[language] },
        { key: "value", label: words.value[language], align: "right" },
        { key: "of", label: page.words.denominator, align: "right" },
        { key: "interval", label: page.words.interval },
        { key: "filter", label: page.words.filter },
        { key: "matched", label: page.words.matched, align: "right" },
      ],
      rows: entries.map(({ fact, figure }) => ({
        no: String(fact.no),
        label: `${figure.label[language]}${figure.estimate ? (language === "zh" ? `（${page.words.est}）` : ` (${page.words.est})`) : ""}`,
        value: figureText(figure, language, utcOffsetMs),
        of: figure.of === null ? "" : integer(figure.of, language),
        interval: range(figure),
        filter: figure.filter === null ? "" : filterWords(figure.filter, language, utcOffsetMs),
        matched: fact.matched === null ? "" : integer(fact.matched, language),
      })),
      facts: entries.map(({ fact }) => fact.no),
    },
  ];
}
