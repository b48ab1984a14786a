/**
 * Writes places.yaml: names of provinces and prefecture cities, from ../shared/data/regions (Administrative-divisions-of-China, WTFPL).
 * Run: npx tsx data/regions/build-places.ts
 */
import { readFileSync, writeFileSync } from "node:fs";
import { dataPath, root } from "../../pipeline/paths.ts";

interface Division {
  name: string;
  children: { name: string }[];
}
const shared = (name: string): string => readFileSync(`${root}/../shared/data/regions/${name}`, "utf8");

/** Short names that usually mean something else (other places, persons, companies, plain words): matched only in full, as in 朝阳市. */
const ambiguous = new Set([
  "朝阳", "东方", "中山", "白银", "长治", "来宾", "中卫", "吴忠", "阿里", "日照", "开封", "德州", "兴安", "海南", "海东", "海西", "海北", "山南", "天门", "文昌",
  "双河", "北屯", "新星", "白杨", "铁门关", "三明", "南平", "文山", "万宁", "安康", "黄山", "红河", "北海", "常德", "武威", "和田", "芜湖", "新竹", "南投", "云林", "新北", "嘉义",
]);
const peoples = /(?:壮|回|藏|苗|彝|傣|侗|土家|布依|朝鲜|哈尼|白|景颇|傈僳|羌|蒙古|柯尔克孜|哈萨克|维吾尔)族/g;
/** 省直辖: county-level units of Hubei, Hainan and Xinjiang that the source lists beside cities; kept when well known. */
const keptCounties = new Set(["济源市", "仙桃市", "潜江市", "神农架林区", "儋州市", "琼海市", "石河子市"]);

const short = (name: string): string => name.replace(peoples, "").replace(/(?:特别行政区|自治区|自治州|自治县|地区|林区|省|市|盟|县)$/, "").replace(/(?<=..)(?:壮族|回族|维吾尔|蒙古|柯尔克孜|哈萨克)$/, "");

const provinces: Record<string, string[]> = {};
for (const { name, children } of JSON.parse(shared("pc-code.json")) as Division[]) {
  const province = short(name);
  const municipality = name.endsWith("市");
  const cities = children.map((city) => city.name).filter((city) => !municipality && (keptCounties.has(city) || prefecture(province, city)));
  provinces[province] = forms(name, cities);
}
for (const [name, children] of Object.entries(JSON.parse(shared("HK-MO-TW.json")) as Record<string, Record<string, unknown>>)) {
  provinces[short(name)] = forms(name, name === "台湾省" ? Object.keys(children) : []);
}

function prefecture(province: string, city: string): boolean {
  if (province === "海南") return /^(?:海口|三亚|三沙)/.test(city);
  if (province === "新疆" && /^(?:阿拉尔|图木舒克|五家渠|北屯|铁门关|双河|可克达拉|昆玉|胡杨河|新星|白杨)/.test(city)) return false;
  return !/县$/.test(city) && city !== "天门市";
}

function forms(province: string, cities: string[]): string[] {
  const names = [province, short(province)];
  for (const city of cities) {
    names.push(city);
    const name = short(city);
    if (!ambiguous.has(name) && name.length >= 2) names.push(name);
    if (city.endsWith("自治州")) names.push(`${name}州`);
  }
  return [...new Set(names)];
}

const blockers = [
  "路", "路口", "街", "大街", "大道", "东路", "西路", "南路", "北路", "中路", "东街", "西街", "南街", "北街", "桥", "大桥", "站", "公路", "高速",
  "大学", "学院", "中学", "小学", "医院", "银行", "证券", "信托", "保险", "出版社", "卫视",
  "菜", "菜馆", "拉面", "牛肉", "牛肉面", "小面", "火锅", "烤鸭", "啤酒", "热干面", "米粉", "烧饼", "烩面", "羊肉", "小笼包", "炒饭", "白酒", "火腿", "凉皮", "麻辣烫",
  "话", "方言", "女排", "国安", "恒大", "申花", "泰山队", "时间", "户口",
];

const list = (names: string[]): string => `[${names.join(", ")}]`;
const lines = [
  "# Names that place a text in a province: provinces and prefecture cities, full and short. A name followed by a blocker is part of another name (南京路, 兰州拉面).",
  "# Source: github.com/modood/Administrative-divisions-of-China (WTFPL), division codes of 2023-06-30; written by build-places.ts.",
  `blockers: ${list(blockers)}`,
  "provinces:",
  ...Object.entries(provinces).map(([province, names]) => `  ${province}: ${list(names)}`),
];
writeFileSync(dataPath("regions", "places.yaml"), lines.join("\n") + "\n");
