import type { Message } from "../../pipeline/errors.ts";
import { Drawings } from "../charts/drawings.ts";
import type { Document } from "../document.ts";
import type { Look } from "./contract.ts";
import { drawnBlocks, type Draft } from "./draft.ts";
import type { Template } from "./template.ts";
import { writeWord } from "./write.ts";

export interface WordOptions {
  /** Default plain. */
  style?: Look | undefined;
  /** From `readTemplate`; its styles win over the style's. */
  template?: Template | undefined;
  /** Told once when charts are given as tables, because they cannot be drawn as pictures on this machine. */
  onWithout?: ((why: Message) => void) | undefined;
}

/** A document as .docx. Charts are pictures with their table below; where they cannot be drawn, the tables alone. Same document, same bytes on the same machine. */
export async function renderWordDocument(document: Document, { style = "plain", template, onWithout }: WordOptions = {}): Promise<Uint8Array> {
  const drafts = document.blocks.map((block): Draft => (block.kind === "paragraph" ? { kind: "paragraph", runs: block.pieces, ...(block.style ? { style: block.style } : {}) } : block));
  const blocks = await drawnBlocks(drafts, { language: document.language, drawings: new Drawings(), onWithout });
  return writeWord({ ...document, blocks }, { look: style, template });
}
