import { isAscii } from "node:buffer";
import type { Encoding } from "./encoding.ts";

/** What the bytes themselves say about their encoding. */

export function byteOrderMark(head: Buffer): { encoding: Encoding | null; length: number } | null {
  const hex = head.subarray(0, 4).toString("hex");
  if (hex.startsWith("efbbbf")) return { encoding: "utf-8", length: 3 };
  if (hex === "fffe0000" || hex === "0000feff") return { encoding: null, length: 4 };
  if (hex.startsWith("fffe")) return { encoding: "utf-16le", length: 2 };
  if (hex.startsWith("feff")) return { encoding: "utf-16be", length: 2 };
  if (hex === "84319533") return { encoding: "gb18030", length: 4 };
  return null;
}

/** UTF-16 without a mark: delimiters, digits and line ends give zero bytes at one parity and hardly any at the other. */
export function zeroParity(head: Buffer): Encoding | null {
  const zeros = [0, 0];
  for (let i = 0; i < head.length; i++) if (head[i] === 0) zeros[i % 2]!++;
  const [even, odd] = zeros as [number, number];
  const least = head.length / 40;
  if (odd > least && even * 10 < odd) return "utf-16le";
  if (even > least && odd * 10 < even) return "utf-16be";
  return null;
}

/** Chooses among the ASCII-compatible encodings from bytes that start at the first one above 7F. */
export function guess(window: Buffer): Encoding {
  let good = 0;
  let bad = 0;
  const strict = new TextDecoder("utf-8", { fatal: true });
  for (let from = 0; from < window.length; ) {
    const feed = window.indexOf(0x0a, from);
    const to = feed < 0 ? window.length : feed + 1;
    const line = window.subarray(from, to);
    from = to;
    if (isAscii(line)) continue;
    try {
      strict.decode(line);
      good++;
    } catch {
      if (to < window.length || bad + good === 0) bad++;
    }
  }
  if (good > 0 && good >= bad) return "utf-8";
  const gb = commonness(window, 0xb0, 0xf7, 0xa1);
  const big5 = commonness(window, 0xa4, 0xc6, 0x40);
  if (Math.max(gb, big5) < 0.5) return "utf-8";
  return gb >= big5 ? "gb18030" : "big5";
}

/** Share of double-byte pairs that are frequent Han characters or punctuation of the encoding; −1 when there is no pair. */
function commonness(bytes: Buffer, leadFrom: number, leadTo: number, trailFrom: number): number {
  let pairs = 0;
  let common = 0;
  for (let i = 0; i < bytes.length - 1; i++) {
    const lead = bytes[i]!;
    if (lead < 0x80) continue;
    const trail = bytes[++i]!;
    pairs++;
    const frequent = (lead >= leadFrom && lead <= leadTo) || (lead >= 0xa1 && lead <= 0xa3);
    if (lead !== 0xff && frequent && trail >= trailFrom && trail !== 0xff && trail !== 0x7f) common++;
  }
  return pairs === 0 ? -1 : common / pairs;
}
