import type { Post } from "../../schema.ts";
import { damagedId, first } from "../posts/cells.ts";
import { cellsOf, type Cells, type ImportColumn, type Plan } from "../posts/headers.ts";
import type { Notes } from "./notes.ts";
import type { RawRow } from "../tables/rows.ts";
import { Tally } from "./tally.ts";
import { isDigits, trimEnds } from "../posts/values.ts";

/** MD5 of the empty text, and the other value that stands for an empty id in competition exports. `known` in values.ts takes both as empty. */
const sentinels = new Set(["d41d8cd98f00b204e9800998ecf8427e", "e6fda0f0d3e0adfff69e334462d1ef6a"]);
const idColumns = ["id", "post_id", "comment_id", "parent", "root", "author_id"] as const satisfies readonly ImportColumn[];
const placeholder = /^(?:-1|(.)\1*)$/;

/** Ids that identify nothing: placeholders, and one value in most rows although the rows have nothing in common. */
export class IdArtefacts {
  readonly #own = new Tally();
  readonly #authors = new Tally();
  readonly #roots = new Tally();
  #at: Cells | null = null;
  #idCells: number[] = [];
  #comments = false;

  table(plan: Plan): void {
    this.#at = cellsOf(plan);
    this.#comments = plan.comments;
    this.#idCells = [...new Set(idColumns.flatMap((column) => plan.columns.get(column) ?? []))];
  }

  add({ cells, line }: RawRow, post: Post, notes: Notes): void {
    const at = this.#at!;
    if (this.#hasSentinel(cells)) notes.add("ID_SENTINEL", line);
    const own = this.#comments ? first(cells, at.comment_id) : post.kind === "comment" ? null : (first(cells, at.id) ?? first(cells, at.post_id));
    if (own !== null) this.#own.add(own, line);
    const author = first(cells, at.author_id);
    if (author !== null) {
      if (damagedId.test(author)) notes.add("AUTHOR_ID_DAMAGED", line);
      this.#authors.add(author, line, first(cells, at.author_name));
    }
    // In a real cascade the posts of one root quote one text, and none of them is an original.
    const root = first(cells, at.root);
    if (root !== null && (root.length >= 6 || !isDigits(root))) this.#roots.add(root, line, post.kind === "original" ? `original ${line}` : (first(cells, at.quoted)?.slice(0, 40) ?? null));
  }

  #hasSentinel(cells: readonly string[]): boolean {
    for (const i of this.#idCells) if ((cells[i]?.length ?? 0) >= 32 && sentinels.has(trimEnds(cells[i]!))) return true;
    return false;
  }

  close(notes: Notes): void {
    const own = this.#own.dominant(0.6);
    const author = this.#authors.dominant(0.6);
    const root = this.#roots.dominant(0.6);
    if (own !== null) notes.set("ID_DOMINANT", own.count, own.lines, { zh: "帖文 ID", en: "ids of posts" });
    else if (author !== null && (author.varied || placeholder.test(author.value))) notes.set("ID_DOMINANT", author.count, author.lines, { zh: "作者 ID", en: "ids of authors" });
    else if (root?.varied) notes.set("ID_DOMINANT", root.count, root.lines, { zh: "根帖 ID", en: "ids of root posts" });
  }
}
