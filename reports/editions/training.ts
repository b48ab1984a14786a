import type { CasePart } from "../../pipeline/teaching/parts.ts";
import { offsetMs } from "../../pipeline/config.ts";
import type { Language } from "../../pipeline/errors.ts";
import { timeline } from "../../analyzers/event/timeline.ts";
import { shorten } from "../case-study/timeline.ts";
import type { Section } from "../contract.ts";
import { figure as figureText, instant } from "../format.ts";
import { document } from "../html/document.ts";
import { html, raw, type Html } from "../html/html.ts";
import { findingOf, pageOf, type OnFailure } from "../html/page.ts";
import { sectionBlock } from "../html/section.ts";
import { runningLabel, titleClass } from "../html/masthead.ts";
import { stylesheet } from "../html/style.ts";
import { wordsOf } from "../html/words.ts";
import type { Problem } from "../narrative/check.ts";
import { verified } from "../narrative/verify.ts";
import type { Report } from "../report.ts";
import { milestoneList } from "./milestones.ts";
import { scorecard, scorecardStyle } from "./scorecard.ts";

/**
 * Sections of a part: sentences and pictures only. What rests on engagement (counts are those of the collection, later than the moment), on quotes chosen by it,
 * or on the parties of the event file (known only afterwards) stays out.
 */
const shown = ["overview", "volume", "phases", "platforms", "sentiment", "regions", "hot-words", "topics", "viewpoints"];
/** Below so many posts a part is told in words alone: bars of one post each say nothing. */
const leastForCharts = 30;

const style = `
@media screen{.page{display:block;max-width:808px}}
.case{margin-top:24px}
.case ol{list-style:none;border-top:1px solid var(--c-line);padding-top:8px}
.moment{margin-top:64px;border-top:4px solid var(--c-accent);padding-top:16px}
.moment .section>h3{font-size:20px;margin:0}
.moment .section h3 .no{margin-right:12px;font-weight:400}
.moment .section{margin-top:40px}
.now{background:var(--c-tint);padding:12px 16px;margin:16px 0;border-radius:4px;font-weight:700}
.dated{padding-left:1.2em}
.dated time{font-variant-numeric:tabular-nums;color:var(--c-soft)}
.ask{border:2px solid var(--c-accent);padding:16px;margin-top:40px;break-inside:avoid}
.answer{display:block;width:100%;margin-top:8px;padding:0 4px;border:0;border-radius:0;color:inherit;font:inherit;line-height:36px;resize:vertical;background:repeating-linear-gradient(transparent 0 35px,var(--c-line) 35px 36px);background-attachment:local}
.answer:focus-visible{outline:2px solid var(--c-accent);outline-offset:2px}
.reveal{background:var(--c-tint);padding:8px 24px 24px;margin-top:32px}
.reveal h3{margin-top:16px}
@media print{.moment~.moment{break-before:page;margin-top:0}.moment .basis{display:none}.answer{border:0;overflow:hidden;resize:none}}
${scorecardStyle}`;

export interface TrainingOptions {
  language: Language;
  onFailure?: OnFailure;
  /** Told of sentences and titles that the facts of their part do not back; they are withheld. */
  onProblem?: (problem: Problem) => void;
}

/** What students get: the case up to each decision, a question, room for answers. Nothing of the full report but the event's name goes in. */
export async function studentEdition(parts: readonly CasePart[], sections: readonly Section[], options: TrainingOptions): Promise<string> {
  const { language } = options;
  const blocks: Html[] = [];
  for (const [i, part] of parts.entries()) blocks.push(await partBlock(part, i, sections, options));
  return frame(parts[0]!.report, language === "zh" ? "教学案例 · 学员版" : "Training case · students", language, entriesOf(parts, language), html`${blocks}`);
}

/** What teachers get: the same, after each question what happened next, and at the end the scorecard with the evidence beside each item. */
export async function teacherEdition(full: Report, parts: readonly CasePart[], sections: readonly Section[], options: TrainingOptions): Promise<string> {
  const { language } = options;
  const blocks: Html[] = [];
  for (const [i, part] of parts.entries()) blocks.push(html`${await partBlock(part, i, sections, options)}${reveal(full, i + 1, part.ms, parts[i + 1]?.ms ?? null, language)}`);
  return frame(full, language === "zh" ? "教学案例 · 教师版" : "Training case · teacher", language, [...entriesOf(parts, language), ["scorecard", language === "zh" ? "评分表" : "Scorecard"]], html`${blocks}${scorecard(full, language)}`);
}

function frame({ event }: Report, kind: string, language: Language, entries: [id: string, text: string][], body: Html): string {
  const zh = language === "zh";
  const { name, label, issue } = event;
  const note = zh
    ? "每一段只用此刻之前发布的帖文重新计算，不知何时发布的不计；互动数是采集时的，晚于此刻，所以不列；题名由事件文件给出。答案可以直接写在页内再打印，关闭页面即失去。"
    : "Every part is computed anew from the posts published before its moment; those of unknown time are left out, and so are counts of reposts and likes, which are those of the collection. The title is the event file's. Answers can be written into the page and printed; closing it loses them.";
  return document(
    { language, title: `${name} · ${kind}`, stylesheet: `${stylesheet(language, { title: name, label: runningLabel(event, kind) })}\n${style}` },
    html`<div class="page"><main id="main"><header class="masthead"><p class="kicker">${kind}${issue !== undefined && html` <bdi>${issue}</bdi>`}${label !== "" && html` <span class="badge"><bdi>${label}</bdi></span>`}</p><h1 class="title${titleClass([...name].length)}"><bdi>${name}</bdi></h1><p class="summary">${note}</p></header>
<nav class="contents case" aria-label="${wordsOf(language).contents}"><ol>${entries.map(([id, text]) => html`<li><a href="#${id}">${text}</a></li>`)}</ol></nav>${body}</main></div>`,
  ).text;
}

/** "决策点 1：2025年3月4日 09:00" */
const nameOf = ({ ms, report }: CasePart, i: number, language: Language): string => `${language === "zh" ? `决策点 ${i + 1}：` : `Decision ${i + 1}: `}${instant(ms, language, offsetMs(report.event.utcOffset))}`;
const entriesOf = (parts: readonly CasePart[], language: Language): [string, string][] => parts.map((part, i) => [`part-${i + 1}`, nameOf(part, i, language)]);

async function partBlock(part: CasePart, i: number, sections: readonly Section[], { language, onFailure, onProblem = () => {} }: TrainingOptions): Promise<Html> {
  const zh = language === "zh";
  const { question } = part;
  const report = known(part.report);
  const plain = verified(report, shown.flatMap((id) => sections.find((section) => section.id === id) ?? []), onProblem).map((section): Section => ({ ...section, ...(report.intake.kept < leastForCharts ? { charts: () => [] } : {}), extra: () => null }));
  const page = pageOf(report, plain, language, onFailure ?? ((_, error) => { throw error; }));
  const blocks: Html[] = [];
  for (const section of plain) if (findingOf(page, section.id)?.status === "ok") blocks.push(await sectionBlock(page, section, blocks.length + 1));
  const { event } = report;
  return html`<section class="moment" id="part-${i + 1}" aria-labelledby="part-${i + 1}-heading"><h2 id="part-${i + 1}-heading">${nameOf(part, i, language)}</h2>
<p class="now">${zh ? "此刻你只看到这些。" : "This is all that you see at this moment."}</p>
${event.milestones.length > 0 && milestoneList(event, language)}
${blocks.length === 0 ? html`<p class="left-out">${zh ? "此前还没有帖文。" : "There are no posts yet."}</p>` : raw(standalone(html`${blocks}`.text, `p${i + 1}-`))}
<div class="ask"><p><strong>${zh ? "请作答：" : "Your decision: "}</strong><bdi>${question[language]}</bdi></p><textarea class="answer" rows="6" aria-label="${zh ? "答案" : "Answer"} ${i + 1}"></textarea></div></section>`;
}

/** Only what is shown: other findings lend warnings to sections, such as what weighing by engagement would say. */
function known(report: Report): Report {
  const open = new Set(shown);
  return { ...report, findings: report.findings.filter(({ id }) => open.has(id)), facts: report.facts.filter(({ finding }) => open.has(finding)) };
}

/** Ids and headings of a part below the part's own; numbers without the links to an evidence appendix that this page does not have. */
function standalone(markup: string, prefix: string): string {
  return markup
    .replace(/<a class="fact( estimate)?"[^>]*>([^<]*)<\/a>/g, '<span class="known$1">$2</span>')
    .replace(/<(\/?)h([23])(?=[ >])/g, (_, end: string, level: string) => `<${end}h${Number(level) + 1}`)
    .replace(/( id="| aria-labelledby="| aria-describedby="| aria-controls="|href="#|url\(#)/g, `$1${prefix}`);
}

/** The moments of the timeline from one point to the next, and room for notes. */
function reveal(full: Report, no: number, from: number, to: number | null, language: Language): Html {
  const zh = language === "zh";
  const finding = full.findings.find(({ id }) => id === "timeline");
  const moments = finding?.status === "ok" ? (timeline.data.safeParse(finding.data).data?.moments ?? []) : [];
  const offset = offsetMs(full.event.utcOffset);
  const next = moments.filter(({ ms }) => ms >= from && (to === null || ms < to));
  const who = (one: (typeof moments)[number]): string => (one.text === null ? null : one.source === "given" ? one.text : shorten(one.text, 40)) ?? one.author_name ?? (one.posts === null ? "" : `${figureText({ key: "", label: { zh: "", en: "" }, value: one.posts, unit: "posts", of: null, interval: null, filter: null, estimate: false }, language)}`);
  const kinds: Record<string, [string, string]> = { milestone: ["节点", "milestone"], first: ["最早的帖文", "earliest post"], first_media: ["媒体首发", "first of the media"], first_official: ["政务首发", "first of government accounts"], statement: ["当事方发声", "statement"], peak: ["帖文最多的时段", "most posts"], wave: ["又一波", "another wave"], top: ["当日互动最多", "most engagement of the day"] };
  return html`<section class="reveal" aria-label="${zh ? "揭晓" : "Reveal"} ${no}"><h3>${zh ? "后来发生了什么" : "What happened next"}</h3>${next.length === 0 ? html`<p>${zh ? "数据中到下一个决策点没有新的节点。" : "The data has no further moment before the next decision."}</p>` : html`<ul class="dated">${next.map((one) => html`<li>${instant(one.ms, language, offset, one.precision)} ${one.what.map((what) => kinds[what]![zh ? 0 : 1]).join(zh ? "、" : ", ")}${zh ? "：" : ": "}<bdi>${who(one)}</bdi></li>`)}</ul>`}
<h3>${zh ? "讲评笔记" : "Notes"}</h3><textarea class="answer" rows="4" aria-label="${zh ? "讲评笔记" : "Notes"} ${no}"></textarea></section>`;
}
