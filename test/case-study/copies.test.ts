import { afterAll, expect, it } from "vitest";
import { copies as analyzer } from "../../analyzers/event/copies.ts";
import { relateClusters } from "../../pipeline/relate/clusters.ts";
import { makeWordedTexts } from "../../pipeline/relate/texts.ts";
import { summarize } from "../../pipeline/rollup/rollup.ts";
import { copies } from "../../reports/case-study/copies.ts";
import { event, fill, post } from "../fixture.ts";

const notice = "明天早八点到晚六点全城停水请大家提前储水";
const key = (i: number) => `k${i}`;
const texts = [0, 1, 2].map((i) => ({ text_key: key(i), terms: [], tags: [], emoticons: [], mentions: [], polarity: null, positive_micro: null, negative_micro: null, emotion: null, mentioned: [], opinions: [], targets: [], triage: [], err: null }));
const at = (hour: number) => Date.UTC(2025, 2, 3, hour - 8);
// Five posts of one wording in two variants by four accounts; the earliest is the third row.
const posts = [
  post(1, { platform: "weibo", author: "a", own: notice, text_key: key(0), published_ms: at(10) }),
  post(2, { platform: "weibo", author: "b", own: notice, text_key: key(0), published_ms: at(11) }),
  post(3, { platform: "douyin", author: "c", author_name: "白***鹭", own: `${notice}！！`, text_key: key(1), published_ms: at(9) }),
  post(4, { platform: "weibo", author: "a", own: notice, text_key: key(0), published_ms: at(12) }),
  post(5, { platform: "weibo", author: "d", own: notice, text_key: key(0), published_ms: at(13) }),
  post(6, { platform: "weibo", author: "e", own: "今天的晚霞真好看", text_key: key(2), published_ms: at(14) }),
  post(7, { platform: "weibo", kind: "repost" }),
];
const { database } = await fill(posts, texts);
afterAll(() => database.close());
await database.run("DROP TABLE text_clusters");
await makeWordedTexts(database);
await relateClusters(database);
const tables = await summarize(database, "masked");
const finding = analyzer.analyze({ clusters: tables.get("clusters")!, cluster_totals: tables.get("cluster_totals")!, coverage: tables.get("coverage")! }, analyzer.options.parse({}), { event, utcOffsetMs: 8 * 3_600_000, findings: new Map() });

it("counts wordings and names the earliest post of each", () => {
  expect(finding.data).toMatchObject({ posts: 6, texts: 3, clusters: 2, repeated: 5, wordings: [{ head: "row:0:3", posts: 5, texts: 2, authors: 4, platforms: 2, first_ms: at(9), author_name: "白***鹭" }] });
  expect(finding.quoted).toEqual(["row:0:3"]);
  expect(finding.figures.find(({ key }) => key === "repeated")).toMatchObject({ value: 5 / 6, of: 6, unit: "share", estimate: false });
});

it("tells it, with links to the count and to the post; of fewer than 20 posts without a share", () => {
  const told = (posts: number) => copies.tell({ ...finding, data: { ...finding.data, posts } }, "zh").map((parts) => parts.map((part) => (typeof part === "string" ? part : part.text)).join(""));
  expect(told(6)[0]).toBe("3 种文本归并近似者后为 2 种用语。");
  expect(told(20)).toEqual([
    "有自身文字的帖文中，83.3% 与别的帖文用语相同或近似；3 种文本归并近似者后为 2 种用语。",
    "重复最多的一种有 5条；以下各列最早的一条。",
  ]);
  const table = String(copies.extra!(finding, "zh"));
  expect(table).toContain('<a data-fact="wording.1">5</a>');
  expect(table).toContain('<a data-post="row:0:3">');
  expect(table.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ")).toContain("2025年3月3日 09:00，抖音，白***鹭");
});

it("escapes hostile words", () => {
  const hostile = { ...finding, data: { ...finding.data, wordings: [{ ...finding.data.wordings[0]!, title: "<script>alert(1)</script>", author_name: "\"><img src=x>" }] } };
  expect(String(copies.extra!(hostile, "zh"))).not.toMatch(/<script|<img/);
});

it("lists a wording of many accounts within an hour apart, without a verdict", async () => {
  // 24 accounts post one text every two minutes from 09:00; 24 post another, one an hour; 30 light the same candle.
  const rows = [
    ...Array.from({ length: 24 }, (_, i) => post(i + 1, { author: `w${i}`, own: notice, text_key: key(0), published_ms: at(9) + i * 120_000, slot: Math.floor((at(9) + 8 * 3_600_000 + i * 120_000) / 600_000) })),
    ...Array.from({ length: 24 }, (_, i) => post(i + 101, { author: `s${i}`, own: "自来水公司的公告请大家转给邻居看", text_key: key(1), published_ms: at(i), slot: Math.floor((at(i) + 8 * 3_600_000) / 600_000) })),
    ...Array.from({ length: 30 }, (_, i) => post(i + 201, { author: `c${i}`, own: "[蜡烛]", text_key: key(2), published_ms: at(9), slot: (at(9) + 8 * 3_600_000) / 600_000 })),
  ];
  const filled = await fill(rows, texts);
  await filled.database.run("DROP TABLE text_clusters");
  await filled.database.run("CREATE TABLE text_clusters AS SELECT text_no, text_no AS head_no FROM texts");
  const own = await summarize(filled.database, "masked");
  filled.database.close();
  const found = analyzer.analyze({ clusters: own.get("clusters")!, cluster_totals: own.get("cluster_totals")!, coverage: own.get("coverage")! }, analyzer.options.parse({}), { event, utcOffsetMs: 8 * 3_600_000, findings: new Map() });
  expect(found.data.waves).toEqual([{ head: "row:0:1", title: notice, posts: 24, authors: 24, hour_posts: 24, hour_authors: 24, from_ms: at(9), first_ms: at(9), last_ms: at(9) + 23 * 120_000, precision: expect.anything() }]);
  expect(String(copies.extra!(found, "zh")).replace(/<[^>]*>/g, " ").replace(/\s+/g, " ")).toContain("24 24 24 2025年3月3日 09:00 0.8小时");
});
