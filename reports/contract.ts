import type { Finding } from "../analyzers/contract.ts";
import type { Language, Message } from "../pipeline/errors.ts";
import type { Html } from "./html/html.ts";

/** A piece of a sentence: plain text, or a number that is a fact of the finding (its figure key) with its rendered text. */
export type Part = string | { fact: string; text: string };
export type Sentence = Part[];

/** A column of the accessible table behind a chart. */
export interface Column {
  key: string;
  label: string;
  align?: "left" | "right";
}

export interface Chart {
  /** Unique in the report: "platforms-share". */
  id: string;
  /** Conclusion first, in the report's language: 「社交平台占九成以上」. */
  title: string;
  /** Unit, denominator, lens: 「条，n = 20,031」. May have several lines, such as one for each numbered mark. */
  note: string;
  /** Vega-Lite spec without size config and colours of its own (the theme gives them), or ready SVG. */
  body: { kind: "vega-lite"; spec: Record<string, unknown> } | { kind: "svg"; svg: Html };
  /** Same numbers for people who cannot see the picture; cells are formatted strings. */
  table: { columns: Column[]; rows: Record<string, string>[] };
}

/** How one finding is told and drawn. One file a section: reports/case-study/<analyzer id>.ts */
export interface Section<D = unknown> {
  /** = analyzer id. */
  id: string;
  heading: Message;
  /** Chinese or English sentences: facts, shares, cautious verbs; numbers only through facts. Never called for error findings. */
  tell(finding: Finding<D>, language: Language): Sentence[];
  /** Charts in reading order; [] when there is nothing to draw. Never called unless status is ok. */
  charts(finding: Finding<D>, language: Language): Chart[];
  /** Further blocks after the charts, such as lists of quotes; optional. */
  extra?(finding: Finding<D>, language: Language): Html | null;
}
