/**
 * Writes divisions.tsv: code, full name and other forms of every province, city and county, from ../shared/data/regions (Administrative-divisions-of-China, WTFPL).
 * Run: npx tsx data/regions/build-divisions.ts
 */
import { readFileSync, writeFileSync } from "node:fs";
import { dataPath, root } from "../../pipeline/paths.ts";

interface Unit {
  code: string;
  name: string;
  children?: Unit[];
}
const shared = (name: string): string => readFileSync(`${root}/../shared/data/regions/${name}`, "utf8");

const peoples = [
  "壮", "回", "藏", "苗", "彝", "傣", "侗", "土家", "布依", "朝鲜", "哈尼", "白", "景颇", "傈僳", "羌", "蒙古", "柯尔克孜", "哈萨克", "维吾尔", "满", "瑶", "土", "撒拉", "保安", "东乡", "裕固", "黎", "畲", "水", "毛南",
  "仫佬", "仡佬", "纳西", "拉祜", "佤", "布朗", "独龙", "怒", "普米", "锡伯", "塔吉克", "达斡尔", "鄂温克", "鄂伦春", "各",
];
const peopleNames = new RegExp(`(?<=..)(?:${peoples.join("|")})族`, "g");
/** Peoples whose name stands without 族 before 自治. */
const peopleTail = /(?<=..)(?:维吾尔|蒙古|柯尔克孜|哈萨克|锡伯|塔吉克)$/;
const suffix = /(?:特别行政区|自治区|自治州|自治县|自治旗|(?<=..)(?:矿区|新区|特区|地区)|(?<=神农架)林区|省|市|盟|县|区|旗)$/;
/** Grouping rows of the source that are no places. */
const groups = new Set(["市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"]);
/** Rows of the statistics bureau that are zones of a city, not counties: they have no short form. */
const zone = /(?:开发区|园区|示范区|管理区|管委会|试验区|实验区|风景名胜区|产业园|工业园|聚集区|食品区|旅游创意|化工园)|^(?:邯郸冀南|沧州渤海|衡水滨湖|德州天衢|北戴河|镇江|兰州)新区$|海域$|行政委员会$/;

function short(name: string): string {
  return name.replace(peopleNames, "").replace(suffix, "").replace(peopleTail, "").replace(/(?<=鄂温克)族$/, "");
}

function forms(name: string): string[] {
  if (zone.test(name)) return [];
  const bare = short(name);
  if (bare.length < 2) return [];
  const autonomous = /自治([州县旗])$/.exec(name);
  return [...(autonomous ? [bare + autonomous[1]!] : []), bare, ...(name === "内蒙古自治区" ? ["内蒙"] : [])].filter((form) => form !== name);
}

const lines: string[] = [];
const add = (code: string, name: string): void => void lines.push([code.padEnd(6, "0"), name, forms(name).join(" ")].join("\t"));

for (const province of JSON.parse(shared("pca-code.json")) as Unit[]) {
  add(province.code, province.name);
  for (const city of province.children!) {
    if (!groups.has(city.name)) add(city.code, city.name);
    // Codes of nine digits are towns and streets of the four cities without counties.
    for (const county of city.children!) if (county.code.length === 6) add(county.code, county.name);
  }
}
const outer = JSON.parse(shared("HK-MO-TW.json")) as Record<string, Record<string, string[]>>;
for (const [code, name] of [["71", "台湾省"], ["81", "香港特别行政区"], ["82", "澳门特别行政区"]] as const) {
  add(code, name);
  const units = Object.entries(outer[name]!);
  // GB/T 2260 numbers nothing below these three: the numbers are ours, in the order of the source. Taiwan down to its cities and counties only: its districts bear the names of many others.
  if (code === "71") units.forEach(([city], i) => add(`${code}${String(i + 1).padStart(2, "0")}`, city));
  else units.flatMap(([, districts]) => districts).forEach((district, i) => add(`${code}00${String(i + 1).padStart(2, "0")}`, district));
}
const head = [
  "# code\tname\tother forms. Level: 110000 province, 130100 city, 130102 county. Codes of GB/T 2260; those below 71, 81 and 82 are our own numbers.",
  "# github.com/modood/Administrative-divisions-of-China (WTFPL), division codes of 2023-06-30; written by build-divisions.ts.",
];
writeFileSync(dataPath("regions", "divisions.tsv"), [...head, ...lines].join("\n") + "\n");
