import { join, resolve } from "node:path";
import { diffReports } from "../../reports/diff/compare.ts";
import { renderDiff } from "../../reports/diff/render.ts";
import { diffText } from "../../reports/diff/text.ts";
import { readReport, type Report } from "../../reports/report.ts";
import { YuqingError } from "../errors.ts";
import { Output } from "../output.ts";
import { lang, type Command } from "./command.ts";

export const diff: Command = {
  usage: "yuqing diff A.json B.json [--out DIR]",
  help: { zh: "两份 report.json 的差别：配置、版本、输入，章节状态，哪些事实出现、消失、变了多少", en: "what differs between two report.json: configuration, versions, input, status of sections, which facts appeared, vanished or changed, and by how much" },
  example: "yuqing diff out/monday/report.json out/tuesday/report.json --out out/diff",
  flags: { out: { value: "DIR", help: { zh: "写出 diff.html 的目录（默认不写）", en: "folder for diff.html (default: none is written)" } }, lang },
  work(files, flags, terminal) {
    if (files.length !== 2) throw new YuqingError("USAGE", 2, { what: { zh: "需要两份报告", en: "two reports are needed" }, got: `${files.length}`, expected: diff.usage });
    const [a, b] = files.map(readReport) as [Report, Report];
    const found = diffReports(a, b);
    terminal.print(`${diffText(found, a, b, terminal.language)}\n`);
    if (flags.out !== undefined) {
      const folder = resolve(flags.out as string);
      const output = new Output(folder);
      output.write("diff.html", renderDiff(found, a, b, terminal.language));
      output.commit();
      terminal.print(`${join(folder, "diff.html")}\n`);
    }
    return Promise.resolve(0);
  },
};
