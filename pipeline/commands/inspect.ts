import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { offsetMs } from "../config.ts";
import { YuqingError } from "../errors.ts";
import { describe, inspect as inspectFile } from "../import/inspect.ts";
import { config, inputsOf, lang, mapping, settingsOf, type Command } from "./command.ts";

export const inspect: Command = {
  usage: "yuqing inspect FILE… [--json] [--save-profile profile.yaml]",
  help: { zh: "只看不跑：编码、表头映射、覆盖率、可疑之处", en: "look without running: encoding, header mapping, coverage, suspicions" },
  example: "yuqing inspect posts.csv --map text=内容 --save-profile vendor.yaml",
  flags: {
    config,
    ...mapping,
    "save-profile": { value: "FILE", help: { zh: "把（第一个文件的）列映射存成 YAML，供 --profile 使用", en: "save the column mapping (of the first file) as YAML for --profile" } },
    json: { value: null, help: { zh: "输出 JSON", en: "print JSON" } },
    lang,
  },
  async work(files, flags, terminal) {
    const { config, profile } = settingsOf(flags);
    const seen = [];
    for (const input of await inputsOf(files, terminal)) seen.push(await inspectFile(input, { columns: config.columns, profile, cellLimit: config.cellLimit, utcOffsetMs: offsetMs("+08:00") }));
    terminal.print(flags.json ? `${JSON.stringify(seen, null, 1)}\n` : `${seen.map((one) => describe(one, terminal.language)).join("\n\n")}\n`);
    if (flags["save-profile"] !== undefined) save(resolve(flags["save-profile"] as string), seen[0]!.mapping ?? "");
    return 0;
  },
};

/** A profile that is there already stays: others may be using it. */
function save(path: string, text: string): void {
  try {
    writeFileSync(path, text, { flag: "wx" });
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new YuqingError("PROFILE_UNWRITABLE", 2, {
      what: { zh: "列映射存不了", en: "cannot save the mapping" },
      where: path,
      got: code,
      next: code === "EEXIST" ? { zh: "换一个文件名，或先删除旧文件", en: "choose another name or remove the old file" } : { zh: "检查目录和权限", en: "check the folder and its permissions" },
    });
  }
}
