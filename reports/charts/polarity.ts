import type { z } from "zod";
import type { sentiment } from "../../analyzers/event/sentiment.ts";
import type { Language } from "../../pipeline/errors.ts";
import type { Polarity } from "../../pipeline/schema.ts";
import type { Chart } from "../contract.ts";
import { integer, share } from "../format.ts";
import { nameOf } from "../names.ts";
import { moment } from "../narrative/moment.ts";
import { palette } from "./theme.ts";
import { mostTips, postsText, sizeText, tip, tipLayer, tipped } from "./tip.ts";

type Data = z.infer<typeof sentiment.data>;
type Shares = NonNullable<NonNullable<Data["all"]["estimate"]>["shares"]>;

/** Reading order of polarities, everywhere. */
export const order = ["negative", "neutral", "positive"] as const;
const colour = { negative: palette.negative, neutral: palette.neutral, positive: palette.positive };
const labelColour = { negative: palette.paper, neutral: palette.ink, positive: palette.paper };

export const shareOf = (shares: Shares, polarity: Polarity) => shares.find((part) => part.polarity === polarity)!;

/** "56%" or "56.2%", as exactly as the interval allows. */
export const shown = ({ share: value, interval }: Shares[number], language: Language): string => share(value, language, interval);
const ends = ({ interval }: Shares[number], language: Language): string => interval.map((end) => share(end, language, interval)).join("–");

/** 100 % bars of corrected shares, negative to positive; intervals in the table. */
export function shareBars(id: string, title: string, rows: readonly { name: string; known: number; n: number; shares: Shares }[], language: Language): Chart {
  const zh = language === "zh";
  const polarity = (key: string) => nameOf("polarity", key, language);
  const values = rows.flatMap(({ name, known, shares }) => {
    let from = 0;
    return order.map((key) => {
      const part = shareOf(shares, key);
      const value = { name: `${name} n=${integer(known, language)}`, polarity: polarity(key), key, from, to: from + part.share, middle: from + part.share / 2, label: part.share < 0.1 ? "" : shown(part, language), tip: tip(`${name} · ${polarity(key)}`, shown(part, language), [`95% ${ends(part, language)}`, sizeText(known, language)], language) };
      from += part.share;
      return value;
    });
  });
  const domain = order.map(polarity);
  return {
    id,
    title,
    note: zh ? "占可判断情绪帖文的比例，已修正模型误差；95% 区间见数据表" : "share of posts of known polarity, the model's errors corrected; 95 % intervals in the table",
    body: {
      kind: "vega-lite",
      spec: {
        data: { values },
        encoding: { y: { field: "name", type: "nominal", sort: null, axis: { title: null } } },
        layer: [
          {
            mark: { type: "bar", cornerRadiusEnd: 0 },
            encoding: {
              x: { field: "from", type: "quantitative", scale: { domain: [0, 1] }, axis: { title: null, format: ".0%", values: [0, 0.5, 1], grid: false } },
              x2: { field: "to" },
              color: { field: "polarity", type: "nominal", scale: { domain, range: order.map((key) => colour[key]) }, legend: { title: null } },
              ...tipped,
            },
          },
          ...order.map((key) => ({
            transform: [{ filter: { field: "key", equal: key } }],
            mark: { type: "text", color: labelColour[key] },
            encoding: { x: { field: "middle", type: "quantitative" }, text: { field: "label" } },
          })),
        ],
        height: { step: 34 },
      },
    },
    table: {
      columns: [
        { key: "name", label: zh ? "范围" : "scope" },
        { key: "known", label: zh ? "可判断帖文" : "posts of known polarity", align: "right" },
        { key: "n", label: zh ? "依据（条）" : "labels behind it", align: "right" },
        ...order.map((key) => ({ key, label: polarity(key), align: "right" as const })),
      ],
      rows: rows.map(({ name, known, n, shares }) => ({ name, known: integer(known, language), n: integer(n, language), ...Object.fromEntries(order.map((key) => [key, `${shown(shareOf(shares, key), language)} [${ends(shareOf(shares, key), language)}]`])) })),
    },
  };
}

/** Bars of model labels in posts: no shares, for nobody has checked them. */
export function countBars(id: string, title: string, rows: readonly { name: string; known: number; predicted: Record<Polarity, number> }[], language: Language): Chart {
  const zh = language === "zh";
  const polarity = (key: string) => nameOf("polarity", key, language);
  return {
    id,
    title,
    note: zh ? "条，模型逐条判定，未经核对；条数不等于实际占比" : "posts by the model's label, unchecked; counts of labels are not shares of moods",
    body: stackedCounts(rows.map(({ name, predicted }) => ({ name, counts: predicted })), "polarity", language),
    table: {
      columns: [{ key: "name", label: zh ? "范围" : "scope" }, { key: "known", label: zh ? "可判断帖文" : "posts of known polarity", align: "right" }, ...order.map((key) => ({ key, label: polarity(key), align: "right" as const }))],
      rows: rows.map(({ name, known, predicted }) => ({ name, known: integer(known, language), ...Object.fromEntries(order.map((key) => [key, integer(predicted[key], language)])) })),
    },
  };
}

/** Posts by polarity, or by stance, one bar a row. */
export function stackedCounts(rows: readonly { name: string; counts: Record<Polarity, number> }[], group: "polarity" | "stance", language: Language): Chart["body"] {
  const name = (key: string) => nameOf(group, key, language);
  return {
    kind: "vega-lite",
    spec: {
      data: { values: rows.flatMap((row) => order.map((key, i) => ({ name: row.name, part: name(key), i, posts: row.counts[key], tip: tip(`${row.name} · ${name(key)}`, postsText(row.counts[key], language), [sizeText(order.reduce((sum, one) => sum + row.counts[one], 0), language)], language) }))) },
      mark: { type: "bar", cornerRadiusEnd: 0 },
      encoding: {
        y: { field: "name", type: "nominal", sort: null, axis: { title: null } },
        x: { field: "posts", type: "quantitative", stack: true, axis: { title: null, format: ",d" } },
        order: { field: "i", type: "quantitative" },
        color: { field: "part", type: "nominal", scale: { domain: order.map(name), range: order.map((key) => colour[key]) }, legend: { title: null } },
        ...tipped,
      },
      height: { step: 34 },
    },
  };
}

/** Posts that the model calls negative over time, by field; null when there are fewer than three bins. */
export function negativeBars({ unit, bins }: Data["time"], language: Language): Chart | null {
  const zh = language === "zh";
  const drawn = (["public", "media"] as const).filter((field) => bins.some((bin) => bin.field === field));
  const times = [...new Set(bins.map(({ start_ms }) => start_ms))].sort((a, b) => a - b);
  const top = [...bins].sort((a, b) => b.negative - a.negative || a.start_ms - b.start_ms)[0];
  if (times.length < 3 || drawn.length === 0 || top === undefined || top.negative === 0) return null;
  // Starts of bins are local already.
  const stamp = (ms: number): string => moment(ms, language, 0, unit === "hour" ? "minute" : "day");
  const at = (field: string, time: number) => bins.find((bin) => bin.field === field && bin.start_ms === time);
  const values = drawn.flatMap((field) => bins.filter((bin) => bin.field === field).map(({ start_ms, negative }) => ({ time: start_ms, name: nameOf("field", field, language), posts: negative })));
  const width = unit === "hour" ? 3_600_000 : 86_400_000;
  const negative = (field: "public" | "media", time: number): string => `${nameOf("field", field, language)} ${integer(at(field, time)?.negative ?? 0, language)}`;
  // The area ends where the last bin begins.
  const tips = times.length > mostTips ? [] : times.slice(0, -1).map((time) => ({ from: time, to: time + width, tip: tip(stamp(time), postsText(drawn.reduce((sum, field) => sum + (at(field, time)?.negative ?? 0), 0), language), drawn.length > 1 ? drawn.map((field) => negative(field, time)) : [], language) }));
  return {
    id: "sentiment-time",
    title: zh ? `模型判为负面的帖文在 ${stamp(top.start_ms)} 最多` : `Most posts that the model calls negative at ${stamp(top.start_ms)}`,
    note: zh ? `条／${unit === "hour" ? "小时" : "日"}，模型逐条判定，未逐段核对；随声量起落` : `posts by ${unit}, by the model's label, not checked bin by bin; rises and falls with volume`,
    body: {
      kind: "vega-lite",
      spec: {
        layer: [
          {
            data: { values },
            mark: { type: "area", interpolate: "step-after", opacity: 0.85 },
            encoding: {
              x: { field: "time", type: "temporal", scale: { type: "utc" }, axis: { title: null, grid: false, tickCount: 6 } },
              y: { field: "posts", type: "quantitative", stack: true, axis: { title: null, format: ",d" } },
              color: { field: "name", type: "nominal", scale: { domain: drawn.map((field) => nameOf("field", field, language)), range: drawn.map((field) => palette[field]) }, legend: { title: null } },
            },
          },
          ...(tips.length > 0 ? [{ name: tipLayer, data: { values: tips }, mark: { type: "rect", opacity: 0 }, encoding: { x: { field: "from", type: "temporal", scale: { type: "utc" } }, x2: { field: "to" }, ...tipped } }] : []),
        ],
        height: 220,
      },
    },
    table: {
      columns: [
        { key: "time", label: zh ? "时间" : "time" },
        ...drawn.flatMap((field) => [
          { key: `${field}-known`, label: zh ? `${nameOf("field", field, language)}可判断` : `${nameOf("field", field, language)}, known`, align: "right" as const },
          { key: `${field}-negative`, label: zh ? "其中判为负面" : "called negative", align: "right" as const },
        ]),
      ],
      rows: times.map((time) => ({ time: stamp(time), ...Object.fromEntries(drawn.flatMap((field) => [[`${field}-known`, integer(at(field, time)?.known ?? 0, language)], [`${field}-negative`, integer(at(field, time)?.negative ?? 0, language)]])) })),
    },
  };
}
