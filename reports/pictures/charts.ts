import type { Language, Message } from "../../pipeline/errors.ts";
import { Drawings } from "../charts/drawings.ts";
import type { Chart, Section } from "../contract.ts";
import { widths } from "../html/figure.ts";
import { findingOf, pageOf, type OnFailure } from "../html/page.ts";
import type { Report } from "../report.ts";
import { rasterize, standalone, type Drawn } from "./raster.ts";

/** The chart as on wide screens and paper, one SVG that stands alone. Throws what `draw` throws, and when there is nothing to see. */
export async function chartSvg(chart: Chart, language: Language, drawings: Drawings, idPrefix = `${chart.id}-w`): Promise<Drawn> {
  const drawn = standalone((await drawings.draw(chart, idPrefix, { language, width: widths.wide })).text);
  if (drawn === null) throw new Error(`chart "${chart.id}" has no picture of a known size`);
  return drawn;
}

/** Every chart of the report as files, `01-volume-field.svg` and `.png`; `without`: why there is no PNG. */
export async function chartPictures(report: Report, sections: readonly Section[], language: Language, onFailure: OnFailure, drawings = new Drawings()): Promise<{ files: (readonly [name: string, content: string | Uint8Array])[]; without: Message | null }> {
  const page = pageOf(report, sections, language, onFailure);
  const drawn: { id: string; svg: Drawn }[] = [];
  for (const section of sections) {
    const finding = findingOf(page, section.id);
    if (finding === undefined || finding.status !== "ok") continue;
    try {
      for (const chart of section.charts(finding, language)) drawn.push({ id: chart.id, svg: await chartSvg(chart, language, drawings) });
    } catch (error) {
      onFailure(section.id, error as Error);
    }
  }
  const pictures = await rasterize(drawn.map(({ svg }) => svg), drawings.pngs);
  const files = drawn.flatMap(({ id, svg }, i) => {
    const name = `${String(i + 1).padStart(2, "0")}-${id.replace(/[^\w-]+/g, "_")}`;
    return [[`${name}.svg`, `${svg.svg}\n`] as const, ...(Array.isArray(pictures) ? [[`${name}.png`, pictures[i]!.png] as const] : [])];
  });
  return { files, without: Array.isArray(pictures) ? null : pictures };
}
