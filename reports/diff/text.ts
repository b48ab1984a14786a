import { offsetMs } from "../../pipeline/config.ts";
import { printable, type Language } from "../../pipeline/errors.ts";
import type { Report } from "../report.ts";
import type { FactChange, ReportDiff } from "./compare.ts";
import { changeText, cut, sectionName, sideText, statusText } from "./words.ts";

/** The differences as lines for a terminal: what the runs had apart first, then sections, then facts. Values of the files are made printable. */
export function diffText(diff: ReportDiff, a: Report, b: Report, language: Language): string {
  const zh = language === "zh";
  const { conditions, statuses, changed, appeared, vanished, same } = diff;
  const side = (report: Report) => offsetMs(report.event.utcOffset);
  const line = (one: FactChange): string => `  ${sectionName(one.finding, language)} ${(one.b ?? one.a)!.label[language]} [${one.finding}.${one.key}]: ${sideText(one.a, language, side(a))} → ${sideText(one.b, language, side(b))}  ${changeText(one, language)}`;
  const block = (title: string, lines: string[]): string[] => (lines.length === 0 ? [] : [`${title} (${lines.length})`, ...lines, ""]);
  return [
    ...block(zh ? "条件不同：配置、版本、输入" : "Conditions that differ: configuration, versions, input", conditions.map(({ path, a, b }) => `  ${path}: ${cut(a)} → ${cut(b)}`)),
    ...block(zh ? "章节状态变化" : "Sections whose status changed", statuses.map((one) => `  ${sectionName(one.finding, language)}: ${statusText(one.a, language)} → ${statusText(one.b, language)}`)),
    ...block(zh ? "变了的事实" : "Facts that changed", changed.map(line)),
    ...block(zh ? "新出现的事实" : "Facts that appeared", appeared.map(line)),
    ...block(zh ? "消失的事实" : "Facts that vanished", vanished.map(line)),
    zh ? `相同的事实 ${same} 个` : `${same} facts are the same`,
  ]
    .map(printable)
    .join("\n");
}
