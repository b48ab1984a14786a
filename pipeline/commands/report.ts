import { join } from "node:path";
import { sections } from "../../reports/case-study/index.ts";
import { evidenceCsv } from "../../reports/evidence.ts";
import { figure as formatFigure, integer } from "../../reports/format.ts";
import type { Report } from "../../reports/report.ts";
import { readAuditFile } from "../audit/read.ts";
import type { ExitCode, Language } from "../errors.ts";
import { readLibrary } from "../library/store.ts";
import { present } from "../presentation.ts";
import { run, type RunOptions } from "../run.ts";
import { readSections } from "../sections.ts";
import { editionOf, writeEdition } from "../teaching/edition.ts";
import { config, folderOf, inputsOf, keyOf, lang, mapping, project, sectionsFlag, settingsOf, type Command, type Terminal } from "./command.ts";
import { formatFlags, formatsOf, formatted, writeCharts } from "./formats.ts";
import { damageTo } from "./library.ts";
import { partial, writing } from "./writing.ts";

export const report: Command = {
  usage: "yuqing report FILE… [--event event.yaml] [--out DIR]",
  help: { zh: "读入帖文，生成 report.html、report.json、evidence.csv、rejects.csv", en: "read posts, write report.html, report.json, evidence.csv, rejects.csv" },
  example: "yuqing report posts.csv comments.jsonl.gz --event event.yaml --out out/event",
  flags: {
    event: { value: "FILE", help: { zh: "事件说明（名称、时间窗、节点、主体）", en: "what the event is (name, window, milestones, subjects)" } },
    config,
    out: { value: "DIR", help: { zh: "输出目录（默认 out/<首个文件名>）", en: "output folder (default out/<first file>)" } },
    audit: { value: "FILE", help: { zh: "人工抽查的结果（yuqing audit apply 写出的 audit.json），用来修正情绪占比", en: "hand check (audit.json of yuqing audit apply) that corrects the shares of moods" } },
    library: { value: "DIR", help: { zh: "事件库（yuqing library add 建立）：本事件在其中的位置", en: "event library (made by yuqing library add) among whose cases this one is placed" } },
    ...formatFlags,
    sections: sectionsFlag,
    edition: { value: "public|teacher|student", help: { zh: "另写一版：公开版（public/），或教学案例（teacher/ 和 student/）（docs/editions.md）", en: "one more edition: for the public (public/), or a training case (teacher/ and student/) (docs/editions.md)" } },
    ...mapping,
    project,
    lang,
  },
  async work(files, flags, terminal) {
    const choices = flags.sections === undefined ? null : readSections(flags.sections as string, sections);
    const edition = editionOf(flags.edition);
    const settings = settingsOf(flags);
    const formats = await formatsOf(flags);
    const audit = flags.audit === undefined ? null : readAuditFile(flags.audit as string, settings.config.model ?? null);
    const library = flags.library === undefined ? null : readLibrary(flags.library as string, damageTo(terminal));
    const inputs = await inputsOf(files, terminal);
    const folder = folderOf(files, flags);
    const { language, progress } = terminal;
    return writing(folder, settings.config, terminal, async (output, onReject) => {
      const options: RunOptions = { inputs, ...settings, audit, library, key: keyOf(flags), progress, onReject };
      const { report: made, sections: told, page, broken, hints } = await present(await run(options), { language, choices, drawings: formats.drawings });
      hints.forEach(terminal.warn);
      output().write("evidence.csv", evidenceCsv(made, language));
      output().write("report.json", `${JSON.stringify(made, null, 1)}\n`);
      const { files, charts, whole } = await formatted(made, told, page, formats, terminal);
      for (const [name, content] of files) output().write(name, content);
      output().commit();
      writeCharts(folder, charts);
      const more = edition === null ? null : await writeEdition(edition, folder, made, options, { choices, formats, terminal });
      terminal.print(`${coverageLines(made, language).join("\n")}\n${[...files.map(([name]) => join(folder, name)), ...(more?.paths ?? [])].join("\n")}\n`);
      return exitCode(made, [...broken, ...(more?.broken ?? [])], terminal) || (whole && more?.whole !== false ? 0 : 3);
    });
  },
};

function exitCode({ findings, manifest, intake, config }: Report, broken: readonly string[], terminal: Terminal): ExitCode | 0 {
  const failed = findings.filter((finding) => finding.status === "error");
  for (const finding of failed) terminal.warn({ zh: `章节 ${finding.id} 失败：${finding.error}`, en: `section ${finding.id} failed: ${finding.error}` });
  for (const place of broken) terminal.warn({ zh: `画不出，或没有事实支持：${place}`, en: `could not render, or no fact behind it: ${place}` });
  const some = partial(manifest.files, intake.rejected, intake.read, config.rejectLimit, terminal);
  return failed.length > 0 || broken.length > 0 || some ? 3 : 0;
}

function coverageLines(made: Report, language: Language): string[] {
  const finding = made.findings.find(({ id }) => id === "coverage");
  if (!finding || finding.status === "error") return [];
  return finding.figures
    .filter(({ key, value, unit }) => (key.startsWith("known.") ? shown.has(key) : unit === "share" || value !== 0 || always.has(key)))
    .map((figure) => `${figure.label[language]}\t${figure.unit === "share" ? formatFigure(figure, language) : integer(figure.value, language)}`);
}
const shown = new Set(["known.bare", "known.timed", "known.region_ip", "known.region_profile", "known.typed"]);
const always = new Set(["read", "kept", "duplicates", "outside", "rejected"]);
