import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { folderOf } from "../../pipeline/commands/command.ts";
import { Output } from "../../pipeline/output.ts";

const names = JSON.parse(readFileSync(join(import.meta.dirname, "hostile-config", "event_names.json"), "utf8")) as string[];
let root = "";
beforeEach(() => (root = mkdtempSync(join(tmpdir(), "yuqing-output-"))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe("D6: where a report is written", () => {
  it("39 hostile file names all end directly under out/, as one folder that is not . or ..", () => {
    for (const name of names) {
      for (const file of [name, `${name}.csv`, `${name}.csv.gz`]) {
        const folder = folderOf([file], {});
        expect([dirname(folder), [".", "..", ""].includes(basename(folder))], file).toEqual([resolve("out"), false]);
      }
    }
    expect(["...csv", "....csv", "/", ".."].map((file) => dirname(folderOf([file], {})))).toEqual(["out", "out", "out", "out"].map((name) => resolve(name)));
  });
  it("names that differ only in case or in composed accents stay apart", () => {
    expect(new Set(["Event.csv", "event.csv", "caf\u00e9.csv", "cafe\u0301.csv"].map((file) => folderOf([file], {}))).size).toBe(4);
  });
  it("links in the place of an output or of its temporary file are replaced, never written through", () => {
    const victim = join(root, "victim");
    writeFileSync(victim, "untouched");
    const out = join(root, "out");
    mkdirSync(out);
    symlinkSync(victim, join(out, "report.html"));
    symlinkSync(victim, join(out, `.report.html.${process.pid}.tmp`));
    const output = new Output(out);
    output.write("report.html", "new");
    output.commit();
    expect(readFileSync(victim, "utf8")).toBe("untouched");
    expect([lstatSync(join(out, "report.html")).isFile(), readFileSync(join(out, "report.html"), "utf8"), readdirSync(out)]).toEqual([true, "new", ["report.html"]]);
  });
  it("an output folder that is a link is refused", () => {
    mkdirSync(join(root, "victim"));
    symlinkSync(join(root, "victim"), join(root, "out"));
    expect(() => new Output(join(root, "out"))).toThrow(/OUTPUT_LINK/);
    expect(readdirSync(join(root, "victim"))).toEqual([]);
  });
  it("a folder whose name holds NUL is refused in one message and nothing is made", () => {
    expect(() => new Output(join(root, "a\u0000b"))).toThrow(/OUTPUT/);
    expect([readdirSync(root), existsSync(join(root, "a"))]).toEqual([[], false]);
  });
});
