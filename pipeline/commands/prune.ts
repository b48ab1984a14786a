import { integer } from "../../reports/format.ts";
import { openArchive } from "../archive/archive.ts";
import { clock, localDate } from "../archive/clock.ts";
import { readProject } from "../archive/project.ts";
import { pruneBefore } from "../archive/prune.ts";
import { offsetMs } from "../config.ts";
import { YuqingError } from "../errors.ts";
import { lang, type Command } from "./command.ts";
import { now, projectFolder } from "./status.ts";

export const prune: Command = {
  usage: "yuqing prune --before YYYY-MM-DD [--project DIR]",
  help: { zh: "删去该日之前各夜的帖文，逐日计数、台账、日报、来源记录和帖文编号保留（再来的同一帖不算新增）；不询问，列出删去的文件", en: "remove the posts of nights before the date; counts, ledger, digests, the record of sources and the ids of posts stay (one that comes again is not new); asks nothing, prints what it removed" },
  example: "yuqing prune --before 2026-01-01 --project office",
  flags: { before: { value: "YYYY-MM-DD", help: { zh: "这一夜及以后的保留", en: "this night and later ones stay" } }, project: projectFolder, now, lang },
  filesByFlag: true,
  async work(_files, flags, { language, print, warn }) {
    const project = readProject((flags.project as string | undefined) ?? ".");
    const { utcOffset } = project.config;
    const nowMs = clock(flags.now as string | undefined, utcOffset);
    const date = dateOf(flags.before as string | undefined, localDate(nowMs, offsetMs(utcOffset)));
    const archive = openArchive(project.folder, { write: true, nowMs, onRepair: warn });
    try {
      const gone = await pruneBefore(archive, date, project.config.run.memory);
      for (const { name, rows, bytes } of gone) print(`${name}\t${integer(rows, language)}\t${integer(bytes, language)} B\n`);
      const posts = gone.reduce((sum, { kind, rows }) => sum + (kind === "posts" ? rows! : 0), 0);
      print(language === "zh" ? `删去帖文 ${integer(posts, language)} 条，文件 ${gone.length} 个\n` : `removed ${integer(posts, language)} posts, ${gone.length} files\n`);
      return 0;
    } finally {
      archive.close();
    }
  },
};

/** Throws USAGE for what is no day, or a day after today. */
function dateOf(given: string | undefined, today: string): string {
  const isDay = given !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(given) && !Number.isNaN(Date.parse(`${given}T00:00Z`)) && new Date(`${given}T00:00Z`).toISOString().startsWith(given);
  if (isDay && given <= today) return given;
  throw new YuqingError("USAGE", 2, {
    what: isDay ? { zh: "日期在将来", en: "the date is in the future" } : { zh: "没有给出日期，或日期的写法不对", en: "no date, or not a date" },
    where: "--before",
    got: given ?? "nothing",
    expected: `YYYY-MM-DD, ≤ ${today}`,
    next: { zh: "什么也没有删除", en: "nothing was removed" },
  });
}
