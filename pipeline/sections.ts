import { z } from "zod";
import type { Finding } from "../analyzers/contract.ts";
import type { Section, Sentence } from "../reports/contract.ts";
import { reportSchema, type Report } from "../reports/report.ts";
import { readYaml } from "./config.ts";
import { nearest, YuqingError, type Language, type Message } from "./errors.ts";

const words = z.string().trim().min(1).max(4000);
const entry = z.strictObject({
  id: z.string().min(1),
  heading: z.string().trim().min(1).max(200).optional().describe("in place of the section's own"),
  intro: words.optional().describe("the analyst's words before the section's, marked as such"),
  closing: words.optional().describe("the analyst's words after the section's, marked as such"),
  charts: z.array(z.string().min(1)).optional().describe("ids of the charts to keep; [] for none; without it all"),
});
/** `--sections`: which sections a report has, in which order, in whose words. A name alone takes the section as it is. */
export const sectionsSchema = z.strictObject({ sections: z.array(z.union([z.string().min(1), entry])).min(1).max(100) });
export type SectionChoice = z.infer<typeof entry>;

/** Reads sections.yaml and holds its names against the sections that exist. Throws CONFIG_… for the file and SECTION_UNKNOWN, SECTION_TWICE (exit 2). */
export function readSections(path: string, known: readonly Section[]): SectionChoice[] {
  const chosen = readYaml(path, sectionsSchema).sections.map((one) => (typeof one === "string" ? { id: one } : one));
  const ids = known.map(({ id }) => id);
  chosen.forEach(({ id }, i) => {
    if (!ids.includes(id)) throw refused("SECTION_UNKNOWN", { zh: "没有这个章节", en: "no such section" }, path, id, ids);
    if (chosen.findIndex((other) => other.id === id) < i) throw refused("SECTION_TWICE", { zh: "同一章节列了两次", en: "a section is listed twice" }, path, id, ids);
  });
  return chosen;
}

function refused(code: string, what: Message, where: string, got: string, known: readonly string[]): YuqingError {
  const near = known.includes(got) ? null : nearest(got, known);
  return new YuqingError(code, 2, { what, where, got, expected: known.join(", "), next: near === null ? { zh: "改正后重跑；什么也没有执行", en: "correct it and run again; nothing was run" } : { zh: `是否想写 ${near}？`, en: `did you mean ${near}?` } });
}

/** The chosen sections in the order chosen, with the analyst's headings and words. The 口径卡 is on every report, chosen or not. */
export function arranged(known: readonly Section[], choices: readonly SectionChoice[]): Section[] {
  const byId = new Map(known.map((section) => [section.id, section]));
  return choices.map(({ id, heading, intro, closing, charts }): Section => {
    const section = byId.get(id)!;
    return {
      ...section,
      heading: heading === undefined ? section.heading : { zh: heading, en: heading },
      tell: (finding, language) => [...said(intro, language), ...section.tell(finding, language), ...said(closing, language)],
      charts: (finding, language) => section.charts(finding, language).filter((chart) => charts === undefined || charts.includes(chart.id)),
    };
  });
}

/** The analyst's words are set apart from what the facts say: nothing in them is a fact, and the checker leaves them alone. */
function said(text: string | undefined, language: Language): Sentence[] {
  if (text === undefined) return [];
  const line = text.replace(/\s+/gu, " ");
  return [[language === "zh" ? `【分析师按】${line}【按语完】` : `[Analyst's note] ${line} [end of note]`]];
}

/** Choices whose words no reader will see, since their section has nothing to tell in this report. */
export function unspoken(report: Report, choices: readonly SectionChoice[]): string[] {
  const told = new Set(report.findings.filter(({ status }) => status === "ok").map(({ id }) => id));
  return choices.filter(({ id, intro, closing }) => (intro ?? closing) !== undefined && !told.has(id)).map(({ id }) => id);
}

/** A section without an analyzer of its own: it tells the figures of others anew (docs/sections.md). Its finding is made from theirs. */
export interface DerivedSection<D = Record<string, unknown>> extends Section<D> {
  question: Message;
  /** Findings that it reads: their figures by the key "<finding>.<key>", their data by the finding's id. */
  from: readonly string[];
}

const isDerived = (section: Section): section is DerivedSection => "from" in section && "question" in section;

/**
 * The report with a finding, and numbered facts, for every derived section: ok when one of its sources is, else unavailable. Facts keep their rows.
 * A finding that the report already holds stays.
 */
export function withDerived(report: Report, sections: readonly Section[]): Report {
  const missing = sections.filter(isDerived).filter(({ id }) => report.findings.every((finding) => finding.id !== id));
  if (missing.length === 0) return report;
  const facts = new Map(report.facts.map((fact) => [`${fact.finding}.${fact.key}`, fact]));
  const findings = missing.map(({ id, question, from }) => ({ id, question, ...derived(report, from) }));
  const added = findings.flatMap(({ id, figures }) => figures.map(({ key }) => ({ ...facts.get(key)!, finding: id, key })));
  return reportSchema.parse({ ...report, findings: [...report.findings, ...findings], facts: [...report.facts, ...added.map((fact, i) => ({ ...fact, no: report.facts.length + i + 1 }))] });
}

function derived({ findings }: Report, from: readonly string[]): Finding & { quoted: string[] } {
  const sources = findings.flatMap((finding) => (finding.status === "ok" && from.includes(finding.id) ? [finding] : []));
  const [first] = sources;
  return {
    status: first === undefined ? "unavailable" : "ok",
    reason: first === undefined ? { zh: `所依据的章节没有结果：${from.join("、")}`, en: `its sources gave no result: ${from.join(", ")}` } : null,
    lens: first?.lens ?? "posts",
    coverage: first?.coverage ?? { posts: 0, of: 0 },
    method: { zh: `由以下章节的事实写出，不另作计算：${from.join("、")}。`, en: `Told from the facts of other sections, nothing is computed: ${from.join(", ")}.` },
    figures: sources.flatMap((source) => source.figures.map((figure) => ({ ...figure, key: `${source.id}.${figure.key}` }))) as Finding["figures"],
    quoted: [],
    data: Object.fromEntries(sources.map(({ id, data }) => [id, data])),
  };
}
