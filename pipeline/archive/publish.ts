import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { YuqingError } from "../errors.ts";
import type { Archive } from "./archive.ts";
import { altered, guard, linked, unpublished } from "./errors.ts";
import { isLink, measureFile, replaceDurable, syncFolder } from "./files.ts";
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
    const above = [];
    for (let one = dirname(target); one.length >= reports.length; one = dirname(one)) above.push(one);
    for (const one of above) if (isLink(one)) throw linked(one);
    mkdirSync(dirname(target), { recursive: true });
    replaceDurable(target, join(dirname(target), `.${basename(target)}.tmp`), readFileSync(staged), mode);
    for (const one of above.slice(1)) syncFolder(one); // a folder made just now is durable with the one above
  } catch (cause) {
    if (cause instanceof YuqingError && cause.code === "ARCHIVE_ALTERED") throw cause;
    throw unpublished(target, cause instanceof YuqingError ? cause.parts.what.en : ((cause as NodeJS.ErrnoException).code ?? String(cause)));
  }
}
