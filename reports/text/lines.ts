/** Plain text in a fixed pitch: a Han character takes two columns. */

const wide = /[\u1100-\u115f\u2014\u2018-\u201d\u2026\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const none = /^[\p{M}\p{Cf}]+$/u;
/** May not begin a line, and may not end one. */
const closing = /^[，。、；：？！）】》」』”’…%‰,.;:?!)\]}]/u;
const opening = /[（【《「『“‘([{]$/u;

const segmenter = new Intl.Segmenter("zh", { granularity: "grapheme" });
const graphemes = (text: string): string[] => [...segmenter.segment(text)].map(({ segment }) => segment);

/** Columns that a text takes. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const one of graphemes(text)) columns += none.test(one) ? 0 : wide.test(one) ? 2 : 1;
  return columns;
}

export function pad(text: string, columns: number, align: "left" | "right" = "left"): string {
  const blanks = " ".repeat(Math.max(0, columns - columnsOf(text)));
  return align === "left" ? text + blanks : blanks + text;
}

/**
 * Lines of at most `columns`. Breaks at blanks and between Han characters, keeps closing punctuation off the begin of a line and opening off its end.
 * Words longer than a line are cut; addresses are not: they would no longer work.
 */
export function wrap(text: string, columns: number): string[] {
  const lines: string[][] = [[]];
  let used = 0;
  for (const unit of unitsOf(text, columns)) {
    const width = columnsOf(unit);
    if (used + (unit === " " ? 0 : width) <= columns) {
      if (unit === " " && lines.at(-1)!.length === 0) continue;
      lines.at(-1)!.push(unit);
      used += width;
      continue;
    }
    const line = lines.at(-1)!;
    const next = unit === " " ? [] : [unit];
    while (line.length > 1 && next.length > 0 && next.length < 8 && (closing.test(next[0]!) || opening.test(line.at(-1)!))) next.unshift(line.pop()!);
    lines.push(next);
    used = columnsOf(next.join(""));
  }
  return lines.map((line) => line.join("").trimEnd()).filter((line, i) => line !== "" || i === 0);
}

/** Units that stay together: Latin words and numbers, addresses, else single characters. */
function unitsOf(text: string, columns: number): string[] {
  return text.split(/( |https?:\/\/[^\s（）]+|[A-Za-z0-9][A-Za-z0-9_.,:/@#&+%-]*)/u).flatMap((part) => {
    if (part === "" || part === " ") return part === "" ? [] : [" "];
    if (/^https?:\/\//u.test(part) || (/^[A-Za-z0-9]/u.test(part) && part.length <= columns)) return [part];
    return graphemes(part);
  });
}

const gap = 2;

/** An aligned table within `columns`: columns that are too wide are narrowed, widest first, and their cells wrapped. */
export function table(head: readonly { label: string; align?: "left" | "right" }[], rows: readonly (readonly string[])[], columns: number): string[] {
  const cells = [head.map(({ label }) => label), ...rows];
  const widths = head.map((_, i) => Math.max(...cells.map((row) => columnsOf(row[i] ?? ""))));
  while (widths.reduce((sum, width) => sum + width + gap, -gap) > columns) {
    const widest = widths.indexOf(Math.max(...widths));
    if (widths[widest]! <= 6) break; // more columns than the page holds
    widths[widest]!--;
  }
  const line = (row: readonly string[]): string[] => {
    const wrapped = head.map((_, i) => wrap(row[i] ?? "", widths[i]!));
    const height = Math.max(...wrapped.map(({ length }) => length));
    return Array.from({ length: height }, (_, y) => head.map(({ align }, i) => pad(wrapped[i]![y] ?? "", widths[i]!, align)).join(" ".repeat(gap)).trimEnd());
  };
  return [...line(cells[0]!), widths.map((width) => "-".repeat(width)).join(" ".repeat(gap)), ...rows.flatMap(line)];
}
