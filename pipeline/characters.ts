import { readFileSync } from "node:fs";
import { dataPath } from "./paths.ts";

/** What data/characters knows of characters. Loaded on first use. */

/** Bits of Han characters, and of others, that the counted texts do not hold. */
const unseenHan = 24;
const unseen = 26;
/** Controls, private use, unassigned: hardly ever in a text. */
const impossible = 32;
/** A traditional character is as surprising as its simplified one, and this more. */
const traditionalBits = 3;

let bits: Uint8Array | null = null;
let folds: Map<string, string> | null = null;

/** By UTF-16 code unit: −log2 of its share in Chinese posts, rounded. Shares of ASCII are those of a table: any of them as likely as another. */
export function characterBits(): Uint8Array {
  if (bits) return bits;
  const table = new Uint8Array(65_536).fill(unseen);
  table.fill(unseenHan, 0x3400, 0xa000);
  for (const [from, to] of [[0, 0x20], [0x7f, 0xa0], [0xe000, 0xf900], [0xfdd0, 0xfdf0], [0xfff0, 0x10000]] as const) table.fill(impossible, from, to);
  table.fill(6, 0x20, 0x7f);
  for (const end of "\t\r\n") table[end.charCodeAt(0)] = 6;
  // Pairs of surrogates: most are emoji.
  table.fill(12, 0xd800, 0xdc00).fill(8, 0xd83c, 0xd83f).fill(8, 0xdc00, 0xe000);
  for (const line of lines("bits.txt")) {
    const tab = line.indexOf("\t");
    for (let i = tab + 1; i < line.length; i++) table[line.charCodeAt(i)] = Number(line.slice(0, tab));
  }
  for (const [from, to] of traditional()) table[from.charCodeAt(0)] = Math.min(table[from.charCodeAt(0)]!, table[to.charCodeAt(0)]! + traditionalBits);
  return (bits = table);
}

const nonAscii = /[㐀-鿿]/;

/** The text with its traditional characters in simplified form, one for one; characters with several simplified forms, or used in both scripts (乾, 著), stay. */
export function simplified(text: string): string {
  if (!nonAscii.test(text)) return text;
  const table = traditional();
  let out = "";
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const to = table.get(text[i]!);
    if (to === undefined) continue;
    out += text.slice(from, i) + to;
    from = i + 1;
  }
  return from === 0 ? text : out + text.slice(from);
}

function traditional(): Map<string, string> {
  return (folds ??= new Map(lines("traditional.txt").map((line) => [line[0]!, line[1]!])));
}

const lines = (name: string): string[] => readFileSync(dataPath("characters", name), "utf8").split("\n").filter((line) => line !== "");
