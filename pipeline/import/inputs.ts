import { basename } from "node:path";

/** One file to import. */
export interface Input {
  /** Path on disk. */
  path: string;
  /** Name of the entry inside a .zip; null for a plain file. */
  entry: string | null;
  /** As shown: the file's name, or its path relative to the folder or pattern given; `archive.zip/inner.csv` for an entry. */
  name: string;
}

export const inputOf = (path: string): Input => ({ path, entry: null, name: basename(path) });
