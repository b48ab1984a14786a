import { encodedFiles, outcome, sizes, variants } from "../import/encoded-files.ts";
import { random } from "../relate/planted-opinions.ts";

/**
 * npx tsx test/bench/encodings.ts [FILES] [SEED]: invented files that do not come out as the very text, by encoding and size; then every such file with what was said about it.
 * Alarms: files that came out right, but with a rival encoding named.
 */
const [count = 2000, seed = 1] = process.argv.slice(2).map(Number);
const results = encodedFiles(random(seed), count).map((file) => ({ ...file, ...outcome(file) }));
type Results = typeof results;
const wrong = (some: Results): string => `${some.filter(({ said }) => said !== "right").length}/${some.length}`;
const totals = (some: Results): string => (["right", "doubtful", "rejected", "silent"] as const).map((name) => `${name} ${some.filter(({ said }) => said === name).length}`).join(" · ");

console.log(["wrong/files ", ...sizes.map((size) => `${size} B`), "all"].join("\t"));
for (const variant of variants) {
  const of = results.filter((file) => file.variant === variant);
  console.log([variant.padEnd(12), ...sizes.map((size) => wrong(of.filter((file) => file.size === size))), wrong(of)].join("\t"));
}
console.log(`all: ${totals(results)} · alarms ${results.filter(({ said, rival }) => said === "right" && rival !== null).length}`);
console.log(`without Big5: ${totals(results.filter(({ variant }) => variant !== "big5"))}`);
for (const { said, variant, style, size, text } of results) if (said !== "right") console.log([said, variant, style, `${size} B`, JSON.stringify(text.slice(0, 60))].join("\t"));
