// node test/faults/night.mjs PROJECT: a small night that only knows the archive. Every new file of inbox/ becomes three files, two states and two publications
// in one commit. Built code: ../../dist, or the folder that YUQING_DIST names. Prints "ready" when it begins. TRACE names a file that records who held the lock when.
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const dist = pathToFileURL(`${resolve(process.env.YUQING_DIST ?? join(import.meta.dirname, "../../dist"))}/`);
const { openArchive } = await import(new URL("pipeline/archive/archive.js", dist));
const { z } = await import("zod");
const project = process.argv[2];
const trace = (word) => process.env.TRACE && appendFileSync(process.env.TRACE, `${word} ${process.pid}\n`);
const listed = z.object({ names: z.array(z.string()) });

process.stdout.write("ready\n");
let archive;
try {
  archive = openArchive(project, { write: true, nowMs: 0, onRepair: ({ en }) => process.stderr.write(`${en}\n`) });
  trace("enter");
  for (const name of readdirSync(join(project, "inbox")).sort()) take(name, readFileSync(join(project, "inbox", name)));
  if (archive.manifest.publications.length > 0) process.exitCode = 3; // still not under reports/, as was said at the opening
  trace("leave");
  archive.close();
} catch (cause) {
  process.stderr.write(`${cause?.code ?? ""} ${cause?.stack ?? cause}\n`);
  try {
    archive?.close();
  } catch (second) {
    process.stderr.write(`${second?.message}\n`);
  }
  process.exitCode = cause?.exit ?? 1;
}

function take(name, content) {
  const sha256 = createHash("sha256").update(content).digest("hex");
  if (archive.manifest.sources.some((source) => source.sha256 === sha256)) return;
  const date = `2026-01-${String(archive.manifest.nights.length + 1).padStart(2, "0")}`;
  const names = [...(archive.state("names", listed)?.names ?? []), name];
  const draft = archive.begin();
  const posts = `posts/${date}.${draft.number}.bin`;
  writeFileSync(draft.path(posts), Buffer.concat(Array(200).fill(content))); // as DuckDB would, past the draft
  draft.add(posts, "posts", { rows: 200, night: date });
  draft.write(`counts/${date}.${draft.number}.json`, "counts", `{"posts":200}\n`, { rows: null, night: date });
  draft.write(`nights/${date}.${draft.number}.json`, "night", `{"date":"${date}"}\n`, { rows: null, night: date });
  draft.setState("names", { names });
  draft.setState("ledger", { open: names.length });
  draft.publish("digest.html", `<p>${names.join()}</p>\n`.repeat(500));
  draft.publish(`${date}/digest.txt`, `${names.join()}\n`);
  const counts = { read: 200, posts: 200, accounts: 0, rejected: 0, fresh: 200 };
  draft.commit((manifest) => ({
    ...manifest,
    sources: [...manifest.sources, { name, sha256, bytes: content.length, modified_ms: 0, night: date, format: "csv", encoding: "utf-8", ...counts, rejects: {}, suspicions: [], note: null, fault: null }],
    nights: [...manifest.nights, { date, runs: 1, now_ms: 0, ...counts }],
  }));
}
