import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { auditWorkbook } from "../../reports/excel/audit.ts";
import { auditPage } from "../../reports/html/audit/page.ts";
import type { Language } from "../errors.ts";
import type { Output } from "../output.ts";
import type { Audit } from "./contract.ts";
import { taken } from "./errors.ts";
import type { Drawn } from "./sample.ts";

export const sampleFile = "sample.json";
export const auditFile = "audit.json";

/** Throws AUDIT_EXISTS when the folder holds a sample: its sheets may hold labels by now. */
export function refuseTaken(folder: string): void {
  for (const name of [sampleFile, "audit.xlsx", "audit.html"]) if (existsSync(join(folder, name))) throw taken(join(folder, name));
}

/** Writes audit.xlsx, audit.html and, last, sample.json. */
export function writeSample({ sample, posts }: Drawn, event: string, language: Language, output: Output): void {
  const told = { key: sample.key, event, language };
  output.write("audit.xlsx", auditWorkbook(posts, told));
  output.write("audit.html", auditPage(posts, told));
  output.write(sampleFile, `${JSON.stringify(sample, null, 1)}\n`);
  output.commit();
}

/** Writes audit.json; an earlier one of other content becomes audit.1.json, audit.2.json … Returns that name, null when nothing was to be kept. */
export function writeAudit(folder: string, audit: Audit, output: Output): string | null {
  const text = `${JSON.stringify(audit, null, 1)}\n`;
  const path = join(folder, auditFile);
  const earlier = existsSync(path) ? readFileSync(path, "utf8") : null;
  let kept: string | null = null;
  if (earlier !== null && earlier !== text) {
    let number = 1;
    while (existsSync(join(folder, `audit.${number}.json`))) number++;
    kept = `audit.${number}.json`;
    output.write(kept, earlier);
  }
  output.write(auditFile, text);
  output.commit();
  return kept;
}
