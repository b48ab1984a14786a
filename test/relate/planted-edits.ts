import { nearDuplicates, normalForm } from "../../pipeline/relate/near-duplicates.ts";
import { pick, shuffle, type Random } from "../../data/samples/random.ts";

/** What people do to a text when they pass it on, and how often it is recognised then. */

const letters = [..."的一是不了人我在有他这为之大来以个中上们到说国和地也子时道出而要于就下得可你年生"];
/** Changes 2 to 10 % of the characters, at random places; a fraction of a character is one by chance. */
function changed(random: Random, text: string, change: () => string): string {
  const characters = [...text];
  const places = shuffle(random, [...characters.keys()]).slice(0, Math.floor(characters.length * (0.02 + 0.08 * random()) + random()));
  for (const place of places) characters[place] = change();
  return characters.join("");
}

export const edits: Readonly<Record<string, (text: string, random: Random) => string>> = {
  emoji: (text, random) => `${text}${pick(random, ["[泪]😭", "[怒][怒]", "🙏🙏", "[蜡烛]"])}`,
  prefix: (text, random) => `${pick(random, ["转：", "转发！", "【扩散】", "求证：", "刚看到 "])}${text}`,
  url: (text) => `${text} http://t.cn/A6abcd`,
  mention: (text) => `@某某某 ${text}`,
  tag: (text) => `#热点话题# ${text}`,
  punctuation: (text) => text.replace(/[，。！？、,.!?~…]+/g, " "),
  substituted: (text, random) => changed(random, text, () => pick(random, letters)),
  deleted: (text, random) => changed(random, text, () => ""),
  truncated: (text, random) => text.slice(0, Math.ceil(text.length * (0.8 + 0.15 * random()))),
  swapped: (text) => text.slice(text.length >> 1) + text.slice(0, text.length >> 1),
};

/** Jaccard index of the character bigrams of two normal forms. */
export function jaccard(left: string, right: string): number {
  const of = (form: string): Set<string> => new Set(Array.from({ length: Math.max(0, form.length - 1) }, (_, i) => form.slice(i, i + 2)));
  const [a, b] = [of(left), of(right)];
  const shared = [...a].filter((gram) => b.has(gram)).length;
  return shared / (a.size + b.size - shared);
}

/** Texts of words only: an edit in the middle of a tag, name, link or emoticon would turn it into words, which is not what people do. */
export const isPlain = (text: string): boolean => !/[#＃@＠[\]]|http/.test(text);

/** Share of texts that, edited in one way each, fall in the cluster of the text they are made of: all edits in turn. Texts must be near-duplicates of no other. */
export function recall(texts: readonly string[], random: Random): number {
  const changes = Object.values(edits);
  const edited = texts.map((text, i) => changes[i % changes.length]!(text, random));
  const heads = nearDuplicates([...texts, ...edited]);
  return texts.filter((_, i) => heads[i] === heads[texts.length + i]).length / texts.length;
}

/** Share of random pairs of different normal forms from the same group whose index reaches 0.6. */
export function falsePairs(groups: readonly (readonly string[])[], pairs: number, random: Random): number {
  let near = 0;
  for (let done = 0; done < pairs; ) {
    const group = pick(random, groups);
    const [left, right] = [normalForm(pick(random, group)), normalForm(pick(random, group))];
    if (left === right) continue;
    done++;
    if (jaccard(left, right) >= 0.6) near++;
  }
  return near / pairs;
}
