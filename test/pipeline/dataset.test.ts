import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { encodeGb18030 } from "../../data/samples/gb18030.ts";
import { eventSchema, runSchema } from "../../pipeline/config.ts";
import { addToDataset, type Manifest } from "../../pipeline/dataset.ts";
import { importFile } from "../../pipeline/import/import.ts";
import { expandInputs, inputOf } from "../../pipeline/import/open/inputs.ts";
import { Output } from "../../pipeline/output.ts";
import { workbookOf } from "../import/tables.ts";
import type { Post } from "../../pipeline/schema.ts";

const folder = mkdtempSync(join(tmpdir(), "yuqing-dataset-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const event = eventSchema.parse({});
const key = new Uint8Array(32);

async function add(out: string, file: string, content: string, privacy: "masked" | "internal" = "masked") {
  writeFileSync(join(folder, file), content);
  const output = new Output(join(folder, out));
  const made = await addToDataset({ folder: join(folder, out), inputs: [inputOf(join(folder, file))], event, config: runSchema.parse({ privacy }), key, output, onReject: () => {} });
  output.commit();
  return made;
}
const lines = (out: string) => readFileSync(join(folder, out, "posts.jsonl"), "utf8").trim().split("\n").map((line) => JSON.parse(line) as Post);
const manifest = (out: string) => JSON.parse(readFileSync(join(folder, out, "import.json"), "utf8")) as Manifest;

const header = "mid,平台,作者,发布时间,正文,转发数,点赞数,ip属地\n";
const first = `${header}4900000000000001,微博,山间的风,2025-03-01 08:00,工厂的回应太慢了 13800001111,3,1,\n4900000000000002,微博,小河,2025-03-01 09:00,等一个说法,0,,浙江\n`;
const second = `${header}4900000000000001,微博,山间的风,2025-03-01 08:00,工厂的回应太慢了 13800001111,8,,广东\n4900000000000003,微博,白鹭,2025-03-02 09:00,终于通报了,1,1,\n`;

it("adds a night that overlaps the last: the same post once, greatest counts, gaps filled, places kept", async () => {
  expect(await add("nights", "one.csv", first)).toMatchObject({ posts: 2, record: { read: 2, added: 2, merged: 0, rejected: 0 } });
  expect(await add("nights", "two.csv", second)).toMatchObject({ posts: 3, record: { read: 2, added: 1, merged: 1, rejected: 0 } });
  const [a, b, c] = lines("nights");
  expect(a).toMatchObject({ id: "weibo:4900000000000001", reposts: 8, likes: 1, region_ip: "广东", source: "one.csv", source_line: 2 });
  expect(b).toMatchObject({ id: "weibo:4900000000000002", likes: null, source: "one.csv", source_line: 3 });
  expect(c).toMatchObject({ id: "weibo:4900000000000003", source: "two.csv", source_line: 3 });
  expect(manifest("nights").imports.map(({ files }) => files.map(({ name }) => name))).toEqual([["one.csv"], ["two.csv"]]);
});

it("changes nothing but the record when the same file comes again", async () => {
  await add("again", "one.csv", first);
  const before = readFileSync(join(folder, "again", "posts.jsonl"));
  expect(await add("again", "one.csv", first)).toMatchObject({ posts: 2, record: { added: 0, merged: 2 } });
  expect(readFileSync(join(folder, "again", "posts.jsonl"))).toEqual(before);
});

it("knows a row without id, time or author again by file and line only", async () => {
  const bare = "正文\n今天的雨真大\n今天的雨真大\n";
  expect(await add("bare", "bare.csv", bare)).toMatchObject({ posts: 2 });
  expect(await add("bare", "bare.csv", bare)).toMatchObject({ posts: 2 });
  expect(await add("bare", "other.csv", `${bare}又一天\n`)).toMatchObject({ posts: 5 });
});

it("reads its own posts.jsonl back to the same posts", async () => {
  await add("round", "one.csv", first, "internal");
  const read = async (path: string) => {
    const posts: Post[] = [];
    for await (const batch of importFile(join(folder, path), 0, { utcOffsetMs: 8 * 3_600_000, key, privacy: "internal" })) posts.push(...batch.posts);
    return posts;
  };
  const place = { file: 0, line: 0, source: null, source_line: null };
  const original = (await read("one.csv")).map((post) => ({ ...post, ...place }));
  expect((await read("round/posts.jsonl")).map((post) => ({ ...post, ...place }))).toEqual(original);
});

it("masks numbers and names, and lets only the owner read", async () => {
  await add("masked", "one.csv", first);
  expect(lines("masked")[0]!.own).toBe("工厂的回应太慢了 138****1111");
  expect(lines("masked")[0]!.author_name).toBe("山***风");
  expect(statSync(join(folder, "masked", "posts.jsonl")).mode & 0o777).toBe(0o600);
});

it("A6: one folder with the same 1,000 posts as UTF-8, GB18030, UTF-16, XLSX and JSONL: 1,000 posts, 5,000 rows read, 4,000 merged", async () => {
  const inbox = join(folder, "five");
  mkdirSync(inbox);
  const names = ["mid", "平台", "作者", "发布时间", "正文", "点赞数"];
  const posts = Array.from({ length: 1000 }, (_, i) => [`49000000000${10_000 + i}`, "微博", `山间的风${i % 300}`, `2025-03-0${1 + (i % 7)} 10:${String(i % 60).padStart(2, "0")}`, `第${i}位住户说：等一个说法😡，已经${i % 9}天了`, String(i)]);
  const csv = [names, ...posts].map((cells) => cells.join(",")).join("\n");
  writeFileSync(join(inbox, "a.csv"), csv);
  writeFileSync(join(inbox, "b.csv"), encodeGb18030(csv));
  writeFileSync(join(inbox, "c.csv"), Buffer.from(`\ufeff${csv}`, "utf16le"));
  writeFileSync(join(inbox, "d.xlsx"), workbookOf([{ name: "Sheet1", rows: [names, ...posts] }]));
  writeFileSync(join(inbox, "e.jsonl"), posts.map((cells) => JSON.stringify(Object.fromEntries(cells.map((cell, i) => [names[i]!, cell])))).join("\n"));
  const { inputs } = await expandInputs([inbox]);
  const output = new Output(join(folder, "six"));
  const { record } = await addToDataset({ folder: join(folder, "six"), inputs, event, config: runSchema.parse({}), key, output, onReject: () => {} });
  output.commit();
  expect(record.files.map(({ name, encoding, read }) => [name, encoding, read])).toEqual([["a.csv", "utf-8", 1000], ["b.csv", "gb18030", 1000], ["c.csv", "utf-16le", 1000], ["d.xlsx", "", 1000], ["e.jsonl", "utf-8", 1000]]);
  expect(record).toMatchObject({ read: 5000, added: 1000, merged: 4000, rejected: 0 });
  expect(lines("six").map(({ own, likes }) => [own, likes])).toEqual(posts.map((cells) => [cells[4], Number(cells[5])]));
});

it("refuses a dataset that was altered by hand, and leaves it", async () => {
  await add("altered", "one.csv", first);
  const path = join(folder, "altered", "posts.jsonl");
  const broken = readFileSync(path, "utf8").replace('"kind":"original"', '"kind":"novel"');
  writeFileSync(path, broken);
  await expect(add("altered", "two.csv", second)).rejects.toMatchObject({ code: "DATASET_ALTERED", exit: 2 });
  expect(readFileSync(path, "utf8")).toBe(broken);
});
