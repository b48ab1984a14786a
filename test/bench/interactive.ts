// How soon a report can be used, in Chromium from disk: npx tsx test/bench/interactive.ts REPORT.html [ROUNDS]
// Medians and worst of so many fresh pages at 1280 px. Interactive: the page is parsed and its script has run (DOMContentLoaded). A click is timed until the
// second frame after it, when its effect is on the screen. Long tasks are those over 50 ms, from the start of the page on.
import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type Browser } from "playwright-core";

const executable = [process.env.CHROMIUM_PATH, "/usr/bin/chromium", "/usr/bin/google-chrome"].find((path) => path !== undefined && existsSync(path));
const path = process.argv[2];
const rounds = Number(process.argv[3] ?? 7);
if (path === undefined || executable === undefined) throw new Error("usage: npx tsx test/bench/interactive.ts REPORT.html [ROUNDS], with a Chromium (CHROMIUM_PATH)");

const watch = `window.longTasks = []; new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask", buffered: true });`;
/** Runs in the page: ms from the action to the frame that shows it; null where there is nothing to act on. */
const timed = (action: string): string => `new Promise((done) => {
  const target = ${action};
  if (!target) return done(null);
  const start = performance.now();
  target.element.dispatchEvent(target.event);
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
})`;
const actions = {
  "lens click → repaint": timed(`(() => { const element = document.querySelectorAll(".lens-switch [data-lens]")[1]; return element && { element, event: new MouseEvent("click", { bubbles: true }) }; })()`),
  "filter → repaint": timed(`(() => { const element = document.querySelector("#lens-platform"); if (!element) return null; element.selectedIndex = 1; return { element, event: new Event("change", { bubbles: true }) }; })()`),
  "number click → panel": timed(`(() => { const element = document.querySelector("main .fact"); return element && { element, event: new MouseEvent("click", { bubbles: true, cancelable: true }) }; })()`),
};

async function round(browser: Browser): Promise<Record<string, number | null>> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.addInitScript(watch);
  await page.goto(pathToFileURL(resolve(path!)).href, { waitUntil: "load" });
  await page.waitForTimeout(300);
  const of = (name: string) => page.evaluate(`performance.getEntriesByType("navigation")[0].${name}`) as Promise<number>;
  const paint = (await page.evaluate(`(performance.getEntriesByName("first-contentful-paint")[0] || { startTime: null }).startTime`)) as number | null;
  const measured: Record<string, number | null> = { "first contentful paint": paint, "interactive (DOMContentLoaded)": await of("domContentLoadedEventEnd"), load: await of("loadEventEnd") };
  const tasks = (await page.evaluate("window.longTasks")) as number[];
  Object.assign(measured, { "long tasks, number": tasks.length, "longest task": Math.max(0, ...tasks) });
  for (const [name, action] of Object.entries(actions)) measured[name] = (await page.evaluate(action)) as number | null;
  await page.close();
  return measured;
}

const browser = await chromium.launch({ executablePath: executable, args: ["--no-sandbox", "--disable-gpu"] });
const all: Record<string, number | null>[] = [];
for (let i = 0; i < rounds; i++) all.push(await round(browser));
await browser.close();
console.log(`${path}: ${(statSync(path).size / 1e6).toFixed(2)} MB, ${rounds} rounds; median | worst, ms`);
for (const name of Object.keys(all[0]!)) {
  const values = all.flatMap((one) => one[name] ?? []).sort((a, b) => a - b);
  console.log(values.length === 0 ? `${name}\t—` : `${name}\t${values[Math.floor((values.length - 1) / 2)]!.toFixed(0)} | ${values.at(-1)!.toFixed(0)}`);
}
