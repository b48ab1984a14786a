import { readFileSync, statSync } from "node:fs";
import { isMap, isPair, parseDocument, visit, type Document } from "yaml";
import { z } from "zod";
import { YuqingError, nearest } from "./errors.ts";
import { querySchema } from "./query/schema.ts";

const instant = z.string().regex(/^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2})?)?$/, "YYYY-MM-DD or YYYY-MM-DD HH:MM").describe("local time of the event's zone");

/** A name means one subject: a name or alias under two, in a circle or twice, would be counted at random. */
function namesOnce(subjects: readonly { name: string; aliases: readonly string[] }[], context: z.RefinementCtx): void {
  const owners = new Map<string, string>();
  const take = (given: string, path: (string | number)[]): void => {
    const folded = given.normalize("NFKC").replace(/\s+/g, "").toLowerCase();
    const owner = owners.get(folded);
    if (owner !== undefined) context.addIssue({ code: "custom", path, message: `each name and alias once; it already names ${owner}` });
    else owners.set(folded, subjects[path[0] as number]!.name);
  };
  subjects.forEach(({ name }, i) => take(name, [i, "name"]));
  subjects.forEach(({ aliases }, i) => aliases.forEach((alias, j) => take(alias, [i, "aliases", j])));
}

const classWords = z.array(z.string().trim().min(1).max(50)).max(200).default([]);
/** A way to sort posts by the words they hold. */
export const taxonomySchema = z.strictObject({
  name: z.string().min(1).max(60),
  classes: z
    .array(z.strictObject({ name: z.string().min(1).max(40), any: classWords, all: classWords, not: classWords }).refine(({ any, all }) => any.length + all.length > 0, "words in any or all"))
    .min(1)
    .max(50)
    .refine((classes) => new Set(classes.map(({ name }) => name)).size === classes.length, "every class name once"),
});
export type Taxonomy = z.infer<typeof taxonomySchema>;

/** `event.yaml`: what the analyst knows about the event. Every key has a default; unknown keys are errors. */
export const eventSchema = z.strictObject({
  name: z.string().min(1).max(500).default("未命名事件").describe("title of the report"),
  summary: z.string().max(2000).default("").describe("what happened, in the analyst's words; printed as such"),
  utcOffset: z.string().regex(/^[+-]\d{2}:\d{2}$/).default("+08:00").describe("zone of the times in the files and of the report"),
  window: z.strictObject({ from: instant.optional(), to: instant.optional() }).default({}).describe("posts outside are counted and left out; to is exclusive"),
  milestones: z.array(z.strictObject({ time: instant, text: z.string().min(1).max(300), url: z.url({ protocol: /^https?$/ }).optional() })).default([]).describe("dated events for the timeline"),
  decisions: z.array(z.strictObject({ time: instant, question: z.string().trim().min(1).max(300) })).max(20).default([]).describe("where the training edition stops and asks; without it: an hour after the surge, the first response, the peak"),
  subjects: z.array(z.strictObject({ name: z.string().min(1), aliases: z.array(z.string().min(1)).default([]), accounts: z.array(z.string().min(1)).default([]) })).superRefine(namesOnce).default([]).describe("companies, persons, places the event is about; accounts: by which they speak, as the files name them or by id"),
  query: querySchema.default([]).describe("what collects the posts: a list of words, any of them, or an expression (docs/query.md); its words are shown apart from hot words"),
  words: z.array(z.string().min(2).max(30)).default([]).describe("user dictionary: words the segmenter must keep whole"),
  dictionary: z.string().min(1).optional().describe("path, from this file, of a user dictionary: one word a line, as jieba's"),
  wordList: z.string().min(1).optional().describe("path, from this file, of the reviewed list of new words (yuqing words discover); without it new words are discovered and used unreviewed"),
  taxonomies: z.array(z.union([z.enum(["epidemic"]), taxonomySchema])).max(10).default([]).describe("ways to sort posts by the words they hold: a shipped one (data/taxonomies) or your own"),
  severity: z.strictObject({ level: z.string().min(1), reason: z.string().min(1).max(300) }).optional().describe("a grade set by hand, over the measured one, with the reason; both are printed"),
  region: z.string().optional().describe("province, city or county where it happened"),
  type: z.string().trim().min(1).max(40).optional().describe("kind of event, in your own words: cases of one type are compared with each other"),
  label: z.string().max(40).default("").describe("printed on the report, e.g. 示例数据"),
  issue: z.string().trim().min(1).max(40).optional().describe("期号, e.g. 第12期 or 2025年第3期: under the report's kind on page one, and in the head of every printed page"),
});
export type EventConfig = z.infer<typeof eventSchema>;

/** `--config`: how the run behaves. */
export const runSchema = z.strictObject({
  privacy: z.enum(["masked", "internal"]).default("masked").describe("internal keeps names and unmasked texts"),
  columns: z.record(z.string(), z.string()).default({}).describe("explicit mapping: our column → header in the file"),
  rejectLimit: z.number().min(0).max(1).default(0.05).describe("share of rejected rows above which the exit code is 3"),
  rejectRefusal: z.number().min(0).max(1).default(0.5).describe("share of rejected rows above which no report is written (exit code 1)"),
  rejects: z.enum(["complete", "masked"]).default("complete").describe("complete: rejects.csv holds rows as written, so that they can be repaired (readable by its owner only); masked: to pass on"),
  cellLimit: z.number().int().min(1000).default(1_000_000).describe("characters of one cell above which the row is rejected"),
  model: z.string().min(1).optional().describe("path of a sentiment model: adapted by yuqing train, or .onnx with its card beside it (docs/onnx.md); without it the shipped one"),
  memory: z.string().regex(/^\d+(MB|GB)$/).default("600MB").describe("memory of the embedded database; most work beyond it spills to disk, and what cannot ends in MEMORY"),
  threads: z.number().int().min(0).max(64).default(2).describe("score workers; 0 scores in the main thread"),
  analyzers: z.record(z.string(), z.record(z.string(), z.unknown())).default({}).describe("options per analyzer"),
});
export type RunConfig = z.infer<typeof runSchema>;

/** Offset of "+08:00" in milliseconds. */
export function offsetMs(utcOffset: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):(\d{2})$/.exec(utcOffset)!;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

/** Local time of event.yaml ("2025-03-01" or "2025-03-01 08:00[:30]") as UTC milliseconds. */
export function localMs(time: string, utcOffset: string): number {
  const [date, clock = "00:00"] = time.split(/[ T]/) as [string, string?];
  return Date.parse(`${date}T${clock.length === 5 ? `${clock}:00` : clock}Z`) - offsetMs(utcOffset);
}

/** Reads a YAML file through a schema; every problem names file, line, key, got and expected. */
export function readYaml<T>(path: string, schema: z.ZodType<T>): T {
  const text = readText(path);
  let document: Document.Parsed;
  try {
    document = parseDocument(text, { prettyErrors: true, strict: true });
  } catch (cause) {
    throw invalid(path, null, "", String((cause as Error).message), "YAML 1.2"); // nested too deep for the parser
  }
  if (document.errors.length > 0 || document.warnings.length > 0) {
    const problem = (document.errors[0] ?? document.warnings[0])!;
    throw invalid(path, problem.linePos?.[0].line ?? null, "", problem.message.split("\n")[0]!, "YAML 1.2");
  }
  // Schemas of free keys would drop it in silence.
  visit(document, { Pair(_, { key }) {
    if (String(key) === "__proto__") throw invalid(path, lineAt(text, (key as Ranged).range), "__proto__", "unknown key", "a known key");
  } });
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 50 }) ?? {};
  } catch (cause) {
    const { line, key } = firstAlias(document, text);
    throw invalid(path, line, key, String((cause as Error).message), "YAML 1.2");
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue, ...others] = parsed.error.issues.flatMap((one) => (one.code === "unrecognized_keys" ? one.keys.map((key) => ({ path: [...one.path, key], unknown: true, message: "a known key" })) : [{ path: one.path, unknown: false, message: one.message }]));
  const { path: key, unknown, message } = issue!;
  const known = unknown && key.length === 1 && schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  const got = unknown ? "unknown key" : (JSON.stringify(at(value, key))?.slice(0, 80) ?? "nothing");
  const also = others.length === 0 ? "" : `; also wrong: ${others.slice(0, 10).map((other) => other.path.join(".")).join(", ")}`;
  throw invalid(path, lineOf(document, key, text), key.join("."), got + also, known.length > 0 ? known.join(", ") : message, known.length > 0 ? nearest(String(key.at(-1)), known) : null);
}

const largest = 262_144;

/** A small regular file in UTF-8: a device would never end, and a wrong decoding would put � into the report's title. */
function readText(path: string): string {
  let bytes: Buffer;
  try {
    const info = statSync(path);
    if (!info.isFile()) throw unreadable(path, info.isDirectory() ? "directory" : "device");
    if (info.size > largest) throw unreadable(path, `${info.size} B > ${largest} B`);
    bytes = readFileSync(path);
  } catch (cause) {
    throw cause instanceof YuqingError ? cause : unreadable(path, (cause as NodeJS.ErrnoException).code ?? String(cause));
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new YuqingError("CONFIG_ENCODING", 2, {
      what: { zh: "配置文件不是 UTF-8", en: "the config file is not UTF-8" },
      where: path,
      got: `${bytes.subarray(0, 4).toString("hex")}…`,
      expected: "UTF-8",
      next: { zh: "用编辑器另存为 UTF-8 后重跑；什么也没有执行", en: "save it as UTF-8 and run again; nothing was run" },
    });
  }
}

function unreadable(path: string, got: string): YuqingError {
  return new YuqingError("CONFIG_UNREADABLE", 2, { what: { zh: "配置文件读不了", en: "cannot read the config file" }, where: path, got, next: { zh: "检查路径和权限", en: "check the path and its permissions" } });
}

interface Ranged {
  range?: readonly [number, number, number] | null;
}

/** Line of a node, from 1. */
const lineAt = (text: string, range: Ranged["range"]): number | null => (range ? text.slice(0, range[0]).split("\n").length : null);

/** Line and top-level key of the first alias: where the multiplication begins. */
function firstAlias(document: Document, text: string): { line: number | null; key: string } {
  const found: { line: number | null; key: string } = { line: null, key: "" };
  visit(document, {
    Alias(_, node, path) {
      const pair = path.find(isPair);
      found.line = lineAt(text, node.range);
      found.key = String(pair?.key ?? "");
      return visit.BREAK;
    },
  });
  return found;
}

function invalid(path: string, line: number | null, key: string, got: string, expected: string, near: string | null = null): YuqingError {
  return new YuqingError("CONFIG_INVALID", 2, {
    what: { zh: `配置无效${key ? `：${key}` : ""}`, en: `invalid config${key ? `: ${key}` : ""}` },
    where: `${path}${line === null ? "" : `:${line}`}`,
    got,
    expected,
    next: near ? { zh: `是否想写 ${near}？`, en: `did you mean ${near}?` } : { zh: "改正后重跑；什么也没有执行", en: "correct it and run again; nothing was run" },
  });
}

function at(value: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key], value);
}

function lineOf(document: Document, path: PropertyKey[], text: string): number | null {
  for (let depth = path.length; depth > 0; depth--) {
    const parent = depth === 1 ? document.contents : document.getIn(path.slice(0, depth - 1), true);
    const pair = isMap(parent) ? parent.items.find((item) => String(item.key) === String(path[depth - 1])) : undefined;
    const node = (pair?.key ?? document.getIn(path.slice(0, depth), true)) as Ranged | undefined;
    if (node?.range) return lineAt(text, node.range);
  }
  return null;
}
