import { basename, dirname, join, resolve } from "node:path";
import { sections } from "../../reports/case-study/index.ts";
import { renderHtml } from "../../reports/html/render.ts";
import { readReport } from "../../reports/report.ts";
import { Output } from "../output.ts";
import { lang, type Command } from "./command.ts";
import { formatFlags, formatsOf, formatted, writeCharts } from "./formats.ts";

export const render: Command = {
  usage: "yuqing render report.json [--out report.html] | [--formats html,word,excel,pdf] [--charts] [--out DIR]",
  help: { zh: "由 report.json 重新渲染，不重算", en: "render report.json again without computing" },
  example: "yuqing render out/event/report.json --formats word,excel --word-style official --out handin",
  flags: { out: { value: "FILE|DIR", help: { zh: "输出文件（默认同目录 report.html）；有 --formats 或 --charts 时为输出目录", en: "output file (default report.html beside it); with --formats or --charts the output folder" } }, ...formatFlags, lang },
  async work(files, flags, terminal) {
    const path = files[0]!;
    const formats = await formatsOf(flags);
    const report = readReport(path);
    const broken: string[] = [];
    const page = await renderHtml(report, sections, { language: terminal.language, drawings: formats.drawings, onFailure: (place, error) => broken.push(`${place}: ${error.message}`) });
    for (const place of broken) terminal.warn({ zh: `画不出 ${place}`, en: `could not render ${place}` });
    const single = flags.formats === undefined && flags.charts !== true;
    const out = resolve((flags.out as string | undefined) ?? (single ? join(dirname(path), "report.html") : dirname(path)));
    const made = single ? { files: [[basename(out), page] as const], charts: [], whole: true } : await formatted(report, sections, page, formats, terminal);
    const folder = single ? dirname(out) : out;
    const output = new Output(folder);
    for (const [name, content] of made.files) output.write(name, content);
    output.commit();
    writeCharts(folder, made.charts);
    terminal.print(`${[...made.files, ...made.charts.map(([name, content]) => [join("charts", name), content] as const)].map(([name]) => join(folder, name)).join("\n")}\n`);
    return broken.length > 0 || !made.whole ? 3 : 0;
  },
};
