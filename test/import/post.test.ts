import { hash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { planColumns } from "../../pipeline/import/posts/headers.ts";
import { Notes } from "../../pipeline/import/doubts/notes.ts";
import { PostBuilder, type PostOptions } from "../../pipeline/import/posts/post.ts";
import { Pseudonyms } from "../../pipeline/import/privacy/privacy.ts";
import type { RawRow } from "../../pipeline/import/tables/rows.ts";
import type { Post } from "../../pipeline/schema.ts";

const options: PostOptions = { file: 2, utcOffsetMs: 8 * 3_600_000, pseudonyms: new Pseudonyms("k"), privacy: "masked", platform: null, sheet: 0 };
const row = (cells: string[], line: number): RawRow => ({ line, lineTo: line, byteFrom: null, byteTo: null, cells, raw: cells.join(), fault: null, detail: "" });

function build(header: string[], rows: string[][], overrides: Partial<PostOptions> = {}): { results: (Post | string)[]; notes: Notes } {
  const notes = new Notes();
  const sample = rows.map((cells, i) => row(cells, i + 2));
  const builder = new PostBuilder(planColumns(header, rows, { columns: {} }, "test"), header, sample, { ...options, ...overrides }, notes);
  return { results: sample.map((raw) => builder.build(raw)), notes };
}
/** The post of a table of one row, given as header → cell. */
function post(cells: Record<string, string>, overrides: Partial<PostOptions> = {}): Post {
  const result = build(Object.keys(cells), [Object.values(cells)], overrides).results[0]!;
  if (typeof result === "string") throw new Error(result);
  return result;
}

describe("identity", () => {
  it("is the vendor's id under the platform", () => expect(post({ 平台: "微博", 微博id: "4932063356789722", 正文: "a" }).id).toBe("weibo:4932063356789722"));
  it("is the URL when the id is a row number, damaged by Excel, or no id", () => {
    for (const id of ["12", "4.75E+15", "用户3f36f8", "", "-"]) expect(post({ id, 链接: "https://weibo.com/1/a", 正文: "a" }).id).toBe("https://weibo.com/1/a");
  });
  it("else the row's place", () => {
    expect(post({ id: "12", 正文: "a" }).id).toBe("row:2:2");
    expect(post({ 正文: "a" }, { sheet: 1 }).id).toBe("row:2:2.2");
  });
  it("drops Excel's wrapping", () => expect(post({ 平台: "微博", id: '="5042915983755885"', 正文: "a" }).id).toBe("weibo:5042915983755885"));
  it("never trusts ids that Excel has rounded", () => {
    const rows = Array.from({ length: 20 }, (_, i) => [`741200123456${7000 + i}000`, "a"]);
    const { results, notes } = build(["aweme_id", "desc"], rows);
    expect((results[0] as Post).id).toBe("row:2:2");
    expect(notes.count("IDS_ROUNDED")).toBe(1);
  });
  it("keeps comment ids apart from post ids, and links both", () => {
    const comment = post({ comment_id: "500001", video_id: "900001", parent_comment_id: "500000", content: "好", create_time: "1628310600" });
    expect(comment).toMatchObject({ id: "bilibili:comment:500001", kind: "comment", root: "bilibili:900001", parent: "bilibili:comment:500000", depth: null });
    expect(post({ comment_id: "500001", video_id: "900001", parent_comment_id: "0", content: "好" }).parent).toBe("bilibili:900001");
  });
  it("that names itself as its root or parent has none", () => {
    expect(post({ id: "4667000000000001", 平台: "微博", 正文: "a", retweet_id: "4667000000000001" })).toMatchObject({ kind: "original", root: null, parent: null, depth: 0 });
    expect(post({ comment_id: "500001", video_id: "900001", parent_comment_id: "500001", content: "好" }).parent).toBe("bilibili:900001");
  });
  it("of a table with row numbers is the column of post ids", () => expect(post({ id: "123456", note_id: "4932063356789722", 平台: "微博", 正文: "a" }).id).toBe("weibo:4932063356789722"));
  it("of a comment is never the URL, which may be the post's", () => expect(post({ 评论内容: "好", 链接: "https://weibo.com/1/a" }).id).toBe("row:2:2"));
  it("makes no link of anything but http(s)", () => {
    for (const url of ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "https://a b"]) expect(post({ 正文: "a", url }).url).toBe(null);
  });
});

describe("kind and chain", () => {
  it("follows the vendor's column", () => {
    expect(post({ "原创/转发": "原创", 正文: "a" })).toMatchObject({ kind: "original", depth: 0 });
    expect(post({ "原创/转发": "转发", 全文内容: "说得好//@甲:嗯", 原微博内容: "根帖" })).toMatchObject({ kind: "repost", own: "说得好", quoted: "//@甲:嗯\n根帖", depth: 2 });
    expect(post({ is_repost: "true", text: "a" }).kind).toBe("repost");
    expect(post({ 是否原创: "False", 正文: "a" }).kind).toBe("repost");
  });
  it("else the text: a chain or a bare mark makes a repost", () => {
    expect(post({ 正文: "对//@甲:嗯" }).kind).toBe("repost");
    expect(post({ 正文: "转发微博" })).toMatchObject({ kind: "repost", own: null, text_key: null, depth: 1 });
    expect(post({ 正文: "平常" }).kind).toBe("original");
  });
  it("a repost without any text counts; another row without text does not", () => {
    expect(post({ mid: "abcdefg", post_id: "root_1234", parent: "", text: "" })).toMatchObject({ kind: "repost", own: null, root: "weibo:root_1234", parent: "weibo:root_1234", depth: 1 });
    expect(build(["正文", "点赞数"], [["", "3"], [" \u200b", ""]]).results).toEqual(["EMPTY_ROW", "EMPTY_ROW"]);
  });
});

describe("title and key", () => {
  it("are hashed as title, line feed, own words", () => {
    expect(post({ 标题: "某市通报", 正文: "今日发布" }).text_key).toBe(hash("md5", "某市通报\n今日发布").slice(0, 16));
    expect(post({ 正文: "今日发布" }).text_key).toBe(hash("md5", "\n今日发布").slice(0, 16));
  });
  it("a title that is the beginning of the text is not scored twice", () => {
    expect(post({ 标题: "今日发布了…", 正文: "今日发布了一则通报" }).title).toBe(null);
    expect(post({ 标题: "今日发布了...", 正文: "今日发布了一则通报" }).title).toBe(null);
    expect(post({ "标题／微博内容": "另一句", 全文内容: "正文", 平台: "微博" }).title).toBe(null);
    expect(post({ "标题／微博内容": "某报：通报", 全文内容: "正文", 媒体类型: "新闻" }).title).toBe("某报：通报");
  });
  it("a title alone is enough", () => expect(post({ 标题: "某市通报", 正文: "" })).toMatchObject({ title: "某市通报", own: null }));
  it("line ends do not change the key", () => expect(post({ 正文: "一\r\n二" }).text_key).toBe(post({ 正文: "一\n二" }).text_key));
});

describe("platform, channel, field", () => {
  const cases: [Record<string, string>, [string | null, string | null, string]][] = [
    [{ 来源网站: "新浪微博", 媒体类型: "微博" }, ["weibo", "social", "public"]],
    [{ 来源网站: "某某日报网", 媒体类型: "新闻" }, ["news", "news", "media"]],
    [{ 来源网站: "今日头条", 媒体类型: "客户端" }, ["toutiao", "app", "media"]],
    [{ 媒体平台: "视频", 来源网站: "抖音" }, ["douyin", "video", "public"]],
    [{ 来源网站: "今日头条", 媒体类型: "客户端", 认证类型: "普通用户" }, ["toutiao", "app", "public"]],
    [{ 来源网站: "新浪微博", 媒体类型: "微博", 认证类型: "媒体" }, ["weibo", "social", "media"]],
    [{ 来源网站: "新浪微博", 媒体类型: "微博", 认证类型: "政务" }, ["weibo", "social", "official"]],
    [{ 媒体类型: "政务", 链接: "https://www.example.gov.cn/a" }, ["news", "news", "official"]],
    [{ 链接: "https://www.zhihu.com/question/1" }, ["zhihu", "qa", "public"]],
    [{ 媒体类型: "没见过" }, [null, null, "public"]],
    [{}, [null, null, "public"]],
  ];
  for (const [cells, [platform, channel, field]] of cases) {
    it(JSON.stringify(cells), () => expect(post({ 正文: "a", ...cells })).toMatchObject({ platform, channel, field }));
  }
  it("takes the caller's platform only when the file does not say", () => {
    expect(post({ 正文: "a" }, { platform: "douyin" }).platform).toBe("douyin");
    expect(post({ 正文: "a", 平台: "微博" }, { platform: "douyin" }).platform).toBe("weibo");
  });
});

describe("author", () => {
  it("is keyed by id before name, per platform, and masked unless an institution", () => {
    const person = post({ 平台: "微博", 用户id: "1000000001", 昵称: "小张同学", 正文: "a" });
    expect(person.author).toBe(new Pseudonyms("k").of("weibo\u00001000000001"));
    expect(person.author_name).toBe("小***学");
    expect(post({ 昵称: "某某日报", 认证类型: "媒体", 正文: "a" }).author_name).toBe("某某日报");
    expect(post({ 昵称: "小张同学", 正文: "a" }, { privacy: "internal" }).author_name).toBe("小张同学");
  });
  it("shows no hash as a name", () => expect(post({ author: "785e875b0ff9", text: "a" })).toMatchObject({ author_name: null, author: expect.any(String) }));
  it("has a kind by code only where the column holds codes", () => {
    expect(post({ verified_type: "3", text: "a" }).author_type).toBe("media");
    expect(post({ 认证: "1", 正文: "a" }).author_type).toBe(null);
  });
  it("is unknown for the two empty MD5 values", () => expect(post({ "MD5-作者ID": "d41d8cd98f00b204e9800998ecf8427e", 正文: "a" }).author).toBe(null));
});

describe("time", () => {
  it("gives the local day and ten-minute slot", () => {
    // 2021-08-07 23:59 +08:00: local day 18846, slot 18846·144 + 143.
    expect(post({ 发布时间: "2021-08-07 23:59", 正文: "a" })).toMatchObject({ day: 18_846, slot: 18_846 * 144 + 143, precision: "minute" });
    expect(post({ 发布时间: "2021-08-07", 正文: "a" })).toMatchObject({ day: 18_846, slot: null, precision: "day" });
  });
  it("unread does not cost the row", () => {
    const { results, notes } = build(["发布时间", "正文"], [["昨天 12:30", "a"], ["坏日期", "b"]]);
    expect(results.map((result) => (result as Post).published_ms)).toEqual([null, null]);
    expect([notes.count("TIME_RELATIVE"), notes.count("TIME_UNREADABLE")]).toEqual([1, 1]);
  });
  it("reads relative words from the capture time, and refuses times after it", () => {
    expect(post({ 发布时间: "昨天 12:30", 采集时间: "2021-08-08 09:00", 正文: "a" }).published_ms).toBe(Date.UTC(2021, 7, 7, 4, 30));
    expect(post({ 发布时间: "2022-08-07 12:30", 采集时间: "2021-08-08 09:00", 正文: "a" }).published_ms).toBe(null);
  });
  it("prefers the string to MediaCrawler's shifted epoch, and counts the difference", () => {
    const { results, notes } = build(["note_id", "content", "shared_count", "create_time", "create_date_time"], [["500000001", "a", "1", "1722445735", "2024-07-31 17:08:55+08:00"]]);
    expect((results[0] as Post).published_ms).toBe(Date.UTC(2024, 6, 31, 9, 8, 55));
    expect(notes.count("TIME_DISAGREES")).toBe(1);
  });
  it("takes midnights for days when there is nothing else", () => {
    const rows = Array.from({ length: 20 }, (_, i) => [`2021-08-${String(i + 1).padStart(2, "0")} 00:00:00`, "a"]);
    expect((build(["时间", "正文"], rows).results[0] as Post).precision).toBe("day");
    expect((build(["时间", "正文"], [...rows, ["2021-08-21 08:00:00", "a"]]).results[0] as Post).precision).toBe("second");
  });
});

describe("the rest", () => {
  it("keeps unknown apart from zero", () => expect(post({ 正文: "a", 转发数: "", 评论数: "0", 点赞数: "赞", 阅读数: "1.2万" })).toMatchObject({ reposts: null, comments: 0, likes: 0, reads: 12_000 }));
  it("takes regions by what they say they are", () => {
    expect(post({ 正文: "a", "信源地域（IP）": "广东", 城市: "北京" })).toMatchObject({ region_ip: "广东", region_profile: "北京" });
    expect(post({ 正文: "a", region: "广东", region_src: "profile" })).toMatchObject({ region_ip: null, region_profile: "广东" });
    expect(post({ 正文: "a", 省份: "IP属地：浙江" })).toMatchObject({ region_ip: "浙江", region_profile: null });
    expect(post({ 正文: "a", 发布位置: "北京·天安门" }).region_ip).toBe(null);
  });
  it("does not take 敏感 for a polarity", () => {
    expect(post({ 正文: "a", 信息属性: "敏感" })).toMatchObject({ vendor_sensitivity: "敏感", vendor_sentiment: null });
    expect(post({ 正文: "a", 信息属性: "负面" })).toMatchObject({ vendor_sensitivity: null, vendor_sentiment: "负面" });
  });
  it("strips HTML only of the format that delivers HTML", () => {
    expect(post({ content: "<p>甲&amp;乙</p><p>丙</p>", websiteName: "某网", mediaType: "新闻" }).own).toBe("甲&乙\n丙");
    expect(post({ 正文: "1<2 且 3>2 <b>x</b>" }).own).toBe("1<2 且 3>2 <b>x</b>");
  });
  it("notes what looks wrongly decoded", () => {
    const { notes } = build(["正文"], [["锟斤拷"], ["浠婂ぉ鏄槦鏈熷叚锛屽ぉ姘旀槸"], ["å¼ ä¸‰ä»Šå¤©"], ["丢\ufffd字"], ["今天是星期六，去浠水看涓涓细流"]]);
    expect([notes.count("TEXT_MOJIBAKE"), notes.count("TEXT_REPLACEMENT")]).toEqual([3, 1]);
  });
});
