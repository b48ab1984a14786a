import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mulberry32 } from "../analyzers/statistics.ts";
import { composePosts } from "../data/samples/compose.ts";
import { generateDemo, seed } from "../data/samples/generate.ts";
import { desks, netizens } from "../data/samples/material.ts";
import { planPosts } from "../data/samples/plan.ts";
import { clean, loadTexts } from "../pipeline/clean.ts";
import { eventSchema, readYaml, runSchema, type EventConfig } from "../pipeline/config.ts";
import { Database } from "../pipeline/engines/duckdb.ts";
import { inputOf } from "../pipeline/import/open/inputs.ts";
import { ingest } from "../pipeline/ingest.ts";
import { silent } from "../pipeline/progress.ts";
import { relate } from "../pipeline/relate/relate.ts";
import { run } from "../pipeline/run.ts";
import { ScorePool } from "../pipeline/score/pool.ts";
import { distinctTexts, makeDistinctTexts } from "../pipeline/words/texts.ts";
import { sections } from "../reports/case-study/index.ts";
import { renderHtml } from "../reports/html/render.ts";
import type { Report } from "../reports/report.ts";

/** The report of the bundled invented event against what its generator planted. */

type Share = { posts: number; share: number };
interface Truth {
  rows: { records: number; posts: number; duplicates: number; broken: { total: number } };
  platforms: { shares?: Record<string, Share> } & Record<string, unknown>;
  phases: { list: { name: string; from: number; to: number; posts: number }[] };
  polarity: Record<string, Record<string, Share>>;
  topics: Record<string, Record<string, Share>>;
  regionIp: { shares: Record<string, Share> };
  tags: { tag: string; posts: number }[];
  hotWords: { word: string; posts: number }[];
}

const folder = mkdtempSync(join(tmpdir(), "yuqing-demo-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const { csvPath, eventPath, truthPath } = generateDemo(folder);
const truth = JSON.parse(readFileSync(truthPath, "utf8")) as Truth & Record<string, Record<string, unknown>>;
const event: EventConfig = readYaml(eventPath, eventSchema);
const config = runSchema.parse({ threads: 0 });
let report: Report;
beforeAll(async () => {
  report = await run({ inputs: [inputOf(csvPath)], event, config, key: new Uint8Array(32), onReject: () => {} });
});

function value(finding: string, key: string): number | null {
  const found = report.findings.find(({ id }) => id === finding)!;
  if (found.status === "error") throw new Error(found.error);
  const figure = found.figures.find((one) => one.key === key);
  if (!figure) throw new Error(`${finding} has no ${key}: ${found.figures.map((one) => one.key).join(", ")}`);
  return figure.value;
}
/** A planted table of shares, wherever truth.json nests it. */
function planted(name: string): Record<string, Share> {
  const table = truth[name] as Record<string, unknown>;
  return (table.shares ?? table) as Record<string, Share>;
}
const point = 0.01;

it("accounts for every row of the file", () => {
  expect(report.intake).toMatchObject({ read: truth.rows.records, kept: truth.rows.posts, duplicates: truth.rows.duplicates, rejected: truth.rows.broken.total, outside: 0 });
});

it("recovers planted shares of platforms, originals, author types and regions within 1 point", () => {
  for (const [platform, { share }] of Object.entries(planted("platforms"))) expect(Math.abs(value("platforms", `platform.share.${platform}`)! - share), platform).toBeLessThan(point);
  for (const [channel, { share }] of Object.entries(planted("channels"))) expect(Math.abs(value("platforms", `channel.share.${channel}`)! - share), channel).toBeLessThan(point);
  expect(Math.abs(value("platforms", "press.share")! - (truth.mediaChannels as unknown as Share).share)).toBeLessThan(point);
  expect(Math.abs(value("spreaders", "kind.share.original")! - (truth.originals as unknown as Share).share)).toBeLessThan(point);
  const types = planted("authorTypes");
  const known = Object.entries(types).filter(([type, { posts }]) => posts > 0 && type !== "null" && type !== "unknown");
  const total = known.reduce((sum, [, { posts }]) => sum + posts, 0);
  for (const [type, { posts }] of known) expect(Math.abs(value("spreaders", `author_type.share.${type}`)! - posts / total), type).toBeLessThan(point);
  for (const region of ["江苏", "广东", "北京", "浙江"]) expect(Math.abs(value("regions", `ip.share.${region}`)! - truth.regionIp.shares[region]!.share), region).toBeLessThan(point);
});

it("finds the phase boundaries within 3 hours", () => {
  const begins = new Map(truth.phases.list.map(({ name, from }) => [name, from]));
  for (const [key, name] of [["burst", "爆发期"], ["lasting", "延续期"], ["fading", "消退期"]] as const) {
    expect(Math.abs(value("phases", `phase.begin.${key}`)! - begins.get(name)!) / 3_600_000, name).toBeLessThan(3);
  }
});

it("tells media from netizens: the model calls most media posts neutral and most netizens' posts negative, and gives no share that nobody has checked", () => {
  const most = (field: string) => ["positive", "neutral", "negative"].sort((a, b) => value("sentiment", `${field}.posts.${b}`)! - value("sentiment", `${field}.posts.${a}`)!)[0];
  const planted = (field: string) => Object.entries(truth.polarity[field]!).sort(([, a], [, b]) => b.share - a.share)[0]![0];
  expect(["media", "public"].map(most)).toEqual(["media", "public"].map(planted));
  const { data } = report.findings.find(({ id }) => id === "sentiment") as unknown as { data: { all: { estimate: { kind: string } } } };
  expect(data.all.estimate.kind).toBe("order");
});

it("lists planted words among the hot words, and never the query words", () => {
  const finding = report.findings.find(({ id }) => id === "hot-words")!;
  const words = finding.status === "error" ? [] : (finding.data as { words: { term: string }[] }).words.map(({ term }) => term);
  const found = truth.hotWords.filter(({ word }) => words.includes(word)).map(({ word }) => word);
  expect(found.length, `found ${found.join(" ")} in ${words.join(" ")}`).toBeGreaterThanOrEqual(8);
  for (const word of event.query) expect(words).not.toContain(word);
});

describe("moods that nobody has checked have no share", () => {
  const mood = /正面|中性|负面|情绪|[喜怒哀惧惊][悦]?占|\b(positive|neutral|negative|moods?|emotions?)\b/i;
  const percent = /\d ?[%％‰]|百分之|[一二三四五六七八九]成|过半|个百分点|\bper cent|\d points\b/;
  /** Which posts a mood can be read from is counted, not guessed. */
  const counted = "coverage known.scored";

  it("among the figures", () => {
    const found = report.findings.flatMap((finding) => (finding.status === "error" ? [] : finding.figures.map((figure) => ({ ...figure, name: `${finding.id} ${figure.key}` }))));
    const shares = found.filter(({ unit }) => unit === "share" || unit === "points" || unit === "ratio");
    const ofMood = shares.filter(({ name, label, filter }) => mood.test(`${name} ${label.zh} ${label.en}`.replaceAll(".", " ")) || ["polarity", "emotion", "stance"].some((column) => filter !== null && column in filter));
    expect(shares.length).toBeGreaterThan(50);
    expect(ofMood.map(({ name }) => name)).toEqual([counted]);
  });

  it.each(["zh", "en"] as const)("anywhere on the page (%s)", async (language) => {
    const page = await renderHtml(report, sections, { language });
    const read = page.replace(/<details class="basis">.*?<\/details>|<p class="method">.*?<\/p>|<style>.*?<\/style>/gs, "");
    const section = (id: string): string => read.split('<section class="section" id="').find((part) => part.startsWith(`${id}"`))!;
    for (const id of ["sentiment", "targets"]) {
      expect(section(id), id).toMatch(mood);
      expect(words(section(id)).join("\n"), id).not.toMatch(percent);
    }
    // Elsewhere a figure or table that names moods holds no per cent, nor does a sentence, a title or a label. That of viewpoints is of accounts, with intervals; its colours are moods.
    // The table of phases holds shares of posts beside counts of moods: these counts are looked at alone.
    const counts = [...read.matchAll(/<td class="number"[^>]*>([\d,]+ \/ [\d,]+[^<]*)<\/td>/g)].map(([, cell]) => cell!);
    expect(counts.length).toBeGreaterThan(2);
    expect(counts.filter((cell) => percent.test(cell))).toEqual([]);
    const others = read.replace(/<figure[^>]*id="chart-phases.*?<\/figure>/gs, "");
    const blocks = [...others.matchAll(/<(figure|table)\b(?![^>]*viewpoints).*?<\/\1>/gs)].map(([block]) => words(block).join("\n"));
    const known = figureLabel(counted, language);
    const bad = [...blocks, ...words(read)].filter((text) => mood.test(text) && percent.test(text) && !text.includes(known));
    expect(blocks.length).toBeGreaterThan(15);
    expect(bad).toEqual([]);
  });

  /** Texts between tags that begin or end a block, and what aria-label and title say. */
  function words(page: string): string[] {
    const labels = [...page.matchAll(/ (?:aria-label|title)="([^"]*)"/g)].map(([, label]) => label!);
    const texts = page.split(/<(?!\/?(?:a|b|bdi|span|em|strong|small|q|tspan)\b)[^>]*>/).map((text) => text.replace(/<[^>]*>/g, "").trim());
    return [...labels, ...texts];
  }

  function figureLabel(name: string, language: "zh" | "en"): string {
    const [id, key] = name.split(" ");
    const finding = report.findings.find((one) => one.id === id)!;
    return finding.status === "error" ? "" : finding.figures.find((one) => one.key === key)!.label[language];
  }
});

describe("topics, each found one read as the planted one that most of its posts have", () => {
  const errors: [field: string, topic: string, planted: number, found: number][] = [];
  beforeAll(async () => {
    const database = await Database.open({ memory: "600MB" });
    const pool = new ScorePool({ threads: 0, userWords: [...event.words, ...event.subjects.flatMap(({ name, aliases }) => [name, ...aliases])], outFolder: database.folder });
    await ingest(database, { inputs: [inputOf(csvPath)], event, config, key: new Uint8Array(32), onReject: () => {}, progress: silent });
    await makeDistinctTexts(database, event);
    for await (const texts of distinctTexts(database, { inside: false })) await pool.submit(texts);
    await loadTexts(database, (await pool.finish()).files);
    await clean(database, event);
    await relate(database, {}, event);
    const random = mulberry32(seed);
    const topicOf = new Map(composePosts(random, planPosts(random)).filter(({ own }) => own !== null).map(({ own, field, voice }) => [`${field} ${own}`, (field === "public" ? netizens : desks).topics[voice!.topic]!.name]));
    const rows = await database.rows<{ field: string; own: string; topic: number; posts: number }>("SELECT s.field, p.own, t.topic, count(*) AS posts FROM scored s JOIN posts p ON p.row_no = s.row_no JOIN text_topics t ON t.text_no = s.text_no WHERE s.worded = 1 GROUP BY ALL");
    database.close();
    for (const field of ["media", "public"]) {
      const mine = rows.filter((row) => row.field === field).map((row) => ({ ...row, planted: topicOf.get(`${field} ${row.own}`) ?? "?" }));
      const all = mine.reduce((sum, { posts }) => sum + posts, 0);
      const sum = (test: (row: (typeof mine)[number]) => boolean) => mine.filter(test).reduce((total, { posts }) => total + posts, 0);
      const names = [...new Set(mine.map((row) => row.planted))];
      const read = new Map([...new Set(mine.map(({ topic }) => topic))].map((topic) => [topic, topic === 0 ? "其他" : names.map((name) => [name, sum((row) => row.topic === topic && row.planted === name)] as const).sort((a, b) => b[1] - a[1])[0]![0]]));
      for (const [name, { share }] of Object.entries(truth.topics[field]!)) errors.push([field, name, share, sum((row) => read.get(row.topic) === name) / all]);
    }
    if (process.env.FIGURES) for (const [field, name, share, found] of errors) console.log(`${field}\t${name}\tplanted ${(share * 100).toFixed(1)}\tfound ${(found * 100).toFixed(1)}`);
  });

  const off = (field: string, names: string[]) => {
    const rows = errors.filter(([of, name]) => of === field && names.includes(name));
    return Math.abs(rows.reduce((sum, [, , share, found]) => sum + share - found, 0));
  };

  it("netizens' topics are within 3 points each and within 1.5 on average", () => {
    const own = errors.filter(([field]) => field === "public");
    expect(own).toHaveLength(7);
    for (const [field, name] of own) expect(off(field, [name]), name).toBeLessThan(0.03);
    expect(own.reduce((sum, [field, name]) => sum + off(field, [name]), 0) / own.length).toBeLessThan(0.015);
  });

  it("media topics are within 2 points each; part of one, below 1 % of all posts, is in 其他", () => {
    for (const name of ["警方通报", "企业回应", "事件梳理", "酒桌文化评论"]) expect(off("media", [name]), name).toBeLessThan(0.02);
    expect(off("media", ["处罚结果"])).toBeLessThan(0.03);
  });
});
