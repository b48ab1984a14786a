import { z } from "zod";
import { clearlyApart } from "../apart.ts";
import type { Context, EventAnalyzer, Figure, Table } from "../contract.ts";
import { emotions, fields, polarities, type Field, type Polarity } from "../../pipeline/schema.ts";
import { auditOf, predictionsOf } from "../moods.ts";
import { checkAudit } from "../quantification/check.ts";
import { estimateShares, type ShareEstimate } from "../quantification/estimate.ts";
import { nameOf } from "../../reports/names.ts";

const options = z.strictObject({
  platforms: z.number().int().min(0).max(20).default(6).describe("platforms compared, largest first"),
  platformPosts: z.number().int().min(20).default(50).describe("posts of known polarity below which a platform is left out"),
  weibo: z.number().min(0).max(1).default(0.9).describe("share of posts on the platform of the calibration from which on it may be used"),
  longSpanDays: z.number().int().min(1).default(10).describe("span above which time bins are days instead of hours"),
});

const interval = z.tuple([z.number(), z.number()]);
const message = z.object({ zh: z.string(), en: z.string() });
const counts = z.object({ positive: z.number(), neutral: z.number(), negative: z.number() });
/** How the shares of a set of posts are known: corrected by hand labels, by a calibration, or only in what order (model labels, nobody has checked). */
const estimate = z.object({
  kind: z.enum(["audited", "calibrated", "order"]),
  reason: message,
  /** Hand labels, or posts of the calibration; null with kind "order". */
  n: z.number().nullable(),
  /** Null with kind "order": no share may be told. */
  shares: z.array(z.object({ polarity: z.enum(polarities), share: z.number(), interval })).nullable(),
});
const data = z.object({
  /** Posts with own words whose polarity the model tells, and what it says of them: exact counts of predictions, not of moods. */
  all: z.object({ known: z.number(), predicted: counts, estimate: estimate.nullable() }),
  /** media, official, public: those that have posts with own text. unknown: posts that give no basis. */
  fields: z.array(z.object({ field: z.enum(fields), known: z.number(), unknown: z.number(), predicted: counts, estimate: estimate.nullable(), emotions: z.array(z.object({ emotion: z.enum(emotions), posts: z.number() })) })),
  /** Negative share of the public minus that of the media where both are audited or calibrated. separated: clearly on one side of 0 (analyzers/apart.ts). */
  gap: z.object({ value: z.number(), interval, separated: z.boolean() }).nullable(),
  check: z
    .object({
      labelled: z.number(),
      unclear: z.number(),
      unlabelled: z.number(),
      accuracy: z.object({ share: z.number(), interval }).nullable(),
      kappa: z.object({ value: z.number(), interval }).nullable(),
      /** confusion[predicted][label]: labelled items. */
      confusion: z.array(z.array(z.number())).nullable(),
      sheets: z.array(z.object({ annotator: z.string(), labelled_at: z.string().nullable() })),
    })
    .nullable(),
  /** Largest first. */
  platforms: z.array(z.object({ platform: z.string(), known: z.number(), predicted: counts })),
  time: z.object({
    unit: z.enum(["hour", "day"]),
    /** Sorted by start, then field. start_ms: start of the bin in local time, as milliseconds since 1970-01-01 00:00 local. Only bins with posts of known polarity. */
    bins: z.array(z.object({ start_ms: z.number(), field: z.enum(fields), known: z.number(), negative: z.number() })),
    /** Posts of known polarity whose time is not known well enough for the bins. */
    left_out: z.number(),
  }),
});
type Data = z.infer<typeof data>;
type Estimate = z.infer<typeof estimate>;
interface Row {
  day: number | null;
  slot: number | null;
  platform: string | null;
  field: Field;
  polarity: Polarity | null;
  emotion: (typeof emotions)[number] | null;
  band: number;
  posts: number;
  greatest_micro: number | null;
}

export const sentiment: EventAnalyzer<z.infer<typeof options>, Data> = {
  id: "sentiment",
  question: { zh: "媒体和民间各是什么情绪？", en: "What is the mood of the media and of the public?" },
  requires: { sentiment: ["day", "slot", "platform", "field", "polarity", "emotion", "band", "posts", "greatest_micro"], mood_copies: ["field", "effective"], coverage: ["posts"] },
  after: [],
  options,
  data,
  analyze({ sentiment, mood_copies: copies, coverage }, options, context) {
    const rows = sentiment as unknown as Row[];
    const total = coverage!.reduce((posts, row) => posts + (row.posts as number), 0);
    const judged = rows.filter((row) => row.polarity !== null);
    const known = sum(judged);
    const estimateOf = estimator(judged, copies!, options.weibo, context);
    const found: Data = {
      all: { known, predicted: predicted(judged), estimate: estimateOf("all") },
      fields: fields.flatMap((field) => fieldOf(field, rows.filter((row) => row.field === field), estimateOf(field))),
      gap: null,
      check: checkOf(context),
      platforms: platformsOf(judged).filter((row) => row.known >= options.platformPosts).slice(0, options.platforms),
      time: timeOf(judged, options.longSpanDays),
    };
    found.gap = gapOf(found.fields, effectiveIn(copies!));
    return {
      status: total === 0 ? "empty" : known === 0 ? "unavailable" : "ok",
      reason: total === 0 ? { zh: "没有可分析的帖文", en: "no posts to analyse" } : known === 0 ? { zh: "没有一条帖文带有可判断情绪的文字", en: "no post has text that a mood could be read from" } : null,
      lens: "posts",
      coverage: { posts: known, of: total },
      method: {
        zh: "只计有自己文字的帖文；转发的原文、话题标签、@账号和链接不算作者的情绪。每条由情绪模型判定（随程序的线性模型，卡片见 data/models/README.md；或配置 model 所指的模型）。直接数判定结果的占比平均偏 6 至 13 个百分点，因此占比只在两种情况下给出：有人工抽查时按标注修正（PPI++，分层），或帖文以微博为主且看不出与校准集有偏移时按校准集的误差修正；区间均为 95%，含模型误差；民间与媒体之差的区间另含帖文多少带来的偶然。否则只给判定条数和先后，标“模型判定，未校准”。",
        en: "Posts with own text only; text of others, hashtags, @names and links are not the author's mood. Each is judged by the sentiment model (the linear one of this program, card: data/models/README.md, or the one that the config names as model). Shares counted from such labels are off by 6 to 13 points on average, so shares are given in two cases only: corrected by hand labels where posts were checked (PPI++, stratified), or, where most posts are on Weibo and show no shift, by the errors on the calibration set; intervals are 95 % and hold the model's error, that of the difference between public and media also the chance of few posts. Otherwise only counts of labels and their order, marked as unchecked.",
      },
      figures: figuresOf(found),
      data: found,
    };
  },
};

const sum = (rows: readonly Row[]): number => rows.reduce((total, { posts }) => total + posts, 0);

function predicted(rows: readonly Row[]): Record<Polarity, number> {
  const of = (polarity: Polarity) => sum(rows.filter((row) => row.polarity === polarity));
  return { positive: of("positive"), neutral: of("neutral"), negative: of("negative") };
}

/** Shares of all posts or of a field by the best step that the data allow. */
function estimator(judged: readonly Row[], copies: Table, weibo: number, { audit, calibration }: Context): (scope: "all" | Field) => Estimate | null {
  return (scope) => {
    const rows = scope === "all" ? judged : judged.filter(({ field }) => field === scope);
    const effective = effectiveIn(copies)(scope);
    const at = calibration ? sum(rows.filter(({ platform }) => platform === calibration.platform)) : 0;
    const usable = calibration && at >= weibo * sum(rows) ? calibration : null;
    const found = estimateShares({ event: predictionsOf(rows, effective), audit: audit ? auditOf(audit, scope) : null, calibration: usable });
    return found && shown(found);
  };
}

/** Independent posts with a mood, by field. */
const effectiveIn = (copies: Table) => (scope: "all" | Field): number => (copies.find(({ field }) => field === scope)?.effective as number | undefined) ?? 0;

function shown(found: ShareEstimate): Estimate {
  if (found.kind === "order") return { kind: "order", reason: found.reason, n: null, shares: null };
  return { kind: found.kind, reason: found.reason, n: found.n, shares: found.shares };
}

function fieldOf(field: Field, rows: readonly Row[], estimate: Estimate | null): Data["fields"] {
  const judged = rows.filter((row) => row.polarity !== null);
  if (rows.length === 0) return [];
  const felt = emotions.map((emotion) => ({ emotion, posts: sum(judged.filter((row) => row.emotion === emotion)) }));
  felt.sort((a, b) => b.posts - a.posts || emotions.indexOf(a.emotion) - emotions.indexOf(b.emotion));
  return [{ field, known: sum(judged), unknown: sum(rows) - sum(judged), predicted: predicted(judged), estimate, emotions: felt }];
}

function platformsOf(judged: readonly Row[]): Data["platforms"] {
  return grouped(judged.filter((row) => row.platform !== null), (row) => row.platform!)
    .map((rows) => ({ platform: rows[0]!.platform!, known: sum(rows), predicted: predicted(rows) }))
    .sort((a, b) => b.known - a.known || (a.platform < b.platform ? -1 : 1));
}

function grouped(rows: readonly Row[], key: (row: Row) => string): Row[][] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return [...groups.values()];
}

/**
 * Difference of two independent estimates; each half of the interval from the halves of both (Newcombe 1998, method 10). Hand labels speak of these very posts, and two sets of posts
 * differ by chance alone: as with counts, that chance belongs to a comparison, by the binomial of the independent posts. The interval of a calibration holds it already.
 */
function gapOf(list: Data["fields"], effective: (field: Field) => number): Data["gap"] {
  const negative = (field: Field) => {
    const estimate = list.find((row) => row.field === field)?.estimate;
    const found = estimate?.shares?.find(({ polarity }) => polarity === "negative");
    if (!found) return null;
    const { share, interval } = found;
    const chance = estimate!.kind === "audited" ? 1.96 * Math.sqrt((share * (1 - share)) / Math.max(1, effective(field))) : 0;
    return { share, below: Math.hypot(share - interval[0], chance), above: Math.hypot(interval[1] - share, chance) };
  };
  const [a, b] = [negative("public"), negative("media")];
  if (!a || !b) return null;
  const value = a.share - b.share;
  const interval: [number, number] = [value - Math.hypot(a.below, b.above), value + Math.hypot(a.above, b.below)];
  return { value, interval, separated: clearlyApart(value, interval) };
}

function checkOf({ audit }: Context): Data["check"] {
  if (!audit) return null;
  const { items, accuracy, confusion, agreement } = checkAudit(audit);
  return {
    ...items,
    accuracy,
    kappa: agreement?.kappa ?? null,
    confusion: confusion && confusion.map((row) => row.map((cell) => cell.items)),
    sheets: audit.sheets.map(({ annotator, labelled_at }) => ({ annotator, labelled_at })),
  };
}

/** Hours, or days when the span is long or at least half of the dated posts have only a day. */
function timeOf(judged: readonly Row[], longSpanDays: number): Data["time"] {
  const dated = judged.filter((row) => row.day !== null);
  const timed = dated.filter((row) => row.slot !== null);
  const [first, last] = timed.reduce(([low, high], { slot }) => [Math.min(low, slot!), Math.max(high, slot!)], [Infinity, -Infinity]);
  const unit = sum(timed) * 2 > sum(dated) && last - first <= longSpanDays * 144 ? "hour" : "day";
  const used = unit === "hour" ? timed : dated;
  const start = (row: Row) => (unit === "hour" ? Math.floor(row.slot! / 6) * 3_600_000 : row.day! * 86_400_000);
  const bins = grouped(used, (row) => `${start(row)} ${row.field}`).map((rows) => ({ start_ms: start(rows[0]!), field: rows[0]!.field, known: sum(rows), negative: predicted(rows).negative }));
  bins.sort((a, b) => a.start_ms - b.start_ms || fields.indexOf(a.field) - fields.indexOf(b.field));
  return { unit, bins, left_out: sum(judged) - sum(used) };
}

function figuresOf({ all, fields, gap, check, platforms }: Data): Figure[] {
  const out: Figure[] = [];
  const scopes = [{ scope: "all", ...all }, ...fields.map((row) => ({ scope: row.field as string, ...row }))];
  for (const { scope, known, predicted, estimate } of scopes) {
    const base: NonNullable<Figure["filter"]> = scope === "all" ? { worded: 1 } : { field: scope, worded: 1 };
    const judged = { ...base, polarity: [...polarities] };
    const names: [string, string][] = scope === "all" ? [] : [["field", scope]];
    out.push(count(`${scope}.known`, ["可判断情绪的帖文", "posts of known polarity"], names, known, judged, false));
    for (const polarity of polarities) out.push(count(`${scope}.posts.${polarity}`, ["帖文（模型判定）", "posts (by model)"], [...names, ["polarity", polarity]], predicted[polarity], { ...base, polarity }, true));
    for (const { polarity, share, interval } of estimate?.shares ?? []) {
      const how: [string, string] = estimate!.kind === "audited" ? ["占比（按人工抽查修正）", "share (corrected by hand labels)"] : ["占比（按校准集修正）", "share (corrected by calibration)"];
      out.push({ key: `${scope}.share.${polarity}`, label: label([...names, ["polarity", polarity]], how), value: share, unit: "share", of: known, interval, filter: judged, estimate: true });
    }
  }
  for (const { field, unknown, emotions } of fields) {
    out.push(count(`${field}.unknown`, ["无法判断情绪的帖文", "posts of unknown polarity"], [["field", field]], unknown, { field, worded: 1, polarity: null }, false));
    for (const { emotion, posts } of emotions.filter(({ posts }) => posts > 0)) out.push(count(`${field}.emotion.${emotion}`, ["帖文（模型判定）", "posts (by model)"], [["field", field], ["emotion", emotion]], posts, { field, worded: 1, polarity: [...polarities], emotion }, true));
  }
  if (gap) out.push({ key: "gap.negative", label: { zh: "民间减媒体的负面占比", en: "negative share, public minus media" }, value: gap.value, unit: "points", of: null, interval: gap.interval, filter: { field: ["public", "media"], worded: 1, polarity: [...polarities] }, estimate: true });
  if (check) {
    out.push({ key: "check.labelled", label: { zh: "人工标注的帖文", en: "posts labelled by hand" }, value: check.labelled, unit: "count", of: null, interval: null, filter: null, estimate: false });
    if (check.accuracy) out.push({ key: "check.accuracy", label: { zh: "模型判对的帖文占比", en: "share of posts that the model judges right" }, value: check.accuracy.share, unit: "share", of: all.known, interval: check.accuracy.interval, filter: { worded: 1, polarity: [...polarities] }, estimate: true });
    if (check.kappa) out.push({ key: "check.kappa", label: { zh: "两位标注人的一致性（Cohen κ）", en: "agreement of two annotators (Cohen's κ)" }, value: check.kappa.value, unit: "score", of: null, interval: check.kappa.interval, filter: null, estimate: true });
  }
  for (const { platform, predicted } of platforms) out.push(count(`platform.posts.${platform}.negative`, ["帖文（模型判定）", "posts (by model)"], [["platform", platform], ["polarity", "negative"]], predicted.negative, { platform, worded: 1, polarity: "negative" }, true));
  return out;
}

/** Names of keys in both languages: 「民间负面」, "public negative". */
function label(keys: [group: string, key: string][], tail: [zh: string, en: string]): Figure["label"] {
  const words = (language: "zh" | "en") => keys.map(([group, key]) => nameOf(group, key, language));
  return { zh: [...words("zh"), tail[0]].join(""), en: [...words("en"), tail[1]].join(" ") };
}

function count(key: string, what: [string, string], keys: [string, string][], value: number, filter: Figure["filter"], estimate: boolean): Figure {
  return { key, label: label(keys, what), value, unit: "posts", of: null, interval: null, filter, estimate };
}
