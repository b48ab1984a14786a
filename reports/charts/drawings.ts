import type { Chart } from "../contract.ts";
import type { Html } from "../html/html.ts";
import { draw, type Drawing } from "./draw.ts";

/**
 * The drawings of one rendering: what HTML, Word and pictures show alike is drawn once. A drawing goes by all that it depends on: ids, language, width,
 * title and spec. Make one for each rendering and let it go afterwards.
 */
export class Drawings {
  private readonly svgs = new Map<string, Promise<Html>>();
  /** PNGs by their SVG. */
  readonly pngs = new Map<string, Uint8Array>();

  /** As `draw`. */
  draw(chart: Chart, idPrefix: string, drawing: Drawing): Promise<Html> {
    if (chart.body.kind === "svg") return draw(chart, idPrefix, drawing);
    const key = JSON.stringify([idPrefix, drawing.language, drawing.width, chart.title, chart.body.spec]);
    const known = this.svgs.get(key);
    if (known !== undefined) return known;
    const drawn = draw(chart, idPrefix, drawing);
    this.svgs.set(key, drawn);
    return drawn;
  }
}
