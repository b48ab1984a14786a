import { fold } from "./fold.ts";
import { parse } from "./parse.ts";
import { WordScan } from "./scan.ts";
import { border, plainTag, tagsOf, textOf, type PostText, type QueryPost } from "./text.ts";
import type { FilterField, Query, Scope } from "./tree.ts";

export type { QueryPost } from "./text.ts";

/** An event and what assigns posts to it, as event.yaml has it. */
export interface EventQuery {
  key: string;
  query: readonly string[] | string;
  utcOffsetMs: number;
}

/** What was found in the post at hand. */
interface Found extends PostText {
  post: QueryPost;
  /** Where each word first begins; −1: nowhere. */
  first: Int32Array;
  /** [start, end, start, end …] of each word that some near() needs. */
  places: Map<number, number[]>;
}
type Test = (found: Found) => boolean;

/**
 * Keys of the events whose query a post satisfies, in the order of `events`. An event without a query gets none.
 * A filter on a column that is null is false, and its NOT true. `authorHashes`: the hashes that a name or id of an account has in `author` or `author_name_key`
 * (keyed by the project); without it author: compares display names only, and masked ones are not found.
 * @throws YuqingError QUERY_INVALID
 */
export function matcher(events: readonly EventQuery[], authorHashes: (name: string) => readonly string[] = () => []): (post: QueryPost) => string[] {
  const words = new WordScan();
  const places = new Map<number, number[]>();
  const tests = events.map(({ key, query, utcOffsetMs }) => {
    const tree = parse(query);
    return { key, test: tree === null ? () => false : compile(tree, "all", { words, places, utcOffsetMs, authorHashes }) };
  });
  const first = new Int32Array(words.size).fill(-1);
  const touched: number[] = [];
  return (post) => {
    const { text, ends } = textOf(post);
    words.scan(text, (word, start, end) => {
      places.get(word)?.push(start, end);
      if (first[word]! >= 0) return;
      first[word] = start;
      touched.push(word);
    });
    const found = { text, ends, post, first, places };
    const keys = tests.filter(({ test }) => test(found)).map(({ key }) => key);
    for (const word of touched) {
      first[word] = -1;
      const kept = places.get(word);
      if (kept) kept.length = 0;
    }
    touched.length = 0;
    return keys;
  };
}

interface Context {
  words: WordScan;
  places: Map<number, number[]>;
  utcOffsetMs: number;
  authorHashes: (name: string) => readonly string[];
}

function compile(query: Query, scope: Scope, context: Context): Test {
  const { words, utcOffsetMs } = context;
  switch (query.kind) {
    case "word": {
      const word = words.add(fold(query.text));
      // The first occurrence decides: scopes are nested and begin at 0.
      return ({ first, ends }) => first[word]! >= 0 && first[word]! < ends[scope];
    }
    case "near": {
      const [a, b] = [query.a, query.b].map((side) => side.map((text) => words.add(fold(text)))) as [number[], number[]];
      for (const word of [...a, ...b]) context.places.set(word, []);
      return (found) => isNear(found, scope, a, b, query.distance) || isNear(found, scope, b, a, query.distance);
    }
    case "filter": return filter(query.field, query.value, scope, context);
    case "after": case "before": {
      const [date, clock = "00:00"] = query.time.split(" ") as [string, string?];
      const ms = Date.parse(`${date}T${clock}Z`) - utcOffsetMs;
      return query.kind === "after" ? ({ post }) => post.published_ms !== null && post.published_ms >= ms : ({ post }) => post.published_ms !== null && post.published_ms < ms;
    }
    case "within": return compile(query.part, scope === "title" ? "title" : query.scope, context);
    case "not": {
      const test = compile(query.part, scope, context);
      return (found) => !test(found);
    }
    case "and": {
      const tests = query.parts.map((part) => compile(part, scope, context));
      return (found) => tests.every((test) => test(found));
    }
    case "or": {
      const tests = query.parts.map((part) => compile(part, scope, context));
      return (found) => tests.some((test) => test(found));
    }
  }
}

function filter(field: FilterField, value: string, scope: Scope, { authorHashes }: Context): Test {
  switch (field) {
    case "platform": case "field": case "kind": return ({ post }) => post[field] === value;
    case "region": return ({ post }) => (post.region_ip ?? post.region_profile) === value;
    case "tag": {
      const tag = plainTag(value);
      return ({ post }) => tagsOf(post, scope).has(tag);
    }
    case "site": return ({ post }) => (post.site !== null && fold(post.site).includes(value)) || isUnder(post.url, value);
    case "author": {
      const hashes = new Set(authorHashes(value));
      const name = fold(value);
      return ({ post }) => hashes.has(post.author ?? "") || hashes.has(post.author_name_key ?? "") || (post.author_name !== null && fold(post.author_name) === name);
    }
  }
}

/** Whether a URL's host is a domain or lies under it. */
function isUnder(url: string | null, domain: string): boolean {
  const host = url === null ? undefined : /^https?:\/\/([^/?#:@\s]+)/i.exec(url)?.[1]?.toLowerCase();
  return host !== undefined && (host === domain || host.endsWith(`.${domain}`));
}

/** Whether one of the words `before` ends at most `distance` characters before one of `after` begins, in the same part of the post. */
function isNear({ text, ends, places }: Found, scope: Scope, before: readonly number[], after: readonly number[], distance: number): boolean {
  const at = (words: readonly number[], which: 0 | 1): number[] =>
    words.flatMap((word) => places.get(word)!.filter((_, i) => i % 2 === which)).filter((place) => place <= ends[scope]).sort((a, b) => a - b);
  const befores = at(before, 1);
  let i = 0;
  for (const start of befores.length === 0 ? [] : at(after, 0)) {
    while (i + 1 < befores.length && befores[i + 1]! <= start) i++;
    if (befores[i]! <= start && isWithin(text, befores[i]!, start, distance)) return true;
  }
  return false;
}

/** At most `distance` characters (code points) between two places, and no border. */
function isWithin(text: string, from: number, to: number, distance: number): boolean {
  if (to - from > 2 * distance) return false;
  let characters = 0;
  for (const character of text.slice(from, to)) if (character === border || ++characters > distance) return false;
  return true;
}
