import { least } from "../../pipeline/digest/change.ts";
import type { Digest } from "../../pipeline/digest/schema.ts";
import { datesOf, dayOf } from "../../pipeline/digest/span.ts";
import type { Language } from "../../pipeline/errors.ts";
import { fields } from "../../pipeline/schema.ts";
import { palette } from "../charts/theme.ts";
import type { Chart } from "../contract.ts";
import { integer, share } from "../format.ts";
import { nameOf } from "../names.ts";
import { arrow, beforeName, clean, dateText, datesText } from "./words.ts";

const dayMs = 86_400_000;
/** Bars of platforms that are drawn; the rest is one bar. */
const mostPlatforms = 8;

interface Platform {
  name: string;
  posts: number;
  fields: Map<string, number>;
}

/** New posts by platform, split by field; the table has each pair with its change. null without new posts. */
export function platformChart(digest: Digest, language: Language): Chart | null {
  const zh = language === "zh";
  const total = digest.fresh.now;
  if (total === 0) return null;
  const all = platformsOf(digest, language);
  const shown = all.length <= mostPlatforms ? all : [...all.slice(0, mostPlatforms - 1), rest(all.slice(mostPlatforms - 1), language)];
  const colours = { media: palette.media, official: palette.official, public: palette.public };
  const present = fields.filter((field) => all.some((one) => one.fields.has(field)));
  const values = shown.flatMap((one) => present.map((field, order) => ({ name: one.name, field: nameOf("field", field, language), posts: one.fields.get(field) ?? 0, order })));
  const y = { field: "name", type: "nominal", sort: null, axis: { title: null } };
  return {
    id: "digest-platforms",
    title: platformTitle(all, total, language),
    note: zh ? `单位：条；n = ${integer(total, language)}，为本期新增，含转发` : `posts; n = ${integer(total, language)}, new in this period, reposts included`,
    body: {
      kind: "vega-lite",
      spec: {
        height: { step: 26 },
        layer: [
          {
            data: { values },
            mark: { type: "bar" },
            encoding: {
              y,
              x: { field: "posts", type: "quantitative", axis: { title: null, format: "~s", tickMinStep: 1 } },
              color: { field: "field", type: "nominal", scale: { domain: present.map((field) => nameOf("field", field, language)), range: present.map((field) => colours[field]) } },
              order: { field: "order", type: "quantitative" },
            },
          },
          { data: { values: shown.map(({ name, posts }) => ({ name, posts, label: label(posts, total, language) })) }, mark: { type: "text", align: "left", dx: 4 }, encoding: { y, x: { field: "posts", type: "quantitative" }, text: { field: "label" } } },
        ],
      },
    },
    table: {
      columns: [
        { key: "platform", label: zh ? "平台" : "platform" },
        { key: "field", label: zh ? "来源" : "field" },
        { key: "posts", label: zh ? "新增" : "new", align: "right" },
        { key: "share", label: zh ? "占比" : "share", align: "right" },
        { key: "before", label: zh ? beforeName(digest, language) : "before", align: "right" },
        { key: "change", label: zh ? "变化" : "change", align: "right" },
      ],
      rows: digest.platforms.map(({ platform, field, fresh }) => ({
        platform: clean(nameOf("platform", platform, language), 40),
        field: nameOf("field", field, language),
        posts: integer(fresh.now, language),
        share: total < least ? "—" : share(fresh.now / total, language),
        before: fresh.before === null ? "—" : integer(fresh.before, language),
        change: arrow(fresh, language),
      })),
    },
  };
}

const label = (posts: number, total: number, language: Language): string => (total < least ? integer(posts, language) : `${integer(posts, language)} · ${share(posts / total, language)}`);

function platformsOf(digest: Digest, language: Language): Platform[] {
  const platforms = new Map<string | null, Platform>();
  for (const { platform, field, fresh } of digest.platforms) {
    if (fresh.now === 0) continue;
    if (!platforms.has(platform)) platforms.set(platform, { name: clean(nameOf("platform", platform, language), 40), posts: 0, fields: new Map() });
    const one = platforms.get(platform)!;
    one.posts += fresh.now;
    one.fields.set(field, (one.fields.get(field) ?? 0) + fresh.now);
  }
  return [...platforms.values()].sort((a, b) => b.posts - a.posts || (a.name < b.name ? -1 : 1));
}

function rest(platforms: readonly Platform[], language: Language): Platform {
  const sums = new Map<string, number>();
  for (const [field, posts] of platforms.flatMap((one) => [...one.fields])) sums.set(field, (sums.get(field) ?? 0) + posts);
  return { name: language === "zh" ? `其余 ${platforms.length} 个` : `${platforms.length} others`, posts: platforms.reduce((sum, { posts }) => sum + posts, 0), fields: sums };
}

function platformTitle(platforms: readonly Platform[], total: number, language: Language): string {
  const zh = language === "zh";
  const [first, second] = platforms;
  if (second === undefined) return zh ? `新增帖文均来自${first!.name}` : `All new posts come from ${first!.name}`;
  if (total < least || first!.posts === second.posts) return zh ? "新增帖文的平台分布" : "New posts by platform";
  return zh ? `${first!.name}居首，占新增的 ${share(first!.posts / total, language)}` : `${first!.name} leads with ${share(first!.posts / total, language)} of new posts`;
}

/** Posts by day of publication, key dates as bands with numbers, days that stand out in strong colour. */
export function dayChart(digest: Digest, language: Language): Chart | null {
  const days = digest.days;
  if (days === null || days.every(({ posts }) => posts === null || posts === 0)) return null;
  const zh = language === "zh";
  const high = new Set(digest.peaks?.found.map(({ date }) => date));
  const at = (date: string): number => dayOf(date) * dayMs;
  const bars = days.flatMap(({ date, posts, open }) => (posts === null ? [] : [{ from: at(date) + 0.12 * dayMs, to: at(date) + 0.88 * dayMs, middle: at(date) + dayMs / 2, posts, zero: 0, strong: high.size === 0 || high.has(date), open, label: integer(posts, language), high: high.has(date) }]));
  const bands = keyBands(days);
  const marks = bands.map(({ from, to }, i) => ({ from: at(from), to: at(to) + dayMs, middle: (at(from) + at(to) + dayMs) / 2, no: String(i + 1), y: -6 - 12 * (i % 2) }));
  const blanks = days.filter(({ posts }) => posts === null).map(({ date }) => ({ middle: at(date) + dayMs / 2, text: zh ? "缺" : "–" }));
  const x = { type: "temporal", scale: { type: "utc", nice: false } };
  // Vega-Lite takes no domain beside x2: two unseen points stretch the scale over all days, those without a bar too.
  const ends = [at(days[0]!.date), at(days.at(-1)!.date) + dayMs].map((ms) => ({ ms }));
  const axis = { title: null, grid: false, tickCount: days.length <= 7 ? days.length : 6, format: zh ? "%-m月%-d日" : "%-d %b" };
  const layers = [bars.filter((bar) => bar.strong && !bar.open), bars.filter((bar) => !bar.strong || bar.open)].filter((values) => values.length > 0);
  const total = days.reduce((sum, { posts }) => sum + (posts ?? 0), 0);
  return {
    id: "digest-days",
    title: dayTitle(digest, days, language),
    note: [
      zh ? `单位：条，按发布日；n = ${integer(total, language)}` : `posts by day of publication; n = ${integer(total, language)}`,
      ...(bands.length > 0 ? [`${zh ? "色带为关键日期：" : "bands are key dates: "}${bands.map(({ name, from, to }, i) => `${i + 1} ${clean(name[language], 30)}（${datesText(datesOf({ from, to }), language)}）`).join(zh ? "、" : ", ")}`] : []),
      ...(blanks.length > 0 ? [zh ? "“缺”为未采集，不是没有帖文" : "– was not collected; it is not silence"] : []),
      ...(bars.some(({ open }) => open) ? [zh ? "浅色为采集时尚未结束的一天" : "the pale bar is a day that had not ended"] : []),
    ].join(zh ? "；" : "; "),
    body: {
      kind: "vega-lite",
      spec: {
        height: 200,
        layer: [
          { data: { values: ends }, mark: { type: "point", opacity: 0 }, encoding: { x: { field: "ms", ...x, axis } } },
          ...(marks.length > 0 ? [{ data: { values: marks }, mark: { type: "rect", color: palette.muted, opacity: 0.3 }, encoding: { x: { field: "from", ...x }, x2: { field: "to" } } }] : []),
          ...layers.map((values) => ({
            data: { values },
            mark: { type: "rect", color: values[0]!.strong && !values[0]!.open ? palette.accent : palette.sequential[2] },
            encoding: { x: { field: "from", ...x, axis }, x2: { field: "to" }, y: { field: "zero", type: "quantitative", axis: { title: null, format: "~s", tickMinStep: 1 } }, y2: { field: "posts" } },
          })),
          ...[labelled(bars, days.length)].filter((values) => values.length > 0).map((values) => ({ data: { values }, mark: { type: "text", baseline: "bottom", dy: -2 }, encoding: { x: { field: "middle", ...x }, y: { field: "posts", type: "quantitative" }, text: { field: "label" } } })),
          ...(blanks.length > 0 ? [{ data: { values: blanks }, mark: { type: "text", color: palette.soft, y: 192 }, encoding: { x: { field: "middle", ...x }, text: { field: "text" } } }] : []),
          ...(marks.length > 0 ? [{ data: { values: marks }, mark: { type: "text", color: palette.soft, baseline: "bottom" }, encoding: { x: { field: "middle", ...x }, y: { field: "y", type: "quantitative", scale: null }, text: { field: "no" } } }] : []),
        ],
      },
    },
    table: {
      columns: [{ key: "day", label: zh ? "日期" : "day" }, { key: "posts", label: zh ? "帖文" : "posts", align: "right" }, { key: "dates", label: zh ? "关键日期" : "key dates" }],
      rows: days.map(({ date, posts, open, dates }) => ({
        day: dateText(date, language),
        posts: posts === null ? (zh ? "未采集" : "not collected") : `${integer(posts, language)}${open ? (zh ? "（未完）" : " (not over)") : ""}`,
        dates: dates.map((name) => clean(name[language], 30)).join(zh ? "、" : ", "),
      })),
    },
  };
}

/** Bars whose count is written above: all of a week; of more days those that stand out, the tallest first, four days apart so that the numbers do not run into each other. */
function labelled<B extends { middle: number; posts: number; high: boolean }>(bars: readonly B[], days: number): B[] {
  if (days <= 7) return [...bars];
  const kept: B[] = [];
  for (const bar of bars.filter(({ high }) => high).sort((a, b) => b.posts - a.posts || a.middle - b.middle)) if (kept.every(({ middle }) => Math.abs(middle - bar.middle) >= 4 * dayMs)) kept.push(bar);
  return kept;
}

function dayTitle(digest: Digest, days: NonNullable<Digest["days"]>, language: Language): string {
  const zh = language === "zh";
  const found = digest.peaks?.found ?? [];
  if (found.length > 0) {
    const dates = datesText(found.map(({ date }) => date), language);
    return zh ? `${dates}的帖文明显多于平日` : `${dates}: clearly more posts than on other days`;
  }
  if (digest.peaks !== null && digest.peaks.reason === null) return zh ? "各日帖文有起伏，没有哪一天明显突出" : "Posts rise and fall; no day stands out";
  const whole = days.flatMap(({ date, posts }) => (posts === null ? [] : [{ date, posts }])).sort((a, b) => b.posts - a.posts);
  const [first, second] = whole;
  if (first === undefined || second === undefined || first.posts === second.posts) return zh ? "各日帖文" : "Posts by day";
  return zh ? `${dateText(first.date, language)}帖文最多，${integer(first.posts, language)} 条` : `Most posts on ${dateText(first.date, language)}: ${integer(first.posts, language)}`;
}

type Band = { name: { zh: string; en: string }; from: string; to: string };

/** Consecutive days of one name as one band, in order of their first day. */
function keyBands(days: NonNullable<Digest["days"]>): Band[] {
  const bands: Band[] = [];
  for (const { date, dates } of days)
    for (const name of dates) {
      const last = bands.findLast((band) => band.name.zh === name.zh);
      if (last !== undefined && dayOf(date) === dayOf(last.to) + 1) last.to = date;
      else bands.push({ name, from: date, to: date });
    }
  return bands;
}


