import * as vega from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import type { Language } from "../../pipeline/errors.ts";
import type { Chart } from "../contract.ts";
import { escape, raw, type Html } from "../html/html.ts";
import { chartLocale } from "./locale.ts";
import { textWidth } from "./measure.ts";
import { config, fonts } from "./theme.ts";
import { tipLayer } from "./tip.ts";

// Vega guesses 0.8 em a character without a canvas: Chinese too narrow, Latin too wide. The override is Vega's own hook, missing from its typings.
interface TextItem {
  fontSize?: number;
  /** Px above which Vega cuts the text. */
  limit?: number;
}
const { textMetrics } = vega as unknown as { textMetrics: { width(item: TextItem, text: unknown): number; height(item: TextItem): number } };
textMetrics.width = (item, text) => Math.min(textWidth(String(text ?? "").trim(), textMetrics.height(item)), item.limit! > 0 ? item.limit! : Infinity);

/** Pictures below this width are for phones; their axis labels are cut at `narrowLabel` px. */
const narrow = 480;
const narrowLabel = 116;
/** Formats of axes that count: half a post gets no tick. */
const countFormats = new Set<unknown>(["~s", ",d"]);

export interface Drawing {
  language: Language;
  /** Whole picture in px, axes and padding included. A spec with its own width keeps it. */
  width?: number;
}

/**
 * Draws a chart as an SVG for inlining: one name for screen readers, ids that begin with `idPrefix`, no script, link, image or style attribute.
 * Same chart, same bytes, in every time zone. Throws on any warning of Vega-Lite or Vega, on local-time scales and on links.
 */
export async function draw(chart: Chart, idPrefix: string, { language, width = 720 }: Drawing): Promise<Html> {
  if (chart.body.kind === "svg") return chart.body.svg;
  const logger = recorder(chart.id);
  const fits = chart.body.spec.width === undefined && !composed(chart.body.spec);
  const { spec } = compile(sized(width < narrow ? untipped(chart.body.spec) : chart.body.spec, width, language) as unknown as TopLevelSpec, { config: config as never, logger });
  // Set here because Vega-Lite warns of any fit beside a step height.
  if (fits) spec.autosize = { type: "fit-x", contains: "padding", resize: true };
  for (const { scales = [], axes = [] } of groupsOf(spec as Group)) {
    if (scales.some(({ type }) => type === "time")) logger.warn('a "time" scale depends on the machine\'s zone; use scale: {type: "utc"}');
    for (const axis of axes) {
      if (width < narrow && Number(axis.labelLimit ?? narrowLabel) >= narrowLabel) axis.labelLimit = narrowLabel;
      if (countFormats.has(axis.format)) axis.tickMinStep ??= 1;
    }
  }
  logger.check();
  const view = new vega.View(vega.parse(spec), { renderer: "none", logger, loader: noLoader });
  (view as unknown as { locale(formats: unknown): void }).locale(chartLocale(language));
  // Labels and ticks move when the plot shrinks to make room for them; further layouts settle it.
  for (let pass = 1; pass < 3; pass++) await view.resize().runAsync();
  const svg = await view.resize().toSVG();
  view.finalize();
  // Titles of marks are attributes here, and may say anything.
  if (/<(a|image|script|foreignObject)\b|<[^>]* style=/.test(svg.replace(/ aria-label="[^"]*"/g, ""))) logger.warn("links, images and style attributes are not drawn");
  logger.check();
  return raw(dressed(svg, chart.title, idPrefix, width >= narrow));
}

/** Gives a single or layered view the full width; the parts of a composed one share it. On a narrow picture parts beside each other go below each other. */
function sized(spec: Record<string, unknown>, width: number, language: Language): Record<string, unknown> {
  const { hconcat, ...rest } = spec;
  if (hconcat !== undefined && width < narrow) return sized({ ...rest, vconcat: hconcat }, width, language);
  const parts = Array.isArray(hconcat) ? hconcat.length : 1;
  const inner = Math.floor(width / parts) - 100;
  // Three English words rarely fit in one row of a phone.
  const legend = width < narrow && language === "en" ? { ...config.legend, columns: 2 } : config.legend;
  const shared = { ...spec, config: { ...(spec.config as object | undefined), legend, view: { ...config.view, continuousWidth: inner, discreteWidth: inner } } };
  return composed(spec) || spec.width !== undefined ? shared : { ...shared, width };
}

/** Without the layers that only carry titles of marks. */
function untipped(spec: Record<string, unknown>): Record<string, unknown> {
  return Array.isArray(spec.layer) ? { ...spec, layer: spec.layer.filter((layer: { name?: unknown }) => layer.name !== tipLayer) } : spec;
}

function composed(spec: Record<string, unknown>): boolean {
  const encoding = (spec.encoding ?? {}) as Record<string, unknown>;
  return ["hconcat", "vconcat", "concat", "facet", "repeat"].some((key) => key in spec) || ["row", "column", "facet"].some((key) => key in encoding);
}

interface Group {
  scales?: { type?: string }[];
  axes?: { labelLimit?: unknown; format?: unknown; tickMinStep?: unknown }[];
  marks?: Group[];
}
/** The Vega spec and all its nested groups. */
function groupsOf(group: Group): Group[] {
  return [group, ...(group.marks ?? []).flatMap(groupsOf)];
}

/** A logger that keeps problems; Vega logs errors inside transforms instead of throwing them. */
function recorder(id: string) {
  const problems: string[] = [];
  const keep = (...messages: unknown[]) => {
    problems.push(messages.map((message) => (message instanceof Error ? message.message : String(message))).join(" "));
    return logger;
  };
  const drop = () => logger;
  const logger = {
    level: (() => vega.Warn) as never,
    error: keep,
    warn: keep,
    info: drop,
    debug: drop,
    check() {
      if (problems.length > 0) throw new Error(`chart "${id}": ${problems.join("; ")}`);
    },
  };
  return logger;
}

const refuse = (): never => {
  throw new Error("charts load nothing");
};
const noLoader = { load: refuse, sanitize: refuse, http: refuse, file: refuse } as never;

/** What every element of Vega's SVG repeats and nobody needs: the root says it once, or it is SVG's default. */
const repeated = / (?:font-family|pointer-events|role|aria-roledescription|aria-hidden)="[^"]*"| (?:opacity="1"|stroke-width="1"|font-size="12px"|transform="translate\(0,0\)")/g;

/** Root attributes, ids, titles of marks where there is a pointer to ask for them (not on phones), and fewer bytes. Data text holds no "<" or ">", so a tag pattern meets markup only. */
function dressed(svg: string, title: string, idPrefix: string, tips: boolean): string {
  const ids = new Map<string, string>();
  const rename = (id: string): string => {
    if (!ids.has(id)) ids.set(id, `${idPrefix}-${ids.size + 1}`);
    return ids.get(id)!;
  };
  const root = `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${escape(title)}" font-family="${escape(fonts)}" font-size="12px"`;
  return svg
    .replace(/<[a-zA-Z][^<>]*>/g, (tag) =>
      tag
        .replace(repeated, "")
        .replace(/ id="([^"]*)"/, (_, id: string) => ` id="${rename(id)}"`)
        .replace(/="url\(#([^"]*)\)"/g, (_, id: string) => `="url(#${rename(id)})"`)
        .replace(/\d+\.\d{3,}/g, (number) => String(Math.round(Number(number) * 100) / 100)),
    )
    .replace(/(<path[^<>]*?) aria-label="([^"]*)"([^<>]*)\/>/g, (_, before: string, tip: string, after: string) => (tips ? `${before}${after}><title>${tip}</title></path>` : `${before}${after}/>`))
    // Frames without paint, and labels hidden because they would overlap.
    .replace(/<path class="foreground"[^<>]*\/>|<path class="background" d="[^"]*"\/>|<text [^<>]*opacity="0"[^<>]*>[^<]*<\/text>/g, "")
    // Cut labels may end in half an emoji; control characters are no HTML.
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "")
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, "\ufffd")
    .replace(/^<svg [^<>]*?class="marks"/, () => root);
}
