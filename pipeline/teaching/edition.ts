import { join } from "node:path";
import { publicEdition } from "../../reports/editions/public.ts";
import { studentEdition, teacherEdition } from "../../reports/editions/training.ts";
import { evidenceCsv } from "../../reports/evidence.ts";
import { sections } from "../../reports/case-study/index.ts";
import type { Problem } from "../../reports/narrative/check.ts";
import type { Report } from "../../reports/report.ts";
import type { Terminal } from "../commands/command.ts";
import { formatted, writeCharts, type Formats } from "../commands/formats.ts";
import { nearest, YuqingError } from "../errors.ts";
import { Output } from "../output.ts";
import { present } from "../presentation.ts";
import type { RunOptions } from "../run.ts";
import type { SectionChoice } from "../sections.ts";
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

/** What an edition is written with. */
export interface EditionOptions {
  /** Sections of the public edition; cases have their own. */
  choices: readonly SectionChoice[] | null;
  formats: Formats;
  terminal: Terminal;
}

/** Paths of the pages written, what is broken in them, and whether every format was made whole. */
export interface EditionWritten {
  paths: string[];
  broken: string[];
  whole: boolean;
}

/**
 * Writes an edition into folders of its own under `folder`, each fit to be passed on as it is: public/ (report.json, evidence.csv and every format that is wanted, told from the public report alone),
 * student/case.html, and for teachers also teacher/case.html.
 */
export async function writeEdition(edition: Edition, folder: string, full: Report, options: RunOptions, { choices, formats, terminal }: EditionOptions): Promise<EditionWritten> {
  const { language } = terminal;
  if (edition === "public") {
    const { report, sections: told, page, broken } = await present(publicEdition(full, options.key, language), { language, choices, drawings: formats.drawings });
    const { files, charts, whole } = await formatted(report, told, page, formats, terminal);
    const place = join(folder, "public");
    write(place, [["evidence.csv", evidenceCsv(report, language)], ["report.json", `${JSON.stringify(report, null, 1)}\n`], ...files]);
    writeCharts(place, charts);
    return { paths: files.map(([name]) => join(place, name)), broken, whole };
  }
  const broken: string[] = [];
  const told = { language, onFailure: (place: string, error: Error) => void broken.push(`${edition} ${place}: ${error.message}`), onProblem: ({ place, reason, text }: Problem) => void broken.push(`${edition} ${place}: ${reason[language]} | ${text}`) };
  const parts = await caseParts(full, options);
  const cases: [place: string, page: string][] = [["student", await studentEdition(parts, sections, told)]];
  if (edition === "teacher") cases.push(["teacher", await teacherEdition(full, parts, sections, told)]);
  for (const [place, page] of cases) write(join(folder, place), [["case.html", page]]);
  return { paths: cases.map(([place]) => join(folder, place, "case.html")), broken: [...new Set(broken)], whole: true };
}

function write(folder: string, files: readonly (readonly [name: string, content: string | Uint8Array])[]): void {
  const output = new Output(folder);
  for (const [name, content] of files) output.write(name, content);
  output.commit();
}
