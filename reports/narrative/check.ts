import type { Figure, Finding } from "../../analyzers/contract.ts";
import { offsetMs } from "../../pipeline/config.ts";
import type { Language, Message } from "../../pipeline/errors.ts";
import type { Chart, Section, Sentence } from "../contract.ts";
import type { Report } from "../report.ts";
import { causeIn, claimIn, clearlyMore, gateOf, holds, leastForShares } from "./gates.ts";
import { agrees, amountsIn, conventions, instantForms, numbersIn, roundsTo } from "./numbers.ts";
import { textOf, type GatedChart } from "./say.ts";

/** Something that the finished text says and the report does not. */
export interface Problem {
  /** "platforms", or "platforms-share" for a chart, "#17" for a number of the page. */
  place: string;
  /** The sentence or title. */
  text: string;
  reason: Message;
}

/**
 * Reads the sentences and the chart titles of every section again: every number and date must be a fact of its finding (or, in a title, a cell of the chart's table) and round to it,
 * every claim word must carry a gate that holds. Sections that throw are left to the renderer. [] when all is backed.
 */
export function checkText(report: Report, sections: readonly Section[], language: Language): Problem[] {
  const reader = new Reader(report, language);
  return sections.flatMap((section) => {
    const finding = reader.findings.get(section.id);
    if (finding === undefined) return [];
    try {
      return [...section.tell(finding, language).flatMap((one) => reader.sentence(section.id, one)), ...(finding.status === "ok" ? section.charts(finding, language).flatMap((one) => reader.chart(section.id, one)) : [])];
    } catch {
      return [];
    }
  });
}

/** Reads texts of one report in one language against its facts. */
export class Reader {
  readonly findings: ReadonlyMap<string, Finding>;
  private readonly language: Language;
  private readonly utcOffsetMs: number;
  private readonly own: readonly string[];
  private readonly known = new Map<string, Knowledge>();

  constructor(report: Report, language: Language) {
    this.language = language;
    this.utcOffsetMs = offsetMs(report.event.utcOffset);
    this.own = stringsOf(report.event);
    this.findings = new Map(report.findings.flatMap((finding) => (finding.status === "error" ? [] : [[finding.id, finding as Finding] as const])));
  }

  sentence(id: string, parts: Sentence): Problem[] {
    const text = textOf(parts);
    const problem = (zh: string, en: string): Problem => ({ place: id, text, reason: { zh, en } });
    const plain = this.plain(id, parts.map((part) => (typeof part === "string" ? part : "◆")).join(""));
    const problems = [...this.facts(id, parts, problem), ...this.strays(id, plain).map((stray) => problem(`“${stray}”没有事实`, `no fact behind “${stray}”`))];
    const cause = causeIn(plain, this.language);
    if (cause !== null) problems.push(problem(`“${cause}”：先后不是因果`, `“${cause}”: order in time is no cause`));
    const claim = claimIn(plain, this.language);
    if (claim !== null && !parts.some((part) => gateOf(part) !== null)) problems.push(problem(`“${claim}”没有门槛`, `“${claim}” has no gate`));
    return problems;
  }

  /** Title: its parts are facts; other numbers are figures or cells of the chart's table; claims carry a gate or are clear from the table's counts. */
  chart(id: string, { told = [], ...chart }: GatedChart): Problem[] {
    const problem = (zh: string, en: string): Problem => ({ place: chart.id, text: chart.title, reason: { zh, en } });
    const problems = this.facts(id, told, problem);
    if (told.length > 0 && textOf(told) !== chart.title) problems.push(problem("标题不是所述的各部分", "the title is not what its parts tell"));
    const cells = chart.table.rows.flatMap((row) => Object.values(row));
    const title = told.length === 0 ? chart.title : told.map((part) => (typeof part === "string" ? part : "◆")).join("");
    const plain = cells.filter((cell) => !/^[\d,.%\s]*$/.test(cell)).sort((a, b) => b.length - a.length).reduce((text, cell) => text.replaceAll(cell, "◆"), this.plain(id, title));
    const numeric = cells.flatMap((cell) => numbersIn(cell).map(({ text }) => text));
    problems.push(...this.strays(id, plain).filter((stray) => !numeric.includes(stray)).map((stray) => problem(`标题中的“${stray}”没有依据`, `nothing behind “${stray}” in the title`)));
    if (claimIn(plain, this.language) === null || told.some((part) => gateOf(part) !== null)) return problems;
    const held = chart.gate === undefined ? clearFirst(chart) : holds(chart.gate, this.findings.get(id)!, this.findings);
    return held ? problems : [...problems, problem("标题的结论没有通过门槛", "the title claims what no gate allows")];
  }

  /** What is wrong with the facts of a sentence or title: unknown ones, numbers that are not theirs, shares of too few rows, gates that do not hold. */
  private facts(id: string, parts: Sentence, problem: (zh: string, en: string) => Problem): Problem[] {
    const figures = this.knowledge(id).figures;
    const facts = parts.filter((part) => typeof part !== "string");
    const wrong = ({ fact, text: shown }: (typeof facts)[number]): Problem[] => {
      const figure = figures.get(fact);
      if (figure === undefined) return [problem(`没有事实 ${fact}`, `no fact ${fact}`)];
      if (!agrees(figure, shown, this.language, this.utcOffsetMs) && !this.partOfWhole(shown, figure, facts, figures)) return [problem(`“${shown}”与事实 ${fact}（${figure.value}）不符`, `“${shown}” is not fact ${fact} (${figure.value})`)];
      if (figure.unit === "share" && figure.value !== null && figure.of !== null && figure.of < leastForShares) return [problem(`事实 ${fact} 的分母只有 ${figure.of}，不给占比`, `fact ${fact} is of ${figure.of} only: no share`)];
      return [];
    };
    const gates = parts.flatMap((part) => gateOf(part) ?? []).filter((gate) => !holds(gate, this.findings.get(id)!, this.findings));
    return [...facts.flatMap(wrong), ...gates.map((gate) => problem(`门槛未过：${gate.kind}`, `the gate does not hold: ${gate.kind}`))];
  }

  /** The figure of a fact; undefined when there is none. */
  figure(finding: string, key: string): Figure | undefined {
    return this.findings.has(finding) ? this.knowledge(finding).figures.get(key) : undefined;
  }

  /** Whether a linked number of the page tells the figure; in lists that add up to 100.0 it may be off by less than one unit of its last digit. */
  tells(figure: Figure, text: string): boolean {
    const [number] = numbersIn(text);
    return agrees(figure, text, this.language, this.utcOffsetMs) || (figure.unit === "share" && figure.value !== null && number !== undefined && number.percent && number.decimals === 1 && Math.abs(number.value - figure.value * 100) < 0.1);
  }

  /** Text without the names and quotes that come from the data, and without what is said of every interval. */
  private plain(id: string, text: string): string {
    return this.knowledge(id).strings.reduce((rest, name) => rest.replaceAll(name, "◆"), text).replace(conventions, "");
  }

  /** Numbers and dates outside facts that no figure, parameter or instant of the finding backs. */
  private strays(id: string, text: string): string[] {
    const { figures, instants, parameters } = this.knowledge(id);
    const undated: string[] = [];
    const rest = text.replace(this.language === "zh" ? datesZh : datesEn, (date) => {
      if (!instants().has(date)) undated.push(date);
      return "";
    });
    const values = [...[...figures.values()].flatMap(({ value, interval, of }) => [value, ...(interval ?? []), of]), ...parameters].filter((value) => value !== null);
    const backed = numbersIn(rest).filter((number) => !values.some((value) => roundsTo(number, number.percent ? value * 100 : value)));
    return [...undated, ...backed.map(({ text: shown }) => shown), ...amountsIn(rest)];
  }

  /** Shares rounded so that their list adds up to 100.0: each off by less than one unit of its last digit. */
  private partOfWhole(text: string, { value, unit }: Figure, facts: readonly { fact: string; text: string }[], figures: ReadonlyMap<string, Figure>): boolean {
    const [number] = numbersIn(text);
    if (number === undefined || unit !== "share" || !number.percent || Math.abs(number.value - value! * 100) >= 0.1) return false;
    const shown = facts.map((fact) => ({ number: numbersIn(fact.text)[0], figure: figures.get(fact.fact) })).filter((one) => one.figure?.unit === "share" && one.figure.of === figures.get(facts[0]!.fact)?.of);
    const groups = [shown, facts.map((fact) => ({ number: numbersIn(fact.text)[0], figure: figures.get(fact.fact) })).filter((one) => one.figure?.unit === "share")];
    return groups.some((group) => runs(group.map((one) => one.number?.value ?? 0)));
  }

  private knowledge(id: string): Knowledge {
    let found = this.known.get(id);
    if (found === undefined) this.known.set(id, (found = knowledgeOf(this.findings.get(id)!, this.own, this.language, this.utcOffsetMs)));
    return found;
  }
}

/** Whether some neighbouring numbers add up to 100.0. */
function runs(values: readonly number[]): boolean {
  return values.some((_, from) => values.slice(from).some((_, i) => Math.abs(values.slice(from, from + i + 1).reduce((sum, value) => sum + value, 0) - 100) < 1e-6));
}

interface Knowledge {
  figures: ReadonlyMap<string, Figure>;
  /** Names and quotes of the data that hold digits or claim words, longest first. */
  strings: readonly string[];
  /** Instants of the finding in every form that a text may give them. */
  instants(): ReadonlySet<string>;
  /** Numbers of the method: thresholds, windows, horizons, sample sizes. */
  parameters: readonly number[];
}

const datesZh = /(?:\d{4,}年)?\d{1,2}月\d{1,2}日(?: \d{2}:\d{2})?|\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2})?/g;
const datesEn = /\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?: \d{4,})?(?: \d{2}:\d{2})?|\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2})?/g;
const parameterNames = new Set(["least", "window", "horizon", "n"]);

function knowledgeOf(finding: Finding, own: readonly string[], language: Language, utcOffsetMs: number): Knowledge {
  const leaves = [...leavesOf(finding.data, "")];
  const strings = new Set([...own, ...stringsOf(finding.data), ...finding.figures.flatMap(({ label }) => [label.zh, label.en])]);
  const spoken = (text: string): boolean => text.length > 1 && (/\d/.test(text) || claimIn(text, language) !== null);
  const numbers = leaves.filter((leaf): leaf is [string, number] => typeof leaf[1] === "number");
  let instants: Set<string> | null = null;
  return {
    figures: new Map(finding.figures.map((figure) => [figure.key, figure])),
    strings: [...strings].flatMap((text) => [text, text.replace(/\s+/gu, " ").trim()]).filter(spoken).sort((a, b) => b.length - a.length),
    instants: () =>
      (instants ??= new Set([
        ...[...numbers.map(([, value]) => value), ...finding.figures.flatMap(({ unit, value }) => (unit === "ms" && value !== null ? [value] : []))].filter((value) => value > 1e11 && value < 1e13).flatMap((ms) => instantForms(ms, language, utcOffsetMs)),
        ...numbers.filter(([name, value]) => /day|first|last/.test(name) && value > 0 && value < 1e5).flatMap(([, day]) => instantForms(day * 86_400_000, language, 0)),
      ])),
    parameters: numbers.filter(([name]) => parameterNames.has(name)).map(([, value]) => value),
  };
}

/** Every leaf of plain JSON with the key that holds it. */
function* leavesOf(value: unknown, name: string): Generator<[string, unknown]> {
  if (value === null || typeof value !== "object") yield [name, value];
  else for (const [key, inner] of Object.entries(value)) yield* leavesOf(inner, Array.isArray(value) ? name : key);
}

function stringsOf(value: unknown): string[] {
  return [...leavesOf(value, "")].flatMap(([, leaf]) => (typeof leaf === "string" ? [leaf] : []));
}

/** Whether the name in the title stands clearly first in the table, by its first column of counts. */
function clearFirst({ title, table: { columns, rows } }: Chart): boolean {
  const [names, ...others] = columns;
  const counts = others.find(({ key }) => rows.length > 0 && rows.every((row) => /^[\d,]+$/.test(row[key] ?? "")));
  if (names === undefined || counts === undefined) return false;
  const valued = rows.map((row) => ({ name: row[names.key]!, count: Number(row[counts.key]!.replaceAll(",", "")) })).sort((a, b) => b.count - a.count);
  const first = valued.find(({ name }) => title.includes(name));
  return first !== undefined && valued.every((row) => row === first || clearlyMore(first.count, row.count));
}

/** Reads the finished page again: every number that links to a fact must round to it, and lead to a fact that exists. */
export function checkPage(report: Report, page: string, language: Language): Problem[] {
  const reader = new Reader(report, language);
  const facts = new Map(report.facts.map((fact) => [String(fact.no), fact]));
  return [...page.matchAll(/<a [^>]*\bdata-no="(\d+)"[^>]*>(.*?)<\/a>/gs)].flatMap(([, no, text]): Problem[] => {
    const fact = facts.get(no!);
    const figure = fact && reader.figure(fact.finding, fact.key);
    const shown = text!.replace(/<[^>]*>/g, "").replaceAll("&lt;", "<").replaceAll("&amp;", "&");
    if (figure !== undefined && reader.tells(figure, shown)) return [];
    return [{ place: `#${no}`, text: shown, reason: { zh: `“${shown}”不是事实-${no} 的数值`, en: `“${shown}” is not the value of fact ${no}` } }];
  });
}
