import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { YuqingError } from "../../pipeline/errors.ts";
import { fixture, importAll, scratch } from "./import-all.ts";

const codeOf = async (path: string, options = {}): Promise<string> => importAll(path, options).then(() => "ok", (error: YuqingError) => error.code ?? String(error));
const csv = "微博id,正文,发布时间\n500000000001,甲,2021-08-07 12:30\n500000000002,乙,2021-08-07 12:31\n";

/** A zstd frame of one raw block (RFC 8878): window 128 KiB, no checksum. */
function zstd(text: string): Buffer {
  const bytes = Buffer.from(text);
  const block = Buffer.alloc(3);
  block.writeUIntLE(bytes.length * 8 + 1, 0, 3);
  return Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x38]), block, bytes]);
}

describe("what a file is", () => {
  it("is decided by content: gzip and zstd, whatever the name", async () => {
    for (const [bytes, compression] of [[gzipSync(csv), "gz"], [zstd(csv), "zst"], [Buffer.concat([zstd(csv.slice(0, 40)), zstd(csv.slice(40))]), "zst"]] as const) {
      const { posts, summary } = await importAll(scratch(bytes, `${compression}-as.csv`));
      expect([posts.map(({ own }) => own), summary.compression]).toEqual([["甲", "乙"], compression]);
      expect(summary.sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
    }
  });
  it("cut off or damaged: nothing of it is used", async () => {
    const gz = gzipSync(csv.repeat(5_000));
    expect(await codeOf(scratch(gz.subarray(0, gz.length >> 1), "cut.csv.gz"))).toBe("FILE_TRUNCATED");
    expect(await codeOf(scratch(zstd(csv).subarray(0, 60), "cut.csv.zst"))).toBe("FILE_TRUNCATED");
    gz[gz.length - 6]! ^= 1;
    expect(await codeOf(scratch(gz, "crc.csv.gz"))).toBe("FILE_DAMAGED");
  });
  it("without a header that ends is refused, not taken as empty", async () => {
    const text = "正文,发布时间,".repeat(20_000);
    expect(await codeOf(scratch(text, "one-line.csv"))).toBe("HEADER_UNREADABLE");
    expect(await codeOf(scratch(`${text}\n甲,2021-08-07\n`, "long-header.csv"))).toBe("HEADER_UNREADABLE");
    expect(await codeOf(scratch('"正文,发布时间\n甲,2021-08-07\n', "unclosed.csv"))).toBe("HEADER_UNREADABLE");
    // The limit is of the header alone.
    expect(await codeOf(scratch(`正文,发布时间\n${"甲".repeat(200_000)},2021-08-07\n`, "long-row.csv"))).toBe("ok");
  });
  it("in one of two possible encodings says so", async () => {
    // C2 B7 is 路 in GB18030 and the dot of foreign names in UTF-8.
    const doubtful = Buffer.concat([Buffer.from("id,text\n1,a "), Buffer.from([0xc2, 0xb7]), Buffer.from(" b\n")]);
    const noted = (await importAll(scratch(doubtful))).summary.suspicions.find(({ code }) => code === "ENCODING_DOUBTFUL");
    expect(noted?.message.zh).toMatch(/^编码有两种可能.*（(?:utf-8 \/ gb18030|gb18030 \/ utf-8)）$/);
    expect(noted?.bends).not.toBeNull();
    for (const name of ["utf8.csv", "gb18030.csv", "utf16le_nobom.csv"]) expect((await importAll(fixture("encodings", name))).summary.suspicions.map(({ code }) => code), name).not.toContain("ENCODING_DOUBTFUL");
  });
  it("inflating a thousandfold is refused", async () => {
    expect(await codeOf(scratch(gzipSync(Buffer.concat([Buffer.from(csv), Buffer.alloc(80_000_000, 97)])), "bomb.csv.gz"))).toBe("FILE_INFLATES");
  });
  it("refuses what holds no posts, and says what it is", async () => {
    const strangers: [Buffer | string, string, string][] = [
      [Buffer.from("89504e470d0a1a0a", "hex"), "FILE_KIND", "PNG"], [Buffer.from("d0cf11e0a1b11ae1", "hex"), "FILE_KIND", "xls"], ["%PDF-1.7\n", "FILE_KIND", "PDF"], ["<!DOCTYPE html><table>", "FILE_KIND", "HTML"], ["", "FILE_EMPTY", ""], [" \n\n", "FILE_EMPTY", ""], [Buffer.alloc(3000, 1), "FILE_KIND", "binary"], [gzipSync(""), "FILE_EMPTY", ""],
    ];
    for (const [content, code, name] of strangers) {
      const error = await importAll(scratch(content, "stranger.csv")).then(() => null, (thrown: YuqingError) => thrown);
      expect([error?.code, error?.exit], name).toEqual([code, 2]);
      expect(error!.text("zh")).toContain(name);
    }
    expect(await codeOf(join(import.meta.dirname, "no-such.csv"))).toBe("FILE_MISSING");
    expect(await codeOf(import.meta.dirname)).toBe("FILE_KIND");
    expect(await codeOf("/dev/zero")).toBe("FILE_KIND");
  });
});

describe("rows", () => {
  it("ragged ones are rejected with a reason, but for the formats that write them", async () => {
    const { posts, rejects } = await importAll(scratch("id,正文,点赞数,,\n1,甲,1\n2,乙\n3,丙,1,,\n4,丁,1,,\n5,戊,1,x,y,多\n"));
    expect([posts.map(({ own }) => own), rejects.map(({ code, line, detail }) => [code, line, detail])]).toEqual([["丙", "丁"], [["ROW_SHORT", 2, "3 / 5"], ["ROW_SHORT", 3, "2 / 5"], ["ROW_LONG", 6, "6 / 5"]]]);
    const crawler = "id,正文,日期,工具,@用户,是否原创,源用户id,源微博正文\n500001,甲,2021-08-07,w,,True\n500002,乙,2021-08-07,w,,False,7,根\n500003,丙,2021-08-07,w\n";
    expect((await importAll(scratch(crawler))).posts.map(({ own, kind, quoted }) => [own, kind, quoted])).toEqual([["甲", "original", null], ["乙", "repost", "根"]]);
  });
  it("with undecodable bytes are rejected with the byte's offset", async () => {
    const { posts, rejects } = await importAll(fixture("encodings", "mixed_lines.csv"));
    expect(posts).toHaveLength(3);
    expect(rejects.map(({ code, line, lineTo, detail }) => [code, line, lineTo, detail])).toEqual([["UNDECODABLE", 3, 4, "byte 132, utf-8"], ["UNDECODABLE", 6, 6, "byte 228, utf-8"]]);
  });
  it("with a cell beyond the limit are rejected, their neighbours kept", async () => {
    const { posts, rejects } = await importAll(scratch(`id,正文\n1,甲\n2,${"长".repeat(1500)}\n3,"${"长".repeat(9000)}"\n4,丁\n`), { cellLimit: 1000 });
    expect([posts.map(({ own }) => own), rejects.map(({ code, line }) => [code, line])]).toEqual([["甲", "丁"], [["CELL_TOO_LONG", 3], ["CELL_TOO_LONG", 4]]]);
  });
  it("of a file without a header: 列N, and a guess only when one column is unmistakable", async () => {
    const rows = Array.from({ length: 9 }, (_, i) => `50000000000${i},2021-08-07,今天的天气真是非常不错第${i}天\n`).join("");
    const { posts, summary } = await importAll(scratch(rows));
    expect([posts.length, summary.suspicions.map(({ code }) => code)]).toEqual([9, expect.arrayContaining(["HEADER_GUESSED", "TIME_MISSING"])]);
    const mapped = await importAll(scratch(rows), { columns: { text: "列3", time: "列2" } });
    expect([mapped.posts[0]!.precision, mapped.summary.suspicions.map(({ code }) => code)]).toEqual(["day", ["TIME_DAY_ONLY"]]);
    expect(await codeOf(fixture("csv", "no_header.csv"))).toBe("NO_TEXT_COLUMN");
    expect(await codeOf(fixture("vendor", "team-5col-noheader.csv"))).toBe("NO_TEXT_COLUMN");
  });
  it("mapped by a saved profile; the caller's mapping wins over it", async () => {
    const profile = scratch("columns:\n  text: wenben\n  title: biaoti\n", "profile.yaml");
    const path = scratch("wenben,biaoti,other\n甲,题,乙\n");
    expect((await importAll(path, { profile })).posts[0]).toMatchObject({ own: "甲", title: "题" });
    expect((await importAll(path, { profile, columns: { text: "other" } })).posts[0]).toMatchObject({ own: "乙", title: "题" });
  });
});

describe("odd CSV files", () => {
  const expected: [string, number | string, number][] = [
    ["backslash_escape.csv", 1, 1], ["blank_lines.csv", 2, 0], ["counts.csv", 31, 0], ["ctrl_z.csv", 1, 0], ["dates.csv", 38, 0], ["dup_headers.csv", 1, 0], ["empty.csv", "FILE_EMPTY", 0], ["footer_total.csv", 1, 1], ["fullwidth_comma.csv", 1, 0], ["header_alias_clash.csv", 1, 0], ["header_only.csv", 0, 0], ["header_repeated_midfile.csv", 2, 1], ["header_trim_bom_zw.csv", 1, 0], ["ids_excel.csv", 5, 0], ["mac_cr.csv", 2, 0], ["missing_required.csv", "NO_TEXT_COLUMN", 0], ["mixed_eol.csv", 4, 0], ["no_header.csv", "NO_TEXT_COLUMN", 0], ["nul_bytes.csv", 2, 0], ["only_commas.csv", 1, 1], ["pipe.csv", 1, 0], ["preamble.csv", 1, 0], ["quote_in_unquoted.csv", 2, 0], ["regions.csv", 28, 0], ["schema_change_midfile.csv", 1, 1], ["semicolon.csv", 1, 0], ["sep_line.csv", 1, 0], ["smart_quotes.csv", 0, 1], ["tab.tsv", 1, 0], ["two_header_rows.csv", 1, 1], ["unclosed_quote_mid.csv", 999, 1],
  ];
  it("are all here", () => expect(expected.map(([name]) => name)).toEqual(readdirSync(fixture("csv")).sort()));
  for (const [name, posts, rejects] of expected) {
    it(`${name}: ${posts} posts, ${rejects} rejects`, async () => {
      if (typeof posts === "string") return expect(await codeOf(fixture("csv", name))).toBe(posts);
      const result = await importAll(fixture("csv", name));
      expect([result.posts.length, result.rejects.length]).toEqual([posts, rejects]);
    });
  }
});

describe("odd JSON files", () => {
  const expected: [string, number, number][] = [
    ["array_in_jsonl.jsonl", 2, 0], ["bad_utf8.jsonl", 1, 1], ["bigint.jsonl", 3, 0], ["concatenated.jsonl", 1, 1], ["crlf_bom_blank.jsonl", 3, 0], ["dup_keys.jsonl", 0, 1], ["gbk.jsonl", 1, 0], ["half_last_line.jsonl", 3, 1], ["lone_escape.jsonl", 2, 1], ["ls_ps_inside.jsonl", 2, 0], ["no_final_newline.jsonl", 3, 0], ["nonstandard.jsonl", 1, 6], ["nul_tail.jsonl", 3, 0], ["pretty_array.json", 3, 0], ["proto.jsonl", 3, 0], ["scalars.jsonl", 1, 5], ["types.jsonl", 1, 3],
  ];
  it("are all here", () => expect(expected.map(([name]) => name)).toEqual(readdirSync(fixture("jsonl")).sort()));
  for (const [name, posts, rejects] of expected) {
    it(`${name}: ${posts} posts, ${rejects} rejects`, async () => {
      const head = readFileSync(fixture("jsonl", name)).toString("latin1");
      const columns: Record<string, string> = head.includes('"t"') ? { text: "t" } : head.includes("\u00e6\u00ad\u00a3") || name === "gbk.jsonl" ? {} : { text: "id" };
      const result = await importAll(fixture("jsonl", name), { columns });
      expect([result.posts.length, result.rejects.length]).toEqual([posts, rejects]);
    });
  }
  it("count keys of late rows as unknown headers too", async () => {
    const path = scratch('{"text":"a"}\n'.repeat(9000) + '{"text":"b","zzz":1}\n', "late-unknown.jsonl");
    expect((await importAll(path)).summary.suspicions.find(({ code }) => code === "HEADER_UNKNOWN")?.count).toBe(1);
  });
  it("may show a mapped key late, but not never", async () => {
    const path = scratch('{"text":"a"}\n'.repeat(5000) + '{"text":"b","pubtime":"2021-08-07"}\n', "late.jsonl");
    expect((await importAll(path, { columns: { time: "pubtime" } })).posts.at(-1)).toMatchObject({ own: "b", precision: "day" });
    expect(await codeOf(path, { columns: { time: "pubtmie" } })).toBe("COLUMN_MISSING");
  });
  it("an empty array has no rows", async () => expect((await importAll(scratch("[]", "empty.json"))).summary.suspicions.map(({ code }) => code)).toEqual(["NO_ROWS"]));
  it("keep prototypes clean", () => expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined());
});

describe("vendor formats", () => {
  /** platform, kind, and the six rows' texts: every sample has the same ones. */
  const expected: [string, string | null, string, string | null][] = [
    ["MediaCrawler-bilibili-video", "bilibili", "original", "MediaCrawler B站"], ["MediaCrawler-douyin-aweme", "douyin", "original", "MediaCrawler 抖音"], ["MediaCrawler-kuaishou-video", "kuaishou", "original", "MediaCrawler 快手"], ["MediaCrawler-tieba-note", "tieba", "original", "MediaCrawler 贴吧"], ["MediaCrawler-weibo-comment", "weibo", "comment", "MediaCrawler 微博评论"], ["MediaCrawler-weibo-note-old", "weibo", "original", "MediaCrawler 微博"], ["MediaCrawler-weibo-note", "weibo", "original", "MediaCrawler 微博"], ["MediaCrawler-xhs-comment-gb18030", "xiaohongshu", "comment", "MediaCrawler 小红书评论"], ["MediaCrawler-xhs-comment", "xiaohongshu", "comment", "MediaCrawler 小红书评论"], ["MediaCrawler-xhs-note", "xiaohongshu", "original", "MediaCrawler 小红书"], ["MediaCrawler-zhihu-content", "zhihu", "original", "MediaCrawler 知乎"],
    ["bilibili-comment-15", "bilibili", "comment", "B站评论"], ["bilibili-comment-9", "bilibili", "comment", "B站评论"], ["douyin-creator-9", "weibo", "original", null], ["douyin-kuaishou-comment-5", null, "comment", null], ["lavector-weibo", "weibo", "original", "lavector 微博"], ["mashukui-douyin-comment", "douyin", "comment", "抖音评论（mashukui）"], ["mashukui-weibo-comment", "weibo", "comment", "微博评论（mashukui）"], ["mashukui-weibo-search", "weibo", "original", "微博检索（mashukui）"], ["mashukui-weibo-user", "weibo", "original", "微博检索（mashukui）"], ["multi-platform-gbk", "weibo", "original", null], ["netinsight-trs", "weibo", "original", "网察 NetInsight"], ["people-daily-comments", "weibo", "comment", "人民日报微博评论"], ["weibo-account-12", "weibo", "original", null], ["weibo-crawler-2026", "weibo", "original", "weibo-crawler"], ["weibo-public-opinion-article", "weibo", "original", "微博（666ghj）"], ["weibo-public-opinion-comment", "weibo", "comment", "微博评论（666ghj）"], ["weibo-search-17", "weibo", "original", "weibo-search"], ["weibo-search-2026", "weibo", "original", "weibo-search"], ["weibo-search-gbk-ignore", "weibo", "original", null], ["weibo-search-xlsx-19", "weibo", "original", "weibo-search"], ["weibo-selenium", "weibo", "original", "微博（selenium）"], ["weibo-system-2026", "weibo", "original", null], ["weiboSpider", "weibo", "original", "weiboSpider"], ["xhs-live-danmu", "xiaohongshu", "comment", "小红书直播弹幕"], ["xhs-plugin", "xiaohongshu", "original", "小红书插件"],
  ];
  const texts = ["这家店真不错[doge]", "太差了，再也不来。电话13800138000", "=1+1", "第一行\n第二行", "“引号”与\"半角\"", "1<2 且 3>2 <b>x</b>"];
  for (const [name, platform, kind, profile] of expected) {
    it(name, async () => {
      const { posts, rejects, summary } = await importAll(fixture("vendor", `${name}.csv`));
      expect(rejects).toEqual([]);
      expect(posts.map(({ own }) => own)).toEqual(texts);
      expect([...new Set(posts.map((post) => post.platform))]).toEqual([platform]);
      expect([...new Set(posts.map((post) => post.kind))]).toEqual([kind]);
      expect(summary.profile).toBe(profile);
      expect(summary.headers.filter(({ column, known }) => column === null && !known)).toEqual([]);
      if (!["MediaCrawler-tieba-note", "douyin-kuaishou-comment-5"].includes(name)) expect(posts.filter(({ published_ms }) => published_ms !== null).length).toBeGreaterThanOrEqual(3);
    });
  }
  it("the two without a text of their own take the title", async () => {
    for (const name of ["mashukui-douyin-video", "mashukui-douyin-user"]) expect((await importAll(fixture("vendor", `${name}.csv`))).posts.map(({ own, platform }) => [own, platform])[0]).toEqual(["v0", "douyin"]);
  });
  it("every sample is accounted for", () => {
    const named = [...expected.map(([name]) => name), "mashukui-douyin-video", "mashukui-douyin-user", "team-5col-noheader"].map((name) => `${name}.csv`);
    expect(named.sort()).toEqual(readdirSync(fixture("vendor")).sort());
  });
});

const shared = new URL("../../../shared/data/", import.meta.url).pathname;
describe.skipIf(!existsSync(shared))("real files of ../shared", () => {
  it("every row of the small events is read, with platform, text and time", async () => {
    const expected: [string, number, number][] = [["weibo-ip/posts.jsonl.gz", 99, 99], ["weibo-ip/comments.jsonl.gz", 10_828, 10_828], ["cctv-2020/posts.jsonl.gz", 7954, 7954], ["multi-platform-comments/data.jsonl.gz", 8216, 98], ["cascades/posts.jsonl.gz", 3387, 3300]];
    for (const [name, rows, timed] of expected) {
      const { posts, rejects } = await importAll(join(shared, "events", name));
      expect([posts.length, rejects.length, posts.filter(({ platform }) => platform === null).length, posts.filter(({ published_ms }) => published_ms !== null).length], name).toEqual([rows, 0, 0, timed]);
    }
  });
  it("of the headerless sample only the rows with a comma too many are lost", async () => {
    const { posts, rejects } = await importAll(join(shared, "vendor", "weibo2018_test_200.txt"));
    expect([posts.length, rejects.map(({ code }) => code)]).toEqual([198, ["ROW_LONG", "ROW_LONG"]]);
  });
});
