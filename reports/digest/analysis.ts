import { least } from "../../pipeline/digest/change.ts";
import type { Digest, DigestEvent, Peak } from "../../pipeline/digest/schema.ts";
import type { Language } from "../../pipeline/errors.ts";
import { polarities } from "../../pipeline/schema.ts";
import type { Block } from "../document.ts";
import { integer, round, share } from "../format.ts";
import { nameOf } from "../names.ts";
import { list, paragraph } from "./blocks.ts";
import { arrow, beforeName, clean, dateText, inLanguage, momentText } from "./words.ts";

/** Events that are listed. */
const mostEvents = 20;
/** Counts of a model's labels are off by 6 to 13 points on average (analyzers/event/sentiment.ts): an order is told only when it stands with both shares so far off. */
const clearLead = 0.26;
/** Of a day that stands out: share from which an event is named, and wordings that are. */
const leastShare = 0.05;
const mostWordings = 2;

/** Events: new posts, grade and its change, surge. */
export function eventBlocks(digest: Digest, language: Language): Block[] {
  const zh = language === "zh";
  const { events, quiet } = digest;
  if (events.length + quiet === 0) return [paragraph(zh ? "没有在列的事件。" : "No events are followed.")];
  const shown = events.slice(0, mostEvents);
  const more = events.length - shown.length;
  const notes = [...shown.flatMap((one) => eventNotes(one, digest, language)), ...(more > 0 ? [zh ? `另有 ${more} 个事件有新增，未列。` : `${more} more events have new posts.`] : []), ...(quiet > 0 ? [zh ? `${quiet} 个事件没有新增，级别未变。` : `${quiet} events have no new posts and keep their grade.`] : [])];
  return [...(shown.length > 0 ? [eventTable(shown, digest, language)] : []), ...list(notes)];
}

function eventTable(events: readonly DigestEvent[], digest: Digest, language: Language): Block {
  const zh = language === "zh";
  return {
    kind: "table",
    caption: zh ? "有新增或级别有变的事件" : "Events with new posts or another grade",
    columns: [
      { key: "event", label: zh ? "事件" : "event" },
      { key: "fresh", label: zh ? "新增" : "new", align: "right" },
      { key: "before", label: beforeName(digest, zh ? "zh" : "en"), align: "right" },
      { key: "change", label: zh ? "变化" : "change", align: "right" },
      { key: "posts", label: zh ? "累计" : "in all", align: "right" },
      { key: "grade", label: zh ? "级别" : "grade" },
    ],
    rows: events.map((one) => ({
      event: clean(one.name, 60),
      fresh: integer(one.fresh.now, language),
      before: one.fresh.before === null ? "—" : integer(one.fresh.before, language),
      change: arrow(one.fresh, language),
      posts: integer(one.posts, language),
      grade: gradeText(one, language),
    })),
  };
}

function gradeText({ grade, grade_before, moved }: DigestEvent, language: Language): string {
  const zh = language === "zh";
  if (grade === null) return zh ? "未定级" : "not graded";
  const name = inLanguage(grade.name, language, 40);
  if (moved === "raised") return `${name} ↑ ${zh ? `（原${inLanguage(grade_before!.name, language, 40)}）` : `(was ${inLanguage(grade_before!.name, language, 40)})`}`;
  if (moved === "lowered") return `${name} ↓ ${zh ? `（原${inLanguage(grade_before!.name, language, 40)}）` : `(was ${inLanguage(grade_before!.name, language, 40)})`}`;
  return moved === "new" ? `${name}${zh ? "（新列）" : " (new)"}` : name;
}

function eventNotes({ name, grade, moved, reasons, surge }: DigestEvent, digest: Digest, language: Language): string[] {
  const zh = language === "zh";
  const title = clean(name, 40);
  const raised = moved !== "raised" || grade === null ? [] : [`${title}${zh ? `：级别上调为${inLanguage(grade.name, language, 40)}，依据：` : `: raised to ${inLanguage(grade.name, language, 40)}: `}${reasons.slice(0, 4).map((reason) => inLanguage(reason, language, 80)).join(zh ? "；" : "; ")}${zh ? "。" : "."}`];
  if (surge === null) return raised;
  const [from, ratio, lower] = [momentText(surge.from_ms, digest, language), round(surge.ratio, 1).toFixed(1), round(surge.lower, 1).toFixed(1)];
  const told = zh
    ? `${title}：${from} 起三小时 ${integer(surge.posts, language)} 条，此前三小时 ${integer(surge.before, language)} 条，除去时段活跃度约为 ${ratio} 倍（估，下限 ${lower} 倍）。`
    : `${title}: ${integer(surge.posts, language)} posts in three hours from ${from}, ${integer(surge.before, language)} in the three before; ${ratio} times, usual activity taken out (est., at least ${lower}).`;
  return [...raised, told];
}

/** What the model made of the new posts: counts and their order, no shares, as in the report. */
export function moodBlocks({ mood }: Digest, language: Language): Block[] {
  const zh = language === "zh";
  const { judged, unknown } = mood;
  const rest = unknown === 0 ? "" : zh ? `另有 ${integer(unknown, language)} 条没有自身文字或无从判断。` : ` ${integer(unknown, language)} more have no words of their own, or none to judge by.`;
  if (judged === 0) return [paragraph(zh ? `新增帖文没有可判断倾向的。${rest}` : `None of the new posts can be judged.${rest}`)];
  const listed = polarities.map((key) => `${nameOf("polarity", key, language)} ${integer(mood[key], language)}${zh ? " 条" : ""}`).join(zh ? "、" : ", ");
  const [first, second] = [...polarities].sort((a, b) => mood[b] - mood[a]);
  const leads = judged >= least && (mood[first!] - mood[second!]) / judged >= clearLead;
  const order = !leads ? "" : zh ? `，以${nameOf("polarity", first!, language)}居多` : `, mostly ${nameOf("polarity", first!, language)}`;
  return [
    paragraph(zh ? `可判断倾向的新增帖文 ${integer(judged, language)} 条，机判${listed}${order}（估）。${rest}` : `Of ${integer(judged, language)} new posts that can be judged, the model calls ${listed}${order} (est.).${rest}`),
    paragraph(zh ? "机判未经人工抽查，只看先后，不作占比。" : "Unchecked labels of the model: their order counts, not their shares.", "note"),
  ];
}


/** The month's course: which days stand out, what made them, with what they coincide. Never a cause. */
export function peakBlocks({ peaks }: Digest, language: Language): Block[] {
  if (peaks === null) return [];
  const zh = language === "zh";
  if (peaks.reason === "few_days") return [paragraph(zh ? `有数的整日只有 ${peaks.tested} 天，不足 14 天，不判断哪一天突出。` : `Only ${peaks.tested} whole days were counted, fewer than 14: no day is said to stand out.`)];
  if (peaks.reason === "few_posts") return [paragraph(zh ? "全月帖文不足 20 条，不判断哪一天突出。" : "Fewer than 20 posts in the month: no day is said to stand out.")];
  const basis = zh ? `日中位数 ${round(peaks.median!, 1)} 条，${peaks.tested} 天，离散系数 ${round(peaks.dispersion!, 1).toFixed(1)}` : `median of a day ${round(peaks.median!, 1)}, ${peaks.tested} days, dispersion ${round(peaks.dispersion!, 1).toFixed(1)}`;
  if (peaks.found.length === 0) return [paragraph(zh ? `没有哪一天突出：各日起伏在偶然范围之内（${basis}）。` : `No day stands out: the days vary within chance (${basis}).`)];
  const more = peaks.standing > peaks.found.length ? (zh ? `，列最突出的 ${peaks.found.length} 天` : `, the first ${peaks.found.length} of them are listed`) : "";
  const told = zh ? `突出的有 ${peaks.standing} 天${more}（${basis}）：` : `${peaks.standing} ${peaks.standing === 1 ? "day stands" : "days stand"} out${more} (${basis}):`;
  return [paragraph(told), ...list(peaks.found.map((peak) => [{ text: dateText(peak.date, language), strong: true }, `${zh ? "：" : ": "}${peakText(peak, language)}`]))];
}

function peakText({ date, posts, events, items, dates }: Peak, language: Language): string {
  const zh = language === "zh";
  const parts = [`${integer(posts, language)}${zh ? " 条" : " posts"}`];
  const large = events.filter((one) => one.share >= leastShare);
  if (large.length > 0) parts.push(`${zh ? "其中" : "of them "}${large.map(({ name, share: part }) => `${clean(name, 40)}${zh ? "占" : ""} ${share(part, language)}`).join(zh ? "、" : ", ")}`);
  if (items.length > 0) parts.push(`${zh ? "当日条数较多的有" : "most frequent that day: "}${items.slice(0, mostWordings).map(({ title, posts: own, share: part }) => `“${clean(title, 28)}”${zh ? `（${integer(own, language)} 条${part === null ? "" : `，相当于 ${share(part, language)}`}）` : ` (${integer(own, language)} posts${part === null ? "" : `, ${share(part, language)}`})`}`).join(zh ? "、" : ", ")}`);
  if (dates.length > 0) parts.push(`${zh ? "与" : "at the same time as "}${dates.map((one) => `${inLanguage(one.name, language, 30)}${one.date === date ? "" : zh ? `（${dateText(one.date, language)}）` : ` (${dateText(one.date, language)})`}`).join(zh ? "、" : ", ")}${zh ? "同期" : ""}`);
  return `${parts.join(zh ? "；" : "; ")}${zh ? "。" : "."}`;
}
