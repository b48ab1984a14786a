import type { Database } from "../engines/duckdb.ts";

/** A row to write. INTEGER columns are number, BIGINT ones bigint, DOUBLE ones { double }. */
export type Values = readonly (string | number | bigint | boolean | null | { double: number })[];

/** Appends rows to a table; the values stand in the order of its columns. */
export async function write(database: Database, table: string, rows: readonly Values[]): Promise<void> {
  const appender = await database.connection.createAppender(table);
  for (const row of rows) {
    for (const value of row) {
      if (value === null) appender.appendNull();
      else if (typeof value === "string") appender.appendVarchar(value);
      else if (typeof value === "bigint") appender.appendBigInt(value);
      else if (typeof value === "boolean") appender.appendBoolean(value);
      else if (typeof value === "number") appender.appendInteger(value);
      else appender.appendDouble(value.double);
    }
    appender.endRow();
  }
  appender.closeSync();
}
