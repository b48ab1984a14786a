import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { YuqingError } from "../errors.ts";
import type { Archive } from "./archive.ts";
import { altered, guard, linked, unpublished } from "./errors.ts";
import { isLink, measureFile, replaceDurable } from "./files.ts";
import { writeManifest } from "./manifest-file.ts";
import type { Publication } from "./manifest.ts";

/**
 * Puts what the manifest still lists as unpublished under PROJECT/reports, then strikes it off. Again is harmless: the same bytes in the same places.
 * Throws ARCHIVE_PUBLISH (exit 3: the archive is committed, the list stays), ARCHIVE_ALTERED.
 */
export function publish(archive: Archive): void {
  const { folder, manifest } = archive;
  if (manifest.publications.length === 0) return;
  const reports = join(dirname(folder), "reports");
  for (const publication of manifest.publications) place(folder, reports, publication);
  const next = { ...manifest, publications: [], dropped: [...manifest.dropped, ...manifest.publications.map(({ file }) => file)] };
  guard(folder, () => writeManifest(folder, next));
  archive.committed(next);
  guard(folder, () => manifest.publications.forEach(({ file }) => rmSync(join(folder, file), { force: true })));
}

function place(folder: string, reports: string, { name, file, sha256, mode }: Publication): void {
  const staged = join(folder, file);
  const target = join(reports, name);
  try {
    if (measureFile(staged).sha256 !== sha256) throw altered(staged, "other content", sha256);
    for (let above = dirname(target); above.length >= reports.length; above = dirname(above)) if (isLink(above)) throw linked(above);
    mkdirSync(dirname(target), { recursive: true });
    replaceDurable(target, join(dirname(target), `.${basename(target)}.tmp`), readFileSync(staged), mode);
  } catch (cause) {
    if (cause instanceof YuqingError && cause.code === "ARCHIVE_ALTERED") throw cause;
    throw unpublished(target, cause instanceof YuqingError ? cause.parts.what.en : ((cause as NodeJS.ErrnoException).code ?? String(cause)));
  }
}
