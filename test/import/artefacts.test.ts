import { describe, expect, it } from "vitest";
import type { NoteCode, Suspicion } from "../../pipeline/import/doubts/notes.ts";
import { importAll, scratch } from "./import-all.ts";

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const two = (n: number): string => String(n).padStart(2, "0");
const texts = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥";
/** Different texts without numbers. */
const text = (i: number): string => `帖${texts[i % 22]}${texts[Math.floor(i / 22) % 22]}${texts[Math.floor(i / 484) % 22]}`;
const file = (header: string, rows: readonly string[]): string => scratch(`${header}\n${rows.join("\n")}\n`);

async function found(path: string, code: NoteCode): Promise<Suspicion | null> {
  return (await importAll(path)).summary.suspicions.find((one) => one.code === code) ?? null;
}
async function seen(path: string, code: NoteCode): Promise<[count: number, lines: number[]] | null> {
  const suspicion = await found(path, code);
  return suspicion && [suspicion.count, suspicion.lines];
}

describe("capped periods", () => {
  /** Rows of the hours of one day: `perHour[h]` each. */
  const hours = (perHour: readonly number[]): string => file("正文,发布时间", perHour.flatMap((n, h) => range(n).map((i) => `${text(h * 50 + i)},2024-03-01 ${two(h)}:${two(i % 60)}:${two(h)}`)));
  it("five hours of exactly 20 rows and none just below: the limit of a search page", async () => {
    // hour 2 begins after the header, 3 and 5 rows: line 10; then 20 rows an hour.
    const path = hours([3, 5, 20, 20, 20, 20, 20, 7, 2]);
    expect(await seen(path, "TIME_CAPPED")).toEqual([100, [10, 30, 50, 70, 90]]);
    expect((await found(path, "TIME_CAPPED"))!.message.zh).toContain("5 个时段各 20 行");
    expect((await found(path, "TIME_CAPPED"))!.bends!.zh).toContain("峰值");
  });
  it("not four hours, not nine rows, not a broad natural peak", async () => {
    expect(await seen(hours([3, 5, 20, 20, 20, 20, 7, 2]), "TIME_CAPPED")).toBeNull();
    expect(await seen(hours([9, 9, 9, 9, 9, 9, 9]), "TIME_CAPPED")).toBeNull();
    expect(await seen(hours([17, 18, 20, 19, 20, 18, 20, 16, 20, 19, 20, 17]), "TIME_CAPPED")).toBeNull();
  });
  it("days, when the file knows only days", async () => {
    const path = file("正文,发布时间", range(6).flatMap((d) => range(d === 5 ? 3 : 12).map((i) => `${text(d * 12 + i)},2024-03-0${d + 1}`)));
    expect(await seen(path, "TIME_CAPPED")).toEqual([60, [2, 14, 26, 38, 50]]);
  });
});

describe("year rollover", () => {
  const days = (...dates: string[]): string => file("正文,发布时间", dates.map((date, i) => `${text(i)},${date} 08:0${i}`));
  it("December after January of the same year, nothing between", async () => {
    expect(await seen(days("2024-01-01", "2024-12-29", "2024-01-03", "2024-12-31", "2024-01-02"), "TIME_YEAR_ROLLOVER")).toEqual([2, [3, 5]]);
  });
  it("not a year that goes on, two seasons, or December before January", async () => {
    expect(await seen(days("2024-01-01", "2024-06-01", "2024-12-31"), "TIME_YEAR_ROLLOVER")).toBeNull();
    expect(await seen(days("2024-02-10", "2024-11-11"), "TIME_YEAR_ROLLOVER")).toBeNull();
    expect(await seen(days("2023-12-31", "2024-01-01"), "TIME_YEAR_ROLLOVER")).toBeNull();
  });
});

describe("minutes", () => {
  it("all on the hour", async () => expect(await seen(file("正文,发布时间", range(20).map((i) => `${text(i)},2024-03-01 ${two(i)}:00`)), "TIME_ONE_MINUTE")).toEqual([20, [2, 3, 4, 5, 6]]));
  it("one off the hour is enough", async () => expect(await seen(file("正文,发布时间", range(20).map((i) => `${text(i)},2024-03-01 ${two(i)}:0${i === 9 ? 1 : 0}`)), "TIME_ONE_MINUTE")).toBeNull());
});

describe("time zones", () => {
  it("offsets that differ: the rarer rows", async () => {
    const path = file("正文,发布时间", [...range(5).map((i) => `${text(i)},2024-03-01 08:0${i}:00`), "子,2024-03-01T00:05:00Z", "丑,2024-03-01T08:05:00+08:00"]);
    expect(await seen(path, "TIME_ZONES_MIXED")).toEqual([1, [7]]);
    expect((await found(path, "TIME_ZONES_MIXED"))!.message.en).toContain("+08:00, +00:00");
  });
  it("one foreign zone all through is no mixture; a date is no offset", async () => {
    expect(await seen(file("正文,发布时间", range(5).map((i) => `${text(i)},2024-03-01T00:0${i}:00Z`)), "TIME_ZONES_MIXED")).toBeNull();
    expect(await seen(file("正文,发布时间", ["甲,2024-03-01 08:00", "乙,2024-03-01", "丙,1709251200"]), "TIME_ZONES_MIXED")).toBeNull();
  });
  it("two columns 28,800 s apart in most rows", async () => {
    // 2024-03-01 00:00 UTC = 1709251200; the text column holds local time without its zone, 8 hours too far.
    const row = (i: number, hours: number): string => `5${1000000 + i},${text(i)},${1709251200 + i * 60 - hours * 3600},2024-03-01 08:0${i}:00`;
    const path = file("note_id,content,create_time,create_date_time", [...range(6).map((i) => row(i, 8)), row(6, 0)]);
    expect(await seen(path, "TIME_SHIFTED")).toEqual([6, [2, 3, 4, 5, 6]]);
    expect((await found(path, "TIME_SHIFTED"))!.message.en).toContain("-8 h");
    expect(await seen(file("note_id,content,create_time,create_date_time", range(7).map((i) => row(i, i < 3 ? 8 : 0))), "TIME_SHIFTED")).toBeNull();
  });
});

describe("columns shifted by one", () => {
  const header = "正文,发布时间,转发数,评论数,来源网站";
  const good = (i: number): string => `${text(i)},2024-03-01 08:0${i % 10}:00,${i},${i + 1},新浪微博`;
  it("to the right and to the left, by line", async () => {
    const rows = [...range(10).map(good), "甲,,2024-03-01 08:11:00,5,6", "乙的帖,转了,x,5,6", "2024-03-01 08:12:00,3,4,新浪微博,"];
    expect(await seen(file(header, rows), "COLUMN_SHIFTED")).toEqual([3, [12, 13, 14]]);
  });
  it("not a wrong cell alone, nor two columns of one kind side by side", async () => {
    expect(await seen(file(header, [...range(10).map(good), "甲,昨天,x,5,微博", "乙,2024-03-01 08:00:00,1,没有,微博"]), "COLUMN_SHIFTED")).toBeNull();
    expect(await seen(file("正文,发布时间,注册时间", [...range(5).map((i) => `${text(i)},2024-03-01 08:00,2019-01-01`), "甲,不详,2019-01-01"]), "COLUMN_SHIFTED")).toBeNull();
  });
});

describe("ids", () => {
  it("the MD5 of nothing is a placeholder: counted, and no cascade", async () => {
    const path = file("mid,正文,md5-根微博mid", ["5000000001,甲,d41d8cd98f00b204e9800998ecf8427e", "5000000002,乙,e6fda0f0d3e0adfff69e334462d1ef6a", "5000000003,丙,"]);
    expect(await seen(path, "ID_SENTINEL")).toEqual([2, [2, 3]]);
    expect((await importAll(path)).posts.map(({ root }) => root)).toEqual([null, null, null]);
  });
  it("one root on posts that call themselves originals", async () => {
    const rows = range(30).map((i) => `50000000${two(i)},${text(i)},原创,${i < 20 ? "ab12cd34ef56ab12cd34ef56ab12cd34" : `77000000${i}`}`);
    expect(await seen(file("mid,正文,原创/转发,根微博mid", rows), "ID_DOMINANT")).toEqual([20, [2, 3, 4, 5, 6]]);
  });
  it("one author id with many names; not one account alone, nor one real cascade", async () => {
    const rows = (name: (i: number) => string): string[] => range(30).map((i) => `50000000${two(i)},${text(i)},1000000001,${name(i)}`);
    expect(await seen(file("mid,正文,用户id,用户昵称", rows((i) => `网友${texts[i % 22]}`)), "ID_DOMINANT")).toEqual([30, [2, 3, 4, 5, 6]]);
    expect(await seen(file("mid,正文,用户id,用户昵称", rows(() => "央视新闻")), "ID_DOMINANT")).toBeNull();
    const cascade = range(30).map((i) => `50000000${two(i)},${text(i)},转发,4900000001,同一条原文`);
    expect(await seen(file("mid,正文,原创/转发,根微博mid,原微博内容", cascade), "ID_DOMINANT")).toBeNull();
  });
  it("author ids in scientific notation", async () => expect(await seen(file("mid,正文,用户id", ["5000000001,甲,2.66E+09", "5000000002,乙,1000000001"]), "AUTHOR_ID_DAMAGED")).toEqual([1, [2]]));
});

describe("texts", () => {
  it("one text in 10 of 20 rows", async () => expect(await seen(file("正文", range(20).map((i) => (i < 10 ? "请稍后再试，页面加载失败" : text(i)))), "TEXT_REPEATED")).toEqual([10, [2, 3, 4, 5, 6]]));
  it("not 12 of 40, not bare reposts, not five rows in all", async () => {
    expect(await seen(file("正文", range(40).map((i) => (i < 12 ? "同一段" : text(i)))), "TEXT_REPEATED")).toBeNull();
    expect(await seen(file("正文", range(20).map((i) => (i < 15 ? "转发微博" : text(i)))), "TEXT_REPEATED")).toBeNull();
    expect(await seen(file("正文", range(5).map(() => "同一段")), "TEXT_REPEATED")).toBeNull();
  });
});

describe("texts of digits", () => {
  const digits = (i: number): string => `8157${two(i)}30`;
  it("20 of 2,000 rows", async () => expect(await seen(file("正文", range(2000).map((i) => (i < 20 ? digits(i) : text(i)))), "TEXT_DIGITS")).toEqual([20, [2, 3, 4, 5, 6]]));
  it("not 19, not 20 of 2,100, not short ones", async () => {
    expect(await seen(file("正文", range(19).map(digits)), "TEXT_DIGITS")).toBeNull();
    expect(await seen(file("正文", range(2100).map((i) => (i < 20 ? digits(i) : text(i)))), "TEXT_DIGITS")).toBeNull();
    expect(await seen(file("正文", range(100).map((i) => `${10_000 + i}`)), "TEXT_DIGITS")).toBeNull();
  });
});

it("ragged rows are counted with their lines", async () => {
  expect(await seen(file("正文,发布时间,转发数", ["甲,2024-03-01,1", "乙,2024-03-01,1,2", "丙,2024-03-01", "丁,2024-03-01,1"]), "ROWS_RAGGED")).toEqual([2, [3, 4]]);
});

it("says what every finding bends, in both languages, or that it bends nothing", async () => {
  const { summary } = await importAll(file("正文,发布时间,奇怪", ["甲\ufffd,昨天,1", "乙,2024-03-01,1,2"]));
  expect(summary.suspicions.map(({ code, bends }) => [code, bends === null])).toEqual([
    ["HEADER_UNKNOWN", true], ["ROWS_RAGGED", false], ["TIME_MISSING", false], ["TIME_RELATIVE", false], ["TEXT_REPLACEMENT", false],
  ]);
  for (const { bends } of summary.suspicions) if (bends !== null) expect([bends.zh.length, bends.en.length].every((n) => n > 5)).toBe(true);
});
