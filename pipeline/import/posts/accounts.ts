import { Memo } from "./values.ts";

/** media | government | enterprise | institution | celebrity | talent | ordinary, as schema.ts says. */
type AuthorType = "media" | "government" | "enterprise" | "institution" | "celebrity" | "talent" | "ordinary";

/** Weibo's verified_type (the values found in CED, and their customary meanings). */
const codes = new Map<string, AuthorType>([
  ["-1", "ordinary"], ["0", "celebrity"], ["1", "government"], ["2", "enterprise"], ["3", "media"], ["4", "institution"], ["5", "institution"],
  ["6", "enterprise"], ["7", "institution"], ["8", "institution"], ["10", "talent"], ["200", "talent"], ["220", "talent"], ["400", "celebrity"],
]);

/** Labels of exports, compared after lower-casing and removal of 认证 and 用户. A blue V is an institution of unknown kind. */
const labels = new Map<string, AuthorType>([
  ["蓝v", "institution"], ["企业蓝v", "enterprise"], ["机构", "institution"], ["机构号", "institution"], ["团体", "institution"], ["校园", "institution"], ["学校", "institution"], ["组织", "institution"], ["官方", "institution"], ["网站", "institution"],
  ["媒体", "media"], ["媒体号", "media"], ["媒体机构", "media"], ["政务", "government"], ["政府", "government"], ["政务号", "government"], ["政府机构", "government"], ["企业", "enterprise"], ["企业号", "enterprise"], ["商家", "enterprise"],
  ["黄v", "celebrity"], ["橙v", "celebrity"], ["金v", "celebrity"], ["红v", "celebrity"], ["个人", "celebrity"], ["名人", "celebrity"], ["明星", "celebrity"], ["大v", "celebrity"], ["个人(v)", "celebrity"],
  ["达人", "talent"], ["微博达人", "talent"], ["初级达人", "talent"], ["中级达人", "talent"], ["高级达人", "talent"], ["微女郎", "talent"],
  ["普通", "ordinary"], ["false", "ordinary"], ["否", "ordinary"], ["无", "ordinary"], ["未", "ordinary"], ["非", "ordinary"], ["草根", "ordinary"], ["个人普通", "ordinary"], ["普通网友", "ordinary"],
]);

/** Words of a verification text; the first group that matches decides. */
const cues: readonly (readonly [AuthorType, RegExp])[] = [
  ["celebrity", /博主|作家|演员|歌手|导演|律师|教授|医生|记者|主持人|编辑|评论员|学者|创始人|董事|总裁|ceo|运动员|画家|摄影师|自媒体|专栏|大v/i],
  ["media", /日报|晚报|晨报|都市报|时报|早报|商报|周刊|周报|电视台|广播|电台|通讯社|新华社|新闻网|杂志|频道|栏目|融媒|传媒中心|媒体官方|新闻客户端|报社|卫视/],
  ["government", /公安|警|政府|法院|检察|委员会|政务|消防|宣传部|网信|共青团|教育局|卫健|疾控|市监|应急|交通局|人社|税务|海关|文旅局|办公室官方|人民代表/],
  ["enterprise", /公司|集团|企业|品牌|旗舰店|客服|股份|商城|酒店|餐饮/],
  ["institution", /大学|学院|中学|小学|医院|协会|学会|基金会|博物馆|图书馆|研究院|研究所|中心|联盟|官方微博|官方账号/],
];

const memo = new Memo<{ type: AuthorType | null }>((key) => {
  const [label, note] = key.split("\u0001") as [string, string];
  const named = typeOfLabel(label) ?? typeOfLabel(note);
  // A blue V says "institution"; its verification text often says which kind.
  if (named !== null && named !== "institution") return { type: named };
  const cue = note === "" ? null : typeOfNote(note);
  if (named === "institution") return { type: cue === "media" || cue === "government" || cue === "enterprise" ? cue : named };
  return { type: cue };
});

/** Kind of account from the vendor's type column and the verification text; null when neither says. */
export function authorType(label: string | null, note: string | null): AuthorType | null {
  if (label === null && note === null) return null;
  return memo.get(`${(label ?? "").slice(0, 40)}\u0001${(note ?? "").slice(0, 200)}`).type;
}

function typeOfLabel(label: string): AuthorType | null {
  if (label === "" || label.length > 20) return null;
  const code = codes.get(label);
  if (code !== undefined) return code;
  const plain = label.normalize("NFKC").toLowerCase().replace(/认证|用户|账号|\s/g, "");
  return labels.get(plain) ?? labels.get(label) ?? null;
}

function typeOfNote(note: string): AuthorType | null {
  for (const [type, cue] of cues) if (cue.test(note)) return type;
  return null;
}

/** Accounts whose names are public matters: shown in clear. */
export function isInstitution(type: string | null): boolean {
  return type === "media" || type === "government" || type === "enterprise" || type === "institution";
}
