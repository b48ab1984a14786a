import type { Night, NightItem } from "../nightly/contract.ts";
import { gradeIn, type Known } from "./events.ts";
import type { DigestOptions } from "./options.ts";
import type { DigestItem } from "./schema.ts";

/** Characters of a summary: two lines. */
const twoLines = 90;

/** All distinct wordings of the nights, best first. A wording of two events, or of two nights (same head or same begin of its text), is one item. */
export function rankedItems(nights: readonly Night[], known: ReadonlyMap<string, Known>, filed: ReadonlyMap<string, readonly string[]>, rank: DigestOptions["rank"]): DigestItem[] {
  const groups = grouped(nights);
  const items = groups.map((members) => itemOf(members, known, filed));
  const weight = { reach_risk: (one: DigestItem) => one.reach * one.risk, reach: (one: DigestItem) => one.reach, posts: (one: DigestItem) => one.posts }[rank];
  return items.sort((a, b) => weight(b) - weight(a) || b.reach - a.reach || b.posts - a.posts || (a.id < b.id ? -1 : 1));
}

interface Member extends NightItem {
  night: number;
}

/** Members of each wording: those that share a head or a text. */
function grouped(nights: readonly Night[]): Member[][] {
  const groups: Member[][] = [];
  const byKey = new Map<string, Member[]>();
  nights.forEach(({ items }, night) => {
    for (const item of items) {
      const keys = [`id ${item.id}`, ...(fold(item.text) === "" ? [] : [`text ${fold(item.text)}`])];
      const group = keys.map((key) => byKey.get(key)).find((one) => one !== undefined) ?? [];
      if (group.length === 0) groups.push(group);
      group.push({ ...item, night });
      for (const key of keys) byKey.set(key, group);
    }
  });
  return groups;
}

const fold = (text: string): string => text.normalize("NFKC").replace(/\s+/gu, "").toLowerCase();

function itemOf(members: readonly Member[], known: ReadonlyMap<string, Known>, filed: ReadonlyMap<string, readonly string[]>): DigestItem {
  const head = [...members].sort((a, b) => (a.published_ms ?? Infinity) - (b.published_ms ?? Infinity) || (a.id < b.id ? -1 : 1))[0]!;
  // One night may hold a wording under each of its events: the fullest of them counts, and nights add up.
  const nights = new Map<number, Member>();
  for (const one of members) if (one.posts > (nights.get(one.night)?.posts ?? -1)) nights.set(one.night, one);
  const sum = (of: (one: Member) => number): number => [...nights.values()].reduce((total, one) => total + of(one), 0);
  const events = [...new Set(members.flatMap(({ event }) => event ?? []))].sort();
  const reposts = members.flatMap((one) => one.reposts ?? []);
  const grades = events.flatMap((key) => gradeIn(known.get(key)) ?? []).sort((a, b) => b.index - a.index);
  return {
    id: head.id,
    ...wording(head),
    url: head.url,
    platform: head.platform,
    site: head.site,
    field: head.field,
    author_name: head.author_name,
    published_ms: head.published_ms,
    precision: head.precision,
    posts: sum((one) => one.posts),
    authors: sum((one) => one.authors),
    nights: nights.size,
    reach: sum((one) => one.reach),
    reposts: reposts.length === 0 ? null : reposts.reduce((a, b) => Math.max(a, b)),
    polarity: head.polarity,
    classes: [...new Set(members.flatMap(({ classes }) => classes))].sort(),
    risk: members.reduce((most, one) => Math.max(most, one.risk_micro), 0) / 1e6,
    events: events.map((key) => ({ key, name: known.get(key)?.row.name ?? key })),
    grade: grades[0] ?? null,
    filed: [...new Set(members.flatMap(({ id }) => filed.get(id) ?? []))].sort(),
  };
}

/** Title and summary, both letter for letter. A title that is only the begin of the text gives way to the begin cut at a sentence. */
export function wording({ title, text }: Pick<NightItem, "title" | "text">): { title: string; summary: string | null } {
  const begin = opening(text);
  const stem = fold(title).replace(/(…|\.{3})$/u, "");
  if (begin === "") return { title, summary: null };
  if (stem === "" || fold(text).startsWith(stem)) return { title: begin, summary: null };
  return { title, summary: begin };
}

/** The begin of a text, up to the last end of a sentence within two lines; cut with … where there is none. Never cuts a character. */
function opening(text: string): string {
  const line = text.replace(/\s+/gu, " ").trim();
  if (line.length <= twoLines) return line;
  const characters = [...new Intl.Segmenter("zh", { granularity: "grapheme" }).segment(line)].map(({ segment }) => segment);
  if (characters.length <= twoLines) return line;
  const cut = characters.slice(0, twoLines);
  const end = cut.findLastIndex((one) => /^[。！？!?；;]/u.test(one));
  return end >= 20 ? cut.slice(0, end + 1).join("") : `${cut.slice(0, twoLines - 1).join("")}…`;
}
