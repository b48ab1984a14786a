import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import type { Report } from "../../reports/report.ts";

const folder = fileURLToPath(new URL("../../../shared/data/hostile/xss", import.meta.url));

/** Own payloads, for a clone without ../shared. */
const own = [
  "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "'><svg/onload=alert(1)>", "</title><script>alert(1)</script>", "</style><script>alert(1)</script>",
  "<!--<script>", "--><img src=x onerror=alert(1)>", "javascript:alert(1)", "<iframe srcdoc='<script>alert(1)</script>'>", "<base href=//example.invalid>",
  "<meta http-equiv=refresh content=0;url=//example.invalid>", "<form action=//example.invalid><button>", "<a href=javascript:alert(1)>x</a>", "{{constructor.constructor('alert(1)')()}}", "${alert(1)}",
  "$&", "$1$`$'", "%%PLACEHOLDER%%", "&lt;script&gt;", "&#60;script&#62;",
  "\u2028\u2029", "\u202ertl\u202c", "\u0000<b>", "<img name=getElementById>", "<details open ontoggle=alert(1)>",
  "]]><script>alert(1)</script>", "</svg><script>alert(1)</script>", "<style>*{display:none}</style>", "expression(alert(1))", "url(#clip0)\" id=\"main", "\ud83d", "x".repeat(5000), `a${"\u0301".repeat(300)}`,
];

/** `all`: all 8,910 of ../shared/data/hostile/xss; `live`: the 572 that fire in a browser; own ones where ../shared is absent. */
export function payloads(which: "all" | "live"): string[] {
  const path = `${folder}/${which === "all" ? "all.jsonl.gz" : "live-all.jsonl"}`;
  if (!existsSync(path)) return own;
  const bytes = readFileSync(path);
  const lines = (which === "all" ? gunzipSync(bytes) : bytes).toString("utf8").trim().split("\n");
  return [...own, ...lines.map((line) => (JSON.parse(line) as { s: string }).s)];
}
export const haveShared = existsSync(folder);

/** The report with every free text of it led by `poison(i)`, i counting the places; addresses become the payload alone. Keys, codes of enums and numbers stay. */
export function poisoned(report: Report, poison: (place: number) => string): Report {
  let place = 0;
  const next = (text: string) => `${poison(place++)}${text}`;
  const message = (one: { zh: string; en: string }) => ({ zh: next(one.zh), en: next(one.en) });
  const maybe = (text: string | null) => (text === null ? next("") : next(text));
  return {
    ...report,
    event: { ...report.event, name: next(report.event.name), summary: next(report.event.summary), label: next(report.event.label), subjects: [{ name: next("甲"), aliases: [next("乙")], accounts: [next("戊")] }], query: [next("丙")], words: [next("丁")] },
    manifest: { files: report.manifest.files.map((file) => ({ ...file, name: next(file.name), format: next(file.format), encoding: next(file.encoding), sha256: next(file.sha256) })), versions: { ...report.manifest.versions, [next("库")]: next("1") } },
    intake: { ...report.intake, rejects: report.intake.rejects.map((one) => ({ ...one, code: next(one.code) })), suspicions: report.intake.suspicions.map((one) => ({ ...one, file: next(one.file), message: message(one.message) })) },
    findings: report.findings.map((finding) =>
      finding.status === "error"
        ? { ...finding, question: message(finding.question), error: next(finding.error) }
        : {
            ...finding,
            question: message(finding.question),
            reason: finding.reason && message(finding.reason),
            method: message(finding.method),
            figures: finding.figures.map((figure) => ({ ...figure, label: message(figure.label), filter: figure.filter && { ...figure.filter, term: next("词"), [next("列")]: [next("值")] } })),
            data: finding.id === "lenses" ? { ...(finding.data as object), platforms: [next("weibo"), null], regions: [next("广东"), next("浙江")] } : finding.id === "platforms" ? { ...(finding.data as { platforms: { platform: string }[] }), platforms: (finding.data as { platforms: { platform: string }[] }).platforms.map((row, i) => (i === 3 ? { ...row, platform: next(row.platform) } : row)) } : finding.data,
          },
    ),
    rows: report.rows.map((row) => ({ ...row, place: next(row.place), platform: maybe(row.platform), author_name: maybe(row.author_name), text: next(row.text), url: poison(place++) })),
  } as Report;
}
