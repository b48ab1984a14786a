import { eventAnalyzers } from "../analyzers/index.ts";
import type { Context, EventAnalyzer, Finding, Table } from "../analyzers/contract.ts";
import type { ReportFinding } from "../reports/report.ts";
import type { EventConfig, RunConfig } from "./config.ts";
import { offsetMs } from "./config.ts";
import { YuqingError, nearest } from "./errors.ts";
import { tables, type TableName } from "./rollup/tables.ts";

/** Parses the options of every analyzer before any work; a mistyped analyzer or option stops the run. */
export function parseOptions(config: RunConfig): Map<string, unknown> {
  const ids = eventAnalyzers.map((analyzer) => analyzer.id);
  for (const id of Object.keys(config.analyzers)) {
    if (!ids.includes(id)) throw invalid(`analyzers.${id}`, id, ids.join(", "), nearest(id, ids));
  }
  const parsed = new Map<string, unknown>();
  for (const { id, options } of eventAnalyzers) {
    const result = options.safeParse(config.analyzers[id] ?? {});
    if (!result.success) {
      const issue = result.error.issues[0]!;
      throw invalid(["analyzers", id, ...issue.path].join("."), issue.code === "unrecognized_keys" ? issue.keys.join(", ") : JSON.stringify(config.analyzers[id]), issue.message, null);
    }
    parsed.set(id, result.data);
  }
  return parsed;
}

function invalid(where: string, got: string, expected: string, near: string | null): YuqingError {
  return new YuqingError("CONFIG_ANALYZER", 2, {
    what: { zh: "分析项的配置无效", en: "invalid analyzer options" },
    where,
    got,
    expected,
    ...(near === null ? {} : { next: { zh: `是否想写 ${near}？`, en: `did you mean ${near}?` } }),
  });
}

/**
 * Runs every event analyzer over the tables it declares and nothing else. A throw, or a result that breaks the contract, becomes an error finding:
 * the report goes on, says so, and the exit code is 3.
 */
export function analyze(all: ReadonlyMap<string, Table>, event: EventConfig, options: ReadonlyMap<string, unknown>, known: Pick<Context, "audit" | "calibration" | "library"> = {}, analyzers: readonly EventAnalyzer[] = eventAnalyzers): ReportFinding[] {
  const findings = new Map<string, Finding>();
  return analyzers.map((analyzer) => {
    const { id, question } = analyzer;
    try {
      const visible = new Map(analyzer.after.flatMap((name) => (findings.has(name) ? [[name, findings.get(name)!] as const] : [])));
      const context: Context = { ...known, event, utcOffsetMs: offsetMs(event.utcOffset), findings: visible };
      const finding = analyzer.analyze(narrow(analyzer, all), options.get(id) as Record<string, unknown>, context);
      const checked = check(analyzer, finding);
      findings.set(id, checked);
      return { id, question, ...checked, quoted: checked.quoted ?? [] } as ReportFinding;
    } catch (cause) {
      return { id, question, status: "error", error: cause instanceof Error ? cause.message : String(cause) };
    }
  });
}

/** Only the declared tables, with only the declared columns. */
export function narrow(analyzer: EventAnalyzer, all: ReadonlyMap<string, Table>): Record<string, Table> {
  return Object.fromEntries(
    Object.entries(analyzer.requires).map(([name, columns]) => {
      const known = tables[name as TableName]?.columns as readonly string[] | undefined;
      const unknown = columns.find((column) => !known?.includes(column));
      if (!known || unknown) throw new Error(`${analyzer.id} requires ${name}.${unknown ?? "*"}, which pipeline/rollup/tables.ts does not have`);
      const rows = all.get(name);
      if (!rows) throw new Error(`table ${name} was not made`);
      return [name, rows.map((row) => Object.fromEntries(columns.map((column) => [column, row[column] ?? null])))];
    }),
  );
}

function check(analyzer: EventAnalyzer, finding: Finding): Finding {
  const data = analyzer.data.parse(finding.data);
  const keys = new Set<string>();
  for (const { key, value, of, interval } of finding.figures) {
    if (keys.has(key)) throw new Error(`figure ${key} twice`);
    keys.add(key);
    for (const number of [value, of, ...(interval ?? [])]) if (number !== null && !Number.isFinite(number)) throw new Error(`figure ${key} is ${number}`);
  }
  return { ...finding, data };
}
