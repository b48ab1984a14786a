import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { YuqingError } from "../../pipeline/errors.ts";
import { readLabelled } from "../../pipeline/train/labelled.ts";

const folder = mkdtempSync(join(tmpdir(), "labelled-"));
function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}
const columns = { text: "正文", label: "标签" };
const fault = (path: string): Promise<YuqingError> => readLabelled(path, columns, "polarity").then(() => expect.fail("was read"), (error: YuqingError) => error);

describe("readLabelled", () => {
  it("reads CSV and JSONL, labels in both languages", async () => {
    expect((await readLabelled(file("a.csv", "标签,正文\n正面,很好\nneg,很差\n中性,一般\n"), columns, "polarity")).rows).toEqual([
      { line: 2, text: "很好", label: "positive" }, { line: 3, text: "很差", label: "negative" }, { line: 4, text: "一般", label: "neutral" },
    ]);
    expect((await readLabelled(file("b.jsonl", '{"正文":"吓人","标签":"恐惧"}\n{"正文":"哇","标签":"surprise"}\n'), columns, "emotion")).rows).toEqual([
      { line: 1, text: "吓人", label: "fear" }, { line: 2, text: "哇", label: "surprise" },
    ]);
  });
  it("reads 0 as negative in a file of 0 and 1, as neutral beside −1", async () => {
    expect((await readLabelled(file("c.csv", "正文,标签\n好,1\n差,0\n"), columns, "polarity")).rows.map(({ label }) => label)).toEqual(["positive", "negative"]);
    expect((await readLabelled(file("d.csv", "正文,标签\n好,1\n平,0\n差,-1\n"), columns, "polarity")).rows.map(({ label }) => label)).toEqual(["positive", "neutral", "negative"]);
  });
  it("uses nothing of a file with a bad row, and says where", async () => {
    const unknown = await fault(file("e.csv", "正文,标签\n好,正面\n差,很烂\n平,\n"));
    expect(unknown.code).toBe("LABELS_UNKNOWN");
    expect(unknown.parts.where).toMatch(/e\.csv:3, .*e\.csv:4$/);
    expect(unknown.parts.got).toBe('"很烂", ""');
    expect((await fault(file("f.csv", "正文,标签\n好,正面\n ,负面\n"))).code).toBe("TEXTS_EMPTY");
    expect((await fault(file("g.csv", "正文,标签\n好,正面\n差\n"))).code).toBe("ROWS_UNREADABLE");
    expect((await fault(file("h.csv", "正文,标签\n"))).code).toBe("LABELS_EMPTY");
  });
  it("proposes the column that was meant", async () => {
    const missing = await fault(file("i.csv", "正文,标签1\n好,正面\n"));
    expect(missing.code).toBe("COLUMN_MISSING");
    expect(missing.text("zh")).toContain("标签1");
  });
});
