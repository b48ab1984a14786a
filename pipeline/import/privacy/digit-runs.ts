/** Digits of a text that belong together, however they are written. */

/** A group of digits without anything visible between them. */
export interface Group {
  /** ASCII digits. */
  digits: string;
  /** Offset in the text of every digit. */
  at: number[];
}

/** Groups parted by at most three spaces, dashes, dots or brackets. */
export interface Run {
  groups: Group[];
  /** What stands between groups i and i + 1, without invisible characters. */
  gaps: string[];
}

const digitValues = new Map<number, string>();
for (let value = 0; value < 10; value++) {
  for (const zero of [0x30, 0xff10]) digitValues.set(zero + value, String(value));
  for (const form of ["〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"]) digitValues.set(form.charCodeAt(value), String(value));
}
digitValues.set("幺".charCodeAt(0), "1");

const separators = new Set([..." \t\u00a0\u3000-‐‑‒–—―－_.．·•()（）"].map((character) => character.charCodeAt(0)));
/** Zero-width characters, joiners, soft hyphen, direction marks, variation selectors, keycap frames. */
export const invisible = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe0e\ufe0f\ufeff\u20e3";
const isInvisible = new RegExp(`[${invisible}]`);
const longestGap = 3;

/** Whether a text holds five digits close together: cheap, and false for most posts. */
export const hasNumber = (text: string): boolean => fiveDigits.test(text);
const digit = "[0-9０-９〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]";
const fiveDigits = new RegExp(`(?:${digit}[^0-9０-９A-Za-z\\u4e00-\\u9fff\\n]{0,6}){4}${digit}`);

/** All runs of a text, in order; linear in its length. */
export function runsOf(text: string): Run[] {
  const runs: Run[] = [];
  let run: Run | null = null;
  let gap = "";
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const value = digitValues.get(code);
    if (value === undefined) {
      if (run === null || (code > 0x7f && isInvisible.test(text[i]!))) continue;
      gap += text[i]!;
      if (gap.length > longestGap || !separators.has(code)) run = null;
      continue;
    }
    if (run === null) runs.push((run = { groups: [{ digits: "", at: [] }], gaps: [] }));
    else if (gap !== "") {
      run.groups.push({ digits: "", at: [] });
      run.gaps.push(gap);
    }
    gap = "";
    const group = run.groups[run.groups.length - 1]!;
    group.digits += value;
    group.at.push(i);
  }
  return runs;
}
