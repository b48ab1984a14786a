import type { Digest, DigestItem } from "../../pipeline/digest/schema.ts";
import type { Language } from "../../pipeline/errors.ts";
import type { Block, Piece } from "../document.ts";
import { count, integer } from "../format.ts";
import { nameOf } from "../names.ts";
import { paragraph } from "./blocks.ts";
import { className, clean, inLanguage, momentText, plural } from "./words.ts";

/** The top items: heading, the post's own words, and what is known of it. */
export function topItems(digest: Digest, language: Language): Block[] {
  const zh = language === "zh";
  const { top, wordings } = digest;
  if (top.length === 0) return [paragraph(zh ? "本期没有可列的帖文。" : "There are no posts to list.")];
  const order = zh ? `新增帖文按文字归并为 ${integer(wordings, language)} 种，以下为排在前面的 ${top.length} 种。` : `New posts come in ${integer(wordings, language)} wordings; these are the first ${top.length}.`;
  return [paragraph(order, "note"), ...top.flatMap((item, i) => itemBlocks(item, i + 1, digest, language))];
}

function itemBlocks(item: DigestItem, no: number, digest: Digest, language: Language): Block[] {
  return [
    { kind: "heading", level: 3, text: `${no}. ${clean(item.title, 120)}` },
    ...(item.summary === null ? [] : [paragraph(clean(item.summary), "quote")]),
    paragraph(factsOf(item, digest, language), "note"),
  ];
}

/** One line: suspicion, source, time, size, mood, event and grade, ledger, link. */
function factsOf(item: DigestItem, digest: Digest, language: Language): Piece[] {
  const zh = language === "zh";
  const [classes, suspected] = [item.classes.map((key) => className(key, language)), item.classes.some((key) => className(key, language).suspected)];
  const pieces: Piece[][] = [];
  if (classes.length > 0) {
    const text = classes.map((one) => one.text).join(zh ? "、" : ", ") + (suspected ? (zh ? "（待核实）" : " (to be verified)") : "");
    pieces.push([suspected ? { text, strong: true } : text]);
  }
  pieces.push([sourceOf(item, language)], [momentText(item.published_ms, digest, language, item.precision === "day" ? "day" : "minute")], [sizeOf(item, language)]);
  if (item.reach > 0) pieces.push([`${zh ? "触达" : "reach"} ${count(item.reach, language)}`]);
  if (item.polarity !== null) pieces.push([`${nameOf("polarity", item.polarity, language)}${zh ? "（机判，估）" : " (by the model, est)"}`]);
  if (item.events.length > 0) {
    const names = item.events.map(({ name }) => clean(name, 40)).join(zh ? "、" : ", ");
    pieces.push([`${zh ? "事件" : "event"}${zh ? "：" : ": "}${names}${item.grade === null ? "" : zh ? `（${inLanguage(item.grade.name, language, 40)}）` : ` (${inLanguage(item.grade.name, language, 40)})`}`]);
  }
  if (item.filed.length > 0) pieces.push([`${zh ? "台账" : "ledger"} ${item.filed.map((id) => clean(id, 20)).join(zh ? "、" : ", ")}`]);
  if (item.url !== null) pieces.push([{ text: zh ? "原文" : "link", link: item.url }]);
  return pieces.flatMap((part, i): Piece[] => (i === 0 ? part : [zh ? "；" : "; ", ...part]));
}

function sourceOf({ platform, site, field, author_name }: DigestItem, language: Language): string {
  const place = [platform === null ? null : nameOf("platform", platform, language), site].filter((part, i, all) => part !== null && all.indexOf(part) === i);
  const names = [place.length === 0 ? (language === "zh" ? "平台未知" : "platform unknown") : clean(place.join(" "), 40), nameOf("field", field, language), ...(author_name === null ? [] : [clean(author_name, 30)])];
  return names.join(language === "zh" ? "，" : ", ");
}

function sizeOf({ posts, authors, nights }: DigestItem, language: Language): string {
  const zh = language === "zh";
  const several = nights === 1 ? "" : zh ? `，分 ${nights} 夜` : ` over ${nights} nights`;
  return zh ? `${integer(posts, language)} 条、${integer(authors, language)} 个账号${several}` : `${plural(posts, "post")} by ${plural(authors, "account")}${several}`;
}
