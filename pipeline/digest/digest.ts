import { dateOf } from "../../analyzers/workdays.ts";
import type { Message } from "../errors.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Night, NightCount, NightSource } from "../nightly/contract.ts";
import { fields, polarities } from "../schema.ts";
import type { KeyDate } from "./calendar.ts";
import { changeOf } from "./change.ts";
import { daysOf, peaksOf } from "./days.ts";
import { eventRows, knownEvents } from "./events.ts";
import { rankedItems } from "./items.ts";
import { ledgerOf } from "./ledger.ts";
import { isMissed, isMissedOf } from "./missed.ts";
import type { DigestOptions, Period } from "./options.ts";
import { digestVersion, type Digest } from "./schema.ts";
import { datesOf, dayOf, spansOf, type Span } from "./span.ts";

/** What a digest reads of an alert. */
export interface RaisedAlert {
  id: string;
  event: string | null;
  kind: string;
  at_ms: number;
  text: Message;
}

export interface DigestInput {
  period: Period;
  /** Local date "2026-11-21": the day, or the last day so far of the week or month. */
  date: string;
  /** At least those of the period and of the one before; later ones add to the counts by day of publication, earlier ones to the fortnight of a daily digest. */
  nights: readonly Night[];
  ledger: Ledger;
  alerts: readonly RaisedAlert[];
  /** From the day before the period (of a day: the fortnight before it) to the day after it; others do no harm. */
  keyDates: readonly KeyDate[];
  options: DigestOptions;
  /** Number in its series, from 1; null: not counted. */
  number: number | null;
  utcOffsetMs: number;
}

const dayMs = 86_400_000;
const fortnight = 14;
/** Nights of the fortnight below which a daily digest shows no course. */
const leastNights = 7;

/** The digest of a period. Pure: same input, same digest. A period without any night gives an honest empty one. */
export function makeDigest({ period, date, nights: given, ledger, alerts, keyDates, options, number, utcOffsetMs }: DigestInput): Digest {
  const spans = spansOf(period, date);
  const all = [...given].sort((a, b) => (a.date < b.date ? -1 : 1));
  const within = ({ from, to }: Span): Night[] => all.filter((night) => night.date >= from && night.date <= to);
  const [nights, before] = [within(spans.now), within(spans.before)];
  const gone = (span: Span): string[] => datesOf(span).filter((one) => all.length > 0 && one > all[0]!.date && all.every((night) => night.date !== one));
  const last = all.findLast((night) => night.date < spans.now.from);
  const sinceMs = last?.now_ms ?? (nights[0] === undefined ? dayOf(spans.now.from) * dayMs - utcOffsetMs : nights[0].now_ms - dayMs);
  const nowMs = nights.at(-1)?.now_ms ?? null;
  const until = nowMs ?? (dayOf(date) + 1) * dayMs - utcOffsetMs;
  const [counts, countsBefore] = [countsOf(nights), countsOf(before)];
  const lengths = [nights, before].map((some) => some.length - emptyIn(some).length) as [number, number];
  const known = knownEvents(nights, before);
  const items = rankedItems(nights, known, filedBy(ledger), options.rank);
  const { rows, quiet } = eventRows(known, { nights, before, lengths, since_ms: sinceMs, utcOffsetMs });
  const shown = period === "day" ? { from: dateOf(dayOf(date) - fortnight + 1), to: date } : spans.now;
  const days = period === "day" && within(shown).length < leastNights ? null : daysOf(shown, all, new Set([...gone(shown), ...emptyIn(all)]), keyDates, utcOffsetMs);
  const fresh = total(counts);
  return {
    version: digestVersion,
    period,
    number,
    office: options.office,
    label: options.label,
    title: options.titles[period],
    span: spans.now,
    whole: spans.whole,
    before: spans.before,
    utc_offset_ms: utcOffsetMs,
    now_ms: nowMs,
    coverage: { ...intake(nights), nights: nights.length, missing: gone(spans.now), missing_before: gone(spans.before), empty: emptyIn(nights), fresh },
    failures: failuresOf([...(last === undefined ? [] : [{ ...last, sources: [], failures: last.failures.filter(isMissed) }]), ...nights]).filter(({ text }) => !isMissedOf(text, period, date)),
    fresh: changeOf(fresh, total(countsBefore), lengths),
    fields: fields.map((field) => ({ field, posts: total(counts.filter((one) => one.field === field)) })),
    platforms: platformsOf(counts, countsBefore, lengths),
    days,
    elsewhere: elsewhere(counts, spans.now),
    mood: moodOf(counts),
    wordings: items.length,
    top: items.slice(0, options.top),
    events: rows,
    quiet,
    alerts: alerts.filter(({ at_ms }) => at_ms > sinceMs && at_ms <= until).map(({ id, event, kind, at_ms, text }) => ({ id, event, kind, at_ms, text })).sort((a, b) => a.at_ms - b.at_ms || (a.id < b.id ? -1 : 1)),
    ledger: ledgerOf(ledger, spans.now, sinceMs, until, options.open),
    peaks: period === "month" ? peaksOf(days!, all, new Map([...known].map(([key, { row }]) => [key, row.name])), keyDates, utcOffsetMs) : null,
    sections: { ...options.sections },
  };
}

/** Dates of nights that ran and read no row. */
const emptyIn = (nights: readonly Night[]): string[] => nights.filter(({ sources }) => sources.every(({ read }) => read === 0)).map(({ date }) => date);

/** Counts over posts, not over memberships in events. */
const countsOf = (nights: readonly Night[]): NightCount[] => nights.flatMap(({ counts }) => counts.filter(({ event }) => event === null));

const total = (counts: readonly NightCount[]): number => counts.reduce((sum, { posts }) => sum + posts, 0);

function intake(nights: readonly Night[]) {
  const sources = nights.flatMap((night) => night.sources);
  const sum = (of: "read" | "posts" | "accounts" | "rejected"): number => sources.reduce((all, source) => all + source[of], 0);
  return { sources: sources.length, faults: sources.filter(({ fault }) => fault !== null).length, read: sum("read"), posts: sum("posts"), accounts: sum("accounts"), rejected: sum("rejected") };
}

/** Files that could not be used, rejected rows, and what the nights report of themselves. */
function failuresOf(nights: readonly Night[]): Digest["failures"] {
  const said = new Map<string, { text: Message; dates: string[] }>();
  const say = (text: Message, date: string): void => {
    const known = said.get(text.zh);
    if (known === undefined) said.set(text.zh, { text, dates: [date] });
    else if (known.dates.at(-1) !== date) known.dates.push(date);
  };
  for (const { date, sources, failures } of nights) {
    for (const { name, fault } of sources) if (fault !== null) say(unused(name, fault), date);
    const broken = sources.filter(({ rejected }) => rejected > 0);
    if (broken.length > 0) say(rejections(broken), date);
    for (const failure of failures) say(failure, date);
  }
  return [...said.values()];
}

/** Worded as the nightly run words it, so that it is said once. */
const unused = (name: string, fault: Message): Message => ({ zh: `没有使用 ${name}：${fault.zh}`, en: `${name} was not used: ${fault.en}` });

function rejections(sources: readonly NightSource[]): Message {
  const [rejected, read] = [sources.reduce((sum, one) => sum + one.rejected, 0), sources.reduce((sum, one) => sum + one.read, 0)];
  const names = sources.slice(0, 3).map(({ name }) => name);
  const more = sources.length > 3;
  return { zh: `拒收 ${rejected} 行（所在文件共 ${read} 行）：${names.join("、")}${more ? ` 等 ${sources.length} 个文件` : ""}`, en: `${rejected} rows rejected of ${read} in ${names.join(", ")}${more ? ` and others, ${sources.length} files` : ""}` };
}

function platformsOf(counts: readonly NightCount[], before: readonly NightCount[], lengths: readonly [number, number]): Digest["platforms"] {
  const rows = new Map<string, { platform: string | null; field: NightCount["field"]; now: number; before: number }>();
  for (const [list, side] of [[counts, "now"], [before, "before"]] as const) {
    for (const { platform, field, posts } of list) {
      const key = JSON.stringify([platform, field]);
      if (!rows.has(key)) rows.set(key, { platform, field, now: 0, before: 0 });
      rows.get(key)![side] += posts;
    }
  }
  return [...rows]
    .sort(([a, one], [b, other]) => other.now - one.now || other.before - one.before || (a < b ? -1 : 1))
    .map(([, { platform, field, now, before }]) => ({ platform, field, fresh: changeOf(now, before, lengths) }));
}

function elsewhere(counts: readonly NightCount[], { from, to }: Span): Digest["elsewhere"] {
  const untimed = counts.filter(({ day }) => day === null);
  const outside = counts.filter(({ day }) => day !== null && (day < dayOf(from) || day > dayOf(to)));
  return { outside: total(outside), untimed: total(untimed) };
}

function moodOf(counts: readonly NightCount[]): Digest["mood"] {
  const of = (polarity: NightCount["polarity"]): number => total(counts.filter((one) => one.polarity === polarity));
  const [positive, neutral, negative] = polarities.map(of) as [number, number, number];
  return { judged: positive + neutral + negative, unknown: of(null), positive, neutral, negative };
}

function filedBy({ items }: Ledger): Map<string, string[]> {
  const ids = new Map<string, string[]>();
  for (const { id, post } of items) ids.set(post, [...(ids.get(post) ?? []), id]);
  return ids;
}
