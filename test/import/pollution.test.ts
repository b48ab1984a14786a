import { expect, it } from "vitest";
import { judge, ours, polluted } from "../bench/pollution.ts";
import { random } from "../relate/planted-opinions.ts";

/** Every pollution of the whole table, and one in thirty of those of a single row; all of them: npx tsx test/bench/pollution.ts. */
const next = random(11);
const files = [...polluted()].filter(({ row }) => row === null || next() < 1 / 30);

it("a table polluted in one place gives no wrong row and hides no line", async () => {
  const verdicts = await Promise.all(files.map(async (file) => ({ kind: file.kind, row: file.row, ...judge(file, await ours(file.bytes)) })));
  expect(files.length).toBeGreaterThan(300);
  expect(new Set(files.map(({ kind }) => kind)).size).toBeGreaterThan(40);
  expect(verdicts.filter(({ wrong, unlisted, crashed }) => wrong + unlisted + crashed > 0)).toEqual([]);
  // It is not by refusing that nothing is wrong.
  expect(verdicts.filter(({ whole }) => whole === 1).length).toBeGreaterThan(0.9 * verdicts.length);
});
