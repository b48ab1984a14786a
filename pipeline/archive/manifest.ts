import { z } from "zod";
import { YuqingError, type Message } from "../errors.ts";
import { versions } from "../versions.ts";

/** Version of the archive's format. A newer one is refused, an older one migrated on reading. */
export const archiveVersion = 1;

const count = z.number().int().nonnegative();
const ms = z.number().int();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const message = z.strictObject({ zh: z.string(), en: z.string() });
/** Local date of a night, "2026-11-21". */
export const nightDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "YYYY-MM-DD");

/** Path under archive/: lower-case ASCII, in a folder, so that it means one file on every file system and never manifest.json or the lock. */
export const fileName = z.string().max(200).regex(/^[a-z0-9][a-z0-9._-]*(?:\/[a-z0-9_][a-z0-9._-]*)+$/, "folder/name in lower-case letters, digits, . _ -");

/** Path under reports/: any letters, but no part that is hidden, leads upwards, or holds a control or separator character. */
export const reportName = z
  .string()
  .min(1)
  .max(200)
  .refine((name) => name.split("/").every((part) => /^[^\p{C}\p{Z}.\\:/][^\p{C}\\:*?"<>|/]*$/u.test(part)), "a relative path without .., hidden or control characters");

const fileSchema = z.strictObject({
  name: fileName,
  /** What it holds: "posts", "state", or whatever its writer calls it. */
  kind: z.string().regex(/^[a-z][a-z-]*$/),
  bytes: count,
  sha256,
  /** Rows of a table; null for what is none. */
  rows: count.nullable(),
  night: nightDate.nullable(),
  /** Key of the event; null: of no event in particular. */
  event: z.string().nullable(),
  /** Of a state: what it is the present state of. Null for other kinds. */
  role: z.string().regex(/^[a-z][a-z-]*$/).nullable(),
});
/** One immutable file of the archive. */
export type ArchiveFile = z.infer<typeof fileSchema>;

const sourceSchema = z.strictObject({
  name: z.string(),
  sha256,
  bytes: count,
  modified_ms: ms,
  night: nightDate,
  format: z.string(),
  encoding: z.string(),
  /** read = posts + accounts + rejected; fresh ≤ posts: those that the archive did not hold. */
  read: count,
  posts: count,
  accounts: count,
  rejected: count,
  fresh: count,
  /** Rejected rows by reason. */
  rejects: z.record(z.string(), count),
  suspicions: z.array(z.strictObject({ code: z.string(), message, bends: message.nullable(), count, lines: z.array(count) })),
  /** What exports of this format cannot tell. */
  note: message.nullable(),
  /** Why nothing of the file was used; null when it was. */
  fault: message.nullable(),
});
/** One source file, known by its content: a sha256 is listed once, whatever names it came under. */
export type ArchiveSource = z.infer<typeof sourceSchema>;

const nightSchema = z.strictObject({
  date: nightDate,
  /** Runs of this date that committed. */
  runs: count,
  /** Instant that the last of them took for now, UTC ms. */
  now_ms: ms,
  /** Sums over the runs. read = posts + accounts + rejected; fresh: posts that the archive did not hold. */
  read: count,
  posts: count,
  accounts: count,
  rejected: count,
  fresh: count,
});
export type ArchiveNight = z.infer<typeof nightSchema>;

const eventSchema = z.strictObject({
  key: z.string().min(1),
  name: z.string(),
  /** Hash of the query's canonical form: another one means that the members must be found anew. */
  query: z.string(),
  /** Names of the files that say which posts are its own, in order. */
  files: z.array(fileName),
});
export type ArchiveEvent = z.infer<typeof eventSchema>;

const publicationSchema = z.strictObject({ name: reportName, file: fileName, bytes: count, sha256, mode: count });
/** A copy under archive/ that still has to be put under reports/. */
export type Publication = z.infer<typeof publicationSchema>;

const unique = (names: readonly string[]): boolean => new Set(names).size === names.length;

export const manifestSchema = z
  .strictObject({
    version: z.literal(archiveVersion),
    generator: z.strictObject({ name: z.literal("yuqing"), version: z.string() }),
    /** Commits so far. Work of a killed run carries a number above it. */
    commits: count,
    sources: z.array(sourceSchema).refine((all) => unique(all.map((source) => source.sha256)), "every source once"),
    nights: z.array(nightSchema).refine((all) => all.every(({ date }, i) => i === 0 || all[i - 1]!.date < date), "nights in order, every date once"),
    files: z.array(fileSchema).refine((all) => unique(all.map(({ name }) => name)), "every file once").refine((all) => unique(all.flatMap(({ role }) => role ?? [])), "every role once"),
    events: z.array(eventSchema).refine((all) => unique(all.map(({ key }) => key)), "every event once"),
    /** Not yet under reports/. Empty after every run that was not cut. */
    publications: z.array(publicationSchema),
    /** Left out by the last commit, still there for who reads the manifest before it; the next writer removes them. */
    dropped: z.array(fileName),
  })
  .refine(({ files, events }) => {
    const names = new Set(files.map(({ name }) => name));
    return events.every((event) => event.files.every((name) => names.has(name)));
  }, "files of events are files of the archive");
export type Manifest = z.infer<typeof manifestSchema>;

export const emptyManifest = (): Manifest => ({
  version: archiveVersion,
  generator: { name: "yuqing", version: versions.yuqing },
  commits: 0,
  sources: [],
  nights: [],
  files: [],
  events: [],
  publications: [],
  dropped: [],
});

/** From one version to the next, on a copy: the manifest on disk stays as it is until the next commit. */
export type Migration = (old: Record<string, unknown>) => Record<string, unknown>;
/** By the version that they start from. None yet: 1 is the first version. */
const migrations: ReadonlyMap<number, Migration> = new Map();

/**
 * The manifest in `text`. Throws ARCHIVE_VERSION (newer, or older than what can be migrated) and ARCHIVE_DAMAGED (exit 2); `where` is its path, for the message.
 */
export function parseManifest(text: string, where: string, steps = migrations): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw damaged(where, `${text.length} characters, no JSON`);
  }
  const version = (value as { version?: unknown } | null)?.version;
  if (typeof version !== "number" || !Number.isInteger(version)) throw damaged(where, "no version");
  if (version > archiveVersion) throw newer(where, version);
  let current = value as Record<string, unknown>;
  for (let from = version; from < archiveVersion; from++) {
    const step = steps.get(from);
    if (step === undefined) throw tooOld(where, version);
    current = { ...step(structuredClone(current)), version: from + 1 };
  }
  const parsed = manifestSchema.safeParse(current);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw damaged(where, `${path.join(".")}: ${message}`);
}

/** One record a line: short, and readable in a diff. */
export function manifestText(manifest: Manifest): string {
  const lines = Object.entries(manifest).map(([key, value]) => {
    const list = Array.isArray(value) && value.length > 0;
    return `${JSON.stringify(key)}:${list ? `[\n${value.map((record) => JSON.stringify(record)).join(",\n")}\n]` : JSON.stringify(value)}`;
  });
  return `{${lines.join(",\n")}}\n`;
}

/** The later one of the clock and the last night's now: with a clock set back, nights would trade places and deadlines come alive again. */
export function effectiveNow(manifest: Manifest, nowMs: number): { nowMs: number; message: Message | null } {
  const last = manifest.nights.reduce((latest, night) => Math.max(latest, night.now_ms), nowMs);
  if (last === nowMs) return { nowMs, message: null };
  const [clock, then] = [nowMs, last].map((at) => `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`);
  return { nowMs: last, message: { zh: `系统时钟（${clock}）早于上一夜（${then}），按上一夜的时刻继续`, en: `the clock (${clock}) is before the last night's (${then}): going on from the last night's` } };
}

function newer(where: string, version: number): YuqingError {
  return new YuqingError("ARCHIVE_VERSION", 2, {
    what: { zh: "档案由更新版本的 yuqing 写成", en: "the archive was written by a newer yuqing" },
    where,
    got: `version ${version}`,
    expected: `version ≤ ${archiveVersion}`,
    next: { zh: "升级 yuqing 后再运行；档案未动", en: "upgrade yuqing and run again; the archive is untouched" },
  });
}

function tooOld(where: string, version: number): YuqingError {
  return new YuqingError("ARCHIVE_VERSION", 2, {
    what: { zh: "档案的版本太旧，无法迁移", en: "the archive is too old to be migrated" },
    where,
    got: `version ${version}`,
    expected: `version ${archiveVersion}`,
    next: { zh: "用旧版 yuqing 读取，或新建项目后重新导入；档案未动", en: "read it with an older yuqing, or make a new project and import again; the archive is untouched" },
  });
}

function damaged(where: string, got: string): YuqingError {
  return new YuqingError("ARCHIVE_DAMAGED", 2, {
    what: { zh: "档案清单已损坏", en: "the manifest of the archive is damaged" },
    where,
    got,
    expected: `version ${archiveVersion}`,
    next: { zh: "从备份恢复整个 archive 目录；什么也没有改动", en: "restore the whole archive folder from a backup; nothing was changed" },
  });
}
