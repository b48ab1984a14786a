import { spawn } from "node:child_process";
import { accessSync, constants, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { YuqingError } from "./errors.ts";

/** The user's own Chromium, Chrome or Edge, for PDF. Nothing is installed or downloaded. */

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "microsoft-edge-stable", "msedge", "chrome.exe", "msedge.exe"];
const places = (): string[] => [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  ...[process.env.PROGRAMFILES, process.env["PROGRAMFILES(X86)"], process.env.LOCALAPPDATA].flatMap((folder) => (folder === undefined ? [] : [join(folder, "Google", "Chrome", "Application", "chrome.exe"), join(folder, "Microsoft", "Edge", "Application", "msedge.exe")])),
];

/** The program that YUQING_BROWSER names, else the first on PATH and in the usual places. Throws YuqingError when there is none. */
export function findBrowser(): string {
  const given = process.env.YUQING_BROWSER;
  if (given !== undefined && given !== "") {
    if (runs(given)) return given;
    throw new YuqingError("NO_BROWSER", 3, { what: { zh: "YUQING_BROWSER 指的程序运行不了", en: "the program that YUQING_BROWSER names cannot be run" }, where: given, next: { zh: "改正它，或去掉它以使用本机的浏览器", en: "correct it, or unset it to use a browser of this machine" } });
  }
  const onPath = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "").flatMap((folder) => names.map((name) => join(folder, name)));
  const found = [...onPath, ...places()].find(runs);
  if (found !== undefined) return found;
  throw new YuqingError("NO_BROWSER", 3, {
    what: { zh: "本机没有找到 Chromium、Chrome 或 Edge，写不了 PDF；其他格式照常", en: "no Chromium, Chrome or Edge was found on this machine: no PDF; other formats are not affected" },
    expected: "chromium, google-chrome, msedge",
    next: { zh: "装一个浏览器，或用环境变量 YUQING_BROWSER 指明它；也可以在任一浏览器里打开 report.html 打印成 PDF", en: "install one, or name it by YUQING_BROWSER; or open report.html in any browser and print it to PDF" },
  });
}

function runs(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/**
 * Prints a page to PDF without network. Its dates are set to 1980-01-01, so that the same page and browser give the same bytes. Browser, profile and
 * temporary files are gone afterwards, also after the time limit. Throws YuqingError (exit 3).
 */
export async function printToPdf(page: string, { limitMs = 180_000 }: { limitMs?: number } = {}): Promise<Uint8Array> {
  const browser = findBrowser();
  const folder = mkdtempSync(join(tmpdir(), "yuqing-pdf-"));
  const [source, target] = [join(folder, "report.html"), join(folder, "report.pdf")];
  try {
    writeFileSync(source, page, { mode: 0o600 });
    await finished(browser, [...flags, `--user-data-dir=${join(folder, "profile")}`, `--print-to-pdf=${target}`, pathToFileURL(source).href], limitMs);
    return undated(readFileSync(target));
  } catch (cause) {
    if (cause instanceof YuqingError) throw cause;
    throw failed(browser, (cause as Error).message);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/** No name is resolved and no server is reached; no sandbox only for root, who has none. */
const flags = ["--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check", "--disable-extensions", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=127.0.0.1:9", "--no-pdf-header-footer", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])];

const failed = (browser: string, got: string): YuqingError => new YuqingError("PDF", 3, { what: { zh: "浏览器没有打印出 PDF；其他格式照常", en: "the browser has not printed a PDF; other formats are not affected" }, where: browser, got, next: { zh: "用 YUQING_BROWSER 换一个浏览器，或打开 report.html 打印成 PDF", en: "name another browser by YUQING_BROWSER, or open report.html and print it to PDF" } });

/** How long what a browser said is waited for after its end. */
const hearOutMs = 2000;

function finished(browser: string, args: readonly string[], limitMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    // A group of its own: the browser's own children go with it.
    const group = process.platform !== "win32";
    const child = spawn(browser, args, { stdio: ["ignore", "ignore", "pipe"], detached: group });
    const kill = (): void => {
      try {
        if (group && child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
        else child.kill("SIGKILL");
      } catch {
        // it has ended meanwhile
      }
    };
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => void (said = `${said}${chunk.toString()}`.slice(-300)));
    const timer = setTimeout(() => {
      kill();
      reject(failed(browser, `no end after ${limitMs / 1000} s`));
    }, limitMs);
    child.on("error", (cause) => {
      clearTimeout(timer);
      reject(failed(browser, cause.message));
    });
    const end = (code: number | null): void => {
      clearTimeout(timer);
      child.stderr.destroy();
      if (code === 0) resolve();
      else reject(failed(browser, said.trim() || `exit code ${code}`));
    };
    // What it said last may come after its end; a child that got away may hold the stream open for good.
    child.on("close", end);
    child.on("exit", (code) => {
      kill();
      setTimeout(end, hearOutMs, code);
    });
  });
}

/** The dates in the file's description, replaced in place: lengths and offsets stay. */
function undated(pdf: Buffer): Uint8Array {
  return Buffer.from(pdf.toString("latin1").replace(/\/(CreationDate|ModDate) ?\(D:\d{14}/g, (whole) => `${whole.slice(0, -14)}19800101000000`), "latin1");
}
