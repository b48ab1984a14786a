import { resolve } from "node:path";
import { datesOf } from "../digest/span.ts";
import { ledgerSchema } from "../ledger/ledger.ts";
import { openItems } from "../ledger/open.ts";
import { findSources } from "../nightly/sources.ts";
import type { Archive } from "./archive.ts";
import { listFiles } from "./files.ts";
import { workingHolder } from "./lock.ts";
import type { ArchiveNight } from "./manifest.ts";
import type { Project } from "./project.ts";
import { idsKind } from "./prune.ts";

export interface Status {
  name: string;
  folder: string;
  /** The last night; null before the first. */
  last: ArchiveNight | null;
  /** Since the last run, ms; null before the first. Negative when the clock was set back. */
  lag_ms: number | null;
  nights: number;
  /** Nights that ran and read no row; dates between the first night and the last on which nothing ran. */
  empty: number;
  missed: number;
  /** Rows of posts in the archive: what was pruned is not among them. */
  posts: number;
  /** Ids of pruned posts, by which they are known when they come again; and the bytes that they take. */
  pruned: { ids: number; bytes: number };
  sources: number;
  /** Sources of which nothing could be used. */
  faulty: number;
  events: number;
  files: number;
  bytes: number;
  /** Files of the inbox that the next run will read, and those that wait or are passed over. */
  inbox: { fresh: number; left: number };
  /** Items of the ledger that are not closed, and those of them past a deadline not met; null without a ledger. */
  ledger: { open: number; overdue: number } | null;
  /** Reports that the last run could not put under reports/, and files left by a killed run: the next run sees to both. */
  unpublished: number;
  leftover: number;
  /** Who is writing the archive now. */
  working: { pid: number; host: string; since_ms: number } | null;
}

/** What an operator asks first. Reads; takes no lock. */
export async function statusOf(project: Project, archive: Archive, nowMs: number): Promise<Status> {
  const { folder, manifest } = archive;
  const { nights, sources, files, publications, dropped, events } = manifest;
  const last = nights.at(-1) ?? null;
  const listed = new Set([...files.map(({ name }) => name), ...publications.map(({ file }) => file), ...dropped]);
  const given = project.config.inbox.sources.map((path) => resolve(project.folder, path));
  const { fresh, left } = await findSources(given, sources, { nowMs, settleSeconds: project.config.inbox.settleSeconds });
  const working = workingHolder(folder);
  const ids = archive.files(idsKind);
  return {
    name: project.config.name,
    folder: project.folder,
    last,
    lag_ms: last && nowMs - last.now_ms,
    nights: nights.length,
    empty: nights.filter(({ read }) => read === 0).length,
    missed: last === null ? 0 : datesOf({ from: nights[0]!.date, to: last.date }).length - nights.length,
    posts: files.reduce((sum, { kind, rows }) => sum + (kind === "posts" ? rows! : 0), 0),
    pruned: ids.reduce((sum, { rows, bytes }) => ({ ids: sum.ids + rows!, bytes: sum.bytes + bytes }), { ids: 0, bytes: 0 }),
    sources: sources.length,
    faulty: sources.filter(({ fault }) => fault !== null).length,
    events: events.length,
    files: files.length,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    inbox: { fresh: fresh.length, left: left.length },
    ledger: ledgerOf(archive, nowMs),
    unpublished: publications.length,
    leftover: working === null ? listFiles(folder).filter((name) => !listed.has(name) && !/^(?:manifest\.json|lock(?:\..*)?)$/.test(name)).length : 0,
    working,
  };
}

function ledgerOf(archive: Archive, nowMs: number): Status["ledger"] {
  const ledger = archive.state("ledger", ledgerSchema);
  if (ledger === null) return null;
  const open = openItems(ledger, nowMs);
  return { open: open.length, overdue: open.filter(({ overdue }) => overdue.length > 0).length };
}
