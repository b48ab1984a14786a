import type { AuditPost } from "../../pipeline/audit/posts.ts";
import { columns, labelNames, rules } from "../../pipeline/audit/guide.ts";
import { checkOf } from "../../pipeline/audit/sheet.ts";
import type { Language } from "../../pipeline/errors.ts";
import { workbook, type Cell, type CellStyle } from "./workbook.ts";

const words = {
  guide: { zh: "说明", en: "guide" },
  labels: { zh: "标注", en: "labels" },
  event: { zh: "事件", en: "event" },
  task: { zh: "做什么", en: "task" },
  taskText: {
    zh: "在「标注」表的「情绪」一列，为每条帖文选一个：正面、中性、负面、说不清；留空表示没有标。可以排序，不要增删行，不要改序号、正文和校验。填好后存盘，仍存为 .xlsx，交还发给你的人。",
    en: "In the column “label” of the second sheet choose positive, neutral, negative or unclear for each post; empty means not labelled. Sorting is fine; do not add or delete rows, nor change number, text or check. Save it as .xlsx and give it back.",
  },
  rule: { zh: "规则", en: "rule" },
  wrong: { zh: "请从列表中选择", en: "please choose from the list" },
} as const;

/** audit.xlsx: a page of rules with the cells for annotator and date, and the sheet to be labelled. `event`: the event's name. */
export function auditWorkbook(posts: readonly AuditPost[], { key, event, language }: { key: string; event: string; language: Language }): Uint8Array {
  const column = (name: keyof typeof columns) => columns[name][language];
  const guide: [string, string, CellStyle][] = [
    [column("annotator"), "", "input"],
    [column("date"), "", "input"],
    [column("key"), key, "faint"],
    [words.event[language], event, "text"],
    [words.task[language], words.taskText[language], "text"],
    ...rules.map((rule, i): [string, string, CellStyle] => [`${words.rule[language]} ${i + 1}`, rule[language], "text"]),
  ];
  const head = (names: readonly (keyof typeof columns)[]): Cell[] => names.map((name) => ({ value: column(name), style: "head" }));
  const text = (value: string, style: CellStyle = "text"): Cell => ({ value, style });
  return workbook([
    { name: words.guide[language], widths: [12, 100], rows: [head(["item", "content"]), ...guide.map(([item, content, style]) => [text(item), text(content, style)])] },
    {
      name: words.labels[language],
      widths: [6, 12, 18, 80, 10, 20, 10],
      rows: [
        head(["no", "platform", "published", "text", "label", "remark", "check"]),
        ...posts.map(({ no, platform, published, text: shown }): Cell[] => [{ value: no, style: "number" }, text(platform), text(published), text(shown), text("", "input"), text(""), text(checkOf(key, no, shown), "faint")]),
      ],
      choice: { column: 4, of: labelNames.map(([, name]) => name[language]), title: column("label"), message: words.wrong[language] },
    },
  ]);
}
