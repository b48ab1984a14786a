import type { QueryPost } from "../../pipeline/query/match.ts";

/** Queries as the property test draws them, their spelling, and what they mean by plain definition. Shares no code with pipeline/query. */
export type Drawn =
  | { word: string }
  | { near: number; a: string[]; b: string[] }
  | { column: "platform" | "field" | "kind" | "region" | "site" | "author" | "tag"; value: string }
  | { side: "after" | "before"; time: string; ms: number }
  | { scope: "own" | "title"; part: Drawn }
  | { not: Drawn }
  | { all: Drawn[] }
  | { any: Drawn[] };

/** Mulberry32. */
export function generator(seed: number): (n: number) => number {
  let state = seed >>> 0;
  return (n) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * n);
  };
}
type Random = (n: number) => number;

const of = <T>(random: Random, values: readonly T[]): T => values[random(values.length)]!;
const letters = ["甲", "乙", "丙", "a", "b", "1", "😀", " ", "-", "“", '"', "\\"];
const word = (random: Random): string => {
  for (;;) {
    const text = Array.from({ length: 1 + random(3) }, () => of(random, letters)).join("").replace(/\s+/g, " ").trim();
    if (text !== "") return text;
  }
};
const days = ["2026-11-01", "2026-11-02", "2026-11-02 08:00", "2026-11-02 08:00:30"];

export function drawQuery(random: Random, depth = 0): Drawn {
  const inner = (): Drawn => drawQuery(random, depth + 1);
  switch (random(depth > 4 ? 6 : 13)) {
    case 0: case 1: case 2: return { word: word(random) };
    case 3: return { near: random(5), a: Array.from({ length: 1 + random(2) }, () => word(random)), b: [word(random)] };
    case 4: {
      const column = of(random, ["platform", "field", "kind", "region", "site", "author", "tag"] as const);
      return { column, value: of(random, { platform: ["weibo", "wechat"], field: ["media", "public"], kind: ["original", "repost"], region: ["广东", "海外"], site: ["某网", "a.cn"], author: ["甲报", "乙"], tag: ["甲乙", "a1"] }[column]) };
    }
    case 5: {
      const time = of(random, days);
      const [date, clock = "00:00"] = time.split(" ");
      return { side: of(random, ["after", "before"] as const), time, ms: Date.parse(`${date}T${clock}+08:00`) };
    }
    case 6: return { scope: of(random, ["own", "title"] as const), part: inner() };
    case 7: case 8: return { not: inner() };
    case 9: case 10: return { all: Array.from({ length: 2 + random(2) }, inner) };
    default: return { any: Array.from({ length: 2 + random(2) }, inner) };
  }
}

/** The query in one of its spellings. */
export function spell(random: Random, query: Drawn): string {
  const quoted = (text: string): string => {
    if (/^[甲乙丙a]+$/.test(text) && random(2) === 0) return text;
    const escaped = text.replace(/\\/g, "\\\\");
    return random(2) === 0 ? `"${escaped.replace(/"/g, '\\"')}"` : `“${escaped}”`;
  };
  const bracket = (text: string): string => (random(2) === 0 ? `(${text})` : `（ ${text}）`);
  if ("word" in query) return quoted(query.word);
  if ("near" in query) return `${of(random, ["near", "NEAR"])}/${query.near}(${query.a.map(quoted).join(" OR ")}${of(random, [",", "，"])} ${query.b.map(quoted).join(" 或 ")})`;
  if ("column" in query) return `${query.column}:${random(2) === 0 ? query.value : `"${query.value}"`}`;
  if ("side" in query) return `${query.side}:${random(2) === 0 ? query.time.replace(" ", "T") : `"${query.time}"`}`;
  if ("scope" in query) return `${query.scope}:(${spell(random, query.part)})`;
  // NOT binds tightest, so and/or under it need brackets; or under and needs them too.
  const tight = (part: Drawn): string => ("all" in part || "any" in part ? bracket(spell(random, part)) : spell(random, part));
  if ("not" in query) return `${of(random, ["NOT", "非", "not"])} ${tight(query.not)}`;
  if ("all" in query) return query.all.map((part) => ("any" in part ? bracket(spell(random, part)) : spell(random, part))).reduce((left, right) => left + of(random, [" ", " AND ", " 与 ", "\n"]) + right);
  return query.any.map((part) => (random(3) === 0 ? bracket(spell(random, part)) : spell(random, part))).reduce((left, right) => left + of(random, [" OR ", " 或 "]) + right);
}

const maybe = <T>(random: Random, value: () => T): T | null => (random(5) === 0 ? null : value());
const wide = new Map([["a", "Ａ"], ["b", "B"], ["1", "１"], [" ", "\u3000"], ["甲", "甲\u200b"]]);

export function drawPost(random: Random): QueryPost {
  const text = (): string => Array.from({ length: random(14) }, () => { const letter = of(random, [...letters, "#", "丁"]); return random(4) === 0 ? (wide.get(letter) ?? letter) : letter; }).join("");
  return {
    platform: maybe(random, () => of(random, ["weibo", "wechat", "news"])), site: maybe(random, () => of(random, ["某网", "某网论坛", "别处"])), url: maybe(random, () => of(random, ["https://a.cn/1", "http://M.A.cn", "https://ba.cn/a.cn"])),
    field: of(random, ["media", "official", "public"]), kind: of(random, ["original", "repost", "comment"]),
    title: maybe(random, text), own: maybe(random, text), quoted: maybe(random, text),
    published_ms: maybe(random, () => Date.parse(`2026-11-0${1 + random(2)}T${of(random, ["00:00:00", "08:00:00", "08:00:29", "08:00:30"])}+08:00`)),
    author: null, author_name: maybe(random, () => of(random, ["甲报", "乙", "丙丁"])), author_name_key: null, region_ip: maybe(random, () => of(random, ["广东", "海外"])), region_profile: maybe(random, () => "海外"),
  };
}

const plain = (text: string | null): string => (text ?? "").replaceAll("\u200b", "").normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();

/** [start, end] of every occurrence whose ends are not continued by a letter of a word that ends in letters, or a digit likewise. */
function occurrences(text: string, word: string): [number, number][] {
  const found: [number, number][] = [];
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const [start, end] = [at, at + word.length];
    const cut = (left: string | undefined, right: string | undefined): boolean => [/[a-z]/, /[0-9]/].some((kind) => kind.test(left ?? "") && kind.test(right ?? ""));
    if (!cut(text[start - 1], text[start]) && !cut(text[end - 1], text[end])) found.push([start, end]);
  }
  return found;
}

/** `parts`: the folded texts in which words are looked for. */
export function holds(query: Drawn, post: QueryPost, parts = [post.title, post.own, post.quoted]): boolean {
  const texts = parts.map(plain);
  if ("word" in query) return texts.some((text) => occurrences(text, plain(query.word)).length > 0);
  if ("near" in query) {
    const pairs = (text: string, from: string[], to: string[]): boolean =>
      from.some((x) => to.some((y) => occurrences(text, plain(x)).some(([, end]) => occurrences(text, plain(y)).some(([start]) => start >= end && [...text.slice(end, start)].length <= query.near))));
    return texts.some((text) => pairs(text, query.a, query.b) || pairs(text, query.b, query.a));
  }
  if ("column" in query) {
    const { column, value } = query;
    if (column === "site") return (post.site?.includes(value) ?? false) || (value === "a.cn" && post.url !== null && post.url !== "https://ba.cn/a.cn");
    if (column === "author") return post.author_name === value;
    if (column === "region") return (post.region_ip ?? post.region_profile) === value;
    if (column === "tag") return parts.some((part) => hashtags(part).includes(value));
    return post[column] === value;
  }
  if ("side" in query) return post.published_ms !== null && (query.side === "after") === post.published_ms >= query.ms;
  if ("scope" in query) return holds(query.part, post, parts.slice(0, query.scope === "title" ? 1 : 2));
  if ("not" in query) return !holds(query.not, post, parts);
  if ("all" in query) return query.all.every((part) => holds(part, post, parts));
  return query.any.some((part) => holds(part, post, parts));
}

/** #…# and #… up to a blank, as posts on Weibo and Douyin have them: what begins at a # is a tag when it holds no blank at its ends, and closes with # or, at the begin of a word, with a blank. */
function hashtags(text: string | null): string[] {
  const source = (text ?? "").replace(/[Ａ１＃]/g, (letter) => letter.normalize("NFKC")).replaceAll("\u3000", " ");
  const found: string[] = [];
  for (let at = 0; at < source.length; at++) {
    if (source[at] !== "#") continue;
    const paired = /^#(?![\s#])([^#\n]{0,38}?[^#\s])#/.exec(source.slice(at));
    const open = at === 0 || /\s/.test(source[at - 1]!) ? /^#([^\s#@“"]{2,40})(?=\s|$|#)/.exec(source.slice(at)) : null;
    const tag = paired ?? open;
    if (!tag) continue;
    found.push(plain(tag[1]!));
    at += tag[0].length - 1;
  }
  return found;
}
