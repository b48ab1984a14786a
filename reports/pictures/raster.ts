import type { Message } from "../../pipeline/errors.ts";
import { png } from "./png.ts";

/** A chart's SVG: the first <svg> of it stands alone, with its size in px. */
export interface Drawn {
  svg: string;
  width: number;
  height: number;
}
export interface Picture extends Drawn {
  /** At twice the size of the SVG, on white. */
  png: Uint8Array;
}

const zoom = 2;
/** Px of the tallest sheet that is drawn at once: 720 px wide at 2×, that is 46 MB. */
const tallest = 4000;
/** Two Han characters that no font draws alike. */
const probe = ["舆", "一"].map((character) => `<text x="2" y="16" font-size="16" font-family="sans-serif">${character}</text>`);
const probeSize = 20;

/** Draws SVGs as PNGs with the machine's fonts, or says why it cannot: the drawing program is not there for this machine, or no font has Chinese. Never draws without the text. */
export async function rasterize(drawn: readonly Drawn[]): Promise<Picture[] | Message> {
  if (drawn.length === 0) return [];
  const resvg = await import("@resvg/resvg-js").catch(() => null);
  if (resvg === null) return { zh: "没有适合本机的 @resvg/resvg-js，图表画不成图片", en: "@resvg/resvg-js is not there for this machine: charts cannot be drawn as pictures" };
  const pictures: Picture[] = [];
  // Reading the fonts takes 0.4 s and drawing a chart 0.01 s: many charts are drawn on one sheet, with the probe at its foot.
  for (const sheet of sheetsOf(drawn)) {
    const width = Math.ceil(Math.max(2 * probeSize, ...sheet.map((one) => one.width)));
    let bottom = 0;
    const placed = sheet.map((one) => ({ one, y: (bottom += Math.ceil(one.height)) - Math.ceil(one.height) }));
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${bottom + probeSize}">${placed.map(({ one, y }) => one.svg.replace("<svg", `<svg y="${y}"`)).join("")}${probe.map((text, i) => `<g transform="translate(${i * probeSize},${bottom})">${text}</g>`).join("")}</svg>`;
    const image = new resvg.Resvg(svg, { background: "white", fitTo: { mode: "zoom", value: zoom }, font: { loadSystemFonts: true } }).render();
    const pixels = image.pixels;
    const cut = (x: number, y: number, wide: number, high: number): Uint8Array => png(pixels, image.width, { x: zoom * x, y: zoom * y, width: zoom * wide, height: zoom * high });
    const [first, second, empty] = [cut(0, bottom, probeSize, probeSize), cut(probeSize, bottom, probeSize, probeSize), png(new Uint8Array(4 * (zoom * probeSize) ** 2).fill(255), zoom * probeSize, { x: 0, y: 0, width: zoom * probeSize, height: zoom * probeSize })].map((bytes) => Buffer.from(bytes).toString("latin1"));
    if (first === second || first === empty) return { zh: "本机没有中文字体，图表画不成图片（装一种即可，如 Noto Sans CJK SC）", en: "no font of this machine has Chinese: charts cannot be drawn as pictures (install one, such as Noto Sans CJK SC)" };
    pictures.push(...placed.map(({ one, y }) => ({ ...one, png: cut(0, y, Math.ceil(one.width), Math.ceil(one.height)) })));
  }
  return pictures;
}

function sheetsOf(drawn: readonly Drawn[]): Drawn[][] {
  const sheets: Drawn[][] = [];
  let height = Infinity;
  for (const one of drawn) {
    if (height + one.height > tallest) {
      sheets.push([]);
      height = 0;
    }
    sheets.at(-1)!.push(one);
    height += one.height;
  }
  return sheets;
}

/** The first <svg> of markup with its size; null when it has none. */
export function standalone(markup: string): Drawn | null {
  const svg = /<svg\b[\s\S]*?<\/svg>/.exec(markup)?.[0];
  const tag = svg === undefined ? "" : /^<svg\b[^>]*>/.exec(svg)![0];
  const size = (name: string): number => Number(new RegExp(` ${name}="([\\d.]+)"`).exec(tag)?.[1] ?? 0);
  const [width, height] = [size("width"), size("height")];
  return svg === undefined || !(width > 0) || !(height > 0) ? null : { svg, width, height };
}
