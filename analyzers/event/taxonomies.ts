import { z } from "zod";
import type { EventAnalyzer, Figure } from "../contract.ts";
import { taxonomiesOf } from "../../pipeline/taxonomy.ts";
import { fields, type Field } from "../../pipeline/schema.ts";
import { nameOf } from "../../reports/names.ts";

const options = z.strictObject({});

const data = z.object({
  /** Posts with own words: the denominator. */
  worded: z.object({ all: z.number(), media: z.number(), official: z.number(), public: z.number() }),
  taxonomies: z.array(
    z.object({
      name: z.string(),
      /** Posts that belong to any class. */
      posts: z.number(),
      /** In the order given; a post may count in several. first_day, peak_day: days since 1970-01-01, the peak by posts, the first of equals; null without a dated post. examples: post ids. */
      classes: z.array(z.object({ name: z.string(), words: z.array(z.string()), posts: z.number(), media: z.number(), official: z.number(), public: z.number(), first_day: z.number().nullable(), peak_day: z.number().nullable(), examples: z.array(z.string()) })),
    }),
  ),
});
type Data = z.infer<typeof data>;
interface Row {
  day: number | null;
  field: Field;
  taxonomy: number;
  class: number;
  posts: number;
}

export const taxonomies: EventAnalyzer<z.infer<typeof options>, Data> = {
  id: "taxonomies",
  question: { zh: "按给定的分类，各类说法有多少？", en: "How many posts fall into the given classes?" },
  requires: { classes: ["day", "field", "taxonomy", "class", "posts"], class_totals: ["taxonomy", "class", "posts", "examples"], volume: ["field", "posts", "worded"] },
  after: [],
  options,
  data,
  analyze({ classes, class_totals, volume }, _, { event }) {
    const of = (field: Field | null) => volume!.reduce((sum, row) => sum + (field === null || row.field === field ? (row.worded as number) : 0), 0);
    const worded = { all: of(null), media: of("media"), official: of("official"), public: of("public") };
    const rows = classes as unknown as Row[];
    const found: Data = {
      worded,
      taxonomies: taxonomiesOf(event).map(({ name, classes: given }, taxonomy) => ({
        name,
        posts: (class_totals!.find((row) => row.taxonomy === taxonomy && row.class === null)?.posts as number | undefined) ?? 0,
        classes: given.map(({ name, any, all, not }, i) => {
          const own = rows.filter((row) => row.taxonomy === taxonomy && row.class === i);
          const examples = class_totals!.find((row) => row.taxonomy === taxonomy && row.class === i)?.examples as string | undefined;
          return { name, words: [...any, ...all.map((word) => `+${word}`), ...not.map((word) => `−${word}`)], ...tally(own), ...days(own), examples: examples ? examples.split("\u0001") : [] };
        }),
      })),
    };
    const total = volume!.reduce((sum, row) => sum + (row.posts as number), 0);
    return {
      status: total === 0 ? "empty" : found.taxonomies.length === 0 || worded.all === 0 ? "unavailable" : "ok",
      reason: total === 0 ? { zh: "没有可分析的帖文", en: "no posts to analyse" } : found.taxonomies.length === 0 ? { zh: "事件说明没有给出分类（taxonomies）", en: "the event file gives no taxonomies" } : worded.all === 0 ? { zh: "没有带本人文字的帖文", en: "no posts with own words" } : null,
      lens: "posts",
      coverage: { posts: worded.all, of: total },
      method: {
        zh: "有自身文字的帖文，按分类所列的词逐字对照（不分字母大小写）：含任一“any”词、全部“all”词且不含“not”词即归入该类，可归入几类。数的是用词，不是立场：否认谣言的帖文也含“谣言”。",
        en: "Posts with own words, held letter by letter against the words of each class (letter case ignored): one of `any`, all of `all`, none of `not`; a post may belong to several. It counts words, not positions: a post that denies a rumour holds the word too.",
      },
      figures: figuresOf(found),
      quoted: found.taxonomies.flatMap(({ classes }) => classes.flatMap(({ examples }) => examples.slice(0, 1))),
      data: found,
    };
  },
};

function tally(rows: readonly Row[]): Record<Field | "posts", number> {
  const of = (field: Field) => rows.reduce((sum, row) => sum + (row.field === field ? row.posts : 0), 0);
  return { posts: rows.reduce((sum, { posts }) => sum + posts, 0), media: of("media"), official: of("official"), public: of("public") };
}

function days(rows: readonly Row[]): { first_day: number | null; peak_day: number | null } {
  const counts = new Map<number, number>();
  for (const { day, posts } of rows) if (day !== null) counts.set(day, (counts.get(day) ?? 0) + posts);
  const sorted = [...counts].sort(([a], [b]) => a - b);
  const most = sorted.reduce((high, [, posts]) => Math.max(high, posts), 0);
  return { first_day: sorted[0]?.[0] ?? null, peak_day: sorted.find(([, posts]) => posts === most)?.[0] ?? null };
}

function figuresOf({ worded, taxonomies }: Data): Figure[] {
  const count = (key: string, zh: string, en: string, value: number, of: number, filter: Figure["filter"]): Figure[] => {
    const plain = { label: { zh, en }, interval: null, filter, estimate: false };
    return [{ key: `posts.${key}`, ...plain, value, unit: "posts", of: null }, ...(of === 0 ? [] : [{ key: `share.${key}`, ...plain, value: value / of, unit: "share" as const, of }])];
  };
  if (taxonomies.length === 0) return [];
  return taxonomies.flatMap(({ name, posts, classes }, t) => [
    ...count(`${t + 1}`, `${name}：任一类`, `${name}: any class`, posts, worded.all, { taxonomy: t }),
    ...classes.flatMap((one, c) => [
      ...count(`${t + 1}.${c + 1}`, one.name, one.name, one.posts, worded.all, { taxonomy: t, class: c }),
      ...fields.flatMap((field) => count(`${t + 1}.${c + 1}.${field}`, `${one.name}，${nameOf("field", field, "zh")}`, `${one.name}, ${nameOf("field", field, "en")}`, one[field], worded[field], { taxonomy: t, class: c, field })),
    ]),
  ]);
}
