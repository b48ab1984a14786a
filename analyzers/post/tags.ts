import type { Doc } from "./doc.ts";

/** Distinct hashtags without #, in order of first occurrence. */
export function tags(doc: Doc): string[] {
  return [...new Set(doc.source.tags)];
}
