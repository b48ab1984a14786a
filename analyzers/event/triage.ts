import { z } from "zod";
import type { EventAnalyzer, Figure, Table } from "../contract.ts";
import { triageClasses, triageRules } from "../post/triage/rules.ts";

const options = z.strictObject({ queue: z.number().int().min(0).max(30).default(10).describe("wordings listed for a person to look at") });
type Options = z.infer<typeof options>;

const cueCount = z.object({ cue: z.string(), posts: z.number() });
const data = z.object({
  /** Netizens' posts with own words: the denominator. Of them: of any class, with too few cues for any, without any. */
  worded: z.number(),
  classed: z.number(),
  undecided: z.number(),
  none: z.number(),
  /** In the order of the rules; a post may count in several. cues: those that speak for it, most posts first. examples: post ids. */
  classes: z.array(z.object({ name: z.enum(triageClasses), posts: z.number(), authors: z.number(), cues: z.array(cueCount), examples: z.array(z.string()) })),
  /** Wordings of the suspected classes, the greatest reach × score first. score: 0–1, how much it looks like known rumours; no probability. */
  queue: z.array(
    z.object({
      id: z.string(),
      posts: z.number(),
      authors: z.number(),
      reach: z.number(),
      score: z.number(),
      /** Replies with own words in the data, and those that doubt it. */
      worded: z.number(),
      doubts: z.number(),
      published_ms: z.number().nullable(),
      precision: z.enum(["day", "minute"]),
      platform: z.string().nullable(),
      title: z.string(),
      classes: z.array(z.enum(triageClasses)),
      cues: z.array(z.object({ cue: z.string(), words: z.array(z.string()) })),
    }),
  ),
  utc_offset_ms: z.number(),
});
type Data = z.infer<typeof data>;

export const triage: EventAnalyzer<Options, Data> = {
  id: "triage",
  question: { zh: "哪些帖文在咨询求助、提建议，哪些需要人工核实？", en: "Which posts ask or propose, and which need a person to look at them?" },
  requires: {
    volume: ["field", "posts", "worded"],
    triage_totals: ["class", "posts", "authors", "cues", "examples"],
    triage_queue: ["id", "posts", "authors", "reach", "risk_micro", "worded", "doubts", "published_ms", "precision", "platform", "title", "classes", "cues"],
  },
  after: [],
  options,
  data,
  analyze({ volume, triage_totals, triage_queue }, { queue }, { utcOffsetMs }) {
    const total = volume!.reduce((sum, row) => sum + (row.posts as number), 0);
    const worded = volume!.reduce((sum, row) => sum + (row.field === "public" ? (row.worded as number) : 0), 0);
    const found: Data = { ...tally(triage_totals!, worded), queue: queueOf(triage_queue!).slice(0, queue), utc_offset_ms: utcOffsetMs };
    const { least } = triageRules();
    return {
      status: total === 0 ? "empty" : worded === 0 ? "unavailable" : "ok",
      reason: total === 0 ? { zh: "没有可分析的帖文", en: "no posts to analyse" } : worded === 0 ? { zh: "没有带本人文字的民间帖文", en: "no netizens' posts with own words" } : null,
      lens: "posts",
      coverage: { posts: worded, of: total },
      method: {
        zh: `只看民间有自身文字的帖文。按线索表（data/triage/cues.yaml，本系统口径）逐字对照，并看提问句、冒犯性言辞（线性模型，COLDataset）、十分钟内五个以上账号同文、回复中多人称谣言或求证；每类线索计分，满 ${least} 分归类，可归几类；有分而不足的“不判断”。规则未经人工标注检验。“疑似”只表示有所列线索、待人核实，不是对帖文真伪或任何人的认定。待核实清单按“触达 × 风险分”排序：触达为各帖“1＋转评赞（或数据所见回复，取大）”之和；风险分由措辞线索与质疑回复占比得出（逻辑回归，CED），只用于排序，不是概率。`,
        en: `Netizens' posts with own words only. Cues are looked for letter by letter (data/triage/cues.yaml, our own), besides questions, offensive words (linear model, COLDataset), one text by five accounts within ten minutes, and replies that call it a rumour or ask for proof; cues score points for a class, ${least} give it, several classes are possible, fewer leave the post undecided. The rules were not checked against labels. “Suspected” says that the cues listed are there and a person should look, not that a post is false, nor anything about a person. The list is ordered by reach × risk score: reach sums 1 + reposts, comments and likes (or the replies seen, the greater); the risk score comes from cues of wording and the share of doubting replies (logistic regression, CED), orders the list and is no probability.`,
      },
      figures: figuresOf(found),
      quoted: [...found.classes.flatMap(({ examples }) => examples.slice(0, 1)), ...found.queue.map(({ id }) => id)],
      data: found,
    };
  },
};

function tally(totals: Table, worded: number): Omit<Data, "queue" | "utc_offset_ms"> {
  const row = (name: string | null) => totals.find((one) => one.class === name);
  const posts = (name: string | null) => (row(name)?.posts as number | undefined) ?? 0;
  const classes = triageClasses.map((name) => ({ name, posts: posts(name), authors: (row(name)?.authors as number | undefined) ?? 0, cues: parts(row(name)?.cues, ",").map(cueOf), examples: parts(row(name)?.examples, "\u0001") }));
  return { worded, classed: posts(null), undecided: posts("undecided"), none: worded - posts(null) - posts("undecided"), classes };
}

const parts = (joined: unknown, separator: string): string[] => (typeof joined === "string" && joined !== "" ? joined.split(separator) : []);

function cueOf(pair: string): z.infer<typeof cueCount> {
  const [cue, posts] = pair.split(":") as [string, string];
  return { cue, posts: Number(posts) };
}

function queueOf(rows: Table): Data["queue"] {
  return rows
    .map((row) => ({
      ...(row as unknown as Omit<Data["queue"][number], "classes" | "cues" | "score" | "precision">),
      title: (row.title as string | null) ?? "",
      precision: row.precision === "day" ? ("day" as const) : ("minute" as const),
      score: (row.risk_micro as number) / 1e6,
      classes: triageClasses.filter((name) => parts(row.classes, ",").includes(name)),
      cues: cuesOf(parts(row.cues, "\u0001")),
    }))
    .sort((a, b) => b.reach * b.score - a.reach * a.score || (a.id < b.id ? -1 : 1));
}

function cuesOf(lines: readonly string[]): Data["queue"][number]["cues"] {
  const words = new Map<string, string[]>();
  for (const line of lines) {
    const [cue, word] = line.split("\u0002") as [string, string];
    words.set(cue, [...(words.get(cue) ?? []), ...(word === "" ? [] : [word])]);
  }
  return [...words].map(([cue, list]) => ({ cue, words: list }));
}

function figuresOf({ worded, classed, undecided, none, classes, queue }: Data): Figure[] {
  if (worded === 0) return [];
  const { classes: rules } = triageRules();
  const both = (key: string, zh: string, en: string, value: number, filter: Figure["filter"]): Figure[] => {
    const plain = { label: { zh, en }, value, interval: null, filter, estimate: true };
    return [{ key, ...plain, unit: "posts", of: null }, { key: `share.${key}`, ...plain, value: value / worded, unit: "share", of: worded }];
  };
  const of = (name: string): Figure["filter"] => ({ triage: name, field: "public" });
  return [
    { key: "worded", label: { zh: "民间有自身文字的帖文", en: "netizens' posts with own words" }, value: worded, unit: "posts", of: null, interval: null, filter: { field: "public", worded: 1 }, estimate: false },
    ...both("classed", "归入任一类", "of any class", classed, { triage: [...triageClasses], field: "public" }),
    ...both("undecided", "有线索而不判断", "undecided", undecided, of("undecided")),
    ...both("none", "无线索", "without cues", none, null),
    ...classes.flatMap(({ name, posts }) => both(name, `${rules[name].suspected ? "疑似" : ""}${rules[name].zh}`, `${rules[name].suspected ? "suspected: " : ""}${rules[name].en}`, posts, of(name))),
    ...queue.map(({ id, reach }, i): Figure => ({ key: `queue.${i + 1}`, label: { zh: "待核实用语的触达", en: "reach of a wording to look at" }, value: reach, unit: "count", of: null, interval: null, filter: { id }, estimate: false })),
  ];
}
