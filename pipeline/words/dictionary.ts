import { readFileSync, statSync } from "node:fs";
import { usableWord } from "../../analyzers/post/segment.ts";
import { YuqingError, type Message } from "../errors.ts";

const largest = 8 * 1024 * 1024;
const mostProblems = 10;

/**
 * Words of a user dictionary: one a line, as jieba's (`word`, `word freq`, `word tag` or `word freq tag`; frequency and tag are not used). Blank lines and # comments pass.
 * A repeated word counts once. Throws DICTIONARY_UNREADABLE, and DICTIONARY_LINE with the numbers of lines that hold no word.
 */
export function readDictionary(path: string): { words: string[]; repeated: string[] } {
  const words = new Set<string>();
  const repeated = new Set<string>();
  const problems: string[] = [];
  readLines(path).forEach((line, i) => {
    const text = line.trim();
    if (text === "" || text.startsWith("#")) return;
    const [word, ...rest] = text.split(/[ \t]+/) as [string, ...string[]];
    if (!usableWord(word) || !isRest(rest)) problems.push(`${i + 1}: ${JSON.stringify(text.slice(0, 40))}`);
    else if (words.has(word)) repeated.add(word);
    else words.add(word);
  });
  if (problems.length > 0) throw badLines(path, problems);
  return { words: [...words], repeated: [...repeated] };
}

/** Frequency, tag, or both in this order. */
const isRest = (rest: readonly string[]): boolean => rest.length === 0 || (rest.length === 1 && /^(?:\d+|[A-Za-z]{1,8})$/.test(rest[0]!)) || (rest.length === 2 && /^\d+$/.test(rest[0]!) && /^[A-Za-z]{1,8}$/.test(rest[1]!));

function readLines(path: string): string[] {
  try {
    const info = statSync(path);
    if (!info.isFile()) throw unreadable(path, { zh: "不是文件", en: "not a file" });
    if (info.size > largest) throw unreadable(path, { zh: `${info.size} 字节 > ${largest}`, en: `${info.size} B > ${largest} B` });
    return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(path)).split(/\r?\n/);
  } catch (cause) {
    if (cause instanceof YuqingError) throw cause;
    const code = (cause as NodeJS.ErrnoException).code ?? "";
    throw unreadable(path, code.startsWith("ERR_ENCODING") ? { zh: "不是 UTF-8", en: "not UTF-8" } : { zh: code, en: code });
  }
}

function unreadable(path: string, got: Message): YuqingError {
  return new YuqingError("DICTIONARY_UNREADABLE", 2, { what: { zh: "用户词典读不了", en: "cannot read the user dictionary" }, where: path, got: got.en, expected: "UTF-8", next: { zh: "检查路径、权限和编码", en: "check path, permissions and encoding" } });
}

function badLines(path: string, problems: readonly string[]): YuqingError {
  return new YuqingError("DICTIONARY_LINE", 2, {
    what: { zh: `用户词典有 ${problems.length} 行不是词`, en: `${problems.length} lines of the user dictionary hold no word` },
    where: `${path}:${problems[0]!.split(":")[0]}`,
    got: `${problems.slice(0, mostProblems).join("; ")}${problems.length > mostProblems ? " …" : ""}`,
    expected: "word [frequency] [tag]; 2–30 Han characters, letters, digits, + # & . _ % -",
    next: { zh: "改正或删去这些行后重跑；什么也没有执行", en: "correct or remove these lines and run again; nothing was run" },
  });
}
