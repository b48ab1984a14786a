import { readFileSync } from "node:fs";
import { modelVersion } from "../../analyzers/post/model/model.ts";
import { YuqingError } from "../errors.ts";
import { auditSchema, type Audit } from "./contract.ts";

/** An audit.json whose predictions are those of the model that the report uses. Throws AUDIT_INVALID, AUDIT_MODEL. */
export function readAuditFile(path: string, model: string | null): Audit {
  const audit = parse(path);
  const mine = modelVersion(model);
  if (audit.sample.model === mine) return audit;
  throw new YuqingError("AUDIT_MODEL", 2, {
    what: { zh: "这份抽查所核对的是另一个模型的判定", en: "the audit checked another model's labels" },
    where: path,
    got: audit.sample.model,
    expected: mine,
    next: { zh: "用现在的模型重新抽样（yuqing audit sample），或在 --config 里换回当时的模型", en: "draw again with this model (yuqing audit sample), or name the earlier model in the --config file" },
  });
}

function parse(path: string): Audit {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw invalid(path, (cause as NodeJS.ErrnoException).code ?? "no JSON");
  }
  const { success, data, error } = auditSchema.safeParse(value);
  if (!success) throw invalid(path, `${error.issues[0]!.path.join(".")}: ${error.issues[0]!.message}`);
  return data;
}

function invalid(path: string, got: string): YuqingError {
  return new YuqingError("AUDIT_INVALID", 2, { what: { zh: "不是 yuqing audit apply 写出的 audit.json", en: "not an audit.json written by yuqing audit apply" }, where: path, got, next: { zh: "用 yuqing audit apply 重新生成", en: "make it again with yuqing audit apply" } });
}
