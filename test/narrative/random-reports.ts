import { clocks } from "../../analyzers/exposure.ts";
import { population } from "../../analyzers/population.ts";
import { mulberry32, type Random } from "../../analyzers/statistics.ts";
import type { Table } from "../../analyzers/contract.ts";
import { analyze, parseOptions } from "../../pipeline/analyze.ts";
import { auditVersion, type Audit } from "../../pipeline/audit/contract.ts";
import { drawSample } from "../../pipeline/audit/draw.ts";
import type { FrameText } from "../../pipeline/audit/frame.ts";
import { calibrationOf } from "../../pipeline/calibration.ts";
import { eventSchema, offsetMs, runSchema } from "../../pipeline/config.ts";
import { authorTypes, emotions, polarities, type Post, type ScoredText } from "../../pipeline/schema.ts";
import { reportSchema, reportVersion, type Report, type ReportFinding } from "../../reports/report.ts";
import { fill, post } from "../fixture.ts";

/** Words w0 … w199, the first the most frequent, with their counts per 10^8 in general language. */
const vocabulary = Array.from({ length: 200 }, (_, i) => ({ term: `词语${i}`, count: Math.round(4e6 / (i + 5)) }));
const start = Date.UTC(2025, 2, 3) - 8 * 3_600_000;
const subjects = [{ name: "甲公司", aliases: ["甲"], accounts: ["甲公司官方"] }, { name: "乙局2025", accounts: ["乙局"] }];
const event = eventSchema.parse({
  name: "随机事件 12 号，同比上升 30%",
  subjects,
  milestones: [{ time: "2025-03-04 09:00", text: "第 2 次通报" }],
  region: "湖北",
  taxonomies: [
    { name: "分类 1", classes: [{ name: "第 1 类", any: ["提法1"] }, { name: "第 2 类", any: ["提法2"] }, { name: "没人提的类", any: ["提法9"] }] },
    { name: "领先 100%", classes: [{ name: "显著上升", any: ["提法1", "提法2", "提法3"] }] },
  ],
});

function picker(random: Random) {
  const below = (n: number): number => Math.floor(random() * n);
  return { below, one: <T>(list: readonly T[]): T => list[below(list.length)]!, chance: (p: number): boolean => random() < p };
}

/** By their weights; one draw. */
function weighted<T>(list: readonly (readonly [T, number])[], random: Random): T {
  let left = random() * list.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [value, weight] of list) if ((left -= weight) <= 0) return value;
  return list.at(-1)![0];
}

export interface Drawn {
  posts: Post[];
  texts: ScoredText[];
}

/** Any event: 0 to 400 posts in steps that reach the small numbers, any shares, unknowns in every column, names that hold digits and claim words. */
export function randomEvent(seed: number): Drawn {
  const random = mulberry32(seed);
  const { below, one, chance } = picker(random);
  const n = one([0, 1, 2, 7, 19, 20, 21, 60, 150, 400]);
  const bias = <T>(list: readonly T[]): (readonly [T, number])[] => list.map((value) => [value, random() ** 3] as const);
  const [platforms, fields, kinds] = [bias(["weibo", "douyin", "news", "bilibili", null]), bias(["media", "official", "public"] as const), bias(["original", "repost", "comment"] as const)];
  const [regions, types, moods] = [bias(["湖北", "广东", "北京", "海外", "其他", null]), bias([...authorTypes, null]), bias([...polarities, null])];
  const [known, timed, minute, authors, hours] = [random(), random(), random(), 1 + below(n + 1), one([1, 6, 48, 300])];
  const texts = Array.from({ length: Math.max(1, below(60)) }, (_, i) => text(i, weighted(moods, random), random, () => vocabulary[Math.floor(random() ** 2 * 200)]!.term));
  const posts = Array.from({ length: n }, (_, i): Post => {
    const kind = weighted(kinds, random);
    const who = below(authors);
    const ms = chance(timed) ? start + Math.floor(random() ** 2 * hours * 3_600_000) : null;
    const type = weighted(types, random);
    const worded = kind !== "repost" || chance(0.5);
    const made = post(i + 1, {
      platform: weighted(platforms, random),
      channel: chance(known) ? one(["social", "video", "news", "app"]) : null,
      field: weighted(fields, random),
      kind,
      root: kind === "original" || !chance(known) ? null : "row:0:1",
      depth: kind === "repost" ? 1 : 0,
      own: worded ? `自己的话 ${i}，提法${below(6)}` : null,
      text_key: worded ? one(texts).text_key : null,
      published_ms: ms,
      author: chance(0.9) ? `a${who}` : null,
      author_name: chance(0.9) ? one([`账号${who}`, `显著 ${who}%`, `甲公司官方`, "乙局"]) : null,
      author_type: type,
      followers: chance(known) ? below(3_000_000) : null,
      region_ip: weighted(regions, random),
      region_profile: chance(known) ? one(["湖北", "上海"]) : null,
      reposts: chance(known) ? below(200) : null,
      comments: chance(known) ? below(50) : null,
      likes: chance(known) ? below(1000) : null,
    });
    return ms !== null && !chance(minute) ? { ...made, precision: "day", published_ms: Math.floor((ms + 28_800_000) / 86_400_000) * 86_400_000 - 28_800_000, slot: null } : made;
  });
  return { posts, texts };
}

/** An event in which nothing is behind anything: equal platforms, kinds and moods, the clock's usual day, regions as residents, words as in general language, moods and words alike in all fields. */
export function nullEvent(seed: number): Drawn {
  const random = mulberry32(seed);
  const { one } = picker(random);
  const clock = clocks["weibo-2020"].map((weight, hour) => [hour, weight] as const);
  const residents = [...population().residents];
  const words = vocabulary.map(({ term, count }) => [term, count] as const);
  const texts = Array.from({ length: 300 }, (_, i) => text(i, one(polarities), random, () => weighted(words, random)));
  const posts = texts.map(({ text_key }, i): Post =>
    post(i + 1, {
      platform: one(["weibo", "douyin", "news"]),
      channel: "social",
      field: one(["media", "official", "public"]),
      own: `自己的话 ${i}`,
      text_key,
      published_ms: start + Math.floor(random() * 4) * 86_400_000 + weighted(clock, random) * 3_600_000 + Math.floor(random() * 3_600_000),
      author: `a${i}`,
      author_name: `账号${i}`,
      author_type: one(authorTypes),
      followers: 100,
      region_ip: weighted(residents, random),
      reposts: 0,
      comments: 0,
      likes: 0,
    }),
  );
  return { posts, texts };
}

/** An event in which everything differs: most posts on one platform and from one province, a negative public beside positive media with other topics and words, and a burst at noon of the second day. */
export function contrastEvent(seed: number): Drawn {
  const random = mulberry32(seed);
  const { below, one, chance } = picker(random);
  // The fixture gives text i the topic (i + 1) % 3: media have topic 1, the public topic 2.
  const texts = Array.from({ length: 60 }, (_, i) => text(i, chance(0.9) ? (i % 3 === 0 ? "positive" : "negative") : one(polarities), random, () => vocabulary[(i % 3) * 60 + below(20)]!.term));
  const posts = Array.from({ length: 500 }, (_, i): Post => {
    const media = i % 4 === 0;
    return post(i + 1, {
      platform: chance(0.8) ? "weibo" : one(["douyin", "news"]),
      channel: "social",
      field: media ? "media" : "public",
      own: `自己的话 ${i}，提法${below(3)}`,
      text_key: texts[3 * below(20) + (media ? 0 : 1)]!.text_key,
      published_ms: start + (chance(0.7) ? 36 * 3_600_000 + below(6 * 3_600_000) : below(96 * 3_600_000)),
      author: `a${i}`,
      author_name: `账号${i}`,
      author_type: media ? "media" : "ordinary",
      followers: 100,
      region_ip: chance(0.7) ? "湖北" : one(["广东", "北京", "上海"]),
      reposts: below(5),
      comments: below(5),
      likes: below(5),
    });
  });
  return { posts, texts };
}

function text(i: number, polarity: string | null, random: Random, term: () => string): ScoredText {
  const { below, one, chance } = picker(random);
  const judged = polarity !== null;
  return {
    text_key: i.toString(16).padStart(16, "0"),
    terms: [...new Set(Array.from({ length: 1 + below(12) }, term))],
    tags: chance(0.2) ? [one(["上升 20%", "话题"])] : [],
    emoticons: chance(0.1) ? ["[怒]"] : [],
    mentions: [],
    polarity,
    positive_micro: judged ? (polarity === "positive" ? 800_000 : 100_000) : null,
    negative_micro: judged ? (polarity === "negative" ? 800_000 : 100_000) : null,
    emotion: judged ? one(emotions) : null,
    mentioned: chance(0.1) ? [one(["湖北", "420100"])] : [],
    opinions: judged && chance(0.3) ? [`${one(["criticism", "question", "support"])}\u0001${polarity}\u0001第 ${i} 句话`] : [],
    targets: chance(0.3) ? [`${one(subjects).name}\u0001${one(polarities)}`] : [],
    triage: chance(0.2) ? [["hearsay\u0001网传", "harm\u0001爆炸"], ["plea\u0001投诉"], ["doubt\u0001谣言", "should\u0001应该"]][below(3)]! : [],
    err: null,
  };
}

/** A hand check of up to 150 of the posts: two labels in three agree with the model, the others are any, alike in every field. Null with too few posts. */
export function auditOf({ posts, texts }: Drawn, seed: number): Audit | null {
  const { one, chance } = picker(mulberry32(seed));
  const byKey = new Map(texts.map((one) => [one.text_key, one]));
  const frame = posts.flatMap(({ id, field, own, text_key }) => {
    const { polarity, positive_micro: positive, negative_micro: negative } = byKey.get(text_key) ?? { polarity: null, positive_micro: null, negative_micro: null };
    if (own === null || polarity === null) return [];
    const micro: [number, number, number] = [positive!, 1_000_000 - positive! - negative!, negative!];
    return [{ id: id!, text_key: text_key!, field: field as FrameText["field"], cluster: text_key!, posts: 1, predicted: polarity as (typeof polarities)[number], micro }];
  });
  if (frame.length < 60) return null;
  const sample = drawSample(frame, { size: Math.min(150, frame.length), seed, model: "random" });
  const labels = sample.items.map(({ no, predicted }) => ({ no, label: chance(2 / 3) ? predicted : one(polarities) }));
  return { version: auditVersion, sample, sheets: [{ annotator: "甲", labelled_at: null, file: "labels.csv", sha256: "", labels }] };
}

/** The report of an event by the product's tables and analyzers, without sample rows. */
export async function reportOf({ posts, texts }: Drawn, audit: Audit | null = null): Promise<Report> {
  const { database, tables } = await fill(posts, texts, event);
  database.close();
  const all = new Map<string, Table>([...tables, ["background", vocabulary]]);
  return reportWith(analyze(all, event, parseOptions(runSchema.parse({})), { audit, calibration: calibrationOf(null) }), posts.length);
}

export function reportWith(findings: ReportFinding[], kept: number): Report {
  const keyed = findings.flatMap((finding) => (finding.status === "error" ? [] : finding.figures.map(({ key }) => ({ finding: finding.id, key }))));
  const counts = { read: kept, kept, duplicates: 0, outside: 0, accounts: 0, rejected: 0 };
  return reportSchema.parse({
    version: reportVersion,
    generator: { name: "yuqing", version: "0" },
    event,
    config: runSchema.parse({}),
    manifest: { files: [], versions: {} },
    intake: { ...counts, rejects: [], suspicions: [] },
    notes: [],
    findings,
    facts: keyed.map((fact, i) => ({ no: i + 1, ...fact, matched: null, samples: [] })),
    rows: [],
  });
}

export const utcOffsetMs = offsetMs(event.utcOffset);
