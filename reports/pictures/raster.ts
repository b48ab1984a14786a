import { availableParallelism } from "node:os";
import type { Message } from "../../pipeline/errors.ts";
import { startWorker } from "../../pipeline/worker.ts";
import { chineseFont, type Font } from "./fonts.ts";
import { paintAll } from "./paint.ts";
import type { WorkerStart } from "./worker.ts";

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

/** Pictures that are worth a thread of their own. */
const perThread = 6;

/**
 * Draws SVGs as PNGs with one Chinese font, or says why it cannot. Never draws without the text. Same SVG and font, same bytes on every machine.
 * `known`: PNGs by their SVG; those that are made are added.
 */
export async function rasterize(drawn: readonly Drawn[], known = new Map<string, Uint8Array>()): Promise<Picture[] | Message> {
  const svgs = [...new Set(drawn.map(({ svg }) => svg))].filter((svg) => !known.has(svg));
  if (svgs.length > 0) {
    const font = chineseFont();
    if (font === null) return { zh: "本机没有找到中文字体，图表画不成图片（装一种即可，如 Noto Sans CJK SC；或用环境变量 YUQING_FONT 指明字体文件）", en: "no Chinese font was found on this machine: charts cannot be drawn as pictures (install one, such as Noto Sans CJK SC, or name a font file by YUQING_FONT)" };
    const pngs = await paintInThreads(svgs, font);
    if (pngs === null) return { zh: `字体 ${font.family} 没有汉字，图表画不成图片`, en: `the font ${font.family} has no Chinese: charts cannot be drawn as pictures` };
    svgs.forEach((svg, i) => known.set(svg, pngs[i]!));
  }
  return drawn.map((chart) => ({ ...chart, png: known.get(chart.svg)! }));
}

/** As `paintAll`, many at once in several threads. */
async function paintInThreads(svgs: readonly string[], font: Font): Promise<Uint8Array[] | null> {
  const threads = Math.min(availableParallelism(), Math.floor(svgs.length / perThread));
  if (threads < 2) return paintAll(svgs, font);
  const shared = { family: font.family, bytes: new Uint8Array(new SharedArrayBuffer(font.bytes.length)) };
  shared.bytes.set(font.bytes);
  const parts = await Promise.all(Array.from({ length: threads }, (_, k) => inThread({ svgs: svgs.filter((_, i) => i % threads === k), font: shared })));
  return parts.includes(null) ? null : svgs.map((_, i) => parts[i % threads]![Math.floor(i / threads)]!);
}

function inThread(start: WorkerStart): Promise<Uint8Array[] | null> {
  return new Promise((resolve, reject) => {
    const worker = startWorker("./worker", import.meta.url, start);
    worker.once("message", resolve).once("error", reject).once("exit", (code) => reject(new Error(`the thread that paints charts ended with code ${code}`)));
  });
}

/** The first <svg> of markup with its size; null when it has none. */
export function standalone(markup: string): Drawn | null {
  const svg = /<svg\b[\s\S]*?<\/svg>/.exec(markup)?.[0];
  const tag = svg === undefined ? "" : /^<svg\b[^>]*>/.exec(svg)![0];
  const size = (name: string): number => Number(new RegExp(` ${name}="([\\d.]+)"`).exec(tag)?.[1] ?? 0);
  const [width, height] = [size("width"), size("height")];
  return svg === undefined || !(width > 0) || !(height > 0) ? null : { svg, width, height };
}
