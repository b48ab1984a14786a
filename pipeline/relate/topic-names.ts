import { mayBePerson } from "./person-names.ts";
import { isQuotable } from "./quotes.ts";
import type { WordClass } from "./word-classes.ts";

/** Share of a topic's posts that must carry a hashtag that names it. */
const taggedShare = 0.25;
/** How much more often a hashtag or word must stand in the topic than in all posts: an event's main hashtag names no topic. */
const leastLift = 1.5;
/** Words of a name, how many of the topic's words are tried, and what part of the merit of the best of them the others need. */
const nameWords = 3;
const soughtKeywords = 30;
const leastMerit = 0.2;
/** Two words are one phrase when this share of the texts that hold the rarer one hold them side by side. */
const phraseShare = 0.3;
/** What tells less of what a topic is about than a noun or a place does. Other: adjectives, and what the dictionary takes for adverbs (更新). */
const classWeights: Record<WordClass, number> = { noun: 1, place: 1, verb: 0.6, cue: 0.4, other: 0.3 };
/** What hardly tells anything; and a word that the dictionary lacks and that is cut out of a sentence. */
const idle = /^(视频|微博|链接|网页|全文|转发|评论|图片|话题|超话|直播间|热搜|抽奖|日晚|日电|记者|情况|问题|时候|事情|内容|消息|东西|地方|方面|表示|进行|相关|时间|今天|工作|全国|事件|直播|央视新闻|个省|真的假|大大的|笑死|.在)$/;
const torn = /^[等别只坐在就不没这那把被让给很太还也都再又有是和与及的之从对向为于以我你他她它谁]|[了的着过那这张句些么]$/;

export interface Keyword {
  term: string;
  /** z of its log-odds in the topic against the rest. */
  salience: number;
  /** Share of the topic's posts that hold it, in a hashtag or else. */
  share: number;
  /** That share ÷ the share of all posts. */
  lift: number;
}

export interface TopicEvidence {
  /** Words of the topic, most salient first; without subjects and query words. */
  keywords: readonly Keyword[];
  /** Hashtags by number of the topic's posts, most first. lift: share among these posts ÷ share among all posts. */
  tags: readonly { tag: string; share: number; lift: number }[];
  /** Its most central texts. */
  texts: readonly string[];
  classOf(term: string): WordClass;
  /** Whether the dictionary has the word: what it lacks may be somebody's name. */
  isKnown(term: string): boolean;
}

export interface TopicName {
  /** null when the topic has neither words nor hashtags that may name it. */
  name: string | null;
  hashtag: boolean;
}

/**
 * Name of a topic: its own hashtag when a quarter of its posts carry it, else up to three telling words, by how many of its posts hold them and how much more often than others do.
 * Words that mostly stand side by side are joined to a phrase. Never a name in `taken`, nor one that may be an ordinary person's.
 */
export function nameTopic({ keywords, tags, texts, classOf, isKnown }: TopicEvidence, taken: ReadonlySet<string>): TopicName {
  const tag = tags.find(({ tag, share, lift }) => share >= taggedShare && lift >= leastLift && !taken.has(tag) && isQuotable(tag));
  if (tag) return { name: tag.tag, hashtag: true };
  const fit = keywords.slice(0, soughtKeywords).filter(({ term, lift }) => lift >= leastLift && !idle.test(term) && (isKnown(term) || !(torn.test(term) || mayBePerson(term))) && isQuotable(term));
  const words = byMerit(fit.map((keyword) => ({ term: keyword.term, merit: keyword.share * Math.log(keyword.lift) * classWeights[classOf(keyword.term)] })));
  for (let count = nameWords; count <= nameWords + 1; count++) {
    const name = phrased(words.slice(0, count), texts).join("、");
    if (name !== "" && !taken.has(name)) return { name, hashtag: false };
  }
  return { name: keywords.slice(0, nameWords).map(({ term }) => term).join("、") || null, hashtag: false };
}

/** The words that tell most of a topic, whether or not they may name it: of the most salient ones those of most merit, none part of another, `count` at most. */
export function tellingWords(keywords: readonly Keyword[], count: number): string[] {
  return spread(ranked(keywords.slice(0, soughtKeywords).map(({ term, share, lift }) => ({ term, merit: share * Math.log(lift) }))).map(({ term }) => term), count);
}

/** The first words of which none is part of another, `count` at most. */
export function spread(words: readonly string[], count: number): string[] {
  const kept: string[] = [];
  for (const word of words) {
    if (kept.length === count) break;
    if (!kept.some((other) => other.includes(word) || word.includes(other))) kept.push(word);
  }
  return kept;
}

interface Merit {
  term: string;
  merit: number;
}

/** Words by merit, best first, of which none is part of another, without those of little merit. */
function byMerit(words: readonly Merit[]): string[] {
  const good = ranked(words);
  return spread(good.filter(({ merit }) => merit >= leastMerit * good[0]!.merit).map(({ term }) => term), good.length);
}

const ranked = (words: readonly Merit[]): Merit[] => words.filter(({ merit }) => merit > 0).sort((a, b) => b.merit - a.merit || (a.term < b.term ? -1 : 1));

/** The words, those joined to a phrase that mostly stand side by side in the texts. */
function phrased(words: readonly string[], texts: readonly string[]): string[] {
  const holding = (part: string): number => texts.reduce((sum, text) => sum + Number(text.includes(part)), 0);
  for (const [i, a] of words.entries()) {
    for (const b of words.slice(i + 1)) {
      const least = phraseShare * Math.min(holding(a), holding(b));
      const phrase = [a + b, b + a].find((both) => holding(both) > 0 && holding(both) >= least);
      if (phrase !== undefined) return phrased(words.flatMap((word) => (word === a ? [phrase] : word === b ? [] : [word])), texts);
    }
  }
  return [...words];
}
