import { urlOf } from "../posts/cells.ts";
import { normalizeHeader } from "../posts/headers.ts";
import type { RawRow } from "./rows.ts";
import { parseTime } from "../posts/times.ts";
import { known, parseCount } from "../posts/values.ts";

/**
 * Rows that do not stand under their file's header although the tool that wrote them is known: the header is written once, and a newer (or older) version
 * appends to the file; originals leave out the block of the reposted post; one tool forgets a comma. Such a row is put under the right names only if one
 * layout of the tool fits it and its values prove it (times, counts, flags, links where they should be); else it is rejected.
 */
interface Tool {
  /** Every row that some version writes, as header names. */
  layouts: readonly (readonly string[])[];
  /** Takes out of a row what stands under no header at all. */
  trim?: (cells: readonly string[]) => readonly string[];
  /** Numbers of cells beyond those of the layouts. */
  more?: readonly number[];
}

const after = (names: readonly string[], at: string, added: string): string[] => names.flatMap((name) => (name === at ? [name, added] : [name]));

/** dataabc/weibo-search: 2020-03, 2020-04, 2020-05, 2023-10, 2024-05, 2025-05 (formats.md §2). */
const search15 = ["id", "bid", "user_id", "用户昵称", "微博正文", "发布位置", "艾特用户", "话题", "转发数", "评论数", "点赞数", "发布时间", "发布工具", "微博图片url", "微博视频url"];
const search16 = [...search15, "retweet_id"];
const search17 = after(search16, "微博正文", "头条文章url");
const search18 = [...search17, "ip"];
const search19 = [...search18, "user_authentication"];
const search21 = [...search19, "会员类型", "会员等级"];

/** dataabc/weibo-crawler: 2019-06, 2019-08, 2019-09, 2020-04, 2024-01, 2025-11, 2025-12 (formats.md §3). */
const crawler11 = ["id", "正文", "原始图片url", "位置", "日期", "工具", "点赞数", "评论数", "转发数", "话题", "@用户"];
const crawler12 = after(crawler11, "原始图片url", "视频url");
const crawler13 = after(crawler12, "id", "bid");
const crawler14 = after(crawler13, "正文", "头条文章url");
const crawler15 = [...crawler14, "完整日期"];
const crawler16 = after(crawler15, "视频url", "live photo视频url");
const crawler18 = [...crawler16, "是否编辑过", "编辑次数"];
const withRoot = (block: readonly string[]): string[][] => [[...block], [...block, "是否原创"], [...block, "是否原创", "源用户id", "源用户昵称", ...block.map((name) => `源微博${name}`)]];

/** The cell that weibo-crawler's LLM option adds after @用户, as Python prints it; no header names it. */
const llmCell = /^\{'sentiment': /;

const lavector = ["类型", "用户", "省份", "时间", "转发数", "评论数", "点赞数", "情感指数", "发布来源", "标题", "链接", "原文内容", "内容"];

const tools: readonly Tool[] = [
  { layouts: [search15, search16, search17, search18, search19, search21] },
  { layouts: [crawler11, crawler12, crawler13, crawler14, crawler15, crawler16, crawler18].flatMap(withRoot), trim: (cells) => cells.filter((cell, i) => i <= 10 || !llmCell.test(cell)) },
  { layouts: [lavector], trim: unmerged, more: Array.from({ length: 26 }, (_, i) => 12 + 2 * i) },
];

/** lavector writes no comma between its last two cells and quotes nothing: both are the text when what follows the link is one text twice. */
function unmerged(cells: readonly string[]): readonly string[] {
  if (cells.length < 12 || cells.length === 13) return cells;
  const merged = cells.slice(11).join(",");
  const half = merged.slice(0, merged.length / 2);
  return merged !== "" && half + half === merged ? [...cells.slice(0, 11), half, half] : cells;
}

function toolOf(plain: readonly string[]): Tool | null {
  return tools.find(({ layouts }) => layouts.some((names) => names.length === plain.length && names.every((name, i) => name === plain[i]))) ?? null;
}

/** Numbers of cells that rows may have besides the header's. */
export function layoutWidths(header: readonly string[]): number[] {
  const plain = header.map(normalizeHeader);
  const tool = toolOf(plain);
  if (tool === null) {
    // Other headers with weibo-crawler's block of the reposted post: originals end before it.
    const original = plain.indexOf("是否原创");
    return original > 0 && plain.some((name) => name.startsWith("源微博")) ? [original, original + 1] : [];
  }
  const widths = tool.layouts.map((names) => names.length);
  const added = tool.trim === undefined || tool.more !== undefined ? [] : widths.flatMap((width) => [width + 1, width + 2]);
  return [...new Set([...widths, ...added, ...(tool.more ?? [])])].sort((a, b) => a - b);
}

export class RowLayouts {
  /** The file's header; grows by the names that only other versions of the tool write. */
  readonly header: string[];
  readonly #tool: Tool;
  readonly #width: number;
  readonly #index: Map<string, number>;

  private constructor(header: readonly string[], tool: Tool) {
    this.header = [...header];
    this.#tool = tool;
    this.#width = header.length;
    this.#index = new Map(header.map((name, i) => [normalizeHeader(name), i]));
  }

  /** null when no tool is known that writes just this header. */
  static of(header: readonly string[]): RowLayouts | null {
    const tool = toolOf(header.map(normalizeHeader));
    return tool === null ? null : new RowLayouts(header, tool);
  }

  /**
   * The row under `header`; with fault ROW_SHORT or ROW_LONG when no layout is proved. `padded`: trailing empty cells are not stored (workbooks).
   * `realigned`: whether the cells had to move.
   */
  place(row: RawRow, padded: boolean): { row: RawRow; realigned: boolean } {
    const asIs = { row, realigned: false };
    if (row.fault !== null) return asIs;
    const cells = this.#tool.trim?.(row.cells) ?? row.cells;
    const trimmed = cells.length !== row.cells.length;
    if (!trimmed && (cells.length === this.#width || (padded && cells.length < this.#width))) return asIs;
    const proved = this.#tool.layouts.filter((names) => names.length === cells.length && isSound(names, cells));
    if (proved.length === 0 && !trimmed && this.#endsEmpty(cells)) return asIs;
    if (proved.length !== 1) {
      const code = row.cells.length < this.#width ? "ROW_SHORT" : "ROW_LONG";
      return { row: { ...row, cells: [], fault: code, detail: `${row.cells.length} / ${this.#width}` }, realigned: false };
    }
    const placed = new Array<string>(this.header.length).fill("");
    proved[0]!.forEach((name, i) => (placed[this.#column(name)] = cells[i]!));
    return { row: { ...row, cells: placed }, realigned: trimmed || cells.length > this.#width || proved[0]!.some((name, i) => this.#index.get(name) !== i) };
  }

  /** Whether the row is one of the file's own with empty cells after the last column, which are no cells. */
  #endsEmpty(cells: readonly string[]): boolean {
    const own = [...this.#index.keys()].slice(0, this.#width);
    return cells.length > this.#width && cells.slice(this.#width).every((cell) => cell.trim() === "") && isSound(own, cells);
  }

  #column(name: string): number {
    const column = this.#index.get(name);
    if (column !== undefined) return column;
    this.#index.set(name, this.header.length);
    return this.header.push(name) - 1;
  }
}

const isTime = (cell: string): boolean => parseTime(cell, 0, null).problem !== "TIME_UNREADABLE";
const isCount = (cell: string): boolean => parseCount(cell).problem !== "COUNT_UNREADABLE";
const isFlag = (cell: string): boolean => /^(?:true|false|是|否|0|1)$/i.test(cell);

const isLabel = (cell: string): boolean => cell.length <= 12;
const isLink = (cell: string): boolean => urlOf(cell) !== null;

/** What a cell must be, and whether it may be empty. */
const proofs = new Map<string, { holds: (cell: string) => boolean; needed: boolean }>();
for (const name of ["发布时间", "日期", "完整日期", "时间"]) proofs.set(name, { holds: isTime, needed: true });
for (const name of ["源微博日期", "源微博完整日期"]) proofs.set(name, { holds: isTime, needed: false });
for (const name of ["转发数", "评论数", "点赞数"]) proofs.set(name, { holds: isCount, needed: true });
for (const name of ["ip", "user_authentication"]) proofs.set(name, { holds: isLabel, needed: false });
proofs.set("是否原创", { holds: isFlag, needed: true });
proofs.set("是否编辑过", { holds: isFlag, needed: false });
proofs.set("链接", { holds: isLink, needed: true });

function isSound(names: readonly string[], cells: readonly string[]): boolean {
  return names.every((name, i) => {
    const proof = proofs.get(name);
    const cell = known(cells[i]);
    return proof === undefined || (cell === null ? !proof.needed : proof.holds(cell));
  });
}
