import { expect, it } from "vitest";
import { Trie } from "../../../../analyzers/post/places/trie.ts";
import { mulberry32 } from "../../../../analyzers/statistics.ts";

it("finds the longest word at a position, as comparing with every word does", () => {
  const random = mulberry32(3);
  const letters = [..."甲乙丙丁a𠮷"];
  const write = (length: number): string => Array.from({ length }, () => letters[Math.floor(random() * letters.length)]!).join("");
  const words = [...new Set(Array.from({ length: 3000 }, () => write(1 + Math.floor(random() * 6))))];
  const trie = new Trie(words);
  const text = write(2000);
  for (let at = 0; at < text.length; at++) {
    const longest = words.filter((word) => text.startsWith(word, at)).sort((a, b) => b.length - a.length)[0];
    const found = trie.longest(text, at);
    expect(found === -1 ? undefined : words[found]).toBe(longest);
  }
});

it("finds nothing in an empty list, at the end, or for half a word", () => {
  expect(new Trie([]).longest("甲", 0)).toBe(-1);
  expect(new Trie(["甲乙"]).longest("甲", 0)).toBe(-1);
  expect(new Trie(["甲"]).longest("甲", 1)).toBe(-1);
});
