import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { SaxesParser } from "saxes";
import { evidenceWorkbook, reportWorkbook } from "../../reports/excel/report.ts";
import { renderWord } from "../../reports/word/report.ts";
import { sampleReport, sections } from "../html/fixture.ts";
import { payloads, poisoned } from "../html/payloads.ts";

/**
 * npx tsx test/bench/hostile-formats.ts: check D5. Every payload of ../shared/data/hostile/xss once as a note in Word and as the text of a row in Excel, found again letter for letter
 * (what XML cannot hold as U+FFFD in Word, as an escape in Excel), and all of them through every free text of the report. Prints parts, parts that are not well-formed, formulas,
 * external targets other than http, and payloads lost. With --office LibreOffice opens the first of both as well.
 */
const all = payloads("all");
const seen = { payloads: all.length, word: 0, excel: 0, parts: 0, broken: 0, formulas: 0, targets: 0, reports: 0 };
const whole = (text: string): string => text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");

/** Texts of paragraphs or cells. */
function texts(bytes: Uint8Array, block: string, text: string): Set<string> {
  const found: string[] = [];
  for (const [name, part] of Object.entries(unzipSync(bytes))) {
    if (name.endsWith(".png")) continue;
    seen.parts++;
    let inside = false;
    const parser = new SaxesParser();
    parser.on("opentag", ({ name: tag, attributes }) => {
      if (tag === "f") seen.formulas++;
      if (tag === "Relationship" && attributes.TargetMode === "External" && !/^https?:\/\//i.test(attributes.Target as string)) seen.targets++;
      if (tag === block) found.push("");
      if (found.length > 0 && (tag === "w:br" || tag === "w:tab")) found[found.length - 1] += tag === "w:br" ? "\n" : "\t";
      if (tag === text) inside = true;
    });
    parser.on("closetag", ({ name: tag }) => void (tag === text && (inside = false)));
    parser.on("text", (value) => void (inside && (found[found.length - 1] += value)));
    parser.on("error", () => void seen.broken++);
    parser.write(strFromU8(part)).close();
  }
  return new Set(found);
}

const report = sampleReport();
const word = await renderWord({ ...report, notes: all.map((text) => ({ zh: text, en: text })) }, sections, { language: "zh" });
const inWord = texts(word, "w:p", "w:t");
const shown = (text: string): string => whole(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd").replace(/\r\n?/g, "\n");
const lost = all.filter((text) => !inWord.has(shown(text)));
seen.word = all.length - lost.length;
const [first] = report.rows;
const excel = evidenceWorkbook({ ...report, rows: all.map((text, i) => ({ ...first!, id: `x:${i}`, text, url: text, author_name: text })) }, sections, { language: "zh" });
const inExcel = new Set([...texts(excel, "c", "t")].map((text) => text.replace(/_x([0-9A-F]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))));
const cell = (text: string): string => whole(text.length > 32_767 ? `${text.slice(0, 32_766)}…` : text);
const gone = all.filter((text) => text !== "" && !inExcel.has(cell(text)));
seen.excel = all.length - gone.length;
for (let start = 0; start < all.length; seen.reports++) {
  let used = 0;
  const hostile = poisoned(report, (place) => ((used = place + 1), all[(start + place) % all.length]!));
  texts(await renderWord(hostile, sections, { language: "zh", style: seen.reports % 2 === 0 ? "official" : "plain", onFailure: () => {} }), "w:p", "w:t");
  texts(reportWorkbook(hostile, sections, { language: "zh", onFailure: () => {} }), "c", "t");
  start += used;
}
console.log(JSON.stringify(seen), JSON.stringify([...lost, ...gone].slice(0, 5)));

if (process.argv.includes("--office")) {
  const folder = mkdtempSync(join(tmpdir(), "yuqing-office-"));
  writeFileSync(join(folder, "r.docx"), word);
  writeFileSync(join(folder, "e.xlsx"), excel);
  mkdirSync(join(folder, "out"));
  for (const [to, name] of [["txt:Text (encoded):UTF8", "r.docx"], ["csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2", "e.xlsx"]] as const) {
    spawnSync("soffice", [`-env:UserInstallation=file://${folder}/profile`, "--headless", "--convert-to", to, "--outdir", join(folder, "out"), join(folder, name)], { timeout: 300_000 });
  }
  const text = readFileSync(join(folder, "out", "r.txt"), "utf8");
  const plain = all.filter((one) => !/[\u0000-\u001f\u007f\ud800-\udfff\ufffe\uffff]/.test(one));
  console.log(`LibreOffice: ${plain.filter((one) => text.includes(one)).length} of ${plain.length} payloads without control characters in the text of the Word file`);
  rmSync(folder, { recursive: true, force: true });
}
