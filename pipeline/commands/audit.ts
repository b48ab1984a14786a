import { join, resolve } from "node:path";
import { integer } from "../../reports/format.ts";
import { applySheets } from "../audit/apply.ts";
import { seedInvalid, sizeInvalid } from "../audit/errors.ts";
import { modelVersion } from "../../analyzers/post/model/model.ts";
import { sampleRun } from "../audit/sample.ts";
import { summaryLines } from "../audit/summary.ts";
import { auditFile, refuseTaken, writeAudit, writeSample } from "../audit/write.ts";
import { nearest, YuqingError, type ExitCode } from "../errors.ts";
import { Output } from "../output.ts";
import { config, folderOf, inputsOf, keyOf, lang, mapping, project, settingsOf, type Command, type Flags, type Terminal } from "./command.ts";
import { partial, writing } from "./writing.ts";

export const audit: Command = {
  usage: "yuqing audit sample FILE… [--event event.yaml] --out DIR | yuqing audit apply DIR SHEET [SHEET2]",
  help: {
    zh: "十分钟抽查：sample 抽出 100–200 条写成 audit.xlsx 和 audit.html 供人标注；apply 读回填好的表（audit.xlsx 或 labels.csv），写出 audit.json",
    en: "the ten-minute check: sample draws 100–200 posts into audit.xlsx and audit.html to be labelled; apply reads the filled sheet (audit.xlsx or labels.csv) back and writes audit.json",
  },
  example: "yuqing audit sample posts.csv --event event.yaml --out out/audit",
  flags: {
    event: { value: "FILE", help: { zh: "事件说明，与报告所用的相同", en: "what the event is; the same as for the report" } },
    config,
    out: { value: "DIR", help: { zh: "抽样的目录（默认 out/<首个文件名>）", en: "folder of the sample (default out/<first file>)" } },
    size: { value: "N", help: { zh: "抽多少条，100–200（默认 150）", en: "how many posts, 100–200 (default 150)" } },
    seed: { value: "N", help: { zh: "随机种子（默认 1）", en: "random seed (default 1)" } },
    ...mapping,
    project,
    lang,
  },
  async work([part, ...files], flags, terminal) {
    if (part === "sample" && files.length > 0) return sample(files, flags, terminal);
    if (part === "apply" && files.length > 0) return apply(files, terminal);
    const near = part === undefined ? null : nearest(part, ["sample", "apply"]);
    throw new YuqingError("USAGE", 2, { what: { zh: "audit 的用法不对", en: "wrong use of audit" }, got: part ?? "nothing", expected: audit.usage, ...(near !== null && near !== part && { next: { zh: `是否想写 ${near}？`, en: `did you mean ${near}?` } }) });
  },
};

function sample(files: readonly string[], flags: Flags, terminal: Terminal): Promise<ExitCode | 0> {
  const size = wholeNumber(flags.size, 150);
  if (size === null || size < 100 || size > 200) throw sizeInvalid(String(flags.size));
  const seed = wholeNumber(flags.seed, 1);
  if (seed === null) throw seedInvalid(String(flags.seed));
  const settings = settingsOf(flags);
  const folder = folderOf(files, flags);
  refuseTaken(folder);
  const { language, progress } = terminal;
  return writing(folder, settings.config, terminal, async (output, onReject) => {
    const inputs = await inputsOf(files, terminal);
    const drawn = await sampleRun({ inputs, ...settings, key: keyOf(flags), progress, onReject }, { size, seed, model: modelVersion(settings.config.model ?? null) }, language);
    writeSample(drawn, settings.event.name, language, output());
    const { posts, items, key } = drawn.sample;
    const labels = language === "zh" ? ["有自身文字的帖文", "抽出", "样本编号"] : ["posts with own words", "drawn", "key of the sample"];
    terminal.print(`${labels[0]}\t${integer(posts, language)}\n${labels[1]}\t${integer(items.length, language)}\n${labels[2]}\t${key}\n${join(folder, "audit.html")}\n${join(folder, "audit.xlsx")}\n`);
    terminal.print(`${language === "zh" ? "标注后" : "then"}\tyuqing audit apply ${shown(folder)} labels.csv\n`);
    const rows = drawn.intake.reduce((sum, { read }) => sum + read, 0);
    const rejected = drawn.intake.reduce((sum, file) => sum + file.rejected, 0);
    return partial(drawn.intake, rejected, rows, settings.config.rejectLimit, terminal) ? 3 : 0;
  });
}

async function apply([dir, ...sheets]: readonly string[], terminal: Terminal): Promise<0> {
  const folder = resolve(dir!);
  const made = await applySheets(folder, sheets);
  const output = new Output(folder);
  let kept: string | null;
  try {
    kept = writeAudit(folder, made, output);
  } catch (cause) {
    output.discard();
    throw cause;
  }
  const path = join(folder, auditFile);
  const zh = terminal.language === "zh";
  terminal.print(`${summaryLines(made, terminal.language).join("\n")}\n`);
  if (kept !== null) terminal.print(`${zh ? "先前的抽查留作" : "the earlier audit is kept as"}\t${join(folder, kept)}\n`);
  terminal.print(`${path}\n${zh ? "下一步" : "next"}\tyuqing report … --audit ${shown(path)}\n`);
  return 0;
}

/** A path as typed into a shell. */
const shown = (path: string): string => (/^[\w./\\:-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`);

/** A flag's whole number below 2³²; `usual` when the flag is not given, null when it is none. */
function wholeNumber(given: string | boolean | undefined, usual: number): number | null {
  if (given === undefined) return usual;
  return typeof given === "string" && /^\d{1,10}$/.test(given) && Number(given) < 2 ** 32 ? Number(given) : null;
}
