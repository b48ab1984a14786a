import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { YuqingError } from "../errors.ts";
import type { Archive } from "./archive.ts";
import { altered, guard, linked, unpublished } from "./errors.ts";
import { isLink, measureFile, replaceDurable, syncFolder } from "./files.ts";
import { writeManifest } from "./manifest-file.ts";
import type { Publication } from "./manifest.ts";

/**
 * Puts what the manifest still lists as unpublished under PROJECT/reports, then strikes it off. Again is harmless: the same bytes in the same places. What cannot be put there stays
 * listed and holds up nothing else. Throws ARCHIVE_PUBLISH (exit 3: the archive is committed), ARCHIVE_ALTERED.
 */
export function publish(archive: Archive): void {
  const { folder, manifest } = archive;
  if (manifest.publications.length === 0) return;
  const reports = join(dirname(folder), "reports");
  const faults: unknown[] = [];
  const left = manifest.publications.filter((publication) => {
    try {
      place(folder, reports, publication);
      return false;
    } catch (cause) {
      faults.push(cause);
      return true;
    }
  });
  strikeOff(archive, left);
  if (faults.length > 0) throw faults.find((one) => one instanceof YuqingError && one.code === "ARCHIVE_ALTERED") ?? faults[0];
}

function strikeOff(archive: Archive, left: Publication[]): void {
  const { folder, manifest } = archive;
  const done = manifest.publications.filter((one) => !left.includes(one));
  if (done.length === 0) return;
  const next = { ...manifest, publications: left, dropped: [...manifest.dropped, ...done.map(({ file }) => file)] };
  guard(folder, () => writeManifest(folder, next));
  archive.committed(next);
  guard(folder, () => done.forEach(({ file }) => rmSync(join(folder, file), { force: true })));
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
