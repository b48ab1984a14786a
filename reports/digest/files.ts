import type { Message } from "../../pipeline/errors.ts";
import type { Block, Document } from "../document.ts";
import { renderHtmlDocument } from "../html/plain.ts";
import { renderTextDocument } from "../text/document.ts";
import { renderWordDocument } from "../word/document.ts";
import { paragraph } from "./blocks.ts";

export type Files = Map<string, string | Uint8Array>;

export interface Told {
  /** A chart that could not be drawn (its table stands in its place), or a format that could not be written (the others are there). */
  onFailure(message: Message): void;
  /** The Word file has tables for charts on this machine: no failure. */
  onNote(message: Message): void;
}

/** A document as NAME.html, NAME.txt and NAME.docx. Same document, same bytes. */
export async function documentFiles(document: Document, name: string, { onFailure, onNote }: Told): Promise<Files> {
  const undrawn = new Set<string>();
  const onUndrawn = (place: string, { message }: Error): void => {
    undrawn.add(place);
    onFailure({ zh: `画不出 ${place}，以数据表代替：${message}`, en: `could not draw ${place}, its table stands in its place: ${message}` });
  };
  const writers: [format: string, ending: string, write: () => string | Promise<string | Uint8Array>][] = [
    ["HTML", "html", () => renderHtmlDocument(document, onUndrawn)],
    ["TXT", "txt", () => renderTextDocument(document)],
    ["Word", "docx", () => renderWordDocument(withTables(document, undrawn), { style: "official", onWithout: onNote })],
  ];
  const files: Files = new Map();
  for (const [format, ending, write] of writers) {
    try {
      files.set(`${name}.${ending}`, await write());
    } catch (cause) {
      const { message } = cause as Error;
      onFailure({ zh: `没有写出 ${format} 文件（若有同名文件，是此前一次运行的）：${message}`, en: `no ${format} file (one of that name is of an earlier run): ${message}` });
    }
  }
  return files;
}

/** Word draws no page with a chart that throws. */
function withTables(document: Document, undrawn: ReadonlySet<string>): Document {
  const tabled = (block: Block): Block[] => (block.kind === "chart" && undrawn.has(block.chart.id) ? [{ kind: "table", caption: block.chart.title, columns: block.chart.table.columns, rows: block.chart.table.rows }, paragraph(block.chart.note, "note")] : [block]);
  return { ...document, blocks: document.blocks.flatMap(tabled) };
}
