import { stringify } from "yaml";
import { z } from "zod";
import { readYaml } from "../../config.ts";
import { aliasesOf, rowKinds, type Mapping, type Plan } from "./headers.ts";

const headers = z.union([z.string(), z.array(z.string()).min(1), z.null()]);

/** A saved mapping: `--profile file.yaml`. */
const profileSchema = z.strictObject({
  name: z.string().optional(),
  platform: z.string().optional().describe("key of platforms.yaml: where all rows of such files come from, unless a row says otherwise"),
  kind: z.enum(rowKinds).optional().describe("what all rows of such files are, unless a row says otherwise"),
  columns: z.record(z.string(), headers).default({}).describe("our column → header in the file, or a list of headers of which the first with a value counts; null: not used"),
});

/** Reads a saved mapping. Throws as `readYaml` does. */
export function readProfile(path: string): Mapping {
  const { platform, kind, columns } = readYaml(path, profileSchema);
  return { columns, platform, kind };
}

/** The plan of a file as a profile that `readProfile` reads back: the same header gives the same plan again. */
export function profileText(plan: Plan, header: readonly string[], name: string): string {
  const columns: Record<string, string | string[] | null> = {};
  for (const [column, cells] of plan.columns) {
    const names = cells.map((i) => header[i]!);
    columns[column] = names.length === 1 ? names[0]! : names;
  }
  for (const column of aliasesOf(header).keys()) if (!plan.columns.has(column)) columns[column] = null;
  const profile = { name, ...(plan.platform === null ? {} : { platform: plan.platform }), ...(plan.kind === null ? {} : { kind: plan.kind }), columns };
  return `# ${header.map((cell) => JSON.stringify(cell)).join(", ")}\n${stringify(profile, { lineWidth: 0 })}`;
}
