import { fields, kinds, postColumns, type ColumnType, type Post } from "../../schema.ts";
import { normalizeHeader } from "./headers.ts";
import { inZone, type PostOptions } from "./post.ts";
import type { RawRow, RejectCode } from "../tables/rows.ts";

/** Reads rows of our own posts.jsonl (`yuqing import`): nothing is guessed, a value of the wrong kind rejects the row. */
export class DatasetReader {
  readonly #columns: readonly (readonly [name: keyof Post, type: ColumnType, cell: number])[];
  readonly #options: Pick<PostOptions, "file" | "utcOffsetMs">;

  constructor(header: readonly string[], options: Pick<PostOptions, "file" | "utcOffsetMs">) {
    const index = new Map(header.map((name, i) => [normalizeHeader(name), i]));
    this.#columns = Object.entries(postColumns).map(([name, type]) => [name as keyof Post, type, index.get(name) ?? -1]);
    this.#options = options;
  }

  build({ cells, line }: RawRow): Post | RejectCode {
    const post: Record<string, string | number | null> = {};
    for (const [name, type, cell] of this.#columns) {
      const text = cells[cell] ?? "";
      const value = text === "" ? null : type === "STRING" ? text : Number(text);
      if (typeof value === "number" && !Number.isSafeInteger(value)) return "BAD_VALUE";
      post[name] = value;
    }
    const { utcOffsetMs, file } = this.#options;
    const { id, kind, field, published_ms, precision } = post as unknown as Post;
    if (id === null || !(kinds as readonly unknown[]).includes(kind) || !(fields as readonly unknown[]).includes(field) || (published_ms === null) !== (precision === null)) return "BAD_VALUE";
    return { ...(post as unknown as Post), file, line, ...inZone(published_ms, precision, utcOffsetMs) };
  }
}
