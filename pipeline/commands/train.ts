import { lstatSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { modelVersion } from "../../analyzers/post/model/model.ts";
import { integer, share } from "../../reports/format.ts";
import { nameOf } from "../../reports/names.ts";
import { printable, YuqingError, type Language } from "../errors.ts";
import { Output } from "../output.ts";
import { adaptTo, type Adapted } from "../train/adaptation.ts";
import { accuracyText, aligned, decimals, spellingsText } from "../train/card.ts";
import { readLabelled, type Labelled } from "../train/labelled.ts";
import { lang, type Command } from "./command.ts";
import { labelFlags, labelOptions, required, type LabelOptions } from "./labels.ts";

export const train: Command = {
  usage: "yuqing train --add FILE --text COLUMN --label COLUMN --task polarity|emotion --out MODEL.bin [--model FILE]",
  help: {
    zh: "用自己的标签适配情绪模型：五分之四用来学，五分之一用来比较前后；写出模型和它的说明卡（MODEL.bin.txt）",
    en: "adapt the sentiment model to your own labels: four fifths are learnt, a fifth tells before from after; writes the model and its card (MODEL.bin.txt)",
  },
  example: "yuqing train --add labelled.csv --text 正文 --label 情绪 --task polarity --out mine.bin",
  flags: {
    add: { value: "FILE", help: { zh: "有人工标签的 CSV、JSONL 或 XLSX", en: "a CSV, JSONL or XLSX file that people labelled" } },
    ...labelFlags,
    out: { value: "MODEL.bin", help: { zh: "写到哪里；不覆盖已有的文件", en: "where to write it; an existing file stays" } },
    lang,
  },
  filesByFlag: true,
  async work(_files, flags, { language, print, warn }) {
    const options = labelOptions(flags);
    const file = required(flags, "add", "FILE");
    const out = resolve(required(flags, "out", "MODEL.bin"));
    const card = `${out}.txt`;
    for (const path of [out, card]) refuseTaken(path);
    const labelled = await readLabelled(file, options.columns, options.task);
    const made = adaptTo(labelled, basename(file), options.task, options.model);
    const text = cardText(labelled, basename(file), made, options, language);
    write(out, made.bytes, text);
    print(`${text}\n${out}\n${language === "zh" ? "下一步" : "next"}  ${language === "zh" ? "在 --config 的文件里写" : "write in the --config file"}\n  model: ${JSON.stringify(out)}\n`);
    if (made.after.macroF1! < made.before.macroF1!) warn({ zh: "适配后在留出的文本上更差：请检查标签，或仍用原来的模型", en: "the adapted model does worse on the held-out texts: check the labels, or stay with the model as it was" });
    return 0;
  },
};

/** What the model was adapted to and how it does on texts it has not seen; no date, so that the same labels give the same card. */
function cardText(labelled: Labelled, file: string, { labels, silent, before, after }: Adapted, { task, model }: LabelOptions, language: Language): string {
  const zh = language === "zh";
  const facts = [
    [zh ? "模型" : "model", modelVersion(model)],
    [zh ? "适配到" : "adapted to", `${printable(file)} (SHA-256 ${labelled.sha256.slice(0, 12)})`],
    [zh ? "任务" : "task", task],
    [zh ? "没有可判断的词语、未用的行" : "rows without words, not used", integer(silent, language)],
  ];
  const counts = [
    [zh ? "标签" : "label", zh ? "学习" : "learnt", zh ? "留出" : "held out"],
    ...labels.map(({ label, learnt, held }) => [nameOf(task, label, language), integer(learnt, language), integer(held, language)]),
  ];
  const figures = [
    [zh ? `留出的 ${integer(after.texts, language)} 条上` : `on ${integer(after.texts, language)} held out`, zh ? "适配前" : "before", zh ? "适配后" : "after"],
    [zh ? "准确率（95% 区间）" : "accuracy (95% interval)", accuracyText(before, language), accuracyText(after, language)],
    [zh ? "宏平均 F1" : "macro-F1", decimals(before.macroF1, language), decimals(after.macroF1, language)],
    [zh ? "校准误差 ECE" : "calibration error (ECE)", decimals(before.calibrationError, language), decimals(after.calibrationError, language)],
    ...after.perLabel.map(({ label, recall }, k) => [`${nameOf(task, label, language)} ${zh ? "召回率" : "recall"}`, share(before.perLabel[k]!.recall, language), share(recall, language)]),
  ];
  return `${facts.map((pair) => pair.join("  ")).join("\n")}\n${spellingsText(labelled, task, language)}\n\n${aligned(counts)}\n\n${aligned(figures)}\n`;
}

function refuseTaken(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return;
  throw new YuqingError("MODEL_TAKEN", 2, { what: { zh: "已有这个文件，不覆盖", en: "the file exists and stays as it is" }, where: path, next: { zh: "用 --out 换一个名字", en: "choose another name with --out" } });
}

/** The model is renamed last: where it stands, its card stands. */
function write(out: string, model: Buffer, card: string): void {
  const output = new Output(dirname(out));
  try {
    output.write(`${basename(out)}.txt`, card);
    output.write(basename(out), model);
    output.commit();
  } catch (cause) {
    output.discard();
    throw cause;
  }
}
