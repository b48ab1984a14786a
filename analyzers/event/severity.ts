import { z } from "zod";
import type { Context, EventAnalyzer, Figure, Table } from "../contract.ts";
import { readYaml } from "../../pipeline/config.ts";
import { dataPath } from "../../pipeline/paths.ts";
import { nameOf } from "../../reports/names.ts";
import { hoursOf } from "../hours.ts";
import { gradeOf, gradesSchema, subjectOf, type Condition, type Grades } from "../severity.ts";
import { strongestSurge } from "../surge.ts";
import { sentiment as sentimentAnalyzer } from "./sentiment.ts";

const options = z.strictObject({
  grades: z.union([z.enum(["default", "department"]), gradesSchema]).default("default").describe("a shipped table of grades (data/severity) or one of your own"),
});

const words = z.object({ zh: z.string(), en: z.string() });
const data = z.object({
  /** Name of the table of grades. */
  table: z.string(),
  /** Lowest first. */
  levels: z.array(words.extend({ key: z.string(), colour: z.enum(["blue", "yellow", "orange", "red"]) })),
  /** Index of the level that the table gives, and of the one that stands; they differ only by hand. Null when event.yaml names a level that the table lacks. */
  measured: z.number(),
  level: z.number().nullable(),
  /** Why a person set another level; null when nobody did. */
  reason: z.string().nullable(),
  /** Every condition of the table, highest level first; value null: not known from this data. what: the words of the measure; figure: its key, shared by conditions of one measure. */
  conditions: z.array(z.object({ level: z.number(), figure: z.string(), what: words, least: z.number(), value: z.number().nullable(), unit: z.enum(["posts", "authors", "count", "ratio", "share"]), satisfied: z.boolean() })),
});
type Data = z.infer<typeof data>;

/** A measure: what it is called, its value, its unit, and the rows behind it. */
type Measure = Pick<Figure, "value" | "filter" | "estimate" | "interval" | "of"> & { what: Figure["label"]; unit: Data["conditions"][number]["unit"] };
const exact = { filter: null, estimate: false, interval: null, of: null };

export const severity: EventAnalyzer<z.infer<typeof options>, Data> = {
  id: "severity",
  question: { zh: "按规则表应定为哪一级，依据是什么？", en: "Which grade does the table give, and on what grounds?" },
  requires: {
    volume: ["slot", "posts", "engagement"],
    author_sizes: ["posts", "authors"],
    reach: ["id", "reposts"],
    type_authors: ["author_type", "authors"],
    region_authors: ["region", "authors"],
    terms: ["field", "term", "docs"],
  },
  after: ["sentiment"],
  options,
  data,
  analyze(tables, { grades }, context) {
    const table: Grades = typeof grades === "string" ? readYaml(dataPath("severity", `${grades}.yaml`), gradesSchema) : grades;
    const total = sum(tables.volume!, "posts");
    const measures = new Map<string, Measure & { key: string }>();
    const measureOf = (condition: Condition): Measure & { key: string } => {
      const subject = subjectOf(condition);
      if (!measures.has(subject)) measures.set(subject, { key: `measure.${measures.size + 1}`, ...measure(condition, tables, context) });
      return measures.get(subject)!;
    };
    const measured = gradeOf(table, (condition) => measureOf(condition).value);
    const wanted = context.event.severity;
    const set = wanted === undefined ? measured : table.levels.findIndex(({ key }) => key === wanted.level);
    const conditions = table.levels.map(({ any }, level) => (any ?? []).map((condition) => ({ level, condition }))).reverse().flat();
    const found: Data = {
      table: table.name,
      levels: table.levels.map(({ key, zh, en, colour }) => ({ key, zh, en, colour })),
      measured,
      level: set < 0 ? null : set,
      reason: wanted?.reason ?? null,
      conditions: conditions.map(({ level, condition }) => {
        const { key, what, value, unit } = measureOf(condition);
        return { level, figure: key, what, least: condition.least, value, unit, satisfied: value !== null && value >= condition.least };
      }),
    };
    const unknown = set < 0 ? { zh: `事件文件 severity.level 的“${wanted!.level}”不在规则表中（${keys(table)}）；按规则表应为“${table.levels[measured]!.zh}”`, en: `severity.level “${wanted!.level}” of the event file is not in the table (${keys(table)}); the table gives “${table.levels[measured]!.en}”` } : null;
    return {
      status: total === 0 ? "empty" : unknown === null ? "ok" : "unavailable",
      reason: total === 0 ? { zh: "没有可分析的帖文", en: "no posts to analyse" } : unknown,
      lens: "posts",
      coverage: { posts: total, of: total },
      method: {
        zh: `规则表“${table.name}”：满足任一条件的最高一级；都不满足为“${table.levels[0]!.zh}”。条件对照数据中的实际计数，未知的量不作满足；倾向占比只用人工抽查修正后的区间下限。增速为三小时帖量与此前三小时之比（除去时段活跃度）的下限：exp(ln 比值 − 3.3·√(φ(1/后 + 1/前)))，φ 为离散系数。阈值不是官方标准，级别供研判参考。`,
        en: `Table “${table.name}”: the highest level with one satisfied condition, “${table.levels[0]!.en}” without any. Conditions are held against counts of the data; what is unknown satisfies nothing; of moods only the lower bound of a hand-corrected share counts. Growth is the lower bound of posts of three hours ÷ the three before, usual activity taken out: exp(ln ratio − 3.3·√(φ(1/after + 1/before))), φ = dispersion. The thresholds are not official; the grade supports a decision, it does not make one.`,
      },
      figures: [...measures.values()].map(({ key, what, value, unit, filter, estimate, interval, of }): Figure => ({ key, label: what, value, unit, of, interval, filter, estimate })),
      data: found,
    };
  },
};

const keys = ({ levels }: Grades): string => levels.map(({ key }) => key).join(", ");

function measure(condition: Condition, { volume, author_sizes, reach, type_authors, region_authors, terms }: Record<string, Table>, context: Context): Measure {
  switch (condition.measure) {
    case "posts":
      return { ...exact, what: { zh: "帖文", en: "posts" }, value: sum(volume!, "posts"), unit: "posts", filter: {} };
    case "engagement":
      return { ...exact, what: { zh: "互动数", en: "engagement" }, value: sum(volume!, "engagement"), unit: "count" };
    case "authors":
      return { ...exact, what: { zh: "参与账号", en: "accounts" }, value: author_sizes!.length === 0 ? null : sum(author_sizes!, "authors"), unit: "authors" };
    case "reposts":
      return { ...exact, what: { zh: "单条最高转发", en: "most reposts of one post" }, value: (reach![0]?.reposts as number | undefined) ?? null, unit: "count", filter: reach![0] ? { id: reach![0].id as string } : null };
    case "media": {
      const known = type_authors!.some(({ author_type }) => author_type !== null);
      return { ...exact, what: { zh: "媒体账号", en: "accounts of media" }, value: known ? sum(type_authors!.filter(({ author_type }) => author_type === "media"), "authors") : null, unit: "authors", filter: known ? { author_type: "media" } : null };
    }
    case "provinces": {
      const { each } = condition;
      return { ...exact, what: { zh: `有 ${each} 个以上账号的省份`, en: `provinces with ${each} accounts or more` }, value: region_authors!.length === 0 ? null : region_authors!.filter(({ authors }) => (authors as number) >= each).length, unit: "count" };
    }
    case "growth": {
      const hours = hoursOf(volume!, [], context.utcOffsetMs);
      const surge = hours && strongestSurge(hours);
      const first = surge && (surge.ms + context.utcOffsetMs) / 600_000;
      return { ...exact, what: { zh: "三小时增速（95% 下限）", en: "growth over three hours (lower bound)" }, value: surge?.lower ?? null, unit: "ratio", of: surge?.posts ?? null, filter: first === null ? null : { slot: { gte: first, lt: first + 18 } }, estimate: true };
    }
    case "negative": {
      const found = sentimentAnalyzer.data.safeParse(context.findings.get("sentiment")?.data).data?.all.estimate;
      const share = found?.kind === "audited" ? found.shares!.find(({ polarity }) => polarity === "negative") : undefined;
      return { ...exact, what: { zh: "负面占比（修正后下限）", en: "share of negative posts (corrected, lower bound)" }, value: share?.interval[0] ?? null, unit: "share", of: share ? found!.n : null, estimate: true };
    }
    case "words":
      return hits(condition, terms!);
  }
}

/** What authors said with the most frequent of the words in it (texts as hot words count them). */
function hits({ words, field }: Extract<Condition, { measure: "words" }>, terms: Table): Measure {
  const texts = words.map((word) => ({ word, docs: sum(terms.filter((row) => row.term === word && (field === undefined || row.field === field)), "docs") }));
  const most = texts.reduce((best, one) => (one.docs > best.docs ? one : best));
  const by = field === undefined ? { zh: "", en: "" } : { zh: `${nameOf("field", field, "zh")}`, en: ` of ${nameOf("field", field, "en")}` };
  return { ...exact, what: { zh: `含“${most.word}”的${by.zh}文本`, en: `texts${by.en} with “${most.word}”` }, value: most.docs, unit: "count", filter: { term: most.word, ...(field === undefined ? {} : { field }) } };
}

function sum(rows: Table, column: string): number {
  return rows.reduce((total, row) => total + (row[column] as number), 0);
}
