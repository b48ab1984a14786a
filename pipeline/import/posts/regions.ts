import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { dataPath } from "../../paths.ts";
import { known, Memo } from "./values.ts";

/** A region cell: the province's key, 海外, 其他, or null. `marked`: the cell itself says that it is an IP属地. */
export interface Region {
  key: string | null;
  marked: boolean;
  problem: "REGION_UNREADABLE" | null;
}

interface Table {
  provinces: { key: string; name: string; cities: string[] }[];
  abroad: string[];
}

let names: Map<string, string> | null = null;

/** Full and short names of provinces and of prefecture-level cities → province key; countries → 海外. */
function regionNames(): Map<string, string> {
  if (names) return names;
  const table = parse(readFileSync(dataPath("regions", "provinces.yaml"), "utf8")) as Table;
  names = new Map(table.abroad.map((name) => [name, "海外"]));
  for (const { key, cities } of table.provinces) {
    for (const city of cities) for (const form of [city, `${city}市`, `${city}地区`]) if (!names.has(form)) names.set(form, key);
  }
  for (const { key, name } of table.provinces) for (const form of [key, name, `${key}省`, `${key}市`, `中国${key}`]) names.set(form, key);
  for (const form of ["海外", "国外", "境外", "外国"]) names.set(form, "海外");
  names.set("其他", "其他").set("其它", "其他");
  return names;
}

const mark = /^(?:ip\s?属地|ip归属地|属地|发布于|来自)\s?[::]?\s?/i;
const noRegion: Region = { key: null, marked: false, problem: null };

const memo = new Memo<Region>((text) => {
  const plain = text.normalize("NFKC");
  const place = plain.replace(mark, "");
  const marked = place.length < plain.length;
  const key = lookUp(place.split(/[\s·,,、/-]/)[0]!) ?? lookUp(place.replace(/\s/g, ""));
  return { key, marked, problem: key === null && known(place) !== null ? "REGION_UNREADABLE" : null };
});

/** Longest name that the text begins with: 山东济南 → 山东. */
function lookUp(text: string): string | null {
  const table = regionNames();
  for (let length = Math.min(text.length, 11); length >= 2; length--) {
    const key = table.get(text.slice(0, length));
    // A country's or 其他's name must be the whole text: 美国队长 is no place.
    if (key !== undefined && (length === text.length || (key !== "海外" && key !== "其他") || text.startsWith("海外"))) return key;
  }
  return null;
}

/** 发布于 山东 · IP属地：浙江 · 广东 深圳 · 北京市朝阳区 · 济南 · 中国香港 · 海外 英国 · 美国 · 其他. */
export function parseRegion(cell: string | undefined): Region {
  const text = known(cell);
  if (text === null || text.length > 60) return text === null ? noRegion : { key: null, marked: false, problem: "REGION_UNREADABLE" };
  return memo.get(text);
}
