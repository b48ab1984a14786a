import type { Language, Message } from "../../pipeline/errors.ts";
import type { Drawings } from "../charts/drawings.ts";
import type { Chart } from "../contract.ts";
import { chartSvg } from "../pictures/charts.ts";
import { rasterize } from "../pictures/raster.ts";
import type { WordBlock } from "./contract.ts";

/**
 * A block whose chart has not been drawn yet. `prefix`: of the ids in its SVG, when another format draws it under that prefix. `bare`: without its table;
 * `tableOnly`: without its picture, which stands elsewhere.
 */
export type Draft = WordBlock | { kind: "chart"; chart: Chart; prefix?: string; bare?: boolean; tableOnly?: boolean };

interface Options {
  language: Language;
  drawings: Drawings;
  /** Told once when no chart can be drawn as a picture: tables stand in their place. */
  onWithout?: ((why: Message) => void) | undefined;
  /** Told of a chart that cannot be drawn; its table stands in its place. Without it the first one throws. */
  onFailure?: ((place: string, error: Error) => void) | undefined;
  /** Leaves tables below pictures to the workbook unless they are short and say more than the picture. Default: every table stands. */
  brief?: boolean;
}

const words = {
  away: { zh: "数据表见 report.xlsx。", en: "Table in report.xlsx." },
  cut: { zh: (rows: number, all: number) => `只列前 ${rows} 行，共 ${all} 行；全表见 report.xlsx。`, en: (rows: number, all: number) => `The first ${rows} of ${all} rows; all of them in report.xlsx.` },
} as const;
/** Rows of a table above which the rest is left to the workbook; in a brief document, and in any other. */
const [few, most] = [8, 200];
/** A table below a picture: with fewer columns it repeats the picture, with more it does not fit a page. */
const [leastColumns, mostColumns] = [4, 9];

/** Draws the charts, all at once. Blocks that need no chart stay as they are. */
export async function drawnBlocks(drafts: readonly Draft[], { language, drawings, onWithout, onFailure, brief = false }: Options): Promise<WordBlock[]> {
  const charts = drafts.flatMap((draft) => (draft.kind === "chart" && draft.tableOnly !== true ? [draft] : []));
  const drawn = await Promise.all(
    charts.map(({ chart, prefix }) =>
      chartSvg(chart, language, drawings, prefix).catch((error: Error) => {
        if (onFailure === undefined) throw error;
        onFailure(chart.id, error);
        return null;
      }),
    ),
  );
  const svgs = drawn.filter((one) => one !== null);
  const pictures = await rasterize(svgs, drawings.pngs);
  if (!Array.isArray(pictures)) onWithout?.(pictures);
  const pictureOf = new Map(Array.isArray(pictures) ? svgs.map((svg, i) => [svg, pictures[i]!]) : []);
  let next = 0;
  return drafts.flatMap((draft): WordBlock[] => {
    if (draft.kind !== "chart") return [draft];
    if (draft.tableOnly) return numbersOf(draft.chart.table, draft.chart.title, brief ? few : most, language);
    const svg = drawn[next++]!;
    const picture = svg === null ? undefined : pictureOf.get(svg);
    const { title, table } = draft.chart;
    const note = draft.chart.note.replaceAll("\n", "");
    if (picture === undefined) return draft.bare ? [] : [...numbersOf(table, title, brief ? few : most, language), noted(note)];
    const kept = !draft.bare && table.rows.length > 0 && (!brief || (table.rows.length <= few && table.columns.length >= leastColumns && table.columns.length <= mostColumns));
    const away = kept || draft.bare || table.rows.length === 0 ? "" : `${language === "zh" ? "。" : ". "}${words.away[language]}`;
    return [{ kind: "picture", caption: title, note: `${note}${away}`, alt: `${title} ${note}`, ...picture }, ...(kept ? numbersOf(table, "", most, language) : [])];
  });
}

const noted = (text: string): WordBlock => ({ kind: "paragraph", runs: [text], style: "note" });

function numbersOf({ columns, rows }: Chart["table"], caption: string, limit: number, language: Language): WordBlock[] {
  if (rows.length === 0) return [];
  return [{ kind: "table", caption, columns, rows: rows.slice(0, limit) }, ...(rows.length > limit ? [noted(words.cut[language](limit, rows.length))] : [])];
}
