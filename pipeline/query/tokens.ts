import { queryError } from "./errors.ts";

/** A piece of a query. `at`, `end`: UTF-16 offsets. phrase: text without its quotes, escapes undone. end: behind the last character. */
export interface Token {
  type: "open" | "close" | "comma" | "phrase" | "bare" | "end";
  text: string;
  at: number;
  end: number;
}

const marks = new Map<string, Token["type"]>([["(", "open"], ["（", "open"], [")", "close"], ["）", "close"], [",", "comma"], ["，", "comma"]]);
const closing = new Map([['"', '"'], ["＂", "＂"], ["“", "”"]]);
const blank = /\s/;

/** Cuts a query into tokens, in one pass. A phrase ends with the quote that belongs to its first; \ before a quote or another \ takes it as it is. */
export function tokenize(query: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < query.length) {
    const character = query[at]!;
    if (blank.test(character)) at++;
    else {
      const token = marks.has(character) ? { type: marks.get(character)!, text: character, at, end: at + 1 } : closing.has(character) ? phrase(query, at) : bare(query, at);
      tokens.push(token);
      at = token.end;
    }
  }
  tokens.push({ type: "end", text: "", at: query.length, end: query.length });
  return tokens;
}

function phrase(query: string, at: number): Token {
  const close = closing.get(query[at]!)!;
  const parts: string[] = [];
  for (let i = at + 1; i < query.length; i++) {
    if (query[i] === close) return { type: "phrase", text: parts.join(""), at, end: i + 1 };
    const escaped = query[i] === "\\" && (query[i + 1] === close || query[i + 1] === "\\");
    if (escaped) i++;
    parts.push(query[i]!);
  }
  throw queryError(query, at, query.slice(at), `the closing ${close}`);
}

function bare(query: string, at: number): Token {
  let end = at + 1;
  while (end < query.length && !blank.test(query[end]!) && !marks.has(query[end]!) && !closing.has(query[end]!) && query[end] !== "”") end++;
  return { type: "bare", text: query.slice(at, end), at, end };
}
