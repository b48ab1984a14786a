import * as vega from "vega";
import { count } from "../format.ts";
import type { Language } from "../../pipeline/errors.ts";

/** d3-format and d3-time-format, zh-CN (both BSD-3-Clause). */
const numbers = { decimal: ".", thousands: ",", grouping: [3], currency: ["¥", ""] as [string, string] };
const times = {
  dateTime: "%x %A %X",
  date: "%Y年%-m月%-d日",
  time: "%H:%M:%S",
  periods: ["上午", "下午"],
  days: ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"],
  shortDays: ["周日", "周一", "周二", "周三", "周四", "周五", "周六"],
  months: ["一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月"],
  shortMonths: ["1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"],
};
const ticks = {
  zh: { year: "%Y年", quarter: "%-m月", month: "%-m月", week: "%-m月%-d日", date: "%-m月%-d日", hours: "%H:%M", minutes: "%H:%M" },
  en: { year: "%Y", quarter: "%b", month: "%b", week: "%-d %b", date: "%-d %b", hours: "%H:%M", minutes: "%H:%M" },
};

interface Formats {
  format(spec: unknown): (value: number) => string;
  formatSpan(start: number, stop: number, count: number, spec?: unknown): (value: number) => string;
  utcFormat(spec: unknown): (value: Date | number) => string;
}

/** Vega's number and time formats of a language. In Chinese the SI format "~s" (20k) writes 2万; default time ticks write 3月1日 and a 24-hour clock. */
export function chartLocale(language: Language): Formats {
  const { locale } = vega as unknown as { locale(numbers?: object, times?: object): Formats }; // missing from vega-typings
  const base = language === "zh" ? locale(numbers, times) : locale();
  const tenThousands = (spec: unknown): boolean => language === "zh" && typeof spec === "string" && spec.endsWith("s");
  const plain = base.format(",");
  const wan = (value: number): string => (Math.abs(value) < 1e4 ? plain(value) : count(value, "zh").replace(/\.0+(?=[万亿])|(\.\d*?)0+(?=[万亿])/, "$1"));
  return {
    ...base,
    format: (spec) => (tenThousands(spec) ? wan : base.format(spec)),
    formatSpan: (start, stop, steps, spec) => (tenThousands(spec) ? wan : base.formatSpan(start, stop, steps, spec)),
    utcFormat: (spec) => base.utcFormat(typeof spec === "string" ? spec : ticks[language]),
  };
}
