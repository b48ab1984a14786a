import type { z } from "zod";
import { phaseWords } from "../../analyzers/event/phases.ts";
import { isTopic, labelOf, ranked, topics as analyzer } from "../../analyzers/event/topics.ts";
import type { Language } from "../../pipeline/errors.ts";
import { fields } from "../../pipeline/schema.ts";
import { palette } from "../charts/theme.ts";
import { sizeText, tip, tipped } from "../charts/tip.ts";
import type { Chart, Part, Section, Sentence } from "../contract.ts";
import { integer, share } from "../format.ts";
import { html, type Html } from "../html/html.ts";
import { nameOf } from "../names.ts";
import { topicTimes } from "./topic-times.ts";
import type { Gate } from "../narrative/gates.ts";
import { moment } from "../narrative/moment.ts";
import { teller } from "../narrative/say.ts";

type Data = z.infer<typeof analyzer.data>;
type Topic = Data["topics"][number];
type Side = "media" | "public";
const sides = ["media", "public"] as const;

/** Topics named in a sentence. */
const told = 3;
/** Bars of the chart; the table has all topics. */
const drawn = 12;

export const topics: Section<Data> = {
  id: "topics",
  heading: { zh: "热门话题", en: "Topics" },

  tell(finding, language) {
    if (finding.status !== "ok") return [];
    const { data } = finding;
    return [
      ...sides.map((side) => tellField(data, side, teller(finding, language), language)),
      ...data.gaps.slice(0, told).map((gap) => tellGap(data, gap, teller(finding, language), language)),
      ...tellPhases(data, teller(finding, language), language),
    ];
  },

  charts({ data }, language) {
    return [...(sides.some((side) => data.fields[side].shares) ? [chart(data, language)] : []), ...topicTimes(data, language)];
  },

  extra({ status, data }, language): Html | null {
    const zh = language === "zh";
    const list = data.topics.filter(({ topic }) => topic > 0);
    if (status !== "ok" || list.length === 0) return null;
    return html`<details class="topics"><summary>${zh ? "各话题的条数、关键词与例文" : "Counts, keywords and examples of each topic"}</summary><ol>${list.map(
      (topic) => html`<li><strong><bdi>${labelOf(topic)[language]}</bdi></strong>${mark(topic, language)} <span class="counts">${fields.map((field) => `${nameOf("field", field, language)} ${integer(topic[field].posts, language)}`).join(zh ? "，" : ", ")}${topic.peak === null || topic.first_day === null ? "" : days(topic, data, language)}</span>${
        topic.keywords.length > 0 ? html`<br><span class="keywords">${zh ? "关键词：" : "keywords: "}<bdi>${topic.keywords.join(zh ? "、" : ", ")}</bdi></span>` : ""
      }${topic.examples.length > 0 ? html`<br><span class="examples">${zh ? "例文：" : "examples: "}${topic.examples.map((id, i) => html`${i > 0 ? (zh ? "、" : ", ") : ""}<a data-post="${id}"><bdi>${id}</bdi></a>`)}</span>` : ""}</li>`,
    )}</ol></details>`;
  },
};

/** What is written after the name of a topic that other samples of the texts would draw otherwise. */
const mark = ({ stable, loose }: Topic, language: Language): string => (loose || stable !== false ? "" : language === "zh" ? "（不稳）" : " (unstable)");
const unstable = ({ stable }: Topic, language: Language): string => (stable !== false ? "" : language === "zh" ? "，不稳" : ", unstable");
const nameIn = (topic: Topic, language: Language): string => labelOf(topic)[language] + mark(topic, language);

function days({ first_day, peak }: Topic, { utc_offset_ms }: Data, language: Language): string {
  const [first, most] = [first_day!, peak!.day].map((day) => moment(day * 86_400_000 - utc_offset_ms, language, utc_offset_ms, "day"));
  return language === "zh" ? `；${first}始见，${most}最多（${integer(peak!.posts, language)} 条）` : `; first seen ${first}, most on ${most} (${integer(peak!.posts, language)})`;
}

type Teller = ReturnType<typeof teller>;
type Gap = Data["gaps"][number];

function tellField(data: Data, side: Side, { say, fact }: Teller, language: Language): Sentence {
  const zh = language === "zh";
  const { posts, shares } = data.fields[side];
  const speaker = (zh ? { media: "媒体", public: "民间" } : { media: "Media", public: "The public" })[side];
  const list = ranked(data.topics, side).filter(isTopic);
  const key = (topic: number) => `topic.${shares ? "share" : "posts"}.${side}.${topic}`;
  const names = (topics: readonly Topic[], gate?: Gate): Part[] =>
    topics.flatMap((topic, i) => [`${i > 0 ? (zh ? "、" : ", ") : ""}“${labelOf(topic)[language]}”${zh ? "（" : " ("}`, fact(key(topic.topic), undefined, gate), `${unstable(topic, language)}${zh ? "）" : ")"}`]);
  const worded = fact(`worded.${side}`);
  if (posts === 0) return zh ? say`数据中没有${speaker}有自身文字的帖文。` : say`${speaker} posted nothing with own words in the data.`;
  if (list.length === 0) return zh ? say`${speaker}有自身文字的 ${worded}帖文没有形成话题（模型估计）。` : say`${speaker}: the ${worded} with own words form no topic (model estimate).`;
  if (!shares) {
    return zh
      ? say`${speaker}有自身文字的帖文 ${worded}，每账号每天计一次为 ${fact(`effective.${side}`)}条，样本偏少，只列条数（模型估计）：${names(list.slice(0, told))}。`
      : say`${speaker}: ${worded} with own words, ${fact(`effective.${side}`)} counting an account once a day; too few for shares, so counts only (model estimate): ${names(list.slice(0, told))}.`;
  }
  const leads = list.slice(1).every((other) => list[0]![side].interval![0] > other[side].interval![1]);
  const gate: Gate = { kind: "first", key: key(list[0]!.topic), among: `topic.share.${side}.`, except: ["0"] };
  const [first, after] = [names(list.slice(0, 1), leads ? gate : undefined), names(list.slice(1, told))];
  const has = (topic: number) => data.topics.some((one) => one.topic === topic && one[side].posts > 0);
  const other: Part[] = [
    ...(data.loose !== null && data.loose[side].posts > 0 ? [zh ? "；词语松散、未成话题的占 " : "; loose texts that form no topic make up ", fact(`loose.share.${side}`)] : []),
    ...(has(0) ? [zh ? "；未归入话题的“其他”占 " : "; posts in no topic make up ", fact(key(0))] : []),
    ...(has(-1) ? [zh ? (has(0) ? "，文字太短的占 " : "；文字太短的占 ") : has(0) ? ", too short ones " : "; too short ones make up ", fact(`short.share.${side}.-1`)] : []),
  ];
  if (zh) {
    const ranking = leads ? [...first, "居首", ...(after.length > 0 ? ["，其后有", ...after] : [])] : ["居前的有", ...names(list.slice(0, told))];
    return say`${speaker}话题中，${ranking}${other}（模型估计，分母为 ${worded}有自身文字的帖文）。`;
  }
  const ranking = leads ? [...first, " is the largest topic", ...(after.length > 0 ? [", followed by ", ...after] : [])] : ["the largest topics include ", ...names(list.slice(0, told))];
  return say`${speaker}: ${ranking}${other} (model estimate, of ${worded} with own words).`;
}

function tellGap(data: Data, { topic, higher }: Gap, { say, fact }: Teller, language: Language): Sentence {
  const name = labelOf(data.topics.find((entry) => entry.topic === topic)!)[language];
  const [more, less] = (higher === "media" ? ["media", "public"] : ["public", "media"]).map((field) => nameOf("field", field, language)) as [string, string];
  const gap = fact(`topic.gap.${topic}`, undefined, { kind: "apart", key: `topic.gap.${topic}` });
  if (language === "en") return say`“${name}” takes a larger share in ${more} than in ${less}, by ${gap} (model estimate; the 95% intervals are apart).`;
  return say`“${name}”的占比，${more}比${less}高 ${gap}（模型估计，两者的 95% 区间不重叠）。`;
}

/** The two largest topics of each phase that has enough posts for shares. */
function tellPhases({ phases, topics }: Data, { say, fact }: Teller, language: Language): Sentence[] {
  const zh = language === "zh";
  const known = phases.filter(({ shares, topics }) => shares && topics.length > 0);
  if (known.length < 2) return [];
  const list = known.flatMap(({ name, topics: own }, i): Part[] => [
    i > 0 ? "；" : "",
    `${phaseWords[name as keyof typeof phaseWords][language]}：`,
    ...own.slice(0, 2).flatMap(({ topic: no }, j): Part[] => {
      const topic = topics.find(({ topic }) => topic === no)!;
      return [`${j > 0 ? "、" : ""}“${labelOf(topic)[language]}”（`, fact(`phase.share.${name}.${no}`), `${unstable(topic, language)}）`];
    }),
  ]);
  const english = (part: Part): Part => (typeof part === "string" ? part.replaceAll("；", "; ").replaceAll("：", ": ").replaceAll("、", ", ").replaceAll("（", " (").replaceAll("）", ")") : part);
  return [zh ? say`分阶段看，条数最多的话题——${list}（模型估计）。` : say`Largest topics by phase: ${list.map(english)} (model estimate).`];
}

/** Media to the left, public to the right, on one axis; a field with too few posts for shares is left out. */
function chart(data: Data, language: Language): Chart {
  const zh = language === "zh";
  const shown = sides.filter((side) => data.fields[side].shares);
  const sign = (side: Side) => (side === "media" && shown.length === 2 ? -1 : 1);
  const bars = rowsOf(data, shown, language).flatMap(({ name, residual, ...cells }) =>
    shown.flatMap((side) => {
      const { share: value, interval } = cells[side];
      if (value === null) return [];
      const [lo, hi] = interval ?? [value, value];
      return [{ name, field: nameOf("field", side, language), residual, value: sign(side) * value, lo: sign(side) * lo, hi: sign(side) * hi, text: share(value, language, interval), left: sign(side) < 0, tip: tip(`${name} · ${nameOf("field", side, language)}`, share(value, language, interval), [interval === null ? "" : `95% ${interval.map((end) => share(end, language, interval)).join("–")}`, sizeText(data.fields[side].posts, language)], language) }];
    }),
  );
  const reach = Math.max(...bars.map(({ hi }) => Math.abs(hi))) * 1.6;
  const label = (left: boolean) => ({
    transform: [{ filter: `datum.left === ${left}` }],
    mark: { type: "text", align: left ? "right" : "left", dx: left ? -5 : 5 },
    encoding: { x: { field: "hi", type: "quantitative" }, text: { field: "text" } },
  });
  const names = shown.map((side) => nameOf("field", side, language));
  const lead = shown.map((side) => ({ side: nameOf("field", side, language), first: ranked(data.topics, side).find(isTopic) })).filter(({ first }) => first);
  return {
    id: "topics-share",
    title: lead.length === 0 ? (zh ? "没有形成话题" : "no topics") : lead.map(({ side, first }) => (zh ? `${side}话题以“${labelOf(first!).zh}”居前` : `${side}: “${labelOf(first!).en}” ahead`)).join(zh ? "，" : "; "),
    note: zh
      ? `占各自有自身文字帖文的比例，模型估计，细线为 95% 区间；n = ${shown.map((side) => `${nameOf("field", side, language)} ${integer(data.fields[side].posts, language)} 条`).join("，")}；四舍五入，合计可能不等于 100%`
      : `share of each field's posts with own words, model estimate, thin lines: 95% intervals; n = ${shown.map((side) => `${nameOf("field", side, language)} ${integer(data.fields[side].posts, language)}`).join(", ")}; rounded, may not add up to 100%`,
    body: {
      kind: "vega-lite",
      spec: {
        data: { values: bars },
        encoding: {
          y: { field: "name", type: "nominal", sort: null, axis: { title: null, labelLimit: 220 } },
          x: { field: "value", type: "quantitative", scale: { domain: [shown.length === 2 ? -reach : 0, reach], nice: false }, axis: { title: null, labelExpr: "abs(datum.value) > 1 ? '' : format(abs(datum.value), '.0%')" } },
        },
        layer: [
          { mark: { type: "bar" }, encoding: { color: { field: "field", type: "nominal", scale: { domain: names, range: shown.map((side) => palette[side]) } }, fillOpacity: { condition: { test: "datum.residual", value: 0.35 }, value: 1 }, ...tipped } },
          { mark: { type: "rule", color: palette.ink }, encoding: { x: { field: "lo", type: "quantitative" }, x2: { field: "hi" } } },
          ...(shown.length === 2 ? [label(true)] : []),
          label(false),
        ],
        height: { step: 26 },
      },
    },
    table: table(data, language),
  };
}

/** residual: of no topic, drawn paler. */
type Bar = { name: string; residual: boolean } & Record<Side, { share: number | null; interval: [number, number] | null }>;

/** The largest topics, the sum of the others, the loose ones together, and 其他. */
function rowsOf({ topics, loose, fields }: Data, shown: readonly Side[], language: Language): Bar[] {
  const size = (topic: Topic) => Math.max(...shown.map((side) => topic[side].share!));
  const largest = new Set(topics.filter(isTopic).sort((a, b) => size(b) - size(a) || a.topic - b.topic).slice(0, drawn));
  const rest = topics.filter((topic) => isTopic(topic) && !largest.has(topic));
  const groups = topics.filter((topic) => topic.loose).length;
  const sum = (side: Side) => ({ share: fields[side].shares ? rest.reduce((total, topic) => total + topic[side].posts, 0) / fields[side].posts : null, interval: null });
  const bar = (topic: Topic): Bar => ({ name: nameIn(topic, language), residual: topic.topic <= 0, media: topic.media, public: topic.public });
  return [
    ...topics.filter((topic) => largest.has(topic)).map(bar),
    ...(rest.length > 0 ? [{ name: language === "zh" ? `其余 ${rest.length} 个话题` : `${rest.length} more topics`, residual: false, media: sum("media"), public: sum("public") }] : []),
    ...(loose === null ? [] : [{ name: language === "zh" ? `未成话题（${groups} 组）` : `loose texts (${groups} groups)`, residual: true, media: loose.media, public: loose.public }]),
    ...topics.filter(({ topic }) => topic <= 0).map(bar),
  ];
}

function table(data: Data, language: Language): Chart["table"] {
  const zh = language === "zh";
  const present = fields.filter((field) => data.fields[field].posts > 0);
  return {
    columns: [
      { key: "name", label: zh ? "话题" : "topic" },
      ...present.map((field) => ({ key: field, label: zh ? `${nameOf("field", field, language)}（95% 区间）` : `${nameOf("field", field, language)} (95% interval)`, align: "right" as const })),
      { key: "keywords", label: zh ? "关键词" : "keywords" },
    ],
    rows: data.topics.map((topic) => ({
      name: nameIn(topic, language),
      ...Object.fromEntries(present.map((field) => [field, cell(topic[field], language)])),
      keywords: topic.keywords.join(zh ? "、" : ", "),
    })),
  };
}

function cell({ posts, share: value, interval }: Topic["media"], language: Language): string {
  if (value === null) return language === "zh" ? `${integer(posts, language)} 条` : `${integer(posts, language)} posts`;
  const range = interval!.map((end) => share(end, language, interval)).join("–");
  return language === "zh" ? `${share(value, language, interval)}（${range}）` : `${share(value, language, interval)} (${range})`;
}
