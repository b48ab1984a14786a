import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Font } from "./fonts.ts";

/** The WebAssembly build: it takes the font once from memory. The native one reads the 19 MB of a Chinese font anew for every character (0.7 s a chart). */
type Resvg = typeof import("@resvg/resvg-wasm");
let loaded: Promise<Resvg> | null = null;
async function load(): Promise<Resvg> {
  const resvg = await import("@resvg/resvg-wasm");
  await resvg.initWasm(await readFile(createRequire(import.meta.url).resolve("@resvg/resvg-wasm/index_bg.wasm")));
  return resvg;
}

/** SVGs as PNGs at twice their size, on white; null when the font has no Chinese. Same SVG and font, same bytes on every machine. */
export async function paintAll(svgs: readonly string[], font: Font): Promise<Uint8Array[] | null> {
  const resvg = await (loaded ??= load());
  // A font without Chinese draws the same box for every character, or nothing.
  const [one, other, none] = ["舆", "情", ""].map((character) => Buffer.from(paint(resvg, `<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><text x="2" y="16" font-size="16" font-family="sans-serif">${character}</text></svg>`, font)).toString("latin1"));
  return one === other || one === none ? null : svgs.map((svg) => paint(resvg, svg, font));
}

function paint(resvg: Resvg, svg: string, { bytes, family }: Font): Uint8Array {
  const drawing = new resvg.Resvg(svg, { background: "white", fitTo: { mode: "zoom", value: 2 }, font: { fontBuffers: [bytes], defaultFontFamily: family, sansSerifFamily: family } });
  const image = drawing.render();
  const png = image.asPng();
  image.free();
  drawing.free();
  return png;
}
