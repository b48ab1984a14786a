import { instant, integer } from "../../reports/format.ts";
import { openArchive } from "../archive/archive.ts";
import { clock } from "../archive/clock.ts";
import { readProject } from "../archive/project.ts";
import { statusOf, type Status } from "../archive/status.ts";
import { offsetMs } from "../config.ts";
import type { Language, Message } from "../errors.ts";
import { lang, type Command, type Flag } from "./command.ts";

export const projectFolder: Flag = { value: "DIR", help: { zh: "项目目录（默认当前目录）", en: "project folder (default: the current folder)" } };
export const now: Flag = { value: "TIME", help: { zh: "把这一时刻（YYYY-MM-DD HH:MM，项目时区）当作现在", en: "take this instant (YYYY-MM-DD HH:MM, the project's zone) for now" } };

export const status: Command = {
  usage: "yuqing status [--project DIR]",
  help: { zh: "档案的现状：上一次运行、间隔、夜数、帖文、大小、未结事项、待补发的报告；不加锁，不改动", en: "how the archive stands: last run, lag, nights, posts, size, open items, reports still to be published; takes no lock, changes nothing" },
  example: "yuqing status --project office",
  flags: { project: projectFolder, json: { value: null, help: { zh: "以 JSON 输出", en: "print JSON" } }, now, lang },
  filesByFlag: true,
  async work(_files, flags, { language, print }) {
    const project = readProject((flags.project as string | undefined) ?? ".");
    const nowMs = clock(flags.now as string | undefined, project.config.utcOffset);
    const archive = openArchive(project.folder, { write: false, nowMs });
    const found = await statusOf(project, archive, nowMs);
    if (flags.json) print(`${JSON.stringify(found)}\n`);
    else for (const [label, value] of lines(found, language, offsetMs(project.config.utcOffset))) print(`${label[language]}\t${value}\n`);
    return 0;
  },
};

function lines(found: Status, language: Language, utcOffsetMs: number): [Message, string][] {
  const { name, folder, last, lag_ms, ledger, inbox, working } = found;
  const say = (zh: string, en: string): string => (language === "zh" ? zh : en);
  const none = say("无", "none");
  const at = (ms: number): string => instant(ms, language, utcOffsetMs, "minute");
  return [
    [{ zh: "项目", en: "project" }, name === "" ? folder : `${name} (${folder})`],
    [{ zh: "上一次运行", en: "last run" }, last === null ? none : `${at(last.now_ms)}${say("，", "; ")}${say(`新增帖文 ${integer(last.fresh, language)} 条`, `${integer(last.fresh, language)} new posts that night`)}`],
    [{ zh: "距今", en: "lag" }, lag_ms === null ? none : lag_ms < 0 ? say("系统时钟早于上一次运行", "the clock is before the last run") : span(lag_ms, language)],
    [{ zh: "夜数", en: "nights" }, `${integer(found.nights, language)}${gaps(found, language)}`],
    [{ zh: "帖文", en: "posts" }, integer(found.posts, language)],
    [{ zh: "已清理帖文的编号", en: "ids of pruned posts" }, found.pruned.ids === 0 ? none : `${integer(found.pruned.ids, language)}${say("，", ", ")}${(found.pruned.bytes / 1e6).toFixed(1)} MB`],
    [{ zh: "来源文件", en: "source files" }, `${integer(found.sources, language)}${found.faulty > 0 ? say(`，其中 ${found.faulty} 个读不了`, `, ${found.faulty} of them unreadable`) : ""}`],
    [{ zh: "事件", en: "events" }, integer(found.events, language)],
    [{ zh: "占用", en: "size" }, `${(found.bytes / 1e6).toFixed(1)} MB${say("，", ", ")}${integer(found.files, language)} ${say("个文件", "files")}`],
    [{ zh: "待读入", en: "inbox" }, say(`${inbox.fresh} 个，另有 ${inbox.left} 个等待或略过`, `${inbox.fresh} to be read, ${inbox.left} waiting or passed over`)],
    [{ zh: "台账未办结", en: "open items" }, ledger === null ? none : say(`${ledger.open} 件，其中超期 ${ledger.overdue} 件`, `${ledger.open}, ${ledger.overdue} of them overdue`)],
    [{ zh: "待补发的报告", en: "to be published" }, integer(found.unpublished, language)],
    [{ zh: "中断运行的残留", en: "leftover files" }, integer(found.leftover, language)],
    [{ zh: "正在运行", en: "at work" }, working === null ? none : `pid ${working.pid}, ${working.host}, ${at(working.since_ms)}`],
  ];
}

/** Nights without anything to read, and dates without a run: two different things to look into. */
function gaps({ empty, missed }: Status, language: Language): string {
  const zh = language === "zh";
  const parts = [...(empty > 0 ? [zh ? `其中 ${empty} 夜没有读到一行` : `${empty} of them read no row`] : []), ...(missed > 0 ? [zh ? `另有 ${missed} 天没有运行` : `${missed} more ${missed === 1 ? "date" : "dates"} without a run`] : [])];
  return parts.map((part) => `${zh ? "，" : "; "}${part}`).join("");
}

function span(ms: number, language: Language): string {
  const hours = Math.floor(ms / 3_600_000);
  const minutes = Math.floor(ms / 60_000) % 60;
  return language === "zh" ? `${hours} 小时 ${minutes} 分` : `${hours} h ${minutes} min`;
}
