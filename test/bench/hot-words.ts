import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { loadResources } from "../../analyzers/post/index.ts";
import { read } from "../../analyzers/post/doc.ts";
import { terms } from "../../analyzers/post/terms.ts";
import { hotWords } from "../../analyzers/event/hot-words.ts";
import { keywords, referenceOf, type Corpus, type Said } from "../../analyzers/keyness.ts";
import { splitChain } from "../../pipeline/import/posts/reposts.ts";
import { comparedForm, nearDuplicateForms } from "../../pipeline/relate/near-duplicates.ts";
import { mulberry32, type Random } from "../../analyzers/statistics.ts";

/**
 * npx tsx test/bench/hot-words.ts [SEEDS [POSTS]]: 40 words planted into random Weibo posts, 1.5 to 4 times as frequent as before, and found again by the product's ranking
 * (average precision ± its standard error over the seeds, with TF-IDF and frequency beside it), of all words and of those in as many texts and wordings as the product shows; and random halves,
 * in which nothing may be significant. With POSTS only samples of that size, and no halves: `30 2000` is the mean of 30 seeds. Needs ../shared and zstd; two minutes.
 *
 * Planting: a word is held by 0.2–2 % of the posts; posts that lack it are given it, so that no other word rises with it. The background is another sample of the same size.
 */
const seeds = Number(process.argv[2] ?? 5);
const only = process.argv[3] === undefined ? null : Number(process.argv[3]);
const data = new URL("../../../shared/data/events/", import.meta.url).pathname;
if (!existsSync(data)) throw new Error(`needs ${data}`);

interface Post {
  terms: string[];
  author: string;
  form: string;
}
const resources = loadResources([]);
const lines = spawnSync("zstd", ["-dc", `${data}covid-2020/posts.jsonl.zst`], { maxBuffer: 2 ** 30 }).stdout.toString("utf8").split("\n");
const posts: Post[] = [];
for (let i = 0; i < lines.length - 1; i += 5) {
  const { text, author } = JSON.parse(lines[i]!) as { text: string | null; author: string };
  const { own } = splitChain(text ?? "");
  if (own !== null) posts.push({ terms: terms(read(own, resources)), author, form: comparedForm(own) });
}

/** As the whole event is ranked. */
const options = { ...hotWords.options.parse({}), spread: 0 };
const ranking = { ...options, z: -Infinity, docsShare: 0, lift: 0 };

/** As pipeline/rollup counts one day: an author's same text once, an author three times a term at most, near-duplicates together once. */
function corpus(sample: readonly Post[]): Corpus {
  const heads = nearDuplicateForms(sample.map(({ form }) => form));
  const sizes = new Map<number, number>();
  for (const head of heads) sizes.set(head, (sizes.get(head) ?? 0) + 1);
  const counts = new Map<string, Said>();
  const byAuthor = new Map<string, number>();
  let [docs, micro] = [0, 0];
  sample.forEach((post, i) => {
    for (const term of new Set(post.terms)) {
      const key = `${post.author} ${term}`;
      const times = (byAuthor.get(key) ?? 0) + 1;
      byAuthor.set(key, times);
      if (times > 3) continue;
      const said = counts.get(term) ?? { docs: 0, micro: 0 };
      said.docs += 1;
      said.micro += Math.floor(1e6 / sizes.get(heads[i]!)!);
      counts.set(term, said);
      docs += 1;
      micro += Math.floor(1e6 / sizes.get(heads[i]!)!);
    }
  });
  return { counts, docs, micro, texts: sample.length };
}

function draw(random: Random, size: number): [Post[], Post[]] {
  const order = posts.map((post) => ({ post, key: random() })).sort((a, b) => a.key - b.key).map(({ post }) => post);
  return [order.slice(0, size), order.slice(size, 2 * size)];
}

/** Gives 40 words to further posts of the sample; returns the words. */
function plant(random: Random, sample: Post[]): Set<string> {
  const held = new Map<string, number>();
  for (const { terms } of sample) for (const term of new Set(terms)) held.set(term, (held.get(term) ?? 0) + 1);
  const fit = [...held].filter(([, count]) => count >= 0.002 * sample.length && count <= 0.02 * sample.length).map(([term]) => term).sort();
  const planted = new Set<string>();
  while (planted.size < Math.min(40, fit.length)) planted.add(fit[Math.floor(random() * fit.length)]!);
  for (const term of planted) {
    let more = Math.round(held.get(term)! * (0.5 + 2.5 * random()));
    while (more > 0) {
      const at = Math.floor(random() * sample.length);
      if (sample[at]!.terms.includes(term)) continue;
      sample[at] = { ...sample[at]!, terms: [...sample[at]!.terms, term] };
      more--;
    }
  }
  return planted;
}

function averagePrecision(order: readonly string[], planted: ReadonlySet<string>): number {
  let [hits, sum] = [0, 0];
  order.forEach((term, i) => {
    if (planted.has(term)) sum += ++hits / (i + 1);
  });
  return sum / planted.size;
}

/** Mean ± standard error. */
function mean(values: readonly number[]): string {
  const of = values.reduce((a, b) => a + b, 0) / values.length;
  const error = Math.sqrt(values.reduce((sum, value) => sum + (value - of) ** 2, 0) / (values.length - 1) / values.length);
  return values.length < 2 ? of.toFixed(3) : `${of.toFixed(3)} ± ${error.toFixed(3)}`;
}
console.log(["posts", "log-odds of the product, all words", "words it may show", "TF-IDF", "frequency", "planted among the significant", "significant that are planted"].join("\t"));
for (const size of only === null ? [20_000, 2_000] : [only]) {
  const rows = Array.from({ length: seeds }, (_, seed) => {
    const random = mulberry32(seed + 1);
    const [background, sample] = draw(random, size);
    const planted = plant(random, sample);
    const [here, there] = [corpus(sample), corpus(background)];
    const ranked = (docs: number): number => averagePrecision(keywords(here, referenceOf(there), { ...ranking, docs }).map(({ term }) => term), planted);
    const scored = (score: (term: string, docs: number) => number): string[] => [...here.counts].map(([term, { docs }]) => ({ term, score: score(term, docs) })).sort((a, b) => b.score - a.score || (a.term < b.term ? -1 : 1)).map(({ term }) => term);
    const shown = keywords(here, referenceOf(there), options).filter(({ significant }) => significant);
    const hits = shown.filter(({ term }) => planted.has(term)).length;
    return [ranked(1), ranked(options.docs), averagePrecision(scored((term, docs) => docs * Math.log(size / (1 + (there.counts.get(term)?.docs ?? 0)))), planted), averagePrecision(scored((_, docs) => docs), planted), hits / planted.size, shown.length === 0 ? 1 : hits / shown.length];
  });
  console.log([size, ...rows[0]!.map((_, k) => mean(rows.map((row) => row[k]!)))].join("\t"));
}
if (only !== null) process.exit(0);

console.log(["null", "posts a half", "reports of 50 with a significant word", "significant words in all", "highest z"].join("\t"));
for (const [name, halves] of [["posts at random", (random: Random) => draw(random, 10_000)], ["authors at random", authorHalves]] as const) {
  const found = Array.from({ length: 50 }, (_, seed) => {
    const [a, b] = halves(mulberry32(1000 + seed));
    const shown = keywords(corpus(a), referenceOf(corpus(b)), { ...options, z: 0 });
    return { significant: shown.filter(({ significant }) => significant).length, z: shown[0]?.z ?? 0 };
  });
  console.log([name, 10_000, found.filter(({ significant }) => significant > 0).length, found.reduce((sum, { significant }) => sum + significant, 0), Math.max(...found.map(({ z }) => z)).toFixed(2)].join("\t"));
}

/** All posts of an author in the same half: what an author repeats no longer cancels out. */
function authorHalves(random: Random): [Post[], Post[]] {
  const sides = new Map<string, boolean>();
  const halves: [Post[], Post[]] = [[], []];
  for (const post of draw(random, 20_000)[0]) {
    if (!sides.has(post.author)) sides.set(post.author, random() < 0.5);
    halves[sides.get(post.author) ? 0 : 1].push(post);
  }
  return halves;
}
