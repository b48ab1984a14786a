import { cpSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { z } from "zod";
import { hotWords } from "../../analyzers/event/hot-words.ts";
import { openArchive } from "../../pipeline/archive/archive.ts";
import { initProject } from "../../pipeline/archive/init.ts";
import { readProject } from "../../pipeline/archive/project.ts";
import { pruneBefore } from "../../pipeline/archive/prune.ts";
import { nightly } from "../../pipeline/nightly/nightly.ts";
import { silent } from "../../pipeline/progress.ts";
import { projectKey } from "../../pipeline/project.ts";
import type { Report } from "../../reports/report.ts";
import { sentences } from "../words/fixture.ts";

/** Hot words of an event against the archive's other posts. */

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "yuqing-words-")), "office");
  initProject(folder);
  // 60 other wordings are enough here.
  writeFileSync(join(folder, "yuqing.yaml"), "run: { threads: 0, analyzers: { hot-words: { archive: 60 } } }\n");
});
afterEach(() => rmSync(join(folder, ".."), { recursive: true, force: true }));

const days = ["2026-11-18", "2026-11-19", "2026-11-20"];
/** Every day 20 posts of the event, half of which speak of 停水, and 40 others of the same everyday words, half of which speak of 堵车. */
const [mine, others] = [sentences(60, ["停水"], 1, 2), sentences(120, ["堵车"], 2, 2)];
const rows = days.flatMap((day, d) => {
  const row = (i: number, text: string): string => `微博,${4_900_000_000_000_000 + 100 * d + i},某用户${100 * d + i},${1_000_000 + 100 * d + i},${text},${day} 1${i % 10}:0${i % 7}:00`;
  return [...mine.slice(20 * d, 20 * (d + 1)).map((text, i) => row(i, `澜桥${text}`)), ...others.slice(40 * d, 40 * (d + 1)).map((text, i) => row(50 + i, text))];
});
const header = "平台,微博id,微博作者,用户id,微博正文,发布时间";

/** Files that came in long ago. */
function arrive(name: string, content: readonly string[]): void {
  writeFileSync(join(folder, "inbox", name), `${[header, ...content].join("\n")}\n`);
  utimesSync(join(folder, "inbox", name), 1_700_000_000, 1_700_000_000);
}
const run = (time: string) => nightly({ project: readProject(folder), key: projectKey(folder), sources: [join(folder, "inbox")], nowMs: Date.parse(`${time}T23:00:00+08:00`), language: "zh", progress: silent, say: () => {} });
/** Of the event, which is found in the archive by a last night. */
async function report(): Promise<string> {
  writeFileSync(join(folder, "events", "water.yaml"), "name: 澜桥停水\nquery: [澜桥]\n");
  await run("2026-11-21");
  return readFileSync(join(folder, "reports", "events", "water", "report.json"), "utf8");
}
const words = (json: string) => ((JSON.parse(json) as Report).findings.find(({ id }) => id === "hot-words") as { data: unknown }).data as z.infer<typeof hotWords.data>;

it("compares with the archive's other posts, the same whether they came over three nights or in one", async () => {
  // Posts of all days in each file: late ones come with a later night.
  for (const d of days.keys()) {
    arrive(`${d}.csv`, rows.filter((_, i) => i % 3 === d));
    await run(days[d]!);
  }
  const byNight = await report();
  const { background, words: hot } = words(byNight);
  expect(background).toEqual({ kind: "archive", wordings: 120, days: [20_775, 20_777], short: null }); // three times 40, from 2026-11-18 on
  // Everyday words are as common in the others, if not in general language.
  expect(hot.map(({ term }) => term)).toEqual(["停水"]);

  const empty = join(folder, "..", "empty");
  initProject(empty);
  rmSync(join(folder, "archive"), { recursive: true });
  cpSync(join(empty, "archive"), join(folder, "archive"), { recursive: true });
  rmSync(join(folder, "events", "water.yaml"));
  await run(days[2]!);
  expect(await report()).toBe(byNight);
});

it("falls back to general language when too few are left, and says so; words of pruned nights go with their posts", async () => {
  for (const [d, day] of days.entries()) {
    arrive(`${d}.csv`, rows.slice(60 * d, 60 * (d + 1)));
    await run(day);
  }
  const archive = openArchive(folder, { write: true, nowMs: 0 });
  await pruneBefore(archive, days[2]!, "500MB");
  archive.close();
  expect(words(await report())).toMatchObject({ background: { kind: "general", wordings: 40, short: "few" } });
});
