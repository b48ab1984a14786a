import type { Language } from "../../pipeline/errors.ts";
import { draw } from "../charts/draw.ts";
import type { Chart } from "../contract.ts";
import { standalone, type Drawn } from "./raster.ts";

/** Px: as on wide screens and paper. */
const width = 720;

/** The chart as one SVG that stands alone. Throws what `draw` throws, and when there is nothing to see. */
export async function chartSvg(chart: Chart, language: Language): Promise<Drawn> {
  const drawn = standalone((await draw(chart, chart.id, { language, width })).text);
  if (drawn === null) throw new Error(`chart "${chart.id}" has no picture of a known size`);
  return drawn;
}
