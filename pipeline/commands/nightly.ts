import { join, resolve } from "node:path";
import { readProject } from "../archive/project.ts";
import { clock } from "../archive/clock.ts";
import { removeScratch } from "../engines/duckdb.ts";
import { nightly as runNightly } from "../nightly/nightly.ts";
import { projectKey } from "../project.ts";
import { lang, log, type Command } from "./command.ts";
import { now, projectFolder } from "./status.ts";

export const nightly: Command = {
  usage: "yuqing nightly [--project DIR] [--source FILE…]",
  help: { zh: "夜间批处理：收件目录的新文件入档，按查询归入事件，登记台账、预警，出日报和有变化的事件的报告", en: "the nightly run: new files of the inbox into the archive, posts to their events, ledger, alerts, digest, and reports of the events that changed" },
  example: "yuqing nightly --project /srv/yuqing",
  flags: {
    project: projectFolder,
    source: { value: "FILE", help: { zh: "代替收件目录的文件、目录或通配", en: "file, folder or pattern, in place of the inbox" } },
    now,
    log,
    lang,
  },
  filesByFlag: true,
  async work(_, flags, terminal) {
    const project = readProject((flags.project as string | undefined) ?? ".");
    const nowMs = clock(flags.now as string | undefined, project.config.utcOffset);
    const sources = flags.source === undefined ? project.config.inbox.sources.map((source) => resolve(project.folder, source)) : [resolve(flags.source as string)];
    const stop = () => {
      removeScratch();
      process.kill(process.pid, "SIGKILL"); // the archive is as before; the next run cleans up
    };
    process.once("SIGINT", stop).once("SIGTERM", stop);
    const { language, progress } = terminal;
    const { date, fresh, failures, published, committed, unpublished } = await runNightly({ project, key: projectKey(project.folder), sources, nowMs, language, progress, say: terminal.warn });
    for (const failure of failures) terminal.warn(failure);
    if (committed) terminal.print(published.map((name) => `${join(project.folder, "reports", name)}\n`).join(""));
    terminal.warn({ zh: committed ? `${date}：新增 ${fresh} 条` : `${date}：没有新内容，档案未动`, en: committed ? `${date}: ${fresh} new posts` : `${date}: nothing new, the archive is as it was` });
    if (unpublished > 0) terminal.warn({ zh: `已入档；还有 ${unpublished} 个文件没有放到 reports/，下一次运行会补上`, en: `the archive has it all; ${unpublished} files are still to be put under reports/, the next run does that` });
    return failures.length + unpublished > 0 ? 3 : 0;
  },
};
