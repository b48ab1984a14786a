import type { Encoding } from "./encoding.ts";

/** Characters that GB18030 writes with two bytes, by code unit; made when first asked for. */
let doubles: Uint8Array | null = null;

/** Bytes that the text takes in the encoding. Characters that have two forms count as the usual one; a damage mark counts as one byte, in UTF-16 two. */
export function textBytes(text: string, encoding: Encoding): number {
  if (encoding === "utf-8") return Buffer.byteLength(text.replaceAll("\udfff", "?"));
  if (encoding !== "gb18030" && encoding !== "big5") return text.length * 2;
  doubles ??= doubleBytes();
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c < 0x80 || c === 0xdfff) bytes++;
    else bytes += encoding === "big5" || (c >= 0xd800 && c <= 0xdfff) || doubles[c] === 1 ? 2 : 4;
  }
  return bytes;
}

function doubleBytes(): Uint8Array {
  const pairs: number[] = [];
  for (let lead = 0x81; lead <= 0xfe; lead++) for (let trail = 0x40; trail <= 0xfe; trail++) if (trail !== 0x7f) pairs.push(lead, trail);
  const text = new TextDecoder("gb18030").decode(Uint8Array.from(pairs));
  const found = new Uint8Array(65_536);
  for (let i = 0; i < text.length; i++) found[text.charCodeAt(i)] = 1;
  return found;
}
