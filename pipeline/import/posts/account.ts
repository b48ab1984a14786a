import type { Account } from "../../schema.ts";
import { AuthorReader, type AuthorOptions } from "./author.ts";
import { cellsOf, type Plan } from "./headers.ts";
import type { Notes } from "../doubts/notes.ts";
import { platformByName, type Platform } from "./platforms.ts";
import type { RawRow, RejectCode } from "../tables/rows.ts";

/** Turns the rows of a file of accounts (用户表) into accounts. */
export class AccountBuilder {
  readonly #author: AuthorReader;
  readonly #platform: Platform | null;

  constructor(plan: Plan, header: readonly string[], options: AuthorOptions & { platform: string | null }, notes: Notes) {
    const platform = plan.platform ?? options.platform;
    this.#author = new AuthorReader(cellsOf(plan), header, options, notes);
    this.#platform = platform === null ? null : platformByName(platform);
  }

  /** The account; NO_AUTHOR when the row names none. */
  build({ cells, line }: RawRow): Account | RejectCode {
    const { key, type } = this.#author.author(cells, this.#platform);
    if (key === null) return "NO_AUTHOR";
    const region = this.#author.regions(cells, line);
    return { author: key, author_type: type, followers: this.#author.followers(cells, line), region_ip: region.ip, region_profile: region.profile };
  }
}
