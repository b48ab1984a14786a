import { afterAll, expect, it } from "vitest";
import { clean } from "../../pipeline/clean.ts";
import { Database } from "../../pipeline/engines/duckdb.ts";
import { accountColumns, duckdbColumns } from "../../pipeline/schema.ts";
import { event, fill, post } from "../fixture.ts";

const open: Database[] = [];
afterAll(() => open.forEach((database) => database.close()));
async function filled(...input: Parameters<typeof fill>) {
  const made = await fill(...input);
  open.push(made.database);
  return made;
}
const march = (day: number, hour = 12) => Date.UTC(2025, 2, day, hour - 8);

it("merges rows of one id into the first: greatest counts, gaps filled by the first that knows, words and time of the first", async () => {
  const { database } = await filled(
    [
      post(1, { id: "weibo:1", own: "第一版", published_ms: march(3), author: "a", likes: 5, reposts: 2 }),
      post(2, { id: "weibo:1", own: "第二版", published_ms: march(4), author: "a", likes: 9, region_ip: "广东", followers: 100 }),
      post(3, { id: "weibo:1", own: "第三版", published_ms: march(5), author: "a", likes: null, region_ip: "浙江", followers: 90, comments: 1 }),
    ],
    [],
  );
  expect(await database.rows("SELECT s.row_no, m.own, s.published_ms, s.region_ip, s.followers, s.reposts, s.engagement FROM scored s JOIN merged m ON m.row_no = s.row_no")).toEqual([
    { row_no: 1, own: "第一版", published_ms: march(3), region_ip: "广东", followers: 100, reposts: 2, engagement: 2 + 9 + 1 },
  ]);
});

it("fills what a file of accounts knows, and never overwrites what the post says", async () => {
  const { database } = await filled([], []);
  await database.run("DROP VIEW merged; DROP TABLE scored; DROP TABLE sifted; DROP TABLE repeated; DROP TABLE profiles; DROP TABLE accounts");
  await database.run(`CREATE TABLE accounts (row_no BIGINT, ${duckdbColumns(accountColumns)})`);
  await database.run("INSERT INTO accounts VALUES (9, 'a', 'government', 7, '北京', NULL), (10, 'a', 'media', 8, NULL, '上海')");
  await database.run("INSERT INTO posts (row_no, id, file, line, field, kind, author, author_type, followers) VALUES (1, 'x', 0, 1, 'public', 'original', 'a', NULL, NULL), (2, 'y', 0, 2, 'public', 'original', 'a', 'ordinary', 3), (3, 'z', 0, 3, 'media', 'original', 'b', NULL, NULL)");
  await clean(database, event);
  expect(await database.rows("SELECT id, field, author_type, followers, region_ip, region_profile FROM scored ORDER BY id")).toEqual([
    { id: "x", field: "official", author_type: "government", followers: 8, region_ip: null, region_profile: "北京" },
    { id: "y", field: "public", author_type: "ordinary", followers: 3, region_ip: null, region_profile: "北京" },
    { id: "z", field: "media", author_type: null, followers: null, region_ip: null, region_profile: null },
  ]);
});

it("counts originals outside the window that posts inside refer to, and comments that find their post", async () => {
  const { database, tables } = await filled(
    [
      post(1, { id: "weibo:old", published_ms: march(1) }),
      post(2, { id: "weibo:older", published_ms: march(1) }),
      post(3, { id: "weibo:r", kind: "repost", root: "weibo:old", published_ms: march(4) }),
      post(4, { id: "weibo:new", published_ms: march(4) }),
      post(5, { id: "weibo:c1", kind: "comment", root: "weibo:new", published_ms: march(4) }),
      post(6, { id: "weibo:c2", kind: "comment", root: "weibo:gone", published_ms: march(4) }),
      post(7, { id: "weibo:c3", kind: "comment", published_ms: march(4) }),
    ],
    [],
    { ...event, window: { from: "2025-03-03" } },
  );
  expect(tables.get("links")).toEqual([{ kind: "comment", posts: 3, rooted: 2, joined: 1 }, { kind: "repost", posts: 1, rooted: 1, joined: 0 }]);
  await database.run("DROP VIEW merged; DROP TABLE scored; DROP TABLE sifted; DROP TABLE repeated; DROP TABLE profiles");
  expect(await clean(database, { ...event, window: { from: "2025-03-03" } })).toEqual([{ file: 0, kept: 5, duplicates: 0, outside: 2, outside_roots: 1 }]);
});

it("shows the row instead of an id that was made from the content, also where a repost finds it by its words", async () => {
  const { database } = await filled([post(1, { id: "text:01:ab", platform: "weibo", text_key: "k" }), post(2, { id: "text:01:ab", platform: "weibo", text_key: "k" }), post(3, { id: "x", kind: "repost", platform: "weibo", root_key: "k" })], []);
  expect(await database.rows("SELECT root FROM scored WHERE id = 'x'")).toEqual([{ root: "row:1" }]);
  expect(await database.rows("SELECT id FROM scored WHERE kind = 'original'")).toEqual([{ id: "row:1" }]);
});
