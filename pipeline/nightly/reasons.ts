import { explained } from "../engines/refusals.ts";
import { inOneLine, printable, type Message } from "../errors.ts";
import type { Work } from "./nightly.ts";

/** File of a night, under reports/, with the stacks of what was a bug of ours. */
export const stacksName = ({ date }: Pick<Work, "date">): string => `${date}/errors.txt`;

/** Why a part of the night was not made. A stack may quote posts: it goes to a file that only its owner reads, not to the terminal and the digest. */
export function reasonOf(work: Pick<Work, "date" | "stacks">, cause: unknown): Message {
  const known = explained(cause);
  if (known !== null) return inOneLine(known);
  work.stacks.push(cause instanceof Error ? (cause.stack ?? cause.message) : String(cause));
  const [name, file] = [cause instanceof Error ? cause.name : typeof cause, `reports/${stacksName(work)}`];
  return { zh: `程序内部错误（${name}），见 ${file}`, en: `internal error (${name}), see ${file}` };
}

/** The night is committed and something after it failed: it can cost no post any more. */
export function afterCommit(cause: unknown): Message {
  const known = explained(cause);
  const why = known !== null ? inOneLine(known) : { zh: printable(String(cause)), en: printable(String(cause)) };
  return { zh: `当晚已入档，其后：${why.zh}`, en: `the night is in the archive; after that: ${why.en}` };
}
