import type { Message } from "../errors.ts";
import { alertId } from "./findings.ts";
import type { AlertRules } from "./rules.ts";
import type { Alert, AlertState } from "./state.ts";
import { localTime, shown } from "./wording.ts";

/** A deadline of a ledger item that is not met. `name`: the rule in words, where known. */
export interface RunningDeadline {
  item: string;
  event: string | null;
  title: string;
  rule: string;
  name?: Message;
  due_ms: number;
  status: "todo" | "transferred" | "replied" | "closed";
}

const hourMs = 3_600_000;
/** How long a deadline that is no longer listed is remembered. */
const keptMs = 90 * 24 * hourMs;

/** Deadlines that are near, or have passed: each stage told once. Those of closed items are none. */
export function findDeadlines(told: AlertState["told"], deadlines: readonly RunningDeadline[], now_ms: number, rules: AlertRules["deadlines"], utcOffsetMs: number): { alerts: Alert[]; told: AlertState["told"] } {
  const keyOf = (item: string, rule: string, stage = ""): string => JSON.stringify([item, rule, stage]);
  const known = new Set(told.map(({ item, rule, stage }) => keyOf(item, rule, stage)));
  const listed = new Set(deadlines.map(({ item, rule }) => keyOf(item, rule)));
  const kept = told.filter(({ item, rule, due_ms }) => listed.has(keyOf(item, rule)) || due_ms > now_ms - keptMs);
  const alerts: Alert[] = [];
  for (const deadline of rules.on ? [...deadlines].sort((a, b) => a.due_ms - b.due_ms || (keyOf(a.item, a.rule) < keyOf(b.item, b.rule) ? -1 : 1)) : []) {
    const { item, rule, due_ms, status } = deadline;
    const stage = due_ms < now_ms ? "overdue" : due_ms - now_ms <= rules.hoursBefore * hourMs ? "near" : null;
    if (status === "closed" || stage === null || known.has(keyOf(item, rule, stage))) continue;
    known.add(keyOf(item, rule, stage));
    kept.push({ item, rule, stage, due_ms });
    alerts.push(alertOf(deadline, stage, now_ms, utcOffsetMs));
  }
  return { alerts, told: kept };
}

function alertOf({ item, event, title, rule, name, due_ms }: RunningDeadline, stage: "near" | "overdue", now_ms: number, utcOffsetMs: number): Alert {
  const hours = Math.abs(due_ms - now_ms) / hourMs;
  const [left, due] = [hours.toFixed(1), localTime(due_ms, utcOffsetMs)];
  const what = { zh: `台账 ${item}《${shown(title)}》${name?.zh ?? rule}`, en: `ledger ${item} “${shown(title)}”, ${name?.en ?? rule}` };
  return {
    id: alertId("deadline", item, rule, stage),
    event,
    kind: "deadline",
    at_ms: now_ms,
    level: "warning",
    text: stage === "near" ? { zh: `${what.zh}：${due} 到期，还有 ${left} 小时`, en: `${what.en}: due ${due}, in ${left} h` } : { zh: `${what.zh}：${due} 已到期，逾期 ${left} 小时`, en: `${what.en}: was due ${due}, ${left} h ago` },
    facts: { item, rule, stage, due_ms },
    posts: [],
  };
}
