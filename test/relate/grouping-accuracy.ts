import { loadResources, scoreText } from "../../analyzers/post/index.ts";
import { groupOpinions } from "../../pipeline/relate/group-opinions.ts";
import type { Opinion } from "../../pipeline/relate/opinions.ts";
import { chooseQuotes } from "../../pipeline/relate/quotes.ts";
import { fineClasses } from "../../pipeline/relate/word-classes.ts";
import { adjustedRand } from "./agreement.ts";
import type { Said } from "./planted-opinions.ts";

const resources = loadResources([]);

/** The distinct sentences, most authors first, and what each was planted as. */
function opinionsOf(said: readonly Said[]): { opinions: Opinion[]; planted: number[] } {
  const found = new Map<string, { opinion: Opinion; planted: number }>();
  for (const { text, viewpoint, cue, polarity } of said) {
    const known = found.get(text);
    if (known) known.opinion.authors++;
    else found.set(text, { opinion: { sentence: text, cue, polarity, whole: false, authors: 1, engagement: 0, terms: scoreText(text, resources).terms ?? [] }, planted: viewpoint });
  }
  const sorted = [...found.values()].sort((a, b) => b.opinion.authors - a.opinion.authors || (a.opinion.sentence < b.opinion.sentence ? -1 : 1));
  return { opinions: sorted.map(({ opinion }) => opinion), planted: sorted.map(({ planted }) => planted) };
}

const authorsOf = (opinions: readonly Opinion[], members: readonly number[]): number => members.reduce((sum, i) => sum + opinions[i]!.authors, 0);
export const classesOf = (opinions: readonly Opinion[]) => fineClasses(opinions.flatMap(({ terms }) => terms));

/** What the grouping makes of planted utterances: the adjusted Rand index over opinions, the mean error of shares, the lead quotes and whether each is of the viewpoint of most authors of its group, and how alike the two likest lead quotes are. */
export function measure(said: readonly Said[], planting: readonly unknown[]) {
  const { opinions, planted } = opinionsOf(said);
  const { groups } = groupOpinions(opinions, () => false, classesOf(opinions));
  const total = authorsOf(opinions, [...opinions.keys()]);
  const found = new Int32Array(opinions.length).fill(-1);
  const shares = planting.map(() => 0);
  const shown = groups.filter(({ members }) => authorsOf(opinions, members) >= 0.01 * total).map((group, g) => {
    const weights = new Map<number, number>();
    for (const i of group.members) {
      found[i] = g;
      weights.set(planted[i]!, (weights.get(planted[i]!) ?? 0) + opinions[i]!.authors);
    }
    const [major] = [...weights].sort((a, b) => b[1] - a[1])[0]!;
    if (major >= 0) shares[major]! += authorsOf(opinions, group.members) / total;
    return { group, major };
  });
  const opined = [...opinions.keys()].filter((i) => planted[i]! >= 0);
  const truth = planting.map((_, v) => opinions.reduce((sum, { authors }, i) => sum + (planted[i] === v ? authors / total : 0), 0));
  const leads = shown.map(({ group, major }) => {
    const central = group.members.slice(0, Math.max(20, group.members.length / 4));
    const lead = central[chooseQuotes(central.map((i) => opinions[i]!))[0]!]!;
    return { sentence: opinions[lead]!.sentence, right: planted[lead] === major };
  });
  return {
    rand: adjustedRand(opined.map((i) => found[i]), opined.map((i) => planted[i])),
    error: shares.reduce((sum, share, v) => sum + Math.abs(share - truth[v]!), 0) / shares.length,
    leads,
    alike: Math.max(0, ...leads.flatMap(({ sentence }, i) => leads.slice(i + 1).map((other) => similarity(sentence, other.sentence)))),
  };
}

/** Jaccard index of character bigrams. */
function similarity(a: string, b: string): number {
  const [x, y] = [a, b].map((text) => new Set(Array.from({ length: text.length - 1 }, (_, i) => text.slice(i, i + 2)))) as [Set<string>, Set<string>];
  const shared = [...x].filter((gram) => y.has(gram)).length;
  return shared / (x.size + y.size - shared);
}
