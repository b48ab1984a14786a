import type { Opinion } from "./opinions.ts";
import { aspectClasses, type FineClass } from "./word-classes.ts";

/** What a question asks for. Order: the first that fits. */
export const asks = ["when", "why", "where", "who", "amount", "how", "whether", "what"] as const;
export type Ask = (typeof asks)[number];

const patterns: Record<Ask, RegExp> = {
  when: /什么时候|啥时候|何时|多久|几时|几号|几月|哪天|哪一?天|时候/,
  why: /为什么|为啥|为何|怎么(不|没|还|会|就|又|都)|凭/,
  where: /哪里|哪儿|在哪|去哪|何处|哪个(地方|医院|城市|学校|部门)/,
  who: /谁|哪位|哪家|哪个/,
  amount: /多少|几/,
  how: /怎么|怎样|咋|如何/,
  whether: /吗|是不是|是否|能不能|能否|可不可以|可否|有没有|要不要|会不会|行不行|么[？?]|没[？?]|不[？?]/,
  what: /什么|啥|何|呢/,
};
/** What these ask for is told by two words only. */
const vague: ReadonlySet<Ask> = new Set(["how", "whether", "what"]);
/** A question that fewer accounts ask is not listed. */
const leastAskers = 5;

/** Sentences that ask the same kind of thing about the same word. */
export interface QuestionGroup {
  ask: Ask;
  aspect: string;
  /** Indices of its opinions, most authors first. */
  members: number[];
}

/**
 * Groups the questions and calls for help among the opinions by what they ask for and about: the pair of both that most accounts ask takes its sentences first.
 * Whether, how and what are asked about two words, the rest about one. A question about no noun, place or verb, or of fewer than five accounts, is in no group. Order: most authors first, before what is shared is known.
 */
export function groupQuestions(opinions: readonly Opinion[], isGiven: (term: string) => boolean, classes: ReadonlyMap<string, FineClass>): QuestionGroup[] {
  const open = new Set([...opinions.keys()].filter((i) => !opinions[i]!.whole && opinions[i]!.cue === "question"));
  const pairs = new Map<string, number[]>();
  for (const i of open) {
    const ask = askOf(opinions[i]!.sentence);
    if (ask === null) continue;
    const terms = opinions[i]!.terms.filter((term) => !isGiven(term) && aspectClasses.has(classes.get(term)));
    for (const aspect of vague.has(ask) ? couples(terms) : terms) {
      const key = `${ask}\u0001${aspect}`;
      const members = pairs.get(key);
      if (members) members.push(i);
      else pairs.set(key, [i]);
    }
  }
  const authors = (members: readonly number[]): number => members.reduce((sum, i) => sum + opinions[i]!.authors, 0);
  const nouns = (key: string): number => aspectOf(key).split("·").filter((term) => classes.get(term) !== "verb").length;
  const order = [...pairs].map(([key, members]) => ({ key, members, weight: authors(members) * (1 + nouns(key)) })).sort((a, b) => b.weight - a.weight || (a.key < b.key ? -1 : 1));
  const groups: QuestionGroup[] = [];
  for (const { key, members } of order) {
    const free = members.filter((i) => open.has(i));
    if (authors(free) < leastAskers) continue;
    for (const i of free) open.delete(i);
    groups.push({ ask: key.split("\u0001")[0] as Ask, aspect: aspectOf(key), members: free });
  }
  return groups;
}

const aspectOf = (key: string): string => key.split("\u0001")[1]!;

/** All pairs of the terms, 口罩·酒精, where neither holds the other. */
function couples(terms: readonly string[]): string[] {
  return terms.flatMap((one, i) => terms.slice(i + 1).filter((other) => !one.includes(other) && !other.includes(one)).map((other) => (one < other ? `${one}·${other}` : `${other}·${one}`)));
}

/** What the sentence asks for; null when it does not say. */
export function askOf(sentence: string): Ask | null {
  return asks.find((ask) => patterns[ask].test(sentence)) ?? null;
}
