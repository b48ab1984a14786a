import { authorType, isInstitution } from "./accounts.ts";
import { authorName, countOf, damagedId, first, firstAt } from "./cells.ts";
import { normalizeHeader, type Cells } from "./headers.ts";
import type { Notes } from "../doubts/notes.ts";
import { isMediaAccount, type Platform } from "./platforms.ts";
import { maskName, type Pseudonyms } from "../privacy/privacy.ts";
import { parseRegion } from "./regions.ts";

export interface AuthorOptions {
  pseudonyms: Pseudonyms;
  privacy: "masked" | "internal";
  /** The one author of a file that names none in its rows (weibo-crawler: `昵称/uid.csv`). */
  fileAuthor?: { id: string; name: string | null } | null;
}

/** What a row says about its author. Posts and files of accounts read it in the same way, so that both come to the same key. */
export class AuthorReader {
  readonly #at: Cells;
  readonly #options: AuthorOptions;
  readonly #notes: Notes;
  /** Columns of Weibo's verified_type codes. */
  readonly #codeColumns: ReadonlySet<number>;

  constructor(cells: Cells, header: readonly string[], options: AuthorOptions, notes: Notes) {
    this.#at = cells;
    this.#options = options;
    this.#notes = notes;
    this.#codeColumns = new Set(cells.author_type.filter((i) => /^(?:verified_type|认证类型)$/.test(normalizeHeader(header[i] ?? ""))));
  }

  /** `key`: keyed hash of the platform and the author's id, else name; `name`: as it may be shown; `nameKey`: the same hash of the display name, where asked for. */
  author(cells: readonly string[], platform: Platform | null, named = false): { key: string | null; name: string | null; nameKey: string | null; type: string | null } {
    const { fileAuthor, privacy } = this.#options;
    const written = authorName(first(cells, this.#at.author_name));
    const shown = written.shown ?? fileAuthor?.name ?? null;
    const given = first(cells, this.#at.author_id);
    // An id that Excel has rounded (2.66E+09) stands for many accounts.
    const key = (given === null || damagedId.test(given) ? null : given) ?? written.id ?? written.shown ?? fileAuthor?.id ?? null;
    const type = authorType(this.#typeLabel(cells), first(cells, this.#at.author_note)) ?? (shown !== null && isMediaAccount(shown) ? "media" : null);
    const open = privacy === "internal" || isInstitution(type);
    const hashed = key === null ? null : this.key(key, platform);
    const nameKey = shown === null || !named ? null : shown === key ? hashed : this.key(shown, platform);
    return { key: hashed, name: shown === null || open ? shown : maskName(shown), nameKey, type };
  }

  /** Keyed hash of the platform and an account's id or name. */
  key(account: string, platform: Platform | null): string {
    return this.#options.pseudonyms.of(`${platform?.key ?? ""}\u0000${account}`);
  }

  followers(cells: readonly string[], line: number): number | null {
    return countOf(cells, this.#at.followers, line, this.#notes);
  }

  regions(cells: readonly string[], line: number): { ip: string | null; profile: string | null } {
    const own = this.#region(cells, this.#at.region_ip, line);
    const profile = this.#region(cells, this.#at.region_profile, line);
    const place = this.#at.place.length === 0 ? null : parseRegion(first(cells, this.#at.place) ?? undefined);
    if (first(cells, this.#at.region_source) === "profile") return { ip: null, profile: profile.key ?? own.key };
    const marked = own.key === null ? (profile.marked ? profile.key : place?.marked ? place.key : null) : null;
    return { ip: own.key ?? marked, profile: profile.marked ? null : profile.key };
  }

  /** A number is a code only in a column of codes: elsewhere (认证 0/1) it is a flag that says nothing about the kind. */
  #typeLabel(cells: readonly string[]): string | null {
    const at = firstAt(cells, this.#at.author_type);
    const label = at < 0 ? null : first(cells, [at]);
    return label !== null && /^-?\d+$/.test(label) && !this.#codeColumns.has(at) ? null : label;
  }

  #region(cells: readonly string[], columns: readonly number[], line: number): { key: string | null; marked: boolean } {
    let problem = false;
    for (const i of columns) {
      const region = parseRegion(cells[i]);
      if (region.key !== null) return region;
      problem ||= region.problem !== null;
    }
    if (problem) this.#notes.add("REGION_UNREADABLE", line);
    return { key: null, marked: false };
  }
}

/** The author whose folder and file name hold all posts of a file: `…/{昵称}/{uid}.csv`; null when the file is not called so. */
export function authorOfPath(path: string): { id: string; name: string | null } | null {
  const parts = path.split(/[/\\]/);
  const id = /^(\d{5,19})\.(?:csv|json|jsonl|xlsx)(?:\.gz|\.zst)?$/i.exec(parts.at(-1) ?? "")?.[1];
  if (id === undefined) return null;
  const folder = parts.at(-2) ?? "";
  return { id, name: /^(?:\d*|\.{1,2}|weibo)$/i.test(folder) ? null : folder.slice(0, 100) };
}
