// node test/faults/swaps.mjs write|read PROJECT: a hundred commits, and a reader meanwhile; every state, file and report of a commit bears its number.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { setTimeout } from "node:timers/promises";

const dist = pathToFileURL(`${resolve(process.env.YUQING_DIST ?? "dist")}/`);
const { openArchive } = await import(new URL("pipeline/archive/archive.js", dist));
const { initProject } = await import(new URL("pipeline/archive/init.js", dist));
const { z } = await import("zod");
const [, , part, project] = process.argv;
const done = join(project, "done");
const schema = z.object({ number: z.number(), text: z.string() });
const page = (number) => `${number}\n${"舆情".repeat(50_000)}\n${number}\n`;

if (part === "write") {
  initProject(project);
  for (let i = 0; i < 100; i++) {
    const archive = openArchive(project, { write: true, nowMs: 0 });
    const draft = archive.begin();
    const value = { number: draft.number, text: "x".repeat(100_000) };
    draft.setState("ledger", value);
    draft.setState("alerts", value);
    draft.publish("page.html", page(draft.number));
    draft.commit();
    archive.close();
    await setTimeout(20);
  }
  writeFileSync(done, "");
} else {
  while (!existsSync(join(project, "yuqing.yaml"))) await setTimeout(5);
  const seen = new Set();
  let [reads, mixed, late] = [0, 0, 0];
  while (!existsSync(done)) {
    const archive = openArchive(project, { write: false, nowMs: 0 });
    const { commits } = archive.manifest;
    if (commits === 0) continue;
    reads++;
    seen.add(commits);
    try {
      if (archive.state("ledger", schema).number !== commits || archive.state("alerts", schema).number !== commits) mixed++;
    } catch (cause) {
      if (cause.code !== "ARCHIVE_ALTERED" || cause.parts.got !== "missing") throw cause;
      late++; // two commits passed while it read
    }
    if (!existsSync(join(project, "reports", "page.html"))) continue;
    const [first, text, last] = readFileSync(join(project, "reports", "page.html"), "utf8").split("\n");
    if (first !== last || text.length !== 100_000) mixed++;
  }
  console.log(`C6 reader during swaps\t${JSON.stringify({ reads, commits_seen: seen.size, mixed, overtaken: late })}\tbad ${mixed}`);
  process.exitCode = mixed > 0 ? 1 : 0;
}
