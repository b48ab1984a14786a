import type { Message } from "../errors.ts";
import type { AuditLabel } from "./contract.ts";

/** What the annotators read: the same words in the workbook and on the page. The examples are invented. */

export const labelNames: readonly (readonly [AuditLabel, Message])[] = [
  ["positive", { zh: "正面", en: "positive" }],
  ["neutral", { zh: "中性", en: "neutral" }],
  ["negative", { zh: "负面", en: "negative" }],
  ["unclear", { zh: "说不清", en: "unclear" }],
];

export const rules: readonly Message[] = [
  { zh: "只看作者自己写的这段话流露的情绪，不看事件本身是好是坏，也不猜没写出来的意思。", en: "Judge the mood in the author's own words: not whether the event is good or bad, nor what was left unsaid." },
  { zh: "正面：高兴、赞许、支持、感谢、祝愿。例：「半小时就修好了，给师傅们点个赞」", en: "Positive: joy, praise, support, thanks, good wishes. “半小时就修好了，给师傅们点个赞”" },
  { zh: "负面：愤怒、指责、失望、悲伤、哀悼、担忧、嘲讽。例：「等了三天没人回话，太寒心了」", en: "Negative: anger, blame, disappointment, grief, worry, scorn. “等了三天没人回话，太寒心了”" },
  { zh: "中性：陈述事实、转述消息、单纯提问、广告，看不出情绪。例：「通报称伤者已送医，原因在查」", en: "Neutral: facts, news passed on, plain questions, advertising; no mood shows. “通报称伤者已送医，原因在查”" },
  { zh: "坏消息不等于负面，好消息不等于正面：平铺直叙地报道，都是中性。例：「大桥今早封闭，车辆绕行」", en: "Bad news is not negative, good news not positive: told plainly, both are neutral. “大桥今早封闭，车辆绕行”" },
  { zh: "反话按真实意思标。例：「真行啊，又涨价了」是负面。", en: "Irony counts as what is meant. “真行啊，又涨价了” is negative." },
  { zh: "反问带着不满就是负面，真心想知道就是中性。例：「谁给你们的权力？」负面；「几点恢复供水？」中性。", en: "A question that accuses is negative, one that asks is neutral. “谁给你们的权力？” negative; “几点恢复供水？” neutral." },
  { zh: "表情符号算作者的话；只有惊讶、没有好恶，标中性。例：「啊？居然是真的」", en: "Emoticons are words too; mere surprise without liking or dislike is neutral. “啊？居然是真的”" },
  { zh: "有褒有贬时，按占上风的或最后落脚的情绪标；不分上下标说不清。例：「菜好吃，就是排队太久，算了不来了」是负面。", en: "Praise and blame together: the stronger, or where it ends; if neither, unclear. “菜好吃，就是排队太久，算了不来了” is negative." },
  { zh: "看不懂、字太少、信息不够，标说不清。凭读到的第一印象，不查原帖，两人标注时互不商量。", en: "Not understood or too little said: unclear. Go by the first impression, do not look the post up, and do not confer." },
];

/** Headers of the label table, in either language, as apply knows them. */
export const columns = {
  no: { zh: "序号", en: "no" },
  platform: { zh: "平台", en: "platform" },
  published: { zh: "发布时间", en: "published" },
  text: { zh: "正文", en: "text" },
  label: { zh: "情绪", en: "label" },
  remark: { zh: "备注", en: "remark" },
  check: { zh: "校验", en: "check" },
  key: { zh: "样本编号", en: "key" },
  annotator: { zh: "标注人", en: "annotator" },
  date: { zh: "标注日期", en: "date" },
  item: { zh: "项目", en: "item" },
  content: { zh: "内容", en: "content" },
} as const satisfies Record<string, Message>;
export type Column = keyof typeof columns;

/** The column that a header names; null when it is none of ours. */
export function columnNamed(header: string): Column | null {
  const name = header.normalize("NFKC").trim().toLowerCase();
  for (const [column, { zh, en }] of Object.entries(columns)) if (name === zh || name === en) return column as Column;
  return null;
}
