import type { Figure } from "../../analyzers/contract.ts";
import { figure as figureText, integer } from "../format.ts";
import { filterWords } from "../html/filter.ts";
import type { Page } from "../html/page.ts";
import type { Fact } from "../report.ts";
import type { WordBlock } from "./contract.ts";

const words = {
  note: { zh: "正文中方括号里的上标是事实编号；下表列出正文句子和首页引用的每个数字的口径。表格、列表里的编号，没有引用的数字和样本行，见 evidence.xlsx。", en: "The raised numbers in brackets are facts; the table tells what stands behind each that the sentences and page one cite. Those of tables and lists, figures that are not cited, and sample rows are in evidence.xlsx." },
  told: { zh: "指标与数值（分母；区间；筛选；命中）", en: "figure and value (of; interval; filter; matches)" },
} as const;
/** Characters of a filter. */
const longest = 28;

/** The facts that the sentences cite, with denominator, interval, filter and number of rows. */
export function evidenceBlocks(page: Page, cited: ReadonlySet<number>): WordBlock[] {
  const { language, utcOffsetMs } = page;
  const entries = [...page.facts.values()].flatMap((facts) => [...facts.values()]).filter(({ fact }) => cited.has(fact.no));
  if (entries.length === 0) return [];
  const pairs = entries.flatMap((_, i) => (i % 2 === 0 ? [entries.slice(i, i + 2)] : []));
  return [
    { kind: "heading", level: 1, text: page.words.evidence },
    { kind: "paragraph", runs: [words.note[language]], style: "note" },
    {
      kind: "table",
      caption: page.words.evidence,
      small: true,
      columns: [0, 1].flatMap((half) => [{ key: `no${half}`, label: page.words.fact }, { key: `told${half}`, label: words.told[language] }]),
      rows: pairs.map((pair) => Object.fromEntries(pair.flatMap(({ fact, figure }, half) => [[`no${half}`, String(fact.no)], [`told${half}`, `${labelOf(page, figure)}${language === "zh" ? "　" : ": "}${figureText(figure, language, utcOffsetMs)}${basis(page, fact, figure)}`]]))),
      facts: pairs.map((pair) => pair.map(({ fact }) => fact.no)),
    },
  ];
}

const labelOf = ({ words: names, language }: Page, { label, estimate }: Figure): string => `${label[language]}${estimate ? (language === "zh" ? `（${names.est}）` : ` (${names.est})`) : ""}`;

/** Denominator, interval, filter and number of rows in brackets; empty when there are none; a filter that lists many values is cut, and … marks the cut. */
function basis({ words: names, language, utcOffsetMs }: Page, { matched }: Fact, { interval, ...rest }: Figure): string {
  const filter = rest.filter === null ? [] : [...filterWords(rest.filter, language, utcOffsetMs)];
  const parts = [
    rest.of === null ? [] : [`${names.denominator} ${integer(rest.of, language)}`],
    interval === null ? [] : [`${names.interval} ${interval.map((end) => figureText({ ...rest, value: end, interval }, language, utcOffsetMs)).join("–")}`],
    filter.length === 0 ? [] : [filter.length > longest ? `${filter.slice(0, longest).join("")}…` : filter.join("")],
    matched === null ? [] : [`${names.matched} ${integer(matched, language)}`],
  ].flat();
  if (parts.length === 0) return "";
  return language === "zh" ? `（${parts.join("；")}）` : ` (${parts.join("; ")})`;
}
