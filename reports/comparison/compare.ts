import type { z } from "zod";
import type { Figure } from "../../analyzers/contract.ts";
import { phases } from "../../analyzers/event/phases.ts";
import { platforms } from "../../analyzers/event/platforms.ts";
import { sentiment } from "../../analyzers/event/sentiment.ts";
import { topics } from "../../analyzers/event/topics.ts";
import { nameOf } from "../names.ts";
import type { Report } from "../report.ts";

/** A number of a report, with its number among the report's facts. */
export type Quoted = Pick<Figure, "value" | "unit" | "of" | "interval" | "estimate"> & { no: number };

/** B beside A. times: B ÷ A · points: B − A of shares · difference: B − A in the unit itself. */
export interface Difference {
  kind: "times" | "points" | "difference";
  value: number;
  /** 95 %; null unless both numbers have one and come from different files. */
  interval: [number, number] | null;
}

export interface Pair {
  key: string;
  label: { zh: string; en: string };
  a: Quoted;
  b: Quoted;
  /** Null where B ÷ A is undefined. */
  difference: Difference | null;
}

type Topic = z.infer<typeof topics.data>["topics"][number];

const keyFigures: readonly (readonly [finding: string, key: string])[] = [
  ["overview", "posts"],
  ["overview", "span.days"],
  ["overview", "posts.daily"],
  ["overview", "authors"],
  ["heat", "engagement"],
  ["heat", "first_day"],
  ["phases", "peak.posts"],
  ["heat", "rise_hours"],
  ["heat", "halving_hours"],
  ["overview", "share.original"],
  ["heat", "repost_share"],
  ["heat", "platforms"],
  ["heat", "provinces"],
  ["spreaders", "authors.gini"],
  ["spreaders", "authors.top10"],
  ["sentiment", "all.share.negative"],
];

/** Names of input files, in B, whose bytes A was made from too: then the two are not independent, and no difference has an interval. */
export function sharedFiles(a: Report, b: Report): string[] {
  const known = new Set(a.manifest.files.map(({ sha256 }) => sha256));
  return b.manifest.files.filter(({ sha256 }) => known.has(sha256)).map(({ name }) => name);
}

/** Key figures that both reports know. */
export function keyPairs(a: Report, b: Report): Pair[] {
  const [quoteA, quoteB] = [quoterOf(a), quoterOf(b)];
  const independent = sharedFiles(a, b).length === 0;
  return keyFigures.flatMap(([finding, key]) => {
    if (key === "peak.posts" && peakUnit(a) !== peakUnit(b)) return []; // an hour and a day
    if (finding === "sentiment" && (moodsOf(a) !== "audited" || moodsOf(b) !== "audited")) return [];
    const [found, other] = [quoteA(finding, key), quoteB(finding, key)];
    return found && other ? [pair(key, found.label, found.quoted, other.quoted, independent)] : [];
  });
}

/** Platforms that both reports list, those of most posts in both together first; and those that only one lists. */
export function platformPairs(a: Report, b: Report): { pairs: Pair[]; onlyA: string[]; onlyB: string[] } {
  const [keysA, keysB] = [platformsOf(a), platformsOf(b)];
  const [quoteA, quoteB] = [quoterOf(a), quoterOf(b)];
  const pairs = keysA
    .filter((key) => keysB.includes(key))
    .flatMap((platform) => {
      const [found, other] = [quoteA("platforms", `platform.share.${platform}`), quoteB("platforms", `platform.share.${platform}`)];
      return found && other ? [pair(platform, { zh: nameOf("platform", platform, "zh"), en: nameOf("platform", platform, "en") }, found.quoted, other.quoted, true)] : [];
    });
  const weight = ({ a, b }: Pair): number => (a.value ?? 0) + (b.value ?? 0);
  return { pairs: pairs.sort((x, y) => weight(y) - weight(x) || (x.key < y.key ? -1 : 1)), onlyA: keysA.filter((key) => !keysB.includes(key)), onlyB: keysB.filter((key) => !keysA.includes(key)) };
}

/** Topics of the same name, in fields where both reports tell shares. In the order of A. */
export function topicPairs(a: Report, b: Report): { field: "media" | "public"; pairs: Pair[] }[] {
  const [dataA, dataB] = [dataOf(a, "topics", topics.data), dataOf(b, "topics", topics.data)];
  if (!dataA || !dataB) return [];
  const named = new Map(dataB.topics.flatMap((topic) => (topic.name === null ? [] : [[topic.name, topic] as const])));
  const shared = dataA.topics.flatMap((topic) => (topic.name !== null && named.has(topic.name) ? [[topic, named.get(topic.name)!] as const] : []));
  return (["public", "media"] as const).flatMap((field) => {
    if (!dataA.fields[field].shares || !dataB.fields[field].shares) return [];
    const [quoteA, quoteB] = [quoterOf(a), quoterOf(b)];
    const independent = sharedFiles(a, b).length === 0;
    const key = ({ topic }: Topic): string => `topic.share.${field}.${topic}`;
    const pairs = shared.flatMap(([one, other]) => {
      const [found, second] = [quoteA("topics", key(one)), quoteB("topics", key(other))];
      return found && second ? [pair(one.name!, { zh: one.name!, en: one.name! }, found.quoted, second.quoted, independent)] : [];
    });
    return pairs.length === 0 ? [] : [{ field, pairs }];
  });
}

function pair(key: string, label: Pair["label"], a: Quoted, b: Quoted, independent: boolean): Pair {
  const difference = differenceOf(a, b);
  return { key, label, a, b, difference: independent || difference === null ? difference : { ...difference, interval: null } };
}

/** The interval of a difference of two independent estimates by MOVER (Newcombe 1998, method 10; Zou & Donner 2008). */
export function differenceOf(a: Quoted, b: Quoted): Difference | null {
  if (a.value === null || b.value === null || a.unit !== b.unit) return null;
  if (a.unit === "posts" || a.unit === "authors" || a.unit === "count") return a.value === 0 ? null : { kind: "times", value: b.value / a.value, interval: null };
  const value = b.value - a.value;
  const interval: Difference["interval"] = a.interval && b.interval ? [value - Math.hypot(b.value - b.interval[0], a.interval[1] - a.value), value + Math.hypot(b.interval[1] - b.value, a.value - a.interval[0])] : null;
  return { kind: a.unit === "share" ? "points" : "difference", value, interval };
}

/** Looks known figures of findings that are in order up. */
function quoterOf(report: Report) {
  const numbers = new Map(report.facts.map(({ finding, key, no }) => [`${finding}\u0000${key}`, no]));
  return (id: string, key: string): { label: Figure["label"]; quoted: Quoted } | null => {
    const finding = report.findings.find((one) => one.id === id);
    const no = numbers.get(`${id}\u0000${key}`);
    if (finding?.status !== "ok" || no === undefined) return null;
    const figure = finding.figures.find((one) => one.key === key);
    if (figure === undefined || figure.value === null) return null;
    const { value, unit, of, interval, estimate } = figure;
    return { label: figure.label, quoted: { value, unit, of, interval, estimate, no } };
  };
}

/** The data of a finding that is in order and still has its form; else null. */
export function dataOf<D>(report: Report, id: string, schema: z.ZodType<D>): D | null {
  const finding = report.findings.find((one) => one.id === id);
  return finding?.status === "ok" ? (schema.safeParse(finding.data).data ?? null) : null;
}

const peakUnit = (report: Report): string | null => dataOf(report, "phases", phases.data)?.bins?.unit ?? null;
const moodsOf = (report: Report): string | null => dataOf(report, "sentiment", sentiment.data)?.all.estimate?.kind ?? null;
const platformsOf = (report: Report): string[] => dataOf(report, "platforms", platforms.data)?.platforms.flatMap(({ platform }) => platform ?? []) ?? [];
