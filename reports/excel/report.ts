import type { Figure } from "../../analyzers/contract.ts";
import type { Language } from "../../pipeline/errors.ts";
import type { Chart, Section } from "../contract.ts";
import { filterWords } from "../html/filter.ts";
import { findingOf, pageOf, type OnFailure, type Page } from "../html/page.ts";
import { nameOf } from "../names.ts";
import type { Report } from "../report.ts";
import { chartSheet, head, number, sheetNames, text } from "./cells.ts";
import { workbook, type Cell, type Worksheet } from "./workbook.ts";

interface Options {
  language: Language;
  /** Told of a section whose tables cannot be made: the list of sheets says so. Without it the first such error throws. */
  onFailure?: OnFailure;
}

const words = {
  contents: { zh: "目录", en: "Contents" },
  sheet: { zh: "工作表", en: "sheet" },
  section: { zh: "章节", en: "section" },
  title: { zh: "标题", en: "title" },
  note: { zh: "单位与分母", en: "unit and denominator" },
  facts: { zh: "事实", en: "Facts" },
  rows: { zh: "样本行", en: "Sample rows" },
  coverage: { zh: "口径", en: "Coverage" },
  item: { zh: "项", en: "item" },
  value: { zh: "值", en: "value" },
  key: { zh: "键", en: "key" },
  label: { zh: "指标", en: "figure" },
  unit: { zh: "单位", en: "unit" },
  low: { zh: "区间下限", en: "low" },
  high: { zh: "区间上限", en: "high" },
  row: { zh: "行", en: "row" },
  id: { zh: "编号", en: "id" },
  published: { zh: "发布时间（UTC）", en: "published (UTC)" },
  author: { zh: "作者", en: "author" },
  text: { zh: "正文", en: "text" },
  link: { zh: "链接", en: "link" },
  event: { zh: "事件", en: "event" },
  file: { zh: "文件", en: "file" },
  reason: { zh: "拒收", en: "rejected" },
  suspicion: { zh: "疑点", en: "looks wrong" },
  failed: { zh: "未能生成", en: "could not be made" },
} as const;

/** report.xlsx: a list of sheets, 口径, every fact, one sheet for the table of every chart, sample rows. Numbers as numbers, texts as texts, no formula. Same report, same bytes. */
export function reportWorkbook(report: Report, sections: readonly Section[], { language, onFailure }: Options): Uint8Array {
  const page = pageOf(report, sections, language, onFailure ?? rethrow);
  const tables = sections.flatMap((section) => chartsOf(page, section).map((chart) => ({ section: section.heading[language], chart })));
  const fixed = [words.contents, words.coverage, words.facts, words.rows].map((word) => word[language]);
  const names = sheetNames([...fixed, ...tables.map(({ section }) => section)]);
  const [contents, coverage, facts, rows] = names as [string, string, string, string];
  const list: (Cell | null)[][] = [
    head([words.sheet, words.section, words.title, words.note].map((word) => word[language])),
    [text(coverage)],
    [text(facts)],
    ...tables.map(({ section, chart }, i) => [text(names[fixed.length + i]!), text(section), text(chart.title), text(chart.note.replaceAll("\n", ""))]),
    [text(rows)],
    ...page.report.findings.flatMap((finding) => (finding.status === "error" ? [[null, text(finding.id), text(`${words.failed[language]}: ${finding.error}`)]] : [])),
  ];
  return workbook([
    { name: contents, widths: [24, 20, 48, 60], rows: list },
    coverageSheet(page, coverage),
    factsSheet(page, facts),
    ...tables.map(({ chart }, i) => chartSheet(names[fixed.length + i]!, chart)),
    rowsSheet(page, rows),
  ]);
}

/** evidence.xlsx: every fact with what stands behind it, and the sample rows by the numbers that the report uses. */
export function evidenceWorkbook(report: Report, sections: readonly Section[], { language }: Options): Uint8Array {
  const page = pageOf(report, sections, language, rethrow);
  return workbook([factsSheet(page, words.facts[language]), rowsSheet(page, words.rows[language])]);
}

const rethrow: OnFailure = (_, error) => {
  throw error;
};

function chartsOf(page: Page, section: Section): Chart[] {
  const finding = findingOf(page, section.id);
  if (finding === undefined || finding.status !== "ok") return [];
  try {
    return section.charts(finding, page.language).filter(({ table }) => table.rows.length > 0);
  } catch (error) {
    page.onFailure(section.id, error as Error);
    return [];
  }
}

function coverageSheet({ report, words: names, language }: Page, name: string): Worksheet {
  const { intake, manifest, event } = report;
  const counts = (["read", "kept", "duplicates", "outside", "accounts", "rejected"] as const).map((key) => [text(names[key]), number(intake[key])]);
  return {
    name,
    widths: [24, 60, 14],
    rows: [
      head([words.item[language], words.value[language], names.rows]),
      [text(words.event[language]), text(event.name)],
      ...(event.label === "" ? [] : [[null, text(event.label)]]),
      ...counts,
      ...intake.rejects.map(({ code, rows }) => [text(words.reason[language]), text(nameOf("reject", code, language)), number(rows)]),
      ...intake.suspicions.map(({ file, message, rows }) => [text(words.suspicion[language]), text(`${file}: ${message[language]}`), number(rows)]),
      ...manifest.files.map(({ name: file, sha256, read }) => [text(words.file[language]), text(`${file} ${sha256}`), number(read)]),
    ],
  };
}

function factsSheet(page: Page, name: string): Worksheet {
  const { language, words: names, utcOffsetMs } = page;
  const headings = new Map(page.sections.map(({ id, heading }) => [id, heading[language]]));
  const labels = [names.fact, words.section[language], words.label[language], words.value[language], words.unit[language], names.denominator, words.low[language], words.high[language], names.estimate, names.filter, names.matched, names.samples, words.key[language]];
  const sample = (id: string): string => `${names.row}-${page.rows.get(id)?.no ?? "?"}`;
  const rows = [...page.facts].flatMap(([id, facts]) =>
    [...facts.values()].map(({ fact, figure }) => [
      number(fact.no),
      text(headings.get(id) ?? id),
      text(figure.label[language]),
      valueOf(figure, figure.value),
      text(nameOf("unit", figure.unit, language)),
      number(figure.of),
      valueOf(figure, figure.interval?.[0] ?? null),
      valueOf(figure, figure.interval?.[1] ?? null),
      text(figure.estimate ? names.estimate : ""),
      text(figure.filter === null ? "" : filterWords(figure.filter, language, utcOffsetMs)),
      number(fact.matched),
      text(fact.samples.map(sample).join(" ")),
      text(`${id} ${figure.key}`),
    ]),
  );
  return { name, widths: [7, 16, 36, 14, 9, 10, 12, 12, 10, 40, 10, 18, 30], rows: [head(labels), ...rows] };
}

/** Instants as UTC text, everything else exact and unrounded. */
const valueOf = ({ unit }: Figure, value: number | null): Cell | null => (value !== null && unit === "ms" ? text(new Date(value).toISOString()) : number(value));

function rowsSheet(page: Page, name: string): Worksheet {
  const { language, words: names } = page;
  const labels = [words.row[language], words.id[language], names.place, "platform", words.published[language], words.author[language], names.engagement, words.text[language], words.link[language]];
  if (language === "zh") labels[3] = "平台";
  const rows = [...page.rows.values()].map(({ row, no }) => [text(`${names.row}-${no}`), text(row.id), text(row.place), text(nameOf("platform", row.platform, language)), text(row.published_ms === null ? null : new Date(row.published_ms).toISOString()), text(row.author_name), number(row.engagement), text(row.text), text(row.url)]);
  return { name, widths: [8, 20, 18, 10, 24, 16, 10, 80, 40], rows: [head(labels), ...rows] };
}
