import type { CasePart } from "../../pipeline/teaching/parts.ts";
import { offsetMs } from "../../pipeline/config.ts";
import type { Language } from "../../pipeline/errors.ts";
import { timeline } from "../../analyzers/event/timeline.ts";
import type { Section } from "../contract.ts";
import { figure as figureText, instant } from "../format.ts";
import { document } from "../html/document.ts";
import { html, raw, type Html } from "../html/html.ts";
import { findingOf, pageOf, type OnFailure } from "../html/page.ts";
import { sectionBlock } from "../html/section.ts";
import { stylesheet } from "../html/style.ts";
import type { Report } from "../report.ts";

/**
 * Sections of a part: sentences and pictures only. What rests on engagement (counts are those of the collection, later than the moment), on quotes chosen by it,
 * or on the parties of the event file (known only afterwards) stays out.
 */
const shown = ["overview", "volume", "phases", "platforms", "sentiment", "regions", "hot-words", "topics", "viewpoints"];

const style = `
@media screen{.page{display:block;max-width:808px}}
.part{margin-top:64px;border-top:4px solid var(--c-accent);padding-top:16px}
.now{background:var(--c-tint);padding:16px;border-radius:4px;font-weight:700}
.ask{border:2px solid var(--c-accent);padding:16px;margin-top:32px;break-inside:avoid}
.answer{display:block;border-bottom:1px solid var(--c-line);height:36px}
.reveal{background:var(--c-tint);padding:16px 24px;margin-top:32px}
.score td:last-child,.score th:last-child{min-width:6em}
@media print{.part{break-before:page}}`;

export interface TrainingOptions {
  language: Language;
  onFailure?: OnFailure;
}

/** What students get: the case up to each decision, a question, room for answers. Nothing of the full report but the event's name goes in. */
export async function studentEdition(parts: readonly CasePart[], sections: readonly Section[], { language, onFailure }: TrainingOptions): Promise<string> {
  const blocks: Html[] = [];
  for (const [i, part] of parts.entries()) blocks.push(await partBlock(part, i, sections, language, onFailure));
  return frame(parts[0]!.report, language === "zh" ? "教学案例 · 学员版" : "Training case · students", language, html`${blocks}`);
}

/** What teachers get: the same, after each question what happened next, and at the end the scorecard with the evidence beside each item. */
export async function teacherEdition(full: Report, parts: readonly CasePart[], sections: readonly Section[], { language, onFailure }: TrainingOptions): Promise<string> {
  const blocks: Html[] = [];
  for (const [i, part] of parts.entries()) blocks.push(html`${await partBlock(part, i, sections, language, onFailure)}${reveal(full, part.ms, parts[i + 1]?.ms ?? null, language)}`);
  return frame(full, language === "zh" ? "教学案例 · 教师版" : "Training case · teacher", language, html`${blocks}${scorecard(full, language)}`);
}

function frame({ event: { name, label } }: Report, kind: string, language: Language, body: Html): string {
  const zh = language === "zh";
  const note = zh
    ? "每一段只用此刻之前发布的帖文重新计算；互动数是采集时的，晚于此刻，所以不列；题名由事件文件给出。"
    : "Every part is computed anew from the posts published before its moment. Counts of reposts and likes are those of the collection, later than the moment, and left out. The title is the event file's.";
  return document(
    { language, title: `${name} · ${kind}`, stylesheet: `${stylesheet(language)}\n${style}` },
    html`<div class="page"><main id="main"><header class="masthead"><p class="kicker">${kind}${label !== "" && html`<span class="badge">${label}</span>`}</p><h1>${name}</h1><p class="summary">${note}</p></header>${body}</main></div>`,
  ).text;
}

async function partBlock({ ms, question, report }: CasePart, i: number, sections: readonly Section[], language: Language, onFailure?: OnFailure): Promise<Html> {
  const zh = language === "zh";
  const plain = shown.flatMap((id) => sections.find((section) => section.id === id) ?? []).map((section): Section => ({ ...section, extra: () => null }));
  const page = pageOf(report, plain, language, onFailure ?? ((_, error) => { throw error; }));
  const blocks: Html[] = [];
  for (const section of plain) if (findingOf(page, section.id)?.status === "ok") blocks.push(await sectionBlock(page, section, blocks.length + 1));
  const at = instant(ms, language, offsetMs(report.event.utcOffset));
  const known = report.event.milestones;
  return html`<section class="part" id="part-${i + 1}"><h2>${zh ? `决策点 ${i + 1}：` : `Decision ${i + 1}: `}${at}</h2>
<p class="now">${zh ? "此刻你只看到这些。" : "This is all that you see at this moment."}</p>
${known.length > 0 && html`<ul>${known.map(({ time, text }) => html`<li>${time} <bdi>${text}</bdi></li>`)}</ul>`}
${blocks.length === 0 ? html`<p class="left-out">${zh ? "此前还没有帖文。" : "There are no posts yet."}</p>` : raw(standalone(html`${blocks}`.text, `p${i + 1}-`))}
<div class="ask"><p><strong>${zh ? "请作答：" : "Your decision: "}</strong><bdi>${question[language]}</bdi></p>${Array.from({ length: 6 }, () => html`<span class="answer"></span>`)}</div></section>`;
}

/** Ids of a part set apart from those of other parts; numbers without the links to an evidence appendix that this page does not have. */
function standalone(markup: string, prefix: string): string {
  return markup
    .replace(/<a class="fact( estimate)?"[^>]*>([^<]*)<\/a>/g, '<span class="known$1">$2</span>')
    .replace(/( id="| aria-labelledby="| aria-describedby="| aria-controls="|href="#|url\(#)/g, `$1${prefix}`);
}

/** The moments of the timeline from one point to the next, and room for notes. */
function reveal(full: Report, from: number, to: number | null, language: Language): Html {
  const zh = language === "zh";
  const finding = full.findings.find(({ id }) => id === "timeline");
  const moments = finding?.status === "ok" ? (timeline.data.safeParse(finding.data).data?.moments ?? []) : [];
  const offset = offsetMs(full.event.utcOffset);
  const next = moments.filter(({ ms }) => ms >= from && (to === null || ms < to));
  const who = (one: (typeof moments)[number]): string => one.text ?? one.author_name ?? (one.posts === null ? "" : `${figureText({ key: "", label: { zh: "", en: "" }, value: one.posts, unit: "posts", of: null, interval: null, filter: null, estimate: false }, language)}`);
  const kinds: Record<string, [string, string]> = { milestone: ["节点", "milestone"], first: ["最早的帖文", "earliest post"], first_media: ["媒体首发", "first of the media"], first_official: ["政务首发", "first of government accounts"], statement: ["当事方发声", "statement"], peak: ["帖文最多的时段", "most posts"], wave: ["又一波", "another wave"], top: ["当日互动最多", "most engagement of the day"] };
  return html`<section class="reveal"><h3>${zh ? "后来发生了什么" : "What happened next"}</h3>${next.length === 0 ? html`<p>${zh ? "数据中到下一个决策点没有新的节点。" : "The data has no further moment before the next decision."}</p>` : html`<ul>${next.map((one) => html`<li>${instant(one.ms, language, offset, one.precision)} ${one.what.map((what) => kinds[what]![zh ? 0 : 1]).join(zh ? "、" : ", ")}${zh ? "：" : ": "}<bdi>${who(one)}</bdi></li>`)}</ul>`}
<h3>${zh ? "讲评笔记" : "Notes"}</h3>${Array.from({ length: 4 }, () => html`<span class="answer"></span>`)}</section>`;
}

/** Items of the published scorecard and the facts to lay beside each: "finding.key" begins. People score, the program never does. */
const items: { zh: string; en: string; facts: RegExp }[] = [
  { zh: "政府响应", en: "Government response", facts: /^timeline\.(?:first|delay)\.official$|^response\.(?:statement|delay|surge\.delay)\./ },
  { zh: "信息透明度", en: "Transparency", facts: /^response\.statements\.|^viewpoints\.questions$|^volume\.field\.posts\.official$/ },
  { zh: "公信力", en: "Credibility", facts: /^targets\.(?:posts|negative|positive)\.|^triage\.rumour$/ },
  { zh: "动态反应", en: "Adaptation", facts: /^response\.(?:before|after|ratio|due\.[^.]+)\.\d+$|^phases\.wave\.(?:time|posts)\./ },
  { zh: "恢复秩序", en: "Return to order", facts: /^phases\.(?:peak\.(?:time|posts|halving)|phase\.(?:begin|share)\.(?:lasting|fading))$/ },
  { zh: "问责", en: "Accountability", facts: /^response\.statement\./ },
];

function scorecard(full: Report, language: Language): Html {
  const zh = language === "zh";
  const figures = new Map(full.findings.flatMap((finding) => (finding.status === "error" ? [] : finding.figures.map((figure) => [`${finding.id}.${figure.key}`, figure] as const))));
  const offset = offsetMs(full.event.utcOffset);
  const milestones = html`<ul>${full.event.milestones.map(({ time, text }) => html`<li>${time} <bdi>${text}</bdi></li>`)}</ul>`;
  const evidence = (facts: RegExp) => full.facts.filter(({ finding, key }) => facts.test(`${finding}.${key}`) && figures.get(`${finding}.${key}`)!.value !== null).slice(0, 12);
  const row = ({ zh: name, en, facts }: (typeof items)[number]) => html`<tr><th scope="row">${zh ? name : en}</th><td>${evidence(facts).map(({ no, finding, key }) => {
    const figure = figures.get(`${finding}.${key}`)! as Parameters<typeof figureText>[0];
    return html`<div><bdi>${figure.label[language]}</bdi> ${figureText(figure, language, offset)} <small>${zh ? "事实" : "fact"}-${no}</small></div>`;
  })}${name === "问责" && milestones}${evidence(facts).length === 0 && name !== "问责" && html`<em>${zh ? "数据没有相关事实" : "no fact in the data"}</em>`}</td><td></td></tr>`;
  return html`<section class="part" id="scorecard"><h2>${zh ? "评分表（由人评分）" : "Scorecard (scored by people)"}</h2><p>${zh ? "程序只列证据与时刻，不打分；事实编号见完整报告 report.html。" : "The program lays out evidence and times and gives no score; fact numbers are those of report.html."}</p>
<div class="scroll"><table class="score"><thead><tr><th scope="col">${zh ? "项目" : "item"}</th><th scope="col">${zh ? "证据" : "evidence"}</th><th scope="col">${zh ? "评分" : "score"}</th></tr></thead><tbody>${items.map(row)}</tbody></table></div></section>`;
}
