/** Fields that look at a column of the post rather than at its words. */
export const filterFields = ["platform", "site", "field", "kind", "author", "tag", "region"] as const;
export type FilterField = (typeof filterFields)[number];

/** Where words are looked for: all = title, own words and what was quoted; own = title and own words. */
export type Scope = "title" | "own" | "all";

/** What a query says. Words stand as they were written, blanks put together; values of filters in the form of our columns. */
export type Query =
  | { kind: "word"; text: string }
  /** One of `a` and one of `b`, in either order, with at most `distance` characters between them. */
  | { kind: "near"; distance: number; a: string[]; b: string[] }
  | { kind: "filter"; field: FilterField; value: string }
  /** Local time of the event: "2026-11-01" or "2026-11-01 08:00[:30]". after: from then on; before: earlier than that. */
  | { kind: "after" | "before"; time: string }
  | { kind: "within"; scope: "title" | "own"; part: Query }
  | { kind: "not"; part: Query }
  /** Two parts or more; no part of the same kind as the whole. */
  | { kind: "and" | "or"; parts: Query[] };

/** Longest query, word and nesting, in characters and levels. */
export const limits = { query: 20_000, word: 100, depth: 64, distance: 500 } as const;
