import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { mulberry32 } from "../../analyzers/statistics.ts";
import { dataPath } from "../../pipeline/paths.ts";
import { linkReposts, type Draft } from "./cascades.ts";
import { composePosts } from "./compose.ts";
import { encodeGb18030 } from "./gb18030.ts";
import { planPosts } from "./plan.ts";
import { draw, integer, type Random } from "./random.ts";
import { cellsOf, header, recaptured, record, valuesOf, type Cells, type Clock } from "./rows.ts";
import { truthOf } from "./truth.ts";

export const seed = 20250715;
/** Planted defects of the file. Broken rows are additional rows: none of the posts is lost with them. */
const defects = { dayOnly: 40, untimed: 12, duplicates: 180, broken: { tooShort: 6, tooLong: 5, undecodable: 3, empty: 4, repeatedHeader: 2 } };
export type Defects = typeof defects;

/**
 * Writes the invented event (示例数据) into a folder: demo.csv (37-column export, GB18030, CRLF, newest post first), event.yaml, and truth.json
 * with everything planted. Same seed, same bytes. The folder is made when missing; files of these names are replaced.
 */
export function generateDemo(outFolder: string): { csvPath: string; eventPath: string; truthPath: string } {
  const random = mulberry32(seed);
  const drafts = composePosts(random, planPosts(random));
  linkReposts(random, drafts);
  const clocks = stopClocks(random, drafts);
  const rows = rowsOf(random, drafts, clocks);
  const [csvPath, eventPath, truthPath] = ["demo.csv", "event.yaml", "truth.json"].map((name) => join(outFolder, name)) as [string, string, string];
  mkdirSync(outFolder, { recursive: true });
  writeFileSync(csvPath, Buffer.concat([encodeGb18030(record(header)), ...spoil(random, rows)]));
  copyFileSync(dataPath("samples", "event.yaml"), eventPath);
  writeFileSync(truthPath, `${JSON.stringify(truthOf(drafts, clocks, defects), null, 2)}\n`);
  return { csvPath, eventPath, truthPath };
}

/** Websites that print the date only, and posts whose time the crawler missed. */
function stopClocks(random: Random, drafts: readonly Draft[]): Map<Draft, Clock> {
  const sites = drafts.filter(({ platform }) => platform === "news" || platform === "forum");
  const bare = drafts.filter(({ act }) => act === "bare");
  const dayOnly = draw(random, sites, defects.dayOnly, () => 1).map((draft): [Draft, Clock] => [draft, "day"]);
  return new Map([...dayOnly, ...draw(random, bare, defects.untimed, () => 1).map((draft): [Draft, Clock] => [draft, "none"])]);
}

function rowsOf(random: Random, drafts: readonly Draft[], clocks: ReadonlyMap<Draft, Clock>): Cells[] {
  const copies = new Map<string, number>();
  for (const { own } of drafts) if (own !== null) copies.set(own, (copies.get(own) ?? 0) + 1);
  return drafts.map((draft, i) => cellsOf(random, draft, i, clocks.get(draft) ?? null, draft.own === null ? 0 : copies.get(draft.own)! - 1)).reverse();
}

/** Encoded records with 序号, the posts newest first, duplicates and broken rows strewn in. */
function spoil(random: Random, rows: readonly Cells[]): Buffer[] {
  const extra = new Map<number, (() => Buffer)[]>();
  const strew = (make: () => Buffer): void => {
    const at = integer(random, 1, rows.length - 1);
    extra.set(at, [...(extra.get(at) ?? []), make]);
  };
  let number = 0;
  const line = (cells: Cells, change = (values: string[]): string[] => values): string => record(change([String(++number), ...valuesOf(cells).slice(1)]));
  for (const cells of draw(random, rows, defects.duplicates, () => 1)) {
    const again = random() < 0.3 ? recaptured(random, cells) : cells;
    strew(() => encodeGb18030(line(again)));
  }
  const { tooShort, tooLong, undecodable, empty, repeatedHeader } = defects.broken;
  const lost = draw(random, rows.filter((cells) => cells.全文内容.length > 20), tooShort + tooLong + undecodable, () => 1);
  const away = lost.map((cells, i): Cells => ({ ...cells, "原文/评论链接": `${cells["原文/评论链接"]}-${i}` }));
  for (const cells of away.splice(0, tooShort)) strew(() => encodeGb18030(line(cells, (values) => values.slice(0, 14))));
  for (const cells of away.splice(0, tooLong)) strew(() => encodeGb18030(line(cells, (values) => [...values, "重复导出", values[1]!])));
  for (const cells of away) strew(() => damaged(encodeGb18030(line(cells))));
  for (let i = 0; i < empty; i++) strew(() => encodeGb18030(record([String(++number), ...header.slice(1).map(() => "")])));
  for (let i = 0; i < repeatedHeader; i++) strew(() => encodeGb18030(record(header)));
  return rows.flatMap((cells, i) => [...(extra.get(i) ?? []).map((make) => make()), encodeGb18030(line(cells))]);
}

/** A byte that no GB18030 text holds, inside the second cell. */
const damaged = (bytes: Buffer): Buffer => {
  const at = bytes.indexOf(",") + (bytes[bytes.indexOf(",") + 1] === 0x22 ? 2 : 1);
  return Buffer.concat([bytes.subarray(0, at), Buffer.from([0xff]), bytes.subarray(at)]);
};
