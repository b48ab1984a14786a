import type { z } from "zod";
import { forecast as analyzer } from "../../analyzers/event/forecast.ts";
import type { Finding } from "../../analyzers/contract.ts";
import type { Language } from "../../pipeline/errors.ts";
import { palette } from "../charts/theme.ts";
import type { Chart, Section, Sentence } from "../contract.ts";
import { integer, round } from "../format.ts";
import { moment } from "../narrative/moment.ts";
import { teller, titled } from "../narrative/say.ts";

type Data = z.infer<typeof analyzer.data>;
const hourMs = 3_600_000;

export const forecast: Section<Data> = {
  id: "forecast",
  heading: { zh: "趋势预测", en: "Forecast" },

  tell(finding, language) {
    if (finding.status !== "ok") return [];
    const zh = language === "zh";
    const { data } = finding;
    const { say, fact, figure, has } = teller(finding, language, data.utc_offset_ms);
    const pace = (): Sentence[] => {
      if (!has("growth")) return [];
      const { value, interval, of } = figure("growth");
      const text = `${two(value!)} ${zh ? "倍（95% 区间" : "(95% interval"} ${two(interval![0])}–${two(interval![1])}${zh ? "）" : ")"}`;
      return [zh ? say`近 ${`${of}`} 小时，除去时段活跃度后发帖速率每小时约为前一小时的 ${fact("growth", text)}。` : say`Over the last ${`${of}`} hours the rate changed each hour by a factor of about ${fact("growth", text)}, usual activity taken out.`];
    };
    switch (data.state) {
      case "untimed":
      case "few":
        return [zh ? say`有发布时间的帖文太少，不作预测。` : say`Too few posts have a time for a forecast.`];
      case "flat":
        return [zh ? say`发帖速率没有可辨的起落，不作预测。` : say`The rate shows no rise or fall, so nothing is forecast.`];
      case "ended":
        return [zh ? say`数据截止时事件已进入消退期，不再预测。` : say`The data ends in the fading phase; there is nothing left to forecast.`];
      case "rising":
        return [zh ? say`数据截止（${fact("end")}）时尚未见顶，不预测总量。` : say`At the end of the data (${fact("end")}) no peak is in sight, so no total is forecast.`, ...pace()];
      case "burst":
        return [zh ? say`数据截止（${fact("end")}）时发帖速率尚未降到波峰的一半，不预测总量。` : say`At the end of the data (${fact("end")}) the rate has not fallen to half of the peak, so no total is forecast.`, ...pace()];
      case "recent":
        return [zh ? say`数据截止（${fact("end")}）距最近一波的波峰仅 ${fact("since.hours")}，不预测总量。` : say`The data ends (${fact("end")}) only ${fact("since.hours")} after the peak of the last wave, so no total is forecast.`, ...pace()];
      case "thin":
        return [zh ? say`最近一波的波峰之后只有 ${fact("since.posts")}，不预测总量。` : say`Since the peak of the last wave there are only ${fact("since.posts")}, so no total is forecast.`, ...pace()];
      case "forecast":
    }
    const [near, day] = [data.outlooks[0]!, data.outlooks.at(-1)!];
    const about = ({ horizon, middle }: Data["outlooks"][number]) => fact(`ahead.${horizon}`, posts(middle, language));
    const band = ({ horizon, low, high }: Data["outlooks"][number]) => [fact(`ahead.low.${horizon}`, rounded(low, language)), "–", fact(`ahead.high.${horizon}`, posts(high, language))];
    return [
      zh
        ? say`按最近一波波峰之后 ${fact("since.hours")}、${fact("since.posts")}的回落推算，数据截止（${fact("end")}）之后 ${`${day.horizon}`} 小时预计还有约 ${about(day)}，可能在 ${band(day)}之间（80% 区间）；其中 ${`${near.horizon}`} 小时之内约 ${about(near)}（${band(near)}）。`
        : say`From the ${fact("since.hours")} since the peak of the last wave (${fact("since.posts")}), about ${about(day)} may follow within ${`${day.horizon}`} hours of the end of the data (${fact("end")}), between ${band(day)} at 80%; about ${about(near)} of them within ${`${near.horizon}`} hours (${band(near)}).`,
      zh ? say`区间依据 ${integer(day.n, language)} 条单条微博转发序列的历史误差，只推及本数据的采集范围；如再起一波，须重新估计。` : say`The interval rests on past errors over ${integer(day.n, language)} repost series of single Weibo posts and speaks of this collection only; another wave makes it void.`,
      ...pace(),
    ];
  },

  charts(finding, language) {
    return finding.data.state === "forecast" ? [chart(finding, language)] : [];
  },
};

/** Posts so far, and how they may go on. */
function chart(finding: Finding<Data>, language: Language): Chart {
  const { outlooks, course, end_ms, since, utc_offset_ms } = finding.data;
  const { say, fact, figure } = teller(finding, language);
  const zh = language === "zh";
  const so = course.at(-1)!.posts;
  const local = (ms: number) => ms + utc_offset_ms;
  const ahead = [{ at: local(end_ms!), low: so, middle: so, high: so }, ...outlooks.map(({ horizon, low, middle, high }) => ({ at: local(end_ms! + horizon * hourMs), low: so + low, middle: so + middle, high: so + high }))];
  const day = outlooks.at(-1)!;
  const more = fact(`ahead.${day.horizon}`, posts(figure(`ahead.${day.horizon}`).value!, language));
  const x = { field: "at", type: "temporal", scale: { type: "utc" }, axis: { title: null, grid: false, tickCount: 5 } };
  const y = { type: "quantitative", scale: { zero: false }, axis: { title: null, format: "~s" } };
  const ends = [{ ...ahead.at(-1)!, text: zh ? "预计" : "forecast" }];
  return {
    id: "forecast-fan",
    ...titled(zh ? say`${`${day.horizon}`} 小时内预计再增约 ${more}` : say`About ${more} more may come within ${`${day.horizon}`} hours`),
    note: zh ? `累计帖文，条；实线为数据，虚线为预计的中值，色带为 80% 区间；据峰后 ${integer(since!.posts, language)} 条，区间据 ${integer(day.n, language)} 条历史序列` : `posts so far; solid: data, dashed: median forecast, band: 80% interval; from ${integer(since!.posts, language)} posts since the peak, band from ${integer(day.n, language)} past series`,
    body: {
      kind: "vega-lite",
      spec: {
        height: 200,
        layer: [
          { data: { values: ahead }, mark: { type: "area", color: palette.accent, opacity: 0.2 }, encoding: { x, y: { field: "low", ...y }, y2: { field: "high" } } },
          { data: { values: course.map(({ ms, posts }) => ({ at: local(ms), posts })) }, mark: { type: "line", color: palette.accent }, encoding: { x, y: { field: "posts", ...y } } },
          { data: { values: ahead }, mark: { type: "line", color: palette.accent, strokeDash: [5, 4] }, encoding: { x, y: { field: "middle", ...y } } },
          { data: { values: ends }, mark: { type: "text", align: "right", dy: -8, dx: -2, color: palette.soft }, encoding: { x, y: { field: "middle", ...y }, text: { field: "text" } } },
        ],
      },
    },
    table: {
      columns: [
        { key: "until", label: zh ? "截至" : "until" },
        { key: "middle", label: zh ? "预计新增（中值）" : "more posts (median)", align: "right" },
        { key: "low", label: zh ? "80% 区间下端" : "lower end, 80%", align: "right" },
        { key: "high", label: zh ? "80% 区间上端" : "upper end, 80%", align: "right" },
        { key: "n", label: zh ? "历史序列数" : "past series", align: "right" },
      ],
      rows: outlooks.map(({ horizon, low, middle, high, n }) => ({ until: moment(end_ms! + horizon * hourMs, language, utc_offset_ms, "minute", end_ms!), middle: rounded(middle, language), low: rounded(low, language), high: rounded(high, language), n: integer(n, language) })),
    },
  };
}

/** An estimate to two digits: more would pretend. */
function rounded(value: number, language: Language): string {
  const unit = Math.max(1, 10 ** (Math.floor(Math.log10(Math.max(1, value))) - 1));
  return integer(round(value / unit, 0) * unit, language);
}

const posts = (value: number, language: Language): string => `${rounded(value, language)}${language === "zh" ? "条" : " posts"}`;
const two = (value: number): string => round(value, 2).toFixed(2);
