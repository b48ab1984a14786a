import { join, resolve } from "node:path";
import { renderDigest } from "../../reports/digest/render.ts";
import { dateOf } from "../../analyzers/workdays.ts";
import { alertLogSchema } from "../alerts/state.ts";
import { openArchive } from "../archive/archive.ts";
import { clock } from "../archive/clock.ts";
import { readProject } from "../archive/project.ts";
import { offsetMs } from "../config.ts";
import { periods, type Period } from "../digest/options.ts";
import { dayOf } from "../digest/span.ts";
import { YuqingError, type Message } from "../errors.ts";
import { emptyLedger, ledgerSchema } from "../ledger/ledger.ts";
import { digestOf, readNights } from "../nightly/digests.ts";
import { Output } from "../output.ts";
import { lang, type Command } from "./command.ts";
import { now, projectFolder } from "./status.ts";

/** Nights behind the last date of a digest that it may read: a month, the month before it, and the fortnight before that. */
const reach = 75;

export const digest: Command = {
  usage: "yuqing digest --period day|week|month [--date YYYY-MM-DD] [--project DIR] [--out DIR]",
  help: { zh: "由档案出一期日报、周报或月报（JSON、HTML、纯文本、Word）；不加锁，不改动档案", en: "a daily, weekly or monthly digest from the archive (JSON, HTML, plain text, Word); takes no lock, changes nothing there" },
  example: "yuqing digest --period month --date 2026-10-31 --project office",
  flags: {
    period: { value: "day|week|month", help: { zh: "日报、周报或月报（默认 day）", en: "daily, weekly or monthly (default day)" } },
    date: { value: "YYYY-MM-DD", help: { zh: "当日，或周、月中截至的一天（默认最后一夜）", en: "the day, or the last day so far of the week or month (default: the last night)" } },
    project: projectFolder,
    out: { value: "DIR", help: { zh: "输出目录（默认项目的 reports/digests）", en: "output folder (default reports/digests of the project)" } },
    now,
    lang,
  },
  filesByFlag: true,
  async work(_, flags, { language, print, warn }) {
    const project = readProject((flags.project as string | undefined) ?? ".");
    const period = periodOf((flags.period as string | undefined) ?? "day");
    const archive = openArchive(project.folder, { write: false, nowMs: clock(flags.now as string | undefined, project.config.utcOffset) });
    const { nights } = archive.manifest;
    const date = (flags.date as string | undefined) ?? nights.at(-1)?.date;
    if (date === undefined) throw refused({ zh: "档案里还没有一夜", en: "the archive has no night yet" }, "nothing", { zh: "先运行 yuqing nightly", en: "run yuqing nightly first" });
    if (!isDate(date)) throw refused({ zh: "看不懂日期", en: "cannot read the date" }, date, { zh: "写成 2026-11-21", en: "write it as 2026-11-21" });
    const made = digestOf(
      { project, utcOffsetMs: offsetMs(project.config.utcOffset) }, period, date,
      readNights(archive, dateOf(dayOf(date) - reach), "9999-12-31"), nights,
      archive.state("ledger", ledgerSchema) ?? emptyLedger, archive.state("alert-log", alertLogSchema) ?? [],
    );
    const broken: Message[] = [];
    const files = await renderDigest(made, language, (message) => broken.push(message), warn);
    const folder = resolve((flags.out as string | undefined) ?? join(project.folder, "reports", "digests"));
    const output = new Output(folder);
    for (const [name, content] of files) output.write(name, content);
    output.commit();
    print([...files.keys()].map((name) => `${join(folder, name)}\n`).join(""));
    broken.forEach(warn);
    return broken.length > 0 ? 3 : 0;
  },
};

function periodOf(given: string): Period {
  const period = periods.find((one) => one === given);
  if (period === undefined) throw refused({ zh: "没有这种摘报", en: "no such digest" }, given, { zh: `写 ${periods.join("、")} 之一`, en: `one of ${periods.join(", ")}` });
  return period;
}

/** A day of the calendar, written as ours are: 2026-02-30 is none. */
const isDate = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(dayOf(text)) && dateOf(dayOf(text)) === text;

function refused(what: Message, got: string, next: Message): YuqingError {
  return new YuqingError("DIGEST", 2, { what, got, next });
}
