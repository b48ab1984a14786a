import { offsetMs } from "../../pipeline/config.ts";
import type { Language } from "../../pipeline/errors.ts";
import { integer } from "../format.ts";
import { document } from "../html/document.ts";
import { dataTable } from "../html/figure.ts";
import { html, type Html } from "../html/html.ts";
import { keyFigures } from "../html/masthead.ts";
import { stylesheet } from "../html/style.ts";
import type { Report } from "../report.ts";
import type { FactChange, ReportDiff } from "./compare.ts";
import { changeText, conditionText, sectionName, sideText, statusText, valueText } from "./words.ts";

/** Up to so many facts all sections stand open. */
const mostOpen = 40;

const style = `
@media screen{.page{display:block;max-width:888px}}
.facts-of{border-bottom:1px solid var(--c-line);padding:8px 0}
.facts-of h3{display:inline;margin:0;font-size:14px;color:var(--c-ink)}
.diff td:last-child{min-width:8em}
.diff th:not(:first-child),.diff td:not(:first-child){padding-left:8px}
@media screen and (max-width:559px){
.diff thead{display:none}
.diff tr{display:flex;flex-wrap:wrap;gap:0 16px;border-bottom:1px solid var(--c-line);padding:8px 0}
.diff td,.diff td:not(:first-child){border:0;padding:0;min-width:0;text-align:left}
.diff td:first-child{flex:1 0 100%}
.diff td:nth-child(2)::before{content:"A ";color:var(--c-soft)}
.diff td:nth-child(3)::before{content:"B ";color:var(--c-soft)}
}`;

/** The differences as one page of tables: the main figures, the conditions, the sections, then the facts of each section in a fold of its own. */
export function renderDiff(diff: ReportDiff, a: Report, b: Report, language: Language): string {
  const zh = language === "zh";
  const [first, second] = [a, b].map(({ event: { name, label } }) => html`<bdi>${name}</bdi>${label !== "" && html` <span class="badge"><bdi>${label}</bdi></span>`}`);
  const title = zh ? "两份报告的差别" : "Two reports compared";
  const { conditions, statuses, changed, appeared, vanished, same } = diff;
  const main = keyFigures.flatMap(({ finding, key }) => changed.filter((one) => one.finding === finding && one.key === key));
  const tally = zh
    ? `变了的事实 ${integer(changed.length, language)} 个，新出现 ${integer(appeared.length, language)} 个，消失 ${integer(vanished.length, language)} 个，相同 ${integer(same, language)} 个。`
    : `${integer(changed.length, language)} facts changed, ${integer(appeared.length, language)} appeared, ${integer(vanished.length, language)} vanished, ${integer(same, language)} are the same.`;
  const facts = (id: string, heading: string, list: readonly FactChange[]): Html | null => (list.length === 0 ? null : block(id, zh ? `${heading}（${list.length}）` : `${heading} (${list.length})`, folds(id, list, a, b, language)));
  return document(
    { language, title, stylesheet: `${stylesheet(language, { title, label: "" })}\n${style}` },
    html`<div class="page"><main id="main"><header class="masthead"><p class="kicker">yuqing diff</p><h1>${title}</h1><p class="summary">A${zh ? "：" : ": "}${first}<br>B${zh ? "：" : ": "}${second}</p></header>
<p>${tally}</p>
${main.length > 0 && block("figures", zh ? "主要数字" : "Main figures", changeTable("figures", zh ? "主要数字" : "Main figures", main, a, b, language))}
${conditions.length > 0 && block("conditions", zh ? "条件不同：配置、版本、输入" : "Conditions that differ", table("conditions", zh ? "条件" : "Conditions", [zh ? "项" : "item", "A", "B"], conditions.map((one) => [conditionText(one.path, language), valueText(one.a), valueText(one.b)])))}
${statuses.length > 0 && block("statuses", zh ? "章节状态变化" : "Sections whose status changed", table("statuses", zh ? "章节状态" : "Status of sections", [zh ? "章节" : "section", "A", "B"], statuses.map((one) => [sectionName(one.finding, language), statusText(one.a, language), statusText(one.b, language)])))}
${facts("changed", zh ? "变了的事实" : "Facts that changed", changed)}${facts("appeared", zh ? "新出现的事实" : "Facts that appeared", appeared)}${facts("vanished", zh ? "消失的事实" : "Facts that vanished", vanished)}
<p class="colophon">${zh ? "占比之差为个百分点；两个估计值的区间重叠时，差别可能只是误差。" : "Differences of shares are points; where the intervals of two estimates overlap the difference may be error."}</p>
</main></div>`,
  ).text;
}

const block = (id: string, heading: string, body: Html): Html => html`<section class="section" id="${id}-section" aria-labelledby="${id}-heading"><h2 id="${id}-heading">${heading}</h2>${body}</section>`;

const table = (id: string, label: string, columns: readonly string[], rows: readonly (readonly (string | Html)[])[]): Html => html`<div class="diff">${dataTable(id, label, columns.map((one) => ({ label: one })), rows)}</div>`;

/** The facts of each section in a fold, in the order of the report; folds stand open when there are few facts. */
function folds(id: string, list: readonly FactChange[], a: Report, b: Report, language: Language): Html {
  const groups = new Map<string, FactChange[]>();
  for (const one of list) groups.set(one.finding, [...(groups.get(one.finding) ?? []), one]);
  return html`${[...groups].map(([finding, facts]) => {
    const name = sectionName(finding, language);
    const size = language === "zh" ? `（${facts.length} 个事实）` : ` (${facts.length} facts)`;
    return html`<details class="facts-of"${list.length <= mostOpen && html` open`}><summary><h3><bdi>${name}</bdi></h3>${size}</summary>${changeTable(`${id}-${finding}`, name, facts, a, b, language)}</details>`;
  })}`;
}

function changeTable(id: string, label: string, facts: readonly FactChange[], a: Report, b: Report, language: Language): Html {
  const zh = language === "zh";
  const number = (one: FactChange): string => {
    const word = zh ? "事实" : "fact";
    if (one.a !== null && one.b !== null && one.a.no === one.b.no) return `${word}-${one.a.no}`;
    return [one.a && `A ${word}-${one.a.no}`, one.b && `B ${word}-${one.b.no}`].filter(Boolean).join(" · ");
  };
  const rows = facts.map((one) => [
    html`<bdi>${(one.b ?? one.a)!.label[language]}</bdi> <small>${number(one)}</small>`,
    sideText(one.a, language, offsetMs(a.event.utcOffset)),
    sideText(one.b, language, offsetMs(b.event.utcOffset)),
    changeText(one, language),
  ]);
  const right = { align: "right" as const };
  return html`<div class="diff">${dataTable(id, label, [{ label: zh ? "事实" : "fact" }, { label: "A", ...right }, { label: "B", ...right }, { label: zh ? "变化" : "change" }], rows)}</div>`;
}
