import type { Block, Piece } from "../document.ts";

export const paragraph = (pieces: Piece | Piece[], style?: "lead" | "note" | "quote" | "warning"): Block => ({ kind: "paragraph", pieces: Array.isArray(pieces) ? pieces : [pieces], ...(style && { style }) });

/** One line an item; no block without any. */
export const list = (items: readonly (Piece | Piece[])[]): Block[] => (items.length === 0 ? [] : [{ kind: "list", items: items.map((one) => (Array.isArray(one) ? one : [one])) }]);
