import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { loadResources } from "../../analyzers/post/index.ts";
import { scoredLine, type Text } from "../../pipeline/score/batch.ts";
import { ScorePool } from "../../pipeline/score/pool.ts";

const folder = mkdtempSync(join(tmpdir(), "score-"));
afterAll(() => rmSync(folder, { recursive: true }));

const texts: Text[] = Array.from({ length: 1000 }, (_, i) => ({ text_key: `key${i}`, text: i % 100 === 0 ? "\u0000\ud800" : `云杉出行第${i}次道歉，太过分了[怒]\n凭什么？` }));
const batches = Array.from({ length: 20 }, (_, b) => texts.slice(b * 50, b * 50 + 50));

async function run(threads: number): Promise<string[]> {
  const pool = new ScorePool({ threads, userWords: ["云杉出行"], outFolder: folder });
  for (const batch of batches) await pool.submit(batch);
  const { files, scored, errors } = await pool.finish();
  expect({ files: files.length, scored, errors }).toEqual({ files: Math.max(threads, 1), scored: 1000, errors: 0 });
  return files.map((file) => readFileSync(file, "utf8"));
}

it("writes every text once, the same rows for 0, 1 and 2 threads, the same bytes each time", async () => {
  const resources = loadResources(["云杉出行"]);
  const expected = texts.map((text) => scoredLine(text, resources).line);
  const [alone] = await run(0);
  expect(alone).toBe(expected.join(""));
  expect((await run(1))[0]).toBe(alone);
  const two = await run(2);
  expect(two.join("").split("\n").sort()).toEqual(alone!.split("\n").sort());
  expect(await run(2)).toEqual(two);
});

it("nothing submitted: empty files", async () => {
  const pool = new ScorePool({ threads: 2, userWords: [], outFolder: folder });
  await pool.submit([]);
  const { files, scored, errors } = await pool.finish();
  expect({ texts: files.map((file) => readFileSync(file, "utf8")), scored, errors }).toEqual({ texts: ["", ""], scored: 0, errors: 0 });
});

it("a worker that dies fails the run with SCORE_WORKER", async () => {
  const pool = new ScorePool({ threads: 1, userWords: [], outFolder: join(folder, "missing") });
  await expect(pool.finish()).rejects.toMatchObject({ code: "SCORE_WORKER", exit: 1 });
});
