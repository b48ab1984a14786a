import { createHash } from "node:crypto";
import { fold } from "./fold.ts";
import { parse } from "./parse.ts";
import type { Query } from "./tree.ts";

/** Raised when the rules of matching change, so that members are found anew. */
const rules = 1;

/** The query in canonical form: English operators, every phrase quoted, brackets where operators meet. Parsing it gives the same tree. */
export function format(query: Query): string {
  return written(query, (word) => word);
}

/**
 * Names what a query means: 16 hex digits. Another spelling of the same tree (blanks, brackets, case of words, Chinese operators) has the same hash.
 * Times of the query are local, so the event's offset belongs to it.
 */
export function queryHash(query: readonly string[] | string, utcOffsetMs: number): string {
  const tree = parse(query);
  return createHash("sha256").update(`${rules}\n${utcOffsetMs}\n${tree === null ? "" : written(tree, fold)}`).digest("hex").slice(0, 16);
}

function written(query: Query, word: (text: string) => string): string {
  const quoted = (text: string): string => `"${text.replace(/[\\"]/g, "\\$&")}"`;
  const inner = (part: Query): string => (part.kind === "and" || part.kind === "or" ? `(${written(part, word)})` : written(part, word));
  switch (query.kind) {
    case "word": return quoted(word(query.text));
    case "near": return `near/${query.distance}(${[query.a, query.b].map((side) => side.map((text) => quoted(word(text))).join(" OR ")).join(", ")})`;
    case "filter": return `${query.field}:${quoted(query.value)}`;
    case "after": case "before": return `${query.kind}:${quoted(query.time)}`;
    case "within": return `${query.scope}:(${written(query.part, word)})`;
    case "not": return `NOT ${inner(query.part)}`;
    case "and": case "or": return query.parts.map(inner).join(` ${query.kind.toUpperCase()} `);
  }
}
