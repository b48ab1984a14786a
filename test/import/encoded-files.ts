import { background } from "../../pipeline/background.ts";
import { TextDecoding, type Encoding } from "../../pipeline/import/decode/encoding.ts";
import { simplified } from "../../pipeline/characters.ts";
import { encodeGb18030 } from "../../data/samples/gb18030.ts";
import { integer, pick, type Random } from "../../data/samples/random.ts";

/** Invented files in known encodings, to measure how well encodings are told. */

export const styles = ["plain", "latin", "digits", "emoji", "rare", "punctuation", "one-han"] as const;
export type Style = (typeof styles)[number];
/** Big5 holds neither emoji nor rare characters. */
export const variants = ["utf-8", "utf-8 BOM", "gb18030", "utf-16le", "utf-16le BOM", "utf-16be", "utf-16be BOM", "big5"] as const;
export type Variant = (typeof variants)[number];
export const sizes = [20, 50, 150, 500, 1500, 5000] as const;

export interface EncodedFile {
  variant: Variant;
  style: Style;
  size: (typeof sizes)[number];
  text: string;
  bytes: Buffer;
}

const words = background().map(({ term }) => String(term));
const latin = ["iPhone", "OK", "vs", "WeChat", "App", "5G", "CEO", "http://t.cn/A6abcd", "id", "PM2.5", "live", "@user_01", "café"];
const emoji = ["😀", "😭", "🙏", "❤️", "👍🏻", "🔥", "🎉", "🤷‍♀️"];
/** Han outside GBK's two-byte codes: four bytes in GB18030. */
const rare = ["㐀", "㑇", "㙍", "䲢", "䴙", "𠮷", "𡘙", "𤭢", "𬭎", "𪚥", "ꡐ", "ᠮ"];
const marks = ["，", "。", "！", "？", "、", "：", "；", "“", "”", "（", "）", "…", "—", "《", "》"];
const headers = ["id,text,time\n", "发布时间,内容,作者\n", "标题\t正文\t链接\r\n", "", "", ""];

/** A file of the variant and style with about `size` bytes. */
export function encodedFile(random: Random, variant: Variant, style: Style, size: (typeof sizes)[number]): EncodedFile {
  const encoding = variant.replace(" BOM", "") as Encoding;
  const big5 = encoding === "big5";
  const bytesOf = (text: string): Buffer => encode(text, encoding);
  const parts: string[] = [style === "one-han" ? "id,text\n" : pick(random, headers)];
  let length = bytesOf(written(parts[0]!, big5)).length;
  while (length < size) {
    const part = written(style === "one-han" ? asciiPart(random) : nextPart(random, style), big5);
    parts.push(part);
    length += bytesOf(part).length;
  }
  // The one Han character stands between two parts, where a cell could begin or end.
  if (style === "one-han") parts.splice(integer(random, 1, parts.length), 0, written(pick(random, [...pick(random, words)]), big5));
  const text = parts.map((part) => written(part, big5)).join("");
  const bom = variant.endsWith("BOM") ? bytesOf("\ufeff") : Buffer.alloc(0);
  return { variant, style, size, text, bytes: Buffer.concat([bom, bytesOf(text)]) };
}

function nextPart(random: Random, style: Style): string {
  const chance = random();
  if (style === "punctuation") return chance < 0.85 ? pick(random, marks) : pick(random, [",", "\n", " "]);
  if (chance < 0.12) return pick(random, marks);
  if (chance < 0.18) return pick(random, [",", ",", "\n", "\r\n", ",\""]);
  if (chance < 0.5 && style === "latin") return pick(random, latin);
  if (chance < 0.5 && style === "digits") return String(integer(random, 0, 20_000_000));
  if (chance < 0.5 && style === "emoji") return pick(random, emoji);
  if (chance < 0.5 && style === "rare") return pick(random, rare);
  // Half of the words from the whole list, half mostly from its top: in real texts common words stand between rare names and terms.
  return chance < 0.75 ? pick(random, words) : words[Math.floor(words.length ** random()) - 1]!;
}

const asciiPart = (random: Random): string => (random() < 0.3 ? pick(random, [",", "\n", " "]) : pick(random, [...latin.slice(0, -1), String(integer(random, 0, 99_999)), "ok", "the"]));

/** In a Big5 file: in traditional characters, without what Big5 does not hold. */
function written(part: string, big5: boolean): string {
  if (!big5) return part;
  return [...part].map((character) => traditional.get(character) ?? character).filter((character) => character < "\x80" || big5Codes.has(character)).join("");
}

/** Simplified → traditional, and the codes of Big5, read off the decoder. */
const traditional = new Map<string, string>();
const big5Codes = new Map<string, number[]>();
const decoder = new TextDecoder("big5");
for (let lead = 0xa1; lead <= 0xf9; lead++) {
  for (let trail = 0x40; trail <= 0xfe; trail++) {
    const character = decoder.decode(Uint8Array.of(lead, trail));
    if (character.length !== 1 || character === "\ufffd" || big5Codes.has(character)) continue;
    big5Codes.set(character, [lead, trail]);
    const simple = simplified(character);
    if (simple !== character && !traditional.has(simple)) traditional.set(simple, character);
  }
}

function encode(text: string, encoding: Encoding): Buffer {
  if (encoding === "utf-8") return Buffer.from(text);
  if (encoding === "gb18030") return encodeGb18030(text);
  if (encoding === "big5") return Buffer.from([...text].flatMap((character) => (character < "\x80" ? [character.charCodeAt(0)] : big5Codes.get(character)!)));
  const bytes = Buffer.from(text, "utf16le");
  return encoding === "utf-16le" ? bytes : bytes.swap16();
}

/**
 * right: the very text came out. doubtful: another text, but a rival encoding is named. rejected: another text, with rows marked undecodable.
 * silent: another text and nothing said.
 */
export type Outcome = "right" | "doubtful" | "rejected" | "silent";

export function outcome({ text, bytes }: EncodedFile): { said: Outcome; rival: Encoding | null } {
  const decoding = new TextDecoding("test");
  const right = decoding.push(bytes, true) === text;
  const { rival, damagedLines, trailingBytes } = decoding;
  return { said: right ? "right" : rival !== null ? "doubtful" : damagedLines + trailingBytes > 0 ? "rejected" : "silent", rival };
}

/** `count` files, every variant, style and size in turn; Big5 without the styles it cannot hold. */
export function encodedFiles(random: Random, count: number): EncodedFile[] {
  const kinds = variants.flatMap((variant) => styles.filter((style) => variant !== "big5" || (style !== "emoji" && style !== "rare")).flatMap((style) => sizes.map((size) => ({ variant, style, size }))));
  return Array.from({ length: count }, (_, i) => {
    const { variant, style, size } = kinds[(i * 101) % kinds.length]!;
    return encodedFile(random, variant, style, size);
  });
}
