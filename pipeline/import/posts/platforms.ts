import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { dataPath } from "../../paths.ts";
import { Memo } from "./values.ts";

export interface Platform {
  key: string;
  channel: string;
  /** Kinds of media (新闻网站, 论坛 …) rather than one platform. */
  generic: boolean;
  /** When it opened, UTC milliseconds (midnight in China): older posts are errors. null: not known, or a kind of media. */
  since: number | null;
}

const genericKeys = new Set(["news", "app", "print", "broadcast", "forum", "blog", "video", "qa", "overseas", "other"]);

interface Tables {
  byName: Map<string, Platform>;
  byDomain: Map<string, Platform>;
  media: Set<string>;
}
let tables: Tables | null = null;

function load(): Tables {
  if (tables) return tables;
  const list = parse(readFileSync(dataPath("platforms", "platforms.yaml"), "utf8")) as { key: string; zh: string; channel: string; since?: string; aliases: string[]; domains: string[] }[];
  const media = parse(readFileSync(dataPath("platforms", "media-accounts.yaml"), "utf8")) as string[];
  tables = { byName: new Map(), byDomain: new Map(), media: new Set(media) };
  for (const { key, zh, channel, since, aliases, domains } of list) {
    const platform = { key, channel, generic: genericKeys.has(key), since: since === undefined ? null : Date.parse(`${since}T00:00:00+08:00`) };
    for (const name of [key, zh, ...aliases.map(String)]) tables.byName.set(simple(name), platform);
    for (const domain of domains) tables.byDomain.set(domain, platform);
  }
  return tables;
}

/** Keys of all platforms and kinds of media. */
export const platformKeys = (): string[] => [...new Set([...load().byName.values()].map(({ key }) => key))];

const simple = (name: string): string => name.normalize("NFKC").toLowerCase().replace(/\s/g, "");

/** Platform by a name that files use (新浪微博, 公众号, 客户端 …); null when unknown. */
const byName = new Memo<{ platform: Platform | null }>((name) => ({ platform: load().byName.get(simple(name)) ?? null }));
export const platformByName = (name: string): Platform | null => (name.length > 30 ? null : byName.get(name).platform);

/** Platform by the host of a URL or by a bare domain, longest known suffix first; null when unknown. */
export function platformByUrl(url: string): Platform | null {
  const host = hostOf(url);
  return host === null ? null : byHost.get(host).platform;
}

const byHost = new Memo<{ platform: Platform | null; official: boolean }>((host) => {
  const parts = host.split(".");
  const official = host === "gov.cn" || host.endsWith(".gov.cn");
  for (let from = 0; from < parts.length - 1; from++) {
    const platform = load().byDomain.get(parts.slice(from).join("."));
    if (platform) return { platform, official };
  }
  return { platform: null, official };
});

/** Whether the page belongs to a government site (gov.cn). */
export function isGovernmentUrl(url: string): boolean {
  const host = hostOf(url);
  return host !== null && byHost.get(host).official;
}

/** Host of an http(s) URL, or the text itself when it looks like a domain; lower case. */
function hostOf(url: string): string | null {
  const match = /^(?:https?:)?\/\/([^/?#:@\s]{1,120})/i.exec(url) ?? /^([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5})(?:[/:]|$)/i.exec(url);
  return match ? match[1]!.toLowerCase() : null;
}

/** Whether a display name is that of a known medium. */
export const isMediaAccount = (name: string): boolean => load().media.has(name);

/** The kind of medium that the row names (客户端, 论坛 …) goes before the platform's usual one, unless the platform has only one. */
export function channelOf(platform: Platform | null, typed: Platform | null): string | null {
  if (platform === null) return null;
  const fixed = platform.channel === "social" || platform.channel === "video" || platform.channel === "wechat";
  return typed !== null && typed.generic && typed.key !== "other" && !fixed ? typed.channel : platform.channel;
}
