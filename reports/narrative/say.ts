import type { Figure, Finding } from "../../analyzers/contract.ts";
import type { Language } from "../../pipeline/errors.ts";
import { figure as formatFigure } from "../format.ts";
import type { Chart, Part, Sentence } from "../contract.ts";
import type { Gate, Gated } from "./gates.ts";

/**
 * Sentences whose numbers are facts. `say` is a template tag; `fact` looks a figure up by key and renders it, so a number cannot be typed by hand.
 *
 *   const { say, fact } = teller(finding, "zh");
 *   say`社交平台占 ${fact("share.social")}，共 ${fact("posts.social")}。`
 */
export function teller(finding: Finding, language: Language, utcOffsetMs = 8 * 3_600_000) {
  const figures = new Map(finding.figures.map((figure) => [figure.key, figure]));
  const figure = (key: string): Figure => {
    const found = figures.get(key);
    if (found === undefined) throw new Error(`no figure "${key}" in this finding; it has: ${[...figures.keys()].join(", ")}`);
    return found;
  };
  return {
    figure,
    has: (key: string): boolean => figures.has(key),
    /** The figure as a linked number; pass `text` only to word the same value differently (逾九成), and the gate that allows the sentence its claim (高于, 居首). */
    fact: (key: string, text?: string, gate?: Gate): Part => {
      const part = { fact: key, text: text ?? formatFigure(figure(key), language, utcOffsetMs) };
      const gated: Gated | null = gate === undefined ? null : { ...part, gate };
      return gated ?? part;
    },
    say: (strings: TemplateStringsArray, ...values: (Part | Part[])[]): Sentence => {
      const parts: Part[] = [strings[0]!];
      values.forEach((value, i) => parts.push(...(Array.isArray(value) ? value : [value]), strings[i + 1]!));
      return parts.filter((part) => part !== "");
    },
  };
}

export const textOf = (told: Sentence): string => told.map((part) => (typeof part === "string" ? part : part.text)).join("");

/** A chart with what the checker reads of its title: the gate of a claim that no number carries, and the title's parts where its numbers are facts. */
export type GatedChart = Chart & { gate?: Gate; told?: Sentence };

/** The title of a chart, told like a sentence: spread into the chart, so that it follows its facts and is checked against them. */
export function titled(told: Sentence): Pick<GatedChart, "title" | "told"> {
  return { title: textOf(told), told };
}
