import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mulberry32 } from "../analyzers/statistics.ts";
import { modelVersion } from "../analyzers/post/model/model.ts";
import { sentiment } from "../analyzers/event/sentiment.ts";
import { composePosts } from "../data/samples/compose.ts";
import { generateDemo, seed } from "../data/samples/generate.ts";
import { planPosts } from "../data/samples/plan.ts";
import type { Audit } from "../pipeline/audit/contract.ts";
import { sampleRun } from "../pipeline/audit/sample.ts";
import { eventSchema, readYaml, runSchema } from "../pipeline/config.ts";
import { inputOf } from "../pipeline/import/open/inputs.ts";
import { run } from "../pipeline/run.ts";
import type { Polarity } from "../pipeline/schema.ts";
import type { Report } from "../reports/report.ts";

/** The demo audited by someone who knows what was planted: the shares that the report then prints against the truth. */
const folder = mkdtempSync(join(tmpdir(), "yuqing-demo-audit-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const { csvPath, eventPath, truthPath } = generateDemo(folder);
const truth = JSON.parse(readFileSync(truthPath, "utf8")) as { polarity: Record<string, Record<Polarity, { posts: number; share: number }>> };
const options = { inputs: [inputOf(csvPath)], event: readYaml(eventPath, eventSchema), config: runSchema.parse({ threads: 0 }), key: new Uint8Array(32), onReject: () => {} };

let data: ReturnType<typeof sentiment.data.parse>;
let report: Report;
beforeAll(async () => {
  const { sample, posts } = await sampleRun({ ...options, config: { ...options.config, privacy: "internal" } }, { size: 150, seed: 1, model: modelVersion(null) }, "zh");
  const random = mulberry32(seed);
  const planted = composePosts(random, planPosts(random)).filter(({ own }) => own !== null);
  const labels = posts.map(({ no, text }) => ({ no, label: planted.find(({ own }) => text === own || text.endsWith(`\n${own}`))?.voice!.polarity ?? null }));
  const audit: Audit = { version: 1, sample, sheets: [{ annotator: "已知真值", labelled_at: null, file: "truth", sha256: "", labels }] };
  report = await run({ ...options, audit });
  const finding = report.findings.find(({ id }) => id === "sentiment")!;
  if (finding.status === "error") throw new Error(finding.error);
  data = sentiment.data.parse(finding.data);
  if (process.env.FIGURES) for (const { field, estimate, known, predicted } of data.fields) for (const { polarity, share, interval } of estimate?.shares ?? []) console.log(`${field}\t${polarity}\tplanted ${(truth.polarity[field]![polarity].share * 100).toFixed(1)}\tcounted ${((predicted[polarity] / known) * 100).toFixed(1)}\tcorrected ${(share * 100).toFixed(1)} [${interval.map((end) => (end * 100).toFixed(1)).join(", ")}]`);
}, 120_000);

describe("the demo, audited", () => {
  it("prints shares for media and public only where enough was labelled, each interval holding the planted share", () => {
    expect(data.fields.map(({ field, estimate }) => [field, estimate!.kind])).toEqual([["media", "audited"], ["official", "order"], ["public", "audited"]]);
    for (const { field, estimate } of data.fields) {
      for (const { polarity, interval } of estimate!.shares ?? []) {
        const { share } = truth.polarity[field]![polarity];
        expect([interval[0] <= share, share <= interval[1]], `${field} ${polarity} ${share} in ${interval.join(", ")}`).toEqual([true, true]);
      }
    }
  });

  it("leads from each share to the posts that it speaks of, as many as its denominator", () => {
    const finding = report.findings.find(({ id }) => id === "sentiment")!;
    const shares = finding.status === "error" ? [] : finding.figures.filter(({ unit }) => unit === "share");
    expect(shares.map(({ key }) => key)).toEqual(expect.arrayContaining(["public.share.negative", "media.share.neutral", "check.accuracy"]));
    for (const { key, of } of shares) expect(report.facts.find((fact) => fact.finding === "sentiment" && fact.key === key), key).toMatchObject({ matched: of, samples: { length: 3 } });
  });

  it("says what the check came to", () => {
    expect(data.check!.labelled + data.check!.unclear + data.check!.unlabelled).toBeGreaterThan(140);
    expect(data.check!.unlabelled).toBeLessThan(5);
    expect(data.gap!.separated).toBe(true);
  });
});
