import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { loadResources, scoreText } from "../../analyzers/post/index.ts";
import { root } from "../../pipeline/paths.ts";
import { fixture, importAll, scratch } from "./import-all.ts";

describe("D8: a post of a million characters", () => {
  const resources = loadResources([]);
  for (const unit of ["今天天气真好，我们去公园玩。", "a", "[doge]", "@张三 //@李四:", "1", "😀", "#话题#"]) {
    it(`made of ${unit} is read and scored`, async () => {
      const text = unit.repeat(Math.floor(999_000 / unit.length));
      const { posts, rejects } = await importAll(scratch(`正文,发布时间\n"${text}",2024-01-01\n`));
      expect([posts.length, rejects.length]).toEqual([1, 0]);
      expect(scoreText(posts[0]!.own ?? "", resources).err).toBeNull();
    });
  }
});

describe("D10: names of Object.prototype", () => {
  const before = Object.getOwnPropertyNames(Object.prototype).sort();
  const unchanged = (): void => {
    expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(before);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  };
  const names = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "valueOf"];
  it("as CSV headers are columns like others", async () => {
    const { posts, summary } = await importAll(scratch(`${names.join(",")},正文,地区,认证类型\n1,2,3,4,5,6,甲,constructor,__proto__\n`));
    expect([posts[0]!.own, posts[0]!.region_ip, posts[0]!.region_profile, posts[0]!.author_type]).toEqual(["甲", null, null, null]);
    expect(summary.headers.slice(0, 6)).toEqual(names.map((header) => ({ header, column: null, known: false })));
    unchanged();
  });
  it("as JSON keys and values are data", async () => {
    const lines = ['{"text":"甲","__proto__":{"polluted":1}}', '{"text":"乙","constructor":{"prototype":{"polluted":1}}}', '{"__proto__":"x","toString":"y","text":"丙"}', '{"text":"__proto__","platform":"constructor","user":{"__proto__":{"polluted":1}}}'];
    const { posts, rejects } = await importAll(scratch(lines.join("\n"), "proto.jsonl"));
    expect([posts.map(({ own }) => own), rejects.length]).toEqual([["甲", "乙", "丙", "__proto__"], 0]);
    unchanged();
  });
  it("read by a process that throws at every use of __proto__", () => {
    const table = scratch(`${names.join(",")},正文\n1,2,3,4,5,6,甲\n`);
    const lines = scratch('{"text":"乙","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}\n', "proto-throws.jsonl");
    const child = `import { importFile } from "./pipeline/import/import.ts";
      for (const path of ${JSON.stringify([table, lines])}) for await (const { posts } of importFile(path, 0, { utcOffsetMs: 0, key: "test", privacy: "masked" })) console.log(posts.map(({ own }) => own).join());
      try { void {}.__proto__; } catch { console.log("throws"); }`;
    const said = execFileSync(process.execPath, ["--disable-proto=throw", "--import", "tsx", "--input-type=module", "--eval", child], { cwd: root, encoding: "utf8" });
    expect(said.split("\n")).toEqual(["甲", "乙", "throws", ""]);
  });
  it("as names of sheets and as mapped headers", async () => {
    await expect(importAll(fixture("xlsx", "proto_sheet_names.xlsx"))).rejects.toThrow("NO_TEXT_COLUMN");
    expect((await importAll(scratch("__proto__,constructor\n一段正文,2024-01-01\n"), { columns: { text: "__proto__", time: "constructor" } })).posts[0]!.own).toBe("一段正文");
    await expect(importAll(scratch("正文\n甲\n"), { columns: JSON.parse('{"__proto__":"正文"}') as Record<string, string> })).rejects.toThrow("COLUMN_UNKNOWN");
    unchanged();
  });
});

describe("D13: halves of characters", () => {
  it("in JSON become � and are counted; what leaves is valid UTF-8", async () => {
    const path = scratch('{"id":"1000001","text":"半个\\ud83d字"}\n{"id":"1000002","text":"\\ude00\\ud83d"}\n{"id":"1000003","text":"\\ud83d\\ude00"}\n', "halves.jsonl");
    const { posts, summary } = await importAll(path);
    expect(posts.map(({ own }) => own)).toEqual(["半个\ufffd字", "\ufffd\ufffd", "😀"]);
    expect(posts.every((post) => Object.values(post).every((value) => typeof value !== "string" || value.isWellFormed()))).toBe(true);
    expect(summary.suspicions.find(({ code }) => code === "LONE_SURROGATES")!.count).toBe(2);
  });
  it("made by cutting long labels are not left behind", async () => {
    const { posts } = await importAll(scratch(`正文,来源网站,情感\n甲,${"a".repeat(199)}😀,${"a".repeat(199)}😀\n`));
    expect([posts[0]!.site, posts[0]!.vendor_sentiment].map((text) => text?.isWellFormed())).toEqual([true, true]);
  });
});
