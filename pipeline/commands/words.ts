import { basename, dirname, join, resolve } from "node:path";
import { openArchive } from "../archive/archive.ts";
import { readProject } from "../archive/project.ts";
import { eventSchema, offsetMs, type EventConfig } from "../config.ts";
import { Database } from "../engines/duckdb.ts";
import { nearest, YuqingError, type ExitCode } from "../errors.ts";
import { ingest } from "../ingest.ts";
import { integer } from "../../reports/format.ts";
import { eventPosts, fileKinds, pathsOf } from "../nightly/event-report.ts";
import { readEventPosts } from "../nightly/posts.ts";
import { Output } from "../output.ts";
import { suggestAliases } from "../words/aliases.ts";
import { discover } from "../words/discover.ts";
import { noEventWords, vocabularyOf, type EventWords } from "../words/event-words.ts";
import { extendedList, listBefore, projectList, readProjectList, type Origin } from "../words/list.ts";
import { makeDistinctTexts, readWordedPosts } from "../words/texts.ts";
import { findEvent } from "./event.ts";
import { config, inputsOf, keyOf, lang, mapping, project, settingsOf, type Command, type Flags, type Terminal } from "./command.ts";
import { partial } from "./writing.ts";

/** Rows of a list that an analyst can read through; and what the configuration reader takes. */
const usualTop = 300;
const mostTop = 1500;

export const words: Command = {
  usage: "yuqing words discover FILE… --out words.yaml [--event event.yaml] [--top N] | --project DIR [--event KEY] [--top N]",
  help: {
    zh: `找出词典里没有的人名、机构、地名和流行语，写成供人审阅的词表（keep / drop / alias；拿不准的标 undecided，定之前不起作用）；词表已存在时只追加，不改已有的行。不给文件时取项目档案中的帖文，写进项目的 ${projectList}，下一夜起用于所有事件`,
    en: `find names and slang that the dictionaries lack and write a list to review (keep / drop / alias; the less sure ones are undecided, without effect until they are); an existing list is only added to. Without files: from the posts of a project's archive into its ${projectList}, which all events use from the next night on`,
  },
  example: "yuqing words discover posts.csv --event event.yaml --out words.yaml",
  flags: {
    event: { value: "FILE", help: { zh: "事件说明（时间窗、已知的词）；项目中为事件的 KEY", en: "what the event is (window, known words); in a project its KEY" } },
    config,
    out: { value: "FILE", help: { zh: "词表（YAML）", en: "the list (YAML)" } },
    top: { value: "N", help: { zh: `最多列出多少个词，1–${mostTop}（默认 ${usualTop}）`, en: `most words listed, 1–${mostTop} (default ${usualTop})` } },
    ...mapping,
    project,
    lang,
  },
  async work([part, ...files], flags, terminal) {
    if (part === "discover" && files.length > 0) return listWords(files, flags, terminal);
    if (part === "discover" && flags.project !== undefined) return listProjectWords(flags, terminal);
    const near = part === undefined ? null : nearest(part, ["discover"]);
    throw new YuqingError("USAGE", 2, { what: { zh: "words 的用法不对", en: "wrong use of words" }, got: part ?? "nothing", expected: words.usage, ...(near !== null && near !== part && { next: { zh: `是否想写 ${near}？`, en: `did you mean ${near}?` } }) });
  },
};

async function listWords(files: readonly string[], flags: Flags, terminal: Terminal): Promise<ExitCode | 0> {
  const top = topOf(flags.top);
  if (flags.out === undefined) throw new YuqingError("USAGE", 2, { what: { zh: "没有给出 --out", en: "no --out given" }, got: "nothing", expected: words.usage });
  const out = resolve(flags.out as string);
  const before = listBefore(out);
  // The list may be the one that is to be written.
  const settings = settingsOf(flags, { reviewed: false });
  const inputs = await inputsOf(files, terminal);
  const { progress } = terminal;
  const database = await Database.open({ memory: settings.config.memory });
  try {
    progress.start({ zh: "导入", en: "import" });
    const intake = await ingest(database, { inputs, ...settings, key: keyOf(flags), onReject: () => {}, progress });
    const read = intake.reduce((sum, file) => sum + file.read, 0);
    progress.end({ zh: `读入 ${integer(read, "zh")} 行`, en: `${integer(read, "en")} rows read` });
    await listFound(database, { event: settings.event, words: settings.words, top, before, out, origin: null }, terminal);
    const rejected = intake.reduce((sum, file) => sum + file.rejected, 0);
    return partial(intake, rejected, read, settings.config.rejectLimit, terminal) ? 3 : 0;
  } finally {
    database.close();
  }
}

/** New words of the archive, or of one of its events, into the project's list. */
async function listProjectWords(flags: Flags, terminal: Terminal): Promise<0> {
  const top = topOf(flags.top);
  const { folder, config: { run } } = readProject(flags.project as string);
  const archive = openArchive(folder, { write: false, nowMs: 0 });
  const night = archive.manifest.nights.at(-1)?.date ?? null;
  const paths = pathsOf(archive, fileKinds.posts);
  if (night === null || paths.length === 0) throw new YuqingError("ARCHIVE_EMPTY", 1, { what: { zh: "档案里还没有帖文", en: "the archive holds no posts yet" }, where: folder, next: { zh: "先运行 yuqing nightly", en: "run yuqing nightly first" } });
  const out = flags.out === undefined ? join(folder, projectList) : resolve(flags.out as string);
  const before = listBefore(out);
  const key = (flags.event as string | undefined) ?? null;
  const one = key === null ? null : findEvent(folder, archive, key);
  const event = one?.config ?? eventSchema.parse({});
  const words = one?.words ?? { ...noEventWords, project: readProjectList(folder) };
  const database = await Database.open({ memory: run.memory });
  try {
    if (one === null) await readWordedPosts(database, paths);
    else await readEventPosts(database, eventPosts(archive, one, archive.manifest), offsetMs(event.utcOffset));
    await listFound(database, { event, words, top, before, out, origin: { event: key, night } }, terminal);
    return 0;
  } finally {
    database.close();
  }
}

interface Listing {
  event: EventConfig;
  words: EventWords;
  top: number;
  /** What stands in the list. */
  before: string | null;
  out: string;
  origin: Origin | null;
}

/** Finds the new words of `posts` and adds them to the list. */
async function listFound(database: Database, { event, words: given, top, before, out, origin }: Listing, { language, progress, print }: Terminal): Promise<void> {
  progress.start({ zh: "发现新词", en: "words" });
  await makeDistinctTexts(database, event);
  const { words: known, dropped } = vocabularyOf(event, given);
  const found = await discover(database, known, dropped, { review: true });
  const listed = [...found.words.filter(({ sure }) => sure), ...found.words.filter(({ sure }) => !sure)].slice(0, top);
  const suggestions = await suggestAliases(database, listed);
  progress.end({ zh: `${integer(found.words.length, "zh")} 个`, en: `${integer(found.words.length, "en")} found` });
  const { text, added } = extendedList(before, listed.map((word, i) => ({ ...word, suggestion: suggestions[i]! })), origin);
  write(out, text);
  const labels = language === "zh" ? ["独立文本", "发现新词", "其中待定", "新列入词表"] : ["distinct texts", "new words", "undecided", "added to the list"];
  const undecided = found.words.filter(({ sure }) => !sure).length;
  print(`${labels[0]}\t${integer(found.texts, language)}\n${labels[1]}\t${integer(found.words.length, language)}\n${labels[2]}\t${integer(undecided, language)}\n${labels[3]}\t${integer(added, language)}\n${out}\n`);
}

function topOf(given: string | boolean | undefined): number {
  if (given === undefined) return usualTop;
  const top = typeof given === "string" && /^\d{1,6}$/.test(given) ? Number(given) : 0;
  if (top >= 1 && top <= mostTop) return top;
  throw new YuqingError("USAGE", 2, { what: { zh: "--top 的值不对", en: "wrong value of --top" }, got: String(given), expected: `1–${mostTop}` });
}

function write(out: string, text: string): void {
  const output = new Output(dirname(out));
  try {
    output.write(basename(out), text);
    output.commit();
  } catch (cause) {
    output.discard();
    throw cause;
  }
}
