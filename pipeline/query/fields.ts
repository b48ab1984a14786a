import { nearest } from "../errors.ts";
import { platformByName, platformKeys } from "../import/posts/platforms.ts";
import { parseRegion } from "../import/posts/regions.ts";
import { fields, kinds } from "../schema.ts";
import { fold } from "./fold.ts";
import type { FilterField } from "./tree.ts";

/** Names of fields as queries may write them. */
export const fieldNames = new Map<string, FilterField | "after" | "before" | "own" | "title">([
  ["platform", "platform"], ["平台", "platform"],
  ["site", "site"], ["网站", "site"],
  ["field", "field"], ["属性", "field"],
  ["kind", "kind"], ["类型", "kind"],
  ["author", "author"], ["作者", "author"],
  ["tag", "tag"], ["话题", "tag"],
  ["region", "region"], ["地区", "region"],
  ["after", "after"], ["起", "after"],
  ["before", "before"], ["止", "before"],
  ["own", "own"], ["本人", "own"],
  ["title", "title"], ["标题", "title"],
]);

/** What a field wants, and the candidate that may have been meant. */
interface Unfit {
  expected: string;
  near: string | null;
}

const chinese = { field: new Map([["媒体", "media"], ["政务", "official"], ["民间", "public"]]), kind: new Map([["原创", "original"], ["转发", "repost"], ["评论", "comment"]]) };

function oneOf(value: string, keys: readonly string[], names: ReadonlyMap<string, string>): string | Unfit {
  const key = names.get(value) ?? value.toLowerCase();
  return keys.includes(key) ? key : { expected: [...keys, ...names.keys()].join(", "), near: nearest(key, keys) };
}

function platform(value: string): string | Unfit {
  return platformByName(value)?.key ?? { expected: "a platform of data/platforms/platforms.yaml, e.g. weibo, 微信", near: nearest(value.toLowerCase(), platformKeys()) };
}

function region(value: string): string | Unfit {
  return parseRegion(value).key ?? { expected: "a province, 海外 or 其他", near: null };
}

/** A field's value in the form of our columns, or what was expected instead. Names of accounts stay as written: their hashes are compared. */
export const readValue: Record<FilterField, (value: string) => string | Unfit> = {
  platform,
  region,
  field: (value) => oneOf(value, fields, chinese.field),
  kind: (value) => oneOf(value, kinds, chinese.kind),
  site: (value) => fold(value),
  tag: (value) => fold(value.replace(/^#|#$/g, "")),
  author: (value) => value.replace(/^@/, ""),
};

const time = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?))?$/;

/** "2026-11-01" or "2026-11-01 08:00[:30]"; null for what is no time that exists. */
export function readTime(value: string): string | null {
  const [, date, clock = "00:00"] = time.exec(value) ?? [];
  if (date === undefined) return null;
  const written = `${date}T${clock.length === 5 ? `${clock}:00` : clock}.000Z`;
  const ms = Date.parse(written);
  return Number.isNaN(ms) || new Date(ms).toISOString() !== written ? null : value.replace("T", " ");
}
