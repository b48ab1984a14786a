import type { Language, Message } from "../../pipeline/errors.ts";
import type { Chart } from "../contract.ts";
import { chartSvg } from "../pictures/charts.ts";
import { rasterize } from "../pictures/raster.ts";
import type { WordBlock } from "./contract.ts";

/** A block whose chart has not been drawn yet. */
export type Draft = WordBlock | { kind: "chart"; chart: Chart };

interface Options {
  language: Language;
  /** Told once when no chart can be drawn as a picture: tables stand in their place. */
  onWithout?: ((why: Message) => void) | undefined;
  /** Told of a chart that cannot be drawn; its table stands in its place. Without it the first one throws. */
  onFailure?: ((place: string, error: Error) => void) | undefined;
  /** Tables of more rows than this go to the end. */
  longest?: number;
}

const words = {
  appendix: { zh: "附表", en: "Tables" },
  below: { zh: "数据见文末附表：", en: "Numbers at the end: " },
  cut: { zh: (rows: number, all: number) => `只列前 ${rows} 行，共 ${all} 行；全表见 report.xlsx。`, en: (rows: number, all: number) => `The first ${rows} of ${all} rows; all of them in report.xlsx.` },
} as const;
/** Rows of a table above which the rest is left to the workbook. */
const most = 200;

/** Draws the charts, all at once, and puts their long tables at the end. Blocks that need no chart stay as they are. */
export async function drawnBlocks(drafts: readonly Draft[], { language, onWithout, onFailure, longest = Infinity }: Options): Promise<{ blocks: WordBlock[]; tables: WordBlock[] }> {
  const charts = drafts.flatMap((draft) => (draft.kind === "chart" ? [draft.chart] : []));
  const drawn = await Promise.all(
    charts.map((chart) =>
      chartSvg(chart, language).catch((error: Error) => {
        if (onFailure === undefined) throw error;
        onFailure(chart.id, error);
        return null;
      }),
    ),
  );
  const svgs = drawn.filter((one) => one !== null);
  const pictures = await rasterize(svgs);
  if (!Array.isArray(pictures)) onWithout?.(pictures);
  const pictureOf = new Map(Array.isArray(pictures) ? svgs.map((svg, i) => [svg, pictures[i]!]) : []);
  const tables: WordBlock[] = [];
  let next = 0;
  const blocks = drafts.flatMap((draft): WordBlock[] => {
    if (draft.kind !== "chart") return [draft];
    const svg = drawn[next++]!;
    const picture = svg === null ? undefined : pictureOf.get(svg);
    const { title, note, table } = draft.chart;
    const far = table.rows.length > longest;
    const numbers = numbersOf(draft.chart, picture === undefined || far ? title : "", language);
    if (far) tables.push(...numbers);
    return [
      ...(picture === undefined ? [] : [{ kind: "picture" as const, caption: title, note: `${note}${far ? `${language === "zh" ? "。" : ". "}${words.below[language]}${title}` : ""}`, alt: `${title} ${note}`, ...picture }]),
      ...(picture === undefined && far ? [noted(`${words.below[language]}${title}`)] : []),
      ...(far ? [] : numbers),
      ...(picture === undefined ? [noted(note)] : []),
    ];
  });
  return { blocks, tables: tables.length === 0 ? [] : [{ kind: "heading", level: 1, text: words.appendix[language] }, ...tables] };
}

const noted = (text: string): WordBlock => ({ kind: "paragraph", runs: [text], style: "note" });

function numbersOf({ table: { columns, rows } }: Chart, caption: string, language: Language): WordBlock[] {
  if (rows.length === 0) return [];
  return [{ kind: "table", caption, columns, rows: rows.slice(0, most) }, ...(rows.length > most ? [noted(words.cut[language](most, rows.length))] : [])];
}
