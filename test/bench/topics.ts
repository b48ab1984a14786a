import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mulberry32 } from "../../analyzers/statistics.ts";
import { shuffle } from "../../data/samples/random.ts";
import { splitChain } from "../../pipeline/import/posts/reposts.ts";
import { relateClusters } from "../../pipeline/relate/clusters.ts";
import { makeWordedTexts } from "../../pipeline/relate/texts.ts";
import { relateTopics } from "../../pipeline/relate/topics.ts";
import { event } from "../fixture.ts";
import { adjustedRand } from "../relate/agreement.ts";
import { filled } from "../relate/event.ts";

/**
 * npx tsx test/bench/topics.ts [dev|test] [SET]: topics found by the product in texts of known topics (needs ../shared and zstd; a minute or two).
 * titles: news titles of 10 classes. tags: posts of covid-2020 with one hashtag, which is cut out; 12 hashtags of up to 300 posts. threads: comments of 20 repost cascades,
 * 300 each, of 4 characters and more. planted: 10 classes of titles and 2 of reviews in Zipf shares, a tenth of the texts is noise.
 * dev: what was looked at while the method was made; test: other texts, hashtags and cascades. ARI taught: of a classifier that saw the labels of four fifths of the texts, for
 * what the labels can tell at all.
 */
const [half = "test", only] = process.argv.slice(2);
const data = new URL("../../../shared/data/", import.meta.url).pathname;
if (!existsSync(data)) throw new Error(`needs ${data}`);

interface Item {
  text: string;
  gold: string;
}
const noise = "noise";

function* rows(name: string): Iterable<Record<string, string> & { is_repost: boolean }> {
  const lines = spawnSync(name.endsWith("zst") ? "zstd" : "gzip", ["-dc", data + name], { maxBuffer: 2 ** 30 }).stdout;
  for (let from = 0; from < lines.length; ) {
    const feed = lines.indexOf(10, from);
    const to = feed < 0 ? lines.length : feed;
    yield JSON.parse(lines.toString("utf8", from, to)) as Record<string, string> & { is_repost: boolean };
    from = to + 1;
  }
}

function grouped(items: Iterable<Item>): Map<string, string[]> {
  const groups = new Map<string, Set<string>>();
  for (const { text, gold } of items) groups.set(gold, (groups.get(gold) ?? new Set()).add(text));
  return new Map([...groups].map(([gold, texts]) => [gold, [...texts]]));
}

/** Parts of `each` groups, each of 300 texts at most. */
const parts = (groups: readonly (readonly [string, string[]])[], each: number, names: readonly string[]): [string, Item[]][] =>
  names.map((name, i) => [name, groups.slice(i * each, (i + 1) * each).flatMap(([gold, texts]) => shuffle(mulberry32(i), texts).slice(0, 300).map((text) => ({ text, gold })))]);

function titles(): [string, Item[]][] {
  const all = [...rows("labelled/thucnews_titles/data.jsonl.gz")];
  return ["dev", "test"].map((split) => [`titles-${split}`, all.filter((row) => row.split === split).map(({ text, label }) => ({ text: text!, gold: label! }))]);
}

function tags(): [string, Item[]][] {
  const hashtag = /#([^#\n]{2,40})#/g;
  const items: Item[] = [];
  for (const { text, is_repost } of rows("events/covid-2020/posts.jsonl.zst")) {
    const tags = new Set(is_repost ? [] : [...text!.matchAll(hashtag)].map(([, tag]) => tag!.trim()));
    const bare = text!.replace(hashtag, "").trim();
    if (tags.size === 1 && bare.length >= 8) items.push({ text: bare, gold: [...tags][0]! });
  }
  const groups = [...grouped(items)].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1)).slice(0, 72);
  return parts(shuffle(mulberry32(7), groups), 12, ["tags-dev-1", "tags-dev-2", "tags-dev-3", "tags-test-1", "tags-test-2", "tags-test-3"]);
}

function threads(): [string, Item[]][] {
  const items: Item[] = [];
  for (const { post_id, text } of rows("events/cascades/reposts.jsonl.zst")) {
    const { own } = splitChain(text ?? "");
    if (own !== null && own.replace(/\[[^\]]*\]|@\S+/g, "").length >= 4) items.push({ text: own, gold: post_id! });
  }
  const groups = [...grouped(items)].filter(([, texts]) => texts.length >= 300).sort(([a], [b]) => (a < b ? -1 : 1));
  return parts(shuffle(mulberry32(7), groups), 20, ["threads-dev-1", "threads-dev-2", "threads-test-1", "threads-test-2"]);
}

function planted(): [string, Item[]][] {
  const read = (name: string) => [...rows(`labelled/${name}/data.jsonl.gz`)].map(({ text }) => text!).filter((text) => text.length >= 6 && text.length <= 60);
  const [meals, hotels, others] = ["waimai_10k", "chnsenticorp_htl_all", "smp2020_ewect"].map(read) as [string[], string[], string[]];
  return titles().map(([name, items], i) => {
    const half = <T>(texts: readonly T[]): T[] => shuffle(mulberry32(5), texts.slice(i * 2000, i * 2000 + 2000));
    const groups = new Map([...grouped(items), ["meals", half(meals)], ["hotels", half(hotels)]]);
    const zipf = shuffle(mulberry32(3 + i), [...groups.keys()].sort()).flatMap((gold, rank) => groups.get(gold)!.slice(0, Math.round(1000 / (rank + 1))).map((text) => ({ text, gold })));
    return [name.replace("titles", "planted"), [...zipf, ...half(others).slice(0, Math.round(zipf.length / 9)).map((text) => ({ text, gold: noise }))]];
  });
}

async function topicsOf(texts: readonly string[]): Promise<Int32Array> {
  const database = await filled(texts.map((own, i) => ({ id: `p${i + 1}`, own })));
  await makeWordedTexts(database);
  await relateTopics(database, await relateClusters(database), { maxTopics: 30, sample: 10_000 }, event);
  const found = await database.rows<{ id: string; topic: number }>("SELECT id, topic FROM scored JOIN text_topics USING (text_no)");
  database.close();
  const byId = new Map(found.map(({ id, topic }) => [id, topic]));
  return Int32Array.from(texts, (_, i) => byId.get(`p${i + 1}`)!);
}

/** Mean and largest error of the shares of gold topics, in points, when each found topic counts as the one that most of it is. */
function shareErrors(topics: Int32Array, gold: readonly string[]): [number, number] {
  const errors = new Map<string, number>();
  for (const truth of gold) errors.set(truth, (errors.get(truth) ?? 0) - 1);
  for (const topic of new Set(topics)) {
    const own = gold.filter((_, d) => topics[d] === topic);
    const counts = [...new Set(own)].map((truth) => [truth, own.filter((one) => one === truth).length] as const).sort((a, b) => b[1] - a[1]);
    if (topic > 0) errors.set(counts[0]![0], errors.get(counts[0]![0])! + own.length);
  }
  errors.delete(noise);
  const points = [...errors.values()].map((error) => (100 * Math.abs(error)) / gold.length);
  return [points.reduce((sum, error) => sum + error, 0) / points.length, Math.max(...points)];
}

/** Groups told by multinomial naive Bayes over characters and pairs of them, taught on the other four fifths of the texts, fold by fold. */
function taught(items: readonly Item[]): string[] {
  const grams = items.map(({ text }) => [...new Set([...text].flatMap((one, i, all) => (i + 1 < all.length ? [one, one + all[i + 1]!] : [one])))]);
  const [prior, vocabulary] = [0.1, 50_000];
  return items.map((_, d) => {
    const scores = [...models(items, grams, d % 5)].map(([gold, { texts, total, counts }]): [string, number] => {
      const none = Math.log(total + prior * vocabulary);
      return [gold, grams[d]!.reduce((sum, gram) => sum + Math.log((counts.get(gram) ?? 0) + prior) - none, Math.log(texts))];
    });
    return scores.reduce((best, one) => (one[1] > best[1] ? one : best))[0];
  });
}

interface GramCounts {
  texts: number;
  total: number;
  counts: Map<string, number>;
}

const folds = new Map<readonly Item[], Map<string, GramCounts>[]>();
/** Counts of each group's texts but every fifth, beginning with text `fold`. */
function models(items: readonly Item[], grams: readonly string[][], fold: number): Map<string, GramCounts> {
  const known = folds.get(items) ?? [];
  folds.set(items, known);
  return (known[fold] ??= [...items.keys()].filter((d) => d % 5 !== fold).reduce((groups, d) => {
    const group = groups.get(items[d]!.gold) ?? { texts: 0, total: 0, counts: new Map<string, number>() };
    group.texts++;
    group.total += grams[d]!.length;
    for (const gram of grams[d]!) group.counts.set(gram, (group.counts.get(gram) ?? 0) + 1);
    return groups.set(items[d]!.gold, group);
  }, new Map<string, GramCounts>()));
}

console.log(["set", "texts", "gold", "topics", "ARI", "ARI in topics", "ARI taught", "no topic", "too short", "share error mean", "max"].join("\t"));
for (const [kind, make] of Object.entries({ titles, tags, threads, planted })) {
  if (only !== undefined && only !== kind) continue;
  for (const [name, items] of make().filter(([name]) => name.includes(half))) {
    const gold = items.map(({ gold }) => gold);
    const topics = await topicsOf(items.map(({ text }) => text));
    const inTopics = [...topics.keys()].filter((d) => topics[d]! > 0 && gold[d] !== noise);
    const part = (test: (topic: number) => boolean): string => `${((100 * topics.filter(test).length) / topics.length).toFixed(1)}%`;
    const [mean, most] = shareErrors(topics, gold);
    console.log([name, items.length, new Set(gold).size - Number(gold.includes(noise)), new Set(topics).size - Number(topics.includes(0)) - Number(topics.includes(-1)), adjustedRand(topics, gold).toFixed(3),
      adjustedRand(inTopics.map((d) => topics[d]), inTopics.map((d) => gold[d])).toFixed(3), adjustedRand(taught(items), gold).toFixed(3), part((topic) => topic === 0), part((topic) => topic === -1), mean.toFixed(2), most.toFixed(2)].join("\t"));
  }
}
