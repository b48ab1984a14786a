import type { Digest } from "../../pipeline/digest/schema.ts";
import type { Language, Message } from "../../pipeline/errors.ts";
import { digestDocument } from "./document.ts";
import { documentFiles, type Files, type Told } from "./files.ts";

/**
 * Files of a digest by name: "day-2026-11-21.json", .html, .txt and .docx. A chart that cannot be drawn, or a format that cannot be written, is told to `onFailure` and said in the digest itself:
 * the rest is there. `onNote` hears that the Word file has tables for charts, which is no failure. Same digest, same bytes.
 */
export async function renderDigest(digest: Digest, language: Language, onFailure: Told["onFailure"] = () => {}, onNote: Told["onNote"] = () => {}): Promise<Files> {
  const failures: Message[] = [];
  const files = await filesOf(digest, language, { onFailure: (message) => failures.push(message), onNote });
  if (failures.length === 0) return files;
  failures.forEach(onFailure);
  const said = { ...digest, failures: [...digest.failures, ...failures.map((text) => ({ text, dates: [digest.span.to] }))] };
  return filesOf(said, language, { onFailure: () => {}, onNote: () => {} });
}

async function filesOf(digest: Digest, language: Language, told: Told): Promise<Files> {
  const name = `${digest.period}-${digest.span.to}`;
  return new Map([[`${name}.json`, `${JSON.stringify(digest, null, 2)}\n`], ...(await documentFiles(digestDocument(digest, language), name, told))]);
}
