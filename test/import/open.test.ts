import { appendFileSync, existsSync, readdirSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { basename } from "node:path";
import { gzipSync } from "node:zlib";
import { strToU8, zipSync } from "fflate";
import { describe, expect, it, vi } from "vitest";
import type { YuqingError } from "../../pipeline/errors.ts";
import { importFile } from "../../pipeline/import/import.ts";
import type { Input } from "../../pipeline/import/open/inputs.ts";
import { openFile } from "../../pipeline/import/open/open.ts";
import { fixture, importAll, scratch } from "./import-all.ts";

const csv = "id,正文\n1,甲\n2,乙\n";
const input = (path: string, entry: string | null = null): Input => ({ path, entry, name: basename(path) });

/** All bytes of a text source. */
async function bytesOf(path: string, entry: string | null = null): Promise<Buffer> {
  const source = await openFile(input(path, entry));
  if (source.kind !== "text") throw new Error(source.kind);
  const parts: Buffer[] = [];
  for await (const part of source.chunks()) parts.push(part);
  return Buffer.concat(parts);
}
const faultOf = async (path: string, entry: string | null = null): Promise<YuqingError | null> => bytesOf(path, entry).then(() => null, (error: YuqingError) => error);
/** Rows of a source, workbook or text, as texts of posts. */
async function textsOf(path: string, entry: string | null): Promise<(string | null)[]> {
  const texts: (string | null)[] = [];
  for await (const { posts } of importFile(input(path, entry), 0, { utcOffsetMs: 0, key: "k", privacy: "masked" })) texts.push(...posts.map(({ own }) => own));
  return texts;
}
const openFiles = (): number => readdirSync("/proc/self/fd").length;

describe("an entry of a zip", () => {
  const zip = scratch(zipSync({ "a.csv": strToU8(csv), "sub/b.csv.gz": gzipSync(csv), "stored.csv": [strToU8(csv), { level: 0 }], "empty.csv": new Uint8Array(), "inner.xlsx": zipSync({ "x.csv": strToU8(csv) }), "pic.csv": Buffer.from("89504e470d0a1a0a", "hex") }), "entries.zip");
  it("is read as the file it was, with its own size and digest", async () => {
    for (const entry of ["a.csv", "stored.csv", "sub/b.csv.gz"]) expect((await bytesOf(zip, entry)).toString()).toBe(csv);
    const source = await openFile(input(zip, "sub/b.csv.gz"));
    if (source.kind === "text") for await (const part of source.chunks()) void part;
    const gz = gzipSync(csv);
    expect([source.compression, source.bytes, source.bytesRead(), await source.sha256()]).toEqual(["gz", gz.length, gz.length, createHash("sha256").update(gz).digest("hex")]);
  });
  it("that is empty, missing, no table or no workbook is an error that names it", async () => {
    for (const [entry, code] of [["empty.csv", "FILE_EMPTY"], ["none.csv", "FILE_MISSING"], ["pic.csv", "FILE_KIND"]] as const) {
      const fault = await faultOf(zip, entry);
      expect([fault?.code, fault?.parts.where], entry).toEqual([code, `${zip}/${entry}`]);
    }
    await expect(textsOf(zip, "inner.xlsx")).rejects.toMatchObject({ code: "FILE_KIND" });
  });
  it("that is a workbook is unpacked where nobody else can reach it, and leaves nothing behind", async () => {
    const book = scratch(zipSync({ "data/book.xlsx": zipSync({ "xl/workbook.xml": strToU8('<workbook><sheets><sheet name="a" r:id="r1"/></sheets></workbook>'), "xl/worksheets/sheet1.xml": strToU8('<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>正文</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>甲</t></is></c></row></sheetData></worksheet>') }) }), "book.zip");
    const before = [readdirSync(tmpdir()).filter((name) => name.startsWith("yuqing-zip-")), openFiles()];
    expect(await textsOf(book, "data/book.xlsx")).toEqual(["甲"]);
    // A file is closed on another thread.
    await vi.waitFor(() => expect([readdirSync(tmpdir()).filter((name) => name.startsWith("yuqing-zip-")), openFiles()]).toEqual(before));
  });
  it("with a wrong CRC, a wrong size or a cut inside is damaged or truncated: none of it is used", async () => {
    const whole = Buffer.from(zipSync({ "a.csv": [strToU8(csv.repeat(3000)), { level: 9 }] }));
    const central = whole.indexOf(Buffer.from("504b0102", "hex"));
    const change = (offset: number, value: number): Buffer => {
      const copy = Buffer.from(whole);
      copy.writeUInt32LE(value, central + offset);
      return copy;
    };
    const cases: [string, Buffer, string, RegExp][] = [
      ["crc", change(16, 1), "FILE_DAMAGED", /a\.csv at 0, byte \d+ unpacked: CRC-32/],
      ["size-small", change(24, 1000), "FILE_DAMAGED", /> 1000 B/],
      ["size-large", change(24, 60_000_000), "FILE_DAMAGED", /of 60000000 B/],
      ["packed-short", change(20, 20), "FILE_TRUNCATED", /byte \d+/],
      ["cut", whole.subarray(0, whole.length - 30), "FILE_TRUNCATED", /byte \d+/],
    ];
    for (const [name, bytes, code, got] of cases) {
      const fault = await faultOf(scratch(bytes, `${name}.zip`), "a.csv");
      expect([fault?.code, fault?.parts.got], name).toEqual([code, expect.stringMatching(got)]);
    }
  });
});

describe("budgets", () => {
  it("a zip whose entries together would inflate beyond 200 : 1 is refused before one is read", async () => {
    const many = Buffer.from(zipSync({ "0.csv": strToU8(csv), "1.csv": strToU8(csv) }));
    for (const name of ["0.csv", "1.csv"]) many.writeUInt32LE(34_000_000, many.lastIndexOf(name) - 46 + 24);
    expect((await faultOf(scratch(many, "many.zip"), "0.csv"))?.code).toBe("FILE_INFLATES");
  });
  it("entries that overlap (1,000 names for one bomb) are refused alike", async () => {
    const one = Buffer.from(zipSync({ "k0000": new Uint8Array(1_000_000) }));
    const central = one.indexOf(Buffer.from("504b0102", "hex"));
    const record = one.subarray(central, one.length - 22);
    const records = Array.from({ length: 1000 }, (_, i) => {
      const copy = Buffer.from(record);
      copy.write(`k${String(i).padStart(4, "0")}`, 46);
      return copy;
    });
    const end = Buffer.from(one.subarray(one.length - 22));
    end.writeUInt16LE(1000, 8);
    end.writeUInt16LE(1000, 10);
    end.writeUInt32LE(record.length * 1000, 12);
    expect((await faultOf(scratch(Buffer.concat([one.subarray(0, central), ...records, end]), "overlap.zip"), "k0000"))?.code).toBe("FILE_INFLATES");
  });
  it("a zip of more than 10,000 entries is refused by its count", async () => {
    const zip = zipSync(Object.fromEntries(Array.from({ length: 10_001 }, (_, i) => [`${i}`, new Uint8Array()])), { level: 0 });
    expect(await faultOf(scratch(zip, "count.zip"), "1")).toMatchObject({ code: "FILE_KIND", parts: { got: "zip, 10001 files" } });
  });
  it("a .gz inside a zip is judged by what lies on disk", async () => {
    const bomb = zipSync({ "a.csv.gz": gzipSync(Buffer.alloc(70_000_000, 97)) });
    expect((await faultOf(scratch(bomb, "gz.zip"), "a.csv.gz"))?.code).toBe("FILE_INFLATES");
  });
  it("a zstd frame may not ask for more than 128 MiB of history", async () => {
    const huge = Buffer.from("28b52ffda0000000100100007878", "hex"); // single segment, content size 256 MiB in 4 bytes
    expect((await faultOf(scratch(huge, "window.zst")))?.code).toBe("FILE_INFLATES");
  });
});

describe("faults of a file", () => {
  it("say where reading stopped", async () => {
    const rows = Array.from({ length: 50_000 }, (_, i) => `${i},${createHash("md5").update(String(i)).digest("hex")}\n`).join("");
    const gz = gzipSync(`id,正文\n${rows}`);
    const half = gz.length >> 1;
    const cut = await faultOf(scratch(gz.subarray(0, half), "half.csv.gz"));
    expect([cut?.code, cut?.parts.got]).toEqual(["FILE_TRUNCATED", `gzip, byte ${half}`]);
    const flipped = Buffer.from(gz);
    flipped.fill(0xff, half, half + 64);
    const bad = await faultOf(scratch(flipped, "flipped.csv.gz"));
    const offset = Number(/gzip, byte (\d+)/.exec(bad?.parts.got ?? "")?.[1]);
    expect(bad?.code).toBe("FILE_DAMAGED");
    expect(offset).toBeGreaterThan(half - 262_144);
    expect(offset).toBeLessThan(half + 262_144);
  });
  it("nothing behind a .gz is passed over in silence", async () => {
    const gz = gzipSync(csv);
    const zeros = Buffer.alloc(300_000);
    expect((await bytesOf(scratch(Buffer.concat([gz, gz, zeros]), "members.gz"))).toString()).toBe(csv + csv);
    for (const tail of [Buffer.from("3,丙\n"), Buffer.concat([zeros, gz]), Buffer.concat([Buffer.alloc(3), Buffer.from("3,丙\n")])]) {
      expect((await faultOf(scratch(Buffer.concat([gz, tail]), "tail.gz")))?.code).toBe("FILE_DAMAGED");
    }
    const padded = Buffer.concat([gz, zeros]);
    const source = await openFile(input(scratch(padded, "padded.gz")));
    if (source.kind === "text") for await (const part of source.chunks()) void part;
    expect(await source.sha256()).toBe(createHash("sha256").update(padded).digest("hex"));
  });
  it("pipes, devices and loops are refused at once", async () => {
    const pipe = `${scratch("x", "for-pipe.csv")}.pipe`;
    execFileSync("mkfifo", [pipe]);
    for (const path of [pipe, "/dev/zero", tmpdir()]) expect((await faultOf(path))?.code).toBe("FILE_KIND");
  });
  it("a file that grows while it is read is not used", async () => {
    const path = scratch(csv.repeat(50_000), "growing.csv");
    const source = await openFile(input(path));
    if (source.kind !== "text") throw new Error(source.kind);
    const read = async (): Promise<void> => {
      for await (const part of source.chunks()) if (part.length > 0 && existsSync(path)) appendFileSync(path, "3,丙\n");
    };
    await expect(read()).rejects.toMatchObject({ code: "FILE_CHANGED" });
  });
  it("leave no file open", async () => {
    const before = openFiles();
    const paths = [fixture("xlsx", "truncated_50.xlsx"), scratch(gzipSync(csv).subarray(0, 20), "open.csv.gz"), scratch("\u0001".repeat(3000), "open.bin"), scratch(zipSync({ "a.csv": strToU8(csv) }), "open.zip")];
    for (let i = 0; i < 5; i++) for (const path of paths) await importAll(path).catch(() => null);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(openFiles()).toBeLessThanOrEqual(before);
  });
});
