import type { Doc } from "./doc.ts";

/** Provinces that the text or its hashtags name, directly or by a prefecture city, distinct, in order of first mention. */
export function places(doc: Doc): string[] {
  const found = new Set<string>();
  for (let i = 0; i < doc.entries.length; i++) {
    const province = doc.entries[i]?.province;
    if (province && !doc.entries[i + 1]?.blocker) found.add(province);
  }
  return [...found];
}
