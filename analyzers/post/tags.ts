import type { Doc } from "./doc.ts";

/** Distinct hashtags without #, in order of first occurrence. One with superfluous blanks, or of a super topic (超话), is the same hashtag. */
export function tags(doc: Doc): string[] {
  return [...new Set(doc.source.tags.map(plain).filter((tag) => tag !== ""))];
}

const suffix = /\s?(?:\[(?:超话|话题)\]|超话)$/;

function plain(tag: string): string {
  const spaced = tag.replace(/\s+/g, " ").trim();
  return spaced.length > 2 ? spaced.replace(suffix, "").trim() : spaced;
}
