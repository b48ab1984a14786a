import { z } from "zod";
import type { Context, EventAnalyzer, Figure, Filter, Table } from "../contract.ts";
import { localMs } from "../../pipeline/config.ts";
import { fingerprintOf, fingerprintSchema, fingerprintTables, firstDay, least, measureNames, measures, place, type Fingerprint, type Measure } from "../fingerprint.ts";
import { bci, presets, wci } from "../indices.ts";

const options = z.strictObject({
  indices: z.boolean().default(false).describe("show published indices (WCI, BCI) of the accounts of most engagement, where the data has all their counts"),
  accounts: z.number().int().min(1).max(20).default(5).describe("accounts of each index"),
});
type Options = z.infer<typeof options>;

const interval = z.tuple([z.number(), z.number()]);
const data = z.object({
  /** What the event library keeps of this case. */
  fingerprint: fingerprintSchema,
  /** Local days with posts, from 1970-01-01; null when no post has a time. */
  days: z.object({ first: z.number(), last: z.number() }).nullable(),
  /** Null without a library. entries: other events than this; alike: those of the same type, null when this event has no type. */
  library: z.object({ entries: z.number(), alike: z.number().nullable(), type: z.string().nullable(), damaged: z.number() }).nullable(),
  /** Known measures against the library: those of the same type when there are enough, else all. */
  places: z.array(z.object({ measure: z.enum(measureNames as [Measure, ...Measure[]]), base: z.enum(["type", "all"]), n: z.number(), median: z.number().nullable(), percentile: z.number().nullable(), interval: interval.nullable() })),
  /** Published indices; [] unless asked for. */
  indices: z.array(z.object({ index: z.enum(["wci", "bci"]), author: z.number(), author_name: z.string().nullable(), posts: z.number(), value: z.number() })),
  /** Asked for, but no account has all counts. */
  uncounted: z.boolean(),
});
type Data = z.infer<typeof data>;

export const heat: EventAnalyzer<Options, Data> = {
  id: "heat",
  question: { zh: "热度如何，与以往事件相比在什么位置？", en: "How much heat, and where does it stand among past events?" },
  requires: { ...fingerprintTables, account_counts: ["platform", "author", "author_name", "posts", "reads", "reads_most", "likes", "likes_most", "reposts", "comments"] },
  after: ["phases", "sentiment"],
  options,
  data,
  analyze(tables, { indices, accounts }, context) {
    const endSlot = context.event.window.to === undefined ? null : Math.floor((localMs(context.event.window.to, context.event.utcOffset) + context.utcOffsetMs) / 600_000);
    const fingerprint = fingerprintOf(tables, context, endSlot);
    const days = daysOf(tables.volume!);
    const found: Data = { fingerprint, days, ...placed(fingerprint, context), indices: indices ? indicesOf(tables.account_counts!, days, accounts) : [], uncounted: false };
    found.uncounted = indices && found.indices.length === 0;
    return {
      status: fingerprint.posts === 0 ? "empty" : "ok",
      reason: fingerprint.posts === 0 ? { zh: "没有可分析的帖文", en: "no posts to analyse" } : null,
      lens: "posts",
      coverage: { posts: fingerprint.posts, of: fingerprint.posts },
      method: {
        zh: `热度不合成一个指数，只列三个数：发布量为全部帖文，互动量为已知的转发、评论、点赞之和，参与账号按作者标识去重。首日声量为最早一条起 24 小时内的帖文，数据不足 24 小时时未知。百分位为事件库中低于本事件的件数加相等件数之半，除以件数，附 Wilson 95% 区间；同类（event.yaml 的 type 相同）满 ${least} 件时只比同类，否则比库内全部，不足 ${least} 件不给。事件库是使用者自己积累的，不代表全部事件。`,
        en: `Heat is not made into one index but told as three numbers: all posts, known reposts, comments and likes together, and distinct accounts. The first day is the 24 hours from the earliest post, unknown when the data is shorter. Percentile: events of the library below this one plus half of those equal, divided by their number, with Wilson's 95% interval; events of the same type (type in event.yaml) when there are ${least}, else all, and none below ${least}. The library is what its owner has collected, not all events.`,
      },
      figures: fingerprint.posts === 0 ? [] : [...measureFigures(found, tables, context, endSlot), ...libraryFigures(found), ...indexFigures(found)],
      data: found,
    };
  },
};

function daysOf(volume: Table): Data["days"] {
  const days = volume.flatMap(({ day }) => (day === null ? [] : [day as number]));
  return days.length === 0 ? null : { first: days.reduce((a, b) => Math.min(a, b)), last: days.reduce((a, b) => Math.max(a, b)) };
}

/** The case itself, known by its name, is none of the others. */
function placed(fingerprint: Fingerprint, { library, event }: Context): Pick<Data, "library" | "places"> {
  if (!library) return { library: null, places: [] };
  const others = library.entries.filter(({ name }) => name !== event.name);
  const alike = event.type === undefined ? null : others.filter(({ type }) => type === event.type);
  const known = (entries: typeof others, measure: Measure) => entries.flatMap((entry) => entry.fingerprint[measure] ?? []);
  return {
    library: { entries: others.length, alike: alike?.length ?? null, type: event.type ?? null, damaged: library.damaged },
    places: measureNames.flatMap((measure) => {
      const value = fingerprint[measure];
      if (value === null) return [];
      const same = alike && known(alike, measure);
      const base = same && same.length >= least ? ("type" as const) : ("all" as const);
      return [{ measure, base, ...place(value, base === "type" ? same! : known(others, measure)) }];
    }),
  };
}

type Counted = Record<"posts" | "reads" | "reads_most" | "likes" | "likes_most" | "reposts" | "comments", number | null>;

/** Highest first. Sums are over the posts of the event only: no value of a ranking list. */
function indicesOf(rows: Table, days: Data["days"], most: number): Data["indices"] {
  const length = days && days.last - days.first + 1;
  const valued = rows.flatMap((row) => {
    const counts = row as unknown as Counted;
    const value = row.platform === "weibo" ? bciOf(counts) : length === null ? null : wciOf(counts, length);
    const { author, author_name, posts } = row as unknown as Data["indices"][number];
    return value === null ? [] : [{ index: row.platform === "weibo" ? ("bci" as const) : ("wci" as const), author, author_name, posts, value }];
  });
  const of = (index: "wci" | "bci") => valued.filter((row) => row.index === index).sort((a, b) => b.value - a.value || a.author - b.author).slice(0, most);
  return [...of("wci"), ...of("bci")];
}

function bciOf({ posts, reposts, comments, likes }: Counted): number | null {
  return reposts === null || comments === null || likes === null ? null : bci({ posts: posts!, reposts, comments, likes });
}

function wciOf({ posts, reads, reads_most, likes, likes_most }: Counted, days: number): number | null {
  if (reads === null || reads_most === null || likes === null || likes_most === null) return null;
  return wci({ daily: { reads: reads / days, likes: likes / days }, article: { reads: reads / posts!, likes: likes / posts! }, peak: { reads: reads_most, likes: likes_most } });
}

function measureFigures({ fingerprint, places }: Data, { volume, coverage }: Record<string, Table>, { findings }: Context, endSlot: number | null): Figure[] {
  const day = firstDay(volume!, endSlot);
  const filters: Partial<Record<Measure, Filter>> = { posts: {}, ...(day && { first_day: { slot: { gte: day.from, lt: day.to } } }), repost_share: { kind: "repost" } };
  const total = (column: string) => coverage!.reduce((sum, row) => sum + (row[column] as number), 0);
  const negative = findings.get("sentiment")?.figures.find(({ key }) => key === "all.share.negative");
  const of: Partial<Record<Measure, number | null>> = { engagement: total("counted"), authors: total("authored"), repost_share: fingerprint.posts, negative_share: negative?.of ?? null };
  const estimates: readonly Measure[] = ["rise_hours", "halving_hours", "negative_share"];
  return measureNames.flatMap((measure): Figure[] => {
    const { name, unit } = measures[measure];
    const found = places.find((one) => one.measure === measure);
    if (fingerprint[measure] === null) return [];
    return [
      { key: measure, label: name, value: fingerprint[measure], unit, of: of[measure] ?? null, interval: measure === "negative_share" ? (negative?.interval ?? null) : null, filter: filters[measure] ?? null, estimate: estimates.includes(measure) },
      ...(found && found.percentile !== null ? [{ key: `percentile.${measure}`, label: { zh: `${name.zh}在事件库中的百分位`, en: `${name.en}: percentile in the library` }, value: found.percentile, unit: "share" as const, of: found.n, interval: found.interval, filter: null, estimate: false }] : []),
    ];
  });
}

function libraryFigures({ library }: Data): Figure[] {
  if (library === null) return [];
  const events = (key: string, zh: string, en: string, value: number): Figure => ({ key, label: { zh, en }, value, unit: "count", of: null, interval: null, filter: null, estimate: false });
  return [events("library.entries", "事件库中的其他事件", "other events in the library", library.entries), ...(library.alike === null ? [] : [events("library.alike", "事件库中的同类事件", "events of the same type in the library", library.alike)])];
}

function indexFigures({ indices }: Data): Figure[] {
  return indices.map(({ index, author, author_name, posts, value }) => ({
    key: `${index}.${author}`,
    label: { zh: `${author_name ?? "未知账号"}：${presets[index].name.zh}`, en: `${author_name ?? "unknown account"}: ${presets[index].name.en}` },
    value,
    unit: "score",
    of: posts,
    interval: null,
    filter: { author, platform: index === "bci" ? "weibo" : "wechat", kind: ["original", "repost"] },
    estimate: false,
  }));
}
