import type { Figure } from "../analyzers/contract.ts";
import type { Language } from "../pipeline/errors.ts";

/**
 * The only place where numbers become text. Rounding is half away from zero, once, from the unrounded value; stated in 数据与方法.
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

/** Share in [0, 1] as per cent. One decimal for exact shares; none when the 95 % half-width is 1.5 points or more. */
export function share(value: number | null, language: Language, interval: [number, number] | null = null): string {
  if (value === null) return unknown[language];
  const digits = interval !== null && (interval[1] - interval[0]) / 2 >= 0.015 ? 0 : 1;
  const rounded = round(value * 100, digits);
  if (rounded === 0 && value > 0) return `<${digits === 0 ? "1" : "0.1"}%`;
  return `${rounded.toFixed(digits)}%`;
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
      return value.value === null ? unknown[language] : `${round(value.value * 100, 1).toFixed(1)}${zh ? " 个百分点" : " points"}`;
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
