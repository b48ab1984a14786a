import { isOwnVoice } from "../../analyzers/post/voice.ts";

/** A sentence that may be quoted. */
export interface Quotable {
  sentence: string;
  /** Distinct authors who posted it. */
  authors: number;
  engagement: number;
}

const quoteCount = 3;
const fitting = { least: 12, most: 60 };
/** Shorter ones say hardly more than a name. */
const meagre = 6;
/** Weight of being typical against being different from the quotes chosen before (Carbonell & Goldstein 1998). */
const mu = 0.7;
/** Sentences compared: the ones of most authors. */
const compared = 300;
/** A report does not print insults, even when many say them. */
const insults = ["傻逼", "傻b", "傻比", "煞笔", "沙比", "操你", "草泥马", "妈的", "他妈", "你妈", "tmd", "cnm", "nmsl", "狗日", "艹", "特么", "他娘的", "你大爷", "你丫", "狗屁", "狗逼", "傻缺", "智障", "蠢货", "婊", "贱人", "贱货", "杂种", "畜生", "畜牲", "人渣", "去死", "脑残", "弱智", "废物", "王八", "滚蛋", "尼玛", "卧槽", "我操", "我草", "狗东西", "狗娘", "支那"];
const unfit = /[@＠]|https?:|www\.|\d{5}|\d+\s?(号楼|栋|单元)|身份证|[\u0000-\u001f\u007f-\u009f\ufffd]/i;
/** "?" that stand for emoji lost on the way. */
const lost = /\?\s?\?|[\s。！，.!,、]\?/;
/** What a sentence cut out of its context begins or ends with. */
const torn = /^(的|了|吗|呢|吧|以及|并且|而且|所以|因此|但是?|而|也|就|却|又|或|和|与|及|则)|(的|和|与|及|或|在|对|把|被|因为|但是?|以及|而|并|从|向|让|给|比如|例如)$/;

/** What people say rather than write for others. */
const spoken = /[我俺咱！!吧啊呀嘛呢哦啦哈]|真的?|太|就是|别|谢|请|希望|应该|必须|凭什么|难道|为什么/;

/** Whether a sentence may stand in a report: no @names, addresses, numbers of five digits or more, control characters or insults. */
export function isQuotable(sentence: string): boolean {
  const folded = sentence.normalize("NFKC").toLowerCase();
  return !unfit.test(folded) && !insults.some((insult) => folded.includes(insult));
}

/** Indices of up to three quotes by maximal marginal relevance: typical of all sentences, unlike each other; the lead quote first. */
export function chooseQuotes(sentences: readonly Quotable[]): number[] {
  const order = [...sentences.keys()].sort((a, b) => sentences[b]!.authors - sentences[a]!.authors || (sentences[a]!.sentence < sentences[b]!.sentence ? -1 : 1)).slice(0, compared);
  const vectors = new Map(weigh(order.map((i) => sentences[i]!.sentence)).map((vector, at) => [order[at]!, vector]));
  const centroid = new Map<string, number>();
  for (const i of order) for (const [gram, weight] of vectors.get(i)!) centroid.set(gram, (centroid.get(gram) ?? 0) + weight * sentences[i]!.authors);
  const length = norm(centroid) || 1;
  const typical = new Map(order.map((i) => [i, (dot(vectors.get(i)!, centroid) / length) * quality(sentences[i]!)]));
  const open = order.filter((i) => isQuotable(sentences[i]!.sentence) && isOwnVoice(sentences[i]!.sentence));
  const chosen: number[] = [];
  while (chosen.length < quoteCount && open.length > 0) {
    const merit = (i: number): number => mu * typical.get(i)! - (1 - mu) * Math.max(0, ...chosen.map((other) => dot(vectors.get(i)!, vectors.get(other)!)));
    const best = open.reduce((a, b) => (merit(b) > merit(a) ? b : a));
    chosen.push(best);
    open.splice(open.indexOf(best), 1);
  }
  return chosen;
}

/** 1 for a whole, spoken sentence of fitting length, less for each that it is not; up to a fifth more for engagement. */
function quality({ sentence, engagement }: Quotable): number {
  const fits = sentence.length >= fitting.least && sentence.length <= fitting.most ? 1 : sentence.length >= meagre ? 0.5 : 0.25;
  const whole = !torn.test(sentence.replace(/[\s\p{P}]{1,80}$/u, "")) && !lost.test(sentence);
  return fits * (whole ? 1 : 0.5) * (spoken.test(sentence) ? 1 : 0.7) * Math.min(1.2, 1 + 0.02 * Math.log(1 + engagement));
}

/** Vectors over character bigrams, of length 1. Rare bigrams weigh more, but what all of them say, which is what they are about, weighs too. */
function weigh(sentences: readonly string[]): Map<string, number>[] {
  const grams = sentences.map((sentence) => new Set(Array.from({ length: Math.max(0, sentence.length - 1) }, (_, i) => sentence.slice(i, i + 2))));
  const counts = new Map<string, number>();
  for (const own of grams) for (const gram of own) counts.set(gram, (counts.get(gram) ?? 0) + 1);
  return grams.map((own) => {
    const vector = new Map([...own].map((gram) => [gram, Math.log(2 + sentences.length / counts.get(gram)!)]));
    const length = norm(vector) || 1;
    for (const [gram, weight] of vector) vector.set(gram, weight / length);
    return vector;
  });
}

function dot(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const [gram, weight] of a) sum += weight * (b.get(gram) ?? 0);
  return sum;
}

const norm = (vector: ReadonlyMap<string, number>): number => Math.sqrt(dot(vector, vector));
