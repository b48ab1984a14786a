import type { Figure } from "../analyzers/contract.ts";
import type { Language } from "../pipeline/errors.ts";

/**
 * The only place where numbers become text, for sentences, tables and charts alike. Rounding is half away from zero (四舍五入), once, from the unrounded
 * value: what readers expect and check by hand. GB/T 8170-2008 would round a half to the even digit; the two differ only on exact halves. Stated in 数据与方法.
 * Unknown (null) is 未知 / unknown, never 0.
 */

const unknown = { zh: "未知", en: "unknown" } as const;

/** Rounds half away from zero to `digits` decimals, guarding against binary noise (1.005 → 1.01). */
export function round(value: number, digits: number): number {
  const scale = 10 ** digits;
  const scaled = Math.abs(value) * scale;
  return (Math.sign(value) * Math.floor(scaled + 0.5 + scaled * 1e-12)) / scale || 0;
}

/** 12,345 below 10 000; 1.23万 and 3.4亿 above in Chinese. Exact counts in tables: use `integer`. */
export function count(value: number | null, language: Language): string {
  if (value === null) return unknown[language];
  if (language === "zh" && Math.abs(value) >= 1e8) return `${significant(value / 1e8)}亿`;
  if (language === "zh" && Math.abs(value) >= 1e4) return `${significant(value / 1e4)}万`;
  return integer(value, language);
}

export function integer(value: number | null, language: Language): string {
  if (value === null) return unknown[language];
  return String(round(value, 0)).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

function significant(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return round(value, digits).toFixed(digits);
}

/** Decimals of a share or a difference of shares, in per cent: one when it is exact or its 95 % half-width is below 0.5 points, else none. */
const decimals = (interval: readonly [number, number] | null): 0 | 1 => (interval !== null && (interval[1] - interval[0]) / 2 >= 0.005 ? 0 : 1);

/** Share in [0, 1] as per cent, with the `decimals` that its interval allows. */
export function share(value: number | null, language: Language, interval: [number, number] | null = null): string {
  if (value === null) return unknown[language];
  const digits = decimals(interval);
  const rounded = round(value * 100, digits);
  if (rounded === 0 && value > 0) return `<${digits === 0 ? "1" : "0.1"}%`;
  return `${rounded.toFixed(digits)}%`;
}

/** Difference of two shares: 个百分点, never %. The sign is left to the words around it. */
export function points(value: number, language: Language, interval: [number, number] | null = null): string {
  const digits = decimals(interval);
  return `${round(Math.abs(value) * 100, digits).toFixed(digits)}${language === "zh" ? " 个百分点" : " points"}`;
}

/**
 * Shares that make up a whole, as per cent with one decimal that add up to 100.0: each is rounded down, and the tenths that are missing go to the
 * largest remainders (equal ones: to the first). Shares that do not add up to 1 are rounded each by itself. Off from plain rounding by less than one tenth of a point.
 */
export function wholes(values: readonly number[], language: Language): string[] {
  const tenths = values.map((value) => value * 1000);
  const missing = 1000 - tenths.reduce((sum, value) => sum + Math.floor(value + 1e-9), 0);
  if (Math.abs(values.reduce((sum, value) => sum + value, 0) - 1) > 1e-9) return values.map((value) => share(value, language));
  const raised = new Set(tenths.map((value, i) => ({ i, rest: value + 1e-9 - Math.floor(value + 1e-9) })).sort((a, b) => b.rest - a.rest || a.i - b.i).slice(0, missing).map(({ i }) => i));
  return tenths.map((value, i) => {
    const shown = Math.floor(value + 1e-9) + (raised.has(i) ? 1 : 0);
    return shown === 0 && value > 1e-9 ? "<0.1%" : `${(shown / 10).toFixed(1)}%`;
  });
}

/**
 * A share in words for the first time it is told (Power & Williams 2012: vague early, exact later): the nearest tenth with 近 when the value lies below it, 逾 above, 约 within ±2 % of it.
 * Null where no tenth lies within 10 % of the value: then it is told as it is.
 */
export function about(value: number, language: Language): string | null {
  const tenth = round(value * 10, 0);
  const ratio = (value * 10) / tenth;
  if (tenth < 1 || tenth > 9 || Math.abs(ratio - 1) > 0.1) return null;
  const side = Math.abs(ratio - 1) <= 0.02 ? 0 : ratio < 1 ? 1 : 2;
  return language === "zh" ? `${["约", "近", "逾"][side]}${"一二三四五六七八九"[tenth - 1]}成` : `${["about", "nearly", "over"][side]} ${tenth * 10}%`;
}

/** "2026年3月1日 08:00" / "1 Mar 2026 08:00" in the event's zone; without the clock for precision day. */
export function instant(ms: number | null, language: Language, utcOffsetMs: number, precision: "day" | "minute" = "minute"): string {
  if (ms === null) return unknown[language];
  const local = new Date(ms + utcOffsetMs).toISOString();
  const [year, month, day] = local.slice(0, 10).split("-").map(Number) as [number, number, number];
  const clock = precision === "minute" ? ` ${local.slice(11, 16)}` : "";
  return language === "zh" ? `${year}年${month}月${day}日${clock}` : `${day} ${months[month - 1]} ${year}${clock}`;
}
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Any figure as text with its unit. */
export function figure(value: Figure, language: Language, utcOffsetMs = 8 * 3_600_000): string {
  const zh = language === "zh";
  switch (value.unit) {
    case "share":
      return share(value.value, language, value.interval);
    case "points":
      return value.value === null ? unknown[language] : `${value.value < 0 ? "-" : ""}${points(value.value, language, value.interval)}`;
    case "ms":
      return instant(value.value, language, utcOffsetMs);
    case "posts":
      return `${count(value.value, language)}${value.value === null ? "" : zh ? "条" : " posts"}`;
    case "authors":
      return `${count(value.value, language)}${value.value === null ? "" : zh ? "个账号" : " accounts"}`;
    case "hours":
      return value.value === null ? unknown[language] : `${round(value.value, 1)}${zh ? "小时" : " h"}`;
    case "days":
      return value.value === null ? unknown[language] : `${round(value.value, 1)}${zh ? "天" : " days"}`;
    case "ratio":
    case "score":
      return value.value === null ? unknown[language] : round(value.value, 2).toFixed(2);
    case "count":
      return count(value.value, language);
  }
}
