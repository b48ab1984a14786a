import type { z } from "zod";
import { sentiment as analyzer } from "../../analyzers/event/sentiment.ts";
import type { Finding } from "../../analyzers/contract.ts";
import type { Language } from "../../pipeline/errors.ts";
import { polarities, type Polarity } from "../../pipeline/schema.ts";
import { countBars, negativeBars, order, shareBars } from "../charts/polarity.ts";
import type { Part, Section, Sentence } from "../contract.ts";
import { integer, points as difference, round, share } from "../format.ts";
import { dataTable } from "../html/figure.ts";
import { html, type Html } from "../html/html.ts";
import { nameOf } from "../names.ts";
import type { Gate } from "../narrative/gates.ts";
import { teller } from "../narrative/say.ts";

type Data = z.infer<typeof analyzer.data>;
type Field = Data["fields"][number];

/** Emotions that are named: seen in at least so many posts. */
const leastFelt = 20;

export const sentiment: Section<Data> = {
  id: "sentiment",
  heading: { zh: "情绪：媒体与民间", en: "Mood: media and public" },

  tell(finding, language) {
    return finding.status === "ok" ? tell(finding, language) : [];
  },

  charts({ data }, language) {
    const zh = language === "zh";
    const name = (group: string, key: string) => nameOf(group, key, language);
    const known = data.fields.filter((row) => row.known > 0);
    const estimated = known.filter((row) => row.estimate?.shares);
    const counted = known.filter((row) => !row.estimate?.shares);
    const unchecked = zh ? "（模型判定，未校准）" : " (by model, unchecked)";
    const [first, second] = data.platforms;
    return [
      ...(estimated.length > 0 ? [{ ...shareBars("sentiment-shares", conclusion(data, language), estimated.map((row) => ({ name: name("field", row.field), known: row.known, n: row.estimate!.n!, shares: row.estimate!.shares! })), language), gate: { kind: "apart", key: "gap.negative", clear: true, sign: data.gap && data.gap.value < 0 ? -1 : 1 } satisfies Gate }] : []),
      ...(counted.length > 0 ? [countBars("sentiment-fields", (zh ? `${name("field", counted.at(-1)!.field)}帖文判为${name("polarity", most(counted.at(-1)!))}的最多` : `${name("field", counted.at(-1)!.field)}: most are called ${name("polarity", most(counted.at(-1)!))}`) + unchecked, counted.map((row) => ({ ...row, name: name("field", row.field) })), language)] : []),
      ...[negativeBars(data.time, language)].filter((chart) => chart !== null),
      ...(first && second ? [countBars("sentiment-platforms", (zh ? `各平台判定条数，${name("platform", first.platform)}最多` : `Model labels by platform, most on ${name("platform", first.platform)}`) + unchecked, data.platforms.map((row) => ({ ...row, name: name("platform", row.platform) })), language)] : []),
    ];
  },

  extra({ data }, language) {
    return data.check?.confusion ? confusion(data.check.confusion, language) : null;
  },
};

const most = ({ predicted }: Pick<Field, "predicted">): Polarity => order.reduce((best, key) => (predicted[key] > predicted[best] ? key : best), order[0]);

/** The polarity whose whole interval lies above one half; null when none does. */
function majority({ estimate }: Pick<Field, "estimate">): Polarity | null {
  return estimate?.shares?.find(({ interval }) => interval[0] > 0.5)?.polarity ?? null;
}

function conclusion({ fields, gap }: Data, language: Language): string {
  const zh = language === "zh";
  if (gap?.separated) return zh ? `民间的负面占比${gap.value > 0 ? "高" : "低"}于媒体` : `The public is ${gap.value > 0 ? "more" : "less"} negative than the media`;
  const lead = fields.find((row) => row.field === "public" && majority(row)) ?? fields.find(majority);
  if (!lead) return zh ? "各场域情绪构成" : "Mood by field";
  const [field, polarity] = [nameOf("field", lead.field, language), nameOf("polarity", majority(lead), language)];
  return zh ? `${field}以${polarity}为主` : `${field}: mostly ${polarity}`;
}

const joined = (list: Part[][], mark: string): Part[] => list.flatMap((parts, i) => (i === 0 ? parts : [mark, ...parts]));

function tell(finding: Finding<Data>, language: Language): Sentence[] {
  const zh = language === "zh";
  const { say, fact, figure } = teller(finding, language);
  const { data } = finding;
  const polarity = (key: string) => nameOf("polarity", key, language);
  /** "56%（50%–62%）" */
  const percent = (key: string): Part[] => {
    const { value, interval } = figure(key);
    const [low, high] = interval!.map((end) => share(end, language, interval));
    return [fact(key, share(value, language, interval)), zh ? `（95% 区间 ${low}–${high}）` : ` (95 %: ${low}–${high})`];
  };
  const field = (row: Field): Part[] => {
    const head: Part[] = [nameOf("field", row.field, language), zh ? "（" : " (", fact(`${row.field}.known`), zh ? "）" : "): "];
    if (!row.estimate?.shares) return [...head, zh ? "模型判为" : "called ", ...joined(order.map((key) => [`${polarity(key)} `, fact(`${row.field}.posts.${key}`)]), zh ? "、" : ", ")];
    const main = majority(row);
    const list = main ? [main, ...order.filter((key) => key !== main)] : order;
    return [...head, ...(main ? [zh ? `以${polarity(main)}为主，` : `mostly ${polarity(main)}: `] : []), ...joined(list.map((key) => [`${polarity(key)} `, ...percent(`${row.field}.share.${key}`)]), zh ? "、" : ", ")];
  };
  const shown = data.fields.filter(({ known }) => known > 0);
  const unchecked = shown.filter((row) => !row.estimate?.shares);
  const crowd = data.fields.find((row) => row.field === "public");
  const felt = crowd?.emotions.filter(({ emotion, posts }) => emotion !== "none" && posts >= leastFelt).slice(0, 2) ?? [];
  const { check, gap } = data;
  const points = gap && fact("gap.negative", `${zh ? "约 " : "about "}${difference(gap.value, language, gap.interval)}`, { kind: "apart", key: "gap.negative", clear: true, sign: gap.value > 0 ? 1 : -1 });
  return [
    ...(check?.accuracy ? [zh ? say`经人工抽查 ${fact("check.labelled")} 条（${who(data, language)}），模型判对 ${percent("check.accuracy")}。` : say`${fact("check.labelled")} posts were checked by hand (${who(data, language)}); the model is right on ${percent("check.accuracy")}.`] : []),
    ...(check?.kappa ? [zh ? say`两位标注人的一致性 κ 为 ${fact("check.kappa", round(check.kappa.value, 2).toFixed(2))}。` : say`The annotators agree with κ = ${fact("check.kappa", round(check.kappa.value, 2).toFixed(2))}.`] : []),
    zh ? say`${joined(shown.map(field), "；")}。` : say`${joined(shown.map(field), "; ")}.`,
    ...(unchecked.length > 0 ? [zh ? say`${joined(unchecked.map((row) => [nameOf("field", row.field, "zh")]), "、")}的条数是模型判定，未校准，只看先后，不作占比（${unchecked.at(-1)!.estimate?.reason.zh ?? ""}）；yuqing audit sample 抽查十分钟，可得占比与区间。` : say`Counts for ${joined(unchecked.map((row) => [nameOf("field", row.field, "en")]), ", ")} are labels of the model, unchecked: an order, no shares (${unchecked.at(-1)!.estimate?.reason.en ?? ""}); ten minutes with yuqing audit sample give shares with intervals.`] : []),
    ...(gap?.separated ? [zh ? say`民间的负面占比比媒体${gap.value > 0 ? "高" : "低"}${points!}，区间不含零。` : say`The negative share of the public is ${points!} ${gap.value > 0 ? "higher" : "lower"} than that of the media; the interval does not hold zero.`] : []),
    ...(gap && !gap.separated ? [zh ? say`民间与媒体的负面占比之差不够确定，不作高低之分。` : say`The negative shares of public and media do not differ clearly enough to call one the greater.`] : []),
    ...(felt.length > 0 ? [zh ? say`民间帖文中，模型判为${joined(felt.map(({ emotion }) => [`${nameOf("emotion", emotion, "zh")} `, fact(`public.emotion.${emotion}`)]), "、")}（未校准）。` : say`Of the public's posts the model calls ${joined(felt.map(({ emotion }) => [`${nameOf("emotion", emotion, "en")} `, fact(`public.emotion.${emotion}`)]), ", ")} (unchecked).`] : []),
  ];
}

/** 「标注人 甲 2025-03-05、乙」 */
function who({ check }: Data, language: Language): string {
  const names = check!.sheets.map(({ annotator, labelled_at }) => (labelled_at === null ? annotator : `${annotator} ${labelled_at}`));
  return language === "zh" ? `标注人：${names.join("、")}` : `by ${names.join(", ")}`;
}

/** What the model said against what annotators said. */
function confusion(table: readonly (readonly number[])[], language: Language): Html {
  const zh = language === "zh";
  const name = (key: string) => nameOf("polarity", key, language);
  const at = (key: Polarity) => polarities.indexOf(key);
  const title = zh ? "抽查：模型判定（行）与人工标注（列），条" : "Check: the model's labels (rows) and the annotators' (columns), posts";
  const rows = order.map((row) => [name(row), ...order.map((column) => html`${number(table[at(row)]![at(column)]!, language)}`)]);
  return html`<h3>${title}</h3>${dataTable("sentiment-check", title, [{ label: "" }, ...order.map((key) => ({ label: name(key), align: "right" as const }))], rows)}`;
}

/** Posts labelled differently by two annotators count in halves. */
const number = (items: number, language: Language): string => (Number.isInteger(items) ? integer(items, language) : round(items, 1).toFixed(1));
