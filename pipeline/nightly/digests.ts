import { renderFailedDigest, type FailedDigest } from "../../reports/digest/failed.ts";
import { renderDigest } from "../../reports/digest/render.ts";
import { dateOf } from "../../analyzers/workdays.ts";
import type { Alert } from "../alerts/state.ts";
import type { Archive } from "../archive/archive.ts";
import type { ArchiveNight } from "../archive/manifest.ts";
import { keyDatesBetween } from "../digest/calendar.ts";
import { makeDigest } from "../digest/digest.ts";
import { isMissedOf, missed } from "../digest/missed.ts";
import type { Period } from "../digest/options.ts";
import { dayOf, spansOf } from "../digest/span.ts";
import type { Message } from "../errors.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Night } from "./contract.ts";
import { fileKinds } from "./event-report.ts";
import { nightSchema } from "./night.ts";
import type { Work } from "./nightly.ts";
import { reasonOf } from "./reasons.ts";

/** Nights of the archive from one local date to another, both included, in order. */
export function readNights(archive: Archive, from: string, to: string): Night[] {
  const files = archive.files(fileKinds.night).filter(({ night }) => night !== null && night >= from && night <= to);
  return files.map((file) => archive.read(file, nightSchema)).sort((a, b) => (a.date < b.date ? -1 : 1));
}

/**
 * With the first night of a new week or month the digest of the one that ended; then the daily one. One that cannot be made costs itself: a plain page stands in its place, and the night
 * that is returned says so.
 */
export async function digests(work: Work, whole: Night, nights: readonly ArchiveNight[], ledger: Ledger, log: readonly Alert[]): Promise<Night> {
  const { date, language, failures, draft } = work;
  const last = nights.filter((night) => night.date < date).at(-1)?.date ?? null;
  const ended = (["month", "week"] as const).filter((period) => last !== null && last < spansOf(period, date).now.from);
  let told = whole;
  for (const [period, of] of [...ended.map((one): [Period, string] => [one, endOf(one, last!)]), ["day", date] as [Period, string]]) {
    told = { ...told, failures: told.failures.filter((one) => !isMissedOf(one, period, of)) }; // said by an earlier run of the date
    const held = [...readNights(work.archive, earliest(of), date).filter((night) => night.date !== date), told];
    let files: Map<string, string | Uint8Array>;
    try {
      files = await renderDigest(digestOf(work, period, of, held, nights, ledger, log), language, (message) => failures.push(message));
    } catch (cause) {
      const reason = missed(period, of, reasonOf(work, cause));
      files = await renderFailedDigest(failedDigest(work, period, of, reason, told, nights), language);
      failures.push(reason);
      told = { ...told, failures: [...told.failures, reason] };
    }
    for (const [name, content] of files) draft.publish(`digests/${name}`, content);
  }
  return told;
}

function failedDigest({ project }: Work, period: Period, date: string, reason: Message, { failures }: Night, all: readonly ArchiveNight[]): FailedDigest {
  const { titles, office, label } = project.config.digest;
  const span = spansOf(period, date).now;
  const nights = all.filter((night) => night.date >= span.from && night.date <= span.to);
  const sum = (of: "read" | "rejected" | "fresh"): number => nights.reduce((total, night) => total + night[of], 0);
  return { period, span, title: titles[period], office, label, reason, failures: period === "day" ? failures : [], nights: nights.length, read: sum("read"), rejected: sum("rejected"), fresh: sum("fresh") };
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
