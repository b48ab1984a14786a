import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { SaxesParser } from "saxes";
import { describe, expect, it } from "vitest";
import { YuqingError } from "../../pipeline/errors.ts";
import type { Document } from "../../reports/document.ts";
import { chineseFont } from "../../reports/pictures/fonts.ts";
import { rasterize } from "../../reports/pictures/raster.ts";
import { renderWordDocument } from "../../reports/word/document.ts";
import { blocksOf } from "../../reports/word/markup.ts";
import { chineseNumber } from "../../reports/word/numerals.ts";
import { readTemplate } from "../../reports/word/template.ts";

const hostile = ["=1+1", "</w:t><w:p>", "<script>alert(1)</script>", "&amp; \"'", "\u202eabc\u202c", "a\u0000b", "\ud83d half", "👨‍👩‍👧 🍉", "]]>", "_x0041_"];
const chart = {
  id: "c",
  title: "微博居首 <b>",
  note: "n = 3",
  body: { kind: "vega-lite" as const, spec: { data: { values: [{ name: "微博", posts: 2 }, { name: "抖音", posts: 1 }] }, encoding: { y: { field: "name", type: "nominal" }, x: { field: "posts", type: "quantitative" } }, mark: "bar" } },
  table: { columns: [{ key: "name", label: "平台" }, { key: "posts", label: "帖文", align: "right" as const }], rows: [{ name: "微博", posts: "2" }, { name: "抖音", posts: "1" }] },
};
const document: Document = {
  language: "zh",
  title: "长".repeat(500),
  issue: "第 3 期",
  subtitle: "某单位",
  label: "内部",
  blocks: [
    { kind: "heading", level: 1, text: "一、概况" },
    ...hostile.map((text) => ({ kind: "paragraph" as const, pieces: [text, { text, strong: true as const }] })),
    { kind: "paragraph", pieces: [{ text: "原文", link: "https://a.example/?a=1&b=2" }, { text: "坏", link: "javascript:alert(1)" }] },
    { kind: "list", items: [["甲"]] },
    { kind: "list", items: [["一"]], ordered: true },
    { kind: "list", items: [["又一"]], ordered: true },
    { kind: "table", caption: "表", columns: [{ key: "constructor", label: "列" }], rows: [{ constructor: "值" }, {} as Record<string, string>] },
    { kind: "chart", chart },
  ],
};

/** Text of a part, by element; throws when the part is not well-formed. */
function read(xml: string): { texts: string; names: string[] } {
  const names: string[] = [];
  let texts = "";
  let inside = false;
  const parser = new SaxesParser();
  parser.on("opentag", ({ name }) => void (names.push(name), (inside = name === "w:t")));
  parser.on("closetag", ({ name }) => void (name === "w:p" && (texts += "\n"), (inside = false)));
  parser.on("text", (text) => void (inside && (texts += text)));
  parser.on("error", (error) => {
    throw error;
  });
  parser.write(xml).close();
  return { texts, names };
}
const partsOf = (bytes: Uint8Array): Record<string, string> => Object.fromEntries(Object.entries(unzipSync(bytes)).filter(([name]) => !name.endsWith(".png")).map(([name, part]) => [name, strFromU8(part)]));

describe("Word", () => {
  it("writes well-formed parts, the same bytes twice, and every text letter for letter", async () => {
    const bytes = await renderWordDocument(document, { style: "official" });
    expect(await renderWordDocument(document, { style: "official" })).toEqual(bytes);
    const parts = partsOf(bytes);
    for (const part of Object.values(parts)) read(part);
    const lines = read(parts["word/document.xml"]!).texts.split("\n");
    for (const text of hostile) {
      const shown = text.replace(/\u0000|\ud83d(?= )/g, "\ufffd");
      expect(lines).toContain(shown + shown);
    }
    expect(lines[0]).toBe("长".repeat(500));
    expect(lines).toContain("值");
    expect(lines).toContain("原文坏");
    expect(Object.values(parts).join("")).not.toContain("javascript:");
    expect(parts["word/_rels/document.xml.rels"]).toContain('Target="https://a.example/?a=1&amp;b=2" TargetMode="External"');
  });

  it("has native headings, a caption field, a repeated header row, and two ordered lists that each begin at 1", async () => {
    const parts = partsOf(await renderWordDocument(document));
    const main = parts["word/document.xml"]!;
    expect(main).toContain('<w:pStyle w:val="Heading1"/>');
    expect(parts["word/styles.xml"]).toContain('<w:name w:val="heading 1"/>');
    expect(main).toContain(" SEQ 表 \\* ARABIC ");
    expect(main).toContain("<w:tblHeader/>");
    expect(parts["word/numbering.xml"]!.match(/<w:startOverride w:val="1"\/>/g)).toHaveLength(2);
    expect(new Set(main.match(/<w:numId w:val="\d+"\/>/g)).size).toBe(3);
    expect(parts["word/header.xml"]).toContain("第 3 期　内部");
    // 500 characters are too many for a header.
    expect(read(parts["word/header.xml"]!).texts.match(/长/g)).toHaveLength(40);
  });

  it.skipIf(chineseFont() === null)("draws the chart at twice its size, with the title as its alternative text (needs a Chinese font)", async () => {
    const files = unzipSync(await renderWordDocument(document));
    const png = Object.entries(files).find(([name]) => name.endsWith(".png"))![1];
    expect([...png.slice(1, 4)]).toEqual([0x50, 0x4e, 0x47]);
    expect(new DataView(png.buffer, png.byteOffset).getUint32(16)).toBe(1440);
    expect(strFromU8(files["word/document.xml"]!)).toContain('descr="微博居首 &lt;b&gt; n = 3"');
  });

  it("never draws without the text: with no Chinese font the table stands in the chart's place and the reason is told", async () => {
    const before = process.env.YUQING_FONT;
    process.env.YUQING_FONT = "/nowhere.ttf";
    try {
      const reasons: string[] = [];
      const files = unzipSync(await renderWordDocument(document, { onWithout: ({ en }) => reasons.push(en) }));
      expect(reasons).toHaveLength(1);
      expect(reasons[0]).toContain("no Chinese font");
      expect(Object.keys(files).some((name) => name.endsWith(".png"))).toBe(false);
      expect(read(strFromU8(files["word/document.xml"]!)).texts).toContain("抖音");
      expect(await rasterize([])).toEqual([]);
    } finally {
      if (before === undefined) delete process.env.YUQING_FONT;
      else process.env.YUQING_FONT = before;
    }
  });

  it("numbers headings in Chinese", () => {
    expect([1, 10, 11, 20, 21, 99].map(chineseNumber)).toEqual(["一", "十", "十一", "二十", "二十一", "九十九"]);
  });
});

describe("a user's template", () => {
  const folder = mkdtempSync(join(tmpdir(), "yuqing-template-"));
  const names = ["Title", "heading 1", "heading 2", "heading 3", "caption"];
  const template = (styles: readonly string[]): string => {
    const path = join(folder, `${styles.length}.docx`);
    const list = styles.map((name, i) => `<w:style w:type="paragraph" w:styleId="a${i}"><w:name w:val="${name}"/></w:style>`).join("");
    writeFileSync(path, zipSync({
      "[Content_Types].xml": strToU8('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'),
      "word/document.xml": strToU8('<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>模板里的旧文字</w:t></w:r></w:p><w:sectPr><w:pgSz w:w="10000" w:h="14000"/><w:pgMar w:left="1000" w:right="1000"/></w:sectPr></w:body></w:document>'),
      "word/styles.xml": strToU8(`<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style w:type="paragraph" w:default="1" w:styleId="z"><w:name w:val="Normal"/></w:style>${list}<w:style w:type="table" w:styleId="t"><w:name w:val="Table Grid"/></w:style></w:styles>`),
    }));
    return path;
  };

  it("gives its styles, page and theme; its text is not used", async () => {
    const parts = partsOf(await renderWordDocument(document, { template: await readTemplate(template(names)) }));
    for (const part of Object.values(parts)) read(part);
    const main = parts["word/document.xml"]!;
    expect(main).toContain('<w:pStyle w:val="a1"/>'); // heading 1
    expect(main).toContain('<w:pgSz w:w="10000" w:h="14000"/>');
    expect(main).not.toContain("旧文字");
    expect(parts["word/styles.xml"]).toContain('w:styleId="YuqingQuote"');
    expect(parts["[Content_Types].xml"]).toContain("/word/numbering.xml");
  });

  it("names the styles it lacks", async () => {
    const error = await readTemplate(template(["Title", "heading 1", "caption"])).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(YuqingError);
    expect((error as YuqingError).code).toBe("TEMPLATE_STYLES");
    expect((error as YuqingError).parts.what.en).toMatch(/: heading 2, heading 3$/);
    expect((error as YuqingError).parts.what.zh).toContain("标题 2、标题 3");
  });

  it("is refused when it is no Word document", async () => {
    const path = join(folder, "text.docx");
    writeFileSync(path, "not a zip");
    await expect(readTemplate(path)).rejects.toMatchObject({ code: "TEMPLATE", exit: 2 });
    expect(existsSync(path)).toBe(true);
  });
});

it("reads a section's own blocks: quotes, lists, tables, facts and sample rows", () => {
  const targets = { fact: () => 7, post: (id: string) => (id === "p&1" ? "行-2" : null) };
  const markup = '<div class="x"><h3>甲</h3>\n<p>共 <a data-fact="k">3 条</a><br>后</p><blockquote class="quote"><bdi>引&lt;文</bdi> <a data-post="p&amp;1"><bdi>p&amp;1</bdi></a></blockquote><ol><li>一</li></ol><dl><dt>词</dt><dd>义</dd></dl><svg><text>no</text></svg><table><caption>表</caption><tr><th scope="col">列</th></tr><tr><td class="number">5</td></tr></table></div>';
  expect(blocksOf(markup, targets)).toEqual([
    { kind: "heading", level: 3, text: "甲" },
    { kind: "paragraph", runs: ["共 ", "3 条", { fact: 7 }, "\n", "后"] },
    { kind: "paragraph", runs: ["引<文", " ", { mark: "行-2" }], style: "quote" },
    { kind: "list", items: [["一"]], ordered: true },
    { kind: "list", items: [[{ text: "词", strong: true }, " ", "义"]] },
    { kind: "table", caption: "表", columns: [{ key: "0", label: "列", align: "right" }], rows: [{ "0": "5" }] },
  ]);
  expect(() => blocksOf("<p>open", targets)).toThrow();
});

it("leaves out what is hidden without a script, wherever it stands", () => {
  const targets = { fact: () => 1, post: () => null };
  expect(blocksOf('<div hidden><p>甲</p></div><p>乙<span hidden>[1,2]</span></p><table><tr><th>丙<b hidden>丁</b></th></tr></table>', targets)).toEqual([
    { kind: "paragraph", runs: ["乙"] },
    { kind: "table", caption: "", columns: [{ key: "0", label: "丙", align: "left" }], rows: [] },
  ]);
});
