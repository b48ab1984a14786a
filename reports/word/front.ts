import { lenses } from "../../analyzers/event/lenses.ts";
import { response } from "../../analyzers/event/response.ts";
import { severity } from "../../analyzers/event/severity.ts";
import type { Lens } from "../../pipeline/schema.ts";
import { stateWords } from "../case-study/response.ts";
import { count, figure as figureText, integer } from "../format.ts";
import { lowChart, mostSentences, mostSubjects } from "../html/front-page.ts";
import { keyFigures } from "../html/masthead.ts";
import { dataOf, findingOf, type Page } from "../html/page.ts";
import { lapse, moment } from "../narrative/moment.ts";
import type { Run, WordBlock } from "./contract.ts";
import type { Draft } from "./draft.ts";
import { factOf, guarded, told } from "./told.ts";

/** Page one, as in HTML: what the analyst wrote, grade and clock, four figures, the first sentences of the summary, the volume with its phases, and the count of rows. */
export function frontDrafts(page: Page): Draft[] {
  const { summary } = page.report.event;
  return [...(summary === "" || summary === undefined ? [] : [paragraph([summary], "small")]), ...status(page), ...figures(page), ...gist(page), ...volume(page), balance(page)];
}

const paragraph = (runs: Run[], style: "lead" | "note" | "small"): WordBlock => ({ kind: "paragraph", runs, style });
const colon = (page: Page): string => (page.language === "zh" ? "：" : ": ");

/** Grade and clock beside each other. */
function status(page: Page): Draft[] {
  const boxes = [grade(page), clock(page)].filter((box) => box !== null);
  if (boxes.length === 0) return [];
  return [{ kind: "table", caption: "", columns: boxes.map(({ label }, i) => ({ key: String(i), label })), rows: [Object.fromEntries(boxes.map(({ text }, i) => [String(i), text]))], cites: boxes.flatMap(({ cites }) => cites), small: true, full: true }];
}

interface Box {
  label: string;
  text: string;
  /** Facts that the text names. */
  cites: number[];
}

/** A number with the number of its fact, for a cell. */
function cited(page: Page, finding: string, key: string, cites: number[], text?: string): string {
  const no = factOf(page, finding, key);
  cites.push(no);
  return `${text ?? figureText(page.facts.get(finding)!.get(key)!.figure, page.language, page.utcOffsetMs)} [${no}]`;
}

function grade(page: Page): Box | null {
  const data = dataOf(page, severity);
  if (data === null || data.level === null) return null;
  const { words, language } = page;
  const cites: number[] = [];
  const { colour, ...name } = data.levels[data.level]!;
  const grounds = data.conditions.filter(({ satisfied, level }) => satisfied && level === data.measured).slice(0, 3);
  const why = data.reason !== null ? [`${words.byHand}${data.reason}`] : grounds.map(({ what, figure }) => `${what[language]} ${cited(page, severity.id, figure, cites)}`);
  return { label: words.grade, text: [`${name[language]} · ${words[colour]}`, ...why].join("\n"), cites };
}

function clock(page: Page): Box | null {
  const data = dataOf(page, response);
  if (data === null || data.subjects.length === 0) return null;
  const { words, language } = page;
  const cites: number[] = [];
  const lines = data.subjects.slice(0, mostSubjects).flatMap(({ name, statements, first, delay_ms, deadlines }, i) => {
    const key = `${delay_ms === null ? "statement" : "delay"}.${i + 1}`;
    const figure = page.facts.get(response.id)?.get(key)?.figure;
    const spoke = first === null || figure === undefined ? (statements === 0 ? words.silent : words.timeless) : delay_ms === null ? cited(page, response.id, key, cites, moment(first.ms, language, data.utc_offset_ms, "day")) : `${words.spokeAfter} ${cited(page, response.id, key, cites, lapse(figure, language))}`;
    const due = deadlines.find(({ rule }) => rule === "authoritative-5h") ?? deadlines[0];
    const rule = due && data.rules.find(({ id }) => id === due.rule);
    return [`${name}${colon(page)}${spoke}`, ...(due && rule ? [`${rule[language]}${colon(page)}${stateWords[due.state ?? "unknown"][language === "zh" ? 0 : 1]}`] : [])];
  });
  return { label: words.clock, text: lines.join("\n"), cites };
}

/** Four figures, under each the last whole day beside the day before. */
function figures(page: Page): Draft[] {
  const cites: number[] = [];
  const shown = keyFigures.flatMap(({ finding, key, lens }) => {
    const found = page.facts.get(finding)?.get(key);
    return found === undefined ? [] : [{ label: found.figure.label[page.language], text: [cited(page, finding, key, cites), ...change(page, lens, cites)].join("\n") }];
  });
  if (shown.length === 0) return [];
  return [{ kind: "table", caption: "", columns: shown.map(({ label }, i) => ({ key: String(i), label })), rows: [Object.fromEntries(shown.map(({ text }, i) => [String(i), text]))], cites, small: true, full: true }];
}

function change(page: Page, lens: Lens, cites: number[]): string[] {
  const value = (key: string): number | null => page.facts.get(lenses.id)?.get(key)?.figure.value ?? null;
  const [last, before] = [`day.last.${lens}`, `day.before.${lens}`];
  const [day, now, then] = [value("day.last"), value(last), value(before)];
  if (day === null || now === null || then === null) return [];
  const number = (key: string, amount: number): string => cited(page, lenses.id, key, cites, count(amount, page.language));
  return [`${moment(day, page.language, page.utcOffsetMs, "day", day)} ${number(last, now)} ${now > then ? "▲" : now < then ? "▼" : "＝"}`, `${page.words.dayBefore} ${number(before, then)}`];
}

function gist(page: Page): Draft[] {
  const section = page.sections.find(({ id }) => id === "summary");
  const finding = findingOf(page, "summary");
  if (section === undefined || finding?.status !== "ok") return [];
  return guarded(page, section.id, () => told(page, section, finding).slice(0, mostSentences).map((runs) => paragraph(runs, "lead")));
}

function volume(page: Page): Draft[] {
  const section = page.sections.find(({ id }) => id === "volume");
  const finding = findingOf(page, "volume");
  if (section === undefined || finding?.status !== "ok") return [];
  return guarded(page, section.id, () => {
    const chart = lowChart(section.charts(finding, page.language)[0]);
    return chart === null ? [] : [{ kind: "chart", chart, prefix: "front-w", bare: true }];
  });
}

/** 「口径：读入 20,000 ＝ 计入 19,800 ＋ 重复 180 ＋ …」 */
function balance(page: Page): WordBlock {
  const { report, words, language } = page;
  const term = (key: "read" | "kept" | "duplicates" | "outside" | "accounts" | "rejected"): string => `${words[key]} ${integer(report.intake[key], language)}`;
  const parts = (["kept", "duplicates", "outside", "accounts", "rejected"] as const).filter((key) => key !== "accounts" || report.intake.accounts > 0);
  return paragraph([`${words.coverage}${colon(page)}${term("read")} ＝ ${parts.map(term).join(" ＋ ")}`], "note");
}
