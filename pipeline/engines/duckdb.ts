import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance, type DuckDBConnection, type DuckDBDataChunk, type DuckDBValue } from "@duckdb/node-api";
import { YuqingError } from "../errors.ts";
import { scratchFault, scratchPrefix } from "./refusals.ts";

/** Scratch folders of open databases. */
const scratch = new Set<string>();

/** Removes the scratch folders; for a process that is about to be killed by a signal. */
export function removeScratch(): void {
  for (const folder of scratch) rmSync(folder, { recursive: true, force: true });
}

/** A disk too small for what spills, or a limit too small for what cannot, is the user's to raise, not a crash. Other causes pass. */
function refused(cause: unknown): never {
  const full = scratchFault(cause);
  if (full !== null) throw full;
  if (!(cause instanceof Error) || !cause.message.startsWith("Out of Memory Error")) throw cause;
  throw new YuqingError("MEMORY", 1, {
    what: { zh: "数据库的内存上限不够", en: "the database's memory limit is too small" },
    got: cause.message.split("\n")[0]!.slice(0, 160),
    next: { zh: "在 --config 里调高 memory（如 memory: 2GB）后重跑", en: "raise memory in the --config file (memory: 2GB, say) and run again" },
  });
}

export type SqlRow = Record<string, string | number | boolean | null | string[] | number[]>;

/** An embedded DuckDB in a temporary folder of its own: bounded memory, spills to disk, never opens a connection, removed on close. */
export class Database {
  private constructor(
    private readonly instance: DuckDBInstance,
    readonly connection: DuckDBConnection,
    /** Scratch folder, removed on close. */
    readonly folder: string,
  ) {}

  /** Throws SCRATCH (exit 1), as every method does when the temporary folder cannot hold what it works on; MEMORY (exit 1). */
  static async open(options: { memory: string; threads?: number }): Promise<Database> {
    const folder = makeFolder();
    try {
      const instance = await DuckDBInstance.create(join(folder, "run.duckdb"), {
        threads: String(options.threads ?? 2),
        memory_limit: options.memory,
        temp_directory: join(folder, "spill"),
        preserve_insertion_order: "false",
        autoinstall_known_extensions: "false",
        autoload_known_extensions: "false",
        allow_community_extensions: "false",
      });
      const connection = await instance.connect();
      await connection.run("PRAGMA disable_checkpoint_on_shutdown"); // the file is scratch: it is deleted on close
      return new Database(instance, connection, folder);
    } catch (cause) {
      const fault = scratchFault(cause); // before the folder goes: it says how much was free
      removeFolder(folder);
      throw fault ?? cause;
    }
  }

  async run(sql: string, values?: DuckDBValue[]): Promise<void> {
    await this.connection.run(sql, values).catch(refused);
  }

  /** All rows as objects; BIGINT arrives as number (our counts and milliseconds stay below 2^53). */
  async rows<R extends SqlRow = SqlRow>(sql: string, values?: DuckDBValue[]): Promise<R[]> {
    const reader = await this.connection.runAndReadAll(sql, values).catch(refused);
    const rows = reader.getRowObjectsJS() as Record<string, unknown>[];
    for (const row of rows) for (const key in row) if (typeof row[key] === "bigint") row[key] = Number(row[key]);
    return rows as R[];
  }

  /** Hands the rows over one by one as `rows` would give them; for results larger than memory. */
  async each<R extends SqlRow = SqlRow>(sql: string, take: (row: R) => void): Promise<void> {
    for await (const { chunk, names } of this.chunks(sql)) {
      for (const cells of chunk.getRows()) take(Object.fromEntries(cells.map((cell, i) => [names[i]!, typeof cell === "bigint" ? Number(cell) : cell])) as R);
    }
  }

  /**
   * The result of a query in chunks. The client ends a stream in which the query fails midway as if it were complete, so the rows are counted: throws
   * the error of the query when it fails again, else DATABASE_CUT.
   */
  async *chunks(sql: string): AsyncGenerator<{ chunk: DuckDBDataChunk; names: string[] }> {
    const result = await this.connection.stream(sql).catch(refused);
    const names = result.columnNames();
    let given = 0;
    for (;;) {
      const chunk = await result.fetchChunk().catch(refused);
      if (!chunk || chunk.rowCount === 0) break;
      given += chunk.rowCount;
      yield { chunk, names };
    }
    const [{ total }] = (await this.rows<{ total: number }>(`SELECT count(*) AS total FROM (${sql})`)) as [{ total: number }];
    if (given === total) return;
    throw new YuqingError("DATABASE_CUT", 1, {
      what: { zh: "数据库在读取途中中断", en: "the database broke off while being read" },
      got: `${given}`,
      expected: `${total}`,
      next: { zh: "多为内存不足：在 --config 里调高 memory 后重跑", en: "mostly for want of memory: raise memory in the --config file and run again" },
    });
  }

  /** Numeric columns as typed arrays, in the order of the query; nulls are not allowed. For large results. */
  async columns(sql: string, names: readonly string[]): Promise<Int32Array[]> {
    const parts: Int32Array[][] = names.map(() => []);
    for await (const { chunk } of this.chunks(sql)) {
      for (let c = 0; c < names.length; c++) parts[c]!.push(Int32Array.from(chunk.getColumnValues(c) as number[]));
    }
    return parts.map((column) => {
      const all = new Int32Array(column.reduce((sum, part) => sum + part.length, 0));
      let at = 0;
      for (const part of column) {
        all.set(part, at);
        at += part.length;
      }
      return all;
    });
  }

  close(): void {
    this.connection.closeSync();
    this.instance.closeSync();
    removeFolder(this.folder);
  }
}

function makeFolder(): string {
  try {
    const folder = mkdtempSync(scratchPrefix());
    scratch.add(folder);
    return folder;
  } catch (cause) {
    throw scratchFault(cause) ?? cause;
  }
}

function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  scratch.delete(folder);
}
