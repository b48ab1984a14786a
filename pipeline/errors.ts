/**
 * Every message a user can meet when something goes wrong: what, where, got, expected, next step, in Chinese and English.
 * Tests compare by calling these functions, never against copied text.
 */

export type Language = "zh" | "en";
export type Message = Record<Language, string>;

interface Parts {
  what: Message;
  where?: string;
  got?: string;
  expected?: string;
  next?: Message;
}

const labels = {
  zh: { where: "位置", got: "实得", expected: "应为", next: "下一步" },
  en: { where: "where", got: "got", expected: "expected", next: "next" },
} as const;

/** Exit codes: 0 complete · 1 no report written · 2 bad usage or config, nothing run · 3 report written but partial. */
export type ExitCode = 1 | 2 | 3;

export class YuqingError extends Error {
  readonly code: string;
  readonly exit: ExitCode;
  readonly parts: Parts;
  constructor(code: string, exit: ExitCode, parts: Parts) {
    super(`${code}: ${parts.what.en}${parts.where ? ` (${parts.where})` : ""}`);
    this.name = "YuqingError";
    this.code = code;
    this.exit = exit;
    this.parts = parts;
  }
  /** The whole message in one language, one part a line. */
  text(language: Language): string {
    const label = labels[language];
    const { what, where, got, expected, next } = this.parts;
    const lines = [`${this.code}: ${what[language]}`];
    if (where !== undefined) lines.push(`  ${label.where}: ${where}`);
    if (got !== undefined) lines.push(`  ${label.got}: ${got}`);
    if (expected !== undefined) lines.push(`  ${label.expected}: ${expected}`);
    if (next !== undefined) lines.push(`  ${label.next}: ${next[language]}`);
    return lines.map(printable).join("\n");
  }
}

/** The whole message of an error on one line. */
export const inOneLine = (error: YuqingError): Message => ({ zh: error.text("zh").replaceAll("\n", " "), en: error.text("en").replaceAll("\n", " ") });

/** Replaces control characters (terminal escapes in file names, for one) by visible ones. */
export function printable(line: string): string {
  return line.replace(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, "\ufffd");
}

/** The candidate nearest to `name` by edit distance, if it is near enough to be a typing slip; else null. */
export function nearest(name: string, candidates: readonly string[]): string | null {
  let best: string | null = null;
  let least = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(name, candidate);
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    previous = row;
  }
  return previous[b.length]!;
}
