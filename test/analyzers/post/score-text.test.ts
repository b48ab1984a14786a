import { expect, it } from "vitest";
import { loadResources, scoreText } from "../../../analyzers/post/index.ts";
import { emotions, polarities } from "../../../pipeline/schema.ts";

const resources = loadResources(["云杉出行"]);
const score = (text: string) => scoreText(text, resources);

it("takes a post apart", () => {
  const scored = score("#云杉出行员工发声# 云杉出行太过分了！！凭什么这样欺负员工[怒]？支持你们维权 @某人 http://t.cn/x");
  expect(scored.tags).toEqual(["云杉出行员工发声"]);
  expect(scored.emoticons).toEqual(["[怒]"]);
  expect(scored.terms).toEqual(["云杉出行", "太过分", "欺负", "员工", "支持", "维权"]);
  expect(scored).toMatchObject({ polarity: "negative", emotion: "anger", mentioned: [], err: null });
  expect(scored.opinions!.map((line) => line.split("\u0001")[2])).toEqual(["云杉出行太过分了！！", "凭什么这样欺负员工[怒]？", "支持你们维权"]);
  expect(scored.opinions![1]).toMatch(/^criticism\u0001negative\u0001/);
});

it.each([
  ["这家店服务很好，老板热情，很开心", "positive"],
  ["太恶心了，垃圾公司，滚", "negative"],
  ["7月3日，公司在官网发布声明，介绍了新产品的主要参数", "neutral"],
  ["特别喜欢", "positive"],
  ["一点也不喜欢", "negative"],
  ["[怒][怒][怒]", "negative"],
  ["[哈哈]", "positive"],
])("%s is %s", (text, polarity) => {
  expect(score(text).polarity).toBe(polarity);
});

it.each([
  ["我好难过，心疼逝者", "sadness"],
  ["气死我了，凭什么", "anger"],
  ["好害怕，吓死了", "fear"],
  ["居然是这样，惊呆了", "surprise"],
  ["哈哈哈哈生日快乐", "joy"],
])("%s: %s", (text, emotion) => {
  expect(score(text).emotion).toBe(emotion);
});

it.each(["", "123", "hello world", "。。。", "#只有话题#", "http://t.cn/a", "@某人"])("%j gives no basis for a mood", (text) => {
  expect(score(text)).toMatchObject({ polarity: null, positive_micro: null, negative_micro: null, emotion: null, opinions: [], err: null });
});

it.each([
  ["河南郑州下暴雨，北京也下", ["河南", "410100", "北京"]],
  ["#四川泸定地震# 平安", ["四川", "513322"]],
  ["在南京路吃兰州拉面，上了南京大学", []],
  ["北京时间八点", []],
  ["朝阳群众 中山装 日照充足", []],
  ["辽宁朝阳市", ["辽宁", "211300"]],
  ["去了香港和呼和浩特", ["香港", "内蒙古", "150100"]],
  ["吉林市和海南藏族自治州", ["吉林", "220200", "青海", "632500"]],
  ["山东市中区停电", ["山东", "?市中区\u0001370103 370402"]],
])("places of %s", (text, provinces) => {
  expect(score(text).mentioned).toEqual(provinces);
});

it.each([
  ["希望有关部门给个说法", "suggestion"],
  ["求助，谁知道怎么联系他们", "help"],
  ["呵呵，可真是好公司啊", "irony"],
  ["为什么到现在还不公布结果", "question"],
  ["这种公司太恶心太无耻了", "criticism"],
  ["支持你们，加油，好样的", "support"],
])("%s: %s", (text, cue) => {
  expect(score(text).opinions!.map((line) => line.split("\u0001")[0])).toEqual([cue]);
});

it("quotes at most three sentences of 6 to 80 characters, verbatim and in order", () => {
  const text = "太恶心。" + ["甲", "乙", "丙", "丁"].map((who) => `${who}公司凭什么这样欺负人？`).join("\n") + "凭什么" + "很长".repeat(60);
  const quotes = score(text).opinions!.map((line) => line.split("\u0001")[2]!);
  expect(quotes).toHaveLength(3);
  expect(quotes.every((quote) => text.includes(quote) && quote.length >= 6 && quote.length <= 80)).toBe(true);
  expect(quotes.map((quote) => text.indexOf(quote))).toEqual(quotes.map((quote) => text.indexOf(quote)).sort((a, b) => a - b));
});

it("cuts a long sentence at its commas", () => {
  const long = "这家公司的那几位负责人昨天在会上又说了很多没有用的空话套话来敷衍所有到场的员工和他们的家属，我们到底为什么还要相信他们";
  expect(score(long).opinions!.map((line) => line.split("\u0001")[2])).toContain("我们到底为什么还要相信他们");
});

it("keeps separators and control characters out of what it returns", () => {
  const scored = score("question\u0001negative\u0001凭什么这样欺负人\u0000？#a\u0001b# [怒]\u0085");
  expect(JSON.stringify({ ...scored, opinions: scored.opinions!.map((line) => line.split("\u0001").slice(2)) })).not.toMatch(/\\u00/);
  expect(scored.opinions!.every((line) => line.split("\u0001").length === 3)).toBe(true);
});

it.each(["constructor __proto__ toString", "\ud800\udc00\ud800", "\u0000", "哈".repeat(100_000), "[".repeat(50_000), "。".repeat(50_000), "😀".repeat(20_000), "不".repeat(50_000)])("survives hostile text %#", (text) => {
  const scored = score(text);
  expect(scored.err).toBeNull();
  expect(scored.polarity === null || polarities.includes(scored.polarity as never)).toBe(true);
  expect(scored.emotion === null || emotions.includes(scored.emotion as never)).toBe(true);
  const { positive_micro: positive, negative_micro: negative } = scored;
  expect(positive === null ? negative === null : Number.isInteger(positive) && Number.isInteger(negative) && positive >= 0 && negative! >= 0 && positive + negative! <= 1_000_001).toBe(true);
});

it("turns a throw into err and nulls", () => {
  const broken = { ...resources, segmenter: { cut: (): string[] => { throw new Error("native fault"); } } };
  expect(scoreText("文本", broken)).toEqual({ terms: null, tags: null, emoticons: null, mentions: null, polarity: null, positive_micro: null, negative_micro: null, emotion: null, mentioned: null, opinions: null, targets: null, triage: null, err: "Error: native fault" });
});
