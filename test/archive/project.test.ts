import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { initProject } from "../../pipeline/archive/init.ts";
import { projectSchema, readProject } from "../../pipeline/archive/project.ts";
import { eventSchema, readYaml } from "../../pipeline/config.ts";
import { YuqingError } from "../../pipeline/errors.ts";
import { dataPath } from "../../pipeline/paths.ts";

let parent: string;
beforeEach(() => void (parent = mkdtempSync(join(tmpdir(), "yuqing-project-"))));
afterEach(() => rmSync(parent, { recursive: true, force: true }));

const failure = (work: () => unknown): YuqingError | null => {
  try {
    work();
    return null;
  } catch (cause) {
    if (cause instanceof YuqingError) return cause;
    throw cause;
  }
};

describe("yuqing.yaml", () => {
  it("the shipped file says the defaults, and names every section", () => {
    expect(readYaml(dataPath("project", "yuqing.yaml"), projectSchema)).toEqual(projectSchema.parse({}));
    const text = readFileSync(dataPath("project", "yuqing.yaml"), "utf8");
    for (const key of Object.keys(projectSchema.shape)) expect(text).toMatch(new RegExp(`^${key}:`, "m"));
    for (const key of [...Object.keys(projectSchema.parse({}).inbox), ...Object.keys(projectSchema.parse({}).archive)]) expect(text).toMatch(new RegExp(`^ {2}${key}:`, "m"));
  });

  it("every key is described", () => {
    for (const [key, schema] of Object.entries<z.ZodType>(projectSchema.shape)) expect(schema.description, key).toBeTruthy();
  });

  it("a mistyped or wrong key is named with its line", () => {
    const path = join(parent, "yuqing.yaml");
    for (const [text, where, got] of [
      ["nmae: x\n", 1, "unknown key"],
      ["name: x\ninbox:\n  settle: 5\n", 3, "unknown key"],
      ["utcOffset: Beijing\n", 1, '"Beijing"'],
      ["archive:\n  keepDays: 0\n", 2, "0"],
      ["run:\n  privacy: open\n", 2, '"open"'],
    ] as const) {
      writeFileSync(path, text);
      const { code, parts } = failure(() => readProject(parent))!;
      expect([code, parts.where, parts.got]).toEqual(["CONFIG_INVALID", `${path}:${where}`, got]);
    }
  });

  it("paths are from the project folder, wherever it is run", () => {
    writeFileSync(join(parent, "yuqing.yaml"), "run: { model: models/own.json }\n");
    expect(readProject(parent).config.run.model).toBe(join(parent, "models", "own.json"));
    expect(failure(() => readProject(join(parent, "none")))?.code).toBe("PROJECT_MISSING");
  });
});

describe("init", () => {
  it("makes a project that can be read, with an example that is a valid event but not taken for one", () => {
    const folder = join(parent, "a", "办公室");
    initProject(folder);
    expect(readProject(folder).config).toEqual(projectSchema.parse({}));
    expect(readdirSync(folder).sort()).toEqual([".yuqing", "archive", "events", "inbox", "reports", "schedule", "yuqing.yaml"]);
    expect(statSync(join(folder, "archive")).mode & 0o777).toBe(0o700);
    expect(readdirSync(join(folder, "events"))).toEqual(["example.yaml.sample"]);
    expect(readYaml(join(folder, "events", "example.yaml.sample"), eventSchema).label).toBe("示例数据");
  });

  it("refuses a project, overwrites nothing, and finishes an init that was cut", () => {
    const folder = join(parent, "p");
    mkdirSync(join(folder, "inbox"), { recursive: true });
    mkdirSync(join(folder, "schedule"));
    writeFileSync(join(folder, "inbox", "a.csv"), "mine");
    writeFileSync(join(folder, "schedule", "crontab"), "mine");
    expect(initProject(folder)).not.toContain("schedule/crontab");
    expect(readFileSync(join(folder, "schedule", "crontab"), "utf8")).toBe("mine");
    const manifest = readFileSync(join(folder, "archive", "manifest.json"), "utf8");
    const key = readFileSync(join(folder, ".yuqing", "key"), "utf8");
    expect(failure(() => initProject(folder))?.code).toBe("PROJECT_EXISTS");
    rmSync(join(folder, "yuqing.yaml")); // as if cut before the last step
    writeFileSync(join(folder, "archive", "manifest.json"), manifest.replace('"commits":0', '"commits":7'));
    expect(initProject(folder)).toEqual(["yuqing.yaml"]);
    expect(readFileSync(join(folder, "archive", "manifest.json"), "utf8")).toContain('"commits":7');
    expect(readFileSync(join(folder, ".yuqing", "key"), "utf8")).toBe(key);
    expect(failure(() => initProject(join(parent, "line\nbreak")))?.code).toBe("PROJECT_PATH");
  });
});

describe("schedule", () => {
  const hostile = "a 100% $HOME 'quoted' \"b\" 项目";

  it.skipIf(spawnSync("systemd-analyze", ["--version"]).status !== 0)("units pass systemd-analyze verify, whatever the path (needs systemd-analyze)", () => {
    for (const name of ["plain", hostile]) {
      const folder = join(parent, name);
      initProject(folder);
      const { status, stderr } = spawnSync("systemd-analyze", ["verify", ...["service", "timer"].map((kind) => join(folder, "schedule", `yuqing.${kind}`))], { encoding: "utf8" });
      expect([status, stderr.split("\n").filter((line) => line.includes("schedule/yuqing"))]).toEqual([0, []]);
    }
  });

  it("the crontab line hands the path to the program as it is", () => {
    const folder = join(parent, hostile);
    initProject(folder);
    const line = readFileSync(join(folder, "schedule", "crontab"), "utf8").split("\n").find((one) => one.startsWith("30 2"))!;
    // cron turns \% into % and hands the rest to sh; nightly is replaced by a program that prints what it gets.
    const command = line.split(" ").slice(5).join(" ").replaceAll("\\%", "%").replace(/^'[^']*' '[^']*' nightly/, "printf '%s\\n'").replace(/ >> .*$/, "");
    expect(spawnSync("sh", ["-c", command], { encoding: "utf8" }).stdout.split("\n")).toEqual(["--project", folder, "--log", "json", ""]);
    expect(existsSync(folder)).toBe(true);
  });
});
