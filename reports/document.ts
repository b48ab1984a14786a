import type { Language } from "../pipeline/errors.ts";
import type { Chart, Column } from "./contract.ts";

/** A text that can be handed in, apart from any format: the digest is made as one, and HTML, Word and plain text are written from it. */
export interface Document {
  language: Language;
  title: string;
  /** 「第 12 期」; null without a series. */
  issue: string | null;
  /** Line under the title: office, date. */
  subtitle: string;
  /** 内部, 示例数据 …; "" for none. */
  label: string;
  blocks: Block[];
}

/** Plain text unless said otherwise; link: http or https. */
export type Piece = string | { text: string; strong?: true; link?: string };

export type Block =
  | { kind: "heading"; level: 1 | 2 | 3; text: string }
  | { kind: "paragraph"; pieces: Piece[]; style?: "lead" | "note" | "quote" | "warning" }
  | { kind: "list"; items: Piece[][]; ordered?: true }
  | { kind: "table"; caption: string; columns: Column[]; rows: Record<string, string>[] }
  | { kind: "chart"; chart: Chart };
