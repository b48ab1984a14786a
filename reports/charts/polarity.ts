import type { z } from "zod";
import { least, type sentiment } from "../../analyzers/event/sentiment.ts";
import type { Language } from "../../pipeline/errors.ts";
import type { Chart } from "../contract.ts";
import { integer, share } from "../format.ts";
import { nameOf } from "../names.ts";
import { palette } from "./theme.ts";

type Data = z.infer<typeof sentiment.data>;
type Bin = Data["time"]["bins"][number];
export type Split = Pick<Data["fields"][number], "known" | "effective" | "polarities">;

/** Reading order of polarities, everywhere. */
export const order = ["negative", "neutral", "positive"] as const;
const colour = { negative: palette.negative, neutral: palette.neutral, positive: palette.positive };
const labelColour = { negative: palette.paper, neutral: palette.ink, positive: palette.paper };

export const partOf = (row: Split, polarity: (typeof order)[number]) => row.polarities.find((part) => part.polarity === polarity)!;
/** Whole per cents: a lexicon estimate carries no more digits. */
export const whole = (value: number, language: Language): string => share(value, language, [0, 1]);

/** 100 % bars, negative to positive. Rows with too few posts stand in the table only. */
export function polarityBars(id: string, title: string, rows: (Split & { name: string })[], language: Language): Chart | null {
  const zh = language === "zh";
  const drawn = rows.filter((row) => row.effective >= least);
  if (drawn.length === 0) return null;
  const polarity = (key: string) => nameOf("polarity", key, language);
  const values = drawn.flatMap((row) => {
    let from = 0;
    return order.map((key) => {
      const part = partOf(row, key).share;
      const value = { name: `${row.name} n=${integer(row.known, language)}`, polarity: polarity(key), key, from, to: from + part, middle: from + part / 2, label: part < 0.1 ? "" : whole(part, language) };
      from += part;
      return value;
    });
  });
  const domain = order.map(polarity);
  return {
    id,
    title,
    note: zh ? `占可判断情绪帖文的比例，n 为条数；词典法，未经人工核对；不足 ${least} 条者只列条数` : `share of posts of known polarity, n = posts; lexicon, not checked by people; below ${least} posts counts only`,
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
        { key: "n", label: zh ? "可判断帖文" : "posts of known polarity", align: "right" },
        ...order.map((key) => ({ key, label: polarity(key), align: "right" as const })),
      ],
      rows: rows.map((row) => ({ name: row.name, n: integer(row.known, language), ...Object.fromEntries(order.map((key) => [key, cell(row, key, language)])) })),
    },
  };
}

/** Share with its interval; counts where posts are too few; a dash where there are none. */
function cell(row: Split, key: (typeof order)[number], language: Language): string {
  if (row.polarities.length === 0) return "—";
  const { posts, share, interval } = partOf(row, key);
  if (row.effective < least || interval === null) return `${integer(posts, language)}${language === "zh" ? "条" : " posts"}`;
  return `${whole(share, language)} [${interval.map((bound) => whole(bound, language)).join("–")}]`;
}

const solid = (bin: Bin | undefined): bin is Bin => bin !== undefined && bin.known >= least && bin.interval !== null;

/** Negative share of public and media over time. Bins with too few posts, and times without any, break the line; null when neither has three bins. */
export function negativeLines({ unit, bins }: Data["time"], language: Language): Chart | null {
  const zh = language === "zh";
  const step = unit === "hour" ? 3_600_000 : 86_400_000;
  const series = (["public", "media"] as const)
    .map((field) => ({ field, name: nameOf("field", field, language), bins: bins.filter((bin) => bin.field === field) }))
    .filter((one) => one.bins.filter(solid).length >= 3);
  const lead = series[0];
  if (!lead) return null;
  const drawn = series.flatMap((one) => one.bins.filter(solid)).map((bin) => bin.start_ms);
  const [first, last] = [drawn.reduce((a, b) => Math.min(a, b)), drawn.reduce((a, b) => Math.max(a, b))];
  const times = [...new Set(series.flatMap((one) => one.bins.map((bin) => bin.start_ms)))].filter((time) => time >= first && time <= last).sort((a, b) => a - b);
  const shares = lead.bins.filter(solid).map((bin) => bin.negative / bin.known).sort((a, b) => a - b);
  const values = series.flatMap(({ name, bins }) => points(name, bins, step)).filter(({ time }) => time >= first && time <= last);
  const lone = values.filter(({ alone }) => alone);
  const [low, high] = [shares[0]!, shares.at(-1)!].map((value) => whole(value, language));
  return {
    id: "sentiment-time",
    title: zh ? `${lead.name}负面占比逐${unit === "hour" ? "时" : "日"}在 ${low} 至 ${high} 之间（模型估计）` : `Negative share of the ${lead.name} between ${low} and ${high} by ${unit} (model estimate)`,
    note: zh
      ? `负面占可判断情绪帖文的比例；色带为 95% 区间，只含抽样误差；不足 ${least} 条的时段留空，条数见表`
      : `negative share of posts of known polarity; bands: 95 % intervals, sampling error only; bins below ${least} posts are left empty, counts in the table`,
    body: {
      kind: "vega-lite",
      spec: {
        data: { values },
        encoding: {
          x: { field: "time", type: "temporal", scale: { type: "utc" }, axis: { title: null, format: unit === "hour" ? "%m-%d %H:%M" : "%Y-%m-%d", grid: false } },
          color: { field: "name", type: "nominal", scale: { domain: series.map(({ name }) => name), range: series.map(({ field }) => palette[field]) }, legend: { title: null, symbolOpacity: 1 } },
        },
        layer: [
          { mark: { type: "area", opacity: 0.18 }, encoding: { y: { field: "low", type: "quantitative", scale: { domain: [0, 1] }, axis: { title: null, format: ".0%" } }, y2: { field: "high" } } },
          { mark: { type: "line" }, encoding: { y: { field: "share", type: "quantitative" } } },
          ...(lone.length > 0 ? [{ data: { values: lone }, mark: { type: "point" }, encoding: { y: { field: "share", type: "quantitative" } } }] : []),
        ],
        height: 240,
      },
    },
    table: {
      columns: [
        { key: "time", label: zh ? "时间" : "time" },
        ...series.flatMap(({ field, name }) => [
          { key: `${field}-n`, label: zh ? `${name}条数` : `posts, ${name}`, align: "right" as const },
          { key: `${field}-share`, label: zh ? `${name}负面占比` : `negative, ${name}`, align: "right" as const },
        ]),
      ],
      rows: times.map((time) => {
        const row: Record<string, string> = { time: new Date(time).toISOString().slice(0, unit === "hour" ? 16 : 10).replace("T", " ") };
        for (const { field, bins } of series) {
          const bin = bins.find(({ start_ms }) => start_ms === time);
          row[`${field}-n`] = integer(bin?.known ?? 0, language);
          row[`${field}-share`] = solid(bin) ? whole(bin.negative / bin.known, language) : "—";
        }
        return row;
      }),
    },
  };
}

/** One point a bin; empty points where the line must break; `alone` where no neighbour would make it visible as a line. */
function points(name: string, bins: readonly Bin[], step: number) {
  const hole = (time: number) => ({ time, name, share: null, low: null, high: null, alone: false });
  return bins.flatMap((bin, i) => {
    const at = bin.start_ms;
    const [before, after] = [bins[i - 1], bins[i + 1]];
    const joins = (other: Bin | undefined) => solid(other) && Math.abs(other.start_ms - at) === step;
    const point = solid(bin) ? { time: at, name, share: bin.negative / bin.known, low: bin.interval![0], high: bin.interval![1], alone: !joins(before) && !joins(after) } : hole(at);
    return after && after.start_ms - at > step ? [point, hole(at + step)] : [point];
  });
}
