/** Cells that say "nothing" in one way or another (compared after trimming), and the two MD5 values that stand for an empty id in some exports. */
const placeholders = new Set([
  "", "-", "--", "—", "——", "/", "\\", "无", "无标题", "暂无", "未知", "null", "NULL", "Null", "None", "none", "nan", "NaN", "N/A", "n/a", "undefined",
  "d41d8cd98f00b204e9800998ecf8427e", "e6fda0f0d3e0adfff69e334462d1ef6a",
]);

/** Cell without surrounding white space and invisible characters; null when it is a placeholder. */
export function known(cell: string | undefined): string | null {
  if (cell === undefined || cell === "") return null;
  const trimmed = trimEnds(cell);
  // No placeholder has another length.
  return (trimmed.length < 10 || trimmed.length === 32) && placeholders.has(trimmed) ? null : trimmed;
}

/** Trims white space, zero-width characters, byte-order marks and NULs. */
export function trimEnds(text: string): string {
  if (isVisible(text.charCodeAt(0)) && isVisible(text.charCodeAt(text.length - 1))) return text;
  let trimmed = text.trim();
  for (;;) {
    let from = 0;
    let to = trimmed.length;
    while (from < to && isInvisible(trimmed.charCodeAt(from))) from++;
    while (to > from && isInvisible(trimmed.charCodeAt(to - 1))) to--;
    if (from === 0 && to === trimmed.length) return trimmed;
    trimmed = trimmed.slice(from, to).trim();
  }
}

/** ASCII but for space and control characters, or a common Han character: what most cells begin and end with. */
const isVisible = (code: number): boolean => (code > 0x20 && code < 0x7f) || (code >= 0x4e00 && code <= 0x9fff);

function isInvisible(code: number): boolean {
  return (code >= 0x200b && code <= 0x200f) || code === 0x2060 || code === 0xfeff || code === 0;
}

const labels = /^(?:赞|点赞|转发|评论|转|评|收藏|分享|阅读|回复|喜欢|like|likes|comment|repost|share|抢首赞|抢首评|快来抢首评|点赞数|转发数|评论数)$/i;
const written = /^(\d{1,15})(\.\d{1,6})?(千|万|亿|[kKwWmM])?(\+)?(?:次|人|赞|个|条|阅读|播放|评论|转发)?$/;
const scale: Record<string, number> = { 千: 1e3, k: 1e3, 万: 1e4, w: 1e4, m: 1e6, 亿: 1e8 };

/** A count as platforms write it. `value` null: the cell is empty or unreadable; `problem` says which. `floor`: "10万+", the true count is larger. */
export interface Count {
  value: number | null;
  problem: "COUNT_UNREADABLE" | "COUNT_FLOOR" | null;
}

const emptyCount: Count = { value: null, problem: null };
const unreadableCount: Count = { value: null, problem: "COUNT_UNREADABLE" };

/** 12 · 1,234 · 1.2万 · 10万+ · 3亿 · 1.5w · the bare label 赞 (= 0). Empty and placeholders are unknown, not 0. */
export function parseCount(cell: string | undefined): Count {
  if (cell === undefined || cell === "") return emptyCount;
  if (cell.length <= 15 && isDigits(cell)) return { value: Number(cell), problem: null };
  const text = known(cell);
  if (text === null) return emptyCount;
  if (text.length > 40) return unreadableCount;
  if (labels.test(text)) return { value: 0, problem: null };
  const plain = text.normalize("NFKC").replace(/(\d)[, ](?=\d{3}(?!\d))/g, "$1");
  const match = written.exec(plain);
  if (!match) return unreadableCount;
  const factor = scale[(match[3] ?? "").toLowerCase()] ?? 1;
  const value = Number(match[1]! + (match[2] ?? "")) * factor;
  const rounded = Math.round(value);
  if (!Number.isSafeInteger(rounded) || (factor === 1 && rounded !== value)) return unreadableCount;
  return { value: rounded, problem: match[4] ? "COUNT_FLOOR" : null };
}

export function isDigits(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c < 48 || c > 57) return false;
  }
  return text.length > 0;
}

/** A memo of two generations: what was used lately is kept, and memory stays bounded. */
export class Memo<V> {
  #young = new Map<string, V>();
  #old = new Map<string, V>();
  readonly #parse: (text: string) => V;
  readonly #limit: number;

  /** `limit`: entries per generation. */
  constructor(parse: (text: string) => V, limit = 10_000) {
    this.#parse = parse;
    this.#limit = limit;
  }

  get(text: string): V {
    const hit = this.#young.get(text);
    if (hit !== undefined) return hit;
    const value = this.#old.get(text) ?? this.#parse(text);
    if (this.#young.size >= this.#limit) [this.#old, this.#young] = [this.#young, new Map()];
    this.#young.set(detached(text), value);
    return value;
  }
}

/** A copy that does not keep the larger string alive from which it was cut. */
export function detached(text: string): string {
  return text.length < 13 ? text : Buffer.from(text, "utf16le").toString("utf16le");
}
