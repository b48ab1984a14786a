import type { z } from "zod";
import { response as analyzer } from "../../analyzers/event/response.ts";
import type { Language } from "../../pipeline/errors.ts";
import type { Part, Section, Sentence } from "../contract.ts";
import { html, type Html } from "../html/html.ts";
import { lapse, moment } from "../narrative/moment.ts";
import { teller } from "../narrative/say.ts";

type Data = z.infer<typeof analyzer.data>;
type Subject = Data["subjects"][number];
type Teller = ReturnType<typeof teller>;

export const stateWords = {
  met: ["按时", "in time"],
  late: ["超时", "late"],
  lapsed: ["到时限未见发声", "no statement by then"],
  open: ["数据截止时时限未到", "the data ends before it"],
  unknown: ["只知日期，无法判断", "only the day is known"],
} as const;

export const response: Section<Data> = {
  id: "response",
  heading: { zh: "发声与时限", en: "Statements and deadlines" },

  tell(finding, language) {
    if (finding.status !== "ok") return [];
    const words = teller(finding, language, finding.data.utc_offset_ms);
    return finding.data.subjects.flatMap((subject, i) => [spoke(subject, `${i + 1}`, finding.data, words, language), ...changed(subject, `${i + 1}`, finding.data, words, language)]);
  },

  charts: () => [],

  extra({ status, data }, language): Html | null {
    const rows = data.rules.filter(({ id }) => data.subjects.some(({ deadlines }) => deadlines.some(({ rule }) => rule === id)));
    if (status !== "ok" || rows.length === 0) return null;
    const zh = language === "zh";
    const provisional = data.subjects.some(({ deadlines }) => deadlines.some((one) => one.provisional));
    const unseen = data.subjects.flatMap(({ accounts }) => accounts.filter(({ posts }) => posts === 0).map(({ account }) => account));
    return html`<div class="scroll"><table class="deadlines"><caption>${zh ? "时限与实际（本系统口径，规则可改）" : "Deadlines and what happened (our own rules, which can be changed)"}</caption>
<thead><tr><th scope="col">${zh ? "时限" : "deadline"}</th>${data.subjects.map(({ name }) => html`<th scope="col"><bdi>${name}</bdi></th>`)}</tr></thead>
<tbody>${rows.map(({ id, zh: zhName, en }) => html`<tr><th scope="row">${zh ? zhName : en}</th>${data.subjects.map((subject, i) => cell(subject, id, i, data, language))}</tr>`)}</tbody></table></div>
${provisional && html`<p class="note">${zh ? "＊该年放假安排尚未公布，暂按周末推算。" : "* The year's holidays are not published yet; weekends only."}</p>`}
${unseen.length > 0 && html`<p class="note">${zh ? "数据中没有这些账号的帖文：" : "No posts of these accounts in the data: "}${unseen.map((account, i) => html`${i > 0 && (zh ? "、" : ", ")}<bdi>${account}</bdi>`)}${zh ? "。" : "."}</p>`}`;
  },
};

function cell({ deadlines }: Subject, id: string, i: number, { utc_offset_ms, first_ms }: Data, language: Language): Html {
  const one = deadlines.find(({ rule }) => rule === id);
  if (one === undefined) return html`<td>—</td>`;
  const state = stateWords[one.state ?? "unknown"][language === "zh" ? 0 : 1];
  return html`<td class="${one.state === "late" || one.state === "lapsed" ? "overdue" : ""}"><a data-fact="due.${id}.${i + 1}">${moment(one.due_ms, language, utc_offset_ms, "minute", first_ms ?? one.due_ms)}</a>${one.provisional && "＊"} <strong>${state}</strong></td>`;
}

/** Who spoke when, and how long after what. */
function spoke({ name, first, statements, delay_ms, surge_delay_ms }: Subject, no: string, { first_ms, utc_offset_ms }: Data, { say, fact, figure }: Teller, language: Language): Sentence {
  const zh = language === "zh";
  if (first === null) return statements > 0 ? (zh ? say`${name}的账号有 ${fact(`statements.${no}`)}有自身文字的帖文，但没有发布时间。` : say`The accounts of ${name} have ${fact(`statements.${no}`)} with own words, none with a time.`) : zh ? say`数据中没有${name}的发声。` : say`The data has no statement of ${name}.`;
  const at = fact(`statement.${no}`, moment(first.ms, language, utc_offset_ms, first.precision, first_ms ?? first.ms));
  const delay = (key: string): Part => fact(key, lapse(figure(key), language));
  const late: Part[] = delay_ms === null ? [] : zh ? ["，在数据中最早的帖文之后 ", delay(`delay.${no}`)] : [", ", delay(`delay.${no}`), " after the earliest post in the data"];
  const surge: Part[] = surge_delay_ms === null ? [] : zh ? ["，首个发展期开始之后约 ", delay(`surge.delay.${no}`)] : [", about ", delay(`surge.delay.${no}`), " after the first phase of growth began"];
  return zh ? say`${name}最早的发声见于 ${at}${late}${surge}。` : say`The first statement of ${name} is of ${at}${late}${surge}.`;
}

/** Volume and mood on either side, with what is usual at other hours: order in time, never cause. */
function changed({ contrast }: Subject, no: string, { window }: Data, { say, fact }: Teller, language: Language): Sentence[] {
  if (contrast === null || contrast.ratio === null) return [];
  const zh = language === "zh";
  const { placebo, ratio, before, after } = contrast;
  const unusual = placebo !== null && (ratio < placebo.middle[0] || ratio > placebo.middle[1]);
  const verdict = placebo === null ? "" : unusual ? (zh ? "，超出平常的波动" : ", beyond the usual swing") : zh ? "，未超出平常的波动" : ", within the usual swing";
  const usual: Part[] = placebo === null ? [zh ? "，可比的整点太少，无从判断是否寻常" : "; too few other hours to tell whether that is usual"] : zh ? ["；其余整点的同一比值中位数为 ", fact(`placebo.${no}`)] : ["; the median of the same ratio at other hours is ", fact(`placebo.${no}`)];
  const volume = zh
    ? say`发声后 ${`${window}`} 小时有帖文 ${fact(`after.${no}`)}，此前 ${`${window}`} 小时 ${fact(`before.${no}`)}；除去时段活跃度后之比为 ${fact(`ratio.${no}`)}${usual}${verdict}。`
    : say`The ${`${window}`} hours after hold ${fact(`after.${no}`)}, the ${`${window}`} hours before ${fact(`before.${no}`)}; with the usual activity taken out the ratio is ${fact(`ratio.${no}`)}${usual}${verdict}.`;
  if (before.judged === 0 || after.judged === 0) return [volume];
  const mood = zh
    ? say`其中模型判为负面的，此前有倾向判断的 ${fact(`before.judged.${no}`)}中 ${fact(`before.negative.${no}`)}，此后 ${fact(`after.judged.${no}`)}中 ${fact(`after.negative.${no}`)}（未经核对，只列条数）。`
    : say`The model takes ${fact(`before.negative.${no}`)} of ${fact(`before.judged.${no}`)} before and ${fact(`after.negative.${no}`)} of ${fact(`after.judged.${no}`)} after for negative (not checked, counts only).`;
  return [volume, mood];
}
