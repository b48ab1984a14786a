import { existsSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { integer } from "../../reports/format.ts";
import { nearest, printable, YuqingError, type ExitCode, type Message } from "../errors.ts";
import type { Entry } from "../library/entry.ts";
import { entryOf } from "../library/report-entry.ts";
import { readEntries, writeEntries } from "../library/store.ts";
import { lang, project, type Command, type Flags, type Terminal } from "./command.ts";

export const library: Command = {
  usage: "yuqing library add REPORT.json… | yuqing library list | yuqing library remove NAME…",
  help: {
    zh: "事件库：add 从 report.json 取出几个数存下（不含文字和账号），list 列出，remove 移除；yuqing report --library 用它给新事件定位",
    en: "the event library: add keeps a few numbers of each report.json (no text, no account), list shows them, remove takes cases out; yuqing report --library places a new case among them",
  },
  example: "yuqing library add out/*/report.json --library cases",
  flags: {
    library: { value: "DIR", help: { zh: "事件库的目录（默认项目目录下的 .yuqing/library）", en: "folder of the library (default .yuqing/library of the project)" } },
    replace: { value: null, help: { zh: "add：同名的事件用新报告代替", en: "add: the new report takes the place of the event of its name" } },
    project,
    lang,
  },
  async work([part, ...rest], flags, terminal) {
    const folder = resolve((flags.library as string | undefined) ?? join((flags.project as string | undefined) ?? ".", ".yuqing", "library"));
    if (part === "add" && rest.length > 0) return add(folder, rest, flags, terminal);
    if (part === "list" && rest.length === 0) return list(folder, terminal);
    if (part === "remove" && rest.length > 0) return remove(folder, rest, terminal);
    const near = part === undefined ? null : nearest(part, ["add", "list", "remove"]);
    throw new YuqingError("USAGE", 2, { what: { zh: "library 的用法不对", en: "wrong use of library" }, got: part ?? "nothing", expected: library.usage, ...(near !== null && near !== part && { next: { zh: `是否想写 ${near}？`, en: `did you mean ${near}?` } }) });
  },
};

/** A report that cannot be added is named and left out; the others are written together. */
function add(folder: string, paths: readonly string[], { replace }: Flags, terminal: Terminal): ExitCode | 0 {
  const before = new Map((existsSync(folder) ? readEntries(folder, damageTo(terminal)) : []).map(({ entry }) => [entry.name, entry]));
  const wanted = new Map<string, Entry>();
  const refused: YuqingError[] = [];
  const said: string[] = [];
  for (const path of paths) {
    try {
      const entry = entryOf(path);
      const taken = wanted.get(entry.name) ?? before.get(entry.name);
      const same = taken !== undefined && JSON.stringify(taken) === JSON.stringify(entry);
      if (taken !== undefined && !same && (replace !== true || wanted.has(entry.name))) throw nameTaken(path, entry.name);
      if (!same) wanted.set(entry.name, entry);
      said.push(line([entry.name, terminal.language === "zh" ? (same ? "已在库中" : taken ? "已代替" : "已加入") : same ? "already there" : taken ? "replaced" : "added"]));
    } catch (cause) {
      if (!(cause instanceof YuqingError)) throw cause;
      refused.push(cause);
    }
  }
  if (refused.length === paths.length && refused.length === 1) throw refused[0]!;
  if (wanted.size > 0) writeEntries(folder, [...wanted.values()]);
  terminal.print(said.join(""));
  for (const error of refused) terminal.warn({ zh: error.text("zh").replaceAll("\n", " "), en: error.text("en").replaceAll("\n", " ") });
  if (refused.length === paths.length) return 2;
  return refused.length > 0 ? 3 : 0;
}

function list(folder: string, terminal: Terminal): ExitCode | 0 {
  let damaged = false;
  const entries = readEntries(folder, (file, reason) => {
    damaged = true;
    damageTo(terminal)(file, reason);
  });
  const { language } = terminal;
  const heads = language === "zh" ? ["事件", "类型", "首日", "发布量", "互动量", "参与账号", "首日声量"] : ["event", "type", "first day", "posts", "engagement", "accounts", "first 24 h"];
  const rows = entries.map(({ entry: { name, type, days, fingerprint } }) => {
    const numbers = [fingerprint.posts, fingerprint.engagement, fingerprint.authors, fingerprint.first_day].map((value) => integer(value, language));
    return line([name, type ?? "—", days === null ? integer(null, language) : new Date(days.first * 86_400_000).toISOString().slice(0, 10), ...numbers]);
  });
  terminal.print(`${line(heads)}${rows.join("")}`);
  return damaged ? 3 : 0;
}

/** Cases by name; damaged files by their file name. All names are known, or nothing is removed. */
function remove(folder: string, names: readonly string[], terminal: Terminal): 0 {
  const files = new Map<string, string>();
  for (const { file, entry } of readEntries(folder, (damaged) => void files.set(damaged, damaged))) files.set(entry.name, file);
  const unknown = names.find((name) => !files.has(name));
  if (unknown !== undefined) {
    const near = nearest(unknown, [...files.keys()]);
    throw new YuqingError("LIBRARY_NAME", 2, { what: { zh: "事件库中没有这个事件", en: "the library has no such event" }, where: folder, got: unknown, next: near ? { zh: `是否想写 ${near}？什么也没有移除`, en: `did you mean ${near}? nothing was removed` } : { zh: "yuqing library list 列出全部；什么也没有移除", en: "yuqing library list shows all; nothing was removed" } });
  }
  for (const name of new Set(names)) {
    rmSync(join(folder, files.get(name)!));
    terminal.print(line([name, terminal.language === "zh" ? "已移除" : "removed"]));
  }
  return 0;
}

export const damageTo = (terminal: Terminal) => (file: string, reason: Message): void => terminal.warn({ zh: `事件库的 ${file} 未用：${reason.zh}`, en: `${file} of the library was not used: ${reason.en}` });

function nameTaken(where: string, name: string): YuqingError {
  return new YuqingError("LIBRARY_NAME_TAKEN", 2, { what: { zh: "库中已有同名而不同的事件", en: "another event of that name is in the library" }, where, got: name, next: { zh: "同一事件的新报告：加 --replace；另一事件：在 event.yaml 中改名后重新生成报告", en: "a new report of the same event: add --replace; another event: rename it in event.yaml and make the report again" } });
}

/** Cells of one line; blanks and control characters inside a cell cannot break it. */
const line = (cells: readonly string[]): string => `${cells.map((cell) => printable(cell.replace(/\s+/g, " "))).join("\t")}\n`;
