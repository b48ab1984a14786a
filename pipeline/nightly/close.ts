import { dateOf } from "../../analyzers/workdays.ts";
import { deliverOutbox } from "../alerts/deliver.ts";
import { evaluateAlerts } from "../alerts/evaluate.ts";
import { alertLogSchema, alertStateSchema, firstAlertState } from "../alerts/state.ts";
import type { Archive } from "../archive/archive.ts";
import type { ArchiveNight, Manifest } from "../archive/manifest.ts";
import { pruneBefore } from "../archive/prune.ts";
import { dayOf } from "../digest/span.ts";
import type { Message } from "../errors.ts";
import { fileItems } from "../ledger/file.ts";
import { emptyLedger, ledgerSchema } from "../ledger/ledger.ts";
import { runningDeadlines } from "../ledger/open.ts";
import type { Night } from "./contract.ts";
import { coursesSchema, type Courses } from "./courses.ts";
import { digests, readNights } from "./digests.ts";
import { fileKinds } from "./event-report.ts";
import type { ProjectEvent } from "./events.ts";
import { mergeNights, nightSchema } from "./night.ts";
import { eventsAfter, type Work } from "./nightly.ts";
import { afterCommit, stacksName } from "./reasons.ts";
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
  draft.setState("courses", coursesOf(archive, whole, events));
  draft.setState("ledger", filing.ledger);
  draft.setState("alerts", alertState);
  draft.setState("alert-log", log);
  if (log.length > 0) draft.publish("alerts.jsonl", log.map((alert) => `${JSON.stringify(alert)}\n`).join(""));
  const nights = nightsAfter(archive.manifest, work, taken);
  const told = await digests(work, whole, nights, filing.ledger, log);
  draft.write(`nights/${date}.${draft.number}.json`, fileKinds.night, `${JSON.stringify(told)}\n`, { rows: told.items.length, night: date });
  if (work.stacks.length > 0) draft.publish(stacksName(work), `${work.stacks.join("\n\n")}\n`, 0o600);
  let published: string[] = [];
  try {
    draft.commit((manifest) => {
      published = manifest.publications.map(({ name }) => name);
      return {
        ...manifest,
        sources: [...manifest.sources, ...taken.sources.map((source) => ({ ...source, night: date }))],
        nights,
        events: eventsNow,
        files: manifest.files.filter(({ kind, night: of, name }) => stays(eventsNow, { kind, name }) && !(kind === fileKinds.night && of === date && !name.includes(`.${draft.number}.`))),
      };
    });
  } catch (cause) {
    if (archive.manifest.commits < draft.number) throw cause;
    work.failures.push(afterCommit(cause));
  }
  const { keepDays } = project.config.archive;
  if (keepDays !== null) await outlive(work, () => pruneBefore(archive, dateOf(dayOf(date) - keepDays), project.config.run.memory));
  const waiting = new Set(archive.manifest.publications.map(({ name }) => name));
  return { published: published.filter((name) => !waiting.has(name)), committed: true, ...(await handOver(work)) };
}

/** What comes after the commit costs itself, and the next run does it. */
async function outlive({ failures }: Work, step: () => Promise<unknown>): Promise<void> {
  try {
    await step();
  } catch (cause) {
    const said = afterCommit(cause);
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
  let undelivered = 0;
  await outlive(work, async () => {
    const state = archive.state("alerts", alertStateSchema) ?? firstAlertState;
    undelivered = state.outbox.length;
    const { state: after, failures: faults } = await deliverOutbox(state, project.config.alerts);
    undelivered = after.outbox.length;
    failures.push(...faults);
    if (equal(after, state)) return;
    const draft = archive.begin();
    draft.setState("alerts", after);
    draft.commit();
  });
  return { undelivered };
}

const ledgerFull = "台账当晚名额已满";
const notFiled = (left: number): Message => ({ zh: `${ledgerFull}，另有 ${left} 条符合条件而未登记`, en: `the ledger's limit for a night is reached: ${left} more were not filed` });

const equal = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const timeless = (night: Night) => ({ ...night, now_ms: 0 });

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
