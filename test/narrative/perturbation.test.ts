import { beforeAll, expect, it } from "vitest";
import type { Figure } from "../../analyzers/contract.ts";
import { eventSchema, readYaml, runSchema } from "../../pipeline/config.ts";
import type { Language } from "../../pipeline/errors.ts";
import { inputOf } from "../../pipeline/import/open/inputs.ts";
import { run } from "../../pipeline/run.ts";
import { sections } from "../../reports/case-study/index.ts";
import type { Section, Sentence } from "../../reports/contract.ts";
import { claimIn, gateOf, holds, type Gate } from "../../reports/narrative/gates.ts";
import { Reader } from "../../reports/narrative/check.ts";
import { conventions } from "../../reports/narrative/numbers.ts";
import type { GatedChart } from "../../reports/narrative/say.ts";
import { verified } from "../../reports/narrative/verify.ts";
import type { Report } from "../../reports/report.ts";
import { auditOf, contrastEvent, reportOf } from "./random-reports.ts";

/** One fact of a report is changed at a time, its neighbours and the findings' data are not: the text must follow the fact, and nothing else may move. */

/** A sentence or title as a reader sees it, with the facts that its parts name and those that its gates look at, as "finding key". */
interface Told {
  section: string;
  place: string;
  text: string;
  /** What is not a fact of it. */
  plain: string;
  names: ReadonlySet<string>;
  gates: readonly { gate: Gate; reads: (key: string) => boolean }[];
}

const remembered = new WeakMap<object, Map<string, unknown>>();
/** Sections tell a finding once: all but one stay as they are. */
function once<T>(finding: object, key: string, make: () => T): T {
  const made = remembered.get(finding) ?? new Map<string, unknown>();
  remembered.set(finding, made);
  if (!made.has(key)) made.set(key, make());
  return made.get(key) as T;
}
const telling = sections.map((section): Section => ({
  ...section,
  tell: (finding, language) => once(finding, `tell ${language}`, () => section.tell(finding, language)),
  charts: (finding, language) => once(finding, `charts ${language}`, () => section.charts(finding, language)),
}));

function tell(report: Report, language: Language): Told[] {
  const { findings } = new Reader(report, language);
  const shown = verified(report, telling, () => {});
  return telling.flatMap((section, i): Told[] => {
    const finding = findings.get(section.id);
    if (finding === undefined) return [];
    const told = (place: string, text: string, parts: Sentence, gate?: Gate): Told => ({
      section: section.id,
      place,
      text,
      plain: parts.map((part) => (typeof part === "string" ? part : "◆")).join(""),
      names: new Set(parts.flatMap((part) => (typeof part === "string" ? [] : [`${section.id} ${part.fact}`]))),
      gates: [...parts.flatMap((part) => gateOf(part) ?? []), ...(gate ? [gate] : [])].map((one) => ({ gate: one, reads: readBy(one, section.id) })),
    });
    const parts = section.tell(finding, language);
    const charts = finding.status === "ok" ? (section.charts(finding, language) as GatedChart[]) : [];
    return [
      ...shown[i]!.tell(finding, language).map((sentence, no) => told(section.id, text(sentence), parts[no]!)),
      ...(finding.status === "ok" ? shown[i]!.charts(finding, language).map(({ title }, no) => told(charts[no]!.id, title, charts[no]!.told ?? [title], charts[no]!.gate)) : []),
    ];
  });
}

const text = (sentence: Sentence): string => sentence.map((part) => (typeof part === "string" ? part : part.text)).join("");

/** Whether a gate looks at the fact "finding key". */
function readBy(gate: Gate, own: string): (fact: string) => boolean {
  const finding = "of" in gate && gate.of !== undefined ? gate.of : own;
  if (gate.kind === "first") return (fact) => fact === `${finding} ${gate.key}` || fact.startsWith(`${finding} ${gate.among}`);
  if (gate.kind === "above") return (fact) => fact === `${finding} ${gate.higher}` || fact === `${finding} ${gate.lower}`;
  return (fact) => gate.kind === "apart" && fact === `${finding} ${gate.key}`;
}

/** The report with another figure in place of the one of its key. */
function changed(report: Report, id: string, other: Figure): Report {
  return { ...report, findings: report.findings.map((finding) => (finding.status === "error" || finding.id !== id ? finding : { ...finding, figures: finding.figures.map((figure) => (figure.key === other.key ? other : figure)) })) };
}

/** Far enough that no rounding hides it. */
const far: Record<Figure["unit"], (value: number) => number> = {
  share: (value) => (value > 0.5 ? value - 0.317 : value + 0.317),
  points: (value) => value + 0.217,
  ms: (value) => value + 40 * 86_400_000 + 3 * 3_600_000,
  posts: (value) => 3 * value + 1007,
  authors: (value) => 3 * value + 1007,
  count: (value) => 3 * value + 1007,
  hours: (value) => 2 * value + 5.3,
  days: (value) => 2 * value + 5.3,
  ratio: (value) => value + 1.37,
  score: (value) => value + 1.37,
};
const changes: Record<string, (figure: Figure) => Partial<Figure> | null> = {
  value: ({ value, unit }) => ({ value: far[unit](value ?? 0) }),
  denominator: ({ of }) => (of === null ? null : { of: of < 20 ? 3 * of + 20 : 19 }),
  interval: ({ value, interval, unit }) => (interval === null || value === null ? null : { interval: unit === "share" ? [0, 1] : [Math.min(interval[0], -Math.abs(value) - 1), Math.max(interval[1], Math.abs(value) + 1)] }),
};

const seen = { facts: 0, changes: 0, moved: 0, claims: 0 };

/** What goes wrong when one fact of the report changes; [] wanted. Every `step`-th fact, and all that claims rest on. */
function wrongs(report: Report, language: Language, step: number): string[] {
  const before = tell(report, language);
  const figures = report.findings.flatMap((finding) => (finding.status === "error" ? [] : finding.figures.map((figure) => ({ id: finding.id, figure }))));
  const bearing = before.filter(({ gates }) => gates.length > 0);
  return figures.filter(({ id, figure }, i) => i % step === 0 || bearing.some(({ names }) => names.has(`${id} ${figure.key}`))).flatMap(({ id, figure }) => {
    seen.facts++;
    const fact = `${id} ${figure.key}`;
    return Object.entries(changes).flatMap(([what, change]) => {
      const other = change(figure);
      return other === null ? [] : compare(before, changed(report, id, { ...figure, ...other }), fact, what, language);
    });
  });
}

function compare(before: readonly Told[], report: Report, fact: string, what: string, language: Language): string[] {
  seen.changes++;
  const after = tell(report, language);
  const { findings } = new Reader(report, language);
  const concerned = ({ names, gates }: Told): boolean => names.has(fact) || gates.some(({ reads }) => reads(fact));
  const line = ({ place, text }: Told): string => `${place}: ${text}`;
  // Where as many sentences are told as before, the same place holds the same sentence, which may name the fact only now (a count that was 0).
  const aligned = before.length === after.length;
  const others = (list: readonly Told[], facing: readonly Told[]) => list.filter((one, i) => !concerned(one) && !(aligned && concerned(facing[i]!))).map(line);
  const [left, right] = [others(before, after), others(after, before)];
  const named = before.filter(({ names }) => names.has(fact));
  const texts = new Set(after.map(line));
  const shut = after.filter(({ section, gates }) => gates.some(({ gate, reads }) => reads(fact) && !holds(gate, findings.get(section)!, findings)));
  if (what === "value") seen.moved += named.length;
  seen.claims += shut.length;
  return [
    ...(left.join("\n") === right.join("\n") ? [] : [`${what} of ${fact} moves others: ${left.filter((one) => !right.includes(one)).join(" | ")} → ${right.filter((one) => !left.includes(one)).join(" | ")}`]),
    ...(what === "value" ? named.map(line).filter((one) => texts.has(one)).map((one) => `value of ${fact} leaves ${one}`) : []),
    ...shut.filter(({ text }) => claimIn(text, language) !== null).map((one) => `${what} of ${fact} keeps the claim of ${line(one)}`),
  ];
}

let golden: Report;
beforeAll(async () => {
  const path = (file: string) => new URL(`../golden/small/${file}`, import.meta.url).pathname;
  golden = await run({ inputs: [inputOf(path("posts.csv"))], key: new Uint8Array(32), event: readYaml(path("event.yaml"), eventSchema), config: runSchema.parse({ threads: 0 }), onReject: () => {} });
}, 120_000);

it("moves the sentences and titles that name a fact, and no other, when that fact changes (golden report)", () => {
  expect(wrongs(golden, "zh", 4)).toEqual([]);
});

it.each(["zh", "en"] as const)("does so in a report full of claims, which fall when their gates do (%s)", async (language) => {
  const drawn = contrastEvent(1);
  const report = await reportOf(drawn, auditOf(drawn, 1));
  const claims = seen.claims;
  expect(wrongs(report, language, 3)).toEqual([]);
  expect(tell(report, language).filter(({ gates }) => gates.length > 0).length).toBeGreaterThan(8);
  expect(seen.claims - claims).toBeGreaterThan(4);
});

it("has changed some hundreds of facts, of which many are told", () => {
  expect(seen.facts).toBeGreaterThan(300);
  expect(seen.moved).toBeGreaterThan(100);
});

it("tells every count and share as a fact, so that none can go stale (thresholds are named with ≥)", () => {
  const loose = (["zh", "en"] as const).flatMap((language) => tell(golden, language)).filter(({ plain }) => /\d[\d,.]*\s*(?:%|万|亿|条|个|posts|accounts)/.test(plain.replace(conventions, "").replace(/≥ [\d,]+/, "")));
  expect(loose.map(({ place, text }) => `${place}: ${text}`)).toEqual([]);
});
