// node test/faults/check.mjs PROJECT STATES.json faulted|recovered: exit 0 when the project is whole. STATES.json holds its state before and after the run ({ before, after }, by stateOf).
// faulted: the archive is as before or as after, every listed file whole; reports are whole, none too early. recovered: as after, nothing left over.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";

const hashOf = (path) => createHash("sha256").update(readFileSync(path)).digest("hex");
const filesIn = (folder) => (existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1)).sort() : []);

/** What a project's archive holds and its reports show. Throws when a listed file is not whole. */
export function stateOf(project) {
  const archive = join(project, "archive");
  const { publications, dropped, ...kept } = JSON.parse(readFileSync(join(archive, "manifest.json"), "utf8"));
  for (const { name, sha256 } of [...kept.files, ...publications.map((one) => ({ ...one, name: one.file }))]) {
    if (hashOf(join(archive, name)) !== sha256) throw new Error(`altered: ${name}`);
  }
  const listed = new Set(["manifest.json", ...dropped, ...kept.files.map(({ name }) => name), ...publications.map(({ file }) => file)]);
  const reports = Object.fromEntries(filesIn(join(project, "reports")).map((name) => [name, hashOf(join(project, "reports", name))]));
  return { kept, pending: publications.length, unlisted: filesIn(archive).filter((name) => !listed.has(name)), reports };
}

export function faultIn(project, { before, after }, moment) {
  let state;
  try {
    state = stateOf(project);
  } catch (cause) {
    return String(cause);
  }
  const visible = Object.entries(state.reports).filter(([name]) => !name.split("/").at(-1).startsWith("."));
  if (moment === "recovered") {
    if (!isDeepStrictEqual(state.kept, after.kept)) return "archive not as after";
    if (!isDeepStrictEqual(state.reports, after.reports)) return "reports not as after";
    if (state.pending > 0 || state.unlisted.length > 0) return `left over: ${state.unlisted.join(" ")}`;
    return null;
  }
  const torn = visible.find(([name, hash]) => hash !== before.reports[name] && hash !== after.reports[name]);
  if (torn) return `torn report ${torn[0]}`;
  if (isDeepStrictEqual(state.kept, before.kept)) return state.pending === before.pending && visible.some(([name, hash]) => before.pending === 0 && hash !== before.reports[name]) ? "report before its commit" : null;
  if (!isDeepStrictEqual(state.kept, after.kept)) return "archive neither as before nor as after";
  return state.pending === 0 && !isDeepStrictEqual(Object.fromEntries(visible), after.reports) ? "report lost" : null;
}

if (process.argv[1] === import.meta.filename) {
  const [, , project, states, moment] = process.argv;
  const fault = faultIn(project, JSON.parse(readFileSync(states, "utf8")), moment);
  if (fault !== null) {
    console.error(fault);
    process.exitCode = 1;
  }
}
