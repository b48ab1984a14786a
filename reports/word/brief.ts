import type { Language } from "../../pipeline/errors.ts";
import type { WordBlock } from "./contract.ts";

/** Items of a list and rows of a table that a document to be handed in has room for. */
const [mostItems, mostRows] = [14, 8];

const words = {
  items: { zh: (shown: number, all: number) => `只列前 ${shown} 项，共 ${all} 项；全部见 report.html。`, en: (shown: number, all: number) => `The first ${shown} of ${all}; all of them in report.html.` },
  rows: { zh: (shown: number, all: number) => `只列前 ${shown} 行，共 ${all} 行；全部见 report.html。`, en: (shown: number, all: number) => `The first ${shown} of ${all} rows; all of them in report.html.` },
} as const;

/** Blocks in small print; what is left out of a long list or table is said below it. */
export function brief(blocks: readonly WordBlock[], language: Language): WordBlock[] {
  const rest = (text: string): WordBlock => ({ kind: "paragraph", runs: [text], style: "note" });
  return blocks.flatMap((block): WordBlock[] => {
    if (block.kind === "paragraph") return [{ ...block, style: block.style ?? "small" }];
    if (block.kind === "list") return [{ ...block, items: block.items.slice(0, mostItems), small: true }, ...(block.items.length > mostItems ? [rest(words.items[language](mostItems, block.items.length))] : [])];
    if (block.kind !== "table") return [block];
    const { rows } = block;
    return [{ ...block, rows: rows.slice(0, mostRows), small: true }, ...(rows.length > mostRows ? [rest(words.rows[language](mostRows, rows.length))] : [])];
  });
}
