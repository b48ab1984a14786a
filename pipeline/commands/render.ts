import { basename, join, resolve } from "node:path";
import { sections } from "../../reports/case-study/index.ts";
import { renderHtml } from "../../reports/html/render.ts";
import { readReport } from "../../reports/report.ts";
import { Output } from "../output.ts";
import { lang, type Command } from "./command.ts";

export const render: Command = {
  usage: "yuqing render report.json [--out report.html]",
  help: { zh: "由 report.json 重新渲染，不重算", en: "render report.json again without computing" },
  example: "yuqing render out/event/report.json --lang en --out event.en.html",
  flags: { out: { value: "FILE", help: { zh: "输出文件（默认同目录 report.html）", en: "output file (default report.html beside it)" } }, lang },
  async work(files, flags, terminal) {
    const path = files[0]!;
    const broken: string[] = [];
    const page = await renderHtml(readReport(path), sections, { language: terminal.language, onFailure: (place, error) => broken.push(`${place}: ${error.message}`) });
    const out = resolve((flags.out as string | undefined) ?? join(path, "..", "report.html"));
    const output = new Output(join(out, ".."));
    output.write(basename(out), page);
    output.commit();
    terminal.print(`${out}\n`);
    for (const place of broken) terminal.warn({ zh: `画不出 ${place}`, en: `could not render ${place}` });
    return broken.length > 0 ? 3 : 0;
  },
};
