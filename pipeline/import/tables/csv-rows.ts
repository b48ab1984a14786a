import type { CsvRecord } from "./csv.ts";
import type { LineOffsets } from "../decode/line-offsets.ts";
import type { Notes } from "../doubts/notes.ts";
import type { RawRow, RejectCode } from "./rows.ts";
import { isHeader, type Shape } from "./table.ts";

/** A record as a row of its table. `lines`: where its lines lie in the bytes. */
export function csvRow(record: CsvRecord, { shape, header, headed }: { shape: Shape; header: readonly string[]; headed: boolean }, lines: LineOffsets | null, notes: Notes): RawRow {
  const { line, lineTo, cells, raw } = record;
  const byteFrom = lines === null ? null : lines.start(line);
  const byteTo = lines === null ? null : lines.end(lineTo);
  const faulty = (fault: RejectCode, detail: string): RawRow => ({ line, lineTo, byteFrom, byteTo, cells: [], raw, fault, detail });
  if (record.fault) return faulty(record.fault, lineTo > line ? `${line}–${lineTo}` : "");
  if (headed && isHeader(cells, header)) return faulty("HEADER_REPEATED", "");
  const fault = shape.fault(cells);
  if (fault) return faulty(fault, `${cells.length} / ${shape.rowWidth}`);
  const nul = raw.includes("\0");
  if (nul) notes.add("NUL_BYTES", line);
  // Files joined end to end bring byte-order marks into the middle.
  if (nul || raw.includes("\ufeff")) for (let i = 0; i < cells.length; i++) cells[i] = cells[i]!.replace(/[\0\ufeff]/g, "");
  return { line, lineTo, byteFrom, byteTo, cells, raw, fault: null, detail: "" };
}
