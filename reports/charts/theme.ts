/**
 * The one visual system of page and charts. Charts carry the light colours as plain hex; the page's stylesheet gives each hex its dark
 * counterpart (see `darkRules`), so an SVG also stands alone in Word or as a picture.
 */

/** Every colour the report may use, light and dark. Only these hex values follow the theme; others stay as they are. */
export const colours = {
  /** Text, and text on pale marks. */
  ink: ["#1c2329", "#e6eaee"],
  /** Secondary text, axis labels. */
  soft: ["#55616d", "#a7b2bd"],
  /** Rules, grid. */
  line: ["#e1e6eb", "#2d363f"],
  /** Cards, table stripes. */
  tint: ["#f5f7f9", "#1b2127"],
  /** Page; also text on strong marks and gaps between marks. */
  paper: ["#ffffff", "#14181c"],
  accent: ["#24476b", "#8fb7e0"],
  muted: ["#b4bcc5", "#5d6873"],
  positive: ["#1f7a8c", "#62cbdc"],
  neutral: ["#b3bac2", "#66717c"],
  negative: ["#b84a22", "#f08a5d"],
  media: ["#3b6fb6", "#5b8fe0"],
  official: ["#bb8f14", "#ecd06a"],
  public: ["#7d2f6c", "#b95aa2"],
  green: ["#0f5c4a", "#2b8a6e"],
  sky: ["#7fc1e8", "#9ad2ee"],
  orange: ["#c8603a", "#e0763f"],
  step1: ["#e8eef5", "#1f2a36"],
  step2: ["#cbd9e8", "#2c4056"],
  step3: ["#93b0ce", "#3e5f82"],
  step4: ["#4f78a3", "#5a86b3"],
  step5: ["#39608c", "#84afd8"],
  step6: ["#25486c", "#b9d8f2"],
} as const satisfies Record<string, readonly [light: string, dark: string]>;

const light = Object.fromEntries(Object.entries(colours).map(([name, pair]) => [name, pair[0]])) as Record<keyof typeof colours, string>;

/**
 * Colours for chart specs; the meaning of a name is the same in every chart. Told apart with protanopia, deuteranopia and tritanopia
 * (test/html/theme.test.ts). Labels on `sequential` steps 1–3 take `ink`, on 4–6 `paper`: both stay readable in dark mode.
 */
export const palette = {
  /** A single series, the thing spoken of. */
  accent: light.accent,
  /** The rest: 其他, background bars, bands. */
  muted: light.muted,
  positive: light.positive,
  neutral: light.neutral,
  negative: light.negative,
  media: light.media,
  official: light.official,
  public: light.public,
  /** Six classes without an order. */
  categories: [light.media, light.official, light.public, light.green, light.sky, light.orange] as string[],
  /** Few to many, six steps; use with a quantize, quantile or threshold scale: interpolated colours do not follow dark mode. */
  sequential: [light.step1, light.step2, light.step3, light.step4, light.step5, light.step6] as string[],
  ink: light.ink,
  soft: light.soft,
  paper: light.paper,
};

/** Windows, macOS, iOS, Linux, Android. */
export const fonts = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC",system-ui,sans-serif';

/** `--c-ink:#1c2329;…` of one scheme, for a CSS rule. */
export function properties(scheme: "light" | "dark"): string {
  return Object.entries(colours).map(([name, pair]) => `--c-${name}:${pair[scheme === "light" ? 0 : 1]}`).join(";");
}

/** CSS that turns each theme colour of an inlined SVG to its dark counterpart. White and black count as paper and ink. */
export function darkRules(): string {
  const pairs: (readonly [string, string])[] = [...Object.values(colours)];
  for (const white of ["white", "#fff"]) pairs.push([white, colours.paper[1]]);
  for (const black of ["black", "#000", "#000000"]) pairs.push([black, colours.ink[1]]);
  return pairs.map(([from, to]) => ["fill", "stroke"].map((name) => `.chart [${name}="${from}" i]{${name}:${to}}`).join("")).join("\n");
}

const label = { labelColor: light.soft, labelFontSize: 12, titleColor: light.soft, titleFontSize: 12, titleFontWeight: "normal" } as const;

/** Vega-Lite `config` of every chart. Marks have no ARIA of their own: the whole picture has one name and a table beside it. */
export const config = {
  aria: false,
  background: null,
  font: "sans-serif",
  padding: 4,
  view: { stroke: null },
  axis: { ...label, grid: true, gridColor: light.line, domain: false, ticks: false, labelPadding: 6, titlePadding: 10, labelLimit: 180 },
  axisQuantitative: { tickCount: 5 },
  axisBand: { grid: false },
  axisX: { labelFlush: true, labelOverlap: true, labelSeparation: 8 },
  legend: { ...label, orient: "top", direction: "horizontal", labelLimit: 200, symbolType: "square", symbolSize: 110, symbolStrokeWidth: 0, columnPadding: 16, rowPadding: 4, offset: 10, title: null },
  header: label,
  mark: { color: light.accent },
  bar: { color: light.accent },
  rect: { color: light.accent },
  line: { color: light.accent, strokeWidth: 2, strokeJoin: "round", strokeCap: "round" },
  area: { color: light.accent, line: false },
  point: { color: light.accent, filled: true, size: 48 },
  rule: { color: light.soft },
  text: { color: light.ink, fontSize: 12 },
  scale: { barBandPaddingInner: 0.28 },
  range: { category: palette.categories, ordinal: palette.sequential, ramp: palette.sequential, heatmap: palette.sequential },
};
