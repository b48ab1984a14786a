import { rmSync } from "node:fs";
import { afterAll, expect, it } from "vitest";
import { run } from "../../pipeline/run.ts";
import { sections } from "../../reports/case-study/index.ts";
import { publicEdition } from "../../reports/editions/public.ts";
import { evidenceCsv } from "../../reports/evidence.ts";
import { renderHtml } from "../../reports/html/render.ts";
import { checkPage } from "../../reports/narrative/check.ts";
import { config, csvOf, event, told } from "./material.ts";

const { folder, input } = csvOf(told);
afterAll(() => rmSync(folder, { recursive: true }));
const key = new Uint8Array(32);
const report = await run({ inputs: [input], event, config, key, onReject: () => {} });
const made = publicEdition(report, key);
const outputs = async (one: typeof report): Promise<string> => [JSON.stringify(one), evidenceCsv(one, "zh"), await renderHtml(one, sections, { language: "zh" }), await renderHtml(one, sections, { language: "en" })].join("\n");
const shown = await outputs(made);
const persons = told.filter(({ type }) => type === "普通用户" || type === "名人");

it("has material that the internal edition shows: names, links and words of persons", async () => {
  expect(report.intake.kept).toBe(120);
  const internal = await outputs(report);
  expect(persons.filter(({ author }) => internal.includes(author)).length).toBeGreaterThan(20);
  expect(persons.filter(({ url }) => internal.includes(url)).length).toBeGreaterThan(20);
  expect(persons.filter(({ no }) => internal.includes(`独一份的话${no}，`)).length).toBeGreaterThan(20);
});

it("shows no id, name, link, words or mentioned account of a person in any output", () => {
  expect(persons.filter(({ author }) => shown.includes(author))).toEqual([]);
  expect(persons.filter(({ url }) => shown.includes(url))).toEqual([]);
  expect(persons.filter(({ no }) => shown.includes(`独一份的话${no}，`))).toEqual([]);
  expect(told.filter(({ no }) => shown.includes(`某网友${no}`))).toEqual([]);
  expect(report.rows.filter(({ id }) => made.rows.some((row) => row.id === id))).toEqual([]);
  expect(shown).not.toContain("私人姓名");
});

it("keeps institutions with name, words and link, and every number", async () => {
  const open = told.filter(({ type, author }) => (type === "媒体" || type === "政府") && report.rows.some((row) => row.author_name === author));
  expect(open.length).toBeGreaterThan(3);
  for (const { author, url } of open) {
    expect(shown).toContain(author);
    expect(made.rows.find((row) => row.author_name === author)!.url).toBe(url);
  }
  const numbers = ({ findings }: typeof report) => findings.flatMap((finding) => (finding.status === "error" ? [] : finding.figures.map(({ value, interval }) => [value, interval])));
  expect(numbers(made)).toEqual(numbers(report));
  expect(checkPage(made, await renderHtml(made, sections, { language: "zh" }), "zh")).toEqual([]);
});

it("counts what it left out, is pure, and depends on the key", () => {
  const hidden = report.rows.filter(({ field }) => field === "public").length;
  expect(made.notes.at(-1)!.zh).toContain(`不引 ${hidden} 条样本帖文的原文`);
  expect(made.config.privacy).toBe("masked");
  expect(publicEdition(report, key)).toEqual(made);
  expect(publicEdition(report, new Uint8Array(32).fill(1)).rows[0]!.id).not.toBe(made.rows[0]!.id);
});
