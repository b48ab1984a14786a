import type { z } from "zod";
import { severity as analyzer } from "../../analyzers/event/severity.ts";
import type { Language } from "../../pipeline/errors.ts";
import type { Section, Sentence } from "../contract.ts";
import { figure as formatFigure } from "../format.ts";
import { html, type Html } from "../html/html.ts";
import { teller } from "../narrative/say.ts";

type Data = z.infer<typeof analyzer.data>;
type Condition = Data["conditions"][number];

const colours = { blue: { zh: "蓝色", en: "blue" }, yellow: { zh: "黄色", en: "yellow" }, orange: { zh: "橙色", en: "orange" }, red: { zh: "红色", en: "red" } };

export const severity: Section<Data> = {
  id: "severity",
  heading: { zh: "分级", en: "Grade" },

  tell(finding, language) {
    if (finding.status !== "ok") return [];
    const { say, fact } = teller(finding, language);
    const zh = language === "zh";
    const { table, levels, measured, level, reason, conditions } = finding.data;
    const name = (i: number) => (zh ? `“${levels[i]!.zh}”（${colours[levels[i]!.colour].zh}）` : `“${levels[i]!.en}” (${colours[levels[i]!.colour].en})`);
    const grounds = conditions.filter((one) => one.satisfied && one.level === measured);
    const texts = grounds.map((one) => [`${one.what[language]} `, fact(one.figure, valueOf(one, language)), zh ? `（≥ ${thresholdOf(one, language)}）` : ` (≥ ${thresholdOf(one, language)})`]);
    const joined = texts.flatMap((parts, i) => [...(i > 0 ? [zh ? "，" : ", "] : []), ...parts]);
    const measuredSaid: Sentence = grounds.length === 0 ? (zh ? say`按规则表“${table}”，没有一项条件满足，为${name(measured)}。` : say`By the table “${table}” no condition is satisfied: ${name(measured)}.`) : zh ? say`按规则表“${table}”为${name(measured)}，依据：${joined}。` : say`By the table “${table}”: ${name(measured)}, on the grounds of ${joined}.`;
    if (reason === null) return [measuredSaid];
    return [zh ? say`人工定为${name(level!)}，理由：${reason}。` : say`Set by hand to ${name(level!)}, because: ${reason}.`, measuredSaid];
  },

  charts: () => [],

  extra(finding, language): Html | null {
    if (finding.status !== "ok") return null;
    const zh = language === "zh";
    const { data } = finding;
    return html`<div class="scroll"><table class="conditions"><caption>${zh ? "规则表的全部条件" : "All conditions of the table"}</caption>
<thead><tr><th scope="col">${zh ? "级别" : "level"}</th><th scope="col">${zh ? "条件" : "condition"}</th><th scope="col" class="number">${zh ? "阈值" : "threshold"}</th><th scope="col" class="number">${zh ? "实际" : "measured"}</th><th scope="col">${zh ? "结果" : "result"}</th></tr></thead>
<tbody>${data.conditions.map((one) => html`<tr><td><span class="grade ${data.levels[one.level]!.colour}"></span>${data.levels[one.level]![language]}</td><td><bdi>${one.what[language]}</bdi></td><td class="number">≥ ${thresholdOf(one, language)}</td><td class="number"><a data-fact="${one.figure}">${valueOf(one, language)}</a></td><td>${result(one, language)}</td></tr>`)}</tbody></table></div>`;
  },
};

const text = (value: number | null, unit: Condition["unit"], language: Language): string => formatFigure({ key: "", label: { zh: "", en: "" }, value, unit, of: null, interval: null, filter: null, estimate: false }, language);
const valueOf = ({ value, unit }: Condition, language: Language): string => text(value, unit, language);
const thresholdOf = ({ least, unit }: Condition, language: Language): string => text(least, unit, language);

function result({ satisfied, value }: Condition, language: Language): string {
  if (value === null) return language === "zh" ? "数据不足" : "not known";
  return satisfied ? (language === "zh" ? "满足" : "satisfied") : language === "zh" ? "未满足" : "not satisfied";
}
