import { agreement } from "../../analyzers/quantification/agreement.ts";
import { byClass, calibratedShares, sharesOf } from "../../analyzers/quantification/calibration.ts";
import { estimateShares } from "../../analyzers/quantification/estimate.ts";
import { shifted, unusable } from "../../analyzers/quantification/shift.ts";
import { mulberry32, wilson, type Random } from "../../analyzers/statistics.ts";
import { integer, pick, shuffle } from "../../data/samples/random.ts";
import { auditOf, calibrationOf, labelledSet, predictedClass, simulatedEvent, type LabelledPost } from "../analyzers/quantification/labelled-posts.ts";

/**
 * npx tsx test/bench/shares.ts [EVENTS] [SEED] [SECTIONS]: errors of shares and coverage of their 95 % intervals, on events of known shares made from labelled posts
 * (artificial prevalence: Dirichlet(1)); 400 events a line by default, sections 123, a quarter of an hour. Needs ../shared.
 */
const [events = 400, seed = 1] = process.argv.slice(2, 4).map(Number);
const sections = process.argv[4] ?? "123";
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
if (sections.includes("3")) annotators();

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

function annotators(): void {
  print("\n3. Cohen's κ of two annotators who each know the class of a post with the chance given and else guess");
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
