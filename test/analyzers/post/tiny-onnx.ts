import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { onnxFile, type Node, type Value } from "./onnx-file.ts";

export const vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "好", "差", "坏", "wi", "##fi", "!", "的"];
/** Logits (negative, neutral, positive) that a token adds; a text has the mean of its tokens' logits. "坏" breaks the model. */
const logits = new Map([["好", [0, 0, 3 * Math.LN2]], ["差", [6 * Math.LN2, 0, 0]], ["坏", [NaN, NaN, NaN]]]);

const ids: Value = { name: "input_ids", type: "int64", shape: ["batch", "sequence"] };
const nodes: Node[] = [
  { op: "Gather", inputs: ["table", "input_ids"], output: "tokens" },
  { op: "ReduceMean", inputs: ["tokens"], output: "logits", ints: { axes: [1], keepdims: 0 } },
];
export const card = "vocabulary: vocab.txt\npolarity:\n  output: logits\n  labels: [negative, neutral, positive]\n";

/** A model whose answers can be told by hand, with card and vocabulary, in `folder`; returns its path. */
export function tinyOnnx(folder: string, { inputs = [ids], softmax = false, text = card, tokens = vocabulary }: { inputs?: Value[]; softmax?: boolean; text?: string | null; tokens?: string[] | null } = {}): string {
  const path = join(folder, "tiny.onnx");
  const table = { name: "table", dims: [vocabulary.length, 3], data: Float32Array.from(vocabulary.flatMap((token) => logits.get(token) ?? [0, 0, 0])) };
  const last: Node[] = softmax ? [{ op: "Softmax", inputs: ["logits"], output: "probabilities", ints: { axis: 1 } }] : [];
  writeFileSync(path, onnxFile([...nodes, ...last], [table], inputs, [{ name: softmax ? "probabilities" : "logits", type: "float32", shape: ["batch", 3] }]));
  if (text !== null) writeFileSync(`${path}.yaml`, text);
  if (tokens !== null) writeFileSync(join(folder, "vocab.txt"), `${tokens.join("\n")}\n`);
  return path;
}
