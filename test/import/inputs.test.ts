import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { afterAll, describe, expect, it } from "vitest";
import type { YuqingError } from "../../pipeline/errors.ts";
import { expandInputs } from "../../pipeline/import/open/inputs.ts";
import { parsePattern } from "../../pipeline/import/open/glob.ts";

const root = mkdtempSync(join(tmpdir(), "yuqing-inputs-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const csv = "id,正文\n1,甲\n";
const png = Buffer.from("89504e470d0a1a0a0000000d", "hex");

/** Makes files below the test's folder; returns the folder. */
function folder(name: string, files: Record<string, string | Uint8Array>): string {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name, path)), { recursive: true });
    writeFileSync(join(root, name, path), content);
  }
  return join(root, name);
}
const namesOf = async (...given: string[]): Promise<string[]> => (await expandInputs(given)).inputs.map(({ name }) => name);
const skippedOf = async (...given: string[]): Promise<[string, string][]> => (await expandInputs(given)).skipped.map(({ name, reason }) => [name, reason.en]);
const codeOf = async (...given: string[]): Promise<string> => expandInputs(given).then(() => "ok", (error: YuqingError) => error.code ?? String(error));

describe("folders", () => {
  it("are read to the bottom in order of code points, whatever the order on disk", async () => {
    const path = folder("deep", { "b.csv": csv, "a/z.csv": csv, "a/é.jsonl": "{}", "a/一.csv": csv, "B.csv": csv, "10.csv": csv, "9.csv": csv });
    expect(await namesOf(path)).toEqual(["10.csv", "9.csv", "B.csv", "a/z.csv", "a/é.jsonl", "a/一.csv", "b.csv"]);
  });
  it("list what they pass over, with the reason", async () => {
    const path = folder("mixed", { "a.csv": csv, ".hidden.csv": csv, ".git/x.csv": csv, "~$a.xlsx": "x", "Thumbs.db": "x", "shot.png": png, "scan": "%PDF-1.7", "event.yaml": "a: 1", "out/report.json": "{}", "out/rejects.csv": csv, "evidence.csv": csv, "empty.csv": "" });
    expect(await namesOf(path)).toEqual(["a.csv", "empty.csv"]);
    expect((await skippedOf(path)).sort()).toEqual([
      [".git", "hidden"], [".hidden.csv", "hidden"], ["Thumbs.db", "a file of the operating system"], ["event.yaml", "a document, configuration or program, not a table"],
      ["evidence.csv", "an output of yuqing; name it directly to import it"], ["out/rejects.csv", "an output of yuqing; name it directly to import it"], ["out/report.json", "an output of yuqing; name it directly to import it"],
      ["scan", "no table: PDF"], ["shot.png", "no table: PNG"], ["~$a.xlsx", "lock file of an open Office document"],
    ]);
    expect(await namesOf(join(path, "out", "rejects.csv"), join(path, "shot.png"))).toEqual(["rejects.csv", "shot.png"]);
  });
  it("never follow a link out, in a circle, or to a pipe", async () => {
    const path = folder("links", { "a.csv": csv, "sub/b.csv": csv });
    folder("elsewhere", { "secret.csv": csv });
    symlinkSync(join(root, "elsewhere", "secret.csv"), join(path, "out.csv"));
    symlinkSync(join(root, "elsewhere"), join(path, "outdir"));
    symlinkSync("..", join(path, "sub", "up"));
    symlinkSync("loop", join(path, "loop"));
    symlinkSync("a.csv", join(path, "same.csv"));
    execFileSync("mkfifo", [join(path, "pipe.csv")]);
    expect(await namesOf(path)).toEqual(["a.csv", "sub/b.csv"]);
    const reasons = new Map(await skippedOf(path));
    expect([...reasons.keys()].sort()).toEqual(["loop", "out.csv", "outdir", "pipe.csv", "same.csv", "sub/up"]);
    expect([reasons.get("out.csv"), reasons.get("outdir"), reasons.get("sub/up")]).toEqual(Array<string>(3).fill("a symbolic link that leads out of the folder"));
    expect([reasons.get("loop"), reasons.get("pipe.csv")]).toEqual(["a symbolic link that is broken or loops", "a pipe, device or socket"]);
    expect(await codeOf(join(path, "pipe.csv"))).toBe("FILE_KIND");
    expect(await codeOf(join(path, "loop"))).toBe("FILE_UNREADABLE");
  });
  it("that hold nothing, missing files and devices are errors that say so", async () => {
    mkdirSync(join(root, "void"));
    expect(await codeOf(join(root, "void"))).toBe("INPUT_NONE");
    expect(await codeOf(folder("only-pictures", { "a.png": png }))).toBe("INPUT_NONE");
    expect(await codeOf(join(root, "no-such.csv"))).toBe("FILE_MISSING");
    expect(await codeOf("/dev/zero")).toBe("FILE_KIND");
  });
});

describe("patterns", () => {
  it("match names and paths as a shell does", () => {
    const cases: [pattern: string, path: string, fits: boolean][] = [
      ["*.csv", "a.csv", true], ["*.csv", "sub/a.csv", false], ["**/*.csv", "a.csv", true], ["**/*.csv", "x/y/a.csv", true], ["?.csv", "😀.csv", true], ["?.csv", "ab.csv", false],
      ["[ab]?.csv", "b1.csv", true], ["[!ab]?.csv", "b1.csv", false], ["[0-9][0-9].csv", "17.csv", true], ["[一-九].csv", "三.csv", true], ["a[.csv", "a[.csv", true], ["**", "x/y", true], ["*/*", "x", false], ["微博*2021*.csv", "微博_2021-08.csv", true],
    ];
    for (const [pattern, path, fits] of cases) expect([pattern, path, parsePattern(pattern).matches(path)]).toEqual([pattern, path, fits]);
    expect(parsePattern("data/x/**/a*.csv")).toMatchObject({ base: "data/x", depth: null });
    expect(parsePattern("/*.csv")).toMatchObject({ base: "/", depth: 1 });
    expect(parsePattern(`${"*a".repeat(200)}b`).matches("a".repeat(5000))).toBe(false);
  });
  it("give the files that match, named from where the pattern begins", async () => {
    const path = folder("days", { "2021-08-07/a.csv": csv, "2021-08-08/a.csv": csv, "2021-09-01/a.csv": csv, "2021-08-07/b.png": png, "top.csv": csv });
    expect(await namesOf(`${path}/2021-08-*/*`)).toEqual(["2021-08-07/a.csv", "2021-08-08/a.csv"]);
    expect(await skippedOf(`${path}/2021-08-*/*`)).toEqual([["2021-08-07/b.png", "no table: PNG"]]);
    expect(await namesOf(`${path}/**/*.csv`)).toHaveLength(4);
    expect(await codeOf(`${path}/*.xlsx`)).toBe("INPUT_NONE");
    expect(await codeOf(`${root}/no-such-folder/*.csv`)).toBe("FILE_MISSING");
  });
  it("do not hide a file that really has such a name", async () => {
    const path = folder("brackets", { "微博[1].csv": csv, "微博1.csv": csv });
    expect(await namesOf(join(path, "微博[1].csv"))).toEqual(["微博[1].csv"]);
  });
});

describe("the same file", () => {
  it("is taken once, and that is said", async () => {
    const path = folder("twice", { "a.csv": csv, "b.csv": csv });
    const link = join(root, "alias.csv");
    symlinkSync(join(path, "a.csv"), link);
    const { inputs, skipped } = await expandInputs([join(path, "a.csv"), path, `${path}/../twice/*.csv`, link]);
    expect(inputs.map(({ name }) => name)).toEqual(["a.csv", "b.csv"]);
    expect(skipped.map(({ name, reason }) => [name, reason.en])).toEqual(["a.csv", "a.csv", "b.csv", "alias.csv"].map((name) => [name, "given twice, read once"]));
  });
  it("name of different files is made distinct by the folders before it", async () => {
    const path = folder("names", { "2024/a/x.csv": csv, "2025/a/x.csv": csv, "2025/a/y.csv": csv });
    expect(await namesOf(`${path}/2024/a`, `${path}/2025/a`)).toEqual(["2024/a/x.csv", "2025/a/x.csv", "y.csv"]);
  });
});

/** A zip whose entries have the given raw names and Unix modes, uncompressed: for what fflate will not write. */
function rawZip(entries: { name: Buffer | string; content?: string; mode?: number; flags?: number; method?: number }[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content = csv, mode = 0o100644, flags = 0, method = 0 } of entries) {
    const plain = zipSync({ x: [strToU8(content), { level: 0 }] });
    const local = Buffer.from(plain.subarray(0, 30));
    const raw = Buffer.from(name as string);
    const data = Buffer.from(content);
    local.writeUInt16LE(flags, 6);
    local.writeUInt16LE(method, 8);
    local.writeUInt16LE(raw.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(0x0314, 4);
    local.copy(central, 6, 4, 28);
    central.writeUInt16LE(raw.length, 28);
    central.writeUInt32LE(mode * 65_536, 38);
    central.writeUInt32LE(offset, 42);
    directory.push(central, raw);
    parts.push(local, raw, data);
    offset += local.length + raw.length + data.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, end]);
}
/** 数据.csv in GB18030. */
const gbName = Buffer.from("cafdbedd2e637376", "hex");

describe("zips", () => {
  it("give their entries, also from inside a folder; nested archives, system files and pictures are passed over", async () => {
    const inner = zipSync({ "x.csv": strToU8(csv) });
    const path = folder("packed", { "sub/day.zip": zipSync({ "b.csv": strToU8(csv), "a/": new Uint8Array(), "a/c.csv": strToU8(csv), "inner.zip": inner, "no-name": inner, "__MACOSX/._b.csv": strToU8("x"), "p.png": png, ".DS_Store": strToU8("x"), "rejects.csv": strToU8(csv) }) });
    expect(await namesOf(path)).toEqual(["sub/day.zip/a/c.csv", "sub/day.zip/b.csv"]);
    const skipped = await skippedOf(join(path, "sub", "day.zip"));
    expect(skipped.map(([name]) => name)).toEqual([".DS_Store", "__MACOSX/._b.csv", "inner.zip", "no-name", "p.png", "rejects.csv"].map((name) => `day.zip/${name}`));
    expect(new Map(skipped).get("day.zip/no-name")).toBe("an archive inside the zip; unpack it first");
  });
  it("are decoded from GB18030 where the name is no UTF-8", async () => {
    expect(await namesOf(join(folder("gb", { "a.zip": rawZip([{ name: gbName }, { name: "微博\\一.csv" }]) }), "a.zip"))).toEqual(["a.zip/微博/一.csv", "a.zip/数据.csv"]);
  });
  it("with entries that lead out, link, repeat or are encrypted: those are passed over", async () => {
    const zip = rawZip([{ name: "good.csv" }, { name: "../../evil.csv" }, { name: "/abs.csv" }, { name: "C:\\evil.csv" }, { name: "..\\evil.csv" }, { name: "link.csv", content: "/etc/passwd", mode: 0o120777 }, { name: "twice.csv" }, { name: "twice.csv" }, { name: "secret.csv", flags: 1 }, { name: "odd.csv", method: 9 }]);
    const path = join(folder("hostile", { "h.zip": zip }), "h.zip");
    expect(await namesOf(path)).toEqual(["h.zip/good.csv"]);
    const reasons = await skippedOf(path);
    expect(reasons).toHaveLength(9);
    const of = (name: string): string | undefined => reasons.find(([one]) => one === `h.zip/${name}`)?.[1];
    expect(["../../evil.csv", "/abs.csv", "C:/evil.csv", "../evil.csv"].map(of)).toEqual(Array<string>(4).fill("its name is absolute or holds .."));
    expect([of("link.csv"), of("secret.csv"), of("odd.csv"), of("twice.csv")]).toEqual(["a symbolic link", "encrypted; unpack it with its password", "compression method 9 is not supported; unpack it first", "the zip holds several entries of this name; unpack it and choose"]);
  });
  it("that are workbooks stay one file; other documents are passed over in a folder", async () => {
    const path = folder("office", { "a.xlsx": readFileSync(join(import.meta.dirname, "files", "xlsx", "serial_dates.xlsx")), "b.docx": zipSync({ "[Content_Types].xml": strToU8("<x/>"), "word/document.xml": strToU8("<x/>") }) });
    expect([await namesOf(path), await skippedOf(path)]).toEqual([["a.xlsx"], [["b.docx", expect.stringContaining("a document in zip form")]]]);
  });
  it("that are damaged are taken as they are: their import says what is wrong", async () => {
    const zip = rawZip([{ name: "a.csv" }]);
    expect(await namesOf(folder("broken", { "cut.zip": zip.subarray(0, zip.length - 9) }))).toEqual(["cut.zip"]);
  });
});
