import { expect, it } from "vitest";
import { mark, normalize, original } from "../../../analyzers/post/normalize.ts";

const known = new Set(["[怒]", "[doge]"]);
const take = (text: string) => normalize(text, (name) => known.has(name));
const { emoticon, tagStart, tagEnd, url } = mark;

it.each([
  ["plain text stays", "今天天气好", "今天天气好"],
  ["full-width letters and digits fold, punctuation does not", "ＡＢＣ１２３，好！", "ABC123，好！"],
  ["① and ㎡ stay what they are", "①房子80㎡", "①房子80㎡"],
  ["Kangxi radicals fold", "\u2f08\u2f26", "人子"],
  ["invisible characters vanish", "加\u200b油\ufeff", "加油"],
  ["URLs end at the first Han character", "看http://t.cn/AbC2?x=1这里", `看${url}这里`],
  ["www only at the start of a word", "www.a.cn xwww.b", `${url} xwww.b`],
  ["mentions are blanked", "问@某某_1：怎么办", "问 ：怎么办"],
  ["an e-mail is not a mention inside a word, its domain is blanked all the same", "a@b c", "a  c"],
  ["known brackets are emoticons, others text", "[怒]太过分[法制报]", `${emoticon}太过分[法制报]`],
  ["emoji with skin tone, ZWJ sequences and flags are one each", "👍🏽👨‍👩‍👧🇨🇳", emoticon.repeat(3)],
  ["private-use characters cannot forge marks", "\ue000\ue001a\ue002", "  a "],
  ["control characters are line breaks", "a\u0000b\u0001c\rd", "a\nb\nc\nd"],
  ["lone surrogates are replaced", "a\ud800b", "a\ufffdb"],
  ["hashtags are bracketed", "#话题#好", `${tagStart}话题${tagEnd}好`],
  ["what Weibo sets under a post with a video is a link", "停水了。L甲日报的微博视频 收起全文d", `停水了。${url} 收起全文d`],
  ["also without the account", "停水了 微博视频", `停水了 ${url}`],
  ["an author's own words on a video are not", "看了微博视频 L乙的秒拍视频太长", "看了微博视频 L乙的秒拍视频太长"],
  ["empty text", "", ""],
])("%s", (_, text, clean) => {
  expect(take(text).clean).toBe(clean);
});

it.each([
  ["#甲乙##丙丁#", ["甲乙", "丙丁"]],
  ["#甲乙[超话]# #丙丁[话题]#", ["甲乙", "丙丁"]],
  ["#甲 乙 丙#", ["甲 乙 丙"]],
  ["open tags as on Douyin: #甲乙 #丙丁 #戊己", ["甲乙", "丙丁", "戊己"]],
  ["odd sign: #甲乙#丙丁# 戊", ["甲乙"]],
  ["C# 和 F# 都好", []],
  ["## # #", []],
  ["#<img src=x onerror=1>#", ["<img src=x onerror=1>"]],
  ["#__proto__#", ["__proto__"]],
  ["＃全角＃", ["全角"]],
  ["#\u200b甲\u200b乙#", ["甲乙"]],
  ["#\u200b#", []],
])("hashtags of %s", (text, tags) => {
  expect(take(text).tags).toEqual(tags);
});

it("lists emoticons in order with repeats, emoji without skin tone and variation selector", () => {
  expect(take("[怒]❤️[doge]👍🏽[怒]").emoticons).toEqual(["[怒]", "❤", "[doge]", "👍", "[怒]"]);
});

it.each([
  ["@甲日报 请看 ＠乙_user-1：好", ["甲日报", "乙_user-1"]],
  ["@甲 @甲", ["甲", "甲"]],
  ["写信到 someone@example.com", []],
  ["回复@甲:同意 @乙", ["乙"]],
  ["回复 @甲 好", []],
  ["@ 甲 @", []],
])("mentions of %s", (text, mentions) => {
  expect(take(text).mentions).toEqual(mentions);
});

it("traces positions back to the text, over removed and replaced pieces", () => {
  const text = "#话题#太\u200b过分[怒]了！http://t.cn/a 真的";
  const source = take(text);
  const at = (words: string): number => source.clean.indexOf(words);
  expect(original(source, at("太过分"), at("了！") + 2)).toBe("太\u200b过分[怒]了！");
  expect(original(source, at("真的"), source.clean.length)).toBe("真的");
  expect(original(source, at(emoticon), at(emoticon) + 1)).toBe("[怒]");
});

it.each(["#", "@", "[", "h", "#a", "[[", "👨‍", "http://", "\u200b", "# ", "@a"])("time grows linearly on %j repeated", (piece) => {
  const { clean } = take(piece.repeat(200_000));
  expect(clean.length).toBeLessThanOrEqual(piece.length * 200_000 + 2);
});
