import type { Language } from "../../pipeline/errors.ts";
import { integer } from "../format.ts";

/** Encoding of marks whose rows have a `tip`: the picture gives it as the mark's title, so that pointing at a mark tells its value without any script. */
export const tipped = { description: { field: "tip", type: "nominal" } } as const;

/** Name of a layer of unseen marks that only carry tips; it is not drawn for phones. */
export const tipLayer = "tips";
/** Bins of a course that tell their numbers: with more the page would grow too large, and a bin is hardly a pixel. */
export const mostTips = 400;

/** 「微博：17,523 条（88.5%，n = 19,800）」. `more`: what else is known of the mark; empty parts are left out. */
export function tip(name: string, value: string, more: readonly string[], language: Language): string {
  const zh = language === "zh";
  const known = more.filter((part) => part !== "");
  const brackets = known.length === 0 ? "" : zh ? `（${known.join("，")}）` : ` (${known.join(", ")})`;
  return `${name}${zh ? "：" : ": "}${value}${brackets}`;
}

/** "17,523 条" */
export const postsText = (count: number, language: Language): string => (language === "zh" ? `${integer(count, language)} 条` : `${integer(count, language)} ${count === 1 ? "post" : "posts"}`);

export const sizeText = (n: number, language: Language): string => `n = ${integer(n, language)}`;
