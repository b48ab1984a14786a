import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { YuqingError } from "../errors.ts";
import { dataPath, root } from "../paths.ts";
import { projectKey } from "../project.ts";
import { guard, linked } from "./errors.ts";
import { isLink, writeDurable } from "./files.ts";
import { writeManifest } from "./manifest-file.ts";
import { emptyManifest } from "./manifest.ts";

/** Name of the project file. */
export const projectFile = "yuqing.yaml";
const folders = ["inbox", "events", "reports", "schedule"] as const;

/**
 * Makes a project folder: yuqing.yaml, events/, inbox/, archive/, reports/, schedule/, .yuqing/key. What is there stays as it is. The project file comes last,
 * so an init that was cut can be run again. Returns the paths made, from the folder. Throws PROJECT_EXISTS, PROJECT_PATH, ARCHIVE_LINK (exit 2), ARCHIVE_WRITE.
 */
export function initProject(given: string): string[] {
  const folder = resolve(given);
  if (/[\u0000-\u001f\u007f]/.test(folder)) throw unusable(folder);
  if (existsSync(join(folder, projectFile))) throw taken(folder);
  const made: string[] = [];
  const write = (name: string, text: string): void => {
    if (existsSync(join(folder, name))) return;
    writeDurable(join(folder, name), Buffer.from(text), 0o644);
    made.push(name);
  };
  guard(folder, () => {
    for (const name of folders) makeFolder(join(folder, name), 0o777);
    makeFolder(join(folder, "archive"), 0o700);
    if (!existsSync(join(folder, "archive", "manifest.json"))) {
      writeManifest(join(folder, "archive"), emptyManifest());
      made.push("archive/manifest.json");
    }
    projectKey(folder);
    write("events/example.yaml.sample", template("events", "example.yaml"));
    for (const name of ["crontab", "yuqing.service", "yuqing.timer"] as const) write(`schedule/${name}`, scheduled(name, folder));
    write(projectFile, template(projectFile));
  });
  return made;
}

const template = (...path: string[]): string => readFileSync(dataPath("project", ...path), "utf8");

/** A schedule with the paths of this project, this Node and this yuqing, written so that the reader of the file takes them for what they are. */
function scheduled(name: "crontab" | "yuqing.service" | "yuqing.timer", folder: string): string {
  const program = join(root, "bin", "yuqing.mjs");
  const [quote, plain] = name === "crontab" ? [inCrontab, inCrontab] : [inExec, inUnit];
  return template("schedule", name).split("@NODE@").join(quote(process.execPath)).split("@YUQING@").join(quote(program)).split("@PROJECT@").join(quote(folder)).split("@FOLDER@").join(plain(folder));
}

/** sh's single quotes; cron takes a bare % for the end of the line (crontab(5)). */
const inCrontab = (path: string): string => `'${path.replaceAll("'", "'\\''").replaceAll("%", "\\%")}'`;
/** systemd.unit(5): % begins a specifier. */
const inUnit = (path: string): string => path.replaceAll("%", "%%");
/** systemd.service(5), command lines: quotes, backslashes, $ for variables. */
const inExec = (path: string): string => `"${inUnit(path).replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("$", () => "$$")}"`;

function makeFolder(path: string, mode: number): void {
  if (isLink(path)) throw linked(path);
  mkdirSync(path, { recursive: true, mode });
}

function taken(where: string): YuqingError {
  return new YuqingError("PROJECT_EXISTS", 2, { what: { zh: "这里已经是一个项目", en: "this is a project already" }, where, got: projectFile, next: { zh: "换一个目录；什么也没有改动", en: "choose another folder; nothing was changed" } });
}

/** A line of crontab or of a unit file cannot hold them. */
function unusable(where: string): YuqingError {
  return new YuqingError("PROJECT_PATH", 2, { what: { zh: "项目路径里有控制字符", en: "the path of the project holds control characters" }, where, next: { zh: "换一个路径；什么也没有改动", en: "choose another path; nothing was changed" } });
}
