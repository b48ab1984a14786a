import { join } from "node:path";
import { integer } from "../../reports/format.ts";
import { addToDataset } from "../dataset.ts";
import { config, folderOf, inputsOf, keyOf, lang, mapping, project, settingsOf, type Command } from "./command.ts";
import { partial, writing } from "./writing.ts";

const labels = {
  read: { zh: "读入行", en: "rows read" },
  added: { zh: "新增帖文", en: "posts added" },
  merged: { zh: "并入的行", en: "rows merged" },
  accounts: { zh: "账号行", en: "rows about accounts" },
  rejected: { zh: "拒收行", en: "rows rejected" },
} as const;

export const importFiles: Command = {
  usage: "yuqing import FILE… [--out DIR]",
  help: {
    zh: "读入、统一、去重，写出（或并入）posts.jsonl、import.json、rejects.csv；改好的 rejects.csv 可再导入",
    en: "read, unify, merge duplicates; write (or add to) posts.jsonl, import.json, rejects.csv; a repaired rejects.csv can be imported",
  },
  example: "yuqing import inbox/ 'more/**/*.xlsx' --out data/event",
  flags: {
    event: { value: "FILE", help: { zh: "事件说明（这里只用其时区）", en: "what the event is (only its zone is used here)" } },
    config,
    out: { value: "DIR", help: { zh: "数据目录（默认 out/<首个文件名>）", en: "folder of the dataset (default out/<first file>)" } },
    ...mapping,
    project,
    lang,
  },
  async work(files, flags, terminal) {
    const settings = settingsOf(flags);
    const inputs = await inputsOf(files, terminal);
    const folder = folderOf(files, flags);
    const { language, progress } = terminal;
    return writing(folder, settings.config, terminal, async (output, onReject) => {
      const { record, posts } = await addToDataset({ folder, inputs, ...settings, key: keyOf(flags), output: output(), onReject, progress });
      output().commit();
      for (const [name, label] of Object.entries(labels)) terminal.print(`${label[language]}\t${integer(record[name as keyof typeof labels], language)}\n`);
      terminal.print(`${language === "zh" ? "现有帖文" : "posts now"}\t${integer(posts, language)}\n${join(folder, "posts.jsonl")}\n`);
      return partial(record.files, record.rejected, record.read, settings.config.rejectLimit, terminal) ? 3 : 0;
    });
  },
};
