import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { readModel } from "../../analyzers/post/model/file.ts";
import { main } from "../../pipeline/cli.ts";
import { dataPath } from "../../pipeline/paths.ts";
import type { Evaluation } from "../../pipeline/train/evaluate.ts";

const folder = mkdtempSync(join(tmpdir(), "yuqing-labels-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const path = (name: string): string => join(folder, name);
function file(name: string, text: string): string {
  writeFileSync(path(name), text);
  return path(name);
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
const columns = ["--text", "正文", "--label", "标签"];
const evaluate = (...args: string[]): ReturnType<typeof yuqing> => yuqing("evaluate", ...args, ...columns, "--task", "polarity");
const train = (add: string, out: string, ...args: string[]): ReturnType<typeof yuqing> => yuqing("train", "--add", add, ...columns, "--task", "polarity", "--out", out, ...args);
type Printed = Evaluation & { file: string; sha256: string; spellings: unknown[]; model: { version: string; adapted: { texts: number }[] } };
const json = async (...args: string[]): Promise<Printed[]> => JSON.parse((await evaluate(...args, "--json")).stdout) as Printed[];

/** Two words that nobody uses: 阔榫 for what is good, 泽扣 for what is bad. */
const things = ["这趟地铁", "楼下面馆", "新来的邻居", "社区公园", "那家银行", "昨晚的灯会", "学校食堂", "老城的桥", "物业的通知", "快递柜", "县里的医院", "菜场改造"];
const said = ["今天", "上周", "又去看了一趟", "听同事讲", "路过时看到"];
const slang = said.flatMap((when) => things.flatMap((thing) => [`${when}${thing}真是阔榫,正面`, `${when}${thing}真是泽扣,负面`]));
const slangFile = (): string => file("slang.csv", `正文,标签\n${slang.join("\n")}\n`);

describe("yuqing evaluate", () => {
  const plain = file("plain.csv", "正文,标签\n今天太开心了，谢谢大家,1\n气死我了，什么破服务,0\n12345,1\n");
  it("measures several files one after another, and says how labels were read", async () => {
    const { code, stdout } = await evaluate(plain, file("words.jsonl", '{"正文":"难过得想哭","标签":"消极"}\n'), "--lang", "en");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^plain\.csv · yuqing-fast-1-[0-9a-f]{12}\nlabels read as {2}1 = positive 2 · 0 = negative 1\n/);
    // Two of three right; a row of digits says nothing and counts as wrong.
    expect(stdout).toMatch(/nothing said \(counted as wrong\) +1\naccuracy \(95% interval\) +66\.7% \(20\.8% – 93\.9%\)\n/);
    expect(stdout).toMatch(/positive +1 +0 +1\nnegative +0 +1 +0\n/);
    expect(stdout).toContain("words.jsonl · ");
  });
  it("prints JSON without rounding", async () => {
    const [found] = await json(plain);
    expect(found).toMatchObject({ file: "plain.csv", task: "polarity", texts: 3, unknown: 1, accuracy: 2 / 3, labels: ["positive", "negative"], confusion: [[1, 0, 1], [0, 1, 0]], model: { adapted: [] } });
    expect(found!.spellings).toEqual([{ written: "1", label: "positive", rows: 2 }, { written: "0", label: "negative", rows: 1 }]);
  });
  it("reads what a report reads: not hashtags", async () => {
    const [found] = await json(file("tags.csv", "正文,标签\n#气死我了太差劲了#,负面\n#气死我了太差劲了#谢谢大家，好开心,正面\n"));
    expect(found).toMatchObject({ confusion: [[1, 0, 0], [0, 0, 1]], unknown: 1 });
  });
  it("says that chains are read whole", async () => {
    expect((await evaluate(file("chain.csv", "正文,标签\n真好//@甲:不好,正面\n"))).stderr).toContain("chain.csv：1 条带转发链");
  });
});

describe("bad input", () => {
  const good = file("good.csv", "正文,标签\n很好,正面\n");
  it.each([
    ["COLUMN_MISSING", "正文,标签1\n好,正面\n", /是不是“标签1”/],
    ["LABELS_UNKNOWN", "正文,标签\n好,正面\n差,糟糕\n", /bad\.csv:3\n[^]*"糟糕"[^]*positive=pos=正=正面=积极[^]*negative=neg=负=负面=消极[^]*1\/0\/-1/],
    ["TEXTS_EMPTY", "正文,标签\n好,正面\n ,负面\n", /bad\.csv:3\n/],
    ["LABELS_EMPTY", "正文,标签\n", /bad\.csv\n/],
    ["ROWS_UNREADABLE", "正文,标签\n好,正面\n差\n", /bad\.csv:3\n/],
  ])("%s: names the place, and a good file before it is not measured either", async (code, text, says) => {
    const { code: exit, stdout, stderr } = await evaluate(good, file("bad.csv", text));
    expect([exit, stdout, stderr.split(":")[0]]).toEqual([2, "", code]);
    expect(stderr).toMatch(says);
  });
  it("names the option that is missing or mistyped", async () => {
    expect((await yuqing("evaluate", good, "--text", "正文", "--task", "polarity")).stderr).toMatch(/^USAGE: 没有给出 --label/);
    expect((await yuqing("evaluate", good, ...columns, "--task", "emotions")).stderr).toContain("是否想写 emotion？");
    expect((await yuqing("train", ...columns, "--task", "emotion", "--out", path("x.bin"))).stderr).toMatch(/^USAGE: 没有给出 --add/);
    expect((await train(good, path("x.bin"), good)).stderr).toMatch(/^USAGE: 多出了参数/);
    expect((await train(good, path("x.bin"), "--add", good)).stderr).toMatch(/^USAGE: 同一个选项给了两次/);
  });
  it("refuses model files that are missing, cut, or no models", async () => {
    const cut = path("cut.bin");
    copyFileSync(dataPath("models", "sentiment.bin"), cut);
    truncateSync(cut, 5_000_000);
    for (const [model, code] of [[path("none.bin"), "MODEL_MISSING"], [cut, "MODEL_DAMAGED"], [good, "MODEL_KIND"]] as const) {
      const { code: exit, stdout, stderr } = await evaluate(good, "--model", model);
      expect([exit, stdout, stderr.split(":")[0]]).toEqual([2, "", code]);
    }
  });
  it("refuses to learn from few texts, from copies, and from one label", async () => {
    const few = Array.from({ length: 200 }, (_, i) => `${things[i % 12]}真好,${i % 2 === 0 ? "正面" : "负面"}`);
    expect((await train(file("few.csv", `正文,标签\n${few.join("\n")}\n`), path("x.bin"))).stderr).toMatch(/^LABELS_FEW[^]*实得: 12\n[^]*≥ 50/);
    const single = said.flatMap((when) => things.map((thing) => `${when}${thing}真好,正面`));
    expect((await train(file("single.csv", `正文,标签\n${single.join("\n")}\n`), path("x.bin"))).stderr).toMatch(/^LABELS_SINGLE/);
    expect(readdirSync(folder).filter((name) => name.includes("x.bin"))).toEqual([]);
  });
});

describe("yuqing train", () => {
  const out = path("mine.bin");
  const fresh = file("fresh.csv", "正文,标签\n隔壁的茶馆真是阔榫,正面\n河边步道真是阔榫,正面\n村口的路真是泽扣,负面\n旧码头真是泽扣,负面\n");
  let printed = "";
  beforeAll(async () => {
    const { code, stdout, stderr } = await train(slangFile(), out);
    expect([code, stderr]).toEqual([0, ""]);
    printed = stdout;
  });
  it("moves the model: words it could not know are told apart, in texts it has not seen", async () => {
    const [before] = await json(fresh);
    const [after] = await json(fresh, "--model", out);
    expect(before!.accuracy).toBeLessThan(1);
    expect(after!.accuracy).toBe(1);
    expect(after!.model.version).not.toBe(before!.model.version);
  });
  it("gives the model a card, in the file, beside it and on the screen", () => {
    const card = readFileSync(`${out}.txt`, "utf8");
    expect(printed.startsWith(card)).toBe(true);
    expect(printed).toContain(`model: ${JSON.stringify(out)}`);
    expect(card).toMatch(/^模型 {2}yuqing-fast-1-/);
    const [learnt, held] = ["正面", "负面"].map((name) => new RegExp(`${name} +(\\d+) +(\\d+)`).exec(card)!.slice(1).map(Number)).reduce(([a, b], [c, d]) => [a! + c!, b! + d!]);
    expect([learnt! + held!, held! > 10 && held! < 40]).toEqual([120, true]);
    expect(readModel(out).header.adapted).toEqual([{ file: "slang.csv", sha256: expect.stringMatching(/^[0-9a-f]{64}$/), task: "polarity", texts: learnt }]);
  });
  it("gives the same bytes again", async () => {
    await train(slangFile(), path("again.bin"));
    expect(readFileSync(path("again.bin")).equals(readFileSync(out))).toBe(true);
    expect(readFileSync(path("again.bin.txt"), "utf8")).toBe(readFileSync(`${out}.txt`, "utf8"));
  });
  it("adapts an adapted model further, and holds out the same texts", async () => {
    await train(slangFile(), path("further.bin"), "--model", out);
    const { adapted } = readModel(path("further.bin")).header;
    expect(adapted).toHaveLength(2);
    expect(adapted[1]).toEqual(adapted[0]);
  });
  it("says that figures on the file it learnt from flatter", async () => {
    expect((await evaluate(slangFile(), "--model", out)).stderr).toContain("模型是用 slang.csv 适配的");
  });
  it("leaves an existing file alone", async () => {
    const before = readFileSync(out);
    expect((await train(slangFile(), out)).stderr).toMatch(/^MODEL_TAKEN/);
    const taken = file("taken.bin.txt", "mine");
    expect((await train(slangFile(), path("taken.bin"))).stderr).toMatch(/^MODEL_TAKEN/);
    expect([readFileSync(out).equals(before), readFileSync(taken, "utf8")]).toEqual([true, "mine"]);
  });
});
