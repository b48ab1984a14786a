import { cellsOf, columnKeys, columns, guideRows, local } from "../../pipeline/ledger/columns.ts";
import type { Ledger, LedgerItem } from "../../pipeline/ledger/ledger.ts";
import { statusNames } from "../../pipeline/ledger/names.ts";
import { countsOf } from "../../pipeline/ledger/open.ts";
import { statuses } from "../../pipeline/ledger/rules.ts";
import type { Language } from "../../pipeline/errors.ts";
import { integer } from "../format.ts";
import { workbook, type Cell, type CellStyle } from "./workbook.ts";

const words = {
  guide: { zh: "说明", en: "guide" },
  ledger: { zh: "台账", en: "ledger" },
  exported: { zh: "导出时间", en: "exported" },
  rows: { zh: "本表", en: "rows" },
  all: { zh: "台账现有", en: "in the ledger" },
  overdue: { zh: "其中逾期未办", en: "of these overdue" },
  task: { zh: "怎么填", en: "task" },
  taskText: {
    zh: "只改“台账”表中“状态”“承办部门”“备注”三列（底色不同），并在本页“填表人”一格写上姓名。可以排序，可以删去不归你办的行，不要增加行，不要改其他列。填好后存盘，仍存为 .xlsx，交还发给你的人。",
    en: "Change only the columns “status”, “department” and “note” of the sheet “ledger” (they are coloured), and write your name into “filled in by” on this page. You may sort rows and delete those that are not yours; add none, and leave the other columns alone. Save it as .xlsx and give it back.",
  },
  suspected: { zh: "“疑似”只表示有线索，须由人核实；情绪是估计。触达 = 帖文数 + 各帖转、评、赞三者中的最大值之和。", en: "“Suspected” only says that there are cues; a person has to look. Moods are estimates. Reach = posts + the greatest of reposts, comments and likes of each." },
  wrong: { zh: "请从列表中选择", en: "please choose from the list" },
} as const;

/** The ledger as a workbook that can be filled in and read back (pipeline/ledger/sheet.ts): a page that says how, and the given items in their order. */
export function ledgerWorkbook(ledger: Ledger, items: readonly LedgerItem[], { language, now_ms, utcOffsetMs }: { language: Language; now_ms: number; utcOffsetMs: number }): Uint8Array {
  const text = (value: string, style: CellStyle = "text"): Cell => ({ value, style });
  const counts = countsOf(ledger, now_ms);
  const byStatus = statuses.map((status) => `${statusNames[status][language]} ${integer(counts.status[status], language)}`).join(" · ");
  const guide: [string, string, CellStyle][] = [
    [guideRows.by[language], "", "input"],
    [words.task[language], words.taskText[language], "text"],
    [words.exported[language], local(now_ms, utcOffsetMs), "text"],
    [words.rows[language], integer(items.length, language), "text"],
    [words.all[language], `${integer(counts.items, language)} (${byStatus})`, "text"],
    [words.overdue[language], integer(counts.overdue, language), "text"],
    [columns.class[language], words.suspected[language], "text"],
  ];
  const choice = { column: columnKeys.indexOf("status"), of: statuses.map((status) => statusNames[status][language]), title: columns.status[language], message: words.wrong[language] };
  return workbook([
    { name: words.guide[language], widths: [14, 100], rows: [[text(guideRows.item[language], "head"), text(guideRows.content[language], "head")], ...guide.map(([item, content, style]) => [text(item), text(content, style)])] },
    {
      name: words.ledger[language],
      widths: columnKeys.map((column) => columns[column].width),
      rows: [
        columnKeys.map((column) => text(columns[column][language], "head")),
        ...items.map((item) => {
          const cells = cellsOf(item, language, utcOffsetMs);
          return columnKeys.map((column): Cell => {
            const value = cells[column];
            return typeof value === "number" ? { value, style: "number" } : text(value, columns[column].editable ? "input" : "text");
          });
        }),
      ],
      ...(items.length > 0 && { choice }),
    },
  ]);
}
