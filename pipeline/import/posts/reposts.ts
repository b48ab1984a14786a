import { trimEnds } from "./values.ts";

/** A post's text taken apart. */
export interface ChainParts {
  /** The author's own words; null when there are none (bare repost, placeholder). */
  own: string | null;
  /** From the first `//@` on; null when there is no chain. */
  chain: string | null;
  /** Number of `//@name` in the chain. */
  hops: number;
  /** The text is nothing but a repost mark (转发微博). */
  bare: boolean;
}

/** Names that are kept of one chain. */
const most = 20;
/** Characters at which microblogs cut a text. */
const limits = new Set([140, 280]);

const chainStart = /\/\/\s{0,4}@/;
const hop = /\/\/\s{0,4}@([^\s:：@/]{1,40})/g;
const reply = /^回复\s{0,2}@[^\s:：@/]{1,40}\s{0,2}[:：]\s{0,4}/;
const bareMarks = new Set(["", "转发微博", "快转微博", "轉發微博", "转发", "轉發", "转", "repost", "retweet", "//"]);

/**
 * Splits `own words//@near:…//@far:…`. Names run from the nearest to the farthest; `回复@X:` at the start is a reply mark, neither a hop nor own words.
 * Full-width colons, missing colons and nested `//@a://@b:` all occur.
 */
export function splitChain(text: string): ChainParts {
  const at = text.includes("//") ? text.search(chainStart) : -1;
  const chain = at < 0 ? null : text.slice(at);
  const words = trimEnds(at < 0 ? text : text.slice(0, at));
  const own = words.startsWith("回复") ? trimEnds(words.replace(reply, "")) : words;
  const bare = own.length <= 8 && bareMarks.has(own.replace(/[。.!！…]+$/, "").toLowerCase());
  return { own: bare ? null : own, chain, hops: chain === null ? 0 : Math.max(1, chain.match(hop)?.length ?? 0), bare: bare && (own !== "" || chain !== null) };
}

/**
 * Names of a chain, nearest first, each as `keyOf` gives it and joined by blanks; see Post.chain.
 * A text that ends in an ellipsis, or has the length at which texts are cut, counts as cut: its farthest names may be missing.
 */
export function chainKeys(chain: string, written: string, keyOf: (name: string) => string): string {
  const names = [...chain.matchAll(hop)].slice(0, most).map(([, name]) => (name!.includes("***") ? "-" : keyOf(name!)));
  const cut = limits.has(written.length) || /(?:…|\.{3}|全文)$/.test(written);
  return [...(names.length > 0 ? names : ["-"]), ...(cut ? ["…"] : [])].join(" ");
}
