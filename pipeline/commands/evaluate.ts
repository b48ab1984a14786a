import { basename } from "node:path";
import { loadResources, OnnxModel } from "../../analyzers/post/index.ts";
import { modelVersion } from "../../analyzers/post/model/model.ts";
import { isOnnx } from "../../analyzers/post/model/onnx-files.ts";
import { integer } from "../../reports/format.ts";
import { printable, YuqingError } from "../errors.ts";
import { splitChain } from "../import/posts/reposts.ts";
import { evaluationText, spellingsText } from "../train/card.ts";
import { evaluate as measure, evaluateBy, type Evaluation } from "../train/evaluate.ts";
import { readLabelled, type Labelled } from "../train/labelled.ts";
import { wordsRead } from "../train/words.ts";
import { lang, type Command, type Terminal } from "./command.ts";
import { labelFlags, labelOptions } from "./labels.ts";

export const evaluate: Command = {
  usage: "yuqing evaluate FILE… --text COLUMN --label COLUMN --task polarity|emotion [--model FILE] [--json]",
  help: {
    zh: "拿有人工标签的文件量一量情绪模型：准确率、宏平均 F1、各标签、混淆矩阵、校准误差、速度；逐个文件",
    en: "measure the sentiment model on files that people labelled: accuracy, macro-F1, per label, confusion, calibration error, speed; file by file",
  },
  example: "yuqing evaluate labelled.csv --text 正文 --label 情绪 --task polarity",
  flags: { ...labelFlags, json: { value: null, help: { zh: "输出 JSON", en: "print JSON" } }, lang },
  async work(files, flags, terminal) {
    const { columns, task, model: path } = labelOptions(flags);
    const onnx = path !== null && isOnnx(path) ? await OnnxModel.load(path) : null;
    if (onnx && task === "emotion" && !onnx.hasEmotion) throw noEmotion(path!);
    const resources = loadResources([], [], onnx ? null : path);
    const adapted = onnx ? [] : resources.model.header.adapted;
    const model = { version: modelVersion(path), adapted };
    // All are read before any is measured: a bad file stops everything.
    const labelled: { file: string; read: Labelled }[] = [];
    for (const file of files) labelled.push({ file: basename(file), read: await readLabelled(file, columns, task) });
    const made: { file: string; read: Labelled; found: Evaluation }[] = [];
    for (const { file, read } of labelled) {
      if (adapted.some(({ sha256 }) => sha256 === read.sha256)) terminal.warn({ zh: `模型是用 ${file} 适配的，这里的数字偏高`, en: `the model was adapted to ${file}: its figures flatter` });
      warnOfChains(file, read, terminal);
      const rows = read.rows.map(({ text, label }) => ({ text: wordsRead(text, resources), label }));
      made.push({ file, read, found: onnx ? await evaluateBy(onnx, rows, task) : measure(resources.model, rows, task) });
    }
    if (flags.json) terminal.print(`${JSON.stringify(made.map(({ file, read, found }) => ({ file, sha256: read.sha256, spellings: read.spellings, model, ...found })), null, 1)}\n`);
    else for (const { file, read, found } of made) terminal.print(`${printable(file)} · ${model.version}\n${spellingsText(read, task, terminal.language)}\n\n${evaluationText(found, terminal.language)}\n\n`);
    return 0;
  },
};

function noEmotion(path: string): YuqingError {
  return new YuqingError("ONNX_TASK", 2, { what: { zh: "这个模型的说明文件没有情绪（emotion）输出", en: "the card of this model names no output for emotion" }, where: `${path}.yaml`, expected: "emotion: { output, labels }", next: { zh: "用 --task polarity，或在说明文件里写出 emotion", en: "use --task polarity, or name the emotion output in the card" } });
}

function warnOfChains(file: string, { rows }: Labelled, { warn }: Terminal): void {
  const chains = rows.filter(({ text }) => splitChain(text).chain !== null).length;
  if (chains === 0) return;
  warn({ zh: `${file}：${integer(chains, "zh")} 条带转发链（//@），这里整条计算；报告只看作者自己的话`, en: `${file}: ${integer(chains, "en")} texts hold a repost chain (//@), read whole here; a report reads the author's own words only` });
}
