import { z } from "zod";
import { readYaml } from "../../pipeline/config.ts";
import type { Language } from "../../pipeline/errors.ts";
import { dataPath } from "../../pipeline/paths.ts";
import { palette } from "./theme.ts";
import { tipped } from "./tip.ts";

const schema = z.array(z.strictObject({ key: z.string(), code: z.string(), column: z.number().int().min(0), row: z.number().int().min(0) }));
export type Tile = z.infer<typeof schema>[number];
let loaded: Tile[] | null = null;

/** The 34 provincial units of data/regions/tiles.yaml, which is part of the program. */
export function tiles(): readonly Tile[] {
  return (loaded ??= readYaml(dataPath("regions", "tiles.yaml"), schema));
}

/** Lower bounds of the second to sixth colour step, as shares; doubling, and the same in every report so that maps can be compared. */
export const steps = [0.01, 0.02, 0.04, 0.08, 0.16];

/**
 * Vega-Lite spec of the tile grid: one tile a province with its name and a label, coloured by share.
 * @param shares by province key, in [0, 1]; a missing province is an empty tile
 * @param label text of a share on its tile
 * @param tip what a tile says when it is pointed at
 */
export function tileGrid(shares: ReadonlyMap<string, number>, label: (key: string) => string, tip: (key: string) => string, language: Language): Record<string, unknown> {
  const values = tiles().map(({ key, code, column, row }) => {
    const share = shares.get(key) ?? 0;
    // Steps 1–3 of the palette are pale and take ink, 4–6 are strong and take paper; an empty tile shows the page.
    const tone = share === 0 ? "empty" : share < steps[2]! ? "pale" : "strong";
    return { column, row, share, tone, name: language === "zh" ? key : code, label: share === 0 ? "0" : label(key), tip: tip(key) };
  });
  const text = (tone: string, color: string) => ["name", "label"].map((field) => ({ transform: [{ filter: { field: "tone", equal: tone } }], mark: { type: "text", color, dy: field === "name" ? -8 : 9 }, encoding: { text: { field } } }));
  return {
    data: { values },
    encoding: {
      x: { field: "column", type: "ordinal", axis: null, scale: { paddingInner: 0.06, paddingOuter: 0 } },
      y: { field: "row", type: "ordinal", axis: null, scale: { paddingInner: 0.06, paddingOuter: 0 } },
    },
    layer: [
      { transform: [{ filter: "datum.share > 0" }], mark: { type: "rect", cornerRadius: 2 }, encoding: { color: { field: "share", type: "quantitative", scale: { type: "threshold", domain: steps, range: palette.sequential }, legend: null }, ...tipped } },
      { transform: [{ filter: "datum.share === 0" }], mark: { type: "rect", cornerRadius: 2, fill: "transparent", stroke: palette.muted }, encoding: tipped },
      ...text("empty", palette.soft),
      ...text("pale", palette.ink),
      ...text("strong", palette.paper),
    ],
    height: { step: 44 },
  };
}
