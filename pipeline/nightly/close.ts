import { readFileSync } from "node:fs";
import { renderDigest } from "../../reports/digest/render.ts";
import { dateOf } from "../../analyzers/workdays.ts";
import { deliverOutbox } from "../alerts/deliver.ts";
import { evaluateAlerts } from "../alerts/evaluate.ts";
import { alertLogSchema, alertStateSchema, firstAlertState, type Alert } from "../alerts/state.ts";
import type { Archive } from "../archive/archive.ts";
import type { ArchiveNight, Manifest } from "../archive/manifest.ts";
import { pruneBefore } from "../archive/prune.ts";
import { keyDatesBetween } from "../digest/calendar.ts";
import { makeDigest } from "../digest/digest.ts";
import type { Period } from "../digest/options.ts";
import { dayOf, spansOf } from "../digest/span.ts";
import { YuqingError, type Message } from "../errors.ts";
import { fileItems } from "../ledger/file.ts";
import { emptyLedger, ledgerSchema, type Ledger } from "../ledger/ledger.ts";
import { runningDeadlines } from "../ledger/open.ts";
import type { Night } from "./contract.ts";
import { coursesSchema, type Courses } from "./courses.ts";
import { fileKinds } from "./event-report.ts";
import type { ProjectEvent } from "./events.ts";
import { mergeNights, nightSchema } from "./night.ts";
import { eventsAfter, type Work } from "./nightly.ts";
import type { Taken } from "./take.ts";

export interface Closed {
  published: string[];
  committed: boolean;
  undelivered: number;
}

/** Ledger, alerts and digests of the night; then everything in one commit, and the alerts to the user's command. Nothing new: no commit. */
export async function closeNight(work: Work, night: Night, events: ReadonlyMap<string, ProjectEvent>, taken: Taken): Promise<Closed> {
  const { archive, draft, project, date, utcOffsetMs } = work;
  const { ledger: rules, alerts: alertRules } = project.config;
  const earlier = readNights(archive, date, date)[0] ?? null;
  const merged = mergeNights(earlier, night);
  const ledgerBefore = archive.state("ledger", ledgerSchema) ?? emptyLedger;
  const filing = fileItems(ledgerBefore, merged, rules, utcOffsetMs);
  const whole = nightSchema.parse({ ...merged, failures: [...merged.failures.filter(({ zh }) => !zh.startsWith(ledgerFull)), ...(filing.left > 0 ? [notFiled(filing.left)] : [])] });
  const alertsBefore = archive.state("alerts", alertStateSchema) ?? firstAlertState;
  const { state: alertState, alerts } = evaluateAlerts(alertsBefore, whole, runningDeadlines(filing.ledger), alertRules, utcOffsetMs);
  const eventsNow = eventsAfter(work, events);
  const same = taken.sources.length === 0 && alerts.length === 0 && equal(timeless(whole), earlier && timeless(earlier)) && equal(eventsNow, archive.manifest.events) && equal(filing.ledger, ledgerBefore);
  if (same) {
    draft.discard();
    return { published: [], committed: false, ...(await handOver(work)) };
  }
  const log = [...(archive.state("alert-log", alertLogSchema) ?? []), ...alerts];
  draft.write(`nights/${date}.${draft.number}.json`, fileKinds.night, `${JSON.stringify(whole)}\n`, { rows: whole.items.length, night: date });
  draft.setState("courses", coursesOf(archive, whole, events));
  draft.setState("ledger", filing.ledger);
  draft.setState("alerts", alertState);
  draft.setState("alert-log", log);
  if (log.length > 0) draft.publish("alerts.jsonl", log.map((alert) => `${JSON.stringify(alert)}\n`).join(""));
  const nights = nightsAfter(archive.manifest, work, taken);
  await digests(work, whole, nights, filing.ledger, log);
  let published: string[] = [];
  settle(work, () => draft.commit((manifest) => {
    published = manifest.publications.map(({ name }) => name);
    return {
      ...manifest,
      sources: [...manifest.sources, ...taken.sources.map((source) => ({ ...source, night: date }))],
      nights,
      events: eventsNow,
      files: manifest.files.filter(({ kind, night: of, name }) => stays(eventsNow, { kind, name }) && !(kind === fileKinds.night && of === date && !name.includes(`.${draft.number}.`))),
    };
  }));
  const { keepDays } = project.config.archive;
  if (keepDays !== null) settle(work, () => pruneBefore(archive, dateOf(dayOf(date) - keepDays)));
  return { published, committed: true, ...(await handOver(work)) };
}

/** A commit that holds although something could not be put under reports/: the next run completes it, and this one says so. */
function settle({ failures }: Work, commit: () => void): void {
  try {
    commit();
  } catch (cause) {
    if (!(cause instanceof YuqingError) || cause.code !== "ARCHIVE_PUBLISH") throw cause;
    const said = { zh: cause.text("zh").replaceAll("\n", " "), en: cause.text("en").replaceAll("\n", " ") };
    if (!failures.some(({ zh }) => zh === said.zh)) failures.push(said);
  }
}

/** Files of ids go with their event, or with the query that they were found by. */
function stays(events: Manifest["events"], { kind, name }: { kind: string; name: string }): boolean {
  return kind !== fileKinds.members || events.some(({ files }) => files.includes(name));
}

/** Hands what is in the outbox to the user's command. What it did not take is tried again by the next run. */
async function handOver(work: Work): Promise<{ undelivered: number }> {
  const { archive, project, failures } = work;
  const state = archive.state("alerts", alertStateSchema) ?? firstAlertState;
  const { state: after, failures: faults } = await deliverOutbox(state, project.config.alerts);
  failures.push(...faults);
  if (!equal(after, state)) {
    const draft = archive.begin();
    draft.setState("alerts", after);
    settle(work, () => draft.commit());
  }
  return { undelivered: after.outbox.length };
}

const ledgerFull = "台账当晚名额已满";
const notFiled = (left: number): Message => ({ zh: `${ledgerFull}，另有 ${left} 条符合条件而未登记`, en: `the ledger's limit for a night is reached: ${left} more were not filed` });

const equal = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const timeless = (night: Night) => ({ ...night, now_ms: 0 });

/** Nights of the archive from one local date to another, both included, in order. */
export function readNights(archive: Archive, from: string, to: string): Night[] {
  const files = archive.files(fileKinds.night).filter(({ night }) => night !== null && night >= from && night <= to);
  return files.map(({ name }) => nightSchema.parse(JSON.parse(readFileSync(archive.path(name), "utf8")))).sort((a, b) => (a.date < b.date ? -1 : 1));
}

function coursesOf(archive: Archive, { events: nights }: Night, events: ReadonlyMap<string, ProjectEvent>): Courses {
  const before = archive.state("courses", coursesSchema) ?? {};
  const kept = Object.entries(before).filter(([key]) => !events.has(key));
  return Object.fromEntries([...kept, ...nights.map(({ key, posts, hours, firsts, grade }) => [key, { posts, hours, firsts, grade }] as const)]);
}

function nightsAfter({ nights }: Manifest, { date, nowMs }: Work, { sources }: Taken): ArchiveNight[] {
  const sum = (column: "read" | "posts" | "accounts" | "rejected" | "fresh"): number => sources.reduce((total, source) => total + source[column], nights.find((night) => night.date === date)?.[column] ?? 0);
  const runs = (nights.find((night) => night.date === date)?.runs ?? 0) + 1;
  const mine = { date, runs, now_ms: nowMs, read: sum("read"), posts: sum("posts"), accounts: sum("accounts"), rejected: sum("rejected"), fresh: sum("fresh") };
  return [...nights.filter((night) => night.date !== date), mine].sort((a, b) => (a.date < b.date ? -1 : 1));
}

/** The daily digest; and with the first night of a new week or month the digest of the one that ended. */
async function digests(work: Work, whole: Night, nights: readonly ArchiveNight[], ledger: Ledger, log: readonly Alert[]): Promise<void> {
  const { date } = work;
  const last = nights.filter((night) => night.date < date).at(-1)?.date ?? null;
  const due: [Period, string][] = [["day", date]];
  for (const period of ["week", "month"] as const) {
    const { now: { from } } = spansOf(period, date);
    if (last !== null && last < from) due.push([period, endOf(period, last)]);
  }
  for (const [period, of] of due) {
    const digest = digestOf(work, period, of, [...readNights(work.archive, earliest(of), date).filter((night) => night.date !== date), whole], nights, ledger, log);
    const files = await renderDigest(digest, work.language, (message) => work.failures.push(message));
    for (const [name, content] of files) work.draft.publish(`digests/${name}`, content);
  }
}

/** The digest of a period from nights, ledger and alerts. */
export function digestOf({ project, utcOffsetMs }: Pick<Work, "project" | "utcOffsetMs">, period: Period, date: string, nights: readonly Night[], all: readonly Pick<ArchiveNight, "date">[], ledger: Ledger, alerts: readonly Alert[]): ReturnType<typeof makeDigest> {
  const { now } = spansOf(period, date);
  const starts = new Set(all.filter((night) => night.date <= date).map((night) => spansOf(period, night.date).now.from));
  const keyDates = keyDatesBetween(dayOf(now.from) - 14, dayOf(now.to) + 1, project.config.keyDates);
  return makeDigest({ period, date, nights, ledger, alerts, keyDates, options: project.config.digest, number: starts.has(now.from) ? starts.size : null, utcOffsetMs });
}

/** Enough for a month, the month before it, and the course around them. */
const earliest = (date: string): string => dateOf(dayOf(date) - 75);

/** Last date of the week or month of a date. */
function endOf(period: Period, date: string): string {
  let day = dayOf(date);
  while (!spansOf(period, dateOf(day)).whole) day++;
  return dateOf(day);
}
