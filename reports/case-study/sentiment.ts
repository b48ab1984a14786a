import type { z } from "zod";
import { least, sentiment as analyzer } from "../../analyzers/event/sentiment.ts";
import type { Finding } from "../../analyzers/contract.ts";
import type { Language } from "../../pipeline/errors.ts";
import { negativeLines, order, partOf, polarityBars, whole, type Split } from "../charts/polarity.ts";
import type { Part, Section, Sentence } from "../contract.ts";
import { round } from "../format.ts";
import { nameOf } from "../names.ts";
import { teller } from "../narrative/say.ts";

type Data = z.infer<typeof analyzer.data>;
type Platform = Data["platforms"][number];

export const sentiment: Section<Data> = {
  id: "sentiment",
  heading: { zh: "情绪：媒体与民间", en: "Mood: media and public" },

  tell(finding, language) {
    if (finding.status !== "ok") return [];
    return language === "zh" ? tellZh(finding) : tellEn(finding);
  },

  charts({ data }, language) {
    const zh = language === "zh";
    const name = (group: string, key: string) => nameOf(group, key, language);
    const title = (text: string) => text + (zh ? "（模型估计）" : " (model estimate)");
    const apart = extremes(data.platforms);
    const charts = [
      polarityBars("sentiment-fields", title(conclusion(data, language)), data.fields.map((row) => ({ ...row, name: name("field", row.field) })), language),
      negativeLines(data.time, language),
      data.platforms.length < 2
        ? null
        : polarityBars(
            "sentiment-platforms",
            title(apart ? (zh ? `${name("platform", apart[0].platform)}的负面占比高于${name("platform", apart[1].platform)}` : `${name("platform", apart[0].platform)} is more negative than ${name("platform", apart[1].platform)}`) : zh ? "各平台情绪构成" : "Mood by platform"),
            data.platforms.map((row) => ({ ...row, name: name("platform", row.platform) })),
            language,
          ),
    ];
    return charts.filter((chart) => chart !== null);
  },
};

/** The polarity that more than half of the posts have, by the whole interval; null when none has. */
function majority(row: Split): (typeof order)[number] | null {
  return row.effective < least ? null : (row.polarities.find(({ interval }) => interval !== null && interval[0] > 0.5)?.polarity ?? null);
}

/** The platforms of highest and lowest negative share when their intervals are apart; else null. */
function extremes(platforms: readonly Platform[]): [Platform, Platform] | null {
  const sorted = platforms.filter((row) => row.effective >= least).sort((a, b) => partOf(b, "negative").share - partOf(a, "negative").share || (a.platform < b.platform ? -1 : 1));
  const [high, low] = [sorted[0], sorted.at(-1)];
  return high && low && partOf(high, "negative").interval![0] > partOf(low, "negative").interval![1] ? [high, low] : null;
}

function conclusion({ fields, gap }: Data, language: Language): string {
  const zh = language === "zh";
  if (gap?.separated) return zh ? `民间的负面占比${gap.value > 0 ? "高" : "低"}于媒体` : `The public is ${gap.value > 0 ? "more" : "less"} negative than the media`;
  const lead = fields.find((row) => row.field === "public" && majority(row)) ?? fields.find((row) => majority(row));
  if (!lead) return zh ? "各场域情绪构成" : "Mood by field";
  const [field, polarity] = [nameOf("field", lead.field, language), nameOf("polarity", majority(lead), language)];
  return zh ? `${field}以${polarity}为主` : `${field}: mostly ${polarity}`;
}

/** Emotions of the public that are worth a word: seen in enough posts, at most two. */
function felt({ fields }: Data) {
  const crowd = fields.find((row) => row.field === "public" && row.effective >= least);
  return crowd?.emotions.filter(({ emotion, posts }) => emotion !== "none" && posts >= least).slice(0, 2) ?? [];
}

const joined = (list: Part[][], mark: string): Part[] => list.flatMap((parts, i) => (i === 0 ? parts : [mark, ...parts]));

function tellZh(finding: Finding<Data>): Sentence[] {
  const { say, fact, figure } = teller(finding, "zh");
  const { data } = finding;
  const percent = (key: string): Part => {
    const text = whole(figure(key).value!, "zh");
    return fact(key, text === "<1%" ? "不足 1%" : /^(0|100)%$/.test(text) ? text : `约 ${text}`);
  };
  const about = (name: string, key: string): Part[] => (figure(key).value === 0 ? [`未见${name}`] : [name, percent(key)]);
  const polarity = (key: string) => nameOf("polarity", key, "zh");
  const field = (row: Data["fields"][number]): Part[] => {
    const name = nameOf("field", row.field, "zh");
    if (row.effective < least) return [`${name}可判断的仅 `, fact(`field.known.${row.field}`), "，只列条数：", ...joined(order.map((key) => [`${polarity(key)} `, fact(`field.posts.${row.field}.${key}`)]), "、")];
    const main = majority(row);
    const rest = order.filter((key) => key !== main).map((key) => about(polarity(key), `field.share.${row.field}.${key}`));
    return [`${name}（`, fact(`field.known.${row.field}`), "）", ...(main ? [`以${polarity(main)}为主（`, percent(`field.share.${row.field}.${main}`), "），"] : []), ...joined(rest, "、")];
  };
  const apart = extremes(data.platforms);
  const emotions = felt(data).map(({ emotion }) => about(nameOf("emotion", emotion, "zh"), `emotion.share.public.${emotion}`));
  return [
    say`模型估计（词典法，未经人工核对）：${joined(data.fields.filter(({ known }) => known > 0).map(field), "；")}。`,
    ...(data.gap && !data.gap.separated ? [say`民间与媒体的负面占比之差未达到比较门槛，不作高低之分。`] : []),
    ...(data.gap?.separated ? [say`民间的负面占比比媒体${data.gap.value > 0 ? "高" : "低"}${fact("gap.negative", `约 ${round(Math.abs(data.gap.value) * 100, 0)} 个百分点`)}，两者区间不重叠。`] : []),
    ...(emotions.length > 0 ? [say`民间的情绪中，${joined(emotions, "、")}（占可判断帖文）。`] : []),
    ...(apart ? [say`分平台看，${joined(apart.map((row) => [nameOf("platform", row.platform, "zh"), "的负面占比（", percent(`platform.share.${row.platform}.negative`), "）"]), "高于")}，两者区间不重叠。`] : []),
  ];
}

function tellEn(finding: Finding<Data>): Sentence[] {
  const { say, fact, figure } = teller(finding, "en");
  const { data } = finding;
  const percent = (key: string): Part => {
    const text = whole(figure(key).value!, "en");
    return fact(key, text === "<1%" ? "under 1%" : /^(0|100)%$/.test(text) ? text : `about ${text}`);
  };
  const about = (name: string, key: string): Part[] => (figure(key).value === 0 ? [`no ${name}`] : [`${name} `, percent(key)]);
  const polarity = (key: string) => nameOf("polarity", key, "en");
  const field = (row: Data["fields"][number]): Part[] => {
    const name = nameOf("field", row.field, "en");
    if (row.effective < least) return [`${name}: only `, fact(`field.known.${row.field}`), " can be judged (", ...joined(order.map((key) => [`${polarity(key)} `, fact(`field.posts.${row.field}.${key}`)]), ", "), ")"];
    const main = majority(row);
    const rest = order.filter((key) => key !== main).map((key) => about(polarity(key), `field.share.${row.field}.${key}`));
    return [`${name} (`, fact(`field.known.${row.field}`), "): ", ...(main ? [`mostly ${polarity(main)} (`, percent(`field.share.${row.field}.${main}`), "), "] : []), ...joined(rest, ", ")];
  };
  const apart = extremes(data.platforms);
  const emotions = felt(data).map(({ emotion }) => about(nameOf("emotion", emotion, "en"), `emotion.share.public.${emotion}`));
  return [
    say`Model estimate (lexicon, not checked by people): ${joined(data.fields.filter(({ known }) => known > 0).map(field), "; ")}.`,
    ...(data.gap && !data.gap.separated ? [say`The negative shares of public and media do not differ enough to be ranked.`] : []),
    ...(data.gap?.separated ? [say`The negative share of the public is ${fact("gap.negative", `about ${round(Math.abs(data.gap.value) * 100, 0)} points`)} ${data.gap.value > 0 ? "higher" : "lower"} than that of the media; the intervals do not overlap.`] : []),
    ...(emotions.length > 0 ? [say`Emotions among posts of the public that can be judged: ${joined(emotions, ", ")}.`] : []),
    ...(apart ? [say`By platform, the negative share is higher on ${joined(apart.map((row) => [nameOf("platform", row.platform, "en"), " (", percent(`platform.share.${row.platform}.negative`), ")"]), " than on ")}; the intervals do not overlap.`] : []),
  ];
}
