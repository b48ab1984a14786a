import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ScorePool } from "../../pipeline/score/pool.ts";

it("x", async () => {
  const p = new ScorePool({ threads: 2, userWords: [], outFolder: mkdtempSync(join(tmpdir(), "score-")) });
  await p.submit([{ text_key: "a", text: "太过分了" }]);
  const r = await p.finish();
  expect(r.scored).toBe(1);
  expect(readFileSync(r.files[0]!, "utf8")).toMatch(/过分/);
});
