import { isWithin } from "../../divisions.ts";
import { names, placeWords, type Name } from "./names.ts";
import { Trie } from "./trie.ts";

/** A place that a text names. */
export interface Place {
  /** As written: 昆山. */
  name: string;
  /** Six digits. Several when places share the name and the text does not tell them apart. */
  codes: readonly string[];
  /** Half-open range in the text. */
  start: number;
  end: number;
}

/** A name met in a text, not yet understood. */
interface Hit {
  name: Name;
  start: number;
  end: number;
  /** What it may mean, one code when that is settled. */
  codes: readonly string[];
}

/** Characters between a name and one that holds it, at most. */
const reach = 12;
/** After 区, 市 or 旗 these make another word: 区域, 市场, 旗舰. */
const notSuffix: Record<string, string> = { 区: "域间别块分", 市: "场值面井", 旗: "舰袍帜" };

/** Finds provinces, cities and counties in Chinese text. Holds no state between texts. */
export class PlaceParser {
  private readonly names: readonly Name[];
  private readonly trie: Trie;
  /** For each name, the longest other one that it begins with, −1 when there is none: 南京 for 南京市. */
  private readonly shorter: Int32Array;
  private readonly follow: Trie;
  /** For each word of `follow`: the characters that must not come after a blocker, or null for a modifier. */
  private readonly except: (string | null)[];
  private readonly followLength: number[];
  private readonly surnames: ReadonlySet<string>;
  private readonly titles: readonly string[];

  constructor() {
    const given = placeWords();
    this.names = names(given);
    this.trie = new Trie(this.names.map(({ text }) => text));
    this.shorter = Int32Array.from(this.names, ({ text }) => this.trie.longest(text.slice(0, -1), 0));
    const follow = new Map<string, string | null>([...given.modifiers.map((word) => [word, null] as const), ...Object.entries(given.blockers)]);
    this.follow = new Trie([...follow.keys()]);
    this.except = [...follow.values()];
    this.followLength = [...follow.keys()].map((word) => word.length);
    this.surnames = new Set(given.surnames);
    this.titles = given.titles;
  }

  /** Places in the order of the text. A name that several places bear goes to the one whose parent stands nearest within 12 characters, before it first, then after it. */
  parse(text: string): Place[] {
    const hits = this.hits(text);
    hits.forEach((hit, i) => (hit.codes = resolve(hits, i)));
    return hits.map(({ name, codes, start, end }) => ({ name: name.text, codes, start, end }));
  }

  private hits(text: string): Hit[] {
    const hits: Hit[] = [];
    for (let at = 0; at < text.length; ) {
      const name = this.nameAt(text, at);
      if (name === null) {
        at++;
        continue;
      }
      const end = at + name.text.length;
      const leads = this.holdsNext(text, end, name);
      const blocked = name.codes.length === 0 || (name.short && !leads && (this.isPerson(text, at, end) || this.isBlocked(text, end)));
      const last = hits.at(-1);
      // An ordinary word hides nothing: 城北 is no reason to miss 北京 in 长城北京段.
      const loose = name.ordinary && !leads && !(last?.end === at && within(name, last.name.codes).length > 0);
      if (!blocked && !loose) hits.push({ name, start: at, end, codes: name.usual === null ? name.codes : [name.usual] });
      at = loose && !name.other ? at + 1 : end;
    }
    return hits;
  }

  /** The longest name at a position whose last character belongs to it; null when there is none. */
  private nameAt(text: string, at: number): Name | null {
    for (let found = this.trie.longest(text, at); found !== -1; found = this.shorter[found]!) {
      const name = this.names[found]!;
      if (!this.endsEarlier(text, at + name.text.length, name)) return name;
    }
    return null;
  }

  /** True when the last character of a full name begins another word (市场), or the name of a part (济南 市中区). */
  private endsEarlier(text: string, end: number, name: Name): boolean {
    const except = name.short ? undefined : notSuffix[name.text.at(-1)!];
    return except !== undefined && end < text.length && (except.includes(text[end]!) || (text[end - 1] === "市" && this.holdsNext(text, end - 1, name)));
  }

  /** True when the name of a part of this place begins at `end`. */
  private holdsNext(text: string, end: number, name: Name): boolean {
    const next = this.trie.longest(text, end);
    return next !== -1 && within(this.names[next]!, name.codes).length > 0;
  }

  /** True when what follows makes the name part of another (南京西路, 南京大学). */
  private isBlocked(text: string, from: number): boolean {
    for (let at = from, steps = 0; steps < 4; steps++) {
      const found = this.follow.longest(text, at);
      if (found === -1) return false;
      const except = this.except[found]!;
      at += this.followLength[found]!;
      // 南京路人 is not 南京路, but 南京东路人 is 南京东路.
      if (except !== null) return steps > 0 || at >= text.length || !except.includes(text[at]!);
    }
    return false;
  }

  /** True for a surname before the name and a title before or after both. */
  private isPerson(text: string, start: number, end: number): boolean {
    return start > 0 && this.surnames.has(text[start - 1]!) && this.titles.some((title) => text.startsWith(title, end) || text.endsWith(title, start - 1));
  }
}

/** The codes that hit `i` may mean; the hits before it are resolved. */
function resolve(hits: readonly Hit[], i: number): readonly string[] {
  const { name, start, end, codes } = hits[i]!;
  if (name.codes.length === 1) return codes;
  const before = hits[i - 1]?.end === start ? within(name, hits[i - 1]!.codes) : [];
  if (before.length === 1) return before;
  const after = hits[i + 1]?.start === end ? name.codes.filter((code) => within(hits[i + 1]!.name, [code]).length > 0) : [];
  if (after.length === 1) return after;
  if (name.usual !== null) return codes;
  for (let k = i - 1; k >= 0 && start - hits[k]!.end <= reach; k--) {
    const held = within(name, hits[k]!.codes);
    if (held.length > 0) return held;
  }
  for (let k = i + 1; k < hits.length && hits[k]!.start - end <= reach; k++) {
    const held = within(name, hits[k]!.codes);
    if (held.length > 0) return held;
  }
  return codes;
}

/** Codes of a name that lie in one of the given places. */
function within({ codes }: Name, parents: readonly string[]): string[] {
  return codes.filter((code) => parents.some((parent) => isWithin(code, parent)));
}
