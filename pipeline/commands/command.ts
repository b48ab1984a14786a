import { basename, extname, resolve } from "node:path";
import { eventSchema, readYaml, runSchema, type EventConfig, type RunConfig } from "../config.ts";
import { YuqingError, type ExitCode, type Language, type Message } from "../errors.ts";
import { expandInputs, type Input } from "../import/open/inputs.ts";
import type { Progress } from "../progress.ts";
import { projectKey } from "../project.ts";
import { noEventWords, readEventWords, type EventWords } from "../words/event-words.ts";

/** One command of `yuqing`. Help is made from the flags; cli.ts is the only place that reads arguments, prints and sets the exit code. */
export interface Command {
  usage: string;
  help: Message;
  example: string;
  flags: Record<string, Flag>;
  /** True when the file is named by a flag: none is expected beside it. */
  filesByFlag?: boolean;
  /** True when it can do without a file. */
  filesOptional?: boolean;
  /** `files`: at least one, none when `filesByFlag`, any number when `filesOptional`. Throws YuqingError. */
  work(files: string[], flags: Flags, terminal: Terminal): Promise<ExitCode | 0>;
}

export interface Flag {
  /** What the flag takes; null: nothing. */
  value: string | null;
  help: Message;
}
export type Flags = Record<string, string | boolean | undefined>;

export interface Terminal {
  language: Language;
  /** Data, on stdout. */
  print(text: string): void;
  /** A line on stderr. */
  warn(message: Message): void;
  progress: Progress;
}

export const log: Flag = { value: "FORMAT", help: { zh: "标准错误上的日志：text（默认）或 json（每行一条）", en: "log on standard error: text (default) or json, one line each" } };
export const sectionsFlag: Flag = { value: "FILE", help: { zh: "章节清单（YAML）：选哪些、什么次序、自己的标题和按语（docs/sections.md）", en: "list of sections (YAML): which, in which order, own headings and words (docs/sections.md)" } };
export const lang: Flag = { value: "zh|en", help: { zh: "界面和报告的语言（默认 zh）", en: "language of messages and report (default zh)" } };
export const config: Flag = { value: "FILE", help: { zh: "运行配置", en: "run configuration" } };
export const project: Flag = { value: "DIR", help: { zh: "项目目录，作者哈希的密钥在其 .yuqing/key（默认当前目录）", en: "project folder; the key of the author hash is its .yuqing/key (default: the current folder)" } };
export const mapping: Record<string, Flag> = {
  map: { value: "text=正文,time=日期", help: { zh: "指定列：我们的列名=文件表头，逗号分隔", en: "explicit columns: our column=header, separated by commas" } },
  profile: { value: "FILE", help: { zh: "保存的列映射（YAML）", en: "saved column mapping (YAML)" } },
};

export interface Settings {
  config: RunConfig;
  event: EventConfig;
  /** What the files that the event names say about words. */
  words: EventWords;
  profile: string | undefined;
}

/** `reviewed` false: the list of new words that the event names is not read. */
export function settingsOf(flags: Flags, { reviewed = true } = {}): Settings {
  const config = flags.config ? readYaml(flags.config as string, runSchema) : runSchema.parse({});
  const event = flags.event ? readYaml(flags.event as string, eventSchema) : eventSchema.parse({});
  for (const pair of ((flags.map as string | undefined) ?? "").split(",").filter(Boolean)) {
    const at = pair.indexOf("=");
    if (at < 1 || at === pair.length - 1) throw new YuqingError("USAGE", 2, { what: { zh: "--map 的写法不对", en: "cannot read --map" }, got: pair, expected: "our column=header in the file" });
    config.columns[pair.slice(0, at).trim()] = pair.slice(at + 1).trim();
  }
  const words = flags.event ? readEventWords(reviewed ? event : { ...event, wordList: undefined }, flags.event as string) : noEventWords;
  return { config, event, words, profile: flags.profile as string | undefined };
}

/** Files, folders, patterns and archives as single inputs; what was passed over is said. */
export async function inputsOf(files: readonly string[], terminal: Terminal): Promise<Input[]> {
  const { inputs, skipped } = await expandInputs(files);
  for (const { name, reason } of skipped) terminal.warn({ zh: `跳过 ${name}：${reason.zh}`, en: `skipped ${name}: ${reason.en}` });
  return inputs;
}

/** The key in the folder that --project names. */
export const keyOf = (flags: Flags): Uint8Array => projectKey(resolve((flags.project as string | undefined) ?? "."));

/** Output folder: --out, else out/<name of the first file>. */
export function folderOf(files: readonly string[], flags: Flags): string {
  const name = basename(files[0]!, extname(files[0]!)).replace(/\.(csv|tsv|jsonl|json|xlsx)$/i, "").replace(/[*?[\]]+/g, "_") || "report";
  return resolve((flags.out as string | undefined) ?? `out/${name === ".." || name === "." ? "report" : name}`);
}
