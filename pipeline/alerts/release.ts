import { alertId } from "./findings.ts";
import type { AlertRules } from "./rules.ts";
import { alertLevels, type Alert, type AlertState } from "./state.ts";

const [hourMs, dayMs] = [3_600_000, 86_400_000];

/** When an alert found now may go out: now, or the end of the quiet hours, UTC ms. */
export function quietUntil(now_ms: number, quiet: AlertRules["quiet"], utcOffsetMs: number): number {
  if (quiet === null) return now_ms;
  const minutes = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
  const [from, to] = [minutes(quiet.from) * 60_000, minutes(quiet.to) * 60_000];
  const midnight = Math.floor((now_ms + utcOffsetMs) / dayMs) * dayMs;
  const time = now_ms + utcOffsetMs - midnight;
  const isQuiet = from < to ? time >= from && time < to : time >= from || time < to;
  return isQuiet ? midnight - utcOffsetMs + to + (time < to ? 0 : dayMs) : now_ms;
}

/**
 * Lets out what waits: all findings of an event and kind as one alert, as soon as one of them is past its quiet hours and the merge window since the last such alert is over.
 * Grades and urgent findings do not wait for the window. A finding never waits longer than to the first run after its quiet hours, whenever that is.
 */
export function releaseAlerts(state: AlertState, now_ms: number, rules: AlertRules): { state: AlertState; alerts: Alert[] } {
  const groups = new Map<string, AlertState["pending"]>();
  for (const one of state.pending) {
    const key = JSON.stringify([one.alert.event, one.alert.kind]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const issued = new Map(state.issued.map((one) => [JSON.stringify([one.event, one.kind]), one]));
  const alerts: Alert[] = [];
  const pending: AlertState["pending"] = [];
  for (const [key, group] of groups) {
    const { event, kind } = group[0]!.alert;
    const waits = kind !== "grade" && group.every(({ alert }) => alert.level !== "urgent") && now_ms < (issued.get(key)?.at_ms ?? -Infinity) + rules.mergeHours * hourMs;
    if (waits || group.every(({ from_ms }) => from_ms > now_ms)) pending.push(...group);
    else {
      alerts.push(merged(group.map(({ alert }) => alert), now_ms));
      issued.set(key, { event, kind, at_ms: now_ms });
    }
  }
  const outbox = rules.command === null ? state.outbox : [...state.outbox, ...alerts.map((alert) => ({ alert, attempts: 0, fault: null }))];
  // Past the longest merge window an issue says nothing any more.
  return { state: { ...state, pending, issued: [...issued.values()].filter(({ at_ms }) => at_ms > now_ms - 7 * dayMs), outbox }, alerts };
}

const named = 5;

/** Findings of one event and kind as one alert: the facts of the last, all their posts, and how many they were. */
function merged(alerts: readonly Alert[], now_ms: number): Alert {
  const last = alerts.at(-1)!;
  if (alerts.length === 1) return { ...last, at_ms: now_ms };
  const rest = alerts.length - named;
  const texts = (language: "zh" | "en"): string[] => alerts.slice(0, named).map(({ text }) => text[language]);
  return {
    ...last,
    id: alertId("merged", ...alerts.map(({ id }) => id)),
    at_ms: now_ms,
    level: alertLevels[Math.max(...alerts.map(({ level }) => alertLevels.indexOf(level)))]!,
    text: { zh: `${alerts.length} 条合并：${texts("zh").join("；")}${rest > 0 ? `；另有 ${rest} 条` : ""}`, en: `${alerts.length} in one: ${texts("en").join("; ")}${rest > 0 ? `; and ${rest} more` : ""}` },
    facts: { ...last.facts, count: alerts.length },
    posts: [...new Set(alerts.flatMap(({ posts }) => posts))].slice(0, 20),
  };
}
