import { writeFileSync } from "node:fs";
import { basename, extname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { figure as formatFigure, integer } from "../reports/format.ts";
import { evidenceCsv } from "../reports/evidence.ts";
import { renderHtml } from "../reports/html/render.ts";
import { sections } from "../reports/case-study/index.ts";
import { readReport, type Report } from "../reports/report.ts";
import { eventSchema, offsetMs, readYaml, runSchema } from "./config.ts";
import { removeScratch } from "./engines/duckdb.ts";
import { YuqingError, nearest, type ExitCode, type Language, type Message } from "./errors.ts";
import { describe, inspect } from "./import/inspect.ts";
import { rejectLine, rejectsHeader } from "./import/rejects.ts";
import { Output } from "./output.ts";
import { progressOn } from "./progress.ts";
import { run } from "./run.ts";
import { versions } from "./versions.ts";

/** The only file that reads arguments, prints, and sets the exit code. stdout is data, stderr is progress. */

interface Flag {
  value: string | null;
  help: Message;
}
interface Command {
  usage: string;
  help: Message;
  example: string;
  flags: Record<string, Flag>;
  work(files: string[], flags: Record<string, string | boolean | undefined>, language: Language): Promise<ExitCode | 0>;
}

const lang: Flag = { value: "zh|en", help: { zh: "界面和报告的语言（默认 zh）", en: "language of messages and report (default zh)" } };
const mapping: Record<string, Flag> = {
  map: { value: "text=正文,time=日期", help: { zh: "指定列：我们的列名=文件表头，逗号分隔", en: "explicit columns: our column=header, separated by commas" } },
  profile: { value: "FILE", help: { zh: "保存的列映射（YAML）", en: "saved column mapping (YAML)" } },
};

const commands: Record<string, Command> = {
  report: {
    usage: "yuqing report FILE… [--event event.yaml] [--out DIR]",
    help: { zh: "读入帖文，生成 report.html、report.json、evidence.csv、rejects.csv", en: "read posts, write report.html, report.json, evidence.csv, rejects.csv" },
    example: "yuqing report posts.csv comments.jsonl.gz --event event.yaml --out out/event",
    flags: {
      event: { value: "FILE", help: { zh: "事件说明（名称、时间窗、节点、主体）", en: "what the event is (name, window, milestones, subjects)" } },
      config: { value: "FILE", help: { zh: "运行配置", en: "run configuration" } },
      out: { value: "DIR", help: { zh: "输出目录（默认 out/<首个文件名>）", en: "output folder (default out/<first file>)" } },
      ...mapping,
      lang,
    },
    work: report,
  },
  inspect: {
    usage: "yuqing inspect FILE… [--json]",
    help: { zh: "只看不跑：编码、表头映射、覆盖率、可疑之处", en: "look without running: encoding, header mapping, coverage, suspicions" },
    example: "yuqing inspect posts.csv",
    flags: { config: { value: "FILE", help: { zh: "运行配置", en: "run configuration" } }, ...mapping, json: { value: null, help: { zh: "输出 JSON", en: "print JSON" } }, lang },
    work: look,
  },
  render: {
    usage: "yuqing render report.json [--out report.html]",
    help: { zh: "由 report.json 重新渲染，不重算", en: "render report.json again without computing" },
    example: "yuqing render out/event/report.json --lang en --out event.en.html",
    flags: { out: { value: "FILE", help: { zh: "输出文件（默认同目录 report.html）", en: "output file (default report.html beside it)" } }, lang },
    work: rerender,
  },
};

async function report(files: string[], flags: Record<string, string | boolean | undefined>, language: Language): Promise<ExitCode | 0> {
  const { config, event, profile } = settings(flags);
  const out = resolve((flags.out as string | undefined) ?? join("out", stem(files[0]!)));
  const rejects: string[] = [];
  const broken: string[] = [];
  const onFailure = (place: string, error: Error) => broken.push(`${place}: ${error.message}`);
  let output: Output | null = null;
  // The folder is made when the first reject or the report needs it: a run that is refused at once leaves nothing behind.
  const target = () => (output ??= new Output(out));
  // An orderly exit would wait for the database's threads: clean up and go.
  const stop = () => {
    output?.discard();
    removeScratch();
    process.kill(process.pid, "SIGKILL");
  };
  process.once("SIGINT", stop).once("SIGTERM", stop);
  try {
    const made = await run({ files, event, config, profile, progress: progressOn(process.stderr, language), onReject: (reject) => rejects.push(rejectLine(reject, language)) });
    const page = await renderHtml(made, sections, { language, onFailure });
    target().write("rejects.csv", rejectsHeader + rejects.join(""));
    target().write("evidence.csv", evidenceCsv(made, language));
    target().write("report.json", `${JSON.stringify(made, null, 1)}\n`);
    target().write("report.html", page);
    target().commit();
    process.stdout.write(`${coverageLines(made, language).join("\n")}\n${join(out, "report.html")}\n`);
    return exitCode(made, language, broken);
  } catch (cause) {
    (output as Output | null)?.discard();
    throw cause;
  }
}

function exitCode(made: Report, language: Language, broken: readonly string[]): ExitCode | 0 {
  const failed = made.findings.filter((finding) => finding.status === "error");
  const share = made.intake.read === 0 ? 0 : made.intake.rejected / made.intake.read;
  for (const finding of failed) warn({ zh: `章节 ${finding.id} 失败：${finding.error}`, en: `section ${finding.id} failed: ${finding.error}` }, language);
  if (share > made.config.rejectLimit) warn({ zh: `拒收 ${(share * 100).toFixed(1)}%，超过上限 ${made.config.rejectLimit * 100}%；原因见 rejects.csv`, en: `${(share * 100).toFixed(1)}% of rows rejected, above the limit of ${made.config.rejectLimit * 100}%; reasons in rejects.csv` }, language);
  for (const place of broken) warn({ zh: `画不出 ${place}`, en: `could not render ${place}` }, language);
  return failed.length > 0 || broken.length > 0 || share > made.config.rejectLimit ? 3 : 0;
}

function coverageLines(made: Report, language: Language): string[] {
  const finding = made.findings.find(({ id }) => id === "coverage");
  if (!finding || finding.status === "error") return [];
  return finding.figures
    .filter(({ key }) => !key.startsWith("known.") || ["known.bare", "known.timed", "known.region_ip", "known.region_profile", "known.typed"].includes(key))
    .map((figure) => `${figure.label[language]}\t${figure.unit === "share" ? formatFigure(figure, language) : integer(figure.value, language)}`);
}

async function look(files: string[], flags: Record<string, string | boolean | undefined>, language: Language): Promise<ExitCode | 0> {
  const { config, profile } = settings(flags);
  const seen = [];
  for (const file of files) seen.push(await inspect(file, { columns: config.columns, profile, cellLimit: config.cellLimit, utcOffsetMs: offsetMs("+08:00") }));
  process.stdout.write(flags.json ? `${JSON.stringify(seen, null, 1)}\n` : `${seen.map((one) => describe(one, language)).join("\n\n")}\n`);
  return 0;
}

async function rerender(files: string[], flags: Record<string, string | boolean | undefined>, language: Language): Promise<ExitCode | 0> {
  const path = files[0]!;
  const broken: string[] = [];
  const page = await renderHtml(readReport(path), sections, { language, onFailure: (place, error) => broken.push(`${place}: ${error.message}`) });
  const out = resolve((flags.out as string | undefined) ?? join(path, "..", "report.html"));
  const output = new Output(join(out, ".."));
  output.write(basename(out), page);
  output.commit();
  process.stdout.write(`${out}\n`);
  for (const place of broken) warn({ zh: `画不出 ${place}`, en: `could not render ${place}` }, language);
  return broken.length > 0 ? 3 : 0;
}

function settings(flags: Record<string, string | boolean | undefined>) {
  const config = flags.config ? readYaml(flags.config as string, runSchema) : runSchema.parse({});
  const event = flags.event ? readYaml(flags.event as string, eventSchema) : eventSchema.parse({});
  for (const pair of ((flags.map as string | undefined) ?? "").split(",").filter(Boolean)) {
    const at = pair.indexOf("=");
    if (at < 1 || at === pair.length - 1) throw new YuqingError("USAGE", 2, { what: { zh: "--map 的写法不对", en: "cannot read --map" }, got: pair, expected: "our column=header in the file" });
    config.columns[pair.slice(0, at).trim()] = pair.slice(at + 1).trim();
  }
  return { config, event, profile: flags.profile as string | undefined };
}

const stem = (file: string): string => basename(file, extname(file)).replace(/\.(csv|tsv|jsonl|json|xlsx)$/i, "") || "report";

function warn(message: Message, language: Language): void {
  process.stderr.write(`${language === "zh" ? "警告" : "warning"}: ${message[language]}\n`);
}

/** Help made from the flag tables. */
function help(language: Language, only?: string): string {
  const chosen = Object.entries(commands).filter(([name]) => only === undefined || name === only);
  const lines = [`yuqing ${versions.yuqing} · ${language === "zh" ? "从一堆帖文到一份可以签字的舆情报告（离线，同样的输入同样的字节）" : "from a pile of posts to a public-opinion report one can sign (offline; same input, same bytes)"}`];
  for (const [, { usage, help, example, flags }] of chosen) {
    lines.push("", usage, `  ${help[language]}`);
    for (const [name, flag] of Object.entries(flags)) lines.push(`    --${name}${flag.value ? ` ${flag.value}` : ""}`.padEnd(36) + flag.help[language]);
    lines.push(`  ${language === "zh" ? "例" : "e.g."} ${example}`);
  }
  lines.push("", language === "zh" ? "退出码：0 完整 · 1 没有写出报告 · 2 用法或配置有误，什么也没执行 · 3 报告已写出但不完整" : "exit codes: 0 complete · 1 no report written · 2 bad usage or config, nothing run · 3 report written but partial");
  return `${lines.join("\n")}\n`;
}

/** Runs one command line; returns the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  const wanted = argv.includes("--lang") ? argv[argv.indexOf("--lang") + 1] : argv.find((word) => word.startsWith("--lang="))?.slice(7);
  const language: Language = wanted === "en" ? "en" : "zh";
  try {
    const [name, ...rest] = argv;
    if (name === undefined || name === "-h" || name === "--help" || name === "help") return print(help(language));
    if (name === "--version" || name === "-V") return print(`${versions.yuqing}\n`);
    const command = Object.hasOwn(commands, name) ? commands[name]! : null;
    if (command === null) throw usage({ zh: "没有这个命令", en: "no such command" }, name, Object.keys(commands));
    if (rest.includes("-h") || rest.includes("--help")) return print(help(language, name));
    const { values, positionals } = parse(command, rest);
    if (wanted !== undefined && wanted !== "zh" && wanted !== "en") throw usage({ zh: "没有这种语言", en: "no such language" }, wanted, ["zh", "en"]);
    if (positionals.length === 0) throw usage({ zh: "没有给出文件", en: "no file given" }, "nothing", [command.usage]);
    return await command.work(positionals, values, language);
  } catch (cause) {
    const error = cause instanceof YuqingError ? cause : unexpected(cause);
    process.stderr.write(`${error.text(language)}\n`);
    return error.exit;
  }
}

function print(text: string): 0 {
  process.stdout.write(text);
  return 0;
}

function parse(command: Command, rest: string[]) {
  try {
    return parseArgs({ args: rest, allowPositionals: true, options: Object.fromEntries(Object.entries(command.flags).map(([name, { value }]) => [name, { type: value === null ? ("boolean" as const) : ("string" as const) }])) });
  } catch (cause) {
    const code = (cause as { code?: string }).code;
    const option = /'(-[^' =]*)/.exec((cause as Error).message)?.[1] ?? "";
    if (code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") throw usage({ zh: "没有这个选项", en: "no such option" }, option, Object.keys(command.flags).map((flag) => `--${flag}`));
    throw usage({ zh: "选项的用法不对", en: "wrong use of an option" }, (cause as Error).message, [command.usage]);
  }
}

function usage(what: Message, got: string, known: string[]): YuqingError {
  const near = nearest(got, known);
  return new YuqingError("USAGE", 2, { what, got, expected: known.join(", "), next: near ? { zh: `是否想写 ${near}？`, en: `did you mean ${near}?` } : { zh: "yuqing --help 列出全部用法", en: "yuqing --help lists everything" } });
}

/** Last resort: a bug of ours. The stack goes to a file, not to the terminal, since messages may quote posts. */
function unexpected(cause: unknown): YuqingError {
  const path = join(process.cwd(), "yuqing-crash.log");
  try {
    writeFileSync(path, `${cause instanceof Error ? cause.stack : String(cause)}\n`, { mode: 0o600 });
  } catch {
    process.stderr.write(`${cause instanceof Error ? cause.stack : String(cause)}\n`); // the folder is read-only: better on the terminal than lost
  }
  return new YuqingError("INTERNAL", 1, { what: { zh: "程序内部错误；没有写出报告", en: "internal error; no report written" }, where: path, got: cause instanceof Error ? cause.message.split("\n")[0]! : String(cause), next: { zh: "请附上该日志提交问题", en: "please report it with that log" } });
}
