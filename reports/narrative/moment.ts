import type { Figure } from "../../analyzers/contract.ts";
import type { Language } from "../../pipeline/errors.ts";
import { figure, instant, round } from "../format.ts";

/** An instant as `instant` writes it, without the year when `near` lies in the same local year. */
export function moment(ms: number, language: Language, utcOffsetMs: number, precision: "day" | "minute", near?: number): string {
  const year = (time: number) => new Date(time + utcOffsetMs).getUTCFullYear();
  const text = instant(ms, language, utcOffsetMs, precision);
  return near !== undefined && year(near) === year(ms) ? text.replace(language === "zh" ? /^\d+年/ : / -?\d+(?= |$)/, "") : text;
}

/** A length of time as `figure` writes it; below two hours in minutes. */
export function lapse(length: Figure, language: Language): string {
  if (length.unit !== "hours" || length.value === null || length.value >= 2) return figure(length, language);
  return `${round(length.value * 60, 0)}${language === "zh" ? "分钟" : " min"}`;
}
