import type { Digest } from "../../pipeline/digest/schema.ts";
import type { Language, Message } from "../../pipeline/errors.ts";
import { renderHtmlDocument } from "../html/plain.ts";
import { renderTextDocument } from "../text/document.ts";
import { renderWordDocument } from "../word/document.ts";
import { digestDocument } from "./document.ts";

/** Files of a digest by name: "day-2026-11-21.json", .html, .txt and .docx. What cannot be drawn, or a Word file that cannot be made, is told to `onFailure`: the rest is there. `onNote` hears that the Word file has tables for charts, which is no failure. Same digest, same bytes. */
export async function renderDigest(digest: Digest, language: Language, onFailure: (message: Message) => void = () => {}, onNote: (message: Message) => void = () => {}): Promise<Map<string, string | Uint8Array>> {
  const document = digestDocument(digest, language);
  const name = `${digest.period}-${digest.span.to}`;
  const html = await renderHtmlDocument(document, (place, error) => onFailure({ zh: `画不出 ${place}：${error.message}`, en: `could not draw ${place}: ${error.message}` }));
  const files = new Map<string, string | Uint8Array>([
    [`${name}.json`, `${JSON.stringify(digest, null, 2)}\n`],
    [`${name}.html`, html],
    [`${name}.txt`, renderTextDocument(document)],
  ]);
  try {
    files.set(`${name}.docx`, await renderWordDocument(document, { style: "official", onWithout: onNote }));
  } catch (error) {
    onFailure({ zh: `没有写出 Word 文件：${(error as Error).message}`, en: `no Word file: ${(error as Error).message}` });
  }
  return files;
}
