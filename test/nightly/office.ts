import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";
import { initProject } from "../../pipeline/archive/init.ts";
import { main } from "../../pipeline/cli.ts";
import type { Digest } from "../../pipeline/digest/schema.ts";

/** A project in a temporary folder, and its nights run as the command line runs them. */

const header = "平台,微博id,根微博id,微博作者,用户id,微博正文,发布时间,转发数,评论数,点赞数";
const post = (number: number, text: string): string => ["微博", 4_900_000_000_000_000 + number, "", `某用户${number}`, 1_000_000 + number, text, `2026-11-20 10:${String(number % 60).padStart(2, "0")}:00`, 0, 0, number].join(",");
/** A row without words, author and id: rejected. */
const broken = "微博,,,,,,2026-11-20 10:00:00,0,0,0";

/** `count` rows from number `from` on, the last `bad` of them broken. */
export const csv = (from: number, count: number, bad = 0): string => `${[header, ...Array.from({ length: count }, (_, i) => (i < count - bad ? post(from + i, `澜桥小区停水第${from + i}户家里没有水用了，请问什么时候恢复供水`) : broken))].join("\n")}\n`;

export const newOffice = (yaml = "run: { threads: 0 }\n"): string => {
  const folder = join(mkdtempSync(join(tmpdir(), "yuqing-office-")), "office");
  initProject(folder);
  writeFileSync(join(folder, "yuqing.yaml"), yaml);
  return folder;
};
export const closeOffice = (folder: string): void => rmSync(join(folder, ".."), { recursive: true, force: true });

/** A file that came in long ago. */
export function arrive(folder: string, name: string, content: string | Uint8Array): void {
  const path = join(folder, "inbox", name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, content);
  utimesSync(path, 1_700_000_000, 1_700_000_000);
}

/** Runs a command line as bin/yuqing.mjs does: its exit code and what it said. A crash is logged beside the project. */
export async function yuqing(folder: string, ...argv: string[]): Promise<{ exit: number; said: string; printed: string }> {
  const parts = { said: "", printed: "" };
  const spies = [
    vi.spyOn(process.stderr, "write").mockImplementation((text) => ((parts.said += String(text)), true)),
    vi.spyOn(process.stdout, "write").mockImplementation((text) => ((parts.printed += String(text)), true)),
    vi.spyOn(process, "cwd").mockReturnValue(join(folder, "..")),
  ];
  const listeners = (["SIGINT", "SIGTERM"] as const).map((signal) => [signal, process.listeners(signal)] as const);
  try {
    return { exit: await main(argv), ...parts };
  } finally {
    spies.forEach((spy) => spy.mockRestore());
    for (const [signal, before] of listeners) for (const one of process.listeners(signal)) if (!before.includes(one)) process.removeListener(signal, one);
  }
}
export const night = (folder: string, time: string, ...more: string[]): ReturnType<typeof yuqing> => yuqing(folder, "nightly", "--project", folder, "--now", time, "--lang", "en", ...more);

export const manifestText = (folder: string): string => readFileSync(join(folder, "archive", "manifest.json"), "utf8");
export const digestOf = (folder: string, date: string): Digest => JSON.parse(readFileSync(join(folder, "reports", "digests", `day-${date}.json`), "utf8")) as Digest;
