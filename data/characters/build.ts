/**
 * Writes bits.txt (how surprising each character is in Chinese posts) from ../shared/data, and traditional.txt from ICU's transliterator (see README.md).
 * Run: npx tsx data/characters/build.ts    (20 seconds; needs `uconv` of ICU, Debian package icu-devtools)
 */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { dataPath, root } from "../../pipeline/paths.ts";

const leastCount = 5;
/** Traditional characters that GB2312 has too, but that simplified texts do not use. */
const alsoInGb2312 = new Set("後於麽");

const counts = new Map<string, number>();
for (const name of ["cascades/reposts", "covid-2020/posts"]) countTexts(`${root}/../shared/data/events/${name}.jsonl.zst`);
writeFileSync(dataPath("characters", "bits.txt"), bitLines());
writeFileSync(dataPath("characters", "traditional.txt"), `${traditionalPairs().join("\n")}\n`);

/** Counts the characters of the distinct texts. */
function countTexts(path: string): void {
  const lines = execFileSync("zstd", ["-dc", path], { maxBuffer: 2 ** 30 });
  const seen = new Set<string>();
  for (let from = 0; from < lines.length; ) {
    const to = lines.indexOf(10, from) < 0 ? lines.length : lines.indexOf(10, from);
    const { text } = JSON.parse(lines.toString("utf8", from, to)) as { text: string | null };
    from = to + 1;
    if (text === null || seen.has(text)) continue;
    seen.add(text);
    for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  }
}

/** One line for each number of bits: the characters whose −log2 of their share rounds to it. ASCII, control characters, private and unassigned ones and those beyond the BMP are left out. */
function bitLines(): string {
  const total = [...counts.values()].reduce((a, b) => a + b, 0);
  const groups = new Map<number, string[]>();
  for (const [character, count] of [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))) {
    if (count < leastCount || character.length > 1 || character <= "\u009f" || /\p{C}|\p{Z}|\ufffd/u.test(character)) continue;
    const bits = Math.round(-Math.log2(count / total));
    groups.set(bits, [...(groups.get(bits) ?? []), character]);
  }
  return [...groups].map(([bits, characters]) => `${bits}\t${characters.join("")}\n`).join("");
}

/** "們们": traditional characters outside GB2312 with their one simplified character. */
function traditionalPairs(): string[] {
  const han = Array.from({ length: 0xa000 - 0x4e00 }, (_, i) => String.fromCharCode(0x4e00 + i));
  const simplified = execFileSync("uconv", ["-f", "utf-8", "-t", "utf-8", "-x", "Traditional-Simplified"], { input: han.join("\n"), encoding: "utf8" }).split("\n");
  const gb2312 = inGb2312();
  return han.flatMap((from, i) => (simplified[i] !== from && simplified[i]!.length === 1 && (!gb2312.has(from) || alsoInGb2312.has(from)) ? [from + simplified[i]!] : []));
}

/** The Han characters of GB2312: rows B0–F7, cells A1–FE. */
function inGb2312(): Set<string> {
  const decoder = new TextDecoder("gb18030");
  const characters = new Set<string>();
  for (let row = 0xb0; row <= 0xf7; row++) for (let cell = 0xa1; cell <= 0xfe; cell++) characters.add(decoder.decode(Uint8Array.of(row, cell)));
  return characters;
}
