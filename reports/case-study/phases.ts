import type { z } from "zod";
import { phases as analyzer, phaseWords } from "../../analyzers/event/phases.ts";
import type { Finding } from "../../analyzers/contract.ts";
import type { Language } from "../../pipeline/errors.ts";
import { fields } from "../../pipeline/schema.ts";
import { palette } from "../charts/theme.ts";
import { postsText, sizeText, tip, tipped } from "../charts/tip.ts";
import type { Chart, Part, Section, Sentence } from "../contract.ts";
import { integer, round, share } from "../format.ts";
import { nameOf } from "../names.ts";
import { moment } from "../narrative/moment.ts";
import { leastForShares } from "../narrative/gates.ts";
import { teller, titled } from "../narrative/say.ts";

type Data = z.infer<typeof analyzer.data>;
type Phase = Data["phases"][number];

export const phases: Section<Data> = {
  id: "phases",
  heading: { zh: "关键时期", en: "Phases" },

  tell(finding, language) {
    if (finding.status !== "ok") return [];
    return [...course(finding, language), ...waves(finding, language), ...limits(finding, language)];
  },

  charts(finding, language) {
    return finding.data.shape === "phases" ? [chart(finding, language)] : [];
  },
};

const precisionOf = ({ bins }: Data) => (bins!.unit === "day" ? "day" : "minute");

/** The phases with begin and share, the peak, and who posted in each. */
function course(finding: Finding<Data>, language: Language): Sentence[] {
  const zh = language === "zh";
  const { say, fact, has } = teller(finding, language);
  const { data } = finding;
  const { phases, peak } = data;
  const time = (key: string, ms: number, vague = false) => fact(key, (vague ? (zh ? "约" : "about ") : "") + moment(ms, language, data.utc_offset_ms, vague ? "day" : precisionOf(data), key === "peak.time" ? phases[0]?.from_ms : phases[0]!.from_ms === ms ? undefined : phases[0]!.from_ms));
  if (data.shape === "few") return [zh ? say`有发布时间的帖文 ${fact("posts.timed")}，不足以划分阶段。` : say`${fact("posts.timed")} with a time are too few to part into phases.`];
  const unit = data.bins!.unit === "day" ? (zh ? "一天" : "day") : zh ? "一小时" : "hour";
  const busiest = zh ? say`帖文最多的${unit}为 ${time("peak.time", peak!.ms)}，共 ${fact("peak.posts")}` : say`The ${unit} with most posts is ${time("peak.time", peak!.ms)} (${fact("peak.posts")})`;
  if (data.shape === "flat") return [zh ? say`发帖速率与恒定速率没有可辨的差别，不划分阶段。` : say`The rate of posts cannot be told from a constant one, so there are no phases.`, [...busiest, zh ? "。" : "."]];
  const list = phases.flatMap(({ name, from_ms, vague }, i): Part[] => {
    const begin = time(`phase.begin.${name}`, from_ms, vague);
    const part = fact(`phase.share.${name}`);
    return zh ? [i > 0 ? "、" : "", `${phaseWords[name].zh}（`, begin, "起，占 ", part, "）"] : [i > 0 ? ", " : "", `${phaseWords[name].en} (from `, begin, ", ", part, ")"];
  });
  const halving: Part[] = has("peak.halving") ? (zh ? ["；速率最高后约 ", fact("peak.halving"), "降到一半以下"] : ["; the rate was down to half about ", fact("peak.halving"), " after its maximum"]) : [];
  const institutions = (["media", "official"] as const).filter((field) => phases.some((phase) => phase[field] > 0));
  const telling = institutions.length > 0 || new Set(phases.flatMap(({ channels }) => channels.map(({ channel }) => channel))).size > 1;
  const drivers = phases.filter(({ posts }) => posts > 0).flatMap((phase, i): Part[] => [i > 0 ? (zh ? "；" : "; ") : "", ...driver(phase, institutions, fact, language)]);
  return [
    zh ? say`按发帖速率划分，依次为${list}。` : say`By the rate of posts: ${list}.`,
    [...busiest, ...halving, zh ? "。" : "."],
    ...(telling ? [zh ? say`各阶段帖文中，${drivers}。` : say`Who posted: ${drivers}.`] : []),
  ];
}

/** The largest channel of a phase and what media and government accounts hold; counts when the phase has few posts. */
function driver(phase: Phase, institutions: readonly ("media" | "official")[], fact: (key: string) => Part, language: Language): Part[] {
  const zh = language === "zh";
  const item = (key: string, name: string, of: number): Part[] => (of < leastForShares ? [`${name} `, fact(key.replace(".share", ".posts"))] : [`${name}${zh ? "占" : ""} `, fact(key)]);
  const channel = phase.channels[0];
  const items = [
    ...(channel ? [item(`channel.share.${phase.name}`, nameOf("channel", channel.channel, language), phase.channels.reduce((sum, { posts }) => sum + posts, 0))] : []),
    ...institutions.map((field) => item(`field.share.${phase.name}.${field}`, nameOf("field", field, language), phase.posts)),
  ];
  return [`${phaseWords[phase.name][language]}${zh ? "" : ": "}`, ...items.flatMap((parts, i) => (i === 0 ? parts : [zh ? "、" : ", ", ...parts]))];
}

/** The two highest waves beside the main one. */
function waves(finding: Finding<Data>, language: Language): Sentence[] {
  const zh = language === "zh";
  const { say, fact } = teller(finding, language);
  const { data } = finding;
  const main = data.waves.findIndex((wave) => wave.main);
  const others = data.waves.map((wave, i) => ({ ...wave, i })).filter((wave) => !wave.main).sort((a, b) => b.height - a.height || a.i - b.i).slice(0, 2).sort((a, b) => a.i - b.i);
  return others.map(({ i, peak_ms }) => {
    const time = fact(`wave.time.${i + 1}`, moment(peak_ms, language, data.utc_offset_ms, precisionOf(data), data.phases[0]!.from_ms));
    const [posts, height] = [fact(`wave.posts.${i + 1}`), fact(`wave.height.${i + 1}`)];
    if (zh) return i > main ? say`主峰之后，${time}前后再起一波（二次发酵），最高速率约为主峰的 ${height} 倍，该波共 ${posts}。` : say`主峰之前，${time}前后已有一波，最高速率约为主峰的 ${height} 倍，该波共 ${posts}。`;
    return i > main ? say`After the main peak another wave rose around ${time}, to about ${height} of the main rate (${posts}).` : say`Before the main peak there was a wave around ${time}, at about ${height} of the main rate (${posts}).`;
  });
}

/** What the data does not show. */
function limits(finding: Finding<Data>, language: Language): Sentence[] {
  const zh = language === "zh";
  const { say, fact, figure } = teller(finding, language);
  const { data } = finding;
  const some = (key: string) => (figure(key).value ?? 0) > 0;
  const [first] = data.gaps;
  const left = ([["posts.untimed", "无发布时间 ", "without a time "], ["posts.day_only", "只有日期 ", "with only a day "], ["posts.strays", "远离主要时段 ", "far from the main span "]] as const).filter(([key]) => some(key));
  const parts = left.flatMap(([key, name, english], i): Part[] => [i > 0 ? (zh ? "、" : ", ") : "", zh ? name : english, fact(key)]);
  return [
    ...(data.end === "rising" ? [zh ? say`数据截止时速率仍处最高，尚未见顶。` : say`At the end of the data the rate is at its highest: no peak is in sight yet.`] : []),
    ...(data.end === "lasting" ? [zh ? say`数据截止时尚未进入消退期。` : say`The data ends before the fading phase.`] : []),
    ...(data.cut ? [zh ? say`数据开始时已处爆发期，此前的经过不在数据中。` : say`The data begins within the burst; what came before is not in it.`] : []),
    ...(first ? [zh ? say`有合计 ${fact("gaps")}一条帖文也没有，而前后帖文很多，应是未采集（首段自 ${moment(first.from_ms, language, data.utc_offset_ms, precisionOf(data))}起）；这些时段不作零，也不参与划分。` : say`For ${fact("gaps")} in all there is no post between busy neighbours, probably not collected (first from ${moment(first.from_ms, language, data.utc_offset_ms, precisionOf(data))}); these spans are not zeros and take no part.`] : []),
    ...(data.peak?.capped ? [zh ? say`至少五个时段的帖数同为最大值，采集可能有上限，峰值或被低估。` : say`Five or more bins share the maximum: the collection may be capped and the peak too low.`] : []),
    ...(left.length > 0 ? [zh ? say`未计入：${parts}。` : say`Not counted: ${parts}.`] : []),
  ];
}

function chart(finding: Finding<Data>, language: Language): Chart {
  const zh = language === "zh";
  const { say, fact } = teller(finding, language);
  const { data } = finding;
  const total = finding.coverage.posts;
  const name = (phase: Phase) => phaseWords[phase.name][language];
  const present = fields.filter((key) => data.phases.some((phase) => phase[key] > 0));
  const field = (key: string) => nameOf("field", key, language);
  const most = [...data.phases].sort((a, b) => b.posts - a.posts || a.from_ms - b.from_ms)[0]!;
  const judged = data.phases.some((phase) => phase.judged > 0);
  const time = (phase: Phase) => moment(phase.from_ms, language, data.utc_offset_ms, precisionOf(data));
  const margin = ({ margin_ms }: Phase) => (margin_ms === null ? "" : data.bins!.unit === "day" ? ` ± ${round(margin_ms / 86_400_000, 1)} ${zh ? "天" : "d"}` : ` ± ${round(margin_ms / 3_600_000, 1)} ${zh ? "小时" : "h"}`);
  return {
    id: "phases-posts",
    ...titled(zh ? say`${name(most)}帖文最多，占 ${fact(`phase.share.${most.name}`)}` : say`The ${name(most)} holds most posts: ${fact(`phase.share.${most.name}`)}`),
    note: zh ? `单位：条；n = ${integer(total, language)}，含转发；右侧为占比` : `posts; n = ${integer(total, language)}, reposts included; shares at the right`,
    body: {
      kind: "vega-lite",
      spec: {
        encoding: { y: { field: "phase", type: "nominal", sort: null, axis: { title: null } }, x: { field: "posts", type: "quantitative", axis: { title: null, format: "~s" } } },
        layer: [
          {
            data: { values: data.phases.flatMap((phase) => present.map((key, order) => ({ phase: name(phase), field: field(key), order, posts: phase[key], tip: tip(`${name(phase)} · ${field(key)}`, postsText(phase[key], language), [`${zh ? "该期 " : ""}${sizeText(phase.posts, language)}`], language) }))) },
            mark: { type: "bar" },
            encoding: { color: { field: "field", type: "nominal", scale: { domain: present.map(field), range: present.map((key) => palette[key]) } }, order: { field: "order" }, ...tipped },
          },
          {
            data: { values: data.phases.map((phase) => ({ phase: name(phase), posts: phase.posts, share: share(phase.posts / total, language) })) },
            mark: { type: "text", align: "left", dx: 5 },
            encoding: { text: { field: "share" } },
          },
        ],
        height: { step: 30 },
      },
    },
    table: {
      columns: [
        { key: "phase", label: zh ? "阶段" : "phase" },
        { key: "begin", label: zh ? "开始（± 95% 区间半宽）" : "begin (± half of the 95% interval)" },
        { key: "posts", label: zh ? "帖文数" : "posts", align: "right" },
        { key: "share", label: zh ? "占比" : "share", align: "right" },
        ...[...fields, "originals"].map((key) => ({ key, label: key === "originals" ? nameOf("kind", "original", language) : field(key), align: "right" as const })),
        { key: "channel", label: zh ? "主要渠道" : "main channel" },
        ...(judged ? [{ key: "mood", label: zh ? "模型判为负面 / 有倾向判断（未经核对）" : "negative / judged by the model (not checked)", align: "right" as const }] : []),
      ],
      rows: data.phases.map((phase) => ({
        phase: name(phase),
        begin: `${time(phase)}${margin(phase)}`,
        posts: integer(phase.posts, language),
        share: share(phase.posts / total, language),
        ...Object.fromEntries(([...fields, "originals"] as const).map((key) => [key, integer(phase[key], language)])),
        channel: nameOf("channel", phase.channels[0]?.channel ?? null, language),
        ...(judged ? { mood: `${integer(phase.negative, language)} / ${integer(phase.judged, language)}` } : {}),
      })),
    },
  };
}
