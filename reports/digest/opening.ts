import type { Digest } from "../../pipeline/digest/schema.ts";
import type { Language } from "../../pipeline/errors.ts";
import type { Block } from "../document.ts";
import { integer } from "../format.ts";
import { paragraph } from "./blocks.ts";
import { changeText, datesText, inLanguage, plural } from "./words.ts";

/** Failures that are spelt out; the rest is counted. */
const mostFailures = 12;

/** What went wrong, at the top, in one box (paragraphs of warning stand together); [] when nothing did. */
export function warnings({ failures, coverage, period }: Digest, language: Language): Block[] {
  const zh = language === "zh";
  const lines = failures.slice(0, mostFailures).map(({ text, dates }) => `${inLanguage(text, language)}${period === "day" ? "" : zh ? `（${datesText(dates, language)}）` : ` (${datesText(dates, language)})`}`);
  if (failures.length > mostFailures) lines.push(zh ? `另有 ${failures.length - mostFailures} 项，见 digest.json` : `${failures.length - mostFailures} more, see digest.json`);
  if (coverage.missing.length > 0) {
    const dates = datesText(coverage.missing, language);
    lines.push(zh ? `没有运行 ${coverage.missing.length} 夜：${dates}；次夜的新增可能含其帖文，不等于没有帖文` : `did not run on ${plural(coverage.missing.length, "night")}: ${dates}; the night after may hold their posts; it is not silence`);
  }
  if (coverage.empty.length > 0) {
    const dates = datesText(coverage.empty, language);
    lines.push(zh ? `运行了而没有读到一行 ${coverage.empty.length} 夜：${dates}（没有新文件，或文件都未能使用）；不等于没有帖文` : `ran and read no row on ${plural(coverage.empty.length, "night")}: ${dates} (no new file, or none that could be used); it is not silence`);
  }
  if (lines.length === 0) return [];
  const head = zh ? `采集与处理异常 ${lines.length} 项，以下数字以此为限` : `${plural(lines.length, "fault")} in collecting or processing; the numbers below are limited by it`;
  return [paragraph({ text: head, strong: true }, "warning"), ...lines.map((text) => paragraph(text, "warning"))];
}

/** The facts of the period in one paragraph. */
export function lead(digest: Digest, language: Language): Block {
  return paragraph(leadText(digest, language), "lead");
}

function leadText(digest: Digest, language: Language): string {
  const zh = language === "zh";
  const { coverage, fresh, events, ledger, quiet } = digest;
  const number = (value: number): string => integer(value, language);
  if (coverage.nights === 0) return zh ? "本期没有采集记录。没有数字不等于网上没有相关信息。" : "Nothing was collected in this period. No numbers does not mean that nothing was said.";
  const raised = events.filter(({ moved }) => moved === "raised").length;
  const lowered = events.filter(({ moved }) => moved === "lowered").length;
  const collected = coverage.nights - coverage.empty.length;
  const nights = digest.period === "day" ? "" : zh ? `采集 ${collected} 夜，` : `${plural(collected, "night")}, `;
  const read = zh ? `${nights}来源文件 ${number(coverage.sources)} 个，读入 ${number(coverage.read)} 行（拒收 ${number(coverage.rejected)} 行）` : `${nights}${plural(coverage.sources, "source file")}, ${number(coverage.read)} rows read (${number(coverage.rejected)} rejected)`;
  const news = fresh.now === 0 ? (zh ? "没有新增帖文" : "no new posts") : zh ? `新增帖文 ${number(fresh.now)} 条` : `${number(fresh.now)} new posts`;
  const sentences = [zh ? `${read}，${news}；${changeText(fresh, digest, language)}。` : `${read}: ${news}; ${changeText(fresh, digest, language)}.`];
  const touched = events.filter((one) => one.fresh.now > 0).length;
  if (events.length + quiet > 0) sentences.push(zh ? `在列事件 ${events.length + quiet} 个，有新增的 ${touched} 个，级别上调 ${raised} 个、下调 ${lowered} 个。` : `${plural(events.length + quiet, "event")} followed, ${touched} with new posts; ${raised} raised, ${lowered} lowered in grade.`);
  sentences.push(
    zh
      ? `台账新立 ${ledger.filed.length} 件、办结 ${ledger.closed.length} 件，在办 ${number(ledger.open)} 件，其中超期 ${number(ledger.overdue)} 件。`
      : `Ledger: ${ledger.filed.length} filed, ${ledger.closed.length} closed, ${number(ledger.open)} open, ${number(ledger.overdue)} of them overdue.`,
  );
  return sentences.join(zh ? "" : " ");
}
