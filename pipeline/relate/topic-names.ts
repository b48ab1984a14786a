import { isQuotable } from "./quotes.ts";

/** Length of a phrase that may name a topic, in characters. */
const phraseLength = { least: 6, most: 20 };
/** Share of a topic's posts that must carry a hashtag that names it. */
const taggedShare = 0.25;
/** How much more often a hashtag must stand in the topic than in all posts: an event's main hashtag names no topic. */
const leastLift = 1.5;
/** Keywords looked for in phrases. */
const soughtKeywords = 30;

export interface Keyword {
  term: string;
  /** z of its log-odds in the topic against the rest. */
  salience: number;
}

export interface TopicEvidence {
  /** Words of the topic, most salient first; without subjects and query words. */
  keywords: readonly Keyword[];
  /** Hashtags by number of the topic's posts, most first. lift: share among these posts ÷ share among all posts. */
  tags: readonly { tag: string; share: number; lift: number }[];
  /** Phrases of its most central texts: in how many of them, and in what share of all central texts that hold the phrase. */
  phrases: ReadonlyMap<string, { texts: number; own: number }>;
}

export interface TopicName {
  /** null when the topic has neither words nor hashtags that may name it. */
  name: string | null;
  hashtag: boolean;
}

/**
 * Name of a topic: its own hashtag when a quarter of its posts carry it, else a central phrase of 6 to 20 characters that stands in its texts,
 * else its keywords. Never a name in `taken`.
 */
export function nameTopic({ keywords, tags, phrases }: TopicEvidence, taken: ReadonlySet<string>): TopicName {
  const tag = tags.find(({ tag, share, lift }) => share >= taggedShare && lift >= leastLift && !taken.has(tag) && isQuotable(tag));
  if (tag) return { name: tag.tag, hashtag: true };
  const sought = keywords.slice(0, soughtKeywords);
  let best: string | null = null;
  let most = 0;
  for (const [phrase, { texts, own }] of phrases) {
    const merit = aptness(phrase, sought) * Math.log(1 + texts) * own;
    if (taken.has(phrase) || merit < most || (merit === most && (best === null || phrase >= best))) continue;
    [best, most] = [phrase, merit];
  }
  return { name: best ?? (keywords.slice(0, 3).map(({ term }) => term).join("、") || null), hashtag: false };
}

const cuts = /https?:\/\/[\w./?=&%#:~-]+|@[\u4e00-\u9fffA-Za-z0-9_-]{1,30}|\[[^[\]\s]{1,8}\]/g;
/** What a phrase must not hold: long numbers, words of the platform; at its ends stray signs, and words that only join on to others. */
const unfit = /\d{5}|微博视频|秒拍视频|网页链接|转发微博|抽奖|^[.·%％的了也还都就而但且将把被和与]|[.·的地和与及在是把被里]$|(那句|的话|时候)$/;

/** For each list of texts its phrases: runs of letters and digits between punctuation, of fitting length, without @names and URLs. */
export function phrasesOf(lists: readonly (readonly string[])[]): TopicEvidence["phrases"][] {
  const all = new Map<string, number>();
  const counted = lists.map((texts) => {
    const counts = new Map<string, number>();
    for (const text of texts) for (const phrase of new Set(phrases(text))) counts.set(phrase, (counts.get(phrase) ?? 0) + 1);
    for (const [phrase, count] of counts) all.set(phrase, (all.get(phrase) ?? 0) + count);
    return counts;
  });
  return counted.map((counts) => new Map([...counts].map(([phrase, texts]) => [phrase, { texts, own: texts / all.get(phrase)! }])));
}

function phrases(text: string): string[] {
  const runs = text.replace(cuts, "\n").match(/[\p{L}\p{N}·%％.]+/gu) ?? [];
  return runs.filter((run) => run.length >= phraseLength.least && run.length <= phraseLength.most && !unfit.test(run) && isQuotable(run));
}

/** Salience of the keywords that stand in the phrase, for its length; 0 when fewer than two do or they fill less than half of it. */
function aptness(phrase: string, keywords: readonly Keyword[]): number {
  let rest = phrase;
  let sum = 0;
  let found = 0;
  for (const { term, salience } of keywords) {
    if (!rest.includes(term)) continue;
    rest = rest.replace(term, "\u0000");
    sum += salience;
    found++;
  }
  const filled = 1 - rest.replaceAll("\u0000", "").length / phrase.length;
  return found < 2 || filled < 0.5 ? 0 : sum / Math.sqrt(phrase.length);
}
