import { cpSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { openArchive } from "../../pipeline/archive/archive.ts";
import { verifyArchive } from "../../pipeline/archive/verify.ts";
import type * as EventReport from "../../pipeline/nightly/event-report.ts";
import { arrive, closeOffice, csv, digestOf, manifestText, newOffice, night, yuqing } from "./office.ts";

/** A16: each stage of a night throws once, on a second night with new posts, a known event and a new one. */

const fault = vi.hoisted(() => ({ stage: "", calls: 0 }));
const throwing = vi.hoisted(() => (names: Record<string, (...given: never[]) => boolean>) => async (original: () => Promise<object>) => {
  const module: Record<string, unknown> = { ...(await original()) };
  for (const [name, applies] of Object.entries(names)) {
    const real = module[name] as (...given: never[]) => unknown;
    module[name] = (...given: never[]) => {
      if (fault.stage !== name || !applies(...given)) return real(...given);
      fault.calls++;
      throw new TypeError(`bug in ${name}: 某网友的原话`);
    };
  }
  return module;
});
const always = vi.hoisted(() => () => true);
vi.mock("../../pipeline/nightly/events.ts", throwing({ readEvents: always }));
vi.mock("../../pipeline/nightly/sources.ts", throwing({ findSources: always }));
vi.mock("../../pipeline/ingest.ts", throwing({ ingest: always }));
vi.mock("../../pipeline/nightly/take.ts", throwing({ take: always }));
vi.mock("../../pipeline/nightly/posts.ts", throwing({ writePosts: always, keepFresh: always }));
vi.mock("../../pipeline/load.ts", throwing({ load: always }));
vi.mock("../../pipeline/relate/texts.ts", throwing({ makeWordedTexts: always }));
vi.mock("../../pipeline/relate/clusters.ts", throwing({ relateClusters: always }));
vi.mock("../../pipeline/relate/triage.ts", throwing({ relateTriage: always }));
vi.mock("../../pipeline/nightly/assign.ts", throwing({ assign: always, writeMembers: always }));
vi.mock("../../pipeline/nightly/observe.ts", throwing({ gatherMembers: always, addCourse: always, relateEvents: always, countNight: always, listItems: always }));
vi.mock("../../pipeline/nightly/event-report.ts", async (original: () => Promise<typeof EventReport>) => {
  const made = new Map<string, ReturnType<typeof EventReport.reportEvent>>();
  const real = await original();
  const once = (...given: Parameters<typeof real.reportEvent>) => made.get(given[0].key) ?? made.set(given[0].key, real.reportEvent(...given)).get(given[0].key)!; // what it says is no matter here
  return throwing({ reportEvent: always, reportFiles: always })(() => Promise.resolve({ ...real, reportEvent: once }));
});
vi.mock("../../pipeline/ledger/file.ts", throwing({ fileItems: always }));
vi.mock("../../pipeline/alerts/evaluate.ts", throwing({ evaluateAlerts: always }));
vi.mock("../../pipeline/digest/digest.ts", throwing({ makeDigest: always }));
vi.mock("../../reports/digest/render.ts", throwing({ renderDigest: always }));
vi.mock("../../reports/digest/document.ts", throwing({ digestDocument: always }));
vi.mock("../../pipeline/archive/manifest-file.ts", throwing({ writeManifest: always }));
vi.mock("../../pipeline/archive/publish.ts", throwing({ publish: always }));
vi.mock("../../pipeline/alerts/deliver.ts", throwing({ deliverOutbox: always }));
// What a page looks like is no matter here, and drawing it takes most of a night.
vi.mock("../../reports/html/render.ts", () => ({ renderHtml: () => Promise.resolve("<p>") }));

/** Before the commit: the archive stays as it was, to the byte. */
const before = ["readEvents", "findSources", "ingest", "take", "writePosts", "keepFresh", "load", "makeWordedTexts", "relateClusters", "relateTriage", "assign", "writeMembers", "gatherMembers", "addCourse", "relateEvents", "countNight", "listItems", "fileItems", "evaluateAlerts", "writeManifest"];
/** Costs itself: the night is committed and says so. */
const partly = ["reportEvent", "reportFiles"];
/** Costs the digest: a plain page stands in its place, and the next digest says it. */
const digestOnly = ["makeDigest", "renderDigest", "digestDocument"];
/** After the commit: the posts are in, the next run completes the rest. */
const after = ["publish", "deliverOutbox"];

let start: string;
let folder: string;
beforeAll(async () => {
  start = newOffice();
  writeFileSync(join(start, "events", "water.yaml"), "name: 澜桥停水\nquery: 澜桥\n");
  arrive(start, "a.csv", csv(1, 12));
  expect((await night(start, "2026-11-20 23:00")).exit).toBe(0);
  writeFileSync(join(start, "events", "tap.yaml"), "name: 没有水\nquery: 没有水用\n");
  arrive(start, "b.csv", csv(13, 9));
});
afterAll(() => closeOffice(start));
afterEach(() => {
  fault.stage = "";
  closeOffice(folder);
});

async function faulted(stage: string): ReturnType<typeof night> {
  folder = newOffice();
  cpSync(start, folder, { recursive: true, preserveTimestamps: true });
  Object.assign(fault, { stage, calls: 0 });
  const run = await night(folder, "2026-11-21 23:00");
  expect(fault.calls).toBeGreaterThan(0);
  expect(run.said).not.toContain("    at "); // a stack may quote posts: it goes to a file
  return run;
}
async function faultsIn(): Promise<unknown[]> {
  return (await verifyArchive(openArchive(folder, { write: false, nowMs: 0 }))).faults;
}
const posts = (): number[] => (JSON.parse(manifestText(folder)) as { nights: { posts: number }[] }).nights.map((one) => one.posts);

describe("a stage that throws", () => {
  it.each(before)("%s: exit code 1, the archive as before", async (stage) => {
    const { exit, said } = await faulted(stage);
    expect(exit).toBe(1);
    expect(said).toContain("INTERNAL");
    expect(manifestText(folder)).toBe(manifestText(start));
    expect(await faultsIn()).toEqual([]);
  });

  it("and the next run takes the posts in", async () => {
    await faulted("evaluateAlerts");
    fault.stage = "";
    expect((await night(folder, "2026-11-21 23:10")).exit).toBe(0);
    expect(posts()).toEqual([12, 9]);
    expect(digestOf(folder, "2026-11-21").events.map(({ key, fresh }) => [key, fresh.now])).toEqual([["tap", 9], ["water", 9]]);
  });

  it.each(partly)("%s: exit code 3, the digest says which report is missing", async (stage) => {
    const { exit, said } = await faulted(stage);
    expect([exit, posts()]).toEqual([3, [12, 9]]);
    expect(digestOf(folder, "2026-11-21").failures.filter(({ text }) => text.en.startsWith("no report of"))).toHaveLength(2);
    expect(said).toContain("no report of 澜桥停水");
    expect(await faultsIn()).toEqual([]);
    const before = manifestText(folder);
    expect([(await night(folder, "2026-11-21 23:05")).exit, manifestText(folder)]).toEqual([3, before]); // tried again, and nothing else has changed
    fault.stage = "";
    expect((await night(folder, "2026-11-21 23:10")).exit).toBe(0);
    expect([digestOf(folder, "2026-11-21").failures, digestOf(folder, "2026-11-21").coverage.fresh, posts()]).toEqual([[], 9, [12, 9]]);
    expect(existsSync(join(folder, "reports", "events", "tap", "report.html"))).toBe(true);
    expect((await night(folder, "2026-11-21 23:20")).said).toContain("nothing new");
  });

  it.each(digestOnly)("%s: exit code 3, the night is in, a plain page says why, and so does the next digest", async (stage) => {
    const { exit, said } = await faulted(stage);
    expect([exit, posts()]).toEqual([3, [12, 9]]);
    expect(said).toContain("the daily digest of 2026-11-21 could not be made: internal error (TypeError)");
    expect(said).not.toContain("某网友的原话");
    const page = readFileSync(join(folder, "reports", "digests", "day-2026-11-21.txt"), "utf8");
    expect(page.replaceAll("\n", " ")).toMatch(/could not be made: internal error[^]*9 rows read \(0 rejected\), 9 new posts[^]*yuqing digest --period day --date 2026-11-21/);
    expect(digestOf(folder, "2026-11-21")).toMatchObject({ period: "day", failures: [{ dates: ["2026-11-21"] }] });
    expect(readdirSync(join(folder, "reports", "digests")).filter((name) => name.includes("21")).sort()).toEqual(["day-2026-11-21.docx", "day-2026-11-21.html", "day-2026-11-21.json", "day-2026-11-21.txt"]);
    const stacks = join(folder, "reports", "2026-11-21", "errors.txt");
    expect([readFileSync(stacks, "utf8").includes(`bug in ${stage}`), statSync(stacks).mode & 0o077]).toEqual([true, 0]);
    expect(await faultsIn()).toEqual([]);
    fault.stage = "";
    expect((await night(folder, "2026-11-21 23:30")).said).toContain("nothing new");
    expect((await night(folder, "2026-11-22 23:00")).exit).toBe(0);
    const failures = (date: string): string[] => digestOf(folder, date).failures.map(({ text }) => text.en);
    expect(failures("2026-11-22")).toEqual([expect.stringContaining("the daily digest of 2026-11-21 could not be made")]);
    expect((await night(folder, "2026-11-23 23:00")).exit).toBe(0);
    expect(failures("2026-11-23")).toEqual([]); // once is enough
    expect((await yuqing(folder, "digest", "--project", folder, "--date", "2026-11-21")).exit).toBe(0);
    expect([digestOf(folder, "2026-11-21").coverage.fresh, failures("2026-11-21")]).toEqual([9, []]);
  });

  it("a digest that a later run of the day can make is said no more", async () => {
    await faulted("makeDigest");
    fault.stage = "";
    arrive(folder, "c.csv", csv(22, 3));
    expect((await night(folder, "2026-11-21 23:30")).exit).toBe(0);
    expect(digestOf(folder, "2026-11-21")).toMatchObject({ failures: [], coverage: { fresh: 12 } });
    expect((await night(folder, "2026-11-22 23:00")).exit).toBe(0);
    expect(digestOf(folder, "2026-11-22").failures).toEqual([]);
  });

  it.each(after)("%s: exit code 3, the posts are in, the next run completes it", async (stage) => {
    const { exit, said } = await faulted(stage);
    expect([exit, posts()]).toEqual([3, [12, 9]]);
    expect(said).toContain("the night is in the archive; after that: ");
    expect(/\d+ files are still to be put under reports\//.test(said)).toBe(stage === "publish");
    expect(await faultsIn()).toEqual([]);
    fault.stage = "";
    expect((await night(folder, "2026-11-21 23:10")).exit).toBe(0);
    expect(posts()).toEqual([12, 9]);
    expect(digestOf(folder, "2026-11-21").coverage.fresh).toBe(9);
  });
});
