import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, it } from "vitest";

const executable = [process.env.CHROMIUM_PATH, "/usr/bin/chromium", "/usr/bin/google-chrome"].find((path) => path !== undefined && existsSync(path));
const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** `it` for tests that need a browser. Without one they are skipped and say so; in CI they fail. */
export const browserIt = executable !== undefined || process.env.CI === "true" ? it : it.skip;
if (executable === undefined) console.warn("browser tests: no Chromium (CHROMIUM_PATH, /usr/bin/chromium, /usr/bin/google-chrome); they are skipped here and fail in CI");

/** What a page did that a report must not do. */
export interface Trouble {
  requests: string[];
  console: string[];
  policy: string[];
  calls: string[];
}
export interface View {
  page: Page;
  trouble: Trouble;
  close(): Promise<void>;
}

interface Options {
  width?: number;
  scheme?: "light" | "dark";
  /** Whether JavaScript runs in the page. */
  script?: boolean;
}

/** Starts one browser for the file and opens pages in it from disk; every request but the page itself is recorded and refused. */
export function useBrowser(): { open(html: string, options?: Options): Promise<View> } {
  let browser: Browser | undefined;
  let folder = "";
  let opened = 0;
  beforeAll(async () => {
    if (executable === undefined) return;
    folder = mkdtempSync(join(tmpdir(), "yuqing-browser-"));
    browser = await chromium.launch({ executablePath: executable, args: flags });
  });
  afterAll(async () => {
    await browser?.close();
    if (folder !== "") rmSync(folder, { recursive: true, force: true });
  });

  async function open(html: string, { width = 1280, scheme = "light", script = true }: Options = {}): Promise<View> {
    if (browser === undefined) throw new Error("no Chromium: install it or set CHROMIUM_PATH");
    const path = join(folder, `${++opened}.html`);
    writeFileSync(path, html);
    const url = pathToFileURL(path).href;
    const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme: scheme, javaScriptEnabled: script });
    const trouble: Trouble = { requests: [], console: [], policy: [], calls: [] };
    await context.exposeFunction("reportTrouble", (kind: "policy" | "calls", what: string) => trouble[kind].push(what));
    await context.addInitScript(`
      for (const name of ["alert", "confirm", "prompt", "print"]) window[name] = (text) => window.reportTrouble("calls", name + " " + text);
      document.addEventListener("securitypolicyviolation", (event) => window.reportTrouble("policy", event.violatedDirective + " " + event.blockedURI));
    `);
    await context.route("**/*", (route) => {
      if (route.request().url() === url) return route.continue();
      trouble.requests.push(route.request().url());
      return route.abort();
    });
    const page = await context.newPage();
    page.on("console", (message) => message.type() === "error" && trouble.console.push(message.text()));
    page.on("pageerror", (error) => trouble.console.push(error.message));
    await page.goto(url);
    await page.waitForTimeout(100); // violations are reported after the load
    return { page, trouble, close: () => context.close() };
  }
  return { open };
}

export const none: Trouble = { requests: [], console: [], policy: [], calls: [] };
