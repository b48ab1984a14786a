import { normalize } from "../../analyzers/post/normalize.ts";
import type { Post } from "../schema.ts";
import { fold } from "./fold.ts";
import type { Scope } from "./tree.ts";

/** The columns that queries look at. */
export type QueryPost = Pick<Post, "platform" | "site" | "url" | "field" | "kind" | "title" | "own" | "quoted" | "published_ms" | "author" | "author_name" | "author_name_key" | "region_ip" | "region_profile">;

/** Stands between title, own words and quoted words: no folded word holds it, so that no match reaches from one into another. */
export const border = "\u0000";

/** The folded text of a post: title, own words, quoted words. */
export interface PostText {
  text: string;
  /** Where each scope ends; all begin at 0. */
  ends: Record<Scope, number>;
}

export function textOf({ title, own, quoted }: QueryPost): PostText {
  const first = title === null ? "" : fold(title);
  const second = `${first}${border}${own === null ? "" : fold(own)}`;
  const text = quoted === null ? second : `${second}${border}${fold(quoted)}`;
  return { text, ends: { title: first.length, own: second.length, all: text.length } };
}

/** Folded hashtags of a scope without #, as `tag:` compares them: a closing 超话 or 话题 left out, as in `texts.tags`. */
export function tagsOf({ title, own, quoted }: QueryPost, scope: Scope): Set<string> {
  const parts = scope === "title" ? [title] : scope === "own" ? [title, own] : [title, own, quoted];
  return new Set(parts.flatMap((part) => (part?.search(/[#＃]/) ?? -1) < 0 ? [] : normalize(part!, () => false).tags.map(plainTag)));
}

/** A hashtag folded, without the closing 超话 or 话题. */
export const plainTag = (tag: string): string => fold(tag).replace(/(?<=..) ?(?:\[(?:超话|话题)\]|超话)$/u, "");
