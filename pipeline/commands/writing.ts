import type { RunConfig } from "../config.ts";
import { removeScratch } from "../engines/duckdb.ts";
import type { ExitCode, Message } from "../errors.ts";
import { RejectsWriter, rejectsHeader, type Reject } from "../import/tables/rejects.ts";
import { Output } from "../output.ts";
import type { Terminal } from "./command.ts";

const rejectsFile = "rejects.csv";

/**
 * Runs work that writes a folder: rejects are written as they come, everything becomes visible at the commit, a signal or an error leaves nothing half-made.
 * The folder is made when the first line needs it: a run that is refused at once leaves nothing behind.
 */
export async function writing(folder: string, { rejects }: RunConfig, { language }: Terminal, work: (output: () => Output, onReject: (reject: Reject) => void) => Promise<ExitCode | 0>): Promise<ExitCode | 0> {
  let output: Output | null = null;
  const writer = new RejectsWriter(language, { masked: rejects === "masked" });
  const target = () => (output ??= begun(folder));
  // An orderly exit would wait for the database's threads: clean up and go.
  const stop = () => {
    output?.discard();
    removeScratch();
    process.kill(process.pid, "SIGKILL");
  };
  process.once("SIGINT", stop).once("SIGTERM", stop);
  try {
    return await work(target, (reject) => target().write(rejectsFile, writer.lines(reject)));
  } catch (cause) {
    (output as Output | null)?.discard();
    throw cause;
  }
}

/** rejects.csv holds rows as they were written, so that they can be repaired: only its owner may read it. */
function begun(folder: string): Output {
  const output = new Output(folder);
  output.write(rejectsFile, rejectsHeader, 0o600);
  return output;
}

/** Whether the result is partial: files left out, or more rows rejected than `limit` (a share). Says which. */
export function partial(files: readonly { name: string; fault: Message | null }[], rejected: number, read: number, limit: number, terminal: Terminal): boolean {
  const share = read === 0 ? 0 : rejected / read;
  let some = false;
  for (const { name, fault } of files) {
    if (fault === null) continue;
    some = true;
    terminal.warn({ zh: `没有使用 ${name}：${fault.zh}`, en: `${name} was not used: ${fault.en}` });
  }
  if (share <= limit) return some;
  const per = `${(share * 100).toFixed(1)}%`;
  terminal.warn({ zh: `拒收 ${per}，超过上限 ${limit * 100}%；原因见 rejects.csv`, en: `${per} of rows rejected, above the limit of ${limit * 100}%; reasons in rejects.csv` });
  return true;
}
