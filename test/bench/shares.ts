import { agreement } from "../../analyzers/quantification/agreement.ts";
import { byClass, calibratedShares, sharesOf } from "../../analyzers/quantification/calibration.ts";
import { clusteredShare, type ClusteredPost } from "../../analyzers/quantification/clusters.ts";
import { estimateShares } from "../../analyzers/quantification/estimate.ts";
import { shifted, unusable } from "../../analyzers/quantification/shift.ts";
import { mulberry32, quantile, wilson, type Random } from "../../analyzers/statistics.ts";
import { integer, pick, shuffle } from "../../data/samples/random.ts";
import { auditOf, calibrationOf, labelledSet, predictedClass, simulatedEvent, type LabelledPost } from "../analyzers/quantification/labelled-posts.ts";

/**
 * npx tsx test/bench/shares.ts [EVENTS] [SEED] [SECTIONS]: errors of shares and coverage of their 95 % intervals, on events of known shares made from labelled posts
 * (artificial prevalence: Dirichlet(1)); 400 events a line by default, sections 1234, a quarter of an hour. Needs ../shared.
 */
const [events = 400, seed = 1] = process.argv.slice(2, 4).map(Number);
const sections = process.argv[4] ?? "1234";
const dev = labelledSet("dev");
const sets = { usual: labelledSet("usual"), virus: labelledSet("virus"), weibo2018: labelledSet("weibo2018"), waimai: labelledSet("waimai"), block: labelledSet("block") };
const random = mulberry32(seed);
const print = (...cells: (string | number)[]): void => console.log(cells.join("\t"));
const repeat = (times: number, once: () => void): void => {
  for (let i = 0; i < times; i++) once();
};

/** Mean errors and coverage of intervals, collected. */
class Score {
  #errors: number[] = [];
  #covered: boolean[] = [];
  add(truth: number, share: number, [lo, hi]: readonly [number, number]): void {
    this.#errors.push(Math.abs(share - truth));
    this.#covered.push(lo - 1e-9 <= truth && truth <= hi + 1e-9);
  }
  get error(): string {
    return this.#errors.length === 0 ? "–" : (this.#errors.reduce((a, b) => a + b, 0) / this.#errors.length).toFixed(4);
  }
  get coverage(): string {
    return this.#covered.length === 0 ? "–" : (this.#covered.filter(Boolean).length / this.#covered.length).toFixed(3);
  }
}

/** Classes that a set has: shares of the others are 0 by its making and would flatter. */
const present = (posts: readonly LabelledPost[]): number[] => [0, 1, 2].filter((k) => posts.some(({ truth }) => truth === k));

const ofUsual = calibrationOf(dev, "SMP2020 usual, dev");
if (sections.includes("1")) withoutLabels();
if (sections.includes("2")) withLabels();
if (sections.includes("3")) knownLabels();
if (sections.includes("4")) annotators();

function withoutLabels(): void {
  print("1. Without labels: calibration of SMP2020 usual (2,000 posts). 're-split': dev and test shuffled and cut anew for every event, so that calibration noise varies. Refusals by shift alone");
  print("set", "posts", "counted: error", "Wilson covers", "calibrated: error", "covers", "covers if not refused", "refused", "error if not refused");
  for (const [name, resplit, natural] of [["usual", false, false], ["usual", true, false], ["virus", false, false], ["weibo2018", false, false], ["waimai", false, false], ["block", false, true]] as const) {
    for (const n of [200, 500, 1000, 2000]) {
      const [counted, calibrated, kept] = [new Score(), new Score(), new Score()];
      let refused = 0;
      repeat(name === "usual" ? events : events / 4, () => {
        const all = resplit ? shuffle(random, [...dev, ...sets.usual]) : [];
        const calibration = resplit ? calibrationOf(all.slice(0, 2000), "re-split") : ofUsual;
        const pool = resplit ? all.slice(2000) : sets[name];
        const event = simulatedEvent(random, pool, n, { natural });
        const plain = sharesOf(byClass(event.predictions.cells));
        const found = calibratedShares(calibration, event.predictions, integer(random, 1, 1e9), 250);
        const refusal = unusable(calibration, { ...event.predictions, effective: Infinity }) ?? shifted(found);
        if (refusal !== null) refused++;
        for (const k of present(pool)) {
          counted.add(event.shares[k]!, plain[k]!, wilson(plain[k]! * n, n));
          calibrated.add(event.shares[k]!, found.shares[k]!, found.intervals[k]!);
          if (refusal === null) kept.add(event.shares[k]!, found.shares[k]!, found.intervals[k]!);
        }
      });
      print(resplit ? `${name} re-split` : name, n, counted.error, counted.coverage, calibrated.error, calibrated.coverage, kept.coverage, (refused / (name === "usual" ? events : events / 4)).toFixed(3), kept.error);
    }
  }
}

function withLabels(): void {
  print("\n2. With labels: the sample of `yuqing audit`, labelled by the truth. 'copies': three texts in ten have 2–20 copies. 'noise': predictions drawn at random");
  print("set", "posts", "labels", "error", "covers", "accuracy: error", "covers");
  const noise = sets.usual.map(({ truth }) => ({ ...sets.usual[integer(random, 0, sets.usual.length - 1)]!, truth }));
  for (const [name, pool] of [...Object.entries(sets), ["noise", noise] as const]) {
    for (const [n, size, copied] of [[200, 100, false], [2000, 50, false], [2000, 100, false], [2000, 100, true], [2000, 200, false]] as const) {
      const [shares, accuracy] = [new Score(), new Score()];
      repeat(events, () => {
        const event = simulatedEvent(random, pool, n, { natural: name === "block", copied });
        const found = estimateShares({ event: event.predictions, audit: auditOf(event, size, random), calibration: null })!;
        if (found.kind !== "audited") return;
        for (const k of present(pool)) shares.add(event.shares[k]!, found.shares[k]!.share, found.shares[k]!.interval);
        const right = event.posts.reduce((sum, post, i) => sum + (predictedClass(post) === post.truth ? event.sizes[i]! : 0), 0) / event.sizes.reduce((a, b) => a + b, 0);
        accuracy.add(right, found.check.accuracy!.share, found.check.accuracy!.interval);
      });
      print(copied ? `${name}, copies` : name, n, size, shares.error, shares.coverage, accuracy.error, accuracy.coverage);
    }
  }
}

function knownLabels(): void {
  print("\n3. Known labels of posts that hang together by author and by source: share of 20 %. 'claims': two halves of the authors alike, intervals apart");
  print("authors", "posts each", "copies", "Wilson covers", "bootstrap by author covers", "two-way covers", "Wilson claims", "two-way claims");
  for (const [authors, most, copies] of [[300, 1, 0], [300, 10, 0], [300, 1, 10], [300, 10, 10], [60, 5, 5]] as const) {
    const [plain, boot, clustered] = [new Score(), new Score(), new Score()];
    const claims = { plain: 0, clustered: 0 };
    repeat(events, () => {
      const posts = clusteredPosts(random, authors, most, copies);
      const share = clusteredShare(posts);
      plain.add(0.2, share.share, wilsonOf(posts));
      boot.add(0.2, share.share, authorBootstrap(random, posts));
      clustered.add(0.2, share.share, share.interval);
      const other = clusteredPosts(random, authors, most, copies);
      if (apart(wilsonOf(posts), wilsonOf(other))) claims.plain++;
      if (apart(share.interval, clusteredShare(other).interval)) claims.clustered++;
    });
    print(authors, `1–${most}`, `0–${copies}`, plain.coverage, boot.coverage, clustered.coverage, (claims.plain / events).toFixed(3), (claims.clustered / events).toFixed(3));
  }
}

function annotators(): void {
  print("\n4. Cohen's κ of two annotators who each know the class of a post with the chance given and else guess");
  print("chance", "posts", "κ", "covers");
  for (const knows of [0.7, 0.9, 0.98]) {
    for (const n of [50, 150]) {
      const truth = agreement(judgements(random, knows, 200_000)).kappa!.value;
      const score = new Score();
      repeat(events * 4, () => {
        const { kappa } = agreement(judgements(random, knows, n));
        if (kappa !== null) score.add(truth, kappa.value, kappa.interval);
      });
      print(knows, n, truth.toFixed(3), score.coverage);
    }
  }
}

/** Authors who lean to the property in 85 % of their texts, or never quite; their texts copied by any author. */
function clusteredPosts(random: Random, authors: number, most: number, copies: number): ClusteredPost[] {
  return Array.from({ length: authors }, (_, author) => {
    const chance = random() < 0.2 ? 0.85 : (0.2 * 0.15) / 0.8;
    return Array.from({ length: integer(random, 1, most) }, () => {
      const value = random() < chance ? 1 : 0;
      const post = (author: number, source: number): ClusteredPost => ({ author, source, value });
      return [post(author, author), ...Array.from({ length: integer(random, 0, copies) }, () => post(integer(random, 0, authors - 1), author))];
    }).flat();
  }).flat();
}

function wilsonOf(posts: readonly ClusteredPost[]): [number, number] {
  return wilson(posts.filter(({ value }) => value === 1).length, posts.length);
}

function authorBootstrap(random: Random, posts: readonly ClusteredPost[]): [number, number] {
  const byAuthor = new Map<unknown, { size: number; sum: number }>();
  for (const { author, value } of posts) {
    const group = byAuthor.get(author) ?? { size: 0, sum: 0 };
    byAuthor.set(author, { size: group.size + 1, sum: group.sum + value });
  }
  const groups = [...byAuthor.values()];
  const shares = Array.from({ length: 200 }, () => {
    const drawn = groups.map(() => groups[integer(random, 0, groups.length - 1)]!);
    return drawn.reduce((sum, group) => sum + group.sum, 0) / drawn.reduce((sum, group) => sum + group.size, 0);
  });
  shares.sort((a, b) => a - b);
  return [quantile(shares, 0.025), quantile(shares, 0.975)];
}

function apart([lo, hi]: readonly [number, number], [from, to]: readonly [number, number]): boolean {
  return hi < from || to < lo;
}

/** Table of two annotators' labels. */
function judgements(random: Random, knows: number, posts: number): number[][] {
  const guess = (): number => pick(random, [0, 1, 1, 1, 2, 2, 2, 2, 2, 2]);
  const table = [[0, 0, 0], [0, 0, 0], [0, 0, 0]];
  repeat(posts, () => {
    const truth = guess();
    const judge = (): number => (random() < knows ? truth : guess());
    table[judge()]![judge()]!++;
  });
  return table;
}
