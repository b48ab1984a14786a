import { basename, dirname, join, resolve } from "node:path";
import { sections as known } from "../../reports/case-study/index.ts";
import { readReport } from "../../reports/report.ts";
import { Output } from "../output.ts";
import { present } from "../presentation.ts";
import { readSections } from "../sections.ts";
import { lang, sectionsFlag, type Command } from "./command.ts";
import { formatFlags, formatsOf, formatted, writeCharts } from "./formats.ts";

export const render: Command = {
  usage: "yuqing render report.json [--out report.html] | [--formats html,word,excel,pdf] [--charts] [--out DIR]",
  help: { zh: "由 report.json 重新渲染，不重算", en: "render report.json again without computing" },
  example: "yuqing render out/event/report.json --formats word,excel --word-style official --out handin",
  flags: { out: { value: "FILE|DIR", help: { zh: "输出文件（默认同目录 report.html）；有 --formats 或 --charts 时为输出目录", en: "output file (default report.html beside it); with --formats or --charts the output folder" } }, ...formatFlags, sections: sectionsFlag, lang },
  async work(files, flags, terminal) {
    const path = files[0]!;
    const choices = flags.sections === undefined ? null : readSections(flags.sections as string, known);
    const formats = await formatsOf(flags);
    const { report, sections, page, broken, hints } = await present(readReport(path), { language: terminal.language, choices, drawings: formats.drawings });
    hints.forEach(terminal.warn);
    const single = flags.formats === undefined && flags.charts !== true;
    const out = resolve((flags.out as string | undefined) ?? (single ? join(dirname(path), "report.html") : dirname(path)));
    const made = single ? { files: [[basename(out), page] as const], charts: [], whole: true } : await formatted(report, sections, page, formats, terminal);
    const folder = single ? dirname(out) : out;
    const output = new Output(folder);
    for (const [name, content] of made.files) output.write(name, content);
    output.commit();
    writeCharts(folder, made.charts);
    for (const place of broken) terminal.warn({ zh: `画不出，或没有事实支持：${place}`, en: `could not render, or no fact behind it: ${place}` });
    terminal.print(`${[...made.files, ...made.charts.map(([name, content]) => [join("charts", name), content] as const)].map(([name]) => join(folder, name)).join("\n")}\n`);
    return broken.length > 0 || !made.whole ? 3 : 0;
  },
};
