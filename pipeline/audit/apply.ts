import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { auditVersion, leastLabels, sampleSchema, type Audit, type AuditSample } from "./contract.ts";
import { sampleKey } from "./draw.ts";
import { labelsFew, sameAnnotator, sampleInvalid, sampleMissing, sheetCount } from "./errors.ts";
import { readSheet } from "./sheet.ts";
import { sampleFile } from "./write.ts";

/** The sample that lies in a folder. Throws AUDIT_SAMPLE. */
export function readSample(folder: string): AuditSample {
  const path = join(folder, sampleFile);
  if (!existsSync(path)) throw sampleMissing(folder);
  let given: unknown;
  try {
    given = JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw sampleInvalid(path, (cause as Error).message.slice(0, 200));
  }
  const { success, data, error } = sampleSchema.safeParse(given);
  if (!success) throw sampleInvalid(path, error.issues.slice(0, 3).map(({ path: at, message }) => `${at.join(".")}: ${message}`).join("; "));
  if (sampleKey(data) !== data.key) throw sampleInvalid(path, data.key);
  return data;
}

/** The sample with the labels of one or two sheets. Reads only. Throws what readSample and readSheet throw, AUDIT_ANNOTATOR, AUDIT_LABELS. */
export async function applySheets(folder: string, paths: readonly string[]): Promise<Audit> {
  const sample = readSample(folder);
  if (paths.length < 1 || paths.length > 2) throw sheetCount(paths.length);
  const sheets: Audit["sheets"] = [];
  for (const path of paths) {
    const sheet = await readSheet(path, sample);
    if (sheets.some(({ annotator }) => annotator.normalize("NFKC") === sheet.annotator.normalize("NFKC"))) throw sameAnnotator(path, sheet.annotator);
    sheets.push(sheet);
  }
  const usable = new Set(sheets.flatMap(({ labels }) => labels.filter(({ label }) => label !== null && label !== "unclear").map(({ no }) => no)));
  if (usable.size < leastLabels) throw labelsFew(paths.join(", "), usable.size, leastLabels);
  return { version: auditVersion, sample, sheets };
}
