import type { Block, Piece } from "../document.ts";

/** official: after GB/T 9704 (公文格式). plain: for everything else. */
export type Look = "official" | "plain";

/** A piece of a paragraph: plain text, marked text, the number of a fact, which leads to its row in the evidence, or another raised mark. */
export type Run = Piece | { fact: number } | { mark: string };

/** A block of a document, with facts in its sentences and with pictures already drawn. */
export type WordBlock =
  | Exclude<Block, { kind: "paragraph" } | { kind: "list" } | { kind: "table" } | { kind: "chart" }>
  | { kind: "paragraph"; runs: Run[]; style?: "lead" | "note" | "quote" | "warning" | "small" }
  | { kind: "list"; items: Run[][]; ordered?: boolean; small?: boolean }
  /** An empty caption: the table belongs to the picture above. `facts`: the facts that each row tells of, for the links; `cites`: facts that its cells name. `small`: in small print. `full`: as wide as the line. */
  | { kind: "table"; caption: string; columns: { key: string; label: string; align?: "left" | "right" }[]; rows: Record<string, string>[]; facts?: number[][]; cites?: number[]; small?: boolean; full?: boolean }
  | { kind: "picture"; caption: string; note: string; alt: string; png: Uint8Array; width: number; height: number }
  /** Headings of the first level as links, on a new page. */
  | { kind: "contents"; title: string };

/** What a document says on every page, and its blocks. */
export interface WordText {
  language: "zh" | "en";
  title: string;
  issue: string | null;
  subtitle: string;
  label: string;
  blocks: WordBlock[];
}
