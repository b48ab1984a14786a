import { readFileSync } from "node:fs";
import { dataPath } from "../pipeline/paths.ts";

/** A province, city or county of data/regions/divisions.tsv. */
export interface Division {
  /** Six digits: 320000 province, 320500 city, 320583 county. GB/T 2260, but for units below Taiwan, Hong Kong and Macao (see data/README.md). */
  code: string;
  /** Full name: 昆山市. */
  name: string;
  level: "province" | "city" | "county";
  /** Other forms of the name, short ones last but for 内蒙: 昆山; 河南县 河南. */
  forms: readonly string[];
}

let loaded: ReadonlyMap<string, Division> | null = null;

/** All divisions by code, in the order of the file: a parent comes before what it holds. */
export function divisions(): ReadonlyMap<string, Division> {
  if (loaded === null) {
    const lines = readFileSync(dataPath("regions", "divisions.tsv"), "utf8").split("\n").filter((line) => line !== "" && !line.startsWith("#"));
    loaded = new Map(lines.map((line) => line.split("\t")).map(([code, name, forms]) => [code!, { code: code!, name: name!, level: levelOf(code!), forms: forms === "" ? [] : forms!.split(" ") }]));
  }
  return loaded;
}

function levelOf(code: string): Division["level"] {
  return code.endsWith("0000") ? "province" : code.endsWith("00") ? "city" : "county";
}

/** True when `code` lies in `parent`, which is another division. */
export function isWithin(code: string, parent: string): boolean {
  return code !== parent && code.startsWith(parent.replace(/(?:00){1,2}$/, ""));
}

/** Key of the province that holds a division: 广东 for 440305. The keys of data/regions/provinces.yaml. */
export function provinceKey(code: string): string {
  return divisions().get(`${code.slice(0, 2)}0000`)!.forms[0]!;
}

/** Name of a city or county that no other has: 苏州市, 苏州市昆山市, 北京市朝阳区, 湖北省仙桃市; a province by its full name. */
export function fullName(code: string): string {
  const all = divisions();
  const { name, level } = all.get(code)!;
  if (level !== "county") return name;
  return (all.get(`${code.slice(0, 4)}00`) ?? all.get(`${code.slice(0, 2)}0000`))!.name + name;
}

/** The same for a narrow column: 昆山市（苏州）, 朝阳区（北京）; a city or province by its full name. */
export function briefName(code: string): string {
  const all = divisions();
  const { name, level } = all.get(code)!;
  if (level !== "county") return name;
  return `${name}（${(all.get(`${code.slice(0, 4)}00`) ?? all.get(`${code.slice(0, 2)}0000`))!.forms[0]!}）`;
}
