import { YuqingError, type Message } from "../errors.ts";

/** What can be wrong with a sample or a label sheet. All exit 2: nothing is written, an earlier audit stays as it is. */

type Parts = ConstructorParameters<typeof YuqingError>[2];
const error = (code: string, parts: Parts): YuqingError => new YuqingError(code, 2, parts);

/** `rows`: what was found, one string a row; the first five are shown. */
const some = (rows: readonly string[]): string => rows.slice(0, 5).join(", ") + (rows.length > 5 ? ` … (${rows.length})` : "");

const restore: Message = { zh: "从收到的原表重新填写，或撤销这些改动；可以排序，但不要增删行、不要改序号和正文", en: "start again from the sheet as you got it, or undo the change; sorting is fine, but add and delete no row and leave number and text alone" };

export const sizeInvalid = (got: string): YuqingError =>
  error("AUDIT_SIZE", { what: { zh: "抽样条数不对", en: "not a sample size" }, got, expected: "--size 100 … 200", next: { zh: "一般用 150：十分钟左右标完", en: "150 is usual: about ten minutes of work" } });

export const seedInvalid = (got: string): YuqingError => error("AUDIT_SEED", { what: { zh: "随机种子不对", en: "not a seed" }, got, expected: "--seed 0 … 4294967295", next: { zh: "不给 --seed 就是 1", en: "leave --seed out for 1" } });

export const tooFew = (texts: number, least: number): YuqingError =>
  error("AUDIT_SMALL", {
    what: { zh: "可供抽查的不同文本太少", en: "too few different texts to check" },
    got: String(texts),
    expected: `≥ ${least}`,
    next: { zh: "换用更多帖文，或把 --size 调到 200；这么少的文本可以直接逐条读", en: "use more posts or --size 200; so few texts can as well be read one by one" },
  });

export const taken = (path: string): YuqingError =>
  error("AUDIT_EXISTS", {
    what: { zh: "这里已有一份抽样，标注表里可能已有标注，没有动它", en: "there is a sample here already, and its sheets may hold labels; it was left as it is" },
    where: path,
    next: { zh: "换一个 --out 目录；确实不要了再自己删除", en: "choose another --out folder, or delete it yourself if it is of no use" },
  });

export const sampleMissing = (path: string): YuqingError =>
  error("AUDIT_SAMPLE", { what: { zh: "这里没有抽样", en: "there is no sample here" }, where: path, next: { zh: "给出 yuqing audit sample 写出的目录", en: "name the folder that yuqing audit sample wrote" } });

export const sampleInvalid = (path: string, got: string): YuqingError =>
  error("AUDIT_SAMPLE", { what: { zh: "sample.json 被改动过，或来自其他版本", en: "sample.json has been altered or is of another version" }, where: path, got, next: { zh: "恢复备份，或重新抽样", en: "restore it from a copy, or draw a new sample" } });

export const sheetCount = (got: number): YuqingError =>
  error("USAGE", { what: { zh: "标注表应为一份或两份", en: "one or two label sheets are needed" }, got: String(got), expected: "1 … 2", next: { zh: "yuqing audit apply DIR SHEET [SHEET2]", en: "yuqing audit apply DIR SHEET [SHEET2]" } });

export const noTable = (path: string, headers: readonly string[]): YuqingError =>
  error("AUDIT_SHEET", {
    what: { zh: "找不到序号列和情绪列", en: "no columns for number and label" },
    where: path,
    got: headers.join(" | "),
    expected: "序号 + 情绪 | no + label",
    next: { zh: "给出填好的 audit.xlsx，或页面导出的 labels.csv", en: "give the filled audit.xlsx or the labels.csv of the page" },
  });

export const rowUnreadable = (where: string, got: string): YuqingError => error("AUDIT_ROW", { what: { zh: "这一行读不了", en: "cannot read this row" }, where, got, next: restore });

export const otherSample = (path: string, got: string, expected: string): YuqingError =>
  error("AUDIT_OTHER_SAMPLE", {
    what: got === "" ? { zh: "表中没有样本编号", en: "the sheet does not say which sample it is of" } : { zh: "这是另一份抽样的标注表", en: "this is a sheet of another sample" },
    where: path,
    got: got === "" ? "—" : got,
    expected,
    next: { zh: "样本编号在「说明」表或 key 列；请给出这份抽样的整个文件", en: "the sample's key stands in the first sheet, or in the column key; give the whole file of this sample" },
  });

export const noAnnotator = (path: string, got: readonly string[]): YuqingError =>
  error("AUDIT_ANNOTATOR", {
    what: got.length === 0 ? { zh: "没有写明标注人", en: "the sheet does not say who labelled it" } : { zh: "一份表里有两个标注人", en: "two annotators in one sheet" },
    where: path,
    got: got.length === 0 ? "—" : some(got),
    next: got.length === 0 ? { zh: "在「说明」表的「标注人」一格填写姓名或代号", en: "fill in the cell for the annotator in the first sheet" } : { zh: "每人一份表，分开给出", en: "give one sheet for each" },
  });

export const sameAnnotator = (path: string, got: string): YuqingError =>
  error("AUDIT_ANNOTATOR", { what: { zh: "两份表是同一个标注人", en: "both sheets are by the same annotator" }, where: path, got, next: { zh: "只给一份；或请另一个人独立标注", en: "give only one, or have someone else label on their own" } });

export const rowsUnknown = (path: string, rows: readonly string[], count: number): YuqingError =>
  error("AUDIT_ROWS", { what: { zh: "有不属于这份抽样的序号", en: "numbers that the sample does not have" }, where: path, got: some(rows), expected: `1 … ${count}`, next: restore });

export const rowsTwice = (path: string, rows: readonly string[]): YuqingError => error("AUDIT_ROWS", { what: { zh: "同一序号出现了两次", en: "a number stands there twice" }, where: path, got: some(rows), next: restore });

export const rowsMissing = (path: string, numbers: readonly number[], count: number): YuqingError =>
  error("AUDIT_ROWS", { what: { zh: "少了一些行", en: "rows are missing" }, where: path, got: some(numbers.map((no) => `-${no}`)), expected: `1 … ${count}`, next: restore });

export const rowsMixed = (path: string, rows: readonly string[]): YuqingError =>
  error("AUDIT_ROWS", { what: { zh: "序号和正文对不上：可能只排序了部分列，或改了正文", en: "number and text do not belong together: only some columns were sorted, or texts were changed" }, where: path, got: some(rows), next: restore });

export const labelsUnknown = (path: string, rows: readonly string[], known: string): YuqingError =>
  error("AUDIT_LABELS", { what: { zh: "有看不懂的标注", en: "labels that are not known" }, where: path, got: some(rows), expected: known, next: { zh: "改正这些格子；不想标的留空", en: "correct these cells; leave empty what you do not want to label" } });

export const labelsFew = (path: string, got: number, least: number): YuqingError =>
  error("AUDIT_LABELS", { what: { zh: "标注太少", en: "too few labels" }, where: path, got: String(got), expected: `≥ ${least}`, next: { zh: "继续标注后再执行；已填的都还在（说不清不计入）", en: "label more and run again; what is filled in stays (unclear does not count)" } });
