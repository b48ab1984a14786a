import { join, resolve } from "node:path";
import { openArchive, type Archive } from "../archive/archive.ts";
import { readProject } from "../archive/project.ts";
import { removeScratch } from "../engines/duckdb.ts";
import { nearest, YuqingError } from "../errors.ts";
import { eventPosts, reportEvent, reportFiles } from "../nightly/event-report.ts";
import { readEvents, type ProjectEvent } from "../nightly/events.ts";
import { Output } from "../output.ts";
import { withProjectWords } from "../nightly/words.ts";
import { projectKey } from "../project.ts";
import { readProjectList } from "../words/list.ts";
import { lang, type Command } from "./command.ts";
import { projectFolder } from "./status.ts";

export const event: Command = {
  usage: "yuqing event KEY [--project DIR] [--out DIR]",
  help: { zh: "由档案生成一个事件的完整案例报告（KEY 为 events/ 下的文件名，不带 .yaml）", en: "the whole case study of an event from the archive (KEY: its file under events/ without .yaml)" },
  example: "yuqing event school --project /srv/yuqing --out out/school",
  flags: { project: projectFolder, out: { value: "DIR", help: { zh: "输出目录（默认 out/KEY）", en: "output folder (default out/KEY)" } }, lang },
  async work([key, ...more], flags, { language, progress, print, warn }) {
    if (more.length > 0) throw new YuqingError("USAGE", 2, { what: { zh: "一次一个事件", en: "one event at a time" }, got: more[0]!, expected: event.usage });
    const project = readProject((flags.project as string | undefined) ?? ".");
    const stop = () => {
      removeScratch();
      process.kill(process.pid, "SIGKILL");
    };
    process.once("SIGINT", stop).once("SIGTERM", stop);
    const archive = openArchive(project.folder, { write: false, nowMs: 0 });
    const one = findEvent(project.folder, archive, key!);
    const report = await reportEvent(one, eventPosts(archive, one, archive.manifest), { config: project.config.run, key: projectKey(project.folder), since: null, progress });
    const { files, broken } = await reportFiles(report, language, project.config.sections ?? undefined);
    const folder = resolve((flags.out as string | undefined) ?? join("out", key!));
    const output = new Output(folder);
    for (const [name, content] of files) output.write(name, content);
    output.commit();
    print(`${join(folder, "report.html")}\n`);
    const failed = report.findings.flatMap((finding) => (finding.status === "error" ? [`${finding.id}: ${finding.error}`] : []));
    for (const place of [...failed, ...broken]) warn({ zh: `不完整：${place}`, en: `incomplete: ${place}` });
    return failed.length + broken.length > 0 ? 3 : 0;
  },
};

/** An event of the project whose posts the archive knows. Throws EVENT_UNKNOWN, EVENT_STALE, and what is wrong with the project's list of words (exit 2). */
export function findEvent(folder: string, archive: Archive, key: string): ProjectEvent {
  const { events: known, refused } = readEvents(join(folder, "events"));
  const events = withProjectWords(known, readProjectList(folder));
  const one = events.get(key);
  if (one === undefined) {
    const why = refused.get(key);
    const near = nearest(key, [...events.keys()]);
    throw new YuqingError("EVENT_UNKNOWN", 2, { what: why ?? { zh: "没有这个事件", en: "no such event" }, where: join(folder, "events"), got: key, expected: [...events.keys()].join(", "), ...(near !== null && { next: { zh: `是否想写 ${near}？`, en: `did you mean ${near}?` } }) });
  }
  if (archive.manifest.events.find((listed) => listed.key === key)?.query !== one.query) {
    throw new YuqingError("EVENT_STALE", 2, { what: { zh: "事件是新的，或查询改过，它的帖文还没有从档案中找出", en: "the event is new, or its query was changed: its posts have not been found in the archive yet" }, where: key, next: { zh: "先运行一次 yuqing nightly", en: "run yuqing nightly once" } });
  }
  return one;
}
