import { emotions, polarities } from "../../../pipeline/schema.ts";
import type { YuqingError } from "../../../pipeline/errors.ts";
import { decide, softmax } from "./calibration.ts";
import type { Mood } from "./model.ts";
import { cardPath, correct, fault, readFiles, type Card, type Files, type Head } from "./onnx-files.ts";
import { importRuntime, type Runtime, type Session } from "./onnx-runtime.ts";
import type { WordPiece } from "./wordpiece.ts";

/** Names after @ and links: not the author's words. */
const others = /[@＠][\u4e00-\u9fffA-Za-z0-9_-]{1,30}|https?:\/\/[\w\-.~:/?&=%+,;!*'()$#]+/gi;

/**
 * A transformer of the user's own, as an ONNX file with a card beside it (docs/onnx.md). Its probabilities are not calibrated by anybody: shares are never made of them, only counts, an order,
 * or what an audit corrects.
 */
export class OnnxModel {
  readonly version: string;
  readonly #path: string;
  readonly #card: Card;
  readonly #words: WordPiece;
  readonly #session: Session;
  readonly #runtime: Runtime;
  readonly #inputs: Inputs;

  private constructor(path: string, { version, card, words }: Files, session: Session, runtime: Runtime) {
    this.version = version;
    this.#path = path;
    this.#card = card;
    this.#words = words;
    this.#session = session;
    this.#runtime = runtime;
    this.#inputs = inputsOf(session.inputNames, card, path);
  }

  /**
   * Loads the model and tries it on the last word of its vocabulary, so that what does not fit is told before any post is read.
   * `threads`: of one prediction. Throws CONFIG_*, ONNX_FILE, ONNX_VOCABULARY, ONNX_RUNTIME_MISSING, ONNX_INPUTS, ONNX_OUTPUT.
   */
  static async load(path: string, threads = 1, runtimeOf: () => Promise<Runtime> = importRuntime): Promise<OnnxModel> {
    const files = readFiles(path);
    const runtime = await runtimeOf();
    let session: Session;
    try {
      // From the bytes that the version speaks of, not from the path again.
      session = await runtime.InferenceSession.create(files.bytes, { intraOpNumThreads: Math.max(1, threads), interOpNumThreads: 1, logSeverityLevel: 4 });
    } catch (cause) {
      throw fault("ONNX_FILE", { zh: "ONNX 文件不完整、已损坏，或运行库不支持", en: "the ONNX file is cut off, damaged, or not for this runtime" }, path, cause, undefined, {
        zh: "重新导出（IR ≤ 9、opset ≤ 19、权重在同一文件内），或装更新的 onnxruntime-node",
        en: "export it again (IR ≤ 9, opset ≤ 19, weights in the one file), or install a newer onnxruntime-node",
      });
    }
    const model = new OnnxModel(path, files, session, runtime);
    await model.#run([files.words.size - 1]);
    return model;
  }

  get hasEmotion(): boolean {
    return this.#card.emotion !== undefined;
  }

  /** What the words of the text say. One text at a time: nothing is padded, and neighbours cannot change a prediction. Throws ONNX_INPUTS, ONNX_OUTPUT. */
  predict(text: string): Promise<Mood> {
    return this.#run(this.#words.encode(text.replace(others, " ")));
  }

  async #run(ids: readonly number[]): Promise<Mood> {
    const { polarity, emotion } = this.#card;
    let answer: Awaited<ReturnType<Session["run"]>>;
    try {
      answer = await this.#session.run(this.#feeds(ids), [...new Set([polarity.output, ...(emotion ? [emotion.output] : [])])]);
    } catch (cause) {
      throw fault("ONNX_INPUTS", { zh: "模型不接受说明文件所写的输入或输出", en: "the model does not take the inputs and outputs that its card describes" }, this.#path, cause, `inputs ${this.#session.inputNames.join(", ")}; outputs ${this.#session.outputNames.join(", ")}`, correct(this.#path));
    }
    const moods = this.#probabilities(answer[polarity.output], polarity, polarities);
    const feelings = emotion ? this.#probabilities(answer[emotion.output], emotion, emotions) : null;
    return {
      polarity: polarities[decide(moods, [1, 1, 1])]!,
      polarities: moods,
      emotion: feelings && emotions[decide(feelings, emotions.map(() => 1))]!,
      emotions: feelings,
    };
  }

  #feeds(ids: readonly number[]): Record<string, unknown> {
    const length = this.#card.pad ? this.#card.length : ids.length;
    const tensor = (value: (i: number) => number): unknown => new this.#runtime.Tensor("int64", BigInt64Array.from({ length }, (_, i) => BigInt(value(i))), [1, length]);
    const { ids: name, mask, types } = this.#inputs;
    return {
      [name]: tensor((i) => ids[i] ?? this.#words.pad),
      ...(mask !== null && { [mask]: tensor((i) => (i < ids.length ? 1 : 0)) }),
      ...(types !== null && { [types]: tensor(() => 0) }),
    };
  }

  /** In the order of `names`; 0 for a label that the model does not have. */
  #probabilities(output: { dims: readonly number[]; data: unknown } | undefined, { output: name, labels, normalisation }: Head, names: readonly string[]): Float64Array {
    const refuse = (got: string, expected: string, next = correct(this.#path)): YuqingError => fault("ONNX_OUTPUT", { zh: `模型的输出 ${name} 不能用`, en: `the model's output ${name} cannot be used` }, this.#path, got, expected, next);
    const { dims = [], data } = output ?? {};
    if (!(data instanceof Float32Array) || dims.length !== 2 || dims[0] !== 1 || dims[1] !== labels.length) throw refuse(`[${dims.join(", ")}] ${data?.constructor.name ?? "nothing"}`, `[1, ${labels.length}] Float32Array (labels: ${labels.join(", ")})`);
    const row = Float64Array.from(data);
    if (!row.every(Number.isFinite)) throw refuse([...row].join(", "), "finite numbers", { zh: "这个模型有的文本算不出来：重新导出（如不用半精度），或换一个；什么也没有写出", en: "the model has no answer to some texts: export it again (not in half precision, for one) or use another; nothing was written" });
    if (normalisation === "softmax") softmax(row);
    else if (row.some((p) => p < 0) || Math.abs(row.reduce((a, b) => a + b, 0) - 1) > 1e-3) throw refuse([...row].join(", "), "probabilities that sum to 1 (normalisation: none)");
    return Float64Array.from(names, (label) => row[(labels as readonly string[]).indexOf(label)] ?? 0);
  }
}

/** Names of the inputs that are fed; null: the model has none of this kind. */
interface Inputs {
  ids: string;
  mask: string | null;
  types: string | null;
}

function inputsOf(names: readonly string[], { inputs }: Card, path: string): Inputs {
  const usual = (name: string): string | null => (names.includes(name) ? name : null);
  const found = { ids: inputs.ids, mask: inputs.mask ?? usual("attention_mask"), types: inputs.types ?? usual("token_type_ids") };
  const fed = Object.values(found).filter((name) => name !== null);
  if (fed.length === names.length && new Set(fed).size === fed.length && fed.every((name) => names.includes(name))) return found;
  throw fault("ONNX_INPUTS", { zh: "说明文件里的输入名与模型的不同", en: "the inputs in the card are not those of the model" }, cardPath(path), fed.join(", "), names.join(", "), correct(path));
}
