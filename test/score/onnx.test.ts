import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it, vi } from "vitest";
import { modelVersion } from "../../analyzers/post/model/model.ts";
import { main } from "../../pipeline/cli.ts";
import { tinyOnnx } from "../analyzers/post/tiny-onnx.ts";

/** Commands with a transformer of the user's own: a tiny one that these tests make. */
const folder = mkdtempSync(join(tmpdir(), "yuqing-onnx-"));
afterAll(() => rmSync(folder, { recursive: true }));
const model = tinyOnnx(folder);
function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}
async function yuqing(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  let [stdout, stderr] = ["", ""];
  const err = vi.spyOn(process.stderr, "write").mockImplementation((text) => ((stderr += String(text)), true));
  const out = vi.spyOn(process.stdout, "write").mockImplementation((text) => ((stdout += String(text)), true));
  try {
    return { code: await main(args), stdout, stderr };
  } finally {
    err.mockRestore();
    out.mockRestore();
  }
}

const words = ["好", "差", "的"];
const posts = (word: (i: number) => string): string => "发布时间,平台,作者,正文\n" + Array.from({ length: 60 }, (_, i) => `2025-03-0${1 + (i % 5)} 10:00,微博,用户${i},${word(i)}${i}\n`).join("");
const config = file("run.yaml", `model: ${JSON.stringify(model)}\nthreads: 2\n`);
interface Read {
  findings: { id: string; figures: { key: string; value: number; unit: string; estimate: boolean }[]; data: { fields: { known: number; predicted: unknown; estimate: { kind: string } }[] } }[];
}

it("a report by it counts its labels and gives no share of them; the same input gives the same bytes", async () => {
  const csv = file("posts.csv", posts((i) => words[i % 3]!));
  const read = async (out: string): Promise<string> => {
    const { code, stderr } = await yuqing("report", csv, "--config", config, "--out", join(folder, out));
    expect(code, stderr).toBe(0);
    return readFileSync(join(folder, out, "report.json"), "utf8");
  };
  const text = await read("a");
  expect(await read("b")).toBe(text);
  const { figures, data } = (JSON.parse(text) as Read).findings.find(({ id }) => id === "sentiment")!;
  // 20 of each word; "的" has equal logits, of which the first of ours is taken.
  expect(data.fields).toMatchObject([{ known: 60, predicted: { positive: 40, neutral: 0, negative: 20 }, estimate: { kind: "order" } }]);
  expect(figures.filter(({ unit }) => unit === "share")).toEqual([]);
});

it("one text that the model cannot answer ends the run without a report", async () => {
  const csv = file("bad.csv", posts((i) => (i === 30 ? "坏" : "好")));
  const { code, stderr } = await yuqing("report", csv, "--config", config, "--out", join(folder, "none"));
  expect([code, existsSync(join(folder, "none", "report.html"))]).toEqual([2, false]);
  expect(stderr).toMatch(/ONNX_OUTPUT[^]*tiny\.onnx\n[^]*NaN/);
});

it("evaluate measures it, and refuses a task that it does not know", async () => {
  const labelled = file("labelled.csv", "正文,标签\n好,正面\n差,负面\n差,正面\n");
  const columns = ["--text", "正文", "--label", "标签", "--model", model];
  const { code, stdout, stderr } = await yuqing("evaluate", labelled, ...columns, "--task", "polarity", "--json");
  expect(code, stderr).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject([{ texts: 3, accuracy: 2 / 3, confusion: [[1, 1, 0], [0, 1, 0]], model: { version: modelVersion(model), adapted: [] } }]);
  const emotion = await yuqing("evaluate", labelled, ...columns, "--task", "emotion");
  expect([emotion.code, emotion.stdout]).toEqual([2, ""]);
  expect(emotion.stderr).toMatch(/^ONNX_TASK[^]*tiny\.onnx\.yaml\n/);
});

it("train refuses it: only a model of our own can be adapted", async () => {
  const { code, stderr } = await yuqing("train", "--add", file("few.csv", "正文,标签\n好,正面\n"), "--text", "正文", "--label", "标签", "--task", "polarity", "--out", join(folder, "x.bin"), "--model", model);
  expect([code, existsSync(join(folder, "x.bin"))]).toEqual([2, false]);
  expect(stderr).toMatch(/^MODEL_KIND/);
});
