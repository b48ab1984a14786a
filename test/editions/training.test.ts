import { rmSync } from "node:fs";
import { afterAll, expect, it } from "vitest";
import { run } from "../../pipeline/run.ts";
import { caseParts } from "../../pipeline/teaching/parts.ts";
import { decisionPoints, eventAt } from "../../pipeline/teaching/points.ts";
import { sections } from "../../reports/case-study/index.ts";
import { studentEdition, teacherEdition } from "../../reports/editions/training.ts";
import { config, csvOf, event, told } from "./material.ts";

const cut = "2025-03-04 00:00";
const key = new Uint8Array(32);
const withDecision = { ...event, summary: "全案经过：后来公司被处罚", decisions: [{ time: cut, question: "要不要<b>回应</b>？" }] };
const whole = csvOf(told, "posts.csv");
const early = told.filter(({ time }) => time < cut);
const late = told.filter(({ time }) => time >= cut);
const truncated = csvOf(early, "posts.csv");
afterAll(() => [whole, truncated].forEach(({ folder }) => rmSync(folder, { recursive: true })));
const options = { inputs: [whole.input], event: withDecision, config, key, onReject: () => {} };
const full = await run(options);
const parts = await caseParts(full, options);

it("shows at a decision what the file cut there would show, and nothing of later posts", async () => {
  const there = await run({ ...options, inputs: [truncated.input], event: eventAt(withDecision, parts[0]!.ms) });
  const shown = (report: typeof full) => report.findings.filter(({ id }) => id !== "coverage");
  expect(late.length).toBeGreaterThan(20);
  expect(parts).toHaveLength(1);
  expect(shown(parts[0]!.report)).toEqual(shown(there));
  const page = await studentEdition(parts, sections, { language: "zh" });
  expect(page).toBe(await studentEdition([{ ...parts[0]!, report: there }], sections, { language: "zh" }));
  for (const { author, url, no } of late) for (const text of [author, url, `独一份的话${no}，`, `通报${no}】`]) expect(page.includes(text), text).toBe(false);
  for (const text of ["后来的处理决定", "后来公司被处罚"]) expect(page).not.toContain(text);
  expect(page).toContain("最早的视频");
  expect(page).toContain("要不要&lt;b&gt;回应&lt;/b&gt;？");
  expect(page).toContain("此刻你只看到这些");
});

it("leaves out posts of unknown time, and of a day that is not over", async () => {
  const vague = csvOf([...early, { ...told[0]!, no: 900, url: "https://weibo.example/u/900", time: "" }, { ...told[0]!, no: 901, url: "https://weibo.example/u/901", time: "2025-03-03" }], "posts.csv");
  const noon = { ...withDecision, decisions: [{ time: "2025-03-03 12:00", question: "？" }] };
  const cases = await caseParts({ ...full, event: noon }, { ...options, inputs: [vague.input], event: noon });
  rmSync(vague.folder, { recursive: true });
  expect(cases[0]!.report.intake.kept).toBe(told.filter(({ time }) => time < "2025-03-03 12:00").length);
});

it("gives teachers what happened next and an empty scorecard with numbered facts", async () => {
  const page = await teacherEdition(full, parts, sections, { language: "zh" });
  expect(page).toContain("后来的处理决定");
  for (const item of ["政府响应", "信息透明度", "公信力", "动态反应", "恢复秩序", "问责"]) expect(page).toContain(`<th scope="row">${item}</th>`);
  expect(page).toMatch(/<small>事实-\d+<\/small>/);
  expect(page).toMatch(/<td><textarea[^>]*><\/textarea><\/td><\/tr>/);
  const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

it("finds points by itself, and says how to give them when it cannot", () => {
  const own = decisionPoints({ ...full, event: { ...event, decisions: [] } });
  expect(own.length).toBeGreaterThan(0);
  expect(own.map(({ ms }) => ms)).toEqual([...own.map(({ ms }) => ms)].sort((a, b) => a - b));
  expect(() => decisionPoints({ ...full, event: { ...event, decisions: [] }, findings: [] })).toThrow("DECISIONS_NONE");
});
