import type { Figure } from "../../analyzers/contract.ts";
import type { Report, ReportFinding } from "../report.ts";

/** A fact in two reports. Both null never happens. */
export interface FactChange {
  finding: string;
  key: string;
  a: (Figure & { no: number }) | null;
  b: (Figure & { no: number }) | null;
  /** b − a; null when one is unknown or absent. */
  difference: number | null;
  /** Of two estimates: whether their 95 % intervals have points in common; null when one has none. */
  overlap: boolean | null;
}

export interface ReportDiff {
  /** Paths of event, config, versions and files that differ, with both values as JSON; null: absent. */
  conditions: { path: string; a: string | null; b: string | null }[];
  /** Sections whose status changed; null: not in that report. */
  statuses: { finding: string; a: ReportFinding["status"] | null; b: ReportFinding["status"] | null }[];
  changed: FactChange[];
  appeared: FactChange[];
  vanished: FactChange[];
  /** Facts that are in both and shown alike. */
  same: number;
}

/** Values nearer than this part of the larger are the same number computed twice. */
const noise = 1e-9;

/** What differs between two reports of one version, A first. Order: that of B's facts, then of A's. */
export function diffReports(a: Report, b: Report): ReportDiff {
  const [before, after] = [figuresOf(a), figuresOf(b)];
  const changes = [...new Set([...after.keys(), ...before.keys()])].map((id) => change(id, before.get(id) ?? null, after.get(id) ?? null));
  const both = changes.filter((one) => one.a !== null && one.b !== null);
  const changed = both.filter((one) => !alike(one.a!, one.b!));
  return {
    conditions: conditionsOf(a, b),
    statuses: statusesOf(a, b),
    changed,
    appeared: changes.filter((one) => one.a === null),
    vanished: changes.filter((one) => one.b === null),
    same: both.length - changed.length,
  };
}

function figuresOf({ findings, facts }: Report): Map<string, Figure & { no: number }> {
  const numbers = new Map(facts.map(({ no, finding, key }) => [`${finding}\u0000${key}`, no]));
  return new Map(
    findings.flatMap((finding) =>
      finding.status === "error" ? [] : finding.figures.map((figure): [string, Figure & { no: number }] => [`${finding.id}\u0000${figure.key}`, { ...(figure as Figure), no: numbers.get(`${finding.id}\u0000${figure.key}`)! }]),
    ),
  );
}

function change(id: string, a: FactChange["a"], b: FactChange["b"]): FactChange {
  const [finding, key] = id.split("\u0000") as [string, string];
  const known = a !== null && b !== null && a.value !== null && b.value !== null;
  const overlap = a?.interval && b?.interval ? a.interval[0] <= b.interval[1] && b.interval[0] <= a.interval[1] : null;
  return { finding, key, a, b, difference: known ? b.value! - a.value! : null, overlap };
}

function alike(a: Figure, b: Figure): boolean {
  if (a.unit !== b.unit || a.value === null || b.value === null) return a.unit === b.unit && a.value === b.value;
  return Math.abs(a.value - b.value) <= noise * Math.max(Math.abs(a.value), Math.abs(b.value));
}

function statusesOf(a: Report, b: Report): ReportDiff["statuses"] {
  const [before, after] = [a, b].map(({ findings }) => new Map(findings.map(({ id, status }) => [id, status]))) as [Map<string, ReportFinding["status"]>, Map<string, ReportFinding["status"]>];
  return [...new Set([...after.keys(), ...before.keys()])]
    .map((finding) => ({ finding, a: before.get(finding) ?? null, b: after.get(finding) ?? null }))
    .filter((one) => one.a !== one.b);
}

/** Generator, event, configuration, versions and files; the files by name with digest and counts. */
function conditionsOf(a: Report, b: Report): ReportDiff["conditions"] {
  const [before, after] = [a, b].map(
    ({ generator, event, config, manifest }) =>
      new Map([...flat("generator", generator), ...flat("event", event), ...flat("config", config), ...flat("versions", manifest.versions), ...manifest.files.flatMap(({ name, sha256, read, kept }) => flat(`files.${name}`, { sha256, read, kept }))]),
  ) as [Map<string, string>, Map<string, string>];
  return [...new Set([...after.keys(), ...before.keys()])]
    .map((path) => ({ path, a: before.get(path) ?? null, b: after.get(path) ?? null }))
    .filter((one) => one.a !== one.b);
}

function flat(path: string, value: unknown): [string, string][] {
  if (value === null || typeof value !== "object" || Object.keys(value).length === 0) return [[path, JSON.stringify(value) ?? "null"]];
  return Object.entries(value).flatMap(([key, inner]) => flat(`${path}.${key}`, inner));
}
