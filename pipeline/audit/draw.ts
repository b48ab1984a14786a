import { hash } from "node:crypto";
import { mulberry32, type Random } from "../../analyzers/statistics.ts";
import { fields, polarities, type Field } from "../schema.ts";
import { auditVersion, leastLabels, type AuditItem, type AuditSample } from "./contract.ts";
import type { FrameText } from "./frame.ts";

export interface DrawOptions {
  /** Posts to draw: hits of the systematic step. Posts with the very same words are one item, so that fewer items may be shown. */
  size: number;
  seed: number;
  /** Version of the model that made the predictions. */
  model: string;
}

/** Items a stratum gets where its posts allow; the media as one stratum enough for shares of their own. */
const leastItems = ({ name, posts }: Pick<Stratum, "name" | "posts">): number => Math.min(posts, name === "media/all" ? leastLabels : 15);

interface Stratum {
  /** field/polarity, or field/all where cells of a field are one stratum. */
  name: string;
  field: Field;
  texts: FrameText[];
  posts: number;
}

/**
 * Draws the posts to be labelled: strata field × predicted polarity, small ones of a field joined, so that each field can be spoken of; within a stratum systematically
 * over the posts, those of a near-duplicate cluster and of a text standing together and the clusters shuffled. Every post of a stratum is as likely as any other
 * and a cluster is drawn in proportion to its posts (systematic PPS; Madow 1949), so the mean of a stratum's labels over hits estimates the share of its posts.
 * The items are numbered in shuffled order. Pure; the same frame, size and seed give the same sample. `frame`: in a fixed order.
 */
export function drawSample(frame: readonly FrameText[], { size, seed, model }: DrawOptions): AuditSample {
  const random = mulberry32(seed);
  const strata = joined(cells(frame), size);
  const counts = allocation(strata, size);
  const drawn = strata.flatMap((stratum, h) => hits(stratum, counts[h]!, random));
  const items = shuffled(drawn, random).map((item, i) => ({ no: i + 1, ...item }));
  const sample = { model, seed, posts: frame.reduce((sum, { posts }) => sum + posts, 0), strata: strata.map(({ name, posts, texts }) => ({ name, posts, mean_micro: meanOf(texts, posts) })), items };
  return { version: auditVersion, key: sampleKey(sample), ...sample };
}

/** First 16 hex digits of the SHA-256 of all that the sample says. */
export function sampleKey({ model, seed, posts, strata, items }: Omit<AuditSample, "version" | "key">): string {
  return hash("sha256", JSON.stringify([model, seed, posts, strata, items]), "hex").slice(0, 16);
}

/** One stratum for every field and predicted polarity, in the order of both. */
function cells(frame: readonly FrameText[]): Stratum[] {
  const found = new Map<string, Stratum>();
  for (const text of frame) add(found, text.field, text.predicted, [text], text.posts);
  return sorted([...found.values()]);
}

/** Joins the cells of a field that would get fewer than 15 items by their size; then the smallest ones until the least numbers of items fit into `size`. */
function joined(all: readonly Stratum[], size: number): Stratum[] {
  const total = all.reduce((sum, { posts }) => sum + posts, 0);
  let strata = pooled(all, (cell) => Math.min(size, total) * cell.posts < 15 * total);
  while (strata.reduce((sum, stratum) => sum + leastItems(stratum), 0) > size) {
    const smallest = strata.filter(({ name }) => !name.endsWith("/all")).reduce<Stratum | null>((least, cell) => (least === null || cell.posts < least.posts ? cell : least), null);
    if (smallest === null) break;
    strata = pooled(strata, (cell) => cell === smallest);
  }
  return strata;
}

function pooled(strata: readonly Stratum[], small: (cell: Stratum) => boolean): Stratum[] {
  const result = new Map<string, Stratum>();
  for (const cell of strata) add(result, cell.field, small(cell) ? "all" : cell.name.split("/")[1]!, cell.texts, cell.posts);
  return sorted([...result.values()]);
}

function add(strata: Map<string, Stratum>, field: Field, polarity: string, texts: readonly FrameText[], posts: number): void {
  const name = `${field}/${polarity}`;
  const stratum = strata.get(name) ?? { name, field, texts: [], posts: 0 };
  for (const text of texts) stratum.texts.push(text);
  stratum.posts += posts;
  strata.set(name, stratum);
}

function sorted(strata: Stratum[]): Stratum[] {
  const order = ["all", ...polarities] as string[];
  return strata.sort((a, b) => fields.indexOf(a.field) - fields.indexOf(b.field) || order.indexOf(a.name.split("/")[1]!) - order.indexOf(b.name.split("/")[1]!));
}

/** Hits of each stratum: its least number, the rest one by one to the stratum with most posts a hit (Webster's method), never more than its posts. */
export function allocation(strata: readonly Pick<Stratum, "name" | "posts">[], size: number): number[] {
  const counts = strata.map(leastItems);
  for (let rest = size - counts.reduce((sum, n) => sum + n, 0); rest > 0; rest--) {
    let next = -1;
    for (let h = 0; h < strata.length; h++) {
      const { posts } = strata[h]!;
      if (counts[h]! < posts && (next < 0 || posts * (counts[next]! + 0.5) > strata[next]!.posts * (counts[h]! + 0.5))) next = h;
    }
    if (next < 0) break;
    counts[next]!++;
  }
  return counts;
}

/** Systematic hits over the stratum's posts. */
function hits({ name, texts, posts }: Stratum, count: number, random: Random): Omit<AuditItem, "no">[] {
  const clusters = new Map<string, FrameText[]>();
  for (const text of texts) {
    const members = clusters.get(text.cluster);
    if (members === undefined) clusters.set(text.cluster, [text]);
    else members.push(text);
  }
  const step = posts / count;
  const start = random() * step;
  const items: Omit<AuditItem, "no">[] = [];
  let before = 0;
  let next = 0;
  for (const members of shuffled([...clusters.values()], random)) {
    for (const { id, text_key, posts: copies, predicted, micro } of members) {
      let times = 0;
      while (next < count && start + next * step < before + copies) {
        times++;
        next++;
      }
      before += copies;
      if (times > 0) items.push({ id, text_key, stratum: name, size: copies, times, predicted, micro });
    }
  }
  return items;
}

/** Fisher–Yates. */
function shuffled<T>(given: readonly T[], random: Random): T[] {
  const list = [...given];
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [list[i], list[j]] = [list[j]!, list[i]!];
  }
  return list;
}

function meanOf(texts: readonly FrameText[], posts: number): AuditItem["micro"] {
  const mean = (k: 0 | 2) => Math.round(texts.reduce((sum, text) => sum + text.micro[k] * text.posts, 0) / posts);
  const [positive, negative] = [mean(0), mean(2)];
  return [positive, 1_000_000 - positive - negative, negative];
}
