import { SaxesParser } from "saxes";
import { damaged } from "../open/file-errors.ts";
import type { Archive } from "../open/zip.ts";

/** What a reader of XML gets: element names without their prefix, attributes as written. */
export interface XmlHandler {
  open?(name: string, attributes: Record<string, string>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/** No workbook nests deeper. */
const depthLimit = 256;
/** Characters of one tag or comment, or of all that is inside one cell (Excel's hold 32,767). */
const tokenLimit = 16_777_216;
/** Depth of a row: worksheet, sheetData, row. */
const rowDepth = 3;

/**
 * Reads an XML part of an archive as it streams in (nothing when there is no such part); yields `after()` behind every piece. A DOCTYPE is refused (so there are no entities to expand and nothing external),
 * and so is XML that is not well formed, nests without end or has a text without end.
 */
export async function* readXml<T>(archive: Archive, name: string, path: string, handler: XmlHandler, after: () => T): AsyncGenerator<T> {
  if (!archive.has(name)) return;
  const parser = new SaxesParser({ xmlns: false, position: false });
  const refuse = (why: string): never => {
    throw damaged(path, name, new Error(why));
  };
  parser.on("doctype", () => refuse("DOCTYPE"));
  parser.on("error", (error) => refuse(error.message));
  let depth = 0;
  let waiting = 0;
  parser.on("opentag", (tag) => {
    if (++depth > depthLimit) refuse(`> ${depthLimit} levels`);
    handler.open?.(local(tag.name), tag.attributes as Record<string, string>);
  });
  parser.on("closetag", (tag) => {
    depth--;
    if (depth <= rowDepth) waiting = 0;
    handler.close?.(local(tag.name));
  });
  if (handler.text) parser.on("text", (text) => handler.text!(text));
  if (handler.text) parser.on("cdata", (text) => handler.text!(text));
  let decoder: { decode(bytes: Uint8Array, options: { stream: boolean }): string } | null = null;
  for await (const part of archive.read(name)) {
    decoder ??= new TextDecoder(part[0] === 0xff || part[1] === 0 ? "utf-16le" : "utf-8", { fatal: true });
    let text = "";
    try {
      text = decoder.decode(part, { stream: true });
    } catch (cause) {
      throw damaged(path, name, cause);
    }
    waiting += text.length;
    parser.write(text);
    if (waiting > tokenLimit) refuse(`> ${tokenLimit} characters in one piece`);
    yield after();
  }
  parser.close();
  yield after();
}

const local = (name: string): string => name.slice(name.indexOf(":") + 1);
