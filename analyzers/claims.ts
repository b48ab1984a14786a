import { z } from "zod";
import { nameOf } from "../reports/names.ts";
import { clearlyApart } from "./apart.ts";
import type { Figure, Finding } from "./contract.ts";
import { phases } from "./event/phases.ts";
import { timeline } from "./event/timeline.ts";
import { polarities } from "../pipeline/schema.ts";

/** What the summary may say. In the order of the summary. */
export const claimIds = ["scale", "burst", "wave", "response", "mood", "labels", "gap", "originals", "region", "topic-media", "topic-public", "viewpoint", "words"] as const;
export type ClaimId = (typeof claimIds)[number];

/** A statement that passed its gate, with the figures that it states. */
export interface Claim {
  id: ClaimId;
  /** Surprise (|z|, at most 8) × weight × reliability. */
  score: number;
  /** Figures that the sentence names, in its order. */
  facts: { finding: string; key: string }[];
  /** Names that belong to the figures, in their order: region, topic, viewpoint, terms. */
  names: { zh: string; en: string }[];
}

/** Posts or authors behind a share, below which no share is told. */
const least = 20;
/** Severity and turning points before mood, before topics, before places, before people (methods note §13). */
const weights: Record<ClaimId, number> = { scale: 8, response: 7, wave: 6, burst: 6, mood: 5, labels: 4, gap: 5, viewpoint: 4, "topic-media": 4, "topic-public": 4, words: 3, region: 2, originals: 1 };
/** A model's estimate counts for less. */
const estimated = 0.6;

/** All claims whose gate is open, best first. Findings may be missing, empty or without the figures. */
export function claimsOf(findings: ReadonlyMap<string, Finding>, late: boolean | null): Claim[] {
  const seen = new Findings(findings);
  const claims = [scale(seen), burst(seen), wave(seen), response(seen, late), mood(seen), labels(seen), gap(seen), originals(seen), region(seen), topic(seen, "media"), topic(seen, "public"), viewpoint(seen), words(seen)];
  return claims.filter((claim) => claim !== null).sort((a, b) => b.score - a.score || claimIds.indexOf(a.id) - claimIds.indexOf(b.id));
}

/** Figures of the findings that are ok. */
export class Findings {
  constructor(private readonly findings: ReadonlyMap<string, Finding>) {}

  all(finding: string): readonly Figure[] {
    const found = this.findings.get(finding);
    return found?.status === "ok" ? found.figures : [];
  }
  data(finding: string): unknown {
    return this.findings.get(finding)?.data;
  }
  /** The figure when it exists and its value is known. */
  get(finding: string, key: string): (Figure & { value: number }) | null {
    const figure = this.all(finding).find((one) => one.key === key);
    return figure && figure.value !== null ? (figure as Figure & { value: number }) : null;
  }
  /** Known shares of a prefix with enough posts behind them, largest first. */
  shares(finding: string, prefix: string): (Figure & { value: number; of: number })[] {
    const list = this.all(finding).filter(({ key, value, of, unit }) => key.startsWith(prefix) && unit === "share" && value !== null && of !== null && of >= least);
    return (list as (Figure & { value: number; of: number })[]).sort((a, b) => b.value - a.value || (a.key < b.key ? -1 : 1));
  }
}

function claim(id: ClaimId, surprise: number, finding: string, figures: readonly Figure[], names: Figure["label"][] = []): Claim {
  const reliability = figures.some(({ estimate }) => estimate) ? estimated : 1;
  return { id, score: Math.min(8, Math.abs(surprise)) * weights[id] * reliability, facts: figures.map(({ key }) => ({ finding, key })), names };
}

/** z of the difference of two shares of the same posts. */
function lead(first: { value: number; of: number }, second: { value: number } | undefined): number {
  const [p, q] = [first.value, second?.value ?? 0];
  return (p - q) / Math.sqrt(Math.max(p + q - (p - q) ** 2, 1 / first.of) / first.of);
}

/** The larger share is told as the first only when it is: exact ones when larger, estimates when the intervals are apart. */
function leads(first: Figure & { value: number }, second: (Figure & { value: number }) | undefined): boolean {
  if (second === undefined) return true;
  return first.estimate ? first.interval !== null && second.interval !== null && first.interval[0] > second.interval[1] : first.value > second.value;
}

function scale(seen: Findings): Claim | null {
  const posts = seen.get("overview", "posts");
  const days = seen.get("overview", "span.days");
  return posts && claim("scale", 8, "overview", days ? [posts, days] : [posts]);
}

/** Told when the burst holds more of the posts than of the time. */
function burst(seen: Findings): Claim | null {
  const [share, time, posts] = [seen.get("phases", "phase.share.burst"), seen.get("phases", "peak.time"), seen.get("phases", "peak.posts")];
  const lengths = seen.all("phases").filter(({ key }) => key.startsWith("phase.length."));
  const length = seen.get("phases", "phase.length.burst");
  if (!share || !time || !posts || !length || share.of === null || share.of < least) return null;
  const even = length.value / lengths.reduce((sum, { value }) => sum + (value ?? 0), 0);
  const surprise = (share.value - even) / Math.sqrt((even * (1 - even)) / share.of || 1 / share.of);
  return surprise >= 2 ? claim("burst", surprise, "phases", [share, time, posts]) : null;
}

/** The highest wave after the main one. */
function wave(seen: Findings): Claim | null {
  const heights = seen.all("phases").filter(({ key, value }) => key.startsWith("wave.height.") && value !== null) as (Figure & { value: number })[];
  const main = heights.findIndex(({ value }) => value === 1);
  const [later] = heights.slice(main + 1).sort((a, b) => b.value - a.value || (a.key < b.key ? -1 : 1));
  const time = later && seen.get("phases", later.key.replace("height", "time"));
  return main >= 0 && later && time ? claim("wave", 8 * Math.min(1, later.value), "phases", [time, later]) : null;
}

function response(seen: Findings, late: boolean | null): Claim | null {
  const delay = seen.get("timeline", "delay.official");
  return delay && delay.value > 0 ? claim("response", late ? 8 : 4, "timeline", [delay]) : null;
}

/**
 * Whether the earliest official post came after the hour (or day) of most posts; null when either is unknown, or when they fall on one day
 * and one of them is known by the day only.
 */
export function isLate(findings: ReadonlyMap<string, Finding>, utcOffsetMs: number): boolean | null {
  const course = phases.data.safeParse(findings.get("phases")?.data).data;
  const moments = timeline.data.safeParse(findings.get("timeline")?.data).data;
  const official = moments?.moments.find(({ what }) => what.includes("first_official"));
  if (!course?.peak || !official) return null;
  const dayOf = (ms: number) => Math.floor((ms + utcOffsetMs) / 86_400_000);
  if (dayOf(official.ms) !== dayOf(course.peak.ms)) return official.ms > course.peak.ms;
  if (course.bins!.unit === "day" || official.precision === "day") return null;
  return official.ms >= course.peak.ms + 3_600_000;
}

/** The public mostly of one polarity: the whole interval above one half. */
function mood(seen: Findings): Claim | null {
  const [top] = seen.shares("sentiment", "public.share.");
  if (!top?.interval || top.interval[0] <= 0.5) return null;
  const polarity = top.key.split(".").at(-1)!;
  return claim("mood", (top.value - 0.5) / ((top.interval[1] - top.interval[0]) / 3.92), "sentiment", [top], [{ zh: nameOf("polarity", polarity, "zh"), en: nameOf("polarity", polarity, "en") }]);
}

/** Counting a model's labels puts a share off by 6 to 13 points on average: an order is told when it stands with both shares so far off. */
const clearLead = 0.26;

/** Where no share of the public's moods may be told: what the model calls most of its posts, in posts. */
function labels(seen: Findings): Claim | null {
  const known = seen.get("sentiment", "public.known");
  if (!known || known.value < least || seen.shares("sentiment", "public.share.").length > 0) return null;
  const counted = polarities.flatMap((polarity) => seen.get("sentiment", `public.posts.${polarity}`) ?? []).sort((a, b) => b.value - a.value || (a.key < b.key ? -1 : 1));
  const [first, second] = counted.map((figure) => ({ figure, value: figure.value / known.value, of: known.value }));
  if (!first || !second || first.value - second.value < clearLead) return null;
  const polarity = first.figure.key.split(".").at(-1)!;
  return claim("labels", lead(first, second), "sentiment", [first.figure, known], [{ zh: nameOf("polarity", polarity, "zh"), en: nameOf("polarity", polarity, "en") }]);
}

/** The finding gives the gap only where it has enough posts; it is told when zero is outside its interval and it reaches 5 points. */
function gap(seen: Findings): Claim | null {
  const found = seen.get("sentiment", "gap.negative");
  if (!found?.interval || !clearlyApart(found.value, found.interval) || Math.abs(found.value) < 0.05) return null;
  return claim("gap", found.value / ((found.interval[1] - found.interval[0]) / 3.92), "sentiment", [found]);
}

function originals(seen: Findings): Claim | null {
  const share = seen.shares("spreaders", "kind.share.original")[0];
  return share ? claim("originals", (share.value - 0.5) / Math.sqrt(0.25 / share.of), "spreaders", [share]) : null;
}

function region(seen: Findings): Claim | null {
  const shares = seen.shares("regions", "ip.share.").filter(({ key }) => !/\.(海外|其他)$/.test(key));
  const [first, second] = shares;
  return first && leads(first, second) ? claim("region", lead(first, second), "regions", [first], [place(plain(first.key).zh)]) : null;
}

const place = (region: string): Figure["label"] => ({ zh: region, en: nameOf("region", region, "en") });

const stabilities = z.object({ topics: z.array(z.object({ topic: z.number(), stable: z.boolean().nullable() })) });

/** The largest topic of a field, unless it is gone when the topics are learnt anew from other samples. */
function topic(seen: Findings, field: "media" | "public"): Claim | null {
  const [first, second] = seen.shares("topics", `topic.share.${field}.`).filter(({ key }) => !key.endsWith(".0"));
  const shaky = stabilities.safeParse(seen.data("topics")).data?.topics.some(({ topic, stable }) => stable === false && first?.key === `topic.share.${field}.${topic}`);
  return first && !shaky && leads(first, second) ? claim(`topic-${field}`, lead(first, second), "topics", [first], [first.label]) : null;
}

function viewpoint(seen: Findings): Claim | null {
  const [first, second] = seen.shares("viewpoints", "viewpoint.share.");
  return first && leads(first, second) ? claim("viewpoint", lead(first, second), "viewpoints", [first], [first.label]) : null;
}

/** The first three hot words, in the order of the finding. */
function words(seen: Findings): Claim | null {
  const terms = seen.all("hot-words").filter(({ key }) => key.startsWith("term.docs.")).slice(0, 3);
  return terms.length > 0 ? claim("words", 4, "hot-words", terms, terms.map(({ key }) => plain(key))) : null;
}

/** What follows the second dot of a key, as a name in both languages. */
function plain(key: string): Figure["label"] {
  const name = key.split(".").slice(2).join(".");
  return { zh: name, en: name };
}
