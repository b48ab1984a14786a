import type { Figure } from "../../analyzers/contract.ts";
import { figure as figureText, integer } from "../format.ts";
import { filterWords } from "../html/filter.ts";
import type { Page } from "../html/page.ts";
import type { Fact } from "../report.ts";
import type { WordBlock } from "./contract.ts";

const words = {
  told: { zh: "正文中方括号里的上标是事实编号；下表列出正文句子和首页引用的每个数字的口径。表格、列表里的编号，没有引用的数字和样本行，见 evidence.xlsx。", en: "The raised numbers in brackets are facts; the table tells what stands behind each that the sentences and page one cite. Those of tables and lists, figures that are not cited, and sample rows are in evidence.xlsx." },
  label: { zh: "指标", en: "figure" },
  value: { zh: "数值", en: "value" },
  basis: { zh: "分母、区间、筛选", en: "of, interval, filter" },
} as const;
/** Characters of a filter. */
const longest = 40;

/** The facts that the sentences cite, with denominator, interval, filter and number of rows. */
export function evidenceBlocks(page: Page, cited: ReadonlySet<number>): WordBlock[] {
  const { language, utcOffsetMs } = page;
  const entries = [...page.facts.values()].flatMap((facts) => [...facts.values()]).filter(({ fact }) => cited.has(fact.no));
  if (entries.length === 0) return [];
  return [
    { kind: "heading", level: 1, text: page.words.evidence },
    { kind: "paragraph", runs: [words.told[language]], style: "note" },
    {
      kind: "table",
      caption: page.words.evidence,
      small: true,
      columns: [
        { key: "no", label: page.words.fact },
        { key: "label", label: words.label[language] },
        { key: "value", label: words.value[language], align: "right" },
        { key: "basis", label: words.basis[language] },
      ],
      rows: entries.map(({ fact, figure }) => ({
        no: String(fact.no),
        label: `${figure.label[language]}${figure.estimate ? (language === "zh" ? `（${page.words.est}）` : ` (${page.words.est})`) : ""}`,
        value: figureText(figure, language, utcOffsetMs),
        basis: basis(page, fact, figure),
      })),
      facts: entries.map(({ fact }) => fact.no),
    },
  ];
}

/** Denominator, interval, filter and number of rows on one line; a filter that lists many values is cut, and … marks the cut. */
function basis({ words: names, language, utcOffsetMs }: Page, { matched }: Fact, { interval, ...rest }: Figure): string {
  const [space, stop] = language === "zh" ? [" ", "；"] : [" ", "; "];
  const filter = rest.filter === null ? [] : [...filterWords(rest.filter, language, utcOffsetMs)];
  return [
    rest.of === null ? [] : [`${names.denominator}${space}${integer(rest.of, language)}`],
    interval === null ? [] : [`${names.interval}${space}${interval.map((end) => figureText({ ...rest, value: end, interval }, language, utcOffsetMs)).join("–")}`],
    filter.length === 0 ? [] : [filter.length > longest ? `${filter.slice(0, longest).join("")}…` : filter.join("")],
    matched === null ? [] : [`${names.matched}${space}${integer(matched, language)}`],
  ].flat().join(stop);
}
