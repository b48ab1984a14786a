import { parse } from "./parse.ts";
import type { Query } from "./tree.ts";

/** The words by which a query collects posts, in order, each once: those of a list as given, of an expression those that do not stand under NOT, and its hashtags. */
export function queryWords(query: readonly string[] | string): string[] {
  if (typeof query !== "string") return [...query];
  return [...new Set(positive(parse(query)!, true))];
}

function positive(query: Query, wanted: boolean): string[] {
  switch (query.kind) {
    case "word": return wanted ? [query.text] : [];
    case "near": return wanted ? [...query.a, ...query.b] : [];
    case "filter": return wanted && query.field === "tag" ? [query.value] : [];
    case "after": case "before": return [];
    case "within": return positive(query.part, wanted);
    case "not": return positive(query.part, !wanted);
    case "and": case "or": return query.parts.flatMap((part) => positive(part, wanted));
  }
}
