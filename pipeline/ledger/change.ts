import type { Message } from "../errors.ts";
import { departmentMissing, itemUnknown, nameMissing, reasonMissing, ruleUnknown, transitionRefused, valueLong } from "./errors.ts";
import { recorded } from "./history.ts";
import type { Change, Ledger, LedgerItem } from "./ledger.ts";
import { statuses, type Status } from "./rules.ts";

/** What a person changes; absent: left as it is, null or blank: emptied. met: ids of deadlines that were met apart from the status. */
export interface Edits {
  status?: Status;
  department?: string | null;
  note?: string | null;
  met?: readonly string[];
}

/** Longest texts, in UTF-16 units. */
const longest = { department: 100, note: 2000, by: 40 } as const;
const fieldNames: Record<"department" | "note", Message> = { department: { zh: "承办部门", en: "the department" }, note: { zh: "备注", en: "the note" } };

/**
 * The ledger after a change by hand; the same object when nothing is other than before. Every changed field is one entry of the item's history.
 * A status may move on by any number of steps, from replied back to transferred, and from anywhere back to todo: that takes back a mistake, wants a new note and starts the clocks
 * again. Reaching a status stops at `at_ms` the clocks that run until it or until an earlier one.
 * Throws LEDGER_ITEM, LEDGER_TRANSITION, LEDGER_DEPARTMENT, LEDGER_REASON, LEDGER_VALUE, LEDGER_RULE, LEDGER_BY.
 */
export function change(ledger: Ledger, id: string, edits: Edits, by: string, at_ms: number): Ledger {
  const at = ledger.items.findIndex((item) => item.id === id);
  if (at < 0) throw itemUnknown(id, ledger.items.map((item) => item.id));
  const before = ledger.items[at]!;
  const after = edited(before, edits, signature(by), at_ms);
  return after === before ? ledger : { ...ledger, items: ledger.items.with(at, after) };
}

/** A name to sign with. Throws LEDGER_BY. */
export function signature(by: string): string {
  const name = oneLine(by);
  if (name === "" || name.length > longest.by) throw nameMissing(by);
  return name;
}

/** As departments and notes are kept: whole characters without control characters, no blanks around them, \n between lines; empty is null. */
export function tidied(field: "department" | "note", text: string | null): string | null {
  if (text === null) return null;
  return (field === "department" ? oneLine(text) : clean(text.replace(/\r\n?/g, "\n")).trim()) || null;
}

const oneLine = (text: string): string => clean(text.replace(/\s+/g, " ")).trim();
const clean = (text: string): string => text.toWellFormed().replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff]/g, "");

function edited(item: LedgerItem, edits: Edits, by: string, at_ms: number): LedgerItem {
  let after = item;
  const record = (change: Change): void => {
    if (change.from !== change.to) after = recorded(after, change, by, at_ms);
  };
  for (const field of ["department", "note"] as const) {
    const given = edits[field];
    if (given === undefined) continue;
    const value = tidied(field, given);
    if (value !== null && value.length > longest[field]) throw valueLong(item.id, fieldNames[field], value.length, longest[field]);
    record({ field, from: item[field], to: value });
  }
  const { status } = edits;
  if (status !== undefined && status !== item.status) {
    refuse(item, after, status);
    record({ field: "status", from: item.status, to: status });
    for (const { rule, until, met_ms } of item.deadlines) {
      if (status === "todo") record({ field: "met", rule, from: met_ms, to: null });
      else if (met_ms === null && rank(until) <= rank(status)) record({ field: "met", rule, from: null, to: at_ms });
    }
  }
  for (const rule of edits.met ?? []) {
    const deadline = after.deadlines.find((one) => one.rule === rule);
    if (deadline === undefined) throw ruleUnknown(item.id, rule, item.deadlines);
    if (deadline.met_ms === null) record({ field: "met", rule, from: null, to: at_ms });
  }
  return after;
}

const rank = (status: Status): number => statuses.indexOf(status);

/** Throws when `item` must not take this status with what else is changed (`after`). */
function refuse(item: LedgerItem, after: LedgerItem, to: Status): void {
  const from = item.status;
  const allowed = to === "todo" || rank(to) > rank(from) || (from === "replied" && to === "transferred");
  if (!allowed) throw transitionRefused(item.id, from, to);
  if (to === "todo" && (after.note === null || after.note === item.note)) throw reasonMissing(item.id);
  if (to === "transferred" && after.department === null) throw departmentMissing(item.id);
}
