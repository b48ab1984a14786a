import { hash } from "node:crypto";
import { hasNumber, invisible } from "./digit-runs.ts";
import { maskNumbers } from "./personal-numbers.ts";

/**
 * Masks what identifies a person inside a text: mobile numbers 138****5678, landlines 010****6666, identity numbers 110101********123X (birth date hidden),
 * bank cards 622202******1234, e-mail addresses ***@***, @names @***, QQ and WeChat numbers after a cue word ***.
 * Numbers may hold spaces, dashes, dots and zero-width characters and be written in full-width or Chinese digits; masked, they lose the separators.
 * Ids of posts stay: in the path of a URL only identity numbers and @names are masked, in its query everything. Masking twice is masking once.
 * Not masked: a bank card that is neither Chinese nor in groups of four nor after a cue word, for such numbers are ids of posts. Linear in the text's length.
 */
export function maskText(text: string): string {
  if (!hasNumber(text) && !atSign.test(text) && !chatWord.test(text)) return text;
  let masked = "";
  let from = 0;
  for (const url of text.includes("://") ? text.matchAll(httpUrl) : []) {
    masked += maskProse(text.slice(from, url.index)) + maskUrl(url[0]);
    from = url.index + url[0].length;
  }
  return masked + maskProse(text.slice(from));
}

const httpUrl = /https?:\/\/[A-Za-z0-9\-._~:/?#[\]@$&+=%]+/gi;
const atSign = /[@＠]|%40|[([]at[)\]]/i;
const named = `[A-Za-z0-9\\uff10-\\uff19\\uff21-\\uff3a\\uff41-\\uff5a${invisible}`;
const email = new RegExp(`(?<!${named}._%+-])${named}._%+-]{1,80}(?: [@＠] |[@＠]|%40|[([]at[)\\]])${named}-]{1,80}(?:[.．]${named}-]{1,80}){1,4}`, "gi");
const mention = /[@＠](?!\*\*\*)[^\s@＠:：/,，.。!！?？、;；()（）[\]【】<>《》"“”'’#]{1,30}/g;
const cueWord = `(?:[微威薇v][\\s${invisible}]?信|(?<![A-Za-z])(?:[vw]\\s?x|we ?chat|v(?=[:：]))|加[v我])`;
const chatWord = new RegExp(cueWord, "i");
/** A WeChat id after its cue word: a letter and 5–19 letters, digits, _ or -. */
const chatName = new RegExp(`(${cueWord}([\\s:：号码是为＋+${invisible}]{0,8}(?:id)?[\\s:：${invisible}]{0,4}))([A-Za-z][A-Za-z0-9_${invisible}-]{5,40})(?![A-Za-z0-9_.@-])`, "gi");

function maskProse(text: string): string {
  let masked = text;
  if (atSign.test(masked)) masked = masked.replace(email, "***@***").replace(mention, "@***");
  // A word after 微信 is an id only if something says so: a colon, 号, or a digit in it.
  if (chatWord.test(masked)) masked = masked.replace(chatName, (all, cue: string, link: string, name: string) => (/[:：号是]/.test(link) || /[0-9_-]/.test(name) ? `${cue}***` : all));
  return hasNumber(masked) ? maskNumbers(masked, false) : masked;
}

function maskUrl(url: string): string {
  const query = url.search(/[?#]/);
  const path = query < 0 ? url : url.slice(0, query);
  return maskNumbers(path.replace(mention, "@***"), true) + (query < 0 ? "" : maskProse(url.slice(query)));
}

/** 首***尾: first and last character (code point) of a display name. */
export function maskName(name: string): string {
  if (name.length <= 1) return `${name}***`;
  const first = String.fromCodePoint(name.codePointAt(0)!);
  if (name.length === first.length) return `${first}***`;
  const pair = name.codePointAt(name.length - 2)!;
  return `${first}***${pair > 0xffff ? String.fromCodePoint(pair) : name.slice(-1)}`;
}

const block = 64;

/**
 * Keyed pseudonyms: the first 16 hex digits of HMAC-SHA256(key, text). An unkeyed hash of a ten-digit user id can be searched exhaustively within the hour.
 * RFC 2104 spelled out over two one-shot hashes, which is faster than a Hmac object a row;
 * a memo of authors was tried and gained nothing (a quarter of the authors of a real event are new).
 */
export class Pseudonyms {
  #inner = Buffer.alloc(block + 512);
  readonly #outer = Buffer.alloc(block + 32);

  constructor(key: string | Uint8Array) {
    const bytes = typeof key === "string" ? Buffer.from(key, "utf8") : Buffer.from(key);
    const padded = Buffer.alloc(block);
    (bytes.length > block ? hash("sha256", bytes, "buffer") : bytes).copy(padded);
    for (let i = 0; i < block; i++) {
      this.#inner[i] = padded[i]! ^ 0x36;
      this.#outer[i] = padded[i]! ^ 0x5c;
    }
  }

  of(text: string): string {
    if (block + text.length * 3 > this.#inner.length) this.#inner = Buffer.concat([this.#inner.subarray(0, block), Buffer.alloc(text.length * 3)]);
    const length = this.#inner.write(text, block, "utf8");
    this.#outer.write(hash("sha256", this.#inner.subarray(0, block + length), "binary"), block, "binary");
    return hash("sha256", this.#outer, "hex").slice(0, 16);
  }
}
