import { lenses } from "../../pipeline/schema.ts";
import { integer } from "../format.ts";
import type { Page } from "../html/page.ts";
import { lensDefinitions } from "../html/words.ts";
import { nameOf } from "../names.ts";
import type { WordBlock } from "./contract.ts";

const note = (text: string): WordBlock => ({ kind: "paragraph", runs: [text], style: "note" });

/** 口径: rows read and what became of them, what was not used, and what looks wrong. */
export function coverageBlocks({ report, words, language }: Page): WordBlock[] {
  const { intake, manifest } = report;
  const zh = language === "zh";
  const keys = (["read", "kept", "duplicates", "outside", "accounts", "rejected"] as const).filter((key) => key !== "accounts" || intake.accounts > 0);
  const faults = manifest.files.filter(({ fault }) => fault !== null);
  const notes = new Map(manifest.files.flatMap(({ format, note: said }) => (said === null ? [] : [[format, said[language]] as const])));
  const list = (title: string, items: string[]): WordBlock[] => (items.length === 0 ? [] : [{ kind: "paragraph", runs: [{ text: title, strong: true }] }, { kind: "list", items: items.map((item) => [item]) }]);
  return [
    { kind: "table", caption: words.coverage, columns: keys.map((key) => ({ key, label: words[key], align: "right" as const })), rows: [Object.fromEntries(keys.map((key) => [key, integer(intake[key], language)]))] },
    ...list(words.faults, faults.map(({ name, fault }) => `${name}${zh ? "：" : ": "}${fault![language]}`)),
    ...list(words.formats, [...notes].map(([format, said]) => `${format}${zh ? "：" : ": "}${said}`)),
    ...list(words.suspicions, intake.suspicions.map(({ file, message, bends, rows }) => `${message[language]}${zh ? `（${file}，${integer(rows, language)} 行）` : ` (${file}, ${integer(rows, language)} rows)`}${bends === null ? "" : `${zh ? "" : " "}${words.bends}${bends[language]}`}`)),
    ...(intake.rejects.length === 0 ? [] : [note(`${words.rejects}${zh ? "：" : ": "}${intake.rejects.map(({ code, rows }) => `${nameOf("reject", code, language)} ${integer(rows, language)}`).join(zh ? "，" : ", ")}`)]),
  ];
}

/** 数据与方法: files, ways of counting, the method of every section that is told, versions. */
export function methodBlocks({ report, sections, words, language }: Page): WordBlock[] {
  const zh = language === "zh";
  const counts = ["read", "kept", "duplicates", "outside", "rejected"] as const;
  const methods = sections.flatMap(({ id, heading }) => {
    const finding = report.findings.find((one) => one.id === id);
    return finding === undefined || finding.status !== "ok" ? [] : [[{ text: heading[language], strong: true as const }, `${zh ? "：" : ": "}${finding.method[language]}`]];
  });
  return [
    { kind: "heading", level: 1, text: words.data },
    {
      kind: "table",
      caption: words.files,
      columns: [{ key: "file", label: words.file }, { key: "format", label: words.format }, { key: "encoding", label: words.encoding }, ...counts.map((key) => ({ key, label: words[key], align: "right" as const })), { key: "sha256", label: words.sha256 }],
      rows: report.manifest.files.map((file) => ({ file: file.name, format: file.format, encoding: file.encoding, sha256: file.sha256.slice(0, 12), ...Object.fromEntries(counts.map((key) => [key, integer(file[key], language)])) })),
    },
    { kind: "list", small: true, items: lenses.map((lens) => [{ text: nameOf("lens", lens, language), strong: true as const }, `${zh ? "：" : ": "}${lensDefinitions[lens][language]}`]) },
    { kind: "heading", level: 2, text: words.method },
    { kind: "list", small: true, items: methods },
    ...report.notes.map((one) => ({ kind: "paragraph" as const, runs: [one[language]], style: "small" as const })),
    note(words.rounding),
    note(`${words.versions}${zh ? "：" : ": "}${Object.entries(report.manifest.versions).map(([name, version]) => `${name} ${version}`).join(zh ? "，" : ", ")}`),
  ];
}
