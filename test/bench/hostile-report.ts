import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { renderHtml } from "../../reports/html/render.ts";
import { sampleReport, sections } from "../html/fixture.ts";
import { payloads, poisoned } from "../html/payloads.ts";

/**
 * npx tsx test/bench/hostile-report.ts: check D1. Every payload of ../shared/data/hostile/xss once in some free text of a report (title, label, summary, names of files, platforms,
 * regions, authors, figures, filters, questions, methods, sample rows and their addresses), opened in Chromium with every number and button clicked.
 * Prints pages, calls of alert and the like, requests, policy violations, on* attributes, dangerous addresses, stray elements, and payloads found again letter for letter.
 */
const shown = (text: string): string => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd").replace(/\r\n?/g, "\n");
const all = payloads("all");
const folder = mkdtempSync(join(tmpdir(), "yuqing-hostile-"));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const seen = { pages: 0, payloads: 0, found: 0, calls: 0, requests: 0, policy: 0, errors: 0, handlers: 0, addresses: 0, elements: 0 };
let lost: string[] = [];
for (let start = 0; start < all.length; ) {
  const used: string[] = [];
  const report = poisoned(sampleReport(), (place) => {
    const payload = all[(start + place) % all.length]!;
    used.push(payload);
    return payload;
  });
  const path = join(folder, "report.html");
  writeFileSync(path, await renderHtml(report, sections, { language: "zh" }));
  const context = await browser.newContext();
  await context.exposeFunction("reportCall", () => seen.calls++);
  await context.exposeFunction("reportPolicy", () => seen.policy++);
  await context.addInitScript(`for (const name of ["alert", "confirm", "prompt", "print"]) window[name] = () => window.reportCall(); document.addEventListener("securitypolicyviolation", () => window.reportPolicy());`);
  await context.route("**/*", (route) => (route.request().url() === `file://${path}` ? route.continue() : (seen.requests++, route.abort())));
  const page = await context.newPage();
  page.on("pageerror", () => seen.errors++);
  await page.goto(`file://${path}`);
  await page.evaluate(`document.querySelectorAll("details").forEach((one) => { one.open = true }); document.querySelectorAll("body *").forEach((one) => { if (one.tagName !== "A" || one.matches(".fact")) for (const kind of ["mouseover", "mouseenter", "pointerdown", "click"]) one.dispatchEvent(new MouseEvent(kind, { bubbles: true, cancelable: true })); })`);
  const state = (await page.evaluate(`({
    text: document.title + "\\n" + document.body.textContent + "\\n" + [...document.querySelectorAll("[title],[aria-label],[href],option")].map((one) => [one.getAttribute("title"), one.getAttribute("aria-label"), one.textContent].join("\\n")).join("\\n") + "\\n" + JSON.parse(JSON.stringify([...document.querySelectorAll(".lens-data")].map((one) => Object.values(JSON.parse(one.textContent).names).flat().join("\\n")))).join("\\n"),
    handlers: [...document.querySelectorAll("*")].filter((one) => [...one.attributes].some(({ name }) => /^on/i.test(name))).length,
    addresses: [...document.querySelectorAll("[href],[src],[action]")].filter((one) => !/^(#|https?:|data:,$)/.test(one.getAttribute("href") ?? one.getAttribute("src") ?? one.getAttribute("action"))).length,
    elements: document.querySelectorAll("script:not(:last-child), iframe, object, embed, base, form, img, main meta, main style, main link, svg a, svg image, foreignObject").length,
  })`)) as { text: string; handlers: number; addresses: number; elements: number };
  for (const key of ["handlers", "addresses", "elements"] as const) seen[key] += state[key];
  const fresh = used.slice(0, all.length - start);
  lost.push(...fresh.filter((payload) => !state.text.includes(shown(payload))));
  seen.pages++;
  seen.payloads += fresh.length;
  start += used.length;
  await context.close();
}
await browser.close();
// Some places are not shown, or only cut, escaped in YAML or as an address: those payloads get another round as texts of sample rows.
const again = lost;
lost = [];
{
  const rows = again.map((text, i) => ({ ...sampleReport().rows[0]!, id: `weibo:${i}`, text }));
  const text = await renderHtml({ ...sampleReport(), rows }, sections, { language: "zh" });
  lost = again.filter((payload) => !text.includes(`<bdi>${shown(payload).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;").replaceAll("'", "&#39;")}</bdi>`) && !/\r/.test(payload));
}
seen.found = seen.payloads - again.length;
console.log(JSON.stringify({ ...seen, "shown only as sample row": again.length - lost.length, lost: lost.length }));
rmSync(folder, { recursive: true, force: true });
