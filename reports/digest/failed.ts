import type { Period } from "../../pipeline/digest/options.ts";
import { digestVersion } from "../../pipeline/digest/schema.ts";
import type { Span } from "../../pipeline/digest/span.ts";
import type { Language, Message } from "../../pipeline/errors.ts";
import { integer } from "../format.ts";
import { paragraph } from "./blocks.ts";
import { documentFiles, type Files } from "./files.ts";
import { clean, dateText, inLanguage } from "./words.ts";

/** A digest that could not be made: what failed, and what is known without it. */
export interface FailedDigest {
  period: Period;
  span: Span;
  title: string;
  office: string;
  label: string;
  /** Why, in one sentence; and what else the night reports of itself. */
  reason: Message;
  failures: readonly Message[];
  /** Sums of the nights of the span. */
  nights: number;
  read: number;
  rejected: number;
  fresh: number;
}

/** The short plain pages that stand in the place of a digest that could not be made, under its names. Its .json has version, period, span and failures, and is none of `digestSchema`. */
export async function renderFailedDigest(failed: FailedDigest, language: Language): Promise<Files> {
  const { period, span, title, office, label, reason, failures, nights, read, rejected, fresh } = failed;
  const zh = language === "zh";
  const number = (value: number): string => integer(value, language);
  const name = `${period}-${span.to}`;
  const dates = span.from === span.to ? dateText(span.to, language, true) : `${dateText(span.from, language, true)}${zh ? "至" : " to "}${dateText(span.to, language, true)}`;
  const facts = zh
    ? `采集 ${number(nights)} 夜，读入 ${number(read)} 行（拒收 ${number(rejected)} 行），新增帖文 ${number(fresh)} 条，都已入档，台账和预警照常登记。`
    : `${number(nights)} nights, ${number(read)} rows read (${number(rejected)} rejected), ${number(fresh)} new posts: all of it is in the archive, ledger and alerts are kept as on any night.`;
  const next = zh ? `程序修好后重做：yuqing digest --period ${period} --date ${span.to}` : `When the program is mended: yuqing digest --period ${period} --date ${span.to}`;
  const warnings = [reason, ...failures].map((text) => paragraph(inLanguage(text, language, 400), "warning"));
  const document = {
    language,
    title: clean(title, 60),
    issue: null,
    subtitle: [...(office === "" ? [] : [clean(office, 60)]), dates].join(zh ? "　" : " · "),
    label: clean(label, 40),
    blocks: [paragraph({ text: zh ? "这一期没有做成，本页只说明原因和已知的数。" : "This issue could not be made; this page says why, and what is known.", strong: true }, "warning"), ...warnings, paragraph(facts, "lead"), paragraph(next, "note")],
  };
  const files = await documentFiles(document, name, { onFailure: () => {}, onNote: () => {} });
  return files.set(`${name}.json`, `${JSON.stringify({ version: digestVersion, period, span, failures: [reason, ...failures].map((text) => ({ text, dates: [span.to] })) }, null, 2)}\n`);
}
