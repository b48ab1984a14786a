import { builtInKind, customKind, unescapeCell, type Styles } from "./cell-values.ts";
import { readXml } from "./xml.ts";
import type { Archive } from "./zip.ts";

/** What a workbook says about all its sheets: their names, its shared strings, its number formats. */

export interface Sheet {
  name: string;
  /** Path of its XML in the archive. */
  part: string;
  hidden: boolean;
}

export async function readSheets(archive: Archive, path: string): Promise<{ sheets: Sheet[]; from1904: boolean }> {
  const targets = new Map<string, string>();
  await drain(readXml(archive, "xl/_rels/workbook.xml.rels", path, { open: (name, a) => void (name === "Relationship" && targets.set(a["Id"] ?? "", a["Target"] ?? "")) }, () => null));
  const sheets: Sheet[] = [];
  let from1904 = false;
  const handler = {
    open(name: string, a: Record<string, string>): void {
      if (name === "workbookPr") from1904 = a["date1904"] === "1" || a["date1904"] === "true";
      if (name !== "sheet") return;
      const id = Object.entries(a).find(([key]) => /(?:^|:)id$/.test(key))?.[1] ?? "";
      const target = targets.get(id) ?? `worksheets/sheet${sheets.length + 1}.xml`;
      const part = target.startsWith("/") ? target.slice(1) : `xl/${target}`;
      if (archive.has(part)) sheets.push({ name: a["name"] ?? `sheet${sheets.length + 1}`, part, hidden: (a["state"] ?? "visible") !== "visible" });
    },
  };
  await drain(readXml(archive, "xl/workbook.xml", path, handler, () => null));
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
  await drain(readXml(archive, "xl/styles.xml", path, handler, () => null));
  return { kinds, from1904 };
}

/** Shared strings: plain and rich text (all runs), phonetic readings left out. */
export async function readStrings(archive: Archive, path: string): Promise<string[]> {
  const strings: string[] = [];
  let value = "";
  let inside = false;
  let phonetic = false;
  const handler = {
    open(name: string): void {
      if (name === "si") value = "";
      else if (name === "t") inside = !phonetic;
      else if (name === "rPh") phonetic = true;
    },
    text(text: string): void {
      if (inside) value += text;
    },
    close(name: string): void {
      if (name === "t") inside = false;
      else if (name === "rPh") phonetic = false;
      else if (name === "si") strings.push(unescapeCell(value));
    },
  };
  await drain(readXml(archive, "xl/sharedStrings.xml", path, handler, () => null));
  return strings;
}

async function drain(parts: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of parts) void _;
}
