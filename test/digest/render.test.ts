import { describe, expect, it } from "vitest";
import { makeDigest } from "../../pipeline/digest/digest.ts";
import { digestOptionsSchema } from "../../pipeline/digest/options.ts";
import { emptyLedger, type LedgerItem } from "../../pipeline/ledger/ledger.ts";
import { digestDocument } from "../../reports/digest/document.ts";
import { renderHtmlDocument } from "../../reports/html/plain.ts";
import { renderTextDocument } from "../../reports/text/document.ts";
import { columnsOf, table, wrap } from "../../reports/text/lines.ts";
import { at, count, input, item, night } from "./fixture.ts";

const hostile = "<img src=x onerror=alert(1)>\u202egnp.exe\u001b[31m\u2028</style><script>$&";
const link = 'https://example.com/?q="><script>';

const filed: LedgerItem = {
  id: "2026-0001", post: "1", reopens: null, events: [hostile], title: hostile, text: hostile, url: "javascript:alert(1)", platform: null, source: null, field: "public", author_name: hostile, region: null, published_ms: null, precision: null,
  first_seen: "2026-11-21", filed_ms: at("2026-11-21", 10), posts: 1, reach: 1, reposts: null, seen: [{ night: "2026-11-21", posts: 1, reach: 1, reposts: null }], mood: null, classes: [], grade: { zh: "一般", en: "general", key: "general", index: 0, because: null },
  filed_for: { zh: "触达", en: "reach" }, deadlines: [{ rule: "reply", name: { zh: "首次回复", en: "first reply" }, due_ms: at("2026-11-21", 13), provisional: false, until: "replied", met_ms: null }], status: "todo", department: null, note: null, history: [],
};

const digest = makeDigest(
  input({
    options: digestOptionsSchema.parse({ office: hostile.slice(0, 60), titles: { day: "<b>日报</b>" } }),
    nights: [night("2026-11-21", {
      counts: [count("2026-11-21", 30, { platform: hostile, polarity: "negative" })],
      items: [item("1", { title: hostile, text: `${hostile}之后的话`, url: link, author_name: hostile, site: hostile, classes: ["rumour", hostile], event: "constructor" }), item("2", { url: "javascript:alert(1)" })],
      events: [{ key: "constructor", name: hostile, posts: 30, fresh: 30, grade: { level: "x", index: 0, name: { zh: hostile, en: hostile }, reasons: [] }, hours: [], firsts: { media: null, official: null } }],
      failures: [{ zh: hostile, en: hostile }],
    })],
    ledger: { ...emptyLedger, items: [filed] },
    alerts: [{ id: "a", event: null, kind: "surge", at_ms: at("2026-11-21", 12), text: { zh: hostile, en: hostile } }],
    keyDates: [{ day: 20_778, name: { zh: hostile, en: hostile }, source: null }],
  }),
);

describe("hostile texts", () => {
  it.each(["zh", "en"] as const)("stay text in HTML (%s)", async (language) => {
    const broken: string[] = [];
    const page = await renderHtmlDocument(digestDocument(digest, language), (place, error) => broken.push(`${place}: ${error.message}`));
    expect(broken).toEqual([]);
    expect(page).not.toMatch(/<img|<script|<b>|javascript:|\u202e|\u001b|\u2028/);
    expect(page).toContain("&lt;img src=x onerror=alert(1)&gt;");
    expect(page).toContain(`href="https://example.com/?q=&quot;&gt;&lt;script&gt;"`);
    expect(page.match(/<style>/g)).toHaveLength(1);
    expect(page.match(/<\/style>/g)).toHaveLength(1);
    expect(page).toMatch(/default-src &#39;none&#39;; style-src &#39;sha256-[^&]+&#39;; img-src data:/);
  });
  it("cannot steer a terminal or turn a line round in plain text", () => {
    const text = renderTextDocument(digestDocument(digest, "zh"));
    expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u0000-\u0009\u000b-\u001f\u2028]/);
    expect(text).toContain(link);
    expect(text.split("\n").filter((line) => columnsOf(line) > 72 && !line.includes("http"))).toEqual([]);
  });
  it("are marked as suspicion, never as verdict", () => {
    expect(renderTextDocument(digestDocument(digest, "zh"))).toContain("疑似造谣诽谤煽动");
    expect(renderTextDocument(digestDocument(digest, "zh"))).toContain("（待核实）");
  });
});

describe("the text", () => {
  it("puts overdue items first, with hours and pointers: due 13:00, read 23:00", () => {
    const text = renderTextDocument(digestDocument(digest, "zh"));
    expect(text).toContain("已超期 1 件，建议先办：2026-0001。");
    expect(text.replace(/\s+/g, "")).toContain("超期10小时");
  });
  it("says that nothing was collected, and nothing of posts", () => {
    const text = renderTextDocument(digestDocument(makeDigest(input({})), "zh"));
    expect(text).toContain("本期没有采集记录。没有数字不等于网上没有相关信息。");
    expect(text).not.toMatch(/重点舆情|故障|NaN|undefined|null/);
  });
  it("leaves out what the options switch off", () => {
    const off = digestOptionsSchema.parse({ sections: { top: false, alerts: false, ledger: false } });
    const text = renderTextDocument(digestDocument(makeDigest(input({ nights: [night("2026-11-21")], options: off })), "zh"));
    expect(text).not.toMatch(/重点舆情|预警|办理提示/);
    expect(text).toContain("一、情况分析");
  });
  it("gives the same bytes twice", async () => {
    const document = digestDocument(digest, "zh");
    expect(await renderHtmlDocument(document)).toBe(await renderHtmlDocument(digestDocument(digest, "zh")));
    expect(renderTextDocument(document)).toBe(renderTextDocument(digestDocument(digest, "zh")));
  });
});

describe("lines", () => {
  it("counts a Han character as two columns and breaks with Chinese punctuation in its place", () => {
    expect(columnsOf("舆情ab，")).toBe(8);
    expect(wrap("一二三四五，六", 10)).toEqual(["一二三四", "五，六"]);
    expect(wrap("一二三四（五六）", 10)).toEqual(["一二三四", "（五六）"]);
    expect(wrap("见 https://example.com/a-very-long-address 处", 12)).toEqual(["见", "https://example.com/a-very-long-address", "处"]);
  });
  it("aligns a table and wraps the widest column", () => {
    expect(table([{ label: "名称" }, { label: "数", align: "right" }], [["微博", "12"], ["一二三四五六七八", "3"]], 14)).toEqual([
      "名称        数",
      "----------  --",
      "微博        12",
      "一二三四五   3",
      "六七八",
    ]);
  });
});
