import { response } from "../../analyzers/event/response.ts";
import type { Figure } from "../../analyzers/contract.ts";
import { offsetMs } from "../../pipeline/config.ts";
import type { Language } from "../../pipeline/errors.ts";
import { figure as figureText } from "../format.ts";
import { html, type Html } from "../html/html.ts";
import type { Report } from "../report.ts";
import { milestoneList } from "./milestones.ts";

/** Items of the published scorecard and the facts to lay beside each, as "finding.key". People score, the program never does. */
const items: { zh: string; en: string; facts: RegExp; milestones?: true }[] = [
  { zh: "政府响应", en: "Government response", facts: /^timeline\.(?:first|delay)\.official$|^volume\.field\.posts\.official$/ },
  { zh: "信息透明度", en: "Transparency", facts: /^response\.(?:statements|statement|delay|surge\.delay)\.\d+$|^viewpoints\.questions$/ },
  { zh: "公信力", en: "Credibility", facts: /^targets\.(?:posts|negative|positive)\.(?!.*\.(?:media|official|public)$)|^triage\.rumour$/ },
  { zh: "动态反应", en: "Adaptation", facts: /^response\.(?:before|after|ratio)\.\d+$|^phases\.wave\.(?:time|posts)\./ },
  { zh: "恢复秩序", en: "Return to order", facts: /^phases\.(?:peak\.(?:time|posts|halving)|phase\.(?:begin|share)\.(?:lasting|fading))$/ },
  { zh: "问责", en: "Accountability", facts: /(?!)/, milestones: true },
];
/** Facts beside one item; of an event with many parties the rest stands in the report. */
const most = 24;

export const scorecardStyle = `
.score th,.score td{padding:8px 16px 8px 0}
.score th{white-space:normal}
.score tbody th{min-width:6em;color:var(--c-ink);font-weight:700}
.score td:last-child{min-width:9em;border-left:1px solid var(--c-line)}
.score small{white-space:nowrap;font-size:12px}
.score textarea{min-height:72px}
@media screen and (max-width:559px){.score thead{display:none}.score tr,.score th,.score td{display:block;border:0;max-width:none}.score tr{border-bottom:1px solid var(--c-line);padding:8px 0}.score th,.score td,.score td:last-child{padding:4px 0;border:0}}
@media print{.score td:last-child{width:30%}}`;

/** The empty form: items, the facts beside each with their numbers in the full report, room for the score and its reason. */
export function scorecard(full: Report, language: Language): Html {
  const zh = language === "zh";
  const figures = new Map(full.findings.flatMap((finding) => (finding.status === "error" ? [] : finding.figures.map((figure) => [`${finding.id}.${figure.key}`, figure as Figure] as const))));
  const offset = offsetMs(full.event.utcOffset);
  const parties = partiesOf(full);
  const score = zh ? "评分与理由" : "Score and reason";
  const row = ({ zh: zhName, en, facts, milestones }: (typeof items)[number]): Html => {
    const name = zh ? zhName : en;
    const found = full.facts.flatMap(({ no, finding, key }) => {
      const figure = facts.test(`${finding}.${key}`) ? figures.get(`${finding}.${key}`) : undefined;
      return figure === undefined || figure.value === null ? [] : [{ no, figure, party: finding === "response" ? (parties[Number(key.slice(key.lastIndexOf(".") + 1)) - 1] ?? "") : "" }];
    });
    const lines = found.slice(0, most).map(({ no, figure, party }) => {
      const label = figure.label[language];
      return html`<div><bdi>${label.includes(party) ? label : `${party}${zh ? "：" : ": "}${label}`}</bdi> ${figureText(figure, language, offset)} <small>${zh ? "事实" : "fact"}-${no}</small></div>`;
    });
    const more = found.length > most && html`<div><em>${zh ? `另有 ${found.length - most} 个事实，见完整报告` : `${found.length - most} more facts in the full report`}</em></div>`;
    const dated = milestones === true && full.event.milestones.length > 0;
    const none = found.length === 0 && !dated && html`<em>${zh ? "数据没有相关事实" : "no fact in the data"}</em>`;
    return html`<tr><th scope="row">${name}</th><td>${lines}${more}${dated && milestoneList(full.event, language)}${none}</td><td><textarea class="answer" rows="3" aria-label="${score}${zh ? "：" : ": "}${name}"></textarea></td></tr>`;
  };
  const title = zh ? "评分表（由人评分）" : "Scorecard (scored by people)";
  return html`<section class="moment" id="scorecard" aria-labelledby="scorecard-heading"><h2 id="scorecard-heading">${title}</h2><p>${zh ? "程序只列证据与时刻，不打分；事实编号见完整报告 report.html。" : "The program lays out evidence and times and gives no score; fact numbers are those of report.html."}</p>
<div class="scroll" role="region" aria-label="${title}" tabindex="0"><table class="score"><thead><tr><th scope="col">${zh ? "项目" : "Item"}</th><th scope="col">${zh ? "证据" : "Evidence"}</th><th scope="col">${score}</th></tr></thead><tbody>${items.map(row)}</tbody></table></div></section>`;
}

/** Names of the parties in the order of their facts. */
function partiesOf({ findings }: Report): string[] {
  const finding = findings.find(({ id }) => id === response.id);
  return finding?.status === "ok" ? (response.data.safeParse(finding.data).data?.subjects.map(({ name }) => name) ?? []) : [];
}
