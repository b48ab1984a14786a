import { existsSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { ledgerWorkbook } from "../../reports/excel/ledger.ts";
import { renderTextDocument } from "../../reports/text/document.ts";
import { renderWordDocument } from "../../reports/word/document.ts";
import { openArchive } from "../archive/archive.ts";
import { clock } from "../archive/clock.ts";
import { readProject, type Project } from "../archive/project.ts";
import { offsetMs } from "../config.ts";
import { nearest, printable, YuqingError } from "../errors.ts";
import { change, type Edits } from "../ledger/change.ts";
import { columns } from "../ledger/columns.ts";
import { itemUnknown, nameMissing, sheetRefused, statusUnknown, taken } from "../ledger/errors.ts";
import { emptyLedger, ledgerSchema, type Ledger } from "../ledger/ledger.ts";
import { countLines, listLines, wantedItems, type Wanted } from "../ledger/list.ts";
import { statusOf } from "../ledger/names.ts";
import { standing } from "../ledger/open.ts";
import { applySheet, readLedgerSheet } from "../ledger/sheet.ts";
import { slip as slipOf } from "../ledger/slip.ts";
import { Output } from "../output.ts";
import { lang, type Command, type Flags, type Terminal } from "./command.ts";
import { now, projectFolder } from "./status.ts";

export const ledger: Command = {
  usage: "yuqing ledger [list] | yuqing ledger set ID --by NAME … | yuqing ledger export FILE.xlsx | yuqing ledger apply FILE.xlsx | yuqing ledger slip ID",
  help: {
    zh: "台账：list（可省）列出未办结的（逾期在前），set 改一条，export 导出可填写的工作簿，apply 采用填好交回的工作簿，slip 出抄告单",
    en: "the ledger: list (may be left out) shows what is open (overdue first), set changes an item, export writes a workbook to be filled in, apply takes a filled one back, slip makes a transfer slip",
  },
  example: "yuqing ledger set 2026-0012 --status 已转办 --department 城管局 --by 李四",
  flags: {
    project: projectFolder,
    all: { value: null, help: { zh: "list、export：连同已办结的", en: "list, export: closed ones too" } },
    event: { value: "KEY", help: { zh: "list、export：只要这个事件的", en: "list, export: only of this event" } },
    status: { value: "STATUS", help: { zh: "set：改为 待办、已转办、已回复、已办结；list、export：只要这种状态的", en: "set: todo, transferred, replied, closed; list, export: only of this status" } },
    department: { value: "NAME", help: { zh: "set：承办部门", en: "set: the department it goes to" } },
    note: { value: "TEXT", help: { zh: "set：备注", en: "set: note" } },
    met: { value: "RULE", help: { zh: "set：状态未变而已办到的时限（规则编号，逗号分隔）", en: "set: deadlines met apart from the status (ids of rules, separated by commas)" } },
    by: { value: "NAME", help: { zh: "set、apply：谁改的（apply 默认取表中的填表人）", en: "set, apply: who made the change (apply: by default the name in the workbook)" } },
    out: { value: "FILE", help: { zh: "slip：写成 .docx 或 .txt（默认打印文字）", en: "slip: write .docx or .txt (default: print the text)" } },
    json: { value: null, help: { zh: "list：以 JSON 输出", en: "list: print JSON" } },
    now,
    lang,
  },
  filesOptional: true,
  async work([part = "list", target, ...more], flags, terminal) {
    const work = parts.get(part);
    if (work === undefined || more.length > 0 || (target === undefined) !== (work === list)) throw usage(part);
    const project = readProject((flags.project as string | undefined) ?? ".");
    await work({ project, flags, terminal, now_ms: clock(flags.now as string | undefined, project.config.utcOffset), utcOffsetMs: offsetMs(project.config.utcOffset) }, target ?? "");
    return 0;
  },
};

interface Run {
  project: Project;
  flags: Flags;
  terminal: Terminal;
  now_ms: number;
  utcOffsetMs: number;
}

const parts = new Map<string, (run: Run, target: string) => void | Promise<void>>([["list", list], ["set", set], ["export", exportTo], ["apply", apply], ["slip", slip]]);

function list({ project, flags, terminal, now_ms, utcOffsetMs }: Run): void {
  const { language, print } = terminal;
  const held = ledgerIn(project, now_ms);
  const items = wantedItems(held, wantedOf(held, flags, terminal), now_ms);
  if (flags.json) return print(`${JSON.stringify(items.map(({ item, overdue, next }) => ({ ...item, overdue: overdue.map(({ rule }) => rule), next: next?.rule ?? null })))}\n`);
  print(`${[...listLines(items, language, utcOffsetMs), "", ...countLines(held, now_ms, language)].join("\n")}\n`);
}

function set({ project, flags, terminal, now_ms, utcOffsetMs }: Run, id: string): void {
  const status = flags.status === undefined ? null : statusOf(flags.status as string);
  if (flags.status !== undefined && status === null) throw statusUnknown(flags.status as string);
  const edits: Edits = {
    ...(status !== null && { status }),
    ...(flags.department !== undefined && { department: flags.department as string }),
    ...(flags.note !== undefined && { note: flags.note as string }),
    ...(flags.met !== undefined && { met: (flags.met as string).split(",").map((rule) => rule.trim()) }),
  };
  if (Object.keys(edits).length === 0) throw usage("set");
  const after = changeLedger(project, now_ms, terminal, (before) => change(before, id, edits, (flags.by as string | undefined) ?? "", now_ms));
  terminal.print(`${listLines(after.items.filter((item) => item.id === id).map((item) => standing(item, now_ms)), terminal.language, utcOffsetMs).join("\n")}\n`);
}

function exportTo({ project, flags, terminal, now_ms, utcOffsetMs }: Run, file: string): void {
  if (!/\.xlsx$/i.test(file)) throw usage(file);
  const held = ledgerIn(project, now_ms);
  const items = wantedItems(held, wantedOf(held, flags, terminal), now_ms).map(({ item }) => item);
  write(file, ledgerWorkbook(held, items, { language: terminal.language, now_ms, utcOffsetMs }));
  terminal.print(`${terminal.language === "zh" ? "导出" : "exported"}\t${items.length}\n${resolve(file)}\n`);
}

async function apply({ project, flags, terminal, now_ms, utcOffsetMs }: Run, file: string): Promise<void> {
  const { language, print } = terminal;
  const sheet = await readLedgerSheet(file);
  const by = (flags.by as string | undefined) ?? sheet.by;
  if (by === null) throw nameMissing("");
  let changed: string[] = [];
  changeLedger(project, now_ms, terminal, (before) => {
    const applied = applySheet(before, sheet, by, now_ms, utcOffsetMs);
    if (applied.faults.length > 0) {
      const lines = applied.faults.map(({ place, column, got, why }) => {
        const cell = (heading: string, said: string): string => `${place}${column === null ? "" : ` ${heading}`}${got === "" ? "" : ` “${got}”`}: ${said}`;
        return { zh: cell(column === null ? "" : columns[column].zh, why.zh), en: cell(column === null ? "" : columns[column].en, why.en) };
      });
      for (const line of lines) terminal.warn(line);
      throw sheetRefused(file, lines.length, lines[0]![language]);
    }
    changed = applied.changed;
    return applied.ledger;
  });
  print(`${language === "zh" ? "读到" : "rows"}\t${sheet.rows.length}\n${language === "zh" ? "改动" : "changed"}\t${changed.length}\n`);
  for (const id of changed) print(`${id}\n`);
}

async function slip({ project, flags, terminal, now_ms, utcOffsetMs }: Run, id: string): Promise<void> {
  const { items } = ledgerIn(project, now_ms);
  const item = items.find((one) => one.id === id);
  if (item === undefined) throw itemUnknown(id, items.map((one) => one.id));
  const { office, label } = project.config.digest;
  const made = slipOf(item, { language: terminal.language, office: office || project.config.name, label, now_ms, utcOffsetMs });
  const file = flags.out as string | undefined;
  if (file === undefined) return terminal.print(renderTextDocument(made));
  if (!/\.(docx|txt)$/i.test(file)) throw usage(file);
  write(file, /\.txt$/i.test(file) ? renderTextDocument(made) : await renderWordDocument(made));
  terminal.print(`${resolve(file)}\n`);
}

function ledgerIn(project: Project, nowMs: number): Ledger {
  return openArchive(project.folder, { write: false, nowMs }).state("ledger", ledgerSchema) ?? emptyLedger;
}

/** The ledger after a change that is committed; an error or no change commits nothing. */
function changeLedger(project: Project, nowMs: number, { warn }: Terminal, changeIt: (before: Ledger) => Ledger): Ledger {
  const archive = openArchive(project.folder, { write: true, nowMs, onRepair: warn });
  try {
    const before = archive.state("ledger", ledgerSchema) ?? emptyLedger;
    const after = changeIt(before);
    if (after !== before) {
      const draft = archive.begin();
      draft.setState("ledger", after);
      draft.commit();
    }
    return after;
  } finally {
    archive.close();
  }
}

function wantedOf({ items }: Ledger, { all, event, status }: Flags, { warn }: Terminal): Wanted {
  const found = status === undefined ? null : statusOf(status as string);
  if (status !== undefined && found === null) throw statusUnknown(status as string);
  const keys = [...new Set(items.flatMap((item) => item.events))];
  if (typeof event === "string" && !keys.includes(event)) {
    const near = nearest(event, keys);
    warn({ zh: `台账中没有事件“${printable(event)}”的事项${near === null ? "" : `；是否想写 ${near}？`}`, en: `the ledger has no item of the event “${printable(event)}”${near === null ? "" : `; did you mean ${near}?`}` });
  }
  return { all: all === true, event: (event as string | undefined) ?? null, status: found };
}

/** Throws LEDGER_EXISTS for a file that is there: it may have been filled in. */
function write(file: string, content: string | Uint8Array): void {
  const path = resolve(file);
  if (existsSync(path)) throw taken(path);
  const output = new Output(dirname(path));
  try {
    output.write(basename(path), content);
    output.commit();
  } catch (cause) {
    output.discard();
    throw cause;
  }
}

function usage(got: string): YuqingError {
  const near = nearest(got, [...parts.keys()]);
  return new YuqingError("USAGE", 2, { what: { zh: "ledger 的用法不对", en: "wrong use of ledger" }, got, expected: ledger.usage, ...(near !== null && near !== got && { next: { zh: `是否想写 ${near}？`, en: `did you mean ${near}?` } }) });
}
