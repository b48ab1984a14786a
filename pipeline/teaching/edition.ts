import { join } from "node:path";
import { publicEdition } from "../../reports/editions/public.ts";
import { studentEdition, teacherEdition } from "../../reports/editions/training.ts";
import { evidenceCsv } from "../../reports/evidence.ts";
import type { Section } from "../../reports/contract.ts";
import { renderHtml } from "../../reports/html/render.ts";
import type { OnFailure } from "../../reports/html/page.ts";
import type { Report } from "../../reports/report.ts";
import { nearest, YuqingError, type Language } from "../errors.ts";
import { Output } from "../output.ts";
import type { RunOptions } from "../run.ts";
import { caseParts } from "./parts.ts";

const editions = ["public", "teacher", "student"] as const;
export type Edition = (typeof editions)[number];

/** The edition that a flag names; null without one. Throws USAGE (exit 2). */
export function editionOf(flag: string | boolean | undefined): Edition | null {
  if (flag === undefined) return null;
  const found = editions.find((edition) => edition === flag);
  if (found !== undefined) return found;
  const near = nearest(String(flag), editions);
  throw new YuqingError("USAGE", 2, { what: { zh: "没有这一版", en: "no such edition" }, got: String(flag), expected: editions.join(", "), ...(near === null ? {} : { next: { zh: `是否想写 ${near}？`, en: `did you mean ${near}?` } }) });
}

/**
 * Writes an edition into folders of its own under `folder`, each fit to be passed on as it is: public/ (report.html, report.json, evidence.csv), student/case.html, and for teachers also teacher/case.html.
 * `sections`: those of the full report, checked by the caller; a part of a case is another report, so `all` are the unchecked ones. Returns the paths written.
 */
export async function writeEdition(edition: Edition, folder: string, full: Report, options: RunOptions, { sections, all, language, onFailure }: { sections: readonly Section[]; all: readonly Section[]; language: Language; onFailure: OnFailure }): Promise<string[]> {
  const files: [place: string, name: string, text: string][] = [];
  if (edition === "public") {
    const made = publicEdition(full, options.key);
    files.push(["public", "evidence.csv", evidenceCsv(made, language)], ["public", "report.json", `${JSON.stringify(made, null, 1)}\n`], ["public", "report.html", await renderHtml(made, sections, { language, onFailure })]);
  } else {
    const parts = await caseParts(full, options);
    files.push(["student", "case.html", await studentEdition(parts, all, { language, onFailure })]);
    if (edition === "teacher") files.push(["teacher", "case.html", await teacherEdition(full, parts, all, { language, onFailure })]);
  }
  for (const place of new Set(files.map(([place]) => place))) {
    const output = new Output(join(folder, place));
    for (const [into, name, text] of files) if (into === place) output.write(name, text);
    output.commit();
  }
  return files.filter(([, name]) => name.endsWith(".html")).map(([place, name]) => join(folder, place, name));
}
