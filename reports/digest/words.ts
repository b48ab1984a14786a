import { triageClasses, triageRules, type TriageClass, type TriageRules } from "../../analyzers/post/triage/rules.ts";
import type { Change, Digest } from "../../pipeline/digest/schema.ts";
import { dayOf } from "../../pipeline/digest/span.ts";
import { printable, type Language, type Message } from "../../pipeline/errors.ts";
import { instant, integer, round } from "../format.ts";

const dayMs = 86_400_000;

/** Foreign text on one line: blanks folded, control and bidi characters made visible; beyond `most` characters cut with …. */
export function clean(text: string, most = 200): string {
  const characters = [...printable(text.replace(/\s+/gu, " ").trim())];
  return characters.length <= most ? characters.join("") : `${characters.slice(0, most - 1).join("")}…`;
}

/** "11月21日" / "21 Nov"; with the year when asked for. */
export function dateText(date: string, language: Language, year = false): string {
  const text = instant(dayOf(date) * dayMs, language, 0, "day");
  return year ? text : text.replace(language === "zh" ? /^\d+年/ : / \d+$/, "");
}

/** Dates as runs: 「11月1日–3日、5日」 would save little and confuse; each run is written whole. */
export function datesText(dates: readonly string[], language: Language): string {
  const runs: [string, string][] = [];
  for (const date of dates) {
    const last = runs.at(-1);
    if (last !== undefined && dayOf(date) === dayOf(last[1]) + 1) last[1] = date;
    else runs.push([date, date]);
  }
  return runs.map(([from, to]) => (from === to ? dateText(from, language) : `${dateText(from, language)}–${dateText(to, language)}`)).join(language === "zh" ? "、" : ", ");
}

/** "11月21日 08:30", in the digest's zone; unknown as such. */
export function momentText(ms: number | null, { utc_offset_ms }: Digest, language: Language, precision: "day" | "minute" = "minute"): string {
  const text = instant(ms, language, utc_offset_ms, precision);
  return ms === null ? text : text.replace(language === "zh" ? /^\d+年/ : / \d{4}(?= |$)/, "");
}

/** 昨日, 上周, 上月同期 … */
export function beforeName({ period, whole }: Pick<Digest, "period" | "whole">, language: Language): string {
  if (language === "en") return period === "day" ? "the day before" : whole ? `the ${period} before` : `the same days of the ${period} before`;
  return { day: "昨日", week: "上周", month: "上月" }[period] + (whole ? "" : "同期");
}

/** "↑12.0%", "持平"; "—" where no percentage may be told. */
export function arrow({ ratio }: Pick<Change, "ratio">, language: Language): string {
  if (ratio === null) return "—";
  const points = round(Math.abs(ratio) * 100, 1);
  if (points === 0) return language === "zh" ? "持平" : "no change";
  return `${ratio > 0 ? "↑" : "↓"}${points.toFixed(1)}%`;
}

/** The clause after a number: 「较昨日（725 条）↑12.0%」, both numbers in sight. */
export function changeText(change: Change, digest: Pick<Digest, "period" | "whole">, language: Language): string {
  const zh = language === "zh";
  const name = beforeName(digest, language);
  const [now, then] = change.nights;
  if (now === 0) return zh ? "没有读到一行，无从比较" : "no row was read, nothing to compare";
  const before = integer(change.before, language);
  if (change.reason === "none") return zh ? `${name}没有采集记录，无从比较` : `nothing was collected on ${name} to compare with`;
  if (change.reason === "small") return zh ? `${name} ${before} 条，基数不足 20 条，不计百分比` : `${before} on ${name}: fewer than 20, no percentage`;
  if (change.basis === "total") return zh ? `较${name}（${before} 条）${arrow(change, language)}` : `${arrow(change, language)} on ${name} (${before})`;
  const mean = (posts: number, nights: number): string => round(posts / nights, 1).toFixed(1);
  const [a, b] = [mean(change.now, now), mean(change.before!, then)];
  return zh ? `夜均 ${a} 条，较${name}夜均 ${b} 条（${before} 条、${then} 夜）${arrow(change, language)}` : `${a} a night, ${arrow(change, language)} on ${name} (${b} a night: ${before} in ${then} nights)`;
}

let classes: TriageRules["classes"] | null = null;

/** 「疑似造谣诽谤煽动」: a class that accuses is only ever suspected. Unknown keys as they are. */
export function className(key: string, language: Language): { text: string; suspected: boolean } {
  if (!triageClasses.includes(key as TriageClass)) return { text: clean(key, 40), suspected: false };
  classes ??= triageRules().classes;
  const { suspected, zh, en } = classes[key as TriageClass];
  return { text: language === "zh" ? `${suspected ? "疑似" : ""}${zh}` : `${suspected ? "suspected " : ""}${en}`, suspected };
}

/** English: "1 post", "2 posts". */
export const plural = (number: number, one: string): string => `${integer(number, "en")} ${one}${number === 1 ? "" : "s"}`;

export const inLanguage = (message: Message, language: Language, most = 200): string => clean(message[language], most);
