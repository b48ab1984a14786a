import type { DuckDBValue } from "@duckdb/node-api";
import type { Filter } from "../analyzers/contract.ts";
import type { Fact, ReportFinding, SampleRow } from "../reports/report.ts";
import type { Database, SqlRow } from "./engines/duckdb.ts";
import { maskText } from "./import/privacy/privacy.ts";

/** Columns of `scored` that a filter may name. */
const plain = new Set(["id", "platform", "channel", "field", "kind", "root", "depth", "published_ms", "precision", "day", "slot", "author", "author_type", "followers", "region_ip", "region_profile", "polarity", "emotion", "worded", "author_first", "engagement"]);
/** Filters over lists of a text: the side table and its column. */
const listed: Record<string, [table: string, column: string]> = {
  term: ["text_terms", "term"],
  tag: ["hashtags", "tag"],
  mentioned: ["text_regions", "region"],
  account: ["text_accounts", "account"],
  emoticon: ["text_emoticons", "emoticon"],
  topic: ["text_topics", "topic"],
  viewpoint: ["text_viewpoints", "viewpoint"],
  subject: ["text_targets", "subject"],
  stance: ["text_targets", "stance"],
  taxonomy: ["text_classes", "taxonomy"],
  class: ["text_classes", "class"],
  triage: ["text_triage", "class"],
};

/** SQL condition with parameters for a filter. Unknown columns are programming errors and throw. */
export function condition(filter: Filter): { sql: string; values: DuckDBValue[] } {
  const values: DuckDBValue[] = [];
  const bind = (value: string | number | boolean) => `$${values.push(typeof value === "boolean" ? Number(value) : value)}`;
  const test = (column: string, value: Filter[string]): string => {
    if (value === null) return `${column} IS NULL`;
    if (Array.isArray(value)) return value.length === 0 ? "false" : `${column} IN (${value.map(bind).join(", ")})`;
    if (typeof value === "object") return [value.gte === undefined ? "true" : `${column} >= ${bind(value.gte)}`, value.lt === undefined ? "true" : `${column} < ${bind(value.lt)}`].join(" AND ");
    return `${column} = ${bind(value)}`;
  };
  const parts: string[] = [];
  /** Tests of one side table speak of one of its rows: what is said towards this subject, not what is said at all. */
  const sides = new Map<string, string[]>();
  for (const [column, value] of Object.entries(filter)) {
    const list = Object.hasOwn(listed, column) ? listed[column] : undefined;
    if (plain.has(column)) parts.push(test(`s."${column}"`, value));
    else if (list) sides.set(list[0], [...(sides.get(list[0]) ?? []), test(`"${list[1]}"`, value)]);
    else throw new Error(`evidence cannot filter by "${column}"`);
  }
  for (const [table, tests] of sides) parts.push(`s.worded = 1 AND s.text_no IN (SELECT text_no FROM ${table} WHERE ${tests.join(" AND ")})`);
  return { sql: parts.length === 0 ? "true" : parts.map((part) => `(${part})`).join(" AND "), values };
}

const columns = `s.row_no, s.id, s.file, s.line, p.source, p.source_line, s.platform, s.field, s.published_ms, s.precision, s.author_name, s.engagement,
  left(coalesce(nullif(concat_ws(' ', p.title, p.own), ''), p.quoted, ''), 400) AS text, p.url`;

/** Numbers all figures in order and fetches up to `samples` rows for each that has a filter (most engagement first, then earliest in the files), and every post that a section quotes. */
export async function gather(database: Database, findings: readonly ReportFinding[], files: readonly string[], options: { privacy: "masked" | "internal"; samples: number }): Promise<{ facts: Fact[]; rows: SampleRow[] }> {
  const facts: Fact[] = [];
  const chosen: (number[] | null)[] = [];
  const cache = new Map<string, { matched: number; rows: number[] }>();
  for (const finding of findings) {
    if (finding.status === "error") continue;
    for (const figure of finding.figures) {
      const found = figure.filter === null ? null : await select(database, figure.filter, options.samples, cache);
      facts.push({ no: facts.length + 1, finding: finding.id, key: figure.key, matched: found?.matched ?? null, samples: [] });
      chosen.push(found?.rows ?? null);
    }
  }
  const quoted = [...new Set(findings.flatMap((finding) => (finding.status === "error" ? [] : finding.quoted)))];
  const named = quoted.length === 0 ? [] : await database.rows<{ row_no: number }>(`SELECT row_no FROM scored WHERE id IN (${quoted.map((_, i) => `$${i + 1}`).join(", ")})`, quoted);
  const wanted = [...new Set([...chosen.flatMap((rows) => rows ?? []), ...named.map(({ row_no }) => row_no)])].sort((a, b) => a - b);
  const rows = wanted.length === 0 ? [] : await database.rows(`SELECT ${columns} FROM scored s JOIN posts p ON p.row_no = s.row_no WHERE s.row_no IN (${wanted.join(", ")}) ORDER BY s.row_no`);
  const ids = new Map(rows.map((row) => [row.row_no as number, row.id as string]));
  chosen.forEach((list, i) => (facts[i]!.samples = (list ?? []).map((row) => ids.get(row)!)));
  return { facts, rows: rows.map((row) => sample(row, files, options.privacy)) };
}

async function select(database: Database, filter: Filter, limit: number, cache: Map<string, { matched: number; rows: number[] }>) {
  const key = JSON.stringify(Object.entries(filter).sort(([a], [b]) => (a < b ? -1 : 1)));
  const known = cache.get(key);
  if (known) return known;
  const { sql, values } = condition(filter);
  // One scan: a heap of the top rows beside the count, where ORDER BY with a counting window would sort every matched row.
  const [{ matched, rows }] = (await database.rows<{ matched: number; rows: number[] | null }>(
    `SELECT count(*) AS matched, arg_max(s.row_no, {'engagement': s.engagement, 'early': -s.row_no}, ${limit})::INTEGER[] AS rows FROM scored s WHERE ${sql}`,
    values,
  )) as [{ matched: number; rows: number[] | null }];
  const found = { matched, rows: rows ?? [] };
  cache.set(key, found);
  return found;
}

function sample(row: SqlRow, files: readonly string[], privacy: "masked" | "internal"): SampleRow {
  const text = privacy === "masked" ? maskText(row.text as string) : (row.text as string);
  const characters = [...text.replace(/\s+/gu, " ").trim()];
  return {
    id: row.id as string,
    place: `${row.source ?? files[row.file as number]}:${row.source_line ?? row.line}`,
    platform: row.platform as string | null,
    field: row.field as string,
    published_ms: row.published_ms as number | null,
    precision: row.precision as string | null,
    author_name: row.author_name as string | null,
    text: characters.length > 140 ? `${characters.slice(0, 140).join("")}…` : characters.join(""),
    url: row.url as string | null,
    engagement: row.engagement as number,
  };
}
