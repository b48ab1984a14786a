import type { Figure } from "../../analyzers/contract.ts";
import type { Language } from "../../pipeline/errors.ts";
import { about, count, instant, round } from "../format.ts";

/** A number as a reader finds it: 「2.35万」 is 2.35 in units of 10,000 with two decimals. */
export interface Written {
  text: string;
  value: number;
  decimals: number;
  /** 10,000 for 万, 100,000,000 for 亿, else 1. */
  unit: number;
  percent: boolean;
  /** Written as 「<0.1%」. */
  less: boolean;
}

const written = /(<|＜)?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?:[ \u00a0]?(万|亿|[%％]))?/g;

/** Numbers in digits, full-width and circled ones too. */
export function numbersIn(text: string): Written[] {
  return [...text.normalize("NFKC").matchAll(written)].map(([whole, less, digits, fraction = "", suffix]) => ({
    text: whole,
    value: Number(digits!.replaceAll(",", "") + fraction),
    decimals: Math.max(0, fraction.length - 1),
    unit: suffix === "万" ? 1e4 : suffix === "亿" ? 1e8 : 1,
    percent: suffix === "%" || suffix === "％",
    less: less !== undefined,
  }));
}

/** Whether a number as written is `value` (in the written scale) rounded once, by the rule of format.ts. */
export function roundsTo({ value: shown, decimals, unit, less }: Written, value: number): boolean {
  const scaled = Math.abs(value) / unit;
  return less ? scaled > 0 && scaled < shown : round(scaled, decimals) === shown;
}

/** Whether a whole number is an estimate of 100 or more told in two digits: 164.7 as 160. */
function toTwoDigits({ value: shown, decimals, unit, less }: Written, value: number): boolean {
  const step = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 1);
  return !less && unit === 1 && decimals === 0 && Math.abs(value) >= 100 && round(Math.abs(value) / step, 0) * step === shown;
}

/** Amounts in words: 三成, 百分之三十, 三分之一, 两倍, a third, twice; digits of other scripts and per mille, which no text of ours writes. */
const amounts = /[近约逾超]?[一二两三四五六七八九十]成(?:[一二三四五六七八九多]|以[上下])?|百分之[零〇一二两三四五六七八九十百点]+|[二三四五六七八九十百]+分之[一二两三四五六七八九十]+|[一二两三四五六七八九十百千]+倍|翻[一两]?[番倍]|(?:(?![0-9０-９])\p{Nd})+|\d[\d.]*‰|\b(?:twice|double[ds]?|trebled?|tripled?|(?:one|two|three|four|a) (?:half|halves|thirds?|quarters?|fifths?|tenths?)|(?:about|nearly|over) \d0%|(?:ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety) per ?cent)\b/giu;

export const amountsIn = (text: string): string[] => [...text.matchAll(amounts)].map(([amount]) => amount);

/** What texts say of every interval or rule and no fact stands behind. */
export const conventions = /95 ?%(?: ?(?:的)?(?:区间|interval|intervals)|:)|80 ?%(?: ?(?:区间|interval))?(?=[）)，。,.;；]| )|(?:不足|少于|fewer than) ?20/g;

/** An instant in the ways that texts write it: with and without clock, with and without year, and as ISO. */
export function instantForms(ms: number, language: Language, utcOffsetMs: number): string[] {
  const iso = new Date(ms + utcOffsetMs).toISOString();
  const forms = (["minute", "day"] as const).map((precision) => instant(ms, language, utcOffsetMs, precision));
  const short = forms.map((text) => text.replace(language === "zh" ? /^\d+年/ : / -?\d+(?= |$)/, ""));
  return [...forms, ...short, iso.slice(0, 10), iso.slice(0, 16).replace("T", " ")];
}

/**
 * Whether the text tells the figure: every number in it is the value, an end of the interval or the denominator, each rounded once, and the value is among them. Estimated counts may be told in two digits.
 * Words for shares (近三成) must be those that `about` gives. Shares are told in per cent, differences of shares never. An unknown value must be told as unknown.
 */
export function agrees(figure: Figure, text: string, language: Language, utcOffsetMs: number): boolean {
  const { value, unit, interval, of, estimate } = figure;
  if (value === null) return text === count(null, language);
  if (unit === "ms") return instantForms(value, language, utcOffsetMs).slice(0, 4).includes(text.replace(/^(?:约|about )/, ""));
  if (unit === "share" && text === about(value, language)) return true;
  if (amountsIn(text).length > 0) return false;
  const numbers = numbersIn(text.replace(conventions, ""));
  const scale = (number: Written): number => (unit === "share" && number.percent ? 100 : unit === "points" ? 100 : unit === "hours" && /分钟|min/.test(text) ? 60 : 1);
  const matches = (number: Written, known: number): boolean => (unit === "share" ? number.percent : unit !== "points" || !number.percent) && (roundsTo(number, known * scale(number)) || (estimate && !number.percent && toTwoDigits(number, known)));
  const others = [...(interval ?? []), ...(of === null ? [] : [of])];
  return numbers.length > 0 && numbers.some((number) => matches(number, value)) && numbers.every((number) => [value, ...others].some((known) => matches(number, known)));
}
