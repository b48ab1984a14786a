import { basename, dirname, resolve } from "node:path";
import { Database } from "../engines/duckdb.ts";
import { nearest, YuqingError, type ExitCode } from "../errors.ts";
import { ingest } from "../ingest.ts";
import { integer } from "../../reports/format.ts";
import { Output } from "../output.ts";
import { suggestAliases } from "../words/aliases.ts";
import { discover } from "../words/discover.ts";
import { userWords } from "../words/event-words.ts";
import { extendedList, listBefore } from "../words/list.ts";
import { makeDistinctTexts } from "../words/texts.ts";
import { config, inputsOf, keyOf, lang, mapping, project, settingsOf, type Command, type Flags, type Terminal } from "./command.ts";
import { partial } from "./writing.ts";

/** Rows of a list that an analyst can read through; and what the configuration reader takes. */
const usualTop = 300;
const mostTop = 1500;

export const words: Command = {
  usage: "yuqing words discover FILE… --out words.yaml [--event event.yaml] [--top N]",
  help: {
    zh: "找出词典里没有的人名、机构、地名和流行语，写成供人审阅的词表（keep / drop / alias）；词表已存在时只追加，不改已有的行",
    en: "find names and slang that the dictionaries lack and write a list to review (keep / drop / alias); an existing list is only added to",
  },
  example: "yuqing words discover posts.csv --event event.yaml --out words.yaml",
  flags: {
    event: { value: "FILE", help: { zh: "事件说明（时间窗、已知的词）", en: "what the event is (window, known words)" } },
    config,
    out: { value: "FILE", help: { zh: "词表（YAML）", en: "the list (YAML)" } },
    top: { value: "N", help: { zh: `最多列出多少个词，1–${mostTop}（默认 ${usualTop}）`, en: `most words listed, 1–${mostTop} (default ${usualTop})` } },
    ...mapping,
    project,
    lang,
  },
  async work([part, ...files], flags, terminal) {
    if (part === "discover" && files.length > 0) return listWords(files, flags, terminal);
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
  const { language, progress } = terminal;
  const database = await Database.open({ memory: settings.config.memory });
  try {
    progress.start({ zh: "导入", en: "import" });
    const intake = await ingest(database, { inputs, ...settings, key: keyOf(flags), onReject: () => {}, progress });
    const read = intake.reduce((sum, file) => sum + file.read, 0);
    progress.end({ zh: `读入 ${integer(read, "zh")} 行`, en: `${integer(read, "en")} rows read` });
    progress.start({ zh: "发现新词", en: "words" });
    await makeDistinctTexts(database, settings.event);
    const found = await discover(database, userWords(settings.event, settings.words));
    const listed = found.words.slice(0, top);
    const suggestions = await suggestAliases(database, listed);
    progress.end({ zh: `${integer(found.words.length, "zh")} 个`, en: `${integer(found.words.length, "en")} found` });
    const { text, added } = extendedList(before, listed.map((word, i) => ({ ...word, suggestion: suggestions[i]! })));
    write(out, text);
    const labels = language === "zh" ? ["独立文本", "发现新词", "新列入词表"] : ["distinct texts", "new words", "added to the list"];
    terminal.print(`${labels[0]}\t${integer(found.texts, language)}\n${labels[1]}\t${integer(found.words.length, language)}\n${labels[2]}\t${integer(added, language)}\n${out}\n`);
    const rejected = intake.reduce((sum, file) => sum + file.rejected, 0);
    return partial(intake, rejected, read, settings.config.rejectLimit, terminal) ? 3 : 0;
  } finally {
    database.close();
  }
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
