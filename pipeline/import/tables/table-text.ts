import { z } from "zod";
import type { RowBatch } from "./rows.ts";

const names = { headed: z.boolean(), header: z.array(z.string()) };

/** What is needed to read a row of a table again, as the HEADER rows of rejects.csv hold it (JSON). */
const tableSchema = z.discriminatedUnion("format", [
  z.object({ format: z.literal("json"), ...names }),
  z.object({
    format: z.literal("csv"),
    delimiter: z.string().regex(/^[^"\r\n]{1,3}$/),
    quote: z.enum(['"', "'"]),
    strict: z.boolean(),
    width: z.int(),
    variants: z.array(z.int()),
    ...names,
  }),
]);
export type TableText = z.infer<typeof tableSchema>;

export function tableText({ header, headed, dialect }: Pick<RowBatch, "header" | "headed" | "dialect">): string {
  return JSON.stringify({ ...dialect, headed, header });
}

/** null for a text that is no description of a table. */
export function parseTable(text: string): TableText | null {
  try {
    return tableSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
