/**
 * ONNX files by hand: protocol-buffer fields in the numbers of onnx.proto3 (ModelProto, GraphProto, NodeProto, TensorProto), so that the tests need no file from elsewhere.
 */

export interface Node {
  op: string;
  inputs: string[];
  output: string;
  /** Whole-number attributes. */
  ints?: Record<string, number | number[]>;
}
export interface Tensor {
  name: string;
  dims: number[];
  /** float32 */
  data: Float32Array;
}
export interface Value {
  name: string;
  type: "int64" | "int32" | "float32";
  /** A name is a length known at run time. */
  shape: (number | string)[];
}

export function onnxFile(nodes: Node[], weights: Tensor[], inputs: Value[], outputs: Value[]): Buffer {
  const graph = Buffer.concat([...nodes.map((one) => bytes(1, node(one))), bytes(2, "graph"), ...weights.map((one) => bytes(5, tensor(one))), ...inputs.map((one) => bytes(11, value(one))), ...outputs.map((one) => bytes(12, value(one)))]);
  return Buffer.concat([int(1, 8), bytes(7, graph), bytes(8, int(2, 13))]);
}

function varint(number: number): Buffer {
  const out: number[] = [];
  for (let rest = number; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...out, rest]);
    out.push((rest % 128) + 128);
  }
}
const int = (field: number, number: number): Buffer => Buffer.concat([varint(field * 8), varint(number)]);
function bytes(field: number, content: Buffer | string): Buffer {
  const body = Buffer.from(content);
  return Buffer.concat([varint(field * 8 + 2), varint(body.length), body]);
}

function node({ op, inputs, output, ints = {} }: Node): Buffer {
  const attributes = Object.entries(ints).map(([name, given]) => (Array.isArray(given) ? [bytes(1, name), ...given.map((one) => int(8, one)), int(20, 7)] : [bytes(1, name), int(3, given), int(20, 2)]));
  return Buffer.concat([...inputs.map((name) => bytes(1, name)), bytes(2, output), bytes(4, op), ...attributes.map((parts) => bytes(5, Buffer.concat(parts)))]);
}
const tensor = ({ name, dims, data }: Tensor): Buffer => Buffer.concat([...dims.map((size) => int(1, size)), int(2, 1), bytes(8, name), bytes(9, Buffer.from(data.buffer, data.byteOffset, data.byteLength))]);
function value({ name, type, shape }: Value): Buffer {
  const dims = shape.map((size) => bytes(1, typeof size === "number" ? int(1, size) : bytes(2, size)));
  return Buffer.concat([bytes(1, name), bytes(2, bytes(1, Buffer.concat([int(1, { float32: 1, int32: 6, int64: 7 }[type]), bytes(2, Buffer.concat(dims))])))]);
}
