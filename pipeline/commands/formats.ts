import { join } from "node:path";
import { Drawings } from "../../reports/charts/drawings.ts";
import type { Section } from "../../reports/contract.ts";
import { evidenceWorkbook, reportWorkbook } from "../../reports/excel/report.ts";
import { chartPictures } from "../../reports/pictures/charts.ts";
import type { Report } from "../../reports/report.ts";
import type { Look } from "../../reports/word/contract.ts";
import { renderWord } from "../../reports/word/report.ts";
import { readTemplate, type Template } from "../../reports/word/template.ts";
import { printToPdf } from "../browser.ts";
import { YuqingError, nearest } from "../errors.ts";
import { Output } from "../output.ts";
import type { Flag, Flags, Terminal } from "./command.ts";

const known = ["html", "word", "excel", "pdf"] as const;
type Format = (typeof known)[number];
const looks: readonly Look[] = ["plain", "official"];

/** Flags of every command that writes a report. */
export const formatFlags: Record<string, Flag> = {
  formats: { value: "html,word,excel,pdf", help: { zh: "写出哪些格式（默认 html）；pdf 用本机的 Chromium、Chrome 或 Edge", en: "formats to write (default html); pdf by the machine's Chromium, Chrome or Edge" } },
  charts: { value: null, help: { zh: "另把每张图存为 charts/ 下的 SVG 和 PNG", en: "also write each chart as SVG and PNG into charts/" } },
  "word-style": { value: "plain|official", help: { zh: "Word 的样式：plain 普通（默认），official 公文格式", en: "style of the Word file: plain (default) or official (GB/T 9704)" } },
  template: { value: "FILE", help: { zh: "自己的 Word 模板（.docx 或 .dotx），用它的样式、页眉页脚和页面", en: "your own Word template (.docx or .dotx): its styles, headers, footers and page" } },
};

export interface Formats {
  wanted: ReadonlySet<Format>;
  charts: boolean;
  look: Look;
  template: Template | undefined;
  /** What HTML, Word and pictures of this one rendering share. */
  drawings: Drawings;
}

/** Reads the flags, and the template, before anything is computed. Throws YuqingError. */
export async function formatsOf(flags: Flags): Promise<Formats> {
  const list = ((flags.formats as string | undefined) ?? "html").split(",").map((name) => name.trim());
  for (const name of list) if (!(known as readonly string[]).includes(name)) throw unknown("--formats", name, known);
  const look = (flags["word-style"] as string | undefined) ?? "plain";
  if (!(looks as readonly string[]).includes(look)) throw unknown("--word-style", look, looks);
  return { wanted: new Set(list as Format[]), charts: flags.charts === true, look: look as Look, template: flags.template === undefined ? undefined : await readTemplate(flags.template as string), drawings: new Drawings() };
}

function unknown(where: string, got: string, choices: readonly string[]): YuqingError {
  const near = nearest(got, choices);
  return new YuqingError("USAGE", 2, { what: { zh: "没有这种选择", en: "no such choice" }, where, got, expected: choices.join(", "), ...(near === null ? {} : { next: { zh: `是否想写 ${near}？`, en: `did you mean ${near}?` } }) });
}

interface Made {
  files: (readonly [name: string, content: string | Uint8Array])[];
  charts: (readonly [name: string, content: string | Uint8Array])[];
  /** False when something that was asked for is missing or carries a notice: it has been said. */
  whole: boolean;
}

/** The files of the formats that are wanted. `page`: the report as HTML. What cannot be made is said and left out, the rest is made. */
export async function formatted(report: Report, sections: readonly Section[], page: string, { wanted, charts, look, template, drawings }: Formats, terminal: Terminal): Promise<Made> {
  const { language } = terminal;
  const broken = new Set<string>();
  const onFailure = (place: string, error: Error): void => void broken.add(`${place}: ${error.message}`);
  let whole = true;
  const said = (error: unknown): null => {
    if (!(error instanceof YuqingError)) throw error;
    whole = false;
    terminal.warn({ zh: error.text("zh").replaceAll("\n", " "), en: error.text("en").replaceAll("\n", " ") });
    return null;
  };
  const files: Made["files"] = [];
  const printed = wanted.has("pdf") ? printToPdf(page).catch(said) : null; // the browser works meanwhile
  if (wanted.has("html")) files.push(["report.html", page]);
  if (wanted.has("excel")) files.push(["evidence.xlsx", evidenceWorkbook(report, sections, { language })], ["report.xlsx", reportWorkbook(report, sections, { language, onFailure })]);
  if (wanted.has("word")) files.push(["report.docx", await renderWord(report, sections, { language, style: look, template, drawings, onFailure, onWithout: (why) => terminal.warn({ zh: `${why.zh}；Word 中以表代图`, en: `${why.en}; the Word file has tables in their place` }) })]);
  const pictures = charts ? await chartPictures(report, sections, language, onFailure, drawings) : null;
  if (pictures?.without) {
    whole = false;
    terminal.warn({ zh: `${pictures.without.zh}；只写 SVG`, en: `${pictures.without.en}; SVG only` });
  }
  const pdf = await printed;
  if (pdf !== null) files.push(["report.pdf", pdf]);
  for (const place of broken) terminal.warn({ zh: `画不出 ${place}`, en: `could not render ${place}` });
  return { files, charts: pictures?.files ?? [], whole: whole && broken.size === 0 };
}

/** Writes the pictures into the folder charts of `folder`. */
export function writeCharts(folder: string, charts: Made["charts"]): void {
  if (charts.length === 0) return;
  const output = new Output(join(folder, "charts"));
  for (const [name, content] of charts) output.write(name, content);
  output.commit();
}
