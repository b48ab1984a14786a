import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Message } from "../../pipeline/errors.ts";
import { chineseFont, type Font } from "./fonts.ts";

/** A chart's SVG that stands alone, with its size in px. */
export interface Drawn {
  svg: string;
  width: number;
  height: number;
}
export interface Picture extends Drawn {
  /** At twice the size of the SVG, on white. */
  png: Uint8Array;
}

/** The WebAssembly build: it takes the font once from memory. The native one reads the 19 MB of a Chinese font anew for every character (0.7 s a chart). */
type Resvg = typeof import("@resvg/resvg-wasm");
let loaded: Promise<Resvg> | null = null;
async function load(): Promise<Resvg> {
  const resvg = await import("@resvg/resvg-wasm");
  await resvg.initWasm(await readFile(createRequire(import.meta.url).resolve("@resvg/resvg-wasm/index_bg.wasm")));
  return resvg;
}

/**
 * Draws SVGs as PNGs with one Chinese font, or says why it cannot. Never draws without the text. Same SVG and font, same bytes on every machine.
 * `known`: PNGs by their SVG; those that are made are added.
 */
export async function rasterize(drawn: readonly Drawn[], known = new Map<string, Uint8Array>()): Promise<Picture[] | Message> {
  if (drawn.every(({ svg }) => known.has(svg))) return drawn.map((chart) => ({ ...chart, png: known.get(chart.svg)! }));
  const font = chineseFont();
  if (font === null) return { zh: "本机没有找到中文字体，图表画不成图片（装一种即可，如 Noto Sans CJK SC；或用环境变量 YUQING_FONT 指明字体文件）", en: "no Chinese font was found on this machine: charts cannot be drawn as pictures (install one, such as Noto Sans CJK SC, or name a font file by YUQING_FONT)" };
  const resvg = await (loaded ??= load());
  // A font without Chinese draws the same box for every character, or nothing.
  const [one, other, none] = ["舆", "情", ""].map((character) => Buffer.from(paint(resvg, `<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><text x="2" y="16" font-size="16" font-family="sans-serif">${character}</text></svg>`, font)).toString("latin1"));
  if (one === other || one === none) return { zh: `字体 ${font.family} 没有汉字，图表画不成图片`, en: `the font ${font.family} has no Chinese: charts cannot be drawn as pictures` };
  for (const { svg } of drawn) if (!known.has(svg)) known.set(svg, paint(resvg, svg, font));
  return drawn.map((chart) => ({ ...chart, png: known.get(chart.svg)! }));
}

function paint(resvg: Resvg, svg: string, { bytes, family }: Font): Uint8Array {
  const drawing = new resvg.Resvg(svg, { background: "white", fitTo: { mode: "zoom", value: 2 }, font: { fontBuffers: [bytes], defaultFontFamily: family, sansSerifFamily: family } });
  const image = drawing.render();
  const png = image.asPng();
  image.free();
  drawing.free();
  return png;
}

/** The first <svg> of markup with its size; null when it has none. */
export function standalone(markup: string): Drawn | null {
  const svg = /<svg\b[\s\S]*?<\/svg>/.exec(markup)?.[0];
  const tag = svg === undefined ? "" : /^<svg\b[^>]*>/.exec(svg)![0];
  const size = (name: string): number => Number(new RegExp(` ${name}="([\\d.]+)"`).exec(tag)?.[1] ?? 0);
  const [width, height] = [size("width"), size("height")];
  return svg === undefined || !(width > 0) || !(height > 0) ? null : { svg, width, height };
}
