import type { Night, NightEvent } from "../nightly/contract.ts";
import { findDeadlines, type RunningDeadline } from "./deadlines.ts";
import { findGrade, findMentions, findSurge } from "./findings.ts";
import { quietUntil, releaseAlerts } from "./release.ts";
import type { AlertRules } from "./rules.ts";
import type { Alert, AlertState, EventState } from "./state.ts";

/**
 * The alerts of a night, and what to remember of them. Same input, same output; the state that is returned, given with the same night again, yields nothing new.
 * `deadlines`: of open items, not met (runningDeadlines). With a command in the rules the alerts also enter the outbox of the state (deliver.ts).
 */
export function evaluateAlerts(state: AlertState, night: Night, deadlines: readonly RunningDeadline[], rules: AlertRules, utcOffsetMs: number): { state: AlertState; alerts: Alert[] } {
  const now_ms = night.now_ms;
  const known = new Map(state.events.map((event) => [event.key, event]));
  const found: Alert[] = [];
  for (const event of [...night.events].sort((a, b) => (a.key < b.key ? -1 : 1))) {
    const { alerts, state: after } = ofEvent(known.get(event.key) ?? newEvent(event.key), event, night, rules, utcOffsetMs);
    found.push(...alerts);
    known.set(event.key, after);
  }
  const { alerts, told } = findDeadlines(state.told, deadlines, now_ms, rules.deadlines, utcOffsetMs);
  found.push(...alerts);
  const later = quietUntil(now_ms, rules.quiet, utcOffsetMs);
  const pending = [...state.pending, ...found.map((alert) => ({ alert, from_ms: alert.level === "urgent" ? now_ms : later }))];
  return releaseAlerts({ ...state, events: [...known.values()], told, pending }, now_ms, rules);
}

const newEvent = (key: string): EventState => ({ key, standing: null, measured: [], surge_ms: null, media: false, official: false });

function ofEvent(state: EventState, event: NightEvent, night: Night, rules: AlertRules, utcOffsetMs: number): { alerts: Alert[]; state: EventState } {
  const grade = findGrade(state, event, night.now_ms, rules.grade);
  const surge = findSurge(grade.state, event, night.items.filter((item) => item.event === event.key), night.now_ms, rules.surge, utcOffsetMs);
  const mentions = findMentions(surge.state, event, night.now_ms, rules.mentions, utcOffsetMs);
  return { alerts: [...grade.alerts, ...surge.alerts, ...mentions.alerts], state: mentions.state };
}
