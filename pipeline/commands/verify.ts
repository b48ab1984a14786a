import { integer } from "../../reports/format.ts";
import { openArchive } from "../archive/archive.ts";
import { readProject } from "../archive/project.ts";
import { faultWords, verifyArchive } from "../archive/verify.ts";
import { printable } from "../errors.ts";
import { lang, type Command } from "./command.ts";
import { projectFolder } from "./status.ts";

export const verify: Command = {
  usage: "yuqing verify [--project DIR]",
  help: { zh: "逐个核对档案文件的哈希与行数；缺失、被改动、不在清单中的逐一列出（退出码 3），不重建任何内容", en: "compare every file of the archive with its hash and rows; name what is missing, altered or unlisted (exit code 3); rebuild nothing" },
  example: "yuqing verify --project office",
  flags: { project: projectFolder, lang },
  filesByFlag: true,
  async work(_files, flags, { language, print }) {
    const project = readProject((flags.project as string | undefined) ?? ".");
    const { files, bytes, faults, unfinished } = await verifyArchive(openArchive(project.folder, { write: false, nowMs: 0 }));
    for (const { name, kind, got, expected } of faults) {
      const seen = [got, expected].some((part) => part !== null) ? `\t${got ?? "—"}\t${expected ?? "—"}` : "";
      print(`${faultWords[kind][language]}\t${printable(name)}${seen}\n`);
    }
    if (unfinished > 0) print(language === "zh" ? `另有 ${unfinished} 个文件属于正在进行的运行\n` : `${unfinished} more files belong to a run that is at work\n`);
    const sum = `${integer(files, language)} / ${(bytes / 1e6).toFixed(1)} MB`;
    print(language === "zh" ? `核对文件 ${sum}，问题 ${faults.length}\n` : `files compared ${sum}, faults ${faults.length}\n`);
    return faults.length > 0 ? 3 : 0;
  },
};
