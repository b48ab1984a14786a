import { join, resolve } from "node:path";
import { renderComparison } from "../../reports/comparison/render.ts";
import { readReport, type Report } from "../../reports/report.ts";
import { YuqingError } from "../errors.ts";
import { Output } from "../output.ts";
import { lang, type Command } from "./command.ts";

export const compare: Command = {
  usage: "yuqing compare A.json B.json [--out DIR]",
  help: { zh: "对比两份 report.json：关键数字、对齐的声量曲线、平台、同名话题，写出 comparison.html", en: "two report.json side by side: key figures, aligned volume, platforms, topics of one name, as comparison.html" },
  example: "yuqing compare out/first/report.json out/second/report.json --out out/comparison",
  flags: { out: { value: "DIR", help: { zh: "输出目录（默认 out/comparison）", en: "output folder (default out/comparison)" } }, lang },
  async work(files, flags, terminal) {
    if (files.length !== 2) throw new YuqingError("USAGE", 2, { what: { zh: "需要两份报告", en: "two reports are needed" }, got: `${files.length}`, expected: compare.usage });
    const [a, b] = files.map(readReport) as [Report, Report];
    for (const [i, report] of [a, b].entries()) if (report.intake.kept === 0) throw refused({ zh: "报告没有帖文，无从比较", en: "the report has no posts to compare" }, files[i]!);
    if (JSON.stringify(a) === JSON.stringify(b)) throw refused({ zh: "两份是同一份报告", en: "both are the same report" }, files.join(" "));
    const broken: string[] = [];
    const page = await renderComparison(a, b, { language: terminal.language, onFailure: (place, error) => broken.push(`${place}: ${error.message}`) });
    const folder = resolve((flags.out as string | undefined) ?? "out/comparison");
    const output = new Output(folder);
    output.write("comparison.html", page);
    output.commit();
    terminal.print(`${join(folder, "comparison.html")}\n`);
    for (const place of broken) terminal.warn({ zh: `画不出 ${place}`, en: `could not render ${place}` });
    return broken.length > 0 ? 3 : 0;
  },
};

function refused(what: { zh: string; en: string }, where: string): YuqingError {
  return new YuqingError("COMPARISON", 2, { what, where, next: { zh: "没有写出对比", en: "no comparison was written" } });
}
