import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { renderHtml } from "../../reports/html/render.ts";
import { filterWords } from "../../reports/html/filter.ts";
import { sampleReport, sections } from "./fixture.ts";
import { payloads, poisoned } from "./payloads.ts";

const zh = { language: "zh" } as const;
const page = await renderHtml(sampleReport(), sections, zh);
/** Text between the first `from` and the next `to`. */
const between = (text: string, from: string, to: string): string => text.slice(text.indexOf(from), text.indexOf(to, text.indexOf(from)));
/** Tag and attribute names in order: the structure that no text may change. Left out: pictures (their ticks move with the labels; the browser test looks into them) and links of sample rows, which a payload that is a web address rightly gets. */
const structure = (text: string): string[] => [...text.replace(/<style>[^]*?<\/style>|<script>[^]*?<\/script>|<svg[^]*?<\/svg>|<a class="part"[^>]*>[^<]*<\/a>/g, "").matchAll(/<(\/?[a-z0-9!]+)((?:\s+[a-zA-Z:-]+(?:="[^"]*")?)*)\s*\/?>/g)].map(([, tag, attributes]) => `${tag} ${[...attributes!.matchAll(/([a-zA-Z:-]+)(?:="[^"]*")?/g)].map(([, name]) => name).join(" ")}`);

describe("page", () => {
  it("is one file with one script, and without style attribute, handler or outside reference", () => {
    expect(page).toMatch(/^<!doctype html>\n<html lang="zh-CN">/);
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page.replace(/<script>[^]*?<\/script>/, "")).not.toMatch(/\sstyle=|\son[a-z]+=|@import|<link(?! rel="icon" href="data:,")/);
    const addresses = [...page.matchAll(/(?:href|src)="([^"#][^"]*)"/g)].map(([, address]) => address);
    expect(addresses).toEqual(["data:,", "https://example.invalid/post/1?a=1&amp;b=2"]);
  });

  it("allows by its policy only the stylesheet and the script it carries", () => {
    const hash = (tag: string) => createHash("sha256").update(new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(page)![1]!).digest("base64");
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)![1]!;
    expect(policy).toBe(`default-src &#39;none&#39;; style-src &#39;sha256-${hash("style")}&#39;; script-src &#39;sha256-${hash("script")}&#39;; img-src data:; base-uri &#39;none&#39;; form-action &#39;none&#39;`);
  });

  it("has no id twice and no link to a missing one", () => {
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const targets = [...page.matchAll(/href="#([^"]*)"|url\(#([^)]*)\)/g)].map(([, a, b]) => a ?? b);
    expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
  });

  it("is the same every time", async () => {
    expect(await renderHtml(sampleReport(), sections, zh)).toBe(page);
  });

  it("makes every number of a sentence a link to its fact", () => {
    expect(between(page, '<p class="told">平台已知', "</p>")).toBe(
      '<p class="told">平台已知的 <a class="fact" href="#事实-14" data-no="14" title="事实 14：平台已知的帖文">1,900条</a>帖文中，微博占 <a class="fact" href="#事实-16" data-no="16" title="事实 16：weibo 的占比">63.2%</a>，其次为抖音（<a class="fact" href="#事实-18" data-no="18" title="事实 18：douyin 的占比">21.1%</a>）。换一种计数口径，最多的平台不同：全部帖文为微博，仅原创为微博，每作者每天一次为微博，互动加权为抖音。',
    );
  });

  it("shows a fact with exact value, denominator, interval, filter, matches and samples", () => {
    const text = between(page, '<li id="事实-24">', "</li>").replace(/<[^>]*>/g, "").replace(/\s+/g, " ");
    expect(text).toBe("事实-24 民间负面占比 52% 模型估计精确值 0.5234 分母 1,500 95% 区间 [0.49, 0.556] 筛选 舆论场＝民间；情感＝负面 命中 400 行 样本 行-1 行-2 ");
  });

  it("shows a sample row once, with place, masked author and a safe link", () => {
    expect(page.match(/门店把隔夜的果茶/g)).toHaveLength(1);
    const text = between(page, '<li id="行-1">', "</li>");
    expect(text).toContain('<bdi>林*夏</bdi>');
    expect(text).toContain("出处 帖文.csv:2");
    expect(text).toContain('<a class="part" href="https://example.invalid/post/1?a=1&amp;b=2" rel="noopener noreferrer nofollow">');
    expect(page).not.toContain("javascript:");
    expect(between(page, '<li id="行-2">', "</li>")).toContain("<bdi>2026年3月1日</bdi>");
  });

  it("links posts and facts that a section names, and leaves posts it does not have", () => {
    expect(between(page, '<div class="extra">', "</div>")).toBe(
      '<div class="extra"><ul><li><a href="#行-1">代表性帖文</a>, <a href="#行-2">行-2</a>, <a data-post="weibo:404"><bdi>weibo:404</bdi></a>, <a class="fact estimate" href="#事实-24" data-no="24">52%</a></li></ul>',
    );
  });

  it("says in one line what is unavailable, and shows a failure", () => {
    expect(between(page, '<section class="section" id="regions"', "</section>")).toContain("本节从略：数据没有地区一列");
    expect(between(page, '<section class="section" id="topics"', "</section>")).toContain("本节未能生成，报告不完整<br><small><bdi>no table &quot;topics&quot;</bdi>");
    expect(page).not.toContain("不在报告里");
  });

  it("balances the coverage card and lists suspicions and rejects", () => {
    const card = between(page, '<section class="card"', "</section>").replace(/<[^>]*>/g, "");
    expect(card.replace(/\s+/g, "")).toContain("读入2,100计入=2,000重复+60时间窗口外+25拒收+15");
    expect(card).toContain("编号像是被 Excel 改成了科学记数，去重可能有误 帖文.csv：7 行，如第 12、1,040 行");
    expect(card).toContain("TIME 12");
  });

  it("puts the card where coverage stands in the order", async () => {
    const moved = await renderHtml(sampleReport(), [...sections.slice(1, 3), sections[0]!, ...sections.slice(3)], zh);
    const order = [...moved.matchAll(/<section class="[a-z ]+" id="([^"]+)"/g)].map(([, id]) => id);
    expect(order).toEqual(["volume", "platforms", "coverage", "mood", "regions", "topics", "lenses", "data-and-method", "evidence"]);
  });

  it("speaks English", async () => {
    const english = await renderHtml(sampleReport(), sections, { language: "en" });
    expect(english).toContain('<html lang="en">');
    expect(english).toContain("Left out: the data has no region column");
    expect(between(english, '<p class="told">Weibo', "</p>").replace(/<[^>]*>/g, "")).toContain("carried 63.2% of the 1,900 posts with a known platform");
    const chrome = english.replace(/<pre[^]*?<\/pre>|<script>[^]*?<\/script>/g, "").replace(/<[^>]*>/g, "").replaceAll("青梅日记门店后厨事件", "").match(/[\u4e00-\u9fff]+/g) ?? [];
    const fixture = sampleReport();
    const given = JSON.stringify([fixture.event, fixture.rows, fixture.manifest, fixture.findings.find(({ id }) => id === "lenses")]);
    expect(chrome.filter((word) => !given.includes(word))).toEqual([]);
  });

  it("gives a section that throws a notice, and tells; without a listener it throws", async () => {
    const broken = sections.map((section) => (section.id === "mood" ? { ...section, tell: () => [["占 ", { fact: "no.such", text: "1%" }]] } : section));
    const failures: string[] = [];
    const partial = await renderHtml(sampleReport(), broken, { ...zh, onFailure: (place, error) => failures.push(`${place}: ${error.message}`) });
    expect(failures).toEqual(['mood: no fact behind "1%" (mood no.such)']);
    expect(between(partial, '<section class="section" id="mood"', "</section>")).toContain("本节未能生成");
    await expect(renderHtml(sampleReport(), broken, zh)).rejects.toThrow("no fact behind");
  });

  it("stands an empty report and a title of 500 characters", async () => {
    const report = sampleReport();
    const empty = { ...report, findings: [], facts: [], rows: [], event: { ...report.event, name: "长".repeat(500) }, intake: { ...report.intake, rejects: [], suspicions: [] } };
    expect(await renderHtml(empty, sections, zh)).toContain('<h1 class="title longest">');
  });
});

describe("hostile text", () => {
  it("changes no tag and no attribute, whatever field it stands in", async () => {
    const poison = payloads("live");
    const clean = structure(await renderHtml(poisoned(sampleReport(), () => "x"), sections, zh));
    expect(clean.length).toBeGreaterThan(300);
    const places = 120;
    for (let round = 0; round * places < poison.length; round++) {
      const hostile = await renderHtml(poisoned(sampleReport(), (i) => poison[(round * places + i) % poison.length]!), sections, zh);
      expect(structure(hostile)).toEqual(clean);
    }
  });
});

describe("filters in words", () => {
  const words = (filter: Parameters<typeof filterWords>[0], language: "zh" | "en" = "zh") => filterWords(filter, language, 8 * 3_600_000);
  it.each([
    [{}, "全部帖文"],
    [{ field: "public", worded: 1, author_first: 0 }, "舆论场＝民间；有本人文字；非作者当日首帖"],
    [{ day: 20_513 }, "日期＝2026年3月1日"],
    [{ slot: { gte: 2_953_968, lt: 2_953_974 } }, "时段 ≥ 2026年3月1日 16:00 且 < 2026年3月1日 17:00"],
    [{ published_ms: { gte: Date.UTC(2026, 2, 1) } }, "发布时间 ≥ 2026年3月1日 08:00"],
    [{ platform: null, region_ip: ["广东", "浙江"], followers: { lt: 10_000 } }, "平台＝未知；IP 属地＝广东 或 浙江；粉丝数 < 10,000"],
    [{ topic: 1203, constructor: "x" }, "话题＝1203；constructor＝x"],
  ])("%j", (filter, expected) => expect(words(filter as never)).toBe(expected));
  it("in English", () => expect(words({ kind: ["original", "comment"], worded: true }, "en")).toBe("kind = originals or comments; own words"));
});
