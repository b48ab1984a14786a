import { describe, expect, it } from "vitest";
import type { Figure } from "../../analyzers/contract.ts";
import { response } from "../../reports/case-study/response.ts";
import { severity } from "../../reports/case-study/severity.ts";
import type { Section } from "../../reports/contract.ts";
import { renderHtml } from "../../reports/html/render.ts";
import type { Report } from "../../reports/report.ts";
import { sampleReport, sections } from "./fixture.ts";

const hour = 3_600_000;
const first = Date.UTC(2026, 2, 1, 8);
const figure = (key: string, value: number, unit: Figure["unit"]): Figure => ({ key, label: { zh: key, en: key }, value, unit, of: null, interval: null, filter: null, estimate: false });
const found = (id: string, figures: Figure[], data: unknown) => ({ id, question: { zh: "？", en: "?" }, status: "ok" as const, reason: null, lens: "posts" as const, quoted: [], coverage: { posts: 1, of: 1 }, method: { zh: "", en: "" }, figures, data: data as never });

const names = (zh: string, en: string) => ({ zh, en });
const levels = [["一般", "blue"], ["较大", "yellow"], ["重大", "orange"], ["特别重大", "red"]].map(([zh, colour]) => ({ ...names(zh!, colour!), key: colour!, colour: colour! }));
const condition = { level: 2, figure: "measure.1", what: names("帖文", "posts"), least: 1000, value: 1900, unit: "posts", satisfied: true };
const subject = { name: "甲公司", accounts: [{ account: "甲", posts: 1 }], statements: 1, first: { id: "weibo:3", ms: first + 7 * hour, precision: "minute", platform: "weibo", author_name: "甲", title: "声明", url: null }, delay_ms: 7 * hour, surge_delay_ms: null, deadlines: [{ rule: "authoritative-5h", due_ms: first + 5 * hour, provisional: false, state: "late" }], contrast: null };
const silent = { ...subject, name: "乙公司", statements: 0, first: null, delay_ms: null, deadlines: [{ ...subject.deadlines[0]!, state: "open" }] };
const clock = { first_ms: first, surge_ms: null, end_ms: first + 90 * hour, subjects: [subject, silent], rules: [{ id: "authoritative-5h", zh: "发布权威信息（5 小时）", en: "5 h" }], window: 6, utc_offset_ms: 8 * hour };

async function front(more: Report["findings"]): Promise<string> {
  const report = sampleReport();
  const findings = [...report.findings, ...more];
  const facts = findings.flatMap((finding) => (finding.status === "error" ? [] : finding.figures.map(({ key }) => ({ finding: finding.id, key, matched: null, samples: [] })))).map((fact, i) => ({ no: i + 1, ...fact }));
  const page = await renderHtml({ ...report, findings, facts }, [...sections, severity, response] as unknown as Section[], { language: "zh", onFailure: () => {} });
  return page.slice(page.indexOf('<div class="front">'), page.indexOf('<section class="card"')).replace(/<svg[^]*?<\/svg>/g, "").replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");
}

describe("page one", () => {
  it("says grade with its grounds, who spoke when, and four figures with the last whole day beside the day before", async () => {
    const overview = found("overview", [figure("posts", 1900, "posts"), figure("authors", 700, "authors")], null);
    const text = await front([overview, found("severity", [figure("measure.1", 1900, "posts")], { table: "表", levels, measured: 2, level: 2, reason: null, conditions: [condition] }), found("response", [figure("delay.1", 7, "hours"), figure("statement.1", first + 7 * hour, "ms"), figure("due.authoritative-5h.1", first + 5 * hour, "ms"), figure("due.authoritative-5h.2", first + 5 * hour, "ms"), figure("statements.1", 1, "posts")], clock)]);
    expect(text).toContain("分级 重大 橙色 帖文 1,900条 全部条件");
    expect(text).toContain("甲公司 最早帖文之后 7小时 发布权威信息（5 小时）： 超时");
    expect(text).toContain("乙公司 数据中未见发声 发布权威信息（5 小时）： 数据截止时时限未到");
    // 2026-03-03: 100 posts of 50 author-days; the day before: 500 + 300 of 250 + 280.
    expect(text).toContain("posts 1,900条 3月3日 100 ▼ 前一日 800");
    expect(text).toContain("authors 700个账号 3月3日 50 ▼ 前一日 530");
  });

  it("prints a grade set by hand with its reason", async () => {
    expect(await front([found("severity", [figure("measure.1", 1900, "posts")], { table: "表", levels, measured: 2, level: 3, reason: "出现次生舆情", conditions: [condition] })])).toContain("特别重大 红色 人工确定： 出现次生舆情");
  });

  it("leaves out what the report does not have, or has in another form", async () => {
    const text = await front([found("severity", [], { table: 1 })]);
    expect(text).not.toMatch(/分级|发声与时限|要点/);
    expect(text).toContain("计入 2,000");
  });
});
