import { resolve } from "node:path";
import { initProject } from "../archive/init.ts";
import { YuqingError } from "../errors.ts";
import { lang, type Command } from "./command.ts";

export const init: Command = {
  usage: "yuqing init DIR",
  help: {
    zh: "新建项目目录：yuqing.yaml、events/、inbox/、archive/、reports/、schedule/（cron 与 systemd）和密钥；已有的文件不动",
    en: "make a project folder: yuqing.yaml, events/, inbox/, archive/, reports/, schedule/ (cron and systemd) and a key; files that are there stay as they are",
  },
  example: "yuqing init office",
  flags: { lang },
  async work([folder, ...more], _flags, { language, print }) {
    if (more.length > 0) throw new YuqingError("USAGE", 2, { what: { zh: "多出了参数", en: "one argument too many" }, got: more[0]!, expected: init.usage });
    for (const name of initProject(folder!)) print(`${name}\n`);
    print(language === "zh" ? `项目已建在 ${resolve(folder!)}。把文件放进 inbox/，在 events/ 写下事件，然后运行 yuqing nightly\n` : `the project is at ${resolve(folder!)}; put files into inbox/, write events into events/, and run yuqing nightly\n`);
    return 0;
  },
};
