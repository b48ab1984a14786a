import { nearest } from "../errors.ts";
import { queryError } from "./errors.ts";
import { fieldNames, readTime, readValue } from "./fields.ts";
import { fold } from "./fold.ts";
import { tokenize, type Token } from "./tokens.ts";
import { limits, type Query } from "./tree.ts";

const operators = new Map<string, "and" | "or" | "not">([["and", "and"], ["与", "and"], ["or", "or"], ["或", "or"], ["not", "not"], ["非", "not"]]);
/** Signs that other tools use for operators: a query from there must not mean something else here. */
const reserved = /[|&!+*~^｜＆！＋＊]|^[-－]/;
const something = "a word, “a phrase”, NOT, (…), near/N(a, b) or field:value";

/**
 * Reads a query: a list of words means any of them, each taken as it is; a string is an expression (docs/query.md).
 * null: an empty list, which no post satisfies.
 * @throws YuqingError QUERY_INVALID with line and column
 */
export function parse(query: readonly string[] | string): Query | null {
  if (typeof query === "string") return new Parser(query).whole();
  const words = query.map((text): Query => ({ kind: "word", text: wordOf(text) }));
  return words.length < 2 ? (words[0] ?? null) : { kind: "or", parts: words };
}

/** A word of a list or an expression as the tree holds it. */
const wordOf = (text: string): string => text.replace(/\s+/g, " ").trim();

/** Recursive descent: or → and → not → atom. */
class Parser {
  readonly #query: string;
  readonly #tokens: Token[];
  #next = 0;
  #depth = 0;

  constructor(query: string) {
    if (query.length > limits.query) throw queryError(query, limits.query, `${query.length} characters`, `at most ${limits.query}`);
    this.#query = query;
    this.#tokens = tokenize(query);
  }

  whole(): Query {
    const tree = this.#or();
    if (this.#token.type !== "end") throw this.#unexpected(this.#token.type === "close" ? "( before it" : "AND, OR or a blank between words");
    return tree;
  }

  get #token(): Token {
    return this.#tokens[this.#next]!;
  }

  #operator(token = this.#token): "and" | "or" | "not" | null {
    return token.type === "bare" ? (operators.get(token.text.toLowerCase()) ?? null) : null;
  }

  #or(): Query {
    const parts = [this.#and()];
    while (this.#operator() === "or") {
      this.#next++;
      parts.push(this.#and());
    }
    return joined("or", parts);
  }

  #and(): Query {
    const parts = [this.#not()];
    for (;;) {
      const { type } = this.#token;
      if (type === "end" || type === "close" || type === "comma" || this.#operator() === "or") return joined("and", parts);
      if (this.#operator() === "and") this.#next++;
      parts.push(this.#not());
    }
  }

  #not(): Query {
    if (this.#operator() !== "not") return this.#atom();
    return this.#deeper(() => {
      this.#next++;
      return { kind: "not", part: this.#not() };
    });
  }

  #atom(): Query {
    const token = this.#token;
    if (token.type === "open") return this.#group();
    if (token.type === "phrase") return { kind: "word", text: this.#word(something) };
    if (token.type !== "bare" || this.#operator() !== null) throw this.#unexpected(something);
    if (/^near(\/|$)/i.test(token.text) && (token.text.length > 4 || this.#tokens[this.#next + 1]!.type === "open")) return this.#near();
    const colon = token.text.search(/[:：]/);
    return colon < 0 ? { kind: "word", text: this.#word(something) } : this.#field(token, colon);
  }

  #group(): Query {
    return this.#deeper(() => {
      this.#next++;
      const inner = this.#or();
      this.#take("close", ")");
      return inner;
    });
  }

  /** A word or phrase that can be looked for. */
  #word(expected: string): string {
    const { type, text, at } = this.#token;
    if ((type !== "bare" && type !== "phrase") || this.#operator() !== null) throw this.#unexpected(expected);
    if (type === "bare" && reserved.test(text)) throw queryError(this.#query, at, text, 'AND, OR, NOT (与 或 非), or "…" around a word that holds the sign');
    return this.#taken(text, at);
  }

  #taken(text: string, at: number): string {
    if (fold(text) === "") throw queryError(this.#query, at, `"${text}"`, "at least one visible character");
    if (text.length > limits.word) throw queryError(this.#query, at, `${text.length} characters`, `at most ${limits.word} in a word`);
    this.#next++;
    return wordOf(text);
  }

  #near(): Query {
    const { text, at } = this.#token;
    const distance = /^near\/(\d{1,3})$/i.exec(text)?.[1];
    if (distance === undefined || Number(distance) > limits.distance) throw queryError(this.#query, at, text, `near/N(a, b), N from 0 to ${limits.distance}`);
    this.#next++;
    this.#take("open", "(");
    const a = this.#side();
    this.#take("comma", ", and the second word");
    const b = this.#side();
    this.#take("close", ")");
    return { kind: "near", distance: Number(distance), a, b };
  }

  /** One word, or several joined by OR. */
  #side(): string[] {
    const plain = (): string => {
      const { type, text, at } = this.#token;
      if (type === "bare" && /[:：]/.test(text)) throw queryError(this.#query, at, text, "a word or “a phrase”: near takes no fields");
      return this.#word("a word or “a phrase”");
    };
    const words = [plain()];
    while (this.#operator() === "or") {
      this.#next++;
      words.push(plain());
    }
    return [...new Set(words)];
  }

  #field(token: Token, colon: number): Query {
    const name = token.text.slice(0, colon);
    const field = fieldNames.get(name.toLowerCase());
    if (field === undefined) throw queryError(this.#query, token.at, token.text, `a field (${[...new Set(fieldNames.values())].join(", ")}), or "…" around a word with a colon`, nearest(name.toLowerCase(), [...fieldNames.keys()]));
    if (field !== "own" && field !== "title") {
      const { value, at } = this.#value(token, colon);
      if (field !== "after" && field !== "before") return { kind: "filter", field, value: this.#column(field, value, at) };
      const time = readTime(value);
      if (time === null) throw queryError(this.#query, at, value, 'YYYY-MM-DD, YYYY-MM-DDTHH:MM or "YYYY-MM-DD HH:MM:SS", a time that exists');
      return { kind: field, time };
    }
    const following = this.#tokens[this.#next + 1]!;
    if (colon + 1 === token.text.length && following.type === "open" && following.at === token.end) {
      this.#next++;
      return { kind: "within", scope: field, part: this.#group() };
    }
    const { value } = this.#value(token, colon);
    return { kind: "within", scope: field, part: { kind: "word", text: value } };
  }

  #column(field: keyof typeof readValue, value: string, at: number): string {
    const read = readValue[field](value);
    if (typeof read !== "string") throw queryError(this.#query, at, value, read.expected, read.near);
    if (read === "") throw queryError(this.#query, at, value, "a value");
    return read;
  }

  /** What stands behind the colon, or in the phrase that follows it at once. */
  #value(token: Token, colon: number): { value: string; at: number } {
    const inside = token.text.slice(colon + 1);
    const at = token.at + colon + 1;
    if (inside !== "") return { value: this.#taken(inside, at), at };
    const following = this.#tokens[this.#next + 1]!;
    if (following.type !== "phrase" || following.at !== token.end) throw queryError(this.#query, token.end, following.text || "the end", `the value of ${token.text}, without a blank before it`);
    this.#next++;
    return { value: this.#taken(following.text, following.at), at: following.at };
  }

  #take(type: Token["type"], expected: string): void {
    if (this.#token.type !== type) throw this.#unexpected(expected);
    this.#next++;
  }

  #deeper(inner: () => Query): Query {
    if (++this.#depth > limits.depth) throw queryError(this.#query, this.#token.at, `${this.#depth} levels`, `at most ${limits.depth}`);
    const tree = inner();
    this.#depth--;
    return tree;
  }

  #unexpected(expected: string): Error {
    const { type, text, at } = this.#token;
    return queryError(this.#query, at, type === "end" ? "the end" : type === "phrase" ? `"${text}"` : text, expected);
  }
}

/** One part stays itself; parts of the same kind are taken in. */
function joined(kind: "and" | "or", parts: Query[]): Query {
  if (parts.length === 1) return parts[0]!;
  return { kind, parts: parts.flatMap((part) => (part.kind === kind ? part.parts : [part])) };
}
