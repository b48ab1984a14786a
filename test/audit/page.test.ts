import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { rules } from "../../pipeline/audit/guide.ts";
import { auditPage } from "../../reports/html/audit/page.ts";
import { material } from "./material.ts";

const { sample, posts } = material();
const page = auditPage(posts, { key: sample.key, event: "</title><script>alert(1)</script>", language: "zh" });

it("holds one script and one stylesheet, those whose hashes the policy names, and escapes every text", () => {
  const scripts = [...page.matchAll(/<script>(.*?)<\/script>/gs)].map((found) => found[1]!);
  const sheets = [...page.matchAll(/<style>(.*?)<\/style>/gs)].map((found) => found[1]!);
  expect([scripts.length, sheets.length]).toEqual([1, 1]);
  const hash = (text: string) => `sha256-${createHash("sha256").update(text).digest("base64")}`;
  expect(/Content-Security-Policy" content="([^"]*)"/.exec(page)![1]!.replaceAll("&#39;", "'")).toBe(`default-src 'none'; style-src '${hash(sheets[0]!)}'; script-src '${hash(scripts[0]!)}'; img-src data:; base-uri 'none'; form-action 'none'`);
  expect(page).not.toContain("<img");
  expect(page).not.toMatch(/https?:/);
});

it("gives neither stratum nor prediction away: nothing of the sample but key and number", () => {
  const body = page.slice(page.indexOf("<body"), page.indexOf("<script>"));
  for (const { id, text_key } of sample.items) for (const word of [id, text_key]) expect(body).not.toContain(word);
  expect(body.match(/negative|neutral/g)!.length).toBe(2); // the two buttons
});

it("speaks both languages, ten rules each", () => {
  const english = auditPage(posts, { key: sample.key, event: "e", language: "en" });
  expect(rules.length).toBe(10);
  expect(english).toContain("Emoticons are words too");
  expect(english).toContain('lang="en"');
  expect(page).toContain("坏消息不等于负面");
});
