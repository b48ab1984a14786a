import { start } from "./curve.ts";
import { pick, pickBySum, runningSums, type Random } from "./random.ts";
import type { Account } from "./accounts.ts";
import type { Plan } from "./plan.ts";

/** A post with its words. */
export interface Draft extends Plan {
  account: Account;
  title: string | null;
  /** The author's own words; null for a bare repost. */
  own: string | null;
  /** What a repost quotes below its own words: "//@甲:……//@乙:……"; "" when it reposts the root directly. */
  chain: string;
  /** "回复@甲:" before the own words of a repost; mostly "". */
  reply: string;
  root: Draft | null;
  /** Reposts in the file that descend from this post directly, and as a root. */
  children: number;
  seen: number;
}

const window = 30 * 60_000;
const halfLife = 12 * 3_600_000;
/** Microblogs cut a repost's text here, in characters. */
const limit = 140;

/** Which of the public topics an announcement or article is about. */
const subjectsOfDesks: Record<string, string> = { "response-lanzhan": "handling", "penalty-neutral": "handling", "penalty-positive": "handling", "response-xuting": "partner", timeline: "screenshot", "office-reminder": "culture", "office-civility": "culture" };
const subjectOf = ({ voice }: Draft): string | null => (voice ? (subjectsOfDesks[voice.id] ?? voice.topic) : null);

const cut = (text: string, size: number): string => [...text].slice(0, size).join("");

/** Gives every microblog repost its root, and one in five a chain of earlier reposts. Drafts ascend in time; the first is an original. */
export function linkReposts(random: Random, drafts: readonly Draft[]): void {
  const originals = drafts.filter((draft) => draft.platform === "weibo" && draft.act === "original");
  const subjects = originals.map(subjectOf);
  const pulls = originals.map((root) => Math.sqrt((root.account.followers ?? 0) + 30) * (root.key?.pull ?? 1));
  // Chances by half hour and subject: a post's pull halves every half-life and is weaker for other subjects.
  const fresh = new Map<number, number[]>();
  const cache = new Map<string, Float64Array>();
  const rootsBefore = (ms: number, subject: string | null): Float64Array => {
    const until = start + Math.floor((ms - start) / window) * window;
    const key = `${until} ${subject}`;
    const known = cache.get(key);
    if (known) return known;
    const base = fresh.get(until) ?? originals.map((root, i) => (i === 0 || root.ms < until ? pulls[i]! * 2 ** ((root.ms - until) / halfLife) : 0));
    fresh.set(until, base);
    const sums = runningSums(subject === null ? base : base.map((pull, i) => (subjects[i] === subject ? pull : 0.15 * pull)));
    cache.set(key, sums);
    return sums;
  };
  const reposts = new Map<Draft, Draft[]>();
  for (const draft of drafts) {
    if (draft.platform !== "weibo" || draft.act === "original") continue;
    const root = originals[pickBySum(random, rootsBefore(draft.ms, subjectOf(draft)))]!;
    const earlier = reposts.get(root) ?? [];
    reposts.set(root, earlier);
    draft.root = root;
    root.seen++;
    const parent = earlier.length > 0 && random() < 0.2 ? pick(random, earlier.slice(-60)) : root;
    parent.children++;
    if (parent !== root) {
      const name = parent.account.name;
      if (draft.own !== null && random() < 0.08) draft.reply = `回复@${name}:`;
      const room = limit - [...draft.reply, ...(draft.own ?? "")].length;
      draft.chain = cut(`//@${name}:${parent.own ?? "转发微博"}${parent.chain}`, Math.max(room, name.length + 4));
    }
    if (draft.own !== null || random() < 0.1) earlier.push(draft);
  }
}
