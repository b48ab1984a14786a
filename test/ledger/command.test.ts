import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import { openArchive } from "../../pipeline/archive/archive.ts";
import { initProject } from "../../pipeline/archive/init.ts";
import { main } from "../../pipeline/cli.ts";
import type { Flags } from "../../pipeline/commands/command.ts";
import { ledger as command } from "../../pipeline/commands/ledger.ts";
import { emptyLedger, ledgerSchema, type Ledger } from "../../pipeline/ledger/ledger.ts";
import { silent } from "../../pipeline/progress.ts";
import { filed, itemOf, night, nightItem, texts } from "./material.ts";

const folder = mkdtempSync(join(tmpdir(), "yuqing-ledger-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let project = "";
let count = 0;

const held = (): Ledger => openArchive(project, { write: false, nowMs: 0 }).state("ledger", ledgerSchema)!;
const commits = (): number => openArchive(project, { write: false, nowMs: 0 }).manifest.commits;

/** A project with two open items: 2026-0001 (overdue from 8 October 12:00 on), of the event bridge, and 2026-0002, of none. */
beforeEach(() => {
  project = join(folder, `project-${++count}`);
  initProject(project);
  const archive = openArchive(project, { write: true, nowMs: 0 });
  const draft = archive.begin();
  draft.setState("ledger", filed(emptyLedger, night("2026-09-30", [nightItem({ id: "a", text: texts[0]!, reach: 9 }), nightItem({ id: "b", text: texts[1]!, title: "换行\n制表\t\u001b[31m红\u202e", event: null })])).ledger);
  draft.commit();
  archive.close();
});

async function yuqing(words: string[], flags: Flags = {}): Promise<{ printed: string; warned: string[] }> {
  let printed = "";
  const warned: string[] = [];
  await command.work(words, { project, now: "2026-10-08 13:00", ...flags }, { language: flags.lang === "en" ? "en" : "zh", print: (text) => void (printed += text), warn: ({ zh }) => void warned.push(zh), progress: silent });
  return { printed, warned };
}

describe("ledger list", () => {
  it("shows open items and how the ledger stands; hostile titles keep to their line", async () => {
    const { printed } = await yuqing(["list"]);
    expect(printed.split("\n")).toEqual([
      "编号\t状态\t时限\t等级\t类别\t事件\t触达\t承办部门\t来源\t标题",
      `2026-0001\t待办\t逾期 2026-10-08 12:00 首次回复（3 小时，非工作时间顺延）\t一般\t咨询诉求\tbridge\t9\t—\t微博 · 新浪微博 · 赵*一\t${texts[0]!}`,
      "2026-0002\t待办\t逾期 2026-10-08 12:00 首次回复（3 小时，非工作时间顺延）\t一般\t咨询诉求\t\t3\t—\t微博 · 新浪微博 · 赵*一\t换行 制表 \ufffd[31m红\ufffd",
      "",
      "台账 2 条：待办 2 · 已转办 0 · 已回复 0 · 已办结 0；未办结 2 条，其中逾期 2 条",
      "时限：按时 0 · 逾期完成 0 · 逾期未办 2 · 未到期 4",
      "",
    ]);
  });

  it("is what ledger does without a word, on the command line too", async () => {
    const listed = (await yuqing(["list"])).printed;
    expect((await yuqing([])).printed).toBe(listed);
    let printed = "";
    const spy = vi.spyOn(process.stdout, "write").mockImplementation((text) => ((printed += String(text)), true));
    const exit = await main(["ledger", "--project", project, "--now", "2026-10-08 13:00"]).finally(() => spy.mockRestore());
    expect([exit, printed]).toEqual([0, listed]);
  });

  it("by event, status, as JSON, with closed ones; an event it does not know is said", async () => {
    await yuqing(["set", "2026-0001"], { status: "办结", by: "李四" });
    const ids = async (flags: Flags) => (JSON.parse((await yuqing(["list"], { json: true, ...flags })).printed) as { id: string; overdue: string[] }[]).map(({ id, overdue }) => `${id} ${overdue.join()}`);
    expect(await ids({})).toEqual(["2026-0002 first-reply"]);
    expect(await ids({ all: true })).toEqual(["2026-0002 first-reply", "2026-0001 "]);
    expect(await ids({ status: "closed" })).toEqual(["2026-0001 "]);
    expect(await ids({ event: "bridge", all: true })).toEqual(["2026-0001 "]);
    expect((await yuqing(["list"], { event: "brigde" })).warned).toEqual(["台账中没有事件“brigde”的事项；是否想写 bridge？"]);
    await expect(yuqing(["list"], { status: "办了" })).rejects.toMatchObject({ code: "LEDGER_STATUS" });
  });

  it("of a new project is empty", async () => {
    project = join(folder, "new");
    initProject(project);
    expect((await yuqing(["list"])).printed).toContain("台账 0 条");
  });
});

describe("ledger set", () => {
  it("changes an item in one commit, and commits nothing when nothing changes", async () => {
    const before = commits();
    const { printed } = await yuqing(["set", "2026-0001"], { status: "已转办", department: "城管局", note: "=1+1", by: "李四" });
    expect(printed).toContain("2026-0001\t已转办\t");
    expect(itemOf(held())).toMatchObject({ status: "transferred", department: "城管局", note: "=1+1" });
    await yuqing(["set", "2026-0001"], { department: "城管局", by: "李四" });
    expect(commits()).toBe(before + 1);
  });

  it("stops clocks by hand, at the given time", async () => {
    await yuqing(["set", "2026-0001"], { met: "first-reply, answer", by: "李四", now: "2026-10-08 11:00" });
    expect((await yuqing(["list"])).printed).toContain("按时 2 · 逾期完成 0 · 逾期未办 1 · 未到期 3");
  });

  it.each<[string[], Flags, string]>([
    [["set", "2026-0001"], { status: "已回复" }, "LEDGER_BY"],
    [["set", "2026-0007"], { status: "已回复", by: "李四" }, "LEDGER_ITEM"],
    [["set", "2026-0001"], { status: "回覆了", by: "李四" }, "LEDGER_STATUS"],
    [["set", "2026-0001"], { by: "李四" }, "USAGE"],
    [["set"], { by: "李四" }, "USAGE"],
    [["list", "x"], {}, "USAGE"],
    [["sett", "2026-0001"], {}, "USAGE"],
    [["constructor", "2026-0001"], {}, "USAGE"],
    [["list"], { project: folder }, "PROJECT_MISSING"],
    [["export", "out.csv"], {}, "USAGE"],
    [["slip", "2026-0009"], {}, "LEDGER_ITEM"],
  ])("%o %o: %s, and nothing is changed", async (words, flags, code) => {
    const before = held();
    await expect(yuqing(words, flags)).rejects.toMatchObject({ code, exit: 2 });
    expect(held()).toEqual(before);
    expect(existsSync(join(project, "archive", "lock"))).toBe(false);
  });
});

describe("ledger export and apply", () => {
  const typed = (path: string, edit: (sheets: [guide: string, ledger: string]) => [string, string]): string => {
    const parts = unzipSync(readFileSync(path));
    const [guide, sheet] = edit([strFromU8(parts["xl/worksheets/sheet1.xml"]!), strFromU8(parts["xl/worksheets/sheet2.xml"]!)]);
    const back = path.replace(".xlsx", "-back.xlsx");
    writeFileSync(back, zipSync({ ...parts, "xl/worksheets/sheet1.xml": strToU8(guide), "xl/worksheets/sheet2.xml": strToU8(sheet) }));
    return back;
  };
  const signed = (guide: string): string => guide.replace('<c r="B2" s="2"/>', '<c r="B2" s="2" t="inlineStr"><is><t>王五</t></is></c>');
  const exported = async (): Promise<string> => {
    const path = join(project, "台账.xlsx");
    expect((await yuqing(["export", path])).printed).toBe(`导出\t2\n${path}\n`);
    return path;
  };

  it("unchanged changes nothing; filled in it changes items, signed by the name on its first page", async () => {
    const path = await exported();
    expect((await yuqing(["apply", path], { by: "王五" })).printed).toBe("读到\t2\n改动\t0\n");
    const back = typed(path, ([guide, sheet]) => [signed(guide), sheet.replace("<t xml:space=\"preserve\">待办</t>", "<t>已回复</t>")]);
    expect((await yuqing(["apply", back])).printed).toBe("读到\t2\n改动\t1\n2026-0001\n");
    expect(itemOf(held())).toMatchObject({ status: "replied", history: [{ by: "王五" }, { by: "王五", change: { field: "met", rule: "first-reply" } }] });
    expect((await yuqing(["apply", back])).printed).toBe("读到\t2\n改动\t0\n");
  });

  it("refuses a sheet with a fault whole, and says every place", async () => {
    const path = await exported();
    const before = commits();
    const back = typed(path, ([guide, sheet]) => [signed(guide), sheet.replace("待办</t>", "已回复</t>").replace(">2026-0002<", ">2026-0003<")]);
    const warned: string[] = [];
    await command.work(["apply", back], { project }, { language: "zh", print: () => {}, warn: ({ zh }) => void warned.push(zh), progress: silent }).then(
      () => expect.unreachable(),
      (error: unknown) => expect(error).toMatchObject({ code: "LEDGER_SHEET", exit: 2, parts: { what: { zh: "表中有 1 处不能采用，什么也没有改" } } }),
    );
    expect(warned).toEqual(["台账 3 编号 “2026-0003”: 台账中没有这一条；2026-0001 … 2026-0002；是否想写 2026-0001？"]);
    expect([commits(), itemOf(held()).status]).toEqual([before, "todo"]);
    await expect(yuqing(["apply", path])).rejects.toMatchObject({ code: "LEDGER_BY" });
    await expect(yuqing(["export", path])).rejects.toMatchObject({ code: "LEDGER_EXISTS" });
  });
});

describe("ledger slip", () => {
  it("says what, when, how it went on, what is asked and until when; as text and as Word", async () => {
    await yuqing(["set", "2026-0001"], { status: "转办", department: "城管局", by: "李四" });
    const { printed } = await yuqing(["slip", "2026-0001"]);
    for (const part of ["2026-0001", "抄告：城管局", texts[0]!, "2026年9月30日 20:00", "山东", "2026-10-08 12:00 前，已逾期", "2026-10-13 24:00 前\n", "https://example.com/1"]) expect(printed).toContain(part);
    const word = join(project, "slip.docx");
    await yuqing(["slip", "2026-0001"], { out: word });
    expect(strFromU8(unzipSync(readFileSync(word))["word/document.xml"]!)).toContain("抄告：城管局");
    expect((await yuqing(["slip", "2026-0002"])).printed).not.toMatch(/[\u001b\u202e\t]/);
  });
});
