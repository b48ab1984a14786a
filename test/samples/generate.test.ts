import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { generateDemo } from "../../data/samples/generate.ts";
import { desks, netizens } from "../../data/samples/material.ts";
import { eventSchema, readYaml } from "../../pipeline/config.ts";

const folder = mkdtempSync(join(tmpdir(), "demo-"));
afterAll(() => rmSync(folder, { recursive: true }));
const { csvPath, eventPath, truthPath } = generateDemo(folder);
const bytes = readFileSync(csvPath);
const truth = JSON.parse(readFileSync(truthPath, "utf8"));

/** Character by character: quotes switch, doubled quotes are one, commas and CRLF outside quotes end cells and records. */
function readCsv(text: string): string[][] {
  const records: string[][] = [];
  const record: string[] = [];
  let cell = "";
  let inside = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    if (char === '"' && inside && text[i + 1] === '"') cell += text[i++];
    else if (char === '"') inside = !inside;
    else if (inside) cell += char;
    else if (char === "," || char === "\n") {
      record.push(cell);
      cell = "";
      if (char === "\n") records.push(record.splice(0));
    } else if (char !== "\r") cell += char;
  }
  return records;
}

const columns =
  "序号,标题／微博内容,信息属性,原创/转发,原文/评论链接,来源网站,原文作者,日期,媒体类型,原微博内容,认证类型,信源地域（IP）,性别,全文内容,粉丝数,作品数,转发数,评论数,点赞数,阅读数/浏览热度,行业标签,微博情绪,根微博作者,城市,精准地域,涉及词,注册时间,信源级别,收藏数,媒体信息,用户类型,账号类型,主页链接,用户简介,摘要,头像,相似文章数".split(",");
const text = new TextDecoder("gb18030").decode(bytes);
const records = readCsv(text);
const at = (name: string): number => columns.indexOf(name);
const link = at("原文/评论链接");
const sound = records.slice(1).filter((row) => row.length === 37 && row[link] !== "" && row[link] !== columns[link] && !row.some((cell) => cell.includes("\ufffd")));
const posts = [...new Map(sound.map((row) => [row[link]!, row])).values()];
const cell = (row: readonly string[], name: string): string => row[at(name)]!;
const count = (test: (row: string[]) => boolean): number => posts.filter(test).length;
/** Own words as a reader sees them: before the chain, without a reply's address; "" for the marks of a bare repost. */
const own = (row: readonly string[]): string => {
  const words = cell(row, "全文内容").replace(/^回复@[^:]+:/, "").split("//@")[0]!;
  return ["转发微博", "转发", "Repost", "轉發微博"].includes(words) ? "" : words;
};

describe("demo.csv", () => {
  it("has the 37 columns in order and CRLF line ends", () => {
    expect(records[0]).toEqual(columns);
    expect(text.endsWith("\r\n")).toBe(true);
    expect(text.replaceAll("\r\n", "").includes("\r")).toBe(false);
  });

  it("is GB18030, not UTF-8, with four-byte emoji, quotes and line breaks in cells", () => {
    expect(() => new TextDecoder("utf-8", { fatal: true }).decode(bytes)).toThrow();
    expect(count((row) => own(row).includes("😡"))).toBeGreaterThan(50);
    expect(count((row) => own(row).includes('"'))).toBeGreaterThan(50);
    expect(count((row) => own(row).includes("\n"))).toBeGreaterThan(500);
    expect(count((row) => /^\d+\.\d万$/.test(cell(row, "粉丝数")))).toBeGreaterThan(500);
  });

  it("has the rows, duplicates and broken rows that truth.json says", () => {
    const { records: all, posts: different, duplicates, broken } = truth.rows;
    expect(records.length - 1).toBe(all);
    expect(all).toBe(20_000);
    expect(posts.length).toBe(different);
    expect(sound.length - posts.length).toBe(duplicates);
    const body = records.slice(1);
    expect(body.filter((row) => row.length < 37).length).toBe(broken.tooShort);
    expect(body.filter((row) => row.length > 37).length).toBe(broken.tooLong);
    expect(body.filter((row) => row.some((value) => value.includes("\ufffd"))).length).toBe(broken.undecodable);
    expect(body.filter((row) => row[link] === "" && row.length === 37).length).toBe(broken.empty);
    expect(body.filter((row) => row[link] === columns[link]).length).toBe(broken.repeatedHeader);
  });

  it("labels every row 示例数据 and uses reserved addresses only", () => {
    expect(count((row) => cell(row, "媒体信息") !== "示例数据")).toBe(0);
    expect(count((row) => !/^https:\/\/[a-z]+\.example\//.test(row[link]!))).toBe(0);
  });

  it("counts as truth.json counts: kinds, words, platforms, authors, regions, times", () => {
    expect(count((row) => cell(row, "原创/转发") === "原创")).toBe(truth.originals.posts);
    expect(count((row) => own(row) !== "")).toBe(truth.worded);
    expect(new Set(posts.map(own)).size - 1).toBe(truth.distinctOwn);
    expect(count((row) => cell(row, "原创/转发") === "转发" && own(row) === "")).toBe(truth.reposts.bare);
    expect(count((row) => cell(row, "来源网站") === "微博")).toBe(truth.platforms.weibo.posts);
    expect(count((row) => ["新闻", "客户端"].includes(cell(row, "媒体类型")))).toBe(truth.mediaChannels.posts);
    expect(count((row) => cell(row, "认证类型") === "普通用户")).toBe(truth.authorTypes.ordinary.posts);
    expect(count((row) => cell(row, "认证类型") === "政务")).toBe(truth.fields.official.posts);
    expect(count((row) => cell(row, "认证类型") === "媒体")).toBe(truth.fields.media.posts);
    expect(count((row) => cell(row, "信源地域（IP）").endsWith("江苏"))).toBe(truth.regionIp.shares["江苏"].posts);
    expect(count((row) => cell(row, "精准地域").startsWith("广东"))).toBe(truth.regionProfile.shares["广东"].posts);
    expect(count((row) => ["蓝V", "机构"].includes(cell(row, "认证类型")))).toBe(truth.authorTypes.institution.posts);
    const platform = (row: readonly string[]): string => (["新闻", "客户端"].includes(cell(row, "媒体类型")) ? cell(row, "媒体类型") : cell(row, "来源网站"));
    expect(new Set(posts.map((row) => `${platform(row)} ${cell(row, "原文作者")}`)).size).toBe(truth.authors);
    expect(count((row) => cell(row, "日期").length === 10)).toBe(truth.times.day);
    expect(count((row) => cell(row, "日期") === "")).toBe(truth.times.unknown);
    expect(count((row) => cell(row, "根微博作者") !== "" && cell(row, "全文内容").split("//@").length === 3)).toBe(truth.depths["3"].posts);
  });

  it("holds the planted phases, tags and hot words", () => {
    const times = posts.filter((row) => cell(row, "日期").length === 16).map((row) => Date.parse(`${cell(row, "日期").replace(" ", "T")}:00+08:00`));
    for (const phase of truth.phases.list) expect([phase.name, times.filter((ms) => ms >= phase.from && ms < phase.to).length]).toEqual([phase.name, phase.posts]);
    for (const { word, posts: expected } of truth.hotWords) {
      const titled = (row: readonly string[]): string => (cell(row, "来源网站") === "微博" || cell(row, "来源网站") === "抖音" ? "" : cell(row, "标题／微博内容"));
      expect([word, count((row) => own(row) !== "" && `${titled(row)}\n${own(row)}`.includes(word))]).toEqual([word, expected]);
    }
    for (const { tag, posts: expected } of truth.tags) expect([tag, count((row) => own(row).includes(`#${tag}#`))]).toEqual([tag, expected]);
  });

  it("reposts only what exists already, and links every microblog repost to a root", () => {
    const first = new Map<string, string>();
    for (const row of posts) {
      const key = `${cell(row, "原文作者")}\n${cell(row, "全文内容")}`;
      const seen = first.get(key);
      if (cell(row, "原创/转发") === "原创" && (seen === undefined || cell(row, "日期") < seen)) first.set(key, cell(row, "日期"));
    }
    const reposts = posts.filter((row) => cell(row, "原创/转发") === "转发" && cell(row, "来源网站") === "微博" && cell(row, "日期") !== "");
    const orphans = reposts.filter((row) => !(first.get(`${cell(row, "根微博作者")}\n${cell(row, "原微博内容")}`)! <= cell(row, "日期")));
    expect(orphans).toEqual([]);
  });

  it("lets nobody speak of what has not happened yet", () => {
    const before = (time: string): string => posts.filter((row) => cell(row, "日期").length === 16 && cell(row, "日期") < time).map((row) => `${cell(row, "标题／微博内容")}\n${cell(row, "全文内容")}`).join("\n");
    expect(before("2025-07-16 18:05")).not.toMatch(/内部信|专项组|岚栈科技回应/);
    expect(before("2025-07-17 10:30")).not.toMatch(/警方通报|警情通报|蓝底白字/);
    expect(before("2025-07-17 16:40")).not.toMatch(/栩汀/);
    expect(before("2025-07-18 15:00")).not.toMatch(/解除劳动合同|免职|罚没/);
  });
});

describe("truth.json", () => {
  it("meets the planted shares of the brief", () => {
    expect(truth.mediaChannels.share).toBeCloseTo(0.054, 3);
    expect(truth.originals.share).toBeCloseTo(0.11, 3);
    expect(truth.reposts.bareShare).toBeCloseTo(0.64, 3);
    expect(truth.distinctOwn).toBeGreaterThan(6000);
    expect(truth.topics.media["企业回应"].share).toBeCloseTo(0.4, 2);
    expect(truth.polarity.public.negative.share).toBeCloseTo(0.64, 3);
    const [first, second, third, fourth] = Object.entries(truth.regionIp.shares as Record<string, { share: number }>);
    expect([first![0], second![0], third![0]].sort()).toEqual(["北京", "江苏", "广东"].sort());
    expect(first![1].share).toBeGreaterThan(2 * second![1].share);
    expect(third![1].share).toBeGreaterThan(fourth![1].share);
  });

  it("gives every topic and viewpoint its planted share, worked out from the material", () => {
    for (const [field, voices, topics] of [["public", netizens.voices, netizens.topics], ["media", desks.media, desks.topics]] as const) {
      for (const [id, { name }] of Object.entries(topics)) {
        const planted = voices.filter((voice) => voice.topic === id).reduce((sum, { share }) => sum + share, 0) / 100;
        if (planted > 0) expect(Math.abs(truth.topics[field][name].share - planted)).toBeLessThan(0.002);
      }
    }
    const opinions = netizens.voices.filter(({ viewpoint }) => viewpoint !== null);
    const all = opinions.reduce((sum, { share }) => sum + share, 0);
    for (const [id, name] of Object.entries(netizens.viewpoints)) {
      const planted = opinions.filter(({ viewpoint }) => viewpoint === id).reduce((sum, { share }) => sum + share, 0) / all;
      expect(Math.abs(truth.viewpoints.shares[name].share - planted)).toBeLessThan(0.002);
    }
  });
});

it("writes an event.yaml that the pipeline accepts, labelled, with the key posts as milestones", () => {
  const event = readYaml(eventPath, eventSchema);
  expect(event.label).toBe("示例数据");
  const milestones = event.milestones.map(({ time }) => Date.parse(`${time.replace(" ", "T")}:00+08:00`));
  expect(milestones.slice(1)).toEqual(truth.keyPosts.map(({ ms }: { ms: number }) => ms));
});

it("writes the same bytes again, in another timezone too", () => {
  const zone = process.env.TZ;
  process.env.TZ = "America/New_York";
  try {
    const again = generateDemo(join(folder, "again"));
    expect(readFileSync(again.csvPath).equals(bytes)).toBe(true);
    expect(readFileSync(again.truthPath, "utf8")).toBe(readFileSync(truthPath, "utf8"));
  } finally {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
});

const shared = ["events/weibo-ip/comments.jsonl.gz", "events/multi-platform-comments/data.jsonl.gz", "labelled/smp2020_ewect/data.jsonl.gz"].map((path) => new URL(`../../../shared/data/${path}`, import.meta.url));
it.skipIf(!shared.every((url) => existsSync(url)))("shares no sentence of 12 characters or more with the real data (needs ../shared)", () => {
  const sentences = (words: string): string[] => words.split(/[。！？!?；，,\s]+/).filter((sentence) => [...sentence].length >= 12);
  const invented = new Set(posts.flatMap((row) => sentences(own(row))));
  const lines = shared.flatMap((url) => gunzipSync(readFileSync(url)).toString("utf8").trimEnd().split("\n"));
  const real = lines.flatMap((line) => sentences((JSON.parse(line) as { text: string }).text));
  expect(real.length).toBeGreaterThan(10_000);
  expect(real.filter((sentence) => invented.has(sentence))).toEqual([]);
});
