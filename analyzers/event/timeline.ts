import { z } from "zod";
import type { Context, EventAnalyzer, Figure, Table } from "../contract.ts";
import { milestonesOf } from "../milestones.ts";
import { phases as phasesAnalyzer } from "./phases.ts";
import { response as responseAnalyzer } from "./response.ts";

const options = z.strictObject({
  waves: z.number().int().min(0).max(10).default(3).describe("waves beside the main peak that get an entry"),
});

/** What a moment is; a post may be several of them. */
const whats = ["milestone", "first", "first_media", "first_official", "statement", "peak", "wave", "top"] as const;
const data = z.object({
  /** Earliest first. */
  moments: z.array(
    z.object({
      ms: z.number(),
      precision: z.enum(["day", "minute"]),
      /** given: a milestone of event.yaml; found: from the data. */
      source: z.enum(["given", "found"]),
      what: z.array(z.enum(whats)).min(1),
      /** The milestone's words, or title or first words of the post, as data; null when the post has none. */
      text: z.string().nullable(),
      /** Post id. */
      post: z.string().nullable(),
      platform: z.string().nullable(),
      author_name: z.string().nullable(),
      url: z.string().nullable(),
      /** Posts of the hour or day of a peak, or of the wave. */
      posts: z.number().nullable(),
    }),
  ),
  /** Whether the delay after the earliest post is known in hours (true) or only in days (false); null when the data has no such post. */
  delays: z.object({ media: z.boolean().nullable(), official: z.boolean().nullable() }),
  utc_offset_ms: z.number(),
});
type Data = z.infer<typeof data>;
type Moment = Data["moments"][number];
interface Post {
  id: string;
  published_ms: number;
  precision: string;
  platform: string | null;
  author_name: string | null;
  title: string | null;
  url: string | null;
}
const dayMs = 86_400_000;

export const timeline: EventAnalyzer<z.infer<typeof options>, Data> = {
  id: "timeline",
  question: { zh: "先后发生了什么？", en: "What happened, and in which order?" },
  requires: {
    coverage: ["posts", "timed"],
    firsts: ["which", "id", "published_ms", "precision", "platform", "author_name", "title", "url"],
    day_posts: ["day", "rank", "id", "published_ms", "precision", "platform", "author_name", "title", "url"],
  },
  after: ["phases", "response"],
  options,
  data,
  analyze({ coverage, firsts, day_posts }, { waves }, context) {
    const total = sum(coverage!, "posts");
    const timed = sum(coverage!, "timed");
    const earliest = new Map(firsts!.map((row) => [row.which as string, row as unknown as Post]));
    const peaks = peaksOf(context, waves);
    const days = new Set(peaks.map(({ ms }) => Math.floor((ms + context.utcOffsetMs) / dayMs)));
    const top = day_posts!.filter((row) => row.rank === 1 && days.has(row.day as number)).map((row) => fromPost(row as unknown as Post, ["top"]));
    const moments = merged([...given(context), ...(["first", "first_media", "first_official"] as const).flatMap((what) => found(earliest, what)), ...statementsOf(context), ...peaks, ...top]);
    const first = earliest.get("all");
    const delay = (which: string) => (earliest.has(which) ? !isDay(first!) && !isDay(earliest.get(which)!) : null);
    const result: Data = { moments, delays: { media: delay("media"), official: delay("official") }, utc_offset_ms: context.utcOffsetMs };
    return {
      status: total === 0 ? "empty" : moments.length === 0 ? "unavailable" : "ok",
      reason: total === 0 ? { zh: "没有可分析的帖文", en: "no posts to analyse" } : moments.length === 0 ? { zh: "数据没有发布时间，也没有给定节点", en: "the data has no publication times, and no milestones are given" } : null,
      lens: "posts",
      coverage: { posts: timed, of: total },
      method: {
        zh: "节点为事件说明中给定的条目；其余由数据找出：全部、媒体、政务各自最早的有时间帖文，事件说明所列当事方账号最早的发声，帖文最多的时段，各波波峰，以及这些日子里互动数最高的帖文。最早只就本数据而言；引文截取，不代表查证。",
        en: "Milestones are those of the event file; the rest is found in the data: the earliest timed post of all, of the media and of government accounts, the first statement of each party whose accounts the event file gives, the time of most posts, peaks of the waves, and on those days the post with most engagement. Earliest means in this data; quotes are cut and are not verified.",
      },
      figures: figuresOf(result, earliest),
      data: result,
    };
  },
};

const isDay = ({ precision }: Post): boolean => precision === "day";

function given({ event }: Context): Moment[] {
  return milestonesOf(event).map(({ ms, precision, text, url }) => ({ ms, precision, source: "given", what: ["milestone"], text, post: null, platform: null, author_name: null, url, posts: null }));
}

function found(earliest: ReadonlyMap<string, Post>, what: "first" | "first_media" | "first_official"): Moment[] {
  const post = earliest.get(what === "first" ? "all" : what.slice("first_".length));
  return post ? [fromPost(post, [what])] : [];
}

function fromPost(post: Post, what: Moment["what"]): Moment {
  const { published_ms: ms, id, platform, author_name, url } = post;
  return { ms, precision: isDay(post) ? "day" : "minute", source: "found", what, text: post.title, post: id, platform, author_name, url, posts: null };
}

/** The first statement of each party, from the finding of response; [] without it. */
function statementsOf({ findings }: Context): Moment[] {
  const found = responseAnalyzer.data.safeParse(findings.get("response")?.data).data;
  return (found?.subjects ?? []).flatMap(({ first }): Moment[] => (first === null ? [] : [fromPost({ ...first, published_ms: first.ms }, ["statement"])]));
}

/** The peak as counted and the highest other waves, from the finding of phases; [] without it. */
function peaksOf({ findings }: Context, limit: number): Moment[] {
  const found = phasesAnalyzer.data.safeParse(findings.get("phases")?.data).data;
  if (!found?.peak) return [];
  const base = { precision: found.bins!.unit === "day" ? ("day" as const) : ("minute" as const), source: "found" as const, text: null, post: null, platform: null, author_name: null, url: null };
  const others = found.waves.filter(({ main }) => !main).sort((a, b) => b.height - a.height || a.peak_ms - b.peak_ms).slice(0, limit);
  return [{ ...base, ms: found.peak.ms, what: ["peak"], posts: found.peak.posts }, ...others.map(({ peak_ms, posts }): Moment => ({ ...base, ms: peak_ms, what: ["wave"], posts }))];
}

/** One entry a post, in order of time; at equal times what was given, then the order of `whats`. */
function merged(moments: readonly Moment[]): Moment[] {
  const byPost = new Map<string, Moment>();
  moments.forEach((moment, i) => {
    const key = moment.post === null ? `#${i}` : `p${moment.post}`;
    const known = byPost.get(key);
    byPost.set(key, known ? { ...known, what: [...known.what, ...moment.what] } : moment);
  });
  return [...byPost.values()].sort((a, b) => a.ms - b.ms || whats.indexOf(a.what[0]!) - whats.indexOf(b.what[0]!) || ((a.post ?? "") < (b.post ?? "") ? -1 : 1));
}

function sum(rows: Table, column: string): number {
  return rows.reduce((total, row) => total + (row[column] as number), 0);
}

const firstWords = { all: { zh: "最早的帖文", en: "earliest post" }, media: { zh: "最早的媒体帖文", en: "earliest post of the media" }, official: { zh: "最早的政务帖文", en: "earliest post of a government account" } } as const;

function figuresOf({ moments, delays, utc_offset_ms }: Data, earliest: ReadonlyMap<string, Post>): Figure[] {
  const plain = { of: null, interval: null, estimate: false };
  const dayOf = ({ published_ms }: Post) => Math.floor((published_ms + utc_offset_ms) / dayMs);
  const first = earliest.get("all");
  return [
    ...(["all", "media", "official"] as const).flatMap((which): Figure[] => {
      const post = earliest.get(which);
      if (!post) return [];
      const time: Figure = { key: `first.${which}`, label: firstWords[which], value: post.published_ms, unit: "ms", filter: { id: post.id }, ...plain };
      if (which === "all") return [time];
      const hours = delays[which] === true;
      return [time, { key: `delay.${which}`, label: { zh: `${firstWords[which].zh}晚于最早的帖文`, en: `${firstWords[which].en} after the earliest post` }, value: hours ? (post.published_ms - first!.published_ms) / 3_600_000 : dayOf(post) - dayOf(first!), unit: hours ? "hours" : "days", filter: { id: post.id }, ...plain }];
    }),
    ...moments.flatMap((moment, i): Figure[] => {
      if (moment.posts !== null) return [{ key: `moment.posts.${i + 1}`, label: { zh: `第 ${i + 1} 条的帖文数`, en: `posts of entry ${i + 1}` }, value: moment.posts, unit: "posts", filter: null, ...plain }];
      if (moment.post !== null) return [{ key: `moment.time.${i + 1}`, label: { zh: `第 ${i + 1} 条的时间`, en: `time of entry ${i + 1}` }, value: moment.ms, unit: "ms", filter: { id: moment.post }, ...plain }];
      return [];
    }),
  ];
}
