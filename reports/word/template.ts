import { readFileSync } from "node:fs";
import { SaxesParser } from "saxes";
import { fromBuffer, type Entry, type ZipFile } from "yauzl";
import { YuqingError, type Message } from "../../pipeline/errors.ts";
import { builtIn, type BuiltIn } from "./styles.ts";

/** A user's own .docx or .dotx: its styles, theme, headers, footers and page are used, its text is not. */
export interface Template {
  /** Parts by name, as stored. */
  parts: ReadonlyMap<string, Uint8Array>;
  /** Ids of the styles that documents need. */
  styles: Record<BuiltIn, string>;
  /** Ids of all its styles. */
  present: readonly string[];
  /** Id of the default paragraph style. */
  normal: string;
  /** Start tag of w:document, and its last w:sectPr ("" for none). */
  root: string;
  section: string;
  /** Twips between the side margins. */
  width: number;
}

/** Unpacked bytes above which a file is no template. */
const limit = 64 * 2 ** 20;

/** Reads a template. Throws YuqingError when it is no Word document, holds macros or lacks a style. */
export async function readTemplate(path: string): Promise<Template> {
  const refused = (zh: string, en: string, next?: Message): YuqingError => new YuqingError("TEMPLATE", 2, { what: { zh: "Word 模板用不了", en: "cannot use the Word template" }, where: path, got: en === zh ? zh : `${zh} / ${en}`, expected: ".docx", ...(next ? { next } : {}) });
  let parts: Map<string, Uint8Array>;
  try {
    parts = await unzipped(readFileSync(path));
  } catch (cause) {
    throw refused((cause as Error).message, (cause as Error).message);
  }
  const [document, styles] = ["word/document.xml", "word/styles.xml"].map((name) => parts.get(name));
  if (document === undefined || styles === undefined) throw refused("不是 Word 文档", "not a Word document", { zh: "在 Word 里另存为 .docx", en: "save it in Word as .docx" });
  if ([...parts.keys()].some((name) => /vbaProject/i.test(name))) throw refused("含有宏", "holds macros", { zh: "另存为不含宏的 .docx", en: "save it without macros as .docx" });
  const declared = stylesOf(text(styles), path);
  const ids = new Map(declared.filter(({ type }) => type === "paragraph" || type === "table").map(({ name, id }) => [name.toLowerCase(), id]));
  const missing = Object.values(builtIn).filter((name) => !ids.has(name.toLowerCase()));
  if (missing.length > 0) {
    throw new YuqingError("TEMPLATE_STYLES", 2, {
      what: { zh: `Word 模板缺少样式：${missing.map((name) => chinese[name]).join("、")}`, en: `the Word template lacks styles: ${missing.join(", ")}` },
      where: path,
      got: declared.map(({ name }) => name).slice(0, 40).join(", "),
      expected: Object.values(builtIn).join(", "),
      next: { zh: "在 Word 里打开模板，把缺少的样式各用一次（表格样式插入一张表即可），保存后再试", en: "open the template in Word, use each missing style once (for the table style insert a table), save it and try again" },
    });
  }
  const main = text(document);
  const root = /<w:document\b[^>]*>/.exec(main)?.[0];
  if (root === undefined) throw refused("正文读不懂", "its text cannot be read");
  const from = main.lastIndexOf("<w:sectPr");
  const section = from === -1 ? "" : (/^<w:sectPr\b[^>]*\/>/.exec(main.slice(from))?.[0] ?? main.slice(from, main.indexOf("</w:sectPr>", from) + "</w:sectPr>".length));
  return {
    parts,
    styles: Object.fromEntries(Object.entries(builtIn).map(([key, name]) => [key, ids.get(name.toLowerCase())!])) as Record<BuiltIn, string>,
    present: declared.map(({ id }) => id),
    normal: declared.find(({ type, byDefault }) => type === "paragraph" && byDefault)?.id ?? "Normal",
    root,
    section,
    width: widthOf(section),
  };
}

const chinese: Record<string, string> = { Title: "标题", "heading 1": "标题 1", "heading 2": "标题 2", "heading 3": "标题 3", caption: "题注", "Table Grid": "网格型（表格）" };
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function stylesOf(xml: string, path: string): { id: string; type: string; name: string; byDefault: boolean }[] {
  const styles: { id: string; type: string; name: string; byDefault: boolean }[] = [];
  const parser = new SaxesParser();
  parser.on("opentag", ({ name, attributes }) => {
    if (name === "w:style") styles.push({ id: attributes["w:styleId"] ?? "", type: attributes["w:type"] ?? "", name: "", byDefault: attributes["w:default"] === "1" });
    else if (name === "w:name" && styles.length > 0 && styles.at(-1)!.name === "") styles.at(-1)!.name = attributes["w:val"] ?? "";
  });
  parser.on("error", (cause) => {
    throw new YuqingError("TEMPLATE", 2, { what: { zh: "Word 模板的样式读不懂", en: "cannot read the styles of the Word template" }, where: `${path} word/styles.xml`, got: cause.message });
  });
  parser.write(xml).close();
  return styles;
}

/** A4 with margins of an inch where the section says nothing. */
function widthOf(section: string): number {
  const value = (element: string, attribute: string, otherwise: number): number => {
    const tag = new RegExp(`<w:${element}\\b[^>]*>`).exec(section)?.[0] ?? "";
    const found = Number(new RegExp(`w:${attribute}="(\\d+)"`).exec(tag)?.[1] ?? Number.NaN);
    return Number.isFinite(found) ? found : otherwise;
  };
  return Math.max(2880, value("pgSz", "w", 11_906) - value("pgMar", "left", 1440) - value("pgMar", "right", 1440));
}

function unzipped(bytes: Buffer): Promise<Map<string, Uint8Array>> {
  return new Promise((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error);
      const parts = new Map<string, Uint8Array>();
      let total = 0;
      zip.on("error", reject);
      zip.on("end", () => resolve(parts));
      zip.on("entry", (entry: Entry) => {
        total += entry.uncompressedSize;
        if (total > limit) return reject(new Error(`more than ${limit} bytes`));
        if (entry.fileName.endsWith("/")) return zip.readEntry();
        content(zip, entry).then((part) => {
          parts.set(entry.fileName, part);
          zip.readEntry();
        }, reject);
      });
      zip.readEntry();
    });
  });
}

function content(zip: ZipFile, entry: Entry): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) return reject(error);
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk)).on("end", () => resolve(Buffer.concat(chunks))).on("error", reject);
    });
  });
}
