import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { audit } from "./commands/audit.ts";
import type { Command, Terminal } from "./commands/command.ts";
import { compare } from "./commands/compare.ts";
import { digest } from "./commands/digest.ts";
import { event } from "./commands/event.ts";
import { diff } from "./commands/diff.ts";
import { evaluate } from "./commands/evaluate.ts";
import { importFiles } from "./commands/import.ts";
import { init } from "./commands/init.ts";
import { inspect } from "./commands/inspect.ts";
import { ledger } from "./commands/ledger.ts";
import { library } from "./commands/library.ts";
import { nightly } from "./commands/nightly.ts";
import { prune } from "./commands/prune.ts";
import { render } from "./commands/render.ts";
import { report } from "./commands/report.ts";
import { status } from "./commands/status.ts";
import { train } from "./commands/train.ts";
import { verify } from "./commands/verify.ts";
import { words } from "./commands/words.ts";
import { explained } from "./engines/refusals.ts";
import { YuqingError, nearest, printable, type Language, type Message } from "./errors.ts";
import { jsonLine, progressInJson, progressOn } from "./progress.ts";
import { versions } from "./versions.ts";

/** The only file that reads arguments, prints, and sets the exit code. stdout is data, stderr is progress. */

const commands: Record<string, Command> = { report, import: importFiles, inspect, words, audit, render, compare, diff, library, ledger, evaluate, train, init, nightly, digest, event, status, verify, prune };

const terminalIn = (language: Language, log: "text" | "json"): Terminal => ({
  language,
  print: (text) => void process.stdout.write(text),
  warn: (message) => void process.stderr.write(log === "json" ? jsonLine({ level: "warning", message: message[language] }) : `${language === "zh" ? "警告" : "warning"}: ${printable(message[language])}\n`),
  progress: log === "json" ? progressInJson(process.stderr, language) : progressOn(process.stderr, language),
});

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
    if (command.filesByFlag && positionals.length > 0) throw usage({ zh: "多出了参数", en: "one argument too many" }, positionals[0]!, [command.usage]);
    if (!command.filesByFlag && !command.filesOptional && positionals.length === 0) throw usage({ zh: "没有给出文件", en: "no file given" }, "nothing", [command.usage]);
    if (values.log !== undefined && values.log !== "text" && values.log !== "json") throw usage({ zh: "没有这种日志格式", en: "no such log format" }, String(values.log), ["text", "json"]);
    return await command.work(positionals, values, terminalIn(language, values.log ?? "text"));
  } catch (cause) {
    const inJson = argv.includes("--log=json") || argv.some((word, i) => word === "--log" && argv[i + 1] === "json");
    const say = (error: YuqingError): void => void process.stderr.write(inJson ? jsonLine(logEntry(error, language)) : `${error.text(language)}\n`);
    const error = explained(cause) ?? unexpected(cause, say);
    say(error);
    return error.exit;
  }
}

function logEntry({ code, parts: { what, where, got, expected, next } }: YuqingError, language: Language): Record<string, unknown> {
  return { level: "error", code, message: what[language], where, got, expected, next: next?.[language] };
}

function print(text: string): 0 {
  process.stdout.write(text);
  return 0;
}

function parse(command: Command, rest: string[]) {
  let parsed;
  try {
    parsed = parseArgs({ args: rest, allowPositionals: true, tokens: true, options: Object.fromEntries(Object.entries(command.flags).map(([name, { value }]) => [name, { type: value === null ? ("boolean" as const) : ("string" as const) }])) });
  } catch (cause) {
    const code = (cause as { code?: string }).code;
    const option = /'(-[^' =]*)/.exec((cause as Error).message)?.[1] ?? "";
    if (code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") throw usage({ zh: "没有这个选项", en: "no such option" }, option, Object.keys(command.flags).map((flag) => `--${flag}`));
    throw usage({ zh: "选项的用法不对", en: "wrong use of an option" }, (cause as Error).message, [command.usage]);
  }
  const named = parsed.tokens.flatMap((token) => (token.kind === "option" ? [token.name] : []));
  const twice = named.find((name, i) => named.indexOf(name) < i);
  if (twice !== undefined) throw usage({ zh: "同一个选项给了两次", en: "an option is given twice" }, `--${twice}`, [command.usage]);
  return parsed;
}

function usage(what: Message, got: string, known: string[]): YuqingError {
  const near = nearest(got, known);
  return new YuqingError("USAGE", 2, { what, got, expected: known.join(", "), next: near ? { zh: `是否想写 ${near}？`, en: `did you mean ${near}?` } : { zh: "yuqing --help 列出全部用法", en: "yuqing --help lists everything" } });
}

/** Last resort: a bug of ours. The stack goes to a file, not to the terminal, since messages may quote posts. */
function unexpected(cause: unknown, say: (error: YuqingError) => void): YuqingError {
  const path = join(process.cwd(), "yuqing-crash.log");
  try {
    writeFileSync(path, `${cause instanceof Error ? cause.stack : String(cause)}\n`, { mode: 0o600 });
  } catch {
    const got = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    say(new YuqingError("CRASH_LOG", 1, { what: { zh: "写不了日志文件，内容如下", en: "the log could not be written; its content" }, where: path, got })); // better on the terminal than lost
  }
  return new YuqingError("INTERNAL", 1, { what: { zh: "程序内部错误；没有写出报告", en: "internal error; no report written" }, where: path, got: cause instanceof Error ? cause.name : typeof cause, next: { zh: "请附上该日志提交问题", en: "please report it with that log" } });
}
