import { createHash } from "node:crypto";
import type { NightEvent, NightItem } from "../nightly/contract.ts";
import type { AlertRules } from "./rules.ts";
import type { Alert, EventState, StandingGrade } from "./state.ts";
import { latestSurge } from "./surge.ts";
import { localTime, shown } from "./wording.ts";

/** A finding of an event, and the state after it. */
export interface Found {
  alerts: Alert[];
  state: EventState;
}

/** Names a finding: what it is, and what of it happens once. */
export const alertId = (...parts: (string | number | null)[]): string => createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 12);

const hourMs = 3_600_000;
/** Two nightly runs never lie 24 hours apart to the second: half an hour is given, else a grade would need a day more by chance. */
const graceMs = hourMs / 2;

/**
 * Grade with hysteresis: the standing grade is the highest that held at some time in the last `lowerAfterHours`. So it is raised at once, and lowered to what was reached
 * since when the measured one has been below for that long. A night without a grade changes nothing: the last one holds on.
 */
export function findGrade(state: EventState, { key, name, grade }: NightEvent, now_ms: number, rules: AlertRules["grade"]): Found {
  const measured = grade === null ? state.measured : [...state.measured, { ms: now_ms, index: grade.index, name: grade.name }];
  const since = now_ms - Math.max(0, rules.lowerAfterHours * hourMs - graceMs);
  // A measured grade holds until the next one; the last holds still.
  const counted = measured.filter((_, i) => i === measured.length - 1 || measured[i + 1]!.ms > since);
  const highest = counted.reduce<StandingGrade | null>((best, one) => (best === null || one.index >= best.index ? { index: one.index, name: one.name } : best), null);
  const before = state.standing;
  const raised = highest !== null && highest.index > (before?.index ?? 0) && highest.index >= rules.from;
  const alert = (): Alert => ({
    id: alertId("grade", key, highest!.index, now_ms),
    event: key,
    kind: "grade",
    at_ms: now_ms,
    level: highest!.index >= rules.urgentFrom ? "urgent" : "warning",
    text: before === null || before.index === 0
      ? { zh: `“${shown(name)}”达到${highest!.name.zh}${reasons(grade, "zh")}`, en: `“${shown(name)}” reached ${highest!.name.en}${reasons(grade, "en")}` }
      : { zh: `“${shown(name)}”由${before.name.zh}升为${highest!.name.zh}${reasons(grade, "zh")}`, en: `“${shown(name)}” rose from ${before.name.en} to ${highest!.name.en}${reasons(grade, "en")}` },
    facts: { grade: highest!.index, before: before?.index ?? null },
    posts: [],
  });
  return { alerts: raised && rules.on ? [alert()] : [], state: { ...state, measured: counted, standing: highest } };
}

function reasons(grade: NightEvent["grade"], language: "zh" | "en"): string {
  const given = (grade?.reasons ?? []).slice(0, 3).map((one) => one[language]);
  return given.length === 0 ? "" : language === "zh" ? `：${given.join("；")}` : `: ${given.join("; ")}`;
}

/**
 * The strongest surge (latestSurge) of the last `withinHours` full hours that begins after the last one told ended. The growth of an event's first three known hours
 * cannot be seen: there is nothing before them. Hours without posts count as such, so a gap of collection that ends looks like a surge.
 */
export function findSurge(state: EventState, { key, name, hours }: NightEvent, items: readonly NightItem[], now_ms: number, rules: AlertRules["surge"], utcOffsetMs: number): Found {
  const counts = new Map(hours);
  const end = Math.floor((now_ms + utcOffsetMs) / hourMs);
  const first = Math.min(...counts.keys(), end);
  const since = Math.max(end - rules.withinHours, state.surge_ms === null ? -Infinity : (state.surge_ms + utcOffsetMs) / hourMs);
  const known = Array.from({ length: end - first }, (_, i) => ({ clock: (((first + i) % 24) + 24) % 24, posts: counts.get(first + i) ?? 0, judged: 0, negative: 0 }));
  const surge = rules.on ? latestSurge({ start_ms: first * hourMs - utcOffsetMs, hours: known }, Math.ceil(since) - first) : null;
  if (surge === null || surge.lower < rules.ratio || surge.posts < rules.posts) return { alerts: [], state };
  const [begin, over] = [surge.ms, surge.ms + 3 * hourMs];
  const when = `${localTime(begin, utcOffsetMs)}–${localTime(over, utcOffsetMs).slice(-5)}`;
  const [ratio, lower] = [surge.ratio.toFixed(1), surge.lower.toFixed(1)];
  const alert: Alert = {
    id: alertId("surge", key, begin),
    event: key,
    kind: "surge",
    at_ms: now_ms,
    level: "warning",
    text: {
      zh: `“${shown(name)}”${when} 有 ${surge.posts} 条，此前一日 ${surge.before} 条；扣除日常作息后，每小时为此前的 ${ratio} 倍（下限 ${lower} 倍）`,
      en: `“${shown(name)}”: ${surge.posts} posts ${when}, ${surge.before} in the day before; with the usual activity of the hours taken out ${ratio} × as many an hour (at least ${lower} ×)`,
    },
    facts: { from_ms: begin, to_ms: over, posts: surge.posts, before: surge.before, ratio: surge.ratio, lower: surge.lower },
    posts: [...items].sort((a, b) => b.reach - a.reach || (a.id < b.id ? -1 : 1)).slice(0, 5).map(({ id }) => id),
  };
  return { alerts: [alert], state: { ...state, surge_ms: over } };
}

const speakers = { media: { zh: "媒体", en: "medium" }, official: { zh: "政务账号", en: "government account" } } as const;

/** First posts by media and by authorities, each told once for an event, and only while it is news. */
export function findMentions(state: EventState, { key, name, firsts }: NightEvent, now_ms: number, rules: AlertRules["mentions"], utcOffsetMs: number): Found {
  const alerts: Alert[] = [];
  for (const kind of ["media", "official"] as const) {
    const first = firsts[kind];
    if (first === null || state[kind] || !rules[kind] || first.published_ms < now_ms - rules.withinHours * hourMs) continue;
    const [who, time] = [first.author_name === null ? null : shown(first.author_name), localTime(first.published_ms, utcOffsetMs)];
    alerts.push({
      id: alertId(kind, key, first.id),
      event: key,
      kind,
      at_ms: now_ms,
      level: "notice",
      text: {
        zh: `“${shown(name)}”首次有${speakers[kind].zh}发声：${who ?? "（未知账号）"}，${time}，《${shown(first.title)}》`,
        en: `“${shown(name)}”: first post of a ${speakers[kind].en}, ${who ?? "(unknown account)"}, ${time}: “${shown(first.title)}”`,
      },
      facts: { published_ms: first.published_ms, author: who, title: shown(first.title), url: first.url },
      posts: [first.id],
    });
  }
  return { alerts, state: { ...state, media: state.media || firsts.media !== null, official: state.official || firsts.official !== null } };
}
