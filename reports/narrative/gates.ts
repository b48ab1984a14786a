import { clearlyApart } from "../../analyzers/apart.ts";
import type { Finding } from "../../analyzers/contract.ts";
import type { Part } from "../contract.ts";

/**
 * Why a claim word may stand (methods note §13). A gate rides on a number of its sentence, so that the checker can look again at the facts:
 * - first: the figure comes before all others whose keys begin with `among` (without `except`): exact ones by a test of the difference, estimates by intervals that are apart. `of`: another finding.
 * - above: figure `higher` lies above `lower`, by the same rule.
 * - apart: the interval of a difference excludes zero; `sign`: and lies on that side of it; `clear`: by 99 % (analyzers/apart.ts).
 * - tested: an analyzer tested it; `by` leads to what the test said in the finding's data ("quotients.3.marked").
 */
export type Gate =
  | { kind: "first"; key: string; among: string; except?: readonly string[]; of?: string }
  | { kind: "above"; higher: string; lower: string }
  | { kind: "apart"; key: string; sign?: 1 | -1; clear?: true; of?: string }
  | { kind: "tested"; by: string };

/** A number that carries the gate of its sentence; any renderer reads it as a plain fact. */
export interface Gated {
  fact: string;
  text: string;
  gate: Gate;
}
export const gateOf = (part: Part): Gate | null => (typeof part !== "string" && "gate" in part ? (part as Gated).gate : null);

/** Rows below which sentences tell counts and no share (methods note §13). */
export const leastForShares = 20;

/** Words that say more than was counted. 最多, 最大, 最高 of counted rows are counts and stay outside; so does a denied or a shared first place. */
const claimWords = {
  zh: /(?<!未达|不|无|并列)(?:显著|明显|居首(?!的)|首位|领先|遥遥|上升|下降|增长|激增|飙升|骤[增降升减]|锐减|大幅|远超|偏[多少]的|高于|低于|更[高低多少常])|(?<!可)比[^，。；、]{1,12}?[高低](?!于)/,
  en: /(?<!\bno )\b(?:significant(?:ly)?|comes first|is the largest|leads?|rises|rose|falls|fell|soar(?:s|ed)?|surged|plunged|far (?:above|below|more|less)|(?:higher|lower|more|less|larger|smaller) than|relatively more|(?:above|below) that)\b/i,
} as const;

/** What an order in time never allows to say (methods note §13): no gate opens for it. */
const causeWords = { zh: /导致|引发|造成|致使|使得|归因于|起因于/, en: /\b(?:caused|causes|led to|leads to|due to|resulted? in|triggered|brought on)\b/i } as const;
const unquoted = (text: string): string => text.replace(/[“"「][^”"」]*[”"」]/g, "◆");

/** The first claim word of a text, outside quotes; null when there is none. */
export function claimIn(text: string, language: "zh" | "en"): string | null {
  return claimWords[language].exec(unquoted(text))?.[0] ?? null;
}

/** The first word of a text, outside quotes, that claims a cause; null when there is none. */
export function causeIn(text: string, language: "zh" | "en"): string | null {
  return causeWords[language].exec(unquoted(text))?.[0] ?? null;
}

/** Standard errors between two exact counts from which on the larger is called the first. With two equal classes 0.3 % of samples pass, with more classes fewer. */
const clear = 3;

/** Whether the first of two counts of the same rows lies clearly above the second: (a − b) / √(a + b). */
export function clearlyMore(a: number, b: number): boolean {
  return a + b >= 20 && (a - b) / Math.sqrt(a + b) >= clear;
}

type Known = Finding["figures"][number];
const countOf = ({ value, unit, of }: Known): number => (unit === "share" ? value! * (of ?? 0) : value!);

function above(a: Known, b: Known): boolean {
  if (a.value === null || b.value === null) return false;
  if (a.interval !== null && b.interval !== null) return a.interval[0] > b.interval[1];
  return a.estimate ? false : clearlyMore(countOf(a), countOf(b));
}

/** Whether the gate is open by the facts of the report. `findings`: those that are not failed, by id. */
export function holds(gate: Gate, finding: Finding, findings: ReadonlyMap<string, Finding>): boolean {
  const { figures, data } = "of" in gate && gate.of !== undefined ? (findings.get(gate.of) ?? { figures: [], data: null }) : finding;
  const at = (key: string): Known | undefined => figures.find((figure) => figure.key === key);
  switch (gate.kind) {
    case "first": {
      const first = at(gate.key);
      const rivals = figures.filter(({ key, value }) => key !== gate.key && key.startsWith(gate.among) && value !== null && !(gate.except ?? []).includes(key.slice(gate.among.length)));
      return first !== undefined && rivals.every((rival) => above(first, rival));
    }
    case "above": {
      const [higher, lower] = [at(gate.higher), at(gate.lower)];
      return higher !== undefined && lower !== undefined && above(higher, lower);
    }
    case "apart": {
      const { value = null, interval = null } = at(gate.key) ?? {};
      if (gate.clear && (value === null || interval === null || !clearlyApart(value, interval))) return false;
      return interval != null && interval[0] * interval[1] > 0 && (gate.sign === undefined || interval[0] * gate.sign > 0);
    }
    case "tested":
      return Boolean(gate.by.split(".").reduce<unknown>((value, step) => (value !== null && typeof value === "object" && Object.hasOwn(value, step) ? (value as Record<string, unknown>)[step] : null), data));
  }
}
