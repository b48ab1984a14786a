/** Number formats of a workbook: which cells are dates, and which day is 0. */
export interface Styles {
  /** By style index: "date", "datetime", "time" or null. */
  kinds: (DateKind | null)[];
  /** The 1904 date system (old Macs). */
  from1904: boolean;
}
export type DateKind = "date" | "datetime" | "time";

/** Built-in format ids (ECMA-376 §18.8.30), with the Chinese ones 27–36 and 50–58. */
export function builtInKind(id: number): DateKind | null {
  if (id === 22) return "datetime";
  if ((id >= 18 && id <= 21) || id === 45 || id === 47 || (id >= 32 && id <= 35) || id === 55 || id === 56) return "time";
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 54) || id === 57 || id === 58) return "date";
  return null;
}

/** A custom format code: letters outside quotes, brackets and escapes tell. Elapsed time ([h]:mm) is a number. */
export function customKind(code: string): DateKind | null {
  if (/\[[hms]+\]/i.test(code)) return null;
  const plain = code.split(";")[0]!.replace(/"[^"]*"|\\.|\[[^\]]*\]|_./g, "").toLowerCase();
  const date = /y|d|(?:^|[^a-z])m{1,5}(?:[^a-z]|$)(?!.*[hs])/.test(plain) && !/general/.test(plain);
  const time = /h|s/.test(plain.replace(/general/g, ""));
  return date ? (time ? "datetime" : "date") : time ? "time" : null;
}

/** Text of a number cell: dates as YYYY-MM-DD[ HH:MM:SS], integers with every digit, else as written. */
export function numberText(value: string, kind: DateKind | null, from1904: boolean): string {
  const number = Number(value);
  if (value === "" || !Number.isFinite(number)) return value;
  if (kind !== null) {
    const date = serialText(number + (from1904 ? 1462 : 0), kind);
    if (date !== null) return date;
  }
  if (/^-?\d+$/.test(value)) return value;
  if (Number.isInteger(number) && Math.abs(number) < 1e21) return BigInt(number).toString();
  return /^-?\d+\.\d+$/.test(value) ? value : String(number);
}

/** Excel serial → text; null outside 1900-03-01 … 9999-12-31 (before that the 1900 system is off by its false leap day). */
function serialText(serial: number, kind: DateKind): string | null {
  const seconds = Math.round(serial * 86_400);
  if (kind === "time" && seconds >= 0 && seconds < 86_400) return new Date(seconds * 1000).toISOString().slice(11, 19);
  if (serial < 61 || serial >= 2_958_466) return null;
  const text = new Date((seconds - 25_569 * 86_400) * 1000).toISOString();
  return kind === "date" && seconds % 86_400 === 0 ? text.slice(0, 10) : `${text.slice(0, 10)} ${text.slice(11, 19)}`;
}

/** _x000D_ and the like, as Excel writes characters that XML cannot hold. */
export function unescapeCell(text: string): string {
  return text.includes("_x") ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : text;
}

/** Column of a reference like "AB12", from 0; −1 when there is none. Columns beyond XFD are refused with −1 too. */
export function columnOf(reference: string | undefined): number {
  let column = 0;
  for (let i = 0; i < (reference?.length ?? 0); i++) {
    const c = reference!.charCodeAt(i) & ~32;
    if (c < 65 || c > 90) break;
    column = column * 26 + c - 64;
    if (column > 16_384) return -1;
  }
  return column - 1;
}
