import { response } from "../../analyzers/event/response.ts";
import { timeline } from "../../analyzers/event/timeline.ts";
import type { Report } from "../../reports/report.ts";
import { localMs, offsetMs, type EventConfig } from "../config.ts";
import { YuqingError, type Message } from "../errors.ts";

/** A moment at which a person had to decide. */
export interface DecisionPoint {
  /** UTC ms, whole minutes; posts from this instant on are not known yet. */
  ms: number;
  question: Message;
}

/**
 * The decisions of event.yaml, else one hour after the surge began, the first response of a party or authority, and the hour of most posts, as far as the data knows them. Earliest first, each instant once.
 * Throws DECISIONS_NONE (exit 2) when there are none.
 */
export function decisionPoints(report: Report): DecisionPoint[] {
  const { decisions, utcOffset } = report.event;
  const points = decisions.length > 0 ? decisions.map(({ time, question }) => ({ ms: localMs(time, utcOffset), question: { zh: question, en: question } })) : found(report);
  const sorted = points.map((point) => ({ ...point, ms: Math.ceil(point.ms / 60_000) * 60_000 })).sort((a, b) => a.ms - b.ms);
  const once = sorted.filter(({ ms }, i) => ms !== sorted[i - 1]?.ms);
  if (once.length > 0) return once;
  throw new YuqingError("DECISIONS_NONE", 2, {
    what: { zh: "数据里找不到决策点", en: "the data has no decision points" },
    next: { zh: "在事件文件里写 decisions: [{ time: 2025-03-01 09:00, question: … }]", en: "give decisions: [{ time: 2025-03-01 09:00, question: … }] in the event file" },
  });
}

function found({ findings }: Report): DecisionPoint[] {
  const dataOf = (id: string): unknown => findings.flatMap((finding) => (finding.id === id && finding.status === "ok" ? [finding.data] : []))[0];
  const moments = timeline.data.safeParse(dataOf("timeline")).data?.moments ?? [];
  const parties = response.data.safeParse(dataOf("response")).data;
  const exact = (what: string): number[] => moments.filter((moment) => moment.precision === "minute" && (moment.what as string[]).includes(what)).map(({ ms }) => ms);
  const surge = parties?.surge_ms ?? exact("first")[0] ?? null;
  const replies = [...exact("statement"), ...exact("first_official")];
  const peak = exact("peak")[0];
  return [
    ...(surge === null ? [] : [{ ms: surge + 3_600_000, question: { zh: "声量开始上升一小时了。要不要回应？由谁、说什么、还缺什么信息？", en: "The surge began an hour ago. Is there a response to give: by whom, saying what, and what is still unknown?" } }]),
    ...(replies.length === 0 ? [] : [{ ms: Math.min(...replies) + 60_000, question: { zh: "第一份回应刚刚发出。它回答了公众的哪些问题？下一步做什么？", en: "The first response is out. Which questions does it answer, and what comes next?" } }]),
    ...(peak === undefined ? [] : [{ ms: peak + 3_600_000, question: { zh: "帖文正处于最多的时候。是继续发布、调整口径，还是转向处置与问责？", en: "Posts are at their most. Go on publishing, change the message, or turn to measures and accountability?" } }]),
  ];
}

/** The event as it could be described at the instant: nothing that came later, no summary, no grade set afterwards. */
export function eventAt(event: EventConfig, ms: number): EventConfig {
  const local = new Date(ms + offsetMs(event.utcOffset)).toISOString().slice(0, 16).replace("T", " ");
  const end = event.window.to === undefined ? ms : Math.min(ms, localMs(event.window.to, event.utcOffset));
  const rest = { ...event };
  delete rest.severity;
  return {
    ...rest,
    summary: "",
    decisions: [],
    milestones: event.milestones.filter(({ time }) => localMs(time, event.utcOffset) < ms),
    window: { ...event.window, to: end === ms ? local : event.window.to },
  };
}
