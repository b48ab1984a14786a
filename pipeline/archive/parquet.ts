import type { Database } from "../engines/duckdb.ts";
import { guardCopy } from "./errors.ts";

/** A path in a query; DuckDB takes no parameter there. */
const quoted = (path: string): string => `'${path.replaceAll("'", "''")}'`;

/** Files of the archive as a table of a query. */
export const parquet = (paths: readonly string[]): string => `read_parquet([${paths.map(quoted).join(", ")}])`;

/** Writes the result of a query to a file of the archive. Throws ARCHIVE_WRITE. */
export const save = (database: Database, sql: string, path: string): Promise<void> => guardCopy(path, () => database.run(`COPY (${sql}) TO ${quoted(path)} (FORMAT parquet, COMPRESSION zstd)`));
