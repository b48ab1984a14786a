import type { z } from "zod";
import type { cascades } from "../../analyzers/event/cascades.ts";
import { printable, type Language } from "../../pipeline/errors.ts";
import type { Chart } from "../contract.ts";
import { instant, integer, share } from "../format.ts";
import { palette } from "./theme.ts";
import { tip, tipped } from "./tip.ts";

type Data = z.infer<typeof cascades.data>;
type Picture = Data["pictures"][number];
type Strip = Picture["strips"][number];

/** Lower bounds of the second to sixth colour: reposts in one part of the time. */
const steps = [3, 10, 30, 100, 300];
/** Px of a row: its label stands above its strip. */
const step = 40;

/**
 * A cascade of any size: one strip of time for the whole, one for each of the largest branches below the one of which it is a part, one for the rest, one for each depth.
 * A dot marks where a branch begins.
 */
export function cascadeChart({ no, from_ms, to_ms, strips }: Picture, cascade: Data["cascades"][number] | undefined, utcOffsetMs: number, language: Language): Chart {
  const zh = language === "zh";
  const rows = placed(strips);
  const all = strips.find(({ kind }) => kind === "all")!.posts;
  const width = (to_ms - from_ms) / Math.max(1, strips[0]!.course.length);
  // Drawn in local time on a UTC scale: the picture must not depend on the machine's zone.
  const local = (ms: number): number => ms + utcOffsetMs;
  const parts = rows.flatMap(({ strip }, row) => strip.course.flatMap((posts, i) => (posts === 0 ? [] : [{ from: local(from_ms + i * width), to: local(from_ms + (i + 1) * width), top: row + 0.52, bottom: row + 0.86, posts, tip: tip(nameOf(strip, cascade, language), `${integer(posts, language)} ${zh ? "次转发" : "reposts"}`, [`${instant(from_ms + i * width, language, utcOffsetMs)} ${zh ? "起" : "on"}`], language) }])));
  const begins = rows.flatMap(({ strip }, row) => (strip.kind !== "branch" || strip.ms === null || strip.ms > to_ms ? [] : [{ at: local(Math.max(from_ms, strip.ms)), row: row + 0.69 }]));
  const labels = rows.map(({ strip, level }, row) => ({ at: local(from_ms), row: row + 0.3, label: labelOf(strip, level, all, cascade, language), strong: strip.kind === "all" ? 1 : 0 }));
  const x = (field: string) => ({ field, type: "temporal", scale: { type: "utc", nice: false }, axis: { title: null, grid: false, tickCount: 4 } });
  const y = (field: string) => ({ field, type: "quantitative", scale: { domain: [0, rows.length], reverse: true, nice: false, zero: false }, axis: null });
  const later = all - strips.find(({ kind }) => kind === "all")!.course.reduce((sum, posts) => sum + posts, 0);
  return {
    id: `cascades-${no}`,
    title: titleOf(strips, all, cascade, language),
    note: zh ? `每格为全程的 1/${strips[0]!.course.length}，颜色为格内转发：${["1–2", "3–9", "10–29", "30–99", "100–299", "300+"].join("、")}（由浅到深）；圆点为该支开始${later > 0 ? `；此后或时间不明的 ${integer(later, language)} 条未画` : ""}` : `a cell is 1/${strips[0]!.course.length} of the time; colour, pale to dark, by its reposts: 1–2, 3–9, 10–29, 30–99, 100–299, 300+; a dot is where a branch begins${later > 0 ? `; ${integer(later, language)} later or of unknown time are not drawn` : ""}`,
    body: {
      kind: "vega-lite",
      spec: {
        layer: [
          { data: { values: parts }, mark: { type: "rect" }, encoding: { x: x("from"), x2: { field: "to" }, y: y("top"), y2: { field: "bottom" }, color: { field: "posts", type: "quantitative", scale: { type: "threshold", domain: steps, range: palette.sequential }, legend: null }, ...tipped } },
          { data: { values: begins }, mark: { type: "point", color: palette.categories[5], size: 50, opacity: 1 }, encoding: { x: x("at"), y: y("row") } },
          ...[0, 1].map((strong) => ({ data: { values: labels.filter((label) => label.strong === strong) }, mark: { type: "text", align: "left", baseline: "middle", ...(strong === 1 && { fontWeight: "bold" }) }, encoding: { x: x("at"), y: y("row"), text: { field: "label" } } })),
        ].filter(({ data }) => data.values.length > 0), // a layer without rows has no extent
        height: step * rows.length,
      },
    },
    table: {
      columns: [
        { key: "what", label: zh ? "部分" : "part" },
        { key: "of", label: zh ? "所属" : "part of" },
        { key: "begin", label: zh ? "起于" : "begins" },
        { key: "posts", label: zh ? "其中转发" : "reposts", align: "right" },
        { key: "share", label: zh ? "占这棵树" : "of the cascade", align: "right" },
      ],
      rows: rows.map(({ strip }) => ({
        what: nameOf(strip, cascade, language),
        of: strip.kind !== "branch" ? "—" : strip.above === 0 ? (zh ? "原帖" : "first post") : `${zh ? "分支" : "branch"} ${strip.above}`,
        begin: strip.kind === "branch" ? instant(strip.ms, language, utcOffsetMs) : strip.kind === "all" ? instant(from_ms, language, utcOffsetMs) : "—",
        posts: integer(strip.posts, language),
        share: share(all === 0 ? null : strip.posts / all, language),
      })),
    },
  };
}

/** The strips in the order of the picture: every branch below that of which it is a part. */
function placed(strips: readonly Strip[]): { strip: Strip; level: number }[] {
  const branches = strips.filter(({ kind }) => kind === "branch");
  const below = (above: number, level: number): { strip: Strip; level: number }[] => branches.filter((strip) => strip.above === above).flatMap((strip) => [{ strip, level }, ...below(strip.no, level + 1)]);
  const flat = (kind: Strip["kind"]) => strips.filter((strip) => strip.kind === kind).map((strip) => ({ strip, level: 0 }));
  return [...flat("all"), ...below(0, 1), ...flat("rest"), ...flat("depth")];
}

function nameOf({ kind, no, author_name }: Strip, cascade: Data["cascades"][number] | undefined, language: Language): string {
  const zh = language === "zh";
  if (kind === "all") return cascade?.author_name ? `${zh ? "原帖 " : "first post by "}${short(cascade.author_name)}` : zh ? "整棵树" : "whole cascade";
  if (kind === "rest") return zh ? "不在以上分支中的" : "in none of these branches";
  if (kind === "depth") return zh ? `第 ${no} 层${no === 6 ? "及更深" : ""}` : `level ${no}${no === 6 ? " and deeper" : ""}`;
  return `${no}. ${author_name === null ? (zh ? "未知账号" : "unknown account") : short(author_name)}`;
}

function labelOf(strip: Strip, level: number, all: number, cascade: Data["cascades"][number] | undefined, language: Language): string {
  const part = strip.kind === "all" || all === 0 ? "" : language === "zh" ? `（${share(strip.posts / all, language)}）` : ` (${share(strip.posts / all, language)})`;
  const unit = language === "zh" ? " 条" : "";
  return `${level > 1 ? `${"　".repeat(Math.min(level, 5) - 2)}└ ` : ""}${nameOf(strip, cascade, language)}${language === "zh" ? "：" : ": "}${integer(strip.posts, language)}${unit}${part}`;
}

function titleOf(strips: readonly Strip[], all: number, cascade: Data["cascades"][number] | undefined, language: Language): string {
  const zh = language === "zh";
  const [top] = strips.filter(({ kind }) => kind === "branch");
  if (top !== undefined && top.author_name !== null && top.posts >= 0.1 * all) return zh ? `${short(top.author_name)}一支带来这棵转发树的 ${share(top.posts / all, language)}` : `${short(top.author_name)}: ${share(top.posts / all, language)} of this cascade in one branch`;
  const first = strips.find(({ kind, no }) => kind === "depth" && no === 1);
  if (first !== undefined && first.posts >= 0.5 * all) return zh ? `${share(first.posts / all, language)} 直接转发原帖` : `${share(first.posts / all, language)} repost the first post itself`;
  return zh ? `${cascade?.author_name ? `${short(cascade.author_name)}的` : ""}转发树` : "A cascade over time";
}

const short = (name: string): string => {
  const characters = [...printable(name.replace(/\s+/gu, " ").trim())];
  return characters.length > 12 ? `${characters.slice(0, 12).join("")}…` : characters.join("");
};
