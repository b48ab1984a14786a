import type { z } from "zod";
import { isTopic, labelOf, type topics as analyzer } from "../../analyzers/event/topics.ts";
import type { Language } from "../../pipeline/errors.ts";
import { palette } from "../charts/theme.ts";
import { postsText, tip, tipped } from "../charts/tip.ts";
import type { Chart } from "../contract.ts";
import { integer } from "../format.ts";
import { moment } from "../narrative/moment.ts";

type Data = z.infer<typeof analyzer.data>;
type Topic = Data["topics"][number];

/** Topics with a colour of their own; the others are one layer. */
const coloured = 5;
/** From so many days on areas instead of bars. */
const manyDays = 22;
const dayMs = 86_400_000;

/** Topics by day, stacked; nothing when there are fewer than three days or no topics. */
export function topicTimes(data: Data, language: Language): Chart[] {
  const zh = language === "zh";
  const topics = data.topics.filter((topic) => isTopic(topic) && topic.peak !== null);
  const shown = new Set(topics.map(({ topic }) => topic));
  const days = data.days.filter((day) => day.topics.some(({ topic }) => shown.has(topic)));
  if (topics.length === 0 || days.length < 3) return [];
  const own = topics.slice(0, coloured);
  const rest = topics.slice(coloured);
  const layers = [...own.map((topic) => ({ name: labelOf(topic)[language], ids: [topic.topic] })), ...(rest.length > 0 ? [{ name: zh ? `其余 ${rest.length} 个话题` : `${rest.length} more topics`, ids: rest.map(({ topic }) => topic) }] : [])];
  const count = (day: Data["days"][number], ids: readonly number[]): number => day.topics.reduce((sum, { topic, posts }) => (ids.includes(topic) ? sum + posts : sum), 0);
  const known = new Map(days.map((day) => [day.day, day]));
  const [first, last] = [days[0]!.day, days.at(-1)!.day];
  const all = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const date = (day: number): string => moment(day * dayMs - data.utc_offset_ms, language, data.utc_offset_ms, "day", first * dayMs - data.utc_offset_ms);
  const values = all.flatMap((day) => layers.map(({ name, ids }, order) => ({ at: new Date(day * dayMs).toISOString(), to: new Date((day + 1) * dayMs).toISOString(), name, order, posts: known.has(day) ? count(known.get(day)!, ids) : 0 })).map((row) => ({ ...row, tip: tip(`${row.name} · ${date(day)}`, postsText(row.posts, language), [], language) })));
  const total = days.reduce((sum, day) => sum + count(day, topics.map(({ topic }) => topic)), 0);
  return [
    {
      id: "topics-days",
      title: titleOf(own, date, language),
      note: zh ? `各话题逐日条数，模型估计，只含有自身文字且归入话题的帖文；n = ${integer(total, language)}` : `posts of each topic by day, model estimate, only posts with own words that belong to a topic; n = ${integer(total, language)}`,
      body: {
        kind: "vega-lite",
        spec: {
          data: { values },
          mark: all.length >= manyDays ? { type: "area", interpolate: "monotone" } : { type: "bar" },
          encoding: {
            x: { field: "at", type: "temporal", scale: { type: "utc" }, axis: { title: null, grid: false, tickCount: Math.min(6, all.length), format: zh ? "%-m月%-d日" : "%-d %b" } },
            ...(all.length >= manyDays ? {} : { x2: { field: "to" }, ...tipped }),
            y: { field: "posts", type: "quantitative", stack: "zero", axis: { title: null, format: "~s" } },
            color: { field: "name", type: "nominal", sort: null, scale: { domain: layers.map(({ name }) => name), range: [...palette.categories.slice(0, own.length), palette.muted] }, legend: { columns: 1, labelLimit: 240 } },
            order: { field: "order" },
          },
          height: 200,
        },
      },
      table: {
        columns: [
          { key: "name", label: zh ? "话题" : "topic" },
          { key: "first", label: zh ? "始见" : "first day" },
          { key: "peak", label: zh ? "最多的一天" : "peak day" },
          { key: "posts", label: zh ? "当天条数" : "posts that day", align: "right" },
        ],
        rows: topics.map((topic) => ({ name: labelOf(topic)[language], first: date(topic.first_day!), peak: date(topic.peak!.day), posts: integer(topic.peak!.posts, language) })),
      },
    },
  ];
}

/** Which of the large topics came to its height first and which last. */
function titleOf(topics: readonly Topic[], date: (day: number) => string, language: Language): string {
  const byPeak = [...topics].sort((a, b) => a.peak!.day - b.peak!.day || a.topic - b.topic);
  const [early, late] = [byPeak[0]!, byPeak.at(-1)!];
  const tell = (topic: Topic): string => (language === "zh" ? `“${labelOf(topic).zh}”${date(topic.peak!.day)}最多` : `“${labelOf(topic).en}” peaks on ${date(topic.peak!.day)}`);
  if (early.peak!.day === late.peak!.day) {
    const day = date(early.peak!.day);
    return language === "zh" ? `最大的几个话题都在${day}最多` : `the largest topics all peak on ${day}`;
  }
  return language === "zh" ? `${tell(early)}，${tell(late)}` : `${tell(early)}, ${tell(late)}`;
}
