import { heat } from "../../analyzers/event/heat.ts";
import { readReport, type Report } from "../../reports/report.ts";
import { eventSchema } from "../config.ts";
import { YuqingError } from "../errors.ts";
import { entryVersion, type Entry } from "./entry.ts";

/** The entry of a finished report. Throws when the report has no posts, no name, no finding of heat, or numbers that contradict each other. */
export function entryOf(path: string): Entry {
  const report = readReport(path);
  const { event, generator } = report;
  if (report.intake.kept === 0) throw refused(path, { zh: "报告没有帖文", en: "the report has no posts" }, "0");
  if (event.name === eventSchema.parse({}).name) throw refused(path, { zh: "报告没有事件名称，入库后无法辨认", en: "the report's event has no name to be known by" }, event.name);
  const { fingerprint, days } = heatOf(report, path);
  return { version: entryVersion, name: event.name, type: event.type ?? null, days, generator: generator.version, fingerprint };
}

function heatOf(report: Report, path: string) {
  const finding = report.findings.find(({ id }) => id === heat.id);
  if (finding === undefined || finding.status !== "ok") {
    throw refused(path, { zh: "报告没有“热度与往例”一节，由较早的版本生成，或该节失败", en: "the report has no section on heat: made by an older version, or the section failed" }, finding?.status ?? "nothing");
  }
  const parsed = heat.data.safeParse(finding.data);
  if (!parsed.success) throw refused(path, { zh: "报告内容无效（可能被手工改过）", en: "the report is invalid (edited by hand?)" }, `${parsed.error.issues[0]!.path.join(".")}: ${parsed.error.issues[0]!.message}`);
  const { posts } = parsed.data.fingerprint;
  const changed = Object.entries(parsed.data.fingerprint).find(([measure, value]) => value !== (finding.figures.find(({ key }) => key === measure)?.value ?? null));
  if (changed !== undefined) throw refused(path, { zh: "报告中的数字前后不一（可能被手工改过）", en: "numbers of the report contradict each other (edited by hand?)" }, `${changed[0]}: ${changed[1]}`);
  if (posts !== report.intake.kept) throw refused(path, { zh: "报告中的数字前后不一（可能被手工改过）", en: "numbers of the report contradict each other (edited by hand?)" }, `posts: ${posts}, kept: ${report.intake.kept}`);
  return parsed.data;
}

function refused(where: string, what: { zh: string; en: string }, got: string): YuqingError {
  return new YuqingError("LIBRARY_REFUSED", 2, { what, where, got, next: { zh: "没有入库；重新生成报告后再加", en: "not added; make the report again, then add it" } });
}
