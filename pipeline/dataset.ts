import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { merge } from "./clean.ts";
import type { EventConfig, RunConfig } from "./config.ts";
import { Database } from "./engines/duckdb.ts";
import { YuqingError } from "./errors.ts";
import { inputOf, type Input } from "./import/open/inputs.ts";
import { maskText } from "./import/privacy/privacy.ts";
import type { Reject } from "./import/tables/rejects.ts";
import { ingest, type Intake } from "./ingest.ts";
import type { Output } from "./output.ts";
import { silent, type Progress } from "./progress.ts";
import { postColumns, type Post } from "./schema.ts";
import { versions } from "./versions.ts";

export interface DatasetOptions {
  /** Folder of the dataset; posts that it already holds stay, and come first. */
  folder: string;
  inputs: readonly Input[];
  event: EventConfig;
  config: RunConfig;
  profile?: string | undefined;
  key: Uint8Array;
  output: Output;
  onReject(reject: Reject): void;
  progress?: Progress;
}

/** One run of `yuqing import`. read = posts + accounts + rejected; posts = added + merged. */
export interface ImportRecord {
  files: (Omit<Intake, "file" | "rejects"> & { rejects: Record<string, number> })[];
  read: number;
  /** Posts that the dataset did not hold. */
  added: number;
  /** Rows with the id of a post that it already held, or of an earlier row. */
  merged: number;
  accounts: number;
  rejected: number;
}

export interface Manifest {
  version: 1;
  generator: { name: "yuqing"; version: string };
  posts: number;
  imports: ImportRecord[];
}

const postsFile = "posts.jsonl";
const manifestFile = "import.json";

/**
 * Writes posts.jsonl (one post a line, in the order read; readable by `yuqing report`) and import.json (what each import read, kept, merged, rejected).
 * A dataset in the folder is added to: the same rows again change nothing. Words are masked unless privacy is internal.
 */
export async function addToDataset({ folder, inputs, event, config, profile, key, output, onReject, progress = silent }: DatasetOptions): Promise<{ record: ImportRecord; posts: number }> {
  const before = readManifest(folder);
  const own = before === null ? [] : [{ ...inputOf(join(folder, postsFile)), name: postsFile }];
  const database = await Database.open({ memory: config.memory });
  try {
    progress.start({ zh: "导入", en: "import" });
    const intake = await ingest(database, { inputs: [...own, ...inputs], event, config, profile, key, onReject, progress });
    if (own.length > 0 && (intake[0]!.fault !== null || intake[0]!.rejected > 0)) throw altered(folder, intake[0]!);
    await nameRows(database, intake.slice(own.length));
    await merge(database);
    let posts = 0;
    const first = "SELECT min(row_no) FROM posts GROUP BY id";
    await database.each<Post & Record<string, string | number | null>>(`SELECT * FROM merged p WHERE row_no IN (${first}) ORDER BY row_no`, (post) => {
      posts++;
      output.write(postsFile, `${JSON.stringify(exported(post, own.length > 0 && post.file === 0 ? null : intake[post.file!]!.name, config.privacy))}\n`, 0o600);
    });
    const added = posts - (before?.posts ?? 0);
    const mine = intake.slice(own.length);
    const sum = (column: "read" | "posts" | "accounts" | "rejected") => mine.reduce((total, file) => total + file[column], 0);
    const record: ImportRecord = { files: mine.map(fileRecord), read: sum("read"), added, merged: sum("posts") - added, accounts: sum("accounts"), rejected: sum("rejected") };
    const manifest: Manifest = { version: 1, generator: { name: "yuqing", version: versions.yuqing! }, posts, imports: [...(before?.imports ?? []), record] };
    output.write(postsFile, "", 0o600);
    output.write(manifestFile, `${JSON.stringify(manifest, null, 1)}\n`);
    progress.end({ zh: `新增 ${added} 条，并入 ${record.merged} 行，拒收 ${record.rejected} 行`, en: `${added} posts added, ${record.merged} rows merged, ${record.rejected} rejected` });
    return { record, posts };
  } finally {
    database.close();
  }
}

function fileRecord({ name, format, encoding, bytes, sha256, read, posts, accounts, rejected, rejects, suspicions, note, fault }: Intake): ImportRecord["files"][number] {
  return { name, format, encoding, bytes, sha256, read, posts, accounts, rejected, rejects: Object.fromEntries(rejects), suspicions, note, fault };
}

/** A row known by its place only is known by its file's content from now on: the number of a file in a run would mean another file in the next one. */
export async function nameRows(database: Database, intake: readonly Pick<Intake, "file" | "sha256">[]): Promise<void> {
  for (const { file, sha256 } of intake) await database.run("UPDATE posts SET id = $1 || substr(id, length($2) + 1) WHERE starts_with(id, $2)", [`row:${sha256.slice(0, 12)}:`, `row:${file}:`]);
}

/** Columns of Post in posts.jsonl: `file` and `line` are said by `source`, `day` and `slot` follow from the time. */
const columns = (Object.keys(postColumns) as (keyof Post)[]).filter((name) => !["file", "line", "day", "slot"].includes(name));
const words = new Set<string>(["title", "own", "quoted"]);

/** A post as it stands in posts.jsonl: its place is that of the file it first came from. `name` null: it stood here before. */
function exported(post: Post, name: string | null, privacy: "masked" | "internal"): Record<string, unknown> {
  const placed = name === null ? post : { ...post, source: post.source ?? name, source_line: post.source_line ?? post.line };
  return Object.fromEntries(columns.map((column) => [column, privacy === "masked" && words.has(column) && placed[column] !== null ? maskText(placed[column] as string) : placed[column]]));
}

function readManifest(folder: string): Manifest | null {
  const path = join(folder, manifestFile);
  if (!existsSync(path)) return null;
  try {
    const manifest = JSON.parse(readFileSync(path, "utf8")) as Manifest;
    if (manifest.version === 1 && Number.isSafeInteger(manifest.posts) && Array.isArray(manifest.imports)) return manifest;
  } catch {
    // said below
  }
  throw new YuqingError("DATASET_VERSION", 2, { what: { zh: "已有的 import.json 读不了，或来自其他版本", en: "the import.json there cannot be read or is of another version" }, where: path, expected: "version 1", next: { zh: "换一个 --out 目录", en: "choose another --out folder" } });
}

function altered(folder: string, { fault, rejected, read }: Intake): YuqingError {
  return new YuqingError("DATASET_ALTERED", 2, {
    what: { zh: "已有的 posts.jsonl 被改动过，没有动它", en: "the posts.jsonl there has been altered; it was left as it is" },
    where: join(folder, postsFile),
    got: fault?.en ?? `${rejected} / ${read} unreadable`,
    next: { zh: "恢复备份，或换一个 --out 目录", en: "restore it from a copy, or choose another --out folder" },
  });
}
