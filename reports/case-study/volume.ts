import type { z } from "zod";
import { phaseWords } from "../../analyzers/event/phases.ts";
import { volume as analyzer } from "../../analyzers/event/volume.ts";
import type { Finding } from "../../analyzers/contract.ts";
import type { Language } from "../../pipeline/errors.ts";
import { fields, kinds, lenses } from "../../pipeline/schema.ts";
import { palette } from "../charts/theme.ts";
import { mostTips, postsText, tip, tipLayer, tipped } from "../charts/tip.ts";
import type { Chart, Part, Section, Sentence } from "../contract.ts";
import { instant, integer, wholes } from "../format.ts";
import { nameOf } from "../names.ts";
import { moment } from "../narrative/moment.ts";
import { leastForShares } from "../narrative/gates.ts";
import { teller, titled } from "../narrative/say.ts";

type Data = z.infer<typeof analyzer.data>;
type Group = "field" | "kind";
type Key = (typeof fields)[number] | (typeof kinds)[number];

const dayMs = 86_400_000;

export const volume: Section<Data> = {
  id: "volume",
  heading: { zh: "声量趋势", en: "Volume" },

  tell(finding, language) {
    if (finding.status !== "ok") return [];
    const zh = language === "zh";
    const { say, fact, figure } = teller(finding, language);
    const { data } = finding;
    const measure = figure("total.posts").value! < leastForShares ? "posts" : "share";
    const part = (group: Group, key: string, shown: string): Part[] => (measure === "posts" ? [`${nameOf(group, key, language)} `, fact(`${group}.posts.${key}`)] : [`${nameOf(group, key, language)}${zh ? "占" : ""} `, fact(`${group}.share.${key}`, shown)]);
    const present = (group: Group, keys: readonly string[]) => keys.filter((key) => (figure(`${group}.${measure}.${key}`).value ?? 0) > 0);
    const list = (group: Group, keys: readonly string[]): Part[] => {
      const shown = wholes(present(group, keys).map((key) => figure(`${group}.share.${key}`).value!), language);
      return present(group, keys).flatMap((key, i) => [i > 0 ? (zh ? "、" : ", ") : "", ...part(group, key, shown[i]!)]);
    };
    const [only, ...more] = present("field", fields);
    const groups: Part[] = [...(more.length > 0 ? list("field", fields) : [zh ? "均为" : "all ", nameOf("field", only!, language)]), ...(present("kind", kinds).length > 1 ? [zh ? "；" : "; ", ...list("kind", kinds)] : [])];
    const peak = (lens: string) => fact(`peak.day.${lens}`, moment(figure(`peak.day.${lens}`).value!, language, data.utc_offset_ms, "day"));
    const share: Part[] = finding.coverage.posts < leastForShares ? [] : zh ? ["，占有时间帖文的 ", fact("peak.share.posts")] : [", ", fact("peak.share.posts"), " of those with a time"];
    const rivals = lenses.filter((lens) => lens !== "posts" && data.peak_days[lens] && data.peak_days[lens].day !== data.peak_days.posts!.day);
    const others = rivals.flatMap((lens, i): Part[] => [i > 0 ? (zh ? "，" : "; ") : "", `${nameOf("lens", lens, language)}${zh ? "为" : ": "}`, peak(lens)]);
    return [
      zh ? say`共 ${fact("total.posts")}，${more.length > 0 ? "其中" : ""}${groups}。` : say`${fact("total.posts")} in all: ${groups}.`,
      zh ? say`帖文最多的一天是 ${peak("posts")}，共 ${fact("peak.value.posts")}${share}。` : say`The day with most posts is ${peak("posts")}: ${fact("peak.value.posts")}${share}.`,
      ...(rivals.length > 0 ? [zh ? say`换一种计数口径，最多的一天不同：${others}。` : say`Counted otherwise, the day with most is another: ${others}.`] : []),
      ...(data.bins.some(({ missing }) => missing) ? [zh ? say`图中留空处应是未采集，不是没有帖文。` : say`Blanks in the chart were probably not collected; they are not silence.`] : []),
    ];
  },

  charts(finding, language) {
    const charts = [chart(finding, "field", fields, language)];
    if (kinds.filter((kind) => finding.data.days.some((day) => day[kind] > 0)).length > 1) charts.push(chart(finding, "kind", kinds, language));
    return charts;
  },
};

const colours: Record<Key, string> = { media: palette.media, official: palette.official, public: palette.public, original: palette.categories[3]!, repost: palette.categories[4]!, comment: palette.categories[5]! };

/** Stacked steps over time with the phases above, milestones as numbered rules, and blanks where nothing was collected. */
function chart(finding: Finding<Data>, group: Group, keys: readonly Key[], language: Language): Chart {
  const zh = language === "zh";
  const { data } = finding;
  const name = (key: Key) => nameOf(group, key, language);
  const present = keys.filter((key) => data.days.some((day) => day[key] > 0));
  const local = (ms: number) => ms + data.utc_offset_ms;
  const width = data.width_ms!;
  const [first, end] = [local(data.bins[0]!.start_ms), local(data.bins.at(-1)!.start_ms + width)];
  // Layers share the scale; its domain may be given once only.
  const x = { type: "temporal", scale: { type: "utc" } };
  const shown = data.milestones.map(({ ms }, i) => ({ at: local(ms), no: String(i + 1), y: 8 + 12 * (i % 3) })).filter(({ at }) => at >= first && at < end);
  const bands = data.phases.map(({ name, from_ms, to_ms }) => ({ from: local(from_ms), to: local(to_ms), middle: (local(from_ms) + local(to_ms)) / 2, burst: name === "burst", phase: phaseWords[name][language].replace(/ phase$/, "") }));
  const holes = runsOf(data.bins.map(({ missing }) => missing)).map(([from, to]) => ({ middle: first + ((from + to) / 2) * width, share: (to - from) / data.bins.length, text: zh ? "未采集" : "no data" }));
  const turns = group === "field" ? data.turns.map((ms) => ({ at: local(ms) })) : [];
  const drawn = data.bins.reduce((sum, { posts }) => sum + posts, 0);
  const total = (key: Key) => data.days.reduce((sum, day) => sum + day[key], 0);
  const hours = width / 3_600_000;
  const count = (bin: Data["bins"][number], key: Key) => `${name(key)} ${integer(bin[key], language)}`;
  const tips = data.bins.length > mostTips ? [] : data.bins.filter(({ missing }) => !missing).map((bin) => ({ from: local(bin.start_ms), to: local(bin.start_ms + width), tip: tip(instant(bin.start_ms, language, data.utc_offset_ms, width === dayMs ? "day" : "minute"), postsText(bin.posts, language), present.length > 1 ? present.map((key) => count(bin, key)) : [], language) }));
  const unit = width === dayMs ? (zh ? "日" : "day") : hours === 1 ? (zh ? "小时" : "hour") : hours < 1 ? (zh ? " 10 分钟" : "10 min") : zh ? ` ${hours} 小时` : `${hours} h`;
  return {
    id: `volume-${group}`,
    ...titled(group === "field" ? mostOn(finding, language) : [mostOf(present, total, language)]),
    note: [
      zh ? `单位：条，每${unit}一档；n = ${integer(drawn, language)}，含转发` : `posts per ${unit}; n = ${integer(drawn, language)}, reposts included`,
      ...(shown.length > 0 ? [milestones(data, shown.map(({ no }) => no), group, language)] : []),
      ...(turns.length > 0 ? [`${shown.length > 1 ? "\n" : ""}${zh ? "三角为转折点" : "triangles are turning points"}`] : []),
      ...(holes.length > 0 ? [zh ? "留空为未采集" : "blanks were not collected"] : []),
    ].join(zh ? "；" : "; "),
    body: {
      kind: "vega-lite",
      spec: {
        height: 240,
        layer: [
          { data: { values: bands.filter((_, i) => i % 2 === 0) }, mark: { type: "rect", color: palette.muted, opacity: 0.18 }, encoding: { x: { field: "from", ...x }, x2: { field: "to" } } },
          {
            data: { values: steps(data, present, first, width, name) },
            mark: { type: "area", interpolate: "step-after" },
            encoding: {
              x: { field: "at", type: "temporal", scale: { type: "utc", domain: [first, end], nice: false }, axis: { title: null, grid: false, tickCount: 6 } },
              y: { field: "low", type: "quantitative", axis: { title: null, format: "~s", tickMinStep: 1 } },
              y2: { field: "high" },
              color: { field: "series", type: "nominal", scale: { domain: present.map(name), range: present.map((key) => colours[key]) }, legend: { offset: 26 } },
              detail: { field: "piece", type: "nominal" },
            },
          },
          { data: { values: legible(bands, end - first) }, mark: { type: "text", baseline: "bottom", y: -3, color: palette.soft }, encoding: { x: { field: "middle", ...x }, text: { field: "phase" } } },
          ...(holes.length > 0 ? [{ data: { values: holes.filter(({ share }) => share >= 0.03) }, mark: { type: "text", angle: 270, color: palette.soft, y: { expr: "height / 2" } }, encoding: { x: { field: "middle", ...x }, text: { field: "text" } } }] : []),
          ...(turns.length > 0 ? [{ data: { values: turns }, mark: { type: "point", shape: "triangle-down", size: 90, opacity: 1, fill: palette.ink, stroke: palette.paper, strokeWidth: 1.5, y: { expr: "height - 10" } }, encoding: { x: { field: "at", ...x } } }] : []),
          ...(shown.length > 0
            ? [
                { data: { values: shown }, mark: { type: "rule", strokeDash: [3, 3] }, encoding: { x: { field: "at", ...x } } },
                { data: { values: shown }, mark: { type: "point", size: 170, fill: palette.paper, opacity: 0.85, strokeWidth: 0, xOffset: 7 }, encoding: { x: { field: "at", ...x }, y: { field: "y", type: "quantitative", scale: null } } },
                { data: { values: shown }, mark: { type: "text", align: "center", dx: 7 }, encoding: { x: { field: "at", ...x }, y: { field: "y", type: "quantitative", scale: null }, text: { field: "no" } } },
              ]
            : []),
          ...(tips.length > 0 ? [{ name: tipLayer, data: { values: tips }, mark: { type: "rect", opacity: 0 }, encoding: { x: { field: "from", ...x }, x2: { field: "to" }, ...tipped } }] : []),
        ],
      },
    },
    table: {
      columns: [{ key: "day", label: zh ? "日期" : "day" }, { key: "posts", label: zh ? "帖文数" : "posts", align: "right" }, ...present.map((key) => ({ key, label: name(key), align: "right" as const }))],
      rows: data.days.map((day) => ({ day: instant(day.day * dayMs, language, 0, "day"), posts: integer(day.posts, language), ...Object.fromEntries(present.map((key) => [key, integer(day[key], language)])) })),
    },
  };
}

/** What the numbered rules are, several one a line; spelt out below the first chart only. */
function milestones(data: Data, numbers: readonly string[], group: Group, language: Language): string {
  const zh = language === "zh";
  if (group === "kind") return zh ? "竖线为节点，编号同上图" : "rules are milestones, numbered as above";
  const line = numbers.length > 1 ? "\n" : "";
  return `${zh ? "竖线为节点：" : "rules are milestones: "}${numbers.map((no) => `${line}${no} ${data.milestones[Number(no) - 1]!.text}`).join(zh ? "；" : "; ")}`;
}

function mostOn(finding: Finding<Data>, language: Language): Sentence {
  const { say, fact, figure } = teller(finding, language);
  const day = fact("peak.day.posts", instant(figure("peak.day.posts").value, language, finding.data.utc_offset_ms, "day"));
  return language === "zh" ? say`${day}帖文最多，共 ${fact("peak.value.posts")}` : say`Most posts on ${day}: ${fact("peak.value.posts")}`;
}

function mostOf(present: readonly Key[], total: (key: Key) => number, language: Language): string {
  const zh = language === "zh";
  const [top, second] = [...present].sort((a, b) => total(b) - total(a));
  const lead = nameOf("kind", top!, language);
  if (second && total(top!) === total(second)) return zh ? "帖文类型随时间的变化" : "Kinds of posts over time";
  return zh ? `${lead}多于其他类型` : `More ${lead} than other kinds`;
}

/** Points of the stacked step areas: one a bin and one at the end of each unbroken piece. Stacked here: Vega-Lite would fill the blanks. */
function steps(data: Data, present: readonly Key[], first: number, width: number, name: (key: Key) => string) {
  return runsOf(data.bins.map(({ missing }) => !missing)).flatMap(([from, to], piece) =>
    Array.from({ length: to - from + 1 }, (_, i) => from + i).flatMap((at) => {
      const bin = data.bins[Math.min(at, to - 1)]!;
      let high = 0;
      return present.map((key) => {
        const low = high;
        high += bin[key];
        return { at: first + at * width, series: name(key), piece, low, high };
      });
    }),
  );
}

/** Bands whose names do not run into each other, the burst first, then the longer ones. A name takes about 14 % of a narrow picture. */
function legible<B extends { from: number; to: number; middle: number; burst: boolean }>(bands: readonly B[], span: number): B[] {
  const kept: B[] = [];
  for (const band of [...bands].sort((a, b) => Number(b.burst) - Number(a.burst) || b.to - b.from - (a.to - a.from) || a.from - b.from)) {
    if (kept.every(({ middle }) => Math.abs(middle - band.middle) >= 0.14 * span)) kept.push(band);
  }
  return kept.sort((a, b) => a.from - b.from);
}

/** [from, to) of each run of true. */
function runsOf(flags: readonly boolean[]): [from: number, to: number][] {
  const out: [number, number][] = [];
  flags.forEach((flag, i) => {
    if (flag && flags[i - 1]) out.at(-1)![1] = i + 1;
    else if (flag) out.push([i, i + 1]);
  });
  return out;
}
