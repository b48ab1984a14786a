import type { Documents } from "./documents.ts";

/** Characters of a text that are looked at: a post, or the title and the lead of an article. */
const looked = 140;
/** A character must be in this many texts, and in at most this share of them. */
const leastTexts = 3;
const mostShare = 0.3;

/** Distinct Han characters of texts: those of text t are `codes[offsets[t]]` to `codes[offsets[t + 1] − 1]`, in order of first use. */
export interface CharacterSets {
  offsets: Int32Array;
  codes: Uint16Array;
  /** Feature of each UTF-16 code: from 0 in code order, −1 for a character that is too rare or too common. */
  featureOf: Int32Array;
  vocabulary: number;
}

/** `textNos[i]` is the number of the text whose compared form (near-duplicates.ts) is `forms[i]`. Short posts share few words; single characters tell what they are about nearly as well. */
export function characterSets(textNos: readonly number[], forms: readonly string[]): CharacterSets {
  const last = textNos.reduce((most, textNo) => Math.max(most, textNo), -1);
  const at = new Int32Array(last + 1).fill(-1);
  for (const [i, textNo] of textNos.entries()) at[textNo] = i;
  const codes = new Uint16Array(forms.reduce((sum, form) => sum + Math.min(looked, form.length), 0));
  const offsets = new Int32Array(last + 2);
  const texts = new Int32Array(65_536);
  const seen = new Int32Array(65_536).fill(-1);
  let end = 0;
  for (let textNo = 0; textNo <= last; textNo++) {
    const form = at[textNo]! < 0 ? "" : forms[at[textNo]!]!;
    for (let i = 0; i < form.length && i < looked; i++) {
      const code = form.charCodeAt(i);
      if (!isHan(code) || seen[code] === textNo) continue;
      seen[code] = textNo;
      texts[code]!++;
      codes[end++] = code;
    }
    offsets[textNo + 1] = end;
  }
  let vocabulary = 0;
  const featureOf = texts.map((count) => (count >= leastTexts && count <= mostShare * textNos.length ? vocabulary++ : -1));
  return { offsets, codes: codes.slice(0, end), featureOf, vocabulary };
}

const isHan = (code: number): boolean => (code >= 0x3400 && code <= 0x9fff) || (code >= 0xf900 && code <= 0xfaff);

/** The documents, of texts numbered from `from` on, with their characters as further features of weight 1, numbered after the others. */
export function withCharacters({ offsets, features, vocabulary, weights }: Documents, from: number, sets: CharacterSets): Documents {
  const count = offsets.length - 1;
  const joined = new Int32Array(features.length + sets.offsets[from + count]! - sets.offsets[from]!);
  const ends = new Int32Array(count + 1);
  let end = 0;
  for (let d = 0; d < count; d++) {
    for (let i = offsets[d]!; i < offsets[d + 1]!; i++) joined[end++] = features[i]!;
    for (let i = sets.offsets[from + d]!; i < sets.offsets[from + d + 1]!; i++) {
      const feature = sets.featureOf[sets.codes[i]!]!;
      if (feature >= 0) joined[end++] = vocabulary + feature;
    }
    ends[d + 1] = end;
  }
  const all = new Uint8Array(vocabulary + sets.vocabulary).fill(1);
  all.set(weights);
  return { offsets: ends, features: joined.slice(0, end), vocabulary: all.length, weights: all };
}
