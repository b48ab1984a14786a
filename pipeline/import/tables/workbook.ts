import { builtInKind, customKind, unescapeCell, type Styles } from "./cell-values.ts";
import { tooLarge } from "../open/file-errors.ts";
import { readXml, type XmlHandler } from "./xml.ts";
import type { Archive } from "../open/zip.ts";

/** Bytes of the parts that list sheets and styles; a large workbook's have some 100 kB. */
const partLimit = 33_554_432;
/** Characters of all shared strings, each counted with 16 more for its place in the list. */
const stringsLimit = 201_326_592;

/** What a workbook says about all its sheets: their names, its shared strings, its number formats. */

export interface Sheet {
  name: string;
  /** Path of its XML in the archive. */
  part: string;
  hidden: boolean;
}

export async function readSheets(archive: Archive, path: string): Promise<{ sheets: Sheet[]; from1904: boolean }> {
  const targets = new Map<string, string>();
  await readPart(archive, "xl/_rels/workbook.xml.rels", path, { open: (name, a) => void (name === "Relationship" && targets.set(a["Id"] ?? "", a["Target"] ?? "")) });
  const sheets: Sheet[] = [];
  const parts = new Set<string>();
  let from1904 = false;
  const handler = {
    open(name: string, a: Record<string, string>): void {
      if (name === "workbookPr") from1904 = a["date1904"] === "1" || a["date1904"] === "true";
      if (name !== "sheet") return;
      const id = Object.entries(a).find(([key]) => /(?:^|:)id$/.test(key))?.[1] ?? "";
      const target = targets.get(id) ?? `worksheets/sheet${sheets.length + 1}.xml`;
      const part = target.startsWith("/") ? target.slice(1) : `xl/${target}`;
      if (!archive.has(part) || parts.has(part)) return;
      parts.add(part);
      sheets.push({ name: a["name"] ?? `sheet${sheets.length + 1}`, part, hidden: (a["state"] ?? "visible") !== "visible" });
    },
  };
  await readPart(archive, "xl/workbook.xml", path, handler);
  return { sheets, from1904 };
}

export async function readStyles(archive: Archive, path: string, from1904: boolean): Promise<Styles> {
  const custom = new Map<number, string>();
  const kinds: Styles["kinds"] = [];
  let inXfs = false;
  const handler = {
    open(name: string, a: Record<string, string>): void {
      if (name === "numFmt") custom.set(Number(a["numFmtId"]), a["formatCode"] ?? "");
      else if (name === "cellXfs") inXfs = true;
      else if (name === "xf" && inXfs) {
        const id = Number(a["numFmtId"] ?? 0);
        kinds.push(custom.has(id) ? customKind(custom.get(id)!) : builtInKind(id));
      }
    },
    close(name: string): void {
      if (name === "cellXfs") inXfs = false;
    },
  };
  await readPart(archive, "xl/styles.xml", path, handler);
  return { kinds, from1904 };
}

/** Shared strings: plain and rich text (all runs), phonetic readings left out. */
export async function readStrings(archive: Archive, path: string): Promise<string[]> {
  const strings: string[] = [];
  let value = "";
  let inside = false;
  let phonetic = false;
  let size = 0;
  const grow = (characters: number): void => {
    size += characters;
    if (size > stringsLimit) throw tooLarge(path, `xl/sharedStrings.xml: ${strings.length} strings`, `≤ ${stringsLimit} characters`);
  };
  const handler = {
    open(name: string): void {
      if (name === "si") value = "";
      else if (name === "t") inside = !phonetic;
      else if (name === "rPh") phonetic = true;
    },
    text(text: string): void {
      if (!inside) return;
      grow(text.length);
      value += text;
    },
    close(name: string): void {
      if (name === "t") inside = false;
      else if (name === "rPh") phonetic = false;
      else if (name === "si") {
        grow(16);
        strings.push(unescapeCell(value));
      }
    },
  };
  for await (const _ of readXml(archive, "xl/sharedStrings.xml", path, handler, () => null)) void _;
  return strings;
}

async function readPart(archive: Archive, name: string, path: string, handler: XmlHandler): Promise<void> {
  if (archive.size(name) > partLimit) throw tooLarge(path, `${name}: ${archive.size(name)} B`, `≤ ${partLimit} B`);
  for await (const _ of readXml(archive, name, path, handler, () => null)) void _;
}
