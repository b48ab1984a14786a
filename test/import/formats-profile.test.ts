import { describe, expect, it } from "vitest";
import { planColumns } from "../../pipeline/import/posts/headers.ts";
import { importFile } from "../../pipeline/import/import.ts";
import { profileText, readProfile } from "../../pipeline/import/posts/profile.ts";
import { importAll, scratch } from "./import-all.ts";
import { csvText } from "./tables.ts";

/** The plan of a header, and the plan of the same header under the profile saved from it. */
function again(header: string[], sample: string[][] = []): [unknown, unknown] {
  const plan = planColumns(header, sample, { columns: {} }, "test");
  const saved = readProfile(scratch(profileText(plan, header, "某部门导出"), "saved.yaml"));
  return [plan, planColumns(header, sample, saved, "test")];
}
const sorted = (plan: unknown): unknown => ({ ...(plan as object), columns: [...(plan as { columns: Map<string, number[]> }).columns].sort(([a], [b]) => (a < b ? -1 : 1)) });

describe("a saved profile", () => {
  it("gives the same plan again", () => {
    const tables: [string[], string[][]][] = [
      [["标题／微博内容", "全文内容", "原微博内容", "来源网站", "媒体类型", "日期"], []],
      [["正文", "来源", "时间"], [["a", "新浪微博", ""], ["b", "某某网", ""]]],
      [["用户", "评论"], [["甲", "不错"], ["乙", "太差了"]]],
      [["微博id", "标签", "微博正文", "评论者昵称", "评论者性别", "评论者所在地", "comments", "评论发布时间"], []],
      [["user_id", "nickname", "fans", "follows", "interaction", "tag_list"], []],
      [["正文", "正文#2", "constructor", "a: b", "# c", "'d\"", "- e", "null", "@用户", "换\n行"], []],
    ];
    for (const [header, sample] of tables) {
      const [first, second] = again(header, sample);
      expect(sorted(second), header.join()).toEqual(sorted(first));
    }
  });
  it("of an imported file, with headers that only the caller knows", async () => {
    const table = csvText(["wenben", "riqi", "ren"], [["河水又涨了", "2021-08-07 12:30", "溪边的石头"]]);
    const file = importFile(scratch(table), 0, { utcOffsetMs: 0, key: "test", privacy: "masked", columns: { text: "wenben", time: "riqi", author_name: "ren" } });
    for await (const _ of file) void _;
    const text = file.profileText("某部门导出")!;
    expect(text).toBe('# "wenben", "riqi", "ren"\nname: 某部门导出\ncolumns:\n  text: wenben\n  time: riqi\n  author_name: ren\n');
    const profile = scratch(text, "department.yaml");
    expect((await importAll(scratch(table), { profile })).posts[0]).toMatchObject({ own: "河水又涨了", precision: "minute", author_name: "溪***头" });
  });
  it("says what rows are and where they come from, unless a row says otherwise", async () => {
    const profile = scratch("platform: douyin\nkind: comment\ncolumns:\n  text: [wenben, 摘要]\n  likes: null\n", "comments.yaml");
    const { posts } = await importAll(scratch(csvText(["wenben", "摘要", "平台", "点赞数"], [["", "甲", "", "5"], ["乙", "", "快手", "6"]])), { profile });
    expect(posts.map(({ own, platform, kind, likes }) => [own, platform, kind, likes])).toEqual([["甲", "douyin", "comment", null], ["乙", "kuaishou", "comment", null]]);
  });
  it("with a slip in it is refused", async () => {
    for (const text of ["platfrom: weibo\n", "kind: posts\n", "columns:\n  text: []\n"]) {
      await expect(importAll(scratch(csvText(["正文"], [["a"]])), { profile: scratch(text, "slip.yaml") }), text).rejects.toMatchObject({ exit: 2 });
    }
  });
});

describe("a post without id and URL", () => {
  const table = (...rows: string[][]): string => scratch(csvText(["昵称", "发布时间", "正文"], rows));
  it("is told by author, time and words: a night's file that overlaps the last adds nothing twice", async () => {
    const rows = [["溪边的石头", "2021-08-07 12:30", "河水又涨了"], ["山间的风", "2021-08-07 12:30", "河水又涨了"], ["溪边的石头", "2021-08-07 12:31", "河水又涨了"], ["溪边的石头", "2021-08-07 12:30", "河水退了"]];
    const first = await importAll(table(...rows));
    const second = await importAll(table(...rows.slice(1), ["山间的风", "2021-08-08 09:00", "天晴"]));
    const ids = [...first.posts, ...second.posts].map(({ id }) => id);
    expect([ids.length, new Set(ids).size]).toEqual([8, 5]);
    expect(first.summary.suspicions.find(({ code }) => code === "ID_FROM_CONTENT")?.count).toBe(4);
  });
  it("is told by its place when one of the three is unknown, or the time only to the day", async () => {
    const { posts } = await importAll(table(["", "2021-08-07 12:30", "甲"], ["溪边的石头", "", "甲"], ["溪边的石头", "2021-08-07", "甲"]));
    expect(posts.map(({ id }) => id)).toEqual(["row:0:2", "row:0:3", "row:0:4"]);
  });
  it("sorts alike under every key, and does not show the author", async () => {
    const path = table(["溪边的石头", "2021-08-07 12:30", "河水又涨了"]);
    const [a, b] = [await importAll(path, { key: "one" }), await importAll(path, { key: "two" })].map(({ posts }) => posts[0]!.id!);
    expect([a!.slice(0, 22) === b!.slice(0, 22), a === b]).toEqual([true, false]);
  });
});
