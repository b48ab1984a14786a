import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { authorOfPath } from "../../pipeline/import/posts/author.ts";
import { Pseudonyms } from "../../pipeline/import/privacy/privacy.ts";
import { importAll, scratch } from "./import-all.ts";
import { csvText, jsonText, workbookOf } from "./tables.ts";

const author = (id: string): string => new Pseudonyms("test").of(`weibo\u0000${id}`);
/** 2021-08-07 12:30 +08:00. */
const noon = Date.UTC(2021, 7, 7, 4, 30);

/** The six headers that weibo-search has written (formats.md §2), oldest first. */
const base = ["id", "bid", "user_id", "用户昵称", "微博正文", "发布位置", "艾特用户", "话题", "转发数", "评论数", "点赞数", "发布时间", "发布工具", "微博图片url", "微博视频url"];
const withArticle = [...base.slice(0, 5), "头条文章url", ...base.slice(5), "retweet_id"];
const search: string[][] = [base, [...base, "retweet_id"], withArticle, [...withArticle, "ip"], [...withArticle, "ip", "user_authentication"], [...withArticle, "ip", "user_authentication", "会员类型", "会员等级"]];
const searchCells: Record<string, string> = { id: "4667000000000001", bid: "KsAbc0001", user_id: "1000000001", 用户昵称: "溪边的石头", 微博正文: "河水又涨了", 发布位置: "杭州·西湖", 艾特用户: "", 话题: "汛期", 转发数: "3", 评论数: "4", 点赞数: "5", 发布时间: "2021-08-07 12:30", 发布工具: "iPhone客户端", retweet_id: "", ip: "浙江", user_authentication: "黄V", 会员类型: "", 会员等级: "0" };
const searchRow = (header: readonly string[], cells: Record<string, string> = {}): string[] => header.map((name) => ({ ...searchCells, ...cells })[name] ?? "");
const codes = ({ suspicions }: { suspicions: { code: string; count: number }[] }): (string | number)[][] => suspicions.filter(({ code }) => code === "ROW_REALIGNED").map(({ code, count }) => [code, count]);

describe("weibo-search", () => {
  for (const [i, header] of search.entries()) {
    it(`header ${i + 1} of 6: ${header.length} columns`, async () => {
      const { posts, rejects, summary } = await importAll(scratch(csvText(header, [searchRow(header)])));
      expect([summary.profile, rejects, summary.formatNote?.zh.includes("IP")]).toEqual(["weibo-search", [], true]);
      expect(posts[0]).toMatchObject({ id: "weibo:4667000000000001", kind: "original", own: "河水又涨了", published_ms: noon, precision: "minute", author: author("1000000001"), author_type: i >= 4 ? "celebrity" : null, region_ip: i >= 3 ? "浙江" : null, region_profile: null, reposts: 3, comments: 4, likes: 5 });
    });
    it(`header ${i + 1}, appended to by each of the six versions`, async () => {
      const rows = search.map((version, j) => searchRow(version, { id: `466700000000000${j}` }));
      const { posts, rejects, summary } = await importAll(scratch(csvText(header, [searchRow(header), ...rows])));
      expect(rejects).toEqual([]);
      for (const [j, post] of posts.slice(1).entries()) expect(post, `version ${j + 1}`).toMatchObject({ id: `weibo:466700000000000${j}`, own: "河水又涨了", published_ms: noon, reposts: 3, comments: 4, likes: 5, region_ip: j >= 3 ? "浙江" : null, author_type: j >= 4 ? "celebrity" : null });
      expect(summary.headers.length).toBe(i < 2 ? 21 : Math.max(header.length, 21));
      expect(codes(summary)[0]![0]).toBe("ROW_REALIGNED");
    });
  }
  it("header written again by a newer version is no post, and its rows are read", async () => {
    const text = csvText(search[2]!, [searchRow(search[2]!)]) + csvText(search[5]!, [searchRow(search[5]!, { id: "4667000000000002" })], "");
    const { posts, rejects } = await importAll(scratch(text));
    expect([posts.map(({ id, author_type }) => [id, author_type]), rejects.map(({ code, line }) => [code, line])]).toEqual([[["weibo:4667000000000001", null], ["weibo:4667000000000002", "celebrity"]], [["HEADER_REPEATED", 3]]]);
  });
  it("rows that values do not prove are rejected: an unquoted comma is no newer version", async () => {
    const row = searchRow(search[2]!);
    const broken = [...row.slice(0, 4), "河水", "又涨了", ...row.slice(5)];
    const { posts, rejects } = await importAll(scratch(csvText(search[2]!, [row, broken, row.slice(0, 16)])));
    expect([posts.length, rejects.map(({ code, detail }) => [code, detail])]).toEqual([1, [["ROW_LONG", "18 / 17"], ["ROW_SHORT", "16 / 17"]]]);
  });
  it("repost is linked to its original, which stands in a row of its own", async () => {
    const header = search[5]!;
    const { posts } = await importAll(scratch(csvText(header, [searchRow(header, { id: "4667000000000002", 微博正文: "转发微博", retweet_id: "4667000000000001" }), searchRow(header, { ip: "", user_authentication: "" })])));
    expect(posts.map(({ kind, root, own, depth }) => [kind, root, own, depth])).toEqual([["repost", "weibo:4667000000000001", null, 1], ["original", null, "河水又涨了", 0]]);
  });
  it("types its authors by the colour of their V", async () => {
    const header = search[5]!;
    const labels: [string, string | null][] = [["蓝V", "institution"], ["黄V", "celebrity"], ["红V", "celebrity"], ["金V", "celebrity"], ["普通用户", "ordinary"], ["", null]];
    const { posts } = await importAll(scratch(csvText(header, labels.map(([label]) => searchRow(header, { user_authentication: label })))));
    expect(posts.map(({ author_type }) => author_type)).toEqual(labels.map(([, type]) => type));
  });
  it("table of its database", async () => {
    const header = "id,bid,user_id,screen_name,text,article_url,topics,at_users,pics,video_url,location,created_at,source,attitudes_count,comments_count,reposts_count,retweet_id,ip,user_authentication,vip_type,vip_level".split(",");
    const cells: Record<string, string> = { id: "4667000000000001", user_id: "1000000001", text: "河水又涨了", created_at: "2021-08-07 12:30", attitudes_count: "5", comments_count: "4", reposts_count: "3", ip: "浙江", user_authentication: "蓝V" };
    const { posts, summary } = await importAll(scratch(csvText(header, [header.map((name) => cells[name] ?? "")])));
    expect([summary.profile, posts[0]]).toEqual(["weibo-search 数据库", expect.objectContaining({ id: "weibo:4667000000000001", kind: "original", published_ms: noon, likes: 5, comments: 4, reposts: 3, region_ip: "浙江", author_type: "institution" })]);
  });
});

/** The headers that weibo-crawler has written (formats.md §3), oldest first. */
const crawler = [
  "id,正文,原始图片url,位置,日期,工具,点赞数,评论数,转发数,话题,@用户",
  "id,正文,原始图片url,视频url,位置,日期,工具,点赞数,评论数,转发数,话题,@用户",
  "id,bid,正文,原始图片url,视频url,位置,日期,工具,点赞数,评论数,转发数,话题,@用户",
  "id,bid,正文,头条文章url,原始图片url,视频url,位置,日期,工具,点赞数,评论数,转发数,话题,@用户",
  "id,bid,正文,头条文章url,原始图片url,视频url,位置,日期,工具,点赞数,评论数,转发数,话题,@用户,完整日期",
  "id,bid,正文,头条文章url,原始图片url,视频url,Live Photo视频url,位置,日期,工具,点赞数,评论数,转发数,话题,@用户,完整日期",
  "id,bid,正文,头条文章url,原始图片url,视频url,Live Photo视频url,位置,日期,工具,点赞数,评论数,转发数,话题,@用户,完整日期,是否编辑过,编辑次数",
].map((names) => names.split(","));
const crawlerCells: Record<string, string> = { id: "4667000000000001\t", bid: "KsAbc0001", 正文: "河水又涨了", 位置: "杭州", 日期: "2021-08-07T12:30:00", 工具: "iPhone客户端", 点赞数: "5", 评论数: "4", 转发数: "3", 完整日期: "2021-08-07 12:30:00", 是否编辑过: "False", 编辑次数: "0" };
const crawlerRow = (header: readonly string[]): string[] => header.map((name) => crawlerCells[name] ?? "");
const rootRow = (header: readonly string[]): string[] => header.map((name) => ({ ...crawlerCells, id: "4666000000000009\t", 正文: "汛期通告" })[name] ?? "");
const withBlock = (header: readonly string[]): string[] => [...header, "是否原创", "源用户id", "源用户昵称", ...header.map((name) => `源微博${name}`)];
const llm = "{'sentiment': '消极', 'summary': '涨水, 注意', 'anomaly': '正常'}";
const after = (row: readonly string[], header: readonly string[], added: string): string[] => row.flatMap((cell, i) => (header[i] === "@用户" ? [cell, added] : [cell]));
const original = { id: "weibo:4667000000000001", platform: "weibo", kind: "original", own: "河水又涨了", root: null, published_ms: noon, precision: "second", reposts: 3, comments: 4, likes: 5, region_ip: null, region_profile: null };
const repost = { id: "weibo:4667000000000001", kind: "repost", root: "weibo:4666000000000009", quoted: "汛期通告", published_ms: noon, reposts: 3, comments: 4, likes: 5 };

describe("weibo-crawler", () => {
  for (const [i, header] of crawler.entries()) {
    it(`header ${i + 1} of 7: ${header.length} columns, with and without reposts`, async () => {
      const plain = await importAll(scratch(csvText(header, [crawlerRow(header)])));
      expect([plain.summary.profile, plain.rejects, plain.posts]).toEqual(["weibo-crawler", [], [expect.objectContaining(original)]]);
      const full = withBlock(header);
      const rows = [[...crawlerRow(header), "True"], [...crawlerRow(header), "False", "2000000002", "水文站", ...rootRow(header)]];
      const ragged = await importAll(scratch(csvText(full, rows)));
      expect([ragged.rejects, ragged.posts]).toEqual([[], [expect.objectContaining(original), expect.objectContaining(repost)]]);
    });
    it(`header ${i + 1}, appended to by every version`, async () => {
      const { posts, rejects } = await importAll(scratch(csvText(withBlock(header), crawler.flatMap((version) => [[...crawlerRow(version), "True"], [...crawlerRow(version), "False", "2000000002", "水文站", ...rootRow(version)]]))));
      expect(rejects).toEqual([]);
      for (const [j, post] of posts.entries()) expect(post, `row ${j + 1}`).toMatchObject(j % 2 === 0 ? original : repost);
    });
  }
  it("with the LLM option: the cell without a header is dropped, from the original and from the post reposted", async () => {
    const header = crawler[6]!;
    const full = withBlock(header);
    const rows = [[...after(crawlerRow(header), header, llm), "True"], [...after(crawlerRow(header), header, llm), "False", "2000000002", "水文站", ...after(rootRow(header), header, llm)], [...crawlerRow(header), "False", "2000000002", "水文站", ...after(rootRow(header), header, llm)]];
    const { posts, rejects, summary } = await importAll(scratch(csvText(full, rows)));
    expect([rejects, posts]).toEqual([[], [expect.objectContaining(original), expect.objectContaining(repost), expect.objectContaining(repost)]]);
    expect(codes(summary)).toEqual([["ROW_REALIGNED", 3]]);
    const alone = await importAll(scratch(csvText(header, [after(crawlerRow(header), header, llm), after(crawlerRow(header), header, "别的东西")])));
    expect([alone.posts, alone.rejects.map(({ code }) => code)]).toEqual([[expect.objectContaining(original)], ["ROW_LONG"]]);
  });
  it("takes the author from the path, and its accounts agree", async () => {
    const path = join(dirname(scratch("")), "溪边的石头", "1000000001.csv");
    mkdirSync(dirname(path));
    writeFileSync(path, csvText(crawler[6]!, [crawlerRow(crawler[6]!)]));
    expect((await importAll(path)).posts[0]).toMatchObject({ author: author("1000000001"), author_name: "溪***头" });
    const users = ["用户id", "昵称", "性别", "生日", "所在地", "IP属地", "学习经历", "公司", "注册时间", "阳光信用", "微博数", "粉丝数", "关注数", "简介", "主页", "头像", "高清头像", "微博等级", "会员等级", "是否认证", "认证类型", "认证信息", "上次记录微博信息"];
    const cells: Record<string, string> = { 用户id: "1000000001", 昵称: "溪边的石头", 所在地: "浙江 杭州", IP属地: "IP属地：浙江", 粉丝数: "1.5万", 是否认证: "True", 认证类型: "3", 认证信息: "某某日报官方微博", 简介: "正文在此" };
    const { accounts, posts, rejects, summary } = await importAll(scratch(csvText(users, [users.map((name) => cells[name] ?? ""), users.map(() => "")]), "users.csv"));
    expect([summary.profile, posts, accounts, rejects.map(({ code }) => code)]).toEqual(["weibo-crawler 账号", [], [{ author: author("1000000001"), author_type: "media", followers: 15_000, region_ip: "浙江", region_profile: "浙江" }], ["NO_AUTHOR"]]);
  });
  it("names no author when the file is not called after one", () => {
    for (const path of ["微博/export.csv", "/data/12.csv", "20240801.txt"]) expect(authorOfPath(path), path).toBe(null);
    expect(authorOfPath("weibo/1000000001/1000000001.csv.gz")).toEqual({ id: "1000000001", name: null });
    expect(authorOfPath("C:\\weibo\\某某\\1000000001.csv")).toEqual({ id: "1000000001", name: "某某" });
  });
  it("comments, and the JSON of one user", async () => {
    const header = "id,weibo_id,created_at,user_screen_name,text,pic_url,like_count".split(",");
    const comments = await importAll(scratch(csvText(header, [["4668000000000001", "4667000000000001", "Sat Aug 07 12:30:00 +0800 2021", "山间的风", "注意安全", "", "2"]])));
    expect([comments.summary.profile, comments.posts[0]]).toEqual(["weibo-crawler 评论", expect.objectContaining({ id: "weibo:4668000000000001", kind: "comment", root: "weibo:4667000000000001", published_ms: noon, likes: 2 })]);
    const weibo = [{ user_id: 1000000001, screen_name: "溪边的石头", id: 4667000000000001, bid: "K", text: "河水又涨了", location: "", created_at: "2021-08-07T12:30:00", source: "w", attitudes_count: 5, comments_count: 4, reposts_count: 3, topics: "", at_users: "", full_created_at: "2021-08-07 12:30:00" }, { user_id: 1000000001, screen_name: "溪边的石头", id: 4667000000000003, bid: "L", text: "转发微博", created_at: "2021-08-07T12:30:00", attitudes_count: 0, comments_count: 0, reposts_count: 0, retweet: { id: 4666000000000009, text: "汛期通告" } }];
    const { posts, summary } = await importAll(scratch(JSON.stringify({ user: { id: "1000000001", screen_name: "溪边的石头" }, weibo }), "1000000001.json"));
    expect([summary.profile, posts]).toEqual(["weibo-crawler JSON", [expect.objectContaining({ ...original, author: author("1000000001") }), expect.objectContaining({ id: "weibo:4667000000000003", kind: "repost", root: "weibo:4666000000000009", quoted: "汛期通告" })]]);
  });
});

describe("lavector", () => {
  const header = ["类型", "用户", "省份", "时间", "转发数", "评论数", "点赞数", "情感指数", "发布来源", "标题", "链接", "原文内容", "内容"];
  const line = (text: string, time = "2021-08-07"): string => `原创,溪边的石头,浙江,${time},3,4,5,0.2,微博,汛期,https://weibo.com/1/a,${text}\n`;
  const file = (...lines: string[]): string => scratch(`${header.join(",")}\n${lines.join("")}`);
  it("rows of 12 cells are one text twice without the comma between, commas in it or not", async () => {
    const { posts, rejects } = await importAll(file(line("河水又涨了河水又涨了"), line("河水,又涨了,河水,又涨了,"), line("河水又涨了,河水又涨了")));
    expect([posts.map(({ own, likes, url }) => [own, likes, url]), rejects]).toEqual([[["河水又涨了", 5, "https://weibo.com/1/a"], ["河水,又涨了,", 5, "https://weibo.com/1/a"], ["河水又涨了", 5, "https://weibo.com/1/a"]], []]);
  });
  it("others cannot be told apart and are rejected", async () => {
    const { posts, rejects } = await importAll(file(line("通告：涨水转发一下"), line("甲甲", "不是时间")));
    expect([posts, rejects.map(({ code, detail }) => [code, detail])]).toEqual([[], [["ROW_SHORT", "12 / 13"], ["ROW_SHORT", "12 / 13"]]]);
  });
});

it("a workbook's rows end where their last value stands: nothing is realigned", async () => {
  const header = search[5]!;
  const { posts, rejects, summary } = await importAll(scratch(workbookOf([{ name: "a", rows: [header, searchRow(header, { ip: "", user_authentication: "", 会员等级: "" })] }]), "a.xlsx"));
  expect([posts.length, rejects, codes(summary)]).toEqual([1, [], []]);
  expect((await importAll(scratch(jsonText(header, [searchRow(header)]), "a.json"))).posts[0]).toMatchObject({ id: "weibo:4667000000000001", region_ip: "浙江" });
});
