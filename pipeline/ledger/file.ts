import { due } from "../../analyzers/deadlines.ts";
import type { Night } from "../nightly/contract.ts";
import { because, gradeOf, held, type Facts } from "./conditions.ts";
import { recorded, stateAt, totals } from "./history.ts";
import type { Change, Deadline, Ledger, LedgerItem, Seen } from "./ledger.ts";
import type { ItemCondition, LedgerRules } from "./rules.ts";
import { distinct, wordingsOf, type Wording } from "./wordings.ts";

/** What one night did to the ledger; ids in order. */
export interface Filing {
  ledger: Ledger;
  filed: string[];
  /** Of `filed`, those that a closed item came back as. */
  reopened: string[];
  /** Known items of which something changed. */
  updated: string[];
  /** Wordings that a condition held for, but that the limit of a night left out. */
  left: number;
}

/** Who stands in the history for what a nightly run changed. */
export const nightlyName = "yuqing";

/**
 * Files the items of a night. `night` is all of its date so far: giving it again, or a later state of the same date, counts nothing twice.
 * A wording that the ledger holds is not filed again: its reach, classes, events are brought up to date and its grade raised, never lowered. A closed one that reaches twice what
 * it had when it was closed, tonight by a filing condition, comes back as a new item that names the old one.
 */
export function fileItems(ledger: Ledger, night: Night, rules: LedgerRules, utcOffsetMs: number): Filing {
  const changed = new Map<string, LedgerItem>();
  const bring = (known: LedgerItem, wording: Wording): void => {
    const item = brought(known, wording, night, rules);
    if (item !== known) changed.set(known.id, item);
  };
  const wanted: { wording: Wording; item: LedgerItem }[] = [];
  for (const wording of wordingsOf(night, ledger.items)) {
    const { known } = wording;
    const ground = held(rules.any, wording.facts, rules.home);
    if (ground !== null && (known === null || hasFlared(known, wording, night.date))) wanted.push({ wording, item: newItem(wording, ground, night, rules, utcOffsetMs) });
    else if (known !== null) bring(known, wording);
  }
  wanted.sort((a, b) => b.item.grade.index - a.item.grade.index || b.item.reach - a.item.reach || b.wording.risk_micro - a.wording.risk_micro || (a.item.post < b.item.post ? -1 : 1));
  const room = Math.max(0, rules.limit - ledger.items.filter(({ first_seen }) => first_seen === night.date).length);
  for (const { wording } of wanted.slice(room)) if (wording.known !== null) bring(wording.known, wording);
  const year = night.date.slice(0, 4);
  const next = ledger.items.reduce((last, { id }) => (id.startsWith(`${year}-`) ? Math.max(last, Number(id.slice(5))) : last), 0) + 1;
  const items = wanted.slice(0, room).map(({ item }, i) => ({ ...item, id: `${year}-${String(next + i).padStart(4, "0")}` }));
  return {
    ledger: { ...ledger, items: [...ledger.items.map((item) => changed.get(item.id) ?? item), ...items] },
    filed: items.map(({ id }) => id),
    reopened: items.filter(({ reopens }) => reopens !== null).map(({ id }) => id),
    updated: [...changed.keys()].sort(),
    left: wanted.length - items.length,
  };
}

/** With tonight at least twice the reach that the item had when it was last closed. */
function hasFlared(item: LedgerItem, { facts }: Wording, night: string): boolean {
  if (item.status !== "closed") return false;
  const closing = item.history.findLastIndex(({ change }) => change.field === "status" && change.to === "closed");
  const before = item.seen.filter((one) => one.night !== night).reduce((sum, { reach }) => sum + reach, 0);
  return before + facts.reach >= 2 * stateAt(item, closing).reach;
}

/** A known item after the night: the very same when nothing changed. */
function brought(item: LedgerItem, { facts, events }: Wording, night: Night, rules: LedgerRules): LedgerItem {
  let after = item;
  const record = (change: Change): void => {
    if (JSON.stringify(change.from) !== JSON.stringify(change.to)) after = recorded(after, change, nightlyName, night.now_ms);
  };
  const from = item.seen.find((one) => one.night === night.date) ?? null;
  record({ field: "seen", from, to: seenIn(night, facts) });
  record({ field: "classes", from: after.classes, to: distinct([...after.classes, ...facts.classes]) });
  record({ field: "events", from: after.events, to: distinct([...after.events, ...events]) });
  const grade = gradeOf(rules, { ...facts, ...totals(after.seen), classes: after.classes, field: after.field, region: after.region });
  if (grade.index > after.grade.index && after.status !== "closed") record({ field: "grade", from: after.grade, to: grade });
  return after;
}

const seenIn = (night: Night, { posts, reach, reposts }: Facts): Seen => ({ night: night.date, posts, reach, reposts });

/** Its number comes later, when the order is known. */
function newItem({ head, events, facts, known }: Wording, ground: ItemCondition, night: Night, rules: LedgerRules, utcOffsetMs: number): LedgerItem {
  const seen = [seenIn(night, facts)];
  const grade = gradeOf(rules, facts);
  return {
    id: "",
    post: head.id,
    reopens: known?.id ?? null,
    events,
    title: cut(head.title),
    text: cut(head.text),
    url: head.url,
    platform: head.platform,
    source: head.site,
    field: head.field,
    author_name: head.author_name,
    region: head.region,
    published_ms: head.published_ms,
    precision: head.precision,
    first_seen: night.date,
    filed_ms: night.now_ms,
    ...totals(seen),
    seen,
    mood: head.polarity,
    classes: [...facts.classes],
    grade,
    filed_for: because(ground, facts),
    deadlines: deadlinesOf(facts.classes, grade.key, head.published_ms, night.now_ms, rules, utcOffsetMs),
    status: "todo",
    department: null,
    note: null,
    history: [],
  };
}

/** The rules that items of such classes and grade have to keep, soonest first. They are set when an item is filed and do not move afterwards. */
function deadlinesOf(classes: readonly string[], grade: string, published_ms: number | null, now_ms: number, { deadlines: { table, start, clocks } }: LedgerRules, utcOffsetMs: number): Deadline[] {
  const from = start === "published" ? Math.min(published_ms ?? now_ms, now_ms) : now_ms; // a clock of the future is wrong
  const applying = clocks.filter((clock) => (clock.classes?.some((name) => classes.includes(name)) ?? true) && (clock.grades?.includes(grade) ?? true));
  const first = new Map(applying.toReversed().map((clock) => [clock.rule, clock]));
  return table.rules
    .filter(({ id }) => first.has(id))
    .map((rule): Deadline => {
      const { ms, provisional } = due(from, rule, table.office, utcOffsetMs);
      return { rule: rule.id, name: { zh: rule.zh, en: rule.en }, due_ms: ms, provisional, until: first.get(rule.id)!.until, met_ms: null };
    })
    .sort((a, b) => a.due_ms - b.due_ms || (a.rule < b.rule ? -1 : 1));
}

/** At most 200 characters, no half ones. */
const cut = (text: string): string => [...text.slice(0, 400).toWellFormed()].slice(0, 200).join("");
