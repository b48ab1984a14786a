import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { decompress } from "fzstd";
import { normalForm } from "../../../pipeline/relate/near-duplicates.ts";
import { root } from "../../../pipeline/paths.ts";
import type { EmoticonText } from "../../../pipeline/train/train.ts";

const folder = `${root}/../shared/data/events`;
const files = ["covid-2020/posts.jsonl.zst", "cascades/posts.jsonl.gz", "cascades/reposts.jsonl.zst", "weibo-ip/posts.jsonl.gz", "weibo-ip/comments.jsonl.gz", "multi-platform-comments/data.jsonl.gz"];
const emoticon = /\[([\p{L}0-9]{1,8})\]/gu;
const classCount = 64;

/** Own words of unlabelled posts, each text once, with the emoticons among the 64 most used; texts whose letters equal those of a held-out text are left out. */
export function readEmoticonTexts(heldOut: readonly string[]): { texts: EmoticonText[]; names: string[] } {
  const held = new Set(heldOut.map(normalForm));
  const seen = new Set<string>();
  const found: { text: string; names: string[] }[] = [];
  for (const post of files.flatMap(postsOf)) {
    const names = [...new Set([...post.matchAll(emoticon)].map((match) => match[1]!))];
    if (names.length === 0 || seen.has(post) || held.has(normalForm(post))) continue;
    seen.add(post);
    const text = post.replace(emoticon, " ").trim();
    if (normalForm(text).length >= 2) found.push({ text, names });
  }
  const counts = new Map<string, number>();
  for (const { names } of found) for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  const names = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, classCount).map(([name]) => name);
  const index = new Map(names.map((name, i) => [name, i]));
  const texts = found.map(({ text, names }) => ({ text, classes: Int32Array.from(names.flatMap((name) => index.get(name) ?? [])) }));
  return { texts: texts.filter(({ classes }) => classes.length > 0), names };
}

/** What the author of each post wrote: without the chain of quotes and "回复@name:". */
function postsOf(file: string): string[] {
  const bytes = readFileSync(`${folder}/${file}`);
  const plain = Buffer.from(file.endsWith(".zst") ? decompress(bytes) : gunzipSync(bytes));
  const own: string[] = [];
  for (let from = 0; from < plain.length; ) {
    const to = plain.indexOf(10, from);
    const line = plain.toString("utf8", from, to < 0 ? plain.length : to);
    from = to < 0 ? plain.length : to + 1;
    if (!line.includes("[")) continue;
    const { text } = JSON.parse(line) as { text?: string };
    if (text) own.push(text.split("//@")[0]!.replace(/回复@[^:：]{1,30}[:：]/g, "").trim());
  }
  return own;
}
