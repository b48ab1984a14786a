import { readFileSync } from "node:fs";
import { join } from "node:path";
import { missing } from "./errors.ts";
import { replaceDurable } from "./files.ts";
import { manifestSchema, manifestText, parseManifest, type Manifest } from "./manifest.ts";

/** The manifest in the archive folder. It is replaced as a whole, so what is read is that of one commit. Throws ARCHIVE_MISSING, ARCHIVE_DAMAGED, ARCHIVE_VERSION. */
export function readManifest(folder: string): Manifest {
  const path = join(folder, "manifest.json");
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") throw missing(folder);
    throw cause;
  }
  return parseManifest(text, path);
}

/** Replaces the manifest; durable when it returns. A manifest that its schema refuses is a bug of the caller and is never written. */
export function writeManifest(folder: string, manifest: Manifest): void {
  const text = manifestText(manifestSchema.parse(manifest));
  replaceDurable(join(folder, "manifest.json"), join(folder, "manifest.json.tmp"), Buffer.from(text), 0o600);
}
