import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { importFile, type ImportOptions, type ImportSummary } from "../../pipeline/import/import.ts";
import type { Reject } from "../../pipeline/import/tables/rejects.ts";
import type { Account, Post } from "../../pipeline/schema.ts";

export const fixture = (...parts: string[]): string => join(import.meta.dirname, "files", ...parts);

/** Imports a whole file and checks the law that no row may break: read = posts + accounts + rejects. */
export async function importAll(path: string, options: Partial<ImportOptions> = {}): Promise<{ posts: Post[]; accounts: Account[]; rejects: Reject[]; summary: ImportSummary }> {
  const file = importFile(path, 0, { utcOffsetMs: 8 * 3_600_000, key: "test", privacy: "masked", ...options });
  const posts: Post[] = [];
  const accounts: Account[] = [];
  const rejects: Reject[] = [];
  for await (const batch of file) {
    posts.push(...batch.posts);
    accounts.push(...batch.accounts);
    rejects.push(...batch.rejects);
  }
  const summary = file.summary();
  if (summary.read !== posts.length + accounts.length + rejects.length) throw new Error(`read ${summary.read} ≠ ${posts.length} posts + ${accounts.length} accounts + ${rejects.length} rejects`);
  return { posts, accounts, rejects, summary };
}

let folder: string | null = null;
let files = 0;

/** Writes a file in a temporary folder of the test file, removed afterwards. */
export function scratch(content: string | Uint8Array, name = `${++files}.csv`): string {
  folder ??= mkdtempSync(join(tmpdir(), "yuqing-import-"));
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

afterAll(() => {
  if (folder !== null) rmSync(folder, { recursive: true, force: true });
  folder = null;
});
