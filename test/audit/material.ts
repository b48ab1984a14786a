import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync, zipSync, strFromU8, strToU8 } from "fflate";
import { afterAll } from "vitest";
import type { AuditSample } from "../../pipeline/audit/contract.ts";
import { drawSample } from "../../pipeline/audit/draw.ts";
import type { FrameText } from "../../pipeline/audit/frame.ts";
import type { AuditPost } from "../../pipeline/audit/posts.ts";
import type { Field, Polarity } from "../../pipeline/schema.ts";

/** A text of a frame; each a cluster of its own unless said otherwise. */
export function frameText(key: string, field: Field, predicted: Polarity, posts = 1, cluster = key): FrameText {
  return { id: `id:${key}`, text_key: key, field, cluster, posts, predicted, micro: [predicted === "positive" ? 1e6 : 0, predicted === "neutral" ? 1e6 : 0, predicted === "negative" ? 1e6 : 0] };
}

/** Invented posts that a spreadsheet or a page might trip over; the rest are plain. */
export const hostile = ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "a\u0000\u0001\u001bb", "_x0041_ 原样", "第一行\n第二行\r\n第三行\t末", "\ud83d 半个 \u{1f600}", "\u202e反\u2028\u2029", "&lt;b&gt; ]]> $& \"'"];

export interface Material {
  sample: AuditSample;
  posts: AuditPost[];
}

/** A sample of 40 texts of one post each, and the posts as shown. */
export function material(seed = 1): Material {
  const sample = drawSample(Array.from({ length: 40 }, (_, i) => frameText(`k${String(i).padStart(2, "0")}`, "public", i % 2 === 0 ? "negative" : "neutral")), { size: 100, seed, model: "test" });
  const posts = sample.items.map(({ no }) => ({ no, platform: "微博", published: "2025年3月3日 08:00", text: hostile[no - 1] ?? `第${no}位住户说楼下修了三天路` }));
  return { sample, posts };
}

/** A folder that goes with the test file. */
export function scratch(): (name: string, content?: string | Uint8Array) => string {
  const folder = mkdtempSync(join(tmpdir(), "yuqing-audit-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return (name, content) => {
    if (content !== undefined) writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
}

/** Our workbook as someone filled it in: `who` in the cell of the annotator, `labels[i]` in the row of post i + 1; `edit` may change the XML of the label sheet further. */
export function fill(book: Uint8Array, who: string, labels: readonly string[], edit: (sheet: string) => string = (sheet) => sheet): Uint8Array {
  const parts = unzipSync(book);
  const text = (name: string) => strFromU8(parts[name]!);
  const typed = (place: string, value: string) => (xml: string) => (value === "" ? xml : xml.replace(`<c r="${place}" s="2"/>`, `<c r="${place}" s="2" t="inlineStr"><is><t>${value}</t></is></c>`));
  parts["xl/worksheets/sheet1.xml"] = strToU8(typed("B3", "2025-03-09")(typed("B2", who)(text("xl/worksheets/sheet1.xml"))));
  parts["xl/worksheets/sheet2.xml"] = strToU8(edit(labels.reduce((xml, label, i) => typed(`E${i + 2}`, label)(xml), text("xl/worksheets/sheet2.xml"))));
  return zipSync(parts);
}
