import type { Digest, OpenItem } from "../../pipeline/digest/schema.ts";
import type { Language, Message } from "../../pipeline/errors.ts";
import { statusNames } from "../../pipeline/ledger/names.ts";
import type { Block } from "../document.ts";
import { integer, round } from "../format.ts";
import { list, paragraph } from "./blocks.ts";
import { clean, inLanguage, momentText } from "./words.ts";

/** Alerts that are listed. */
const mostAlerts = 20;
/** Hours before a deadline from which it is pointed out. */
const soon = 24;

/** Alerts of the period in order of time. */
export function alertBlocks(digest: Digest, language: Language): Block[] {
  const zh = language === "zh";
  const { alerts } = digest;
  if (alerts.length === 0) return [paragraph(zh ? "本期没有预警。" : "No alerts in this period.")];
  const shown = alerts.slice(-mostAlerts);
  const left = alerts.length - shown.length;
  return [
    ...list(shown.map(({ at_ms, text }) => [{ text: momentText(at_ms, digest, language), strong: true }, ` ${inLanguage(text, language)}`])),
    ...(left > 0 ? [paragraph(zh ? `较早的 ${left} 条未列。` : `${left} earlier ones are not listed.`, "note")] : []),
  ];
}

/** Open items and their deadlines, the overdue first; pointers to what is due, no opinions. */
export function ledgerBlocks(digest: Digest, language: Language): Block[] {
  const zh = language === "zh";
  const { ledger } = digest;
  const moved = list([...named(ledger.filed, { zh: "本期新立", en: "filed" }, language), ...named(ledger.closed, { zh: "本期办结", en: "closed" }, language)]);
  if (ledger.open === 0) return [paragraph(zh ? "没有在办事项。" : "No items are open."), ...moved];
  const left = ledger.open - ledger.items.length;
  return [
    ...list(pointers(ledger, language)),
    openTable(digest, language),
    ...moved,
    ...(left > 0 ? [paragraph(zh ? `另有在办 ${integer(left, language)} 件未列，见台账。` : `${integer(left, language)} more are open, see the ledger.`, "note")] : []),
  ];
}

/** "本期新立：2026-0001、2026-0002。" */
function named(ids: readonly string[], head: Message, language: Language): string[] {
  if (ids.length === 0) return [];
  const zh = language === "zh";
  const shown = ids.slice(0, 20).map((id) => clean(id, 20)).join(zh ? "、" : ", ");
  const more = ids.length <= 20 ? "" : zh ? ` 等 ${ids.length} 件` : ` and others, ${ids.length} in all`;
  return [zh ? `${head.zh}：${shown}${more}。` : `${head.en}: ${shown}${more}.`];
}

/** What to do first: overdue items, of which all are counted; and among those listed the ones due within a day and the ones that nobody has taken up. */
function pointers({ items, open, overdue: late }: Digest["ledger"], language: Language): string[] {
  const zh = language === "zh";
  const ids = (list: readonly OpenItem[]): string => list.slice(0, 10).map(({ id }) => clean(id, 20)).join(zh ? "、" : ", ") + (list.length > 10 ? (zh ? " 等" : " …") : "");
  const among = open === items.length ? "" : zh ? "所列事项中" : "of those listed ";
  const overdue = items.filter(({ due }) => due !== null && due.due_h < 0);
  const near = items.filter(({ due }) => due !== null && due.due_h >= 0 && due.due_h <= soon);
  const waiting = items.filter(({ status, department }) => status === "todo" && department === null);
  const lines: string[] = [];
  if (overdue.length > 0) lines.push(zh ? `已超期 ${late} 件，建议先办：${ids(overdue)}。` : `${late} overdue, to be dealt with first: ${ids(overdue)}.`);
  if (near.length > 0) lines.push(zh ? `${among}${soon} 小时内到期 ${near.length} 件：${ids(near)}。` : `${among}${near.length} due within ${soon} h: ${ids(near)}.`);
  if (waiting.length > 0) lines.push(zh ? `${among}尚未确定承办部门 ${waiting.length} 件：${ids(waiting)}。` : `${among}${waiting.length} without a department: ${ids(waiting)}.`);
  return lines;
}

function openTable(digest: Digest, language: Language): Block {
  const zh = language === "zh";
  return {
    kind: "table",
    caption: zh ? "在办事项" : "Open items",
    columns: [
      { key: "id", label: zh ? "编号" : "id" },
      { key: "title", label: zh ? "事项" : "matter" },
      { key: "grade", label: zh ? "级别" : "grade" },
      { key: "status", label: zh ? "状态" : "status" },
      { key: "due", label: zh ? "最近时限" : "next deadline" },
    ],
    rows: digest.ledger.items.map((item) => ({
      id: clean(item.id, 20),
      title: clean(item.title, 50),
      grade: inLanguage(item.grade, language, 20),
      status: statusNames[item.status][language] + (item.department === null ? "" : zh ? `（${clean(item.department, 20)}）` : ` (${clean(item.department, 20)})`),
      due: dueText(item.due, digest, language),
    })),
  };
}

function dueText(due: OpenItem["due"], digest: Digest, language: Language): string {
  const zh = language === "zh";
  if (due === null) return zh ? "无未满足的时限" : "none left";
  const hours = Math.abs(due.due_h);
  const length = hours >= 48 ? `${round(hours / 24, 1)}${zh ? " 天" : " days"}` : `${round(hours, 1)}${zh ? " 小时" : " h"}`;
  const left = due.due_h < 0 ? (zh ? `超期 ${length}` : `overdue by ${length}`) : zh ? `余 ${length}` : `${length} left`;
  return `${inLanguage(due.name, language, 30)} ${momentText(due.due_ms, digest, language)}${zh ? "，" : ", "}${left}${due.provisional ? (zh ? "（暂按周末推算）" : " (provisional)") : ""}`;
}
