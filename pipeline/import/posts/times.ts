import { known } from "./values.ts";

export type Precision = "second" | "minute" | "day";
export type TimeProblem = "TIME_UNREADABLE" | "TIME_RELATIVE" | "TIME_IMPLAUSIBLE";

/** An instant in UTC milliseconds (precision "day": local midnight), or why there is none (null: the cell is empty). */
export interface Time {
  ms: number | null;
  precision: Precision | null;
  problem: TimeProblem | null;
  /** Read from words like 昨天, with the help of the capture time. */
  relative: boolean;
}

const dayMs = 86_400_000;
/** Posts are not older than the Chinese internet nor from the next century. */
const earliest = Date.UTC(1995, 0, 1);
const latest = Date.UTC(2100, 0, 1);

const iso = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:(?:T|\s{1,3})(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,](\d{1,9}))?)?)?\s?(Z|GMT|UTC|[+-]\d{2}:?\d{2})?$/;
const han = /^(\d{4})年(\d{1,2})月(\d{1,2})日?(?:\s?(?:星期|周)[一二三四五六日天])?(?:\s{0,3}(凌晨|清晨|早上|上午|中午|下午|傍晚|晚上|晚)?\s?(\d{1,2})[:点时](?:(\d{1,2})分?)?(?::?(\d{1,2})秒?)?)?$/;
const weiboRfc = /^[A-Za-z]{3},? ([A-Za-z]{3}) (\d{1,2}) (\d{2}):(\d{2}):(\d{2}) ([+-]\d{4}) (\d{4})$/;
const mailRfc = /^(?:[A-Za-z]{3}, ?)?(\d{1,2}) ([A-Za-z]{3}) (\d{4}) (\d{2}):(\d{2})(?::(\d{2}))? ?(GMT|UTC|Z|[+-]\d{4})$/;
/** Meltwater: 07-Aug-2021 12:30PM. */
const named = /^(\d{1,2})-([A-Za-z]{3})-(\d{4})(?: (\d{1,2}):(\d{2})(?::(\d{2}))? ?([AaPp][Mm])?)?$/;
const ago = /^(\d{1,4})\s?(秒|分钟|分|小时|天|周)(?:钟)?前/;
const near = /^(今天|昨天|前天)(?:\s?(\d{1,2}):(\d{2})(?::\d{2})?)?$/;
const yearless = /^(\d{1,2})(?:-|月|\/)(\d{1,2})日?(?:\s{1,3}(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;
const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

const none: Time = { ms: null, precision: null, problem: null, relative: false };
const failed = (problem: TimeProblem): Time => ({ ms: null, precision: null, problem, relative: false });
const unreadable = failed("TIME_UNREADABLE");

/**
 * Reads a time as exports and pages write it. Local times are in the zone of `offsetMs`; words like 昨天 and dates without a year count from `capturedMs`
 * (when the row was collected), never from now: without it they stay unknown (TIME_RELATIVE).
 */
export function parseTime(cell: string | undefined, offsetMs: number, capturedMs: number | null): Time {
  if (cell !== undefined && isPlain(cell)) return plain(cell, offsetMs);
  const text = known(cell);
  if (text === null) return none;
  if (text.length > 64) return unreadable;
  const match = iso.exec(text);
  if (match) {
    const [, y, , mo, d, h, mi, s, fraction, zone] = match;
    return clock(+y!, +mo!, +d!, h === undefined ? null : +h, +(mi ?? 0), s === undefined ? null : +s, zone === undefined ? offsetMs : zoneMs(zone), Number(`0.${fraction ?? 0}`) * 1000);
  }
  if (/^\d/.test(text) && /^[\d.]+$/.test(text)) return numeric(text, offsetMs);
  return worded(text.normalize("NFKC"), offsetMs, capturedMs);
}

/** Whether a cell is YYYY-MM-DD HH:MM:SS or YYYY-MM-DD HH:MM. Most exports write it, and it takes no regular expression. */
function isPlain(cell: string): boolean {
  if (cell.length !== 19 && cell.length !== 16) return false;
  for (let i = 0; i < cell.length; i++) {
    const code = cell.charCodeAt(i);
    if (i === 4 || i === 7 ? code !== 45 : i === 10 ? code !== 32 : i === 13 || i === 16 ? code !== 58 : code < 48 || code > 57) return false;
  }
  return true;
}

function plain(cell: string, offsetMs: number): Time {
  const pair = (at: number): number => (cell.charCodeAt(at) - 48) * 10 + cell.charCodeAt(at + 1) - 48;
  return clock(pair(0) * 100 + pair(2), pair(5), pair(8), pair(11), pair(14), cell.length === 16 ? null : pair(17), offsetMs);
}

/** Epoch seconds, milliseconds, microseconds by magnitude; YYYYMMDD[HHMMSS]; Excel serials of 1982–2064 (local time, 1900 system). */
function numeric(text: string, offsetMs: number): Time {
  if (/^[1-9]\d{9}(\.\d{1,9})?$/.test(text)) return bounded(Math.floor(Number(text)) * 1000, "second", false);
  if (/^[1-9]\d{12}$/.test(text)) return bounded(Number(text), "second", false);
  if (/^[1-9]\d{15}$/.test(text)) return bounded(Math.floor(Number(text) / 1000), "second", false);
  const compact = /^((?:19|20)\d{2})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2}))?$/.exec(text);
  if (compact) {
    const [, y, mo, d, h, mi, s] = compact;
    return clock(+y!, +mo!, +d!, h === undefined ? null : +h, +(mi ?? 0), s === undefined ? null : +s, offsetMs);
  }
  if (/^[3-6]\d{4}(\.\d{1,15})?$/.test(text)) {
    const seconds = Math.round((Number(text) - 25_569) * 86_400);
    return bounded(seconds * 1000 - offsetMs, text.includes(".") ? "second" : "day", false);
  }
  return unreadable;
}

function worded(text: string, offsetMs: number, capturedMs: number | null): Time {
  const full = han.exec(text);
  if (full) {
    const [, y, mo, d, part, h, mi, s] = full;
    return clock(+y!, +mo!, +d!, h === undefined ? null : hourOf(part, +h), +(mi ?? 0), s === undefined ? null : +s, offsetMs);
  }
  const weibo = weiboRfc.exec(text);
  if (weibo) {
    const [, month, d, h, mi, s, zone, y] = weibo;
    return clock(+y!, months.indexOf(month!.toLowerCase()) + 1, +d!, +h!, +mi!, +s!, zoneMs(zone!));
  }
  const mail = mailRfc.exec(text);
  if (mail) {
    const [, d, month, y, h, mi, s, zone] = mail;
    return clock(+y!, months.indexOf(month!.toLowerCase()) + 1, +d!, +h!, +mi!, s === undefined ? null : +s, zoneMs(zone!));
  }
  const short = named.exec(text);
  if (short) {
    const [, d, month, y, h, mi, s, half] = short;
    const hour = h === undefined ? null : half === undefined ? +h : +h > 12 ? 24 : (+h % 12) + (/p/i.test(half) ? 12 : 0);
    return clock(+y!, months.indexOf(month!.toLowerCase()) + 1, +d!, hour, +(mi ?? 0), s === undefined ? null : +s, offsetMs);
  }
  return fromCapture(text.replace(/^(?:编辑|发布|发表|更新)于\s?/, ""), offsetMs, capturedMs);
}

function fromCapture(text: string, offsetMs: number, capturedMs: number | null): Time {
  const just = /^刚[刚才]/.test(text);
  const back = ago.exec(text);
  const word = near.exec(text);
  const short = yearless.exec(text);
  if (!just && !back && !word && !short) return unreadable;
  if (capturedMs === null) return failed("TIME_RELATIVE");
  if (just) return bounded(capturedMs, "minute", true);
  const midnight = Math.floor((capturedMs + offsetMs) / dayMs) * dayMs - offsetMs;
  if (back) {
    const amount = Number(back[1]);
    if (back[2] === "秒" || back[2] === "分钟" || back[2] === "分") return bounded(capturedMs - amount * (back[2] === "秒" ? 1000 : 60_000), "minute", true);
    // "3 小时前" is rounded to the hour: only the day is sure enough.
    const then = back[2] === "小时" ? capturedMs - amount * 3_600_000 : midnight - amount * (back[2] === "周" ? 7 : 1) * dayMs;
    return bounded(Math.floor((then + offsetMs) / dayMs) * dayMs - offsetMs, "day", true);
  }
  if (word) {
    const start = midnight - ["今天", "昨天", "前天"].indexOf(word[1]!) * dayMs;
    if (word[2] === undefined) return bounded(start, "day", true);
    return Number(word[2]) > 23 || Number(word[3]) > 59 ? unreadable : bounded(start + Number(word[2]) * 3_600_000 + Number(word[3]) * 60_000, "minute", true);
  }
  const [, mo, d, h, mi, s] = short!;
  const year = new Date(capturedMs + offsetMs).getUTCFullYear();
  for (const y of [year, year - 1]) {
    const time = clock(y, +mo!, +d!, h === undefined ? null : +h, +(mi ?? 0), s === undefined ? null : +s, offsetMs);
    // A date that would lie after the capture belongs to the year before.
    if (time.ms !== null && time.ms <= capturedMs + dayMs) return { ...time, relative: true };
    if (time.problem !== null && !(mo === "2" || mo === "02")) return time;
  }
  return unreadable;
}

/** Milliseconds since midnight of a bare clock time (12:30, 12:30:05), and how exact it is; null for anything else. */
export function parseClock(cell: string | undefined): { ms: number; precision: Precision } | null {
  const match = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?$/.exec(known(cell) ?? "");
  if (!match) return null;
  const [h, mi, s] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  return h > 23 || mi > 59 || s > 59 ? null : { ms: ((h * 60 + mi) * 60 + s) * 1000, precision: match[3] === undefined ? "minute" : "second" };
}

function clock(y: number, mo: number, d: number, h: number | null, mi: number, s: number | null, zone: number, fraction = 0): Time {
  if (mo < 1 || mo > 12 || d < 1 || (d > 28 && d > new Date(Date.UTC(y, mo, 0)).getUTCDate())) return unreadable;
  if ((h ?? 0) > 23 || mi > 59 || (s ?? 0) > 59) return unreadable;
  const ms = Date.UTC(y, mo - 1, d, h ?? 0, mi, s ?? 0) + Math.floor(fraction) - zone;
  return bounded(ms, h === null ? "day" : s === null ? "minute" : "second", false);
}

function bounded(ms: number, precision: Precision, relative: boolean): Time {
  return ms >= earliest && ms < latest ? { ms, precision, problem: null, relative } : failed("TIME_IMPLAUSIBLE");
}

function zoneMs(zone: string): number {
  if (/^[A-Z]/.test(zone)) return 0;
  const digits = zone.replace(":", "");
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5));
  return (digits[0] === "-" ? -1 : 1) * minutes * 60_000;
}

function hourOf(part: string | undefined, hour: number): number {
  const afternoon = part === "下午" || part === "傍晚" || part === "晚上" || part === "晚" || (part === "中午" && hour < 3);
  return afternoon && hour < 12 ? hour + 12 : hour;
}
