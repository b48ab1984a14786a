import { volume } from "../../analyzers/event/volume.ts";
import type { Language } from "../../pipeline/errors.ts";
import { palette } from "../charts/theme.ts";
import type { Chart } from "../contract.ts";
import { integer, share } from "../format.ts";
import type { Report } from "../report.ts";
import { dataOf } from "./compare.ts";

/** Posts of bins of equal length from the first one on; null where nothing was collected. */
export interface Curve {
  width_ms: number;
  bins: (number | null)[];
}

const dayMs = 86_400_000;

/** Both curves in bins of one length, each from its own begin; null when one of them has no times. A last bin that the data fills in part only is left out. */
export function alignedCurves(a: Report, b: Report): [Curve, Curve] | null {
  const [curveA, curveB] = [curveOf(a), curveOf(b)];
  if (curveA === null || curveB === null) return null;
  const width = leastCommon(curveA.width_ms, curveB.width_ms);
  return [widened(curveA, width), widened(curveB, width)];
}

function curveOf(report: Report): Curve | null {
  const data = dataOf(report, "volume", volume.data);
  if (!data || data.width_ms === null || data.bins.length === 0) return null;
  return { width_ms: data.width_ms, bins: data.bins.map(({ posts, missing }) => (missing ? null : posts)) };
}

export function widened({ width_ms, bins }: Curve, width: number): Curve {
  const step = width / width_ms;
  const out: (number | null)[] = [];
  for (let at = 0; at + step <= bins.length; at += step) {
    const group = bins.slice(at, at + step);
    out.push(group.includes(null) ? null : (group as number[]).reduce((sum, posts) => sum + posts, 0));
  }
  return { width_ms: width, bins: out };
}

function leastCommon(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y > 0) [x, y] = [y, x % y];
  return (a / x) * b;
}

const total = ({ bins }: Curve): number => bins.reduce<number>((sum, posts) => sum + (posts ?? 0), 0);

/** Two lines: what part of the posts drawn falls into each bin, so that events of different size compare. Counts are in the table. */
export function curvesChart(curves: [Curve, Curve], language: Language): Chart | null {
  const zh = language === "zh";
  const totals = curves.map(total);
  if (totals.some((posts) => posts === 0)) return null;
  const width = curves[0].width_ms;
  const days = Math.max(...curves.map(({ bins }) => bins.length)) * width >= 3 * dayMs;
  const unit = days ? dayMs : 3_600_000;
  const values = curves.flatMap(({ bins }, i) => {
    let piece = 0;
    return bins.flatMap((posts, at) => {
      if (posts === null) piece++;
      return posts === null ? [] : [{ series: "AB"[i]!, piece: `${i}.${piece}`, at: (at * width) / unit, part: posts / totals[i]! }];
    });
  });
  const peaks = curves.map(({ bins }) => bins.indexOf(bins.reduce<number>((most, posts) => Math.max(most, posts ?? 0), 0)) * (width / 3_600_000));
  const length = width === dayMs ? (zh ? "每日" : "day") : width === 3_600_000 ? (zh ? "每小时" : "hour") : width > 3_600_000 ? (zh ? `每 ${width / 3_600_000} 小时` : `${width / 3_600_000} h`) : zh ? `每 ${width / 60_000} 分钟` : `${width / 60_000} min`;
  return {
    id: "comparison-volume",
    title: zh ? `A 在起点后 ${integer(peaks[0]!, language)} 小时最多，B 在 ${integer(peaks[1]!, language)} 小时` : `Most posts: A after ${integer(peaks[0]!, language)} h, B after ${integer(peaks[1]!, language)} h`,
    note: zh
      ? `${length}一档，占各自图中帖文的比例；A n = ${integer(totals[0]!, language)}，B n = ${integer(totals[1]!, language)}；横轴为距各自起点的${days ? "天" : "小时"}数；断开处未采集`
      : `part of each report's posts drawn, per ${length}; A n = ${integer(totals[0]!, language)}, B n = ${integer(totals[1]!, language)}; ${days ? "days" : "hours"} from the begin of each; broken where nothing was collected`,
    body: {
      kind: "vega-lite",
      spec: {
        height: 220,
        data: { values },
        mark: { type: "line" },
        encoding: {
          x: { field: "at", type: "quantitative", axis: { title: null, grid: false }, scale: { nice: false } },
          y: { field: "part", type: "quantitative", axis: { title: null, format: ".1%" } },
          color: { field: "series", type: "nominal", scale: { domain: ["A", "B"], range: [palette.accent, palette.categories[5]!] } },
          detail: { field: "piece", type: "nominal" },
        },
      },
    },
    table: {
      columns: [{ key: "day", label: zh ? "距起点" : "from the begin" }, ...(["A", "B"] as const).flatMap((key) => [{ key, label: zh ? `${key} 帖文` : `${key} posts`, align: "right" as const }, { key: `${key}.share`, label: zh ? `${key} 占比` : `${key} share`, align: "right" as const }])],
      rows: rowsOf(curves, totals, language),
    },
  };
}

/** One row a day from the begin; a day that was not collected in part is unknown. Bins longer than a day: one row a bin. */
function rowsOf(curves: [Curve, Curve], totals: readonly number[], language: Language): Record<string, string>[] {
  const zh = language === "zh";
  const step = Math.max(1, Math.round(dayMs / curves[0].width_ms));
  const number = Math.ceil(Math.max(...curves.map(({ bins }) => bins.length)) / step);
  return Array.from({ length: number }, (_, day) => {
    const cells = curves.flatMap(({ bins }, i) => {
      const part = bins.slice(day * step, (day + 1) * step);
      const posts = part.length === 0 ? undefined : part.includes(null) ? null : (part as number[]).reduce((sum, one) => sum + one, 0);
      return [["AB"[i]!, posts === undefined ? "—" : integer(posts, language)], [`${"AB"[i]!}.share`, posts === undefined ? "—" : share(posts === null ? null : posts / totals[i]!, language)]];
    });
    return { day: zh ? `第 ${day + 1} 天` : `day ${day + 1}`, ...(Object.fromEntries(cells) as Record<string, string>) };
  });
}
