import { YuqingError } from "../../../pipeline/errors.ts";

/** What is used of onnxruntime-node, an optional package. */
export interface Runtime {
  InferenceSession: { create(bytes: Uint8Array, options: { intraOpNumThreads: number; interOpNumThreads: number; logSeverityLevel: 0 | 1 | 2 | 3 | 4 }): Promise<Session> };
  Tensor: new (type: "int64", data: BigInt64Array, dims: readonly number[]) => unknown;
}

export interface Session {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(feeds: Record<string, unknown>, outputs: readonly string[]): Promise<Record<string, { dims: readonly number[]; data: unknown } | undefined>>;
}

/** Newer versions download in a script at install time; this one has none. */
const install = "npm install --no-save --ignore-scripts onnxruntime-node@1.16.3";

/** Throws ONNX_RUNTIME_MISSING. */
export async function importRuntime(name = "onnxruntime-node"): Promise<Runtime> {
  try {
    const found = (await import(name)) as Runtime & { default?: Runtime };
    return found.default ?? found;
  } catch (cause) {
    throw new YuqingError("ONNX_RUNTIME_MISSING", 2, {
      what: { zh: "要用 ONNX 模型，须另装运行库 onnxruntime-node", en: "an ONNX model needs the package onnxruntime-node, which is not installed" },
      got: cause instanceof Error ? cause.message.split("\n")[0]!.slice(0, 300) : String(cause),
      next: { zh: `在本程序的目录里运行 ${install}`, en: `in the folder of this program run ${install}` },
    });
  }
}
