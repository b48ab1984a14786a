import { nearest, YuqingError, type Message } from "../errors.ts";
import type { Deadline } from "./ledger.ts";
import { knownStatuses, statusNames, statusWords } from "./names.ts";
import type { Status } from "./rules.ts";

/** What can be wrong with a change of the ledger. All exit 2: the ledger stays as it is. */

type Parts = ConstructorParameters<typeof YuqingError>[2];
const error = (code: string, parts: Parts): YuqingError => new YuqingError(code, 2, parts);

const shown = (text: string): string => (text === "" ? "—" : [...text].slice(0, 40).join(""));
const didYouMean = (near: string | null, otherwise: Message): Message => (near === null ? otherwise : { zh: `是否想写 ${near}？`, en: `did you mean ${near}?` });

export const itemUnknown = (id: string, ids: readonly string[]): YuqingError =>
  error("LEDGER_ITEM", {
    what: { zh: "台账中没有这一条", en: "the ledger has no such item" },
    got: shown(id),
    expected: ids.length === 0 ? "—" : `${ids[0]!} … ${ids.at(-1)!}`,
    next: didYouMean(nearest(id, ids), { zh: "yuqing ledger list --all 列出全部", en: "yuqing ledger list --all shows all" }),
  });

export const statusUnknown = (got: string): YuqingError =>
  error("LEDGER_STATUS", { what: { zh: "没有这种状态", en: "no such status" }, got: shown(got), expected: knownStatuses, next: didYouMean(nearest(got, statusWords), { zh: "从列出的状态中选一个", en: "choose one of these" }) });

export const transitionRefused = (id: string, from: Status, to: Status): YuqingError =>
  error("LEDGER_TRANSITION", {
    what: { zh: `不能由“${statusNames[from].zh}”改为“${statusNames[to].zh}”`, en: `“${statusNames[from].en}” cannot become “${statusNames[to].en}”` },
    where: id,
    next: { zh: "填错了可先退回“待办”并在备注中说明原因，时限随之恢复", en: "if it was a mistake, take it back to “to do” with a note that says why; its clocks run again" },
  });

export const departmentMissing = (id: string): YuqingError =>
  error("LEDGER_DEPARTMENT", { what: { zh: "转办没有写明承办部门", en: "transferred, but not to which department" }, where: id, next: { zh: "同时填写承办部门（--department）", en: "name the department too (--department)" } });

export const reasonMissing = (id: string): YuqingError =>
  error("LEDGER_REASON", { what: { zh: "退回“待办”没有说明原因", en: "taken back to “to do” without a reason" }, where: id, next: { zh: "同时在备注中写明原因（--note）", en: "say why in the note (--note)" } });

export const valueLong = (id: string, what: Message, got: number, most: number): YuqingError =>
  error("LEDGER_VALUE", { what: { zh: `${what.zh}太长`, en: `${what.en} is too long` }, where: id, got: String(got), expected: `≤ ${most}`, next: { zh: "写短些；详细材料另存", en: "make it shorter and keep the details elsewhere" } });

export const nameMissing = (got: string): YuqingError =>
  error("LEDGER_BY", { what: { zh: "没有写明是谁改的", en: "nobody signed the change" }, got: shown(got), expected: "1 … 40 字 / characters", next: { zh: "写上姓名或代号：--by，表格里是“填表人”一格", en: "give a name: --by, or in a workbook the cell “filled in by”" } });

export const ruleUnknown = (id: string, got: string, deadlines: readonly Deadline[]): YuqingError =>
  error("LEDGER_RULE", { what: { zh: "这一条没有这个时限", en: "the item has no such deadline" }, where: id, got: shown(got), expected: deadlines.map(({ rule }) => rule).join(", ") || "—" });

export const sheetNotLedger = (path: string, headers: readonly string[]): YuqingError =>
  error("LEDGER_SHEET", {
    what: { zh: "找不到编号列和版本列", en: "no columns for id and revision" },
    where: path,
    got: shown(headers.join(" | ")),
    expected: "编号 + 版本 | id + revision",
    next: { zh: "给出 yuqing ledger export 写出、填好的工作簿", en: "give the filled workbook that yuqing ledger export wrote" },
  });

export const taken = (path: string): YuqingError =>
  error("LEDGER_EXISTS", { what: { zh: "这个文件已经在了，里面可能有填好的内容，没有动它", en: "the file is there already and may have been filled in; it was left as it is" }, where: path, next: { zh: "换一个文件名", en: "choose another name" } });

/** `first`: the first of the places, in words. */
export const sheetRefused = (path: string, places: number, first: string): YuqingError =>
  error("LEDGER_SHEET", {
    what: { zh: `表中有 ${places} 处不能采用，什么也没有改`, en: `${places} places of the sheet cannot be used; nothing was changed` },
    where: path,
    got: first,
    next: { zh: "改正后再交一次：已经采用过的行重复提交不会再改动", en: "correct them and give it again: rows that were applied before change nothing the second time" },
  });
