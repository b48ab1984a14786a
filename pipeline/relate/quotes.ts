/** A sentence that may be quoted. */
export interface Quotable {
  sentence: string;
  /** Distinct authors who posted it. */
  authors: number;
  engagement: number;
}

const quoteCount = 3;
const fitting = { least: 12, most: 60 };
/** Weight of being typical against being different from the quotes chosen before (Carbonell & Goldstein 1998). */
const mu = 0.7;
/** Sentences compared: the ones of most authors. */
const compared = 300;
/** A report does not print insults, even when many say them. */
const insults = ["傻逼", "傻b", "傻比", "煞笔", "沙比", "操你", "草泥马", "妈的", "他妈", "你妈", "tmd", "cnm", "nmsl", "狗日", "婊", "贱人", "贱货", "杂种", "畜生", "畜牲", "人渣", "去死", "脑残", "弱智", "废物", "王八", "滚蛋", "尼玛", "卧槽", "我操", "我草", "狗东西", "狗娘", "支那"];
const unfit = /[@＠]|https?:|www\.|\d{5}|[\u0000-\u001f\u007f-\u009f\ufffd]/i;

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
  const open = order.filter((i) => isQuotable(sentences[i]!.sentence));
  const chosen: number[] = [];
  while (chosen.length < quoteCount && open.length > 0) {
    const merit = (i: number): number => mu * typical.get(i)! - (1 - mu) * Math.max(0, ...chosen.map((other) => dot(vectors.get(i)!, vectors.get(other)!)));
    const best = open.reduce((a, b) => (merit(b) > merit(a) ? b : a));
    chosen.push(best);
    open.splice(open.indexOf(best), 1);
  }
  return chosen;
}

/** 1 for a sentence of fitting length, a half otherwise; up to a fifth more for engagement. */
function quality({ sentence, engagement }: Quotable): number {
  const fits = sentence.length >= fitting.least && sentence.length <= fitting.most;
  return (fits ? 1 : 0.5) * Math.min(1.2, 1 + 0.02 * Math.log(1 + engagement));
}

/** TF-IDF vectors over character bigrams, of length 1. */
function weigh(sentences: readonly string[]): Map<string, number>[] {
  const grams = sentences.map((sentence) => new Set(Array.from({ length: Math.max(0, sentence.length - 1) }, (_, i) => sentence.slice(i, i + 2))));
  const counts = new Map<string, number>();
  for (const own of grams) for (const gram of own) counts.set(gram, (counts.get(gram) ?? 0) + 1);
  return grams.map((own) => {
    const vector = new Map([...own].map((gram) => [gram, Math.log((1 + sentences.length) / counts.get(gram)!)]));
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
