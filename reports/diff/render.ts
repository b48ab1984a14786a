import { offsetMs } from "../../pipeline/config.ts";
import type { Language } from "../../pipeline/errors.ts";
import { document } from "../html/document.ts";
import { dataTable } from "../html/figure.ts";
import { html, type Html } from "../html/html.ts";
import { stylesheet } from "../html/style.ts";
import type { Report } from "../report.ts";
import type { FactChange, ReportDiff } from "./compare.ts";
import { cut } from "./text.ts";
import { changeText, sectionName, sideText, statusText } from "./words.ts";

/** The differences as one page of tables: conditions first, then sections, then facts. */
export function renderDiff(diff: ReportDiff, a: Report, b: Report, language: Language): string {
  const zh = language === "zh";
  const [first, second] = [a, b].map(({ event: { name, label } }) => html`<bdi>${name}</bdi>${label !== "" && html` <span class="badge">${label}</span>`}`);
  const title = zh ? "两份报告的差别" : "Two reports compared";
  const sides = [{ label: "A" }, { label: "B" }];
  const fact = (one: FactChange): (string | Html)[] => [
    html`<bdi>${sectionName(one.finding, language)}</bdi>`,
    html`<bdi>${(one.b ?? one.a)!.label[language]}</bdi><br><small>${[one.a && `A ${zh ? "事实" : "fact"}-${one.a.no}`, one.b && `B ${zh ? "事实" : "fact"}-${one.b.no}`].filter(Boolean).join(" · ")}</small>`,
    sideText(one.a, language, offsetMs(a.event.utcOffset)),
    sideText(one.b, language, offsetMs(b.event.utcOffset)),
    changeText(one, language),
  ];
  const facts = (id: string, heading: string, list: readonly FactChange[]): Html | null =>
    list.length === 0 ? null : block(id, `${heading}（${list.length}）`, dataTable(id, heading, [{ label: zh ? "章节" : "section" }, { label: zh ? "事实" : "fact" }, ...sides.map((one) => ({ ...one, align: "right" as const })), { label: zh ? "变化" : "change" }], list.map(fact)));
  const { conditions, statuses, changed, appeared, vanished, same } = diff;
  return document(
    { language, title, stylesheet: `${stylesheet(language)}\n@media screen{.page{display:block;max-width:1080px}}` },
    html`<div class="page"><main id="main"><header class="masthead"><p class="kicker">yuqing diff</p><h1>${title}</h1><p class="summary">A：${first}<br>B：${second}</p></header>
${conditions.length > 0 && block("conditions", zh ? "条件不同：配置、版本、输入" : "Conditions that differ", dataTable("conditions", "", [{ label: zh ? "项" : "item" }, ...sides], conditions.map((one) => [html`<bdi>${one.path}</bdi>`, html`<bdi>${cut(one.a)}</bdi>`, html`<bdi>${cut(one.b)}</bdi>`])))}
${statuses.length > 0 && block("statuses", zh ? "章节状态变化" : "Sections whose status changed", dataTable("statuses", "", [{ label: zh ? "章节" : "section" }, ...sides], statuses.map((one) => [sectionName(one.finding, language), statusText(one.a, language), statusText(one.b, language)])))}
${facts("changed", zh ? "变了的事实" : "Facts that changed", changed)}${facts("appeared", zh ? "新出现的事实" : "Facts that appeared", appeared)}${facts("vanished", zh ? "消失的事实" : "Facts that vanished", vanished)}
<p class="colophon">${zh ? `相同的事实 ${same} 个。占比之差为个百分点；两个估计值的区间重叠时，差别可能只是误差。` : `${same} facts are the same. Differences of shares are points; where the intervals of two estimates overlap the difference may be error.`}</p>
</main></div>`,
  ).text;
}

const block = (id: string, heading: string, body: Html): Html => html`<section class="section" id="${id}-section"><h2>${heading}</h2>${body}</section>`;
