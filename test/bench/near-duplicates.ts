import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { nearDuplicates, normalForm } from "../../pipeline/relate/near-duplicates.ts";
import { splitChain } from "../../pipeline/import/posts/reposts.ts";
import { shuffle } from "../../data/samples/random.ts";
import { falsePairs, isPlain, recall } from "../relate/planted-edits.ts";
import { random } from "../relate/planted-opinions.ts";

/**
 * npx tsx test/bench/near-duplicates.ts [SEED]: by length of the normal form, how often an edited real text joins the text it is made of, and how often two
 * different texts of one repost cascade, or of one event, would be joined (needs ../shared and zstd; 40 seconds).
 */
const [seed = 1] = process.argv.slice(2).map(Number);
const data = new URL("../../../shared/data/events/", import.meta.url).pathname;
if (!existsSync(data)) throw new Error(`needs ${data}`);

interface Text {
  own: string;
  group: string;
  length: number;
}

/** Own words with different normal forms, grouped, from about every third line. */
function ownWords(name: string, groupOf: (row: Record<string, string>) => string): Text[] {
  const lines = spawnSync("zstd", ["-dc", `${data}${name}.jsonl.zst`], { maxBuffer: 2 ** 30 }).stdout;
  const texts = new Map<string, Text>();
  let line = 0;
  for (let from = 0; from < lines.length; ) {
    const feed = lines.indexOf(10, from);
    const to = feed < 0 ? lines.length : feed;
    const row = line++ % 3 === 0 ? (JSON.parse(lines.toString("utf8", from, to)) as Record<string, string>) : null;
    from = to + 1;
    const { own } = splitChain(row?.["text"] ?? "");
    if (row === null || own === null) continue;
    const form = normalForm(own);
    texts.set(`${groupOf(row)} ${form}`, { own, group: groupOf(row), length: form.length });
  }
  return [...texts.values()];
}

function grouped(texts: readonly Text[]): string[][] {
  const groups = new Map<string, string[]>();
  for (const { group, own } of texts) groups.set(group, [...(groups.get(group) ?? []), own]);
  return [...groups.values()];
}

const cascades = shuffle(random(seed), ownWords("cascades/reposts", (row) => row["post_id"]!));
const covid = ownWords("covid-2020/posts", () => "");
const percent = (share: number): string => `${(100 * share).toFixed(3)}%`;
console.log(["length", "texts", "recall", "pairs of a cascade", "pairs of covid-2020"].join("\t"));
for (const [from, to] of [[8, 12], [13, 20], [21, 40], [41, 80], [81, 140], [13, 140]] as const) {
  const fits = ({ length }: Text): boolean => length >= from && length <= to;
  const some = cascades.filter((text) => fits(text) && isPlain(text.own)).slice(0, 20_000).map(({ own }) => own);
  const heads = nearDuplicates(some);
  const copied = new Set(heads.filter((head, i) => head !== i));
  const alone = some.filter((_, i) => heads[i] === i && !copied.has(i));
  const groups = grouped(cascades.filter(fits)).filter((group) => group.length >= 2);
  const event = covid.filter(fits).map(({ own }) => own);
  console.log([`${from}–${to}`, alone.length, recall(alone, random(seed)).toFixed(4), percent(falsePairs(groups, 50_000, random(seed))), percent(falsePairs([event], 50_000, random(seed)))].join("\t"));
}
