import { describe, expect, it } from "vitest";
import type { Post } from "../../pipeline/schema.ts";
import { importAll, scratch } from "./import-all.ts";
import { csvText, jsonText, workbookOf } from "./tables.ts";

/** 2021-08-07 12:30 +08:00. */
const noon = Date.UTC(2021, 7, 7, 4, 30);
const md5 = "0cc175b9c0f1b6a831c399e269772661";
const nothing = "d41d8cd98f00b204e9800998ecf8427e";

/** The post of a table of one row, given as header → cell; what is not given is empty. */
async function only(names: string, cells: Record<string, string>, encode: (header: string[], row: string[]) => string | Uint8Array = (header, row) => csvText(header, [row]), file?: string): Promise<{ post: Post; profile: string | null; unknown: string[] }> {
  const header = names.split(/[,，] ?/);
  for (const name of Object.keys(cells)) if (!header.includes(name)) throw new Error(`no header ${name}`);
  const { posts, rejects, summary } = await importAll(scratch(encode(header, header.map((name) => cells[name] ?? "")), file));
  expect([posts.length, rejects]).toEqual([1, []]);
  return { post: posts[0]!, profile: summary.profile, unknown: summary.headers.filter(({ column, known, header: name }) => column === null && !known && !/#\d$/.test(name)).map(({ header: name }) => name) };
}

describe("all-platform exports (formats.md §4)", () => {
  const long = "序号,标题／微博内容,信息属性,原创/转发,原文/评论链接,来源网站,原文作者,日期,媒体类型,原微博内容,认证类型,信源地域（IP）,性别,全文内容,粉丝数,作品数,转发数,评论数,点赞数,阅读数/浏览热度,行业标签,微博情绪,根微博作者,城市,精准地域,涉及词,注册时间,信源级别,收藏数,媒体信息,用户类型,账号类型,主页链接,用户简介,摘要,头像,相似文章数";
  const cells = { 序号: "12", "标题／微博内容": "水位今日", "原文/评论链接": "https://news.example.cn/a/1", 来源网站: "某某日报网", 日期: "2021-08-07 12:30:00", 媒体类型: "新闻", 全文内容: "上游连日降雨，水位上涨。", "信源地域（IP）": "浙江", 城市: "绍兴", 信息属性: "敏感", 微博情绪: "悲伤", "阅读数/浏览热度": "10万+", 认证类型: "--", 粉丝数: "lone" };
  it("37 columns: news", async () => {
    const { post, profile, unknown } = await only(long, { ...cells, 粉丝数: " " });
    expect([profile, unknown]).toEqual(["37列全平台导出", []]);
    expect(post).toMatchObject({ id: "https://news.example.cn/a/1", platform: "news", channel: "news", site: "某某日报网", kind: "original", title: "水位今日", own: "上游连日降雨，水位上涨。", published_ms: noon, precision: "second", region_ip: "浙江", region_profile: "浙江", vendor_sensitivity: "敏感", vendor_sentiment: null, vendor_emotion: "悲伤", reads: 100_000, followers: null, author_type: null });
  });
  it("37 columns: a Weibo repost says its own words, and quotes", async () => {
    const { post } = await only(long, { ...cells, 来源网站: "新浪微博", 媒体类型: "微博", "原创/转发": "转发", "标题／微博内容": "当心//@山间的风:路滑", 全文内容: "当心//@山间的风:路滑", 原微博内容: "汛期通告", 认证类型: "黄V", 粉丝数: "1.5万", 原文作者: "溪边的石头" });
    expect(post).toMatchObject({ platform: "weibo", kind: "repost", title: null, own: "当心", quoted: "//@山间的风:路滑\n汛期通告", depth: 2, author_type: "celebrity", followers: 15_000 });
  });
  it("short", async () => {
    for (const names of ["序号,标题/微博内容,原文/评论链接,来源网站,媒体平台,日期,原文作者", "序号,标题/微博内容,原文/评论链接,来源网站,媒体平台,日期,原文作者,摘要"]) {
      const { post, profile, unknown } = await only(names, { 序号: "1", "标题/微博内容": "水位今日", "原文/评论链接": "https://www.douyin.com/video/1", 来源网站: "抖音", 媒体平台: "视频", 日期: "2021-08-07 12:30", 原文作者: "溪边的石头" });
      expect([profile, unknown, post]).toEqual(["全平台导出（短）", [], expect.objectContaining({ platform: "douyin", own: "水位今日", title: null, published_ms: noon, author_name: "溪***头" })]);
    }
  });
});

describe("微热点 exports of competitions (formats.md §5)", () => {
  const columns = "MD5-作者ID,MD5-mid,MD5-父微博ID,MD5-父微博用户ID,MD5-根微博mid,MD5-根微博用户UID,作者ID,父微博ID,原文作者,根微博作者,根微博发布时间,根微博标题,根微博链接,日期,原创/转发,微博情绪,信息属性,媒体类型,来源网站,来源网站,信源级别,认证类型,用户类型,账号类型,平台传播主体一级,平台传播主体二级,平台传播主体三级,性别,用户注册地,精准地域,信源地域,城市,涉及行业,涉及词,话题,话题,微博内容类型,微博类型,粉丝数,用户关注数,微博数,转发数,评论数,点赞数,阅读数/浏览热度,注册时间,用户画像出生年份,用户画像出生月份,用户画像用户认证信息,用户画像用户兴趣标签,原文/评论链接,标题／微博内容,全文内容,原微博内容,用户简介,图文识别,视频链接,网页快照";
  const cells = { "MD5-作者ID": md5, "MD5-mid": "92eb5ffee6ae2fec3ad71c777531578f", "MD5-父微博ID": nothing, "MD5-根微博mid": "e6fda0f0d3e0adfff69e334462d1ef6a", 日期: "2021-08-07 12:30:00", "原创/转发": "原创", 信息属性: "非敏感", 媒体类型: "微博", 来源网站: "新浪微博", 认证类型: "金V", 用户注册地: "浙江 杭州", 信源地域: "上海", 粉丝数: "102", 转发数: "3", 评论数: "--", 点赞数: "null", "标题／微博内容": "水位今日", 全文内容: "水位今日又涨" };
  const header = columns.split(",");
  /** The newest, and seven that lack what others have: recognition is by required columns. */
  const variants: [string, string[]][] = [["58 columns", []], ["without MD5 of the parents", ["MD5-父微博ID", "MD5-父微博用户ID"]], ["without plain ids", ["作者ID", "父微博ID"]], ["without portraits", header.filter((name) => name.startsWith("用户画像"))], ["without root", ["根微博发布时间", "根微博标题", "根微博链接", "MD5-根微博用户UID"]], ["without who spreads", header.filter((name) => name.startsWith("平台传播主体"))], ["without place of registration", ["用户注册地", "精准地域"]], ["49 columns", ["图文识别", "视频链接", "网页快照", "用户简介", "微博类型", "涉及行业", "用户关注数", "注册时间", "阅读数/浏览热度"]]];
  for (const [name, left] of variants) {
    it(name, async () => {
      const here = header.filter((column) => !left.includes(column));
      const { post, profile, unknown } = await only(here.join(","), Object.fromEntries(Object.entries(cells).filter(([column]) => here.includes(column))));
      expect([profile, unknown]).toEqual(["微热点导出", []]);
      expect(post).toMatchObject({ id: "weibo:92eb5ffee6ae2fec3ad71c777531578f", platform: "weibo", kind: "original", root: null, parent: null, own: "水位今日又涨", title: null, published_ms: noon, author_type: "celebrity", region_ip: "上海", region_profile: left.includes("用户注册地") ? null : "浙江", followers: 102, reposts: 3, comments: null, likes: null, vendor_sensitivity: "非敏感" });
    });
  }
  it("the two MD5 of nothing are no author, no parent and no root", async () => {
    const { post } = await only(columns, { ...cells, "MD5-作者ID": nothing, "原创/转发": "转发", 原微博内容: "汛期通告" });
    expect(post).toMatchObject({ kind: "repost", author: null, root: null, parent: null, quoted: "汛期通告", root_key: expect.any(String) as unknown });
  });
  it("in GB18030 with a trailing empty column", async () => {
    // 微博内容,信息属性,认证类型, / 水位,敏感,金V, spelled out: Node decodes GB18030 but does not encode it.
    const bytes = Buffer.concat([Buffer.from("cea2b2a9c4dac8dd2cd0c5cfa2caf4d0d42cc8cfd6a4c0e0d0cd2c0d0a", "hex"), Buffer.from("cbaecebb2cc3f4b8d02cbdf0562c0d0a", "hex")]);
    const { posts, summary } = await importAll(scratch(bytes));
    expect([summary.encoding, summary.profile, posts]).toEqual(["gb18030", "微热点导出（旧）", [expect.objectContaining({ own: "水位", vendor_sensitivity: "敏感", author_type: "celebrity", platform: "weibo" })]]);
  });
  it("older ones", async () => {
    const a = await only("mid,作者ID,发布日期,地址,地域,城市,性别,标题／微博内容,粉丝数,认证类型,评,赞,转", { mid: "4667000000000001", 作者ID: "1000000001", 发布日期: "2021-08-07 12:30", 地址: "https://weibo.com/1/a", 地域: "浙江", 城市: "杭州", "标题／微博内容": "水位今日", 粉丝数: "9", 认证类型: "普通用户", 评: "4", 赞: "5", 转: "3" });
    expect([a.profile, a.unknown, a.post]).toEqual(["微热点导出（旧）", [], expect.objectContaining({ id: "weibo:4667000000000001", own: "水位今日", title: null, url: "https://weibo.com/1/a", region_profile: "浙江", region_ip: null, author_type: "ordinary", reposts: 3, comments: 4, likes: 5 })]);
    const b = await only("微博内容,信息属性,发布日期,认证类型,地域,城市,性别,粉丝数,微博数,转,评,赞,话题,微博情绪,MD5-作者ID,MD5-mid", { 微博内容: "水位今日", 信息属性: "敏感", 发布日期: "2021/8/7 12:30", 认证类型: "蓝V", "MD5-mid": md5 });
    expect([b.profile, b.unknown, b.post]).toEqual(["微热点导出（旧）", [], expect.objectContaining({ id: `weibo:${md5}`, platform: "weibo", published_ms: noon, author_type: "institution" })]);
    const c = await only("检索ID,标题/微博内容,全文内容,点赞,转发,评论,账号昵称UID加密,粉丝数,关注数,地域", { 检索ID: "77", "标题/微博内容": "水位", 全文内容: "水位今日", 点赞: "5", 转发: "3", 评论: "4", 账号昵称UID加密: md5, 地域: "浙江" });
    expect([c.profile, c.unknown, c.post]).toEqual(["微热点导出（旧）", [], expect.objectContaining({ id: "row:0:2", platform: "weibo", own: "水位今日", title: null, likes: 5, reposts: 3, comments: 4, author: expect.any(String) as unknown, author_name: null, region_profile: "浙江" })]);
    const d = await only("评论内容,评论原文内容,评论原文链接,被评论博文作者", { 评论内容: "注意安全", 评论原文内容: "水位今日", 评论原文链接: "https://weibo.com/1/a" });
    expect([d.profile, d.unknown, d.post]).toEqual(["微热点评论导出", [], expect.objectContaining({ id: "row:0:2", kind: "comment", own: "注意安全", quoted: "水位今日" })]);
  });
});

describe("other exports (formats.md §6)", () => {
  it("思通舆情, workbook and older table", async () => {
    const now = await only("序号,标题,摘要,情感,涉及词,来源,作者,发布时间,原文地址", { 序号: "1", 标题: "水位今日", 摘要: "上游连日降雨。", 情感: "负面", 来源: "某某网", 作者: "记者甲", 发布时间: "2021-08-07 12:30:00", 原文地址: "https://news.example.cn/a/2" }, (header, row) => workbookOf([{ name: "舆情数据", rows: [header, row] }]), "sitong.xlsx");
    expect([now.profile, now.unknown, now.post]).toEqual(["思通舆情", [], expect.objectContaining({ title: "水位今日", own: "上游连日降雨。", site: "某某网", vendor_sentiment: "负面", published_ms: noon, id: "https://news.example.cn/a/2" })]);
    const old = await only("序号,标题,url地址,媒体名称,发布日期,媒体类型,属性,摘要,实体", { 标题: "水位今日", url地址: "https://news.example.cn/a/2", 媒体名称: "某某网", 发布日期: "2021-08-07", 媒体类型: "新闻", 属性: "敏感", 摘要: "上游连日降雨。" });
    expect([old.profile, old.unknown, old.post]).toEqual(["思通舆情（旧）", [], expect.objectContaining({ site: "某某网", platform: "news", vendor_sensitivity: "敏感", vendor_sentiment: null, precision: "day" })]);
  });
  it("识微商情 API: HTML content, seconds or milliseconds", async () => {
    for (const [name, time] of [["createTime", 1_628_310_600], ["createTime", 1_628_310_600_000], ["createdAt", "2021-08-07 12:30:00"]] as const) {
      const row = { title: "水位今日", content: "<p>上游连日降雨。</p><p>水位&nbsp;上涨 1&lt;2</p>", url: "https://news.example.cn/a/3", websiteName: "某某网", domain: "example.cn", mediaType: "新闻", [name]: time, topicId: 7, fromTopicId: 8 };
      const { posts, summary } = await importAll(scratch(JSON.stringify({ data: [row] }), "shiwei.json"));
      expect([summary.profile, posts]).toEqual(["识微商情", [expect.objectContaining({ title: "水位今日", own: "上游连日降雨。\n水位 上涨 1<2", published_ms: noon, precision: "second", site: "某某网", platform: "news" })]]);
      expect(summary.headers.filter(({ column, known }) => column === null && !known)).toEqual([]);
    }
  });
  it("八爪鱼: from1 is the time, 标题 the author", async () => {
    const { post, profile } = await only("from1,标题,txt,图片", { from1: "2021年08月07日 12:30", 标题: "溪边的石头", txt: "河水又涨了" });
    expect([profile, post]).toEqual(["八爪鱼 微博", expect.objectContaining({ platform: "weibo", own: "河水又涨了", title: null, author_name: "溪***头", published_ms: noon, id: expect.stringMatching(/^text:/) as unknown })]);
  });
  it("Talkwalker, Brandwatch", async () => {
    const talk = await only("url,indexed,search_indexed,published,title,content,content_snippet,domain_url,host_url,reach,engagement,sentiment", { url: "https://www.zhihu.com/question/1", indexed: "1628312400000", search_indexed: "1628312400000", published: "1628310600000", title: "水位", content: "河水又涨了", domain_url: "http://zhihu.com/", reach: "1200", sentiment: "-5" });
    expect([talk.profile, talk.unknown, talk.post]).toEqual(["Talkwalker", [], expect.objectContaining({ platform: "zhihu", published_ms: noon, title: "水位", own: "河水又涨了", reads: 1200, vendor_sentiment: "-5" })]);
    const brand = await only("accountType,added,author,categories,city,date,domain,fullText,sentiment,snippet,title,url", { accountType: "individual", added: "2021-08-08T00:00:00.000+0000", author: "stone", city: "杭州", date: "2021-08-07T04:30:00.000+0000", domain: "weibo.com", fullText: "河水又涨了", sentiment: "negative", snippet: "河水…", url: "https://weibo.com/1/a" });
    expect([brand.profile, brand.unknown, brand.post]).toEqual(["Brandwatch", [], expect.objectContaining({ platform: "weibo", published_ms: noon, own: "河水又涨了", vendor_sentiment: "negative", region_profile: "浙江" })]);
  });
  it("Meltwater: UTF-16, tabs, UTC", async () => {
    const utf16 = (header: string[], row: string[]): Uint8Array => Buffer.from(`\ufeff${header.join("\t")}\r\n${row.join("\t")}\r\n`, "utf16le");
    const api = await only("id,published_date,title,content,url,source_name,author_name,sentiment,reach", { id: "mw-0001-abc", published_date: "2021-08-07T04:30:00Z", title: "水位今日", content: "上游连日降雨。", url: "https://news.example.cn/a/4", sentiment: "neutral" }, utf16);
    expect(api.post).toMatchObject({ published_ms: noon, precision: "second", title: "水位今日", own: "上游连日降雨。", id: "https://news.example.cn/a/4", vendor_sentiment: "neutral" });
    const table = await only("Date,Headline,URL,Opening Text,Hit Sentence,Source,Influencer,Country,Language,Reach,Sentiment", { Date: "07-Aug-2021 12:30PM", Headline: "水位今日", URL: "https://news.example.cn/a/5", "Opening Text": "上游连日降雨。", "Hit Sentence": "水位上涨。", Source: "某某网", Reach: "1200", Sentiment: "Negative" }, utf16);
    expect([table.profile, table.unknown, table.post]).toEqual(["Meltwater", [], expect.objectContaining({ published_ms: noon, precision: "minute", title: "水位今日", own: "水位上涨。", reads: 1200, vendor_sentiment: "Negative" })]);
  });
  it("X export with Chinese headers", async () => {
    const { post, profile, unknown } = await only("序号,ID,链接,发布日期,类型,内容,标签,语言,喜欢数,书签数,转发数,回复数,浏览量,可能敏感,用户ID,用户名,用户昵称,回复推文 ID", { ID: "1423862400000000001", 链接: "https://x.com/stone/status/1423862400000000001", 发布日期: "2021-08-07 12:30:00", 内容: "河水又涨了", 喜欢数: "5", 转发数: "3", 回复数: "4", 浏览量: "1.2万", 用户ID: "1000000001", 用户昵称: "石头" });
    expect([profile, unknown, post]).toEqual(["X（推特）导出", [], expect.objectContaining({ id: "twitter:1423862400000000001", platform: "twitter", published_ms: noon, likes: 5, reposts: 3, comments: 4, reads: 12_000 })]);
  });
  it("repost set and SocialTwin", async () => {
    const set = await only("原文链接,原创/转发,标题,原文作者,全文内容,根标题,根微博作者,原微博内容,发布时间,转发数,评论数,点赞数,用户认证,用户总评论数,用户总转发数,用户总点赞数", { 原文链接: "https://weibo.com/1/b", "原创/转发": "转发", 标题: "当心", 原文作者: "溪边的石头", 全文内容: "当心", 原微博内容: "汛期通告", 发布时间: "2021-08-07 12:30", 转发数: "0", 用户认证: "黄V" });
    expect([set.profile, set.unknown, set.post]).toEqual(["微博传播导出", [], expect.objectContaining({ kind: "repost", own: "当心", title: null, quoted: "汛期通告", author_type: "celebrity", reposts: 0, comments: null })]);
    const twin = await only("原创/转发,日期,原微博内容,全文内容,转发数,评论数,点赞数,话题,图文识别,涉及行业,微博情绪", { "原创/转发": "原创", 日期: "2021-08-07 12:30", 全文内容: "水位今日", 微博情绪: "愤怒" });
    expect([twin.profile, twin.unknown, twin.post]).toEqual(["微博传播导出", [], expect.objectContaining({ kind: "original", platform: "weibo", vendor_emotion: "愤怒" })]);
  });
  it("a department's contract (CWH), each name of it", async () => {
    const names: Record<string, string[]> = {
      platform: ["平台", "渠道", "来源平台", "平台名称", "媒体平台"], media_type: ["来源类型", "媒体类型", "信息类型"], title: ["标题", "文章标题", "信息标题"], text: ["内容", "正文", "摘要", "评论内容", "评论原文", "全文内容", "微博正文", "微博内容"],
      url: ["链接", "原文链接", "发布地址", "URL", "url地址", "原文地址", "原文/评论链接"], time: ["发布时间", "日期", "时间", "发布日期", "完整日期"], reads: ["传播量", "阅读量", "浏览量", "播放量", "热度", "在看量", "阅读数/浏览热度"], comments: ["评论量", "评论数", "精选评论量", "评"],
      likes: ["点赞数", "点赞", "赞"], reposts: ["转发数", "转发", "转"], vendor_sentiment: ["情感", "情感倾向", "情感属性"], vendor_sensitivity: ["属性", "信息属性"], author_name: ["账号", "作者", "昵称", "原文作者", "评论作者", "用户昵称"], site: ["来源网站", "网站", "网站名称", "媒体名称"],
    };
    for (const [column, headers] of Object.entries(names)) {
      for (const header of headers) {
        const table = [header, ...(column === "text" ? [] : ["正文内容"])];
        const { summary } = await importAll(scratch(csvText(table, [table.map(() => "水位")])));
        expect(summary.headers[0], header).toMatchObject({ column });
      }
    }
    for (const ignored of ["子事件", "子议题", "议题", "事件名称"]) expect((await importAll(scratch(csvText([ignored, "正文"], [["甲", "乙"]])))).summary.headers[0]).toEqual({ header: ignored, column: null, known: true });
  });
  it("workbook of a contract: sheets with posts are read, word lists are left out", async () => {
    const header = ["ID", "子事件", "平台", "标题", "内容", "链接", "发布时间", "传播量", "情感"];
    const row = ["1", "涨水", "微博", "", "河水又涨了", "https://weibo.com/1/c", "2021-08-07 12:30", "12", "负面"];
    const { posts, summary } = await importAll(scratch(workbookOf([{ name: "关键词", rows: [["关键词"], ["涨水"]] }, { name: "总事件", rows: [header, row] }, { name: "子事件1", rows: [header, row] }, { name: "词云", rows: [["词", "次数"], ["水", "9"]] }]), "cwh.xlsx"));
    expect([posts.map(({ id }) => id), summary.skippedSheets]).toEqual([["https://weibo.com/1/c", "https://weibo.com/1/c"], ["关键词", "词云"]]);
  });
  it("JSON array of the same columns", async () => {
    const { posts } = await importAll(scratch(jsonText(["发布时间", "正文", "平台"], [["2021-08-07 12:30", "水位", "微博"]]), "t.json"));
    expect(posts[0]).toMatchObject({ platform: "weibo", published_ms: noon, own: "水位" });
  });
});
