import { expect, it } from "vitest";
import { hotWords } from "../../../analyzers/event/hot-words.ts";
import type { Finding, Table } from "../../../analyzers/contract.ts";
import { eventSchema } from "../../../pipeline/config.ts";

const event = eventSchema.parse({ query: ["云帆科技 加班"], subjects: [{ name: "云帆科技有限公司", aliases: ["YunFan"] }] });
const context = { event, utcOffsetMs: 8 * 3_600_000, findings: new Map<string, Finding>() };
const options = hotWords.options.parse({});
const million = 1_000_000;

const said = (head: object, docs: number, wordings = docs) => ({ ...head, docs, wordings_micro: wordings * million });
const total = (dimension: string, value: string | null, docs: number, texts: number, time: { unit: string; time: number } | null = null) => ({ dimension, value, unit: time?.unit ?? null, time: time?.time ?? null, ...said({}, docs), texts, texts_micro: texts * million });
const tables: Record<string, Table> = {
  terms: [
    said({ field: "public", term: "截图" }, 200),
    said({ field: "media", term: "截图" }, 1),
    said({ field: "media", term: "通报" }, 40),
    said({ field: "public", term: "通报" }, 60),
    said({ field: "public", term: "大家" }, 150),
    said({ field: "public", term: "工位墙" }, 6),
    said({ field: "public", term: "罕见" }, 4),
    // One text, by 300 accounts.
    said({ field: "public", term: "转抄" }, 300, 1),
    said({ field: "public", term: "加班" }, 500),
    said({ field: "official", term: "加班" }, 2),
    said({ field: "public", term: "yunfan" }, 30),
    said({ field: "public", term: "加班费" }, 12),
  ],
  phrases: [],
  term_groups: [],
  term_times: [],
  term_totals: [total("field", "media", 500, 100), total("field", "official", 50, 10), total("field", "public", 9450, 1890)],
  background: [
    { term: "截图", count: 8000 },
    { term: "通报", count: 20_000 },
    // 150 of 10,000 are 1.25 times this.
    { term: "大家", count: 1_200_000 },
    { term: "加班费", count: 900 },
    { term: "罕见", count: 500 },
  ],
  archive_terms: [],
  archive_totals: [],
  tags: [
    { tag: "云帆科技回应", field: "public", posts: 50, author_days: 40 },
    { tag: "刷屏", field: "public", posts: 400, author_days: 6 },
    { tag: "罕见", field: "public", posts: 9, author_days: 4 },
    { tag: "云帆科技回应", field: "media", posts: 7, author_days: 5 },
  ],
  mentions: [
    { account: "张***三", institution: false, posts: 9, author_days: 8, media: 0, official: 0, public: 9 },
    { account: "甲日报", institution: true, posts: 20, author_days: 20, media: 3, official: 1, public: 16 },
    { account: "张***三", institution: false, posts: 30, author_days: 7, media: 0, official: 0, public: 30 },
  ],
  emoticons: [{ emoticon: "[怒]", field: "public", posts: 12, author_days: 11 }],
  volume: [{ posts: 3000, worded: 2000 }, { posts: 500, worded: 100 }],
};
const find = (changed: Partial<Record<string, Table>> = {}, given = options, findings = context.findings) => hotWords.analyze({ ...tables, ...changed } as Record<string, Table>, given, { ...context, findings });
const finding = find();
const list = ({ data }: ReturnType<typeof find>, by: string, value: string) => data.lists.find((one) => one.by === by && one.value === value);
const words = (found: { words: { term: string; docs: number; other: number | null }[] } | undefined) => found?.words.map(({ term, docs, other }) => [term, docs, other]);

it("keeps words by z, texts, wordings and lift", () => {
  expect(finding.status).toBe("ok");
  // Out: 大家 (lift 1.25), 罕见 (4 texts), 转抄 (one wording), and what the event file gives.
  expect(finding.data.words.map(({ term, docs }) => [term, docs])).toEqual([["截图", 201], ["通报", 100], ["加班费", 12], ["工位墙", 6]]);
  // 201/10,000 over 8,000/10^8 = 251.25
  expect(finding.data.words[0]!.lift).toBeCloseTo(251.25, 9);
  expect(finding.coverage).toEqual({ posts: 2100, of: 3500 });
});

it("takes a word that the general list lacks for as frequent as the list's rarest", () => {
  // 6/10,000 over 500/10^8 = 120
  expect(finding.data.words[3]).toMatchObject({ term: "工位墙", exact: false, other: null });
  expect(finding.data.words[3]!.lift).toBeCloseTo(120, 9);
});

it("lists query words and subjects apart, also pieces and other letter case", () => {
  expect(finding.data.given).toEqual([{ term: "加班", docs: 502 }, { term: "yunfan", docs: 30 }]);
});

it("compares media and public, each with the other, and not with fewer than 20 texts", () => {
  // 通报: 40 of 500 against 60 of 9,450. 截图: 200 of 9,450 against 1 of 500 is z = 1.79: not enough.
  expect(words(list(finding, "field", "media"))).toEqual([["通报", 40, 60]]);
  expect(words(list(finding, "field", "public"))).toEqual([]);
  // α = 1000·201/9950 = 20.2010, z = ln((220.201/10229.799)/(21.201/1478.799)) / √(1/220.201 + 1/21.201) = 1.787 · lift = (200/9450)/(1/500) = 10.582
  const loose = list(find({}, { ...options, z: 1.78 }), "field", "public")!.words;
  expect(loose.map(({ term, lift, significant }) => [term, Number(lift!.toFixed(3)), significant])).toEqual([["截图", 10.582, false]]);
  expect(list(finding, "field", "official")).toBeUndefined(); // 10 texts
});

it("orders the words of a part by how far they stand out beside the usual spread, not by how sure the difference is", () => {
  const said2 = (term: string, there: number, here: number) => [said({ field: "public", term }, there), said({ field: "media", term }, here)];
  const totals = [total("field", "media", 100_000, 20_000), total("field", "public", 100_000, 20_000)];
  // 大家: α = 30, δ = ln((4030/96,970)/(2030/98,970)) = 0.706, z = 0.706/√(1/4030 + 1/2030) = 25.9, with the spread 0.706/0.202 = 3.5. 通报: 1.916/0.136 = 14.1, with it 1.916/0.242 = 7.9.
  const found = (spread: number) => list(find({ terms: [...said2("大家", 2000, 4000), ...said2("通报", 60, 420)], term_totals: totals }, { ...options, spread }), "field", "media")!.words;
  expect(found(0.2).map(({ term, z }) => [term, Math.round(z)])).toEqual([["通报", 14], ["大家", 26]]);
  expect(found(0).map(({ term }) => term)).toEqual(["大家", "通报"]);
});

it("does not call a word more frequent where readers see it less: both wordings and texts must say so", () => {
  // In wordings 50 of 9,450 over 1 of 500; in texts 50 of 9,450 against 60 of 500: the media copied one text 60 times.
  const copied = find({ terms: [said({ field: "public", term: "声明" }, 50), said({ field: "media", term: "声明" }, 60, 1)] }, { ...options, z: 0 });
  expect(words(list(copied, "field", "public"))).toEqual([]);
});

const hour = 3_600_000;
const phases = (unit: "slot" | "day") => new Map([["phases", { status: "ok", data: { bins: { unit }, phases: [{ name: "growth", from_ms: 100 * hour, to_ms: 102 * hour }, { name: "burst", from_ms: 102 * hour, to_ms: 104 * hour }] } } as unknown as Finding]]);
// Local hours 108 to 111 are UTC hours 100 to 103; 112 lies after both phases.
const timed = {
  term_times: [
    { term: "旧闻", unit: "hour", course: `108:30:${30 * million},110:30:${30 * million}` },
    { term: "新词", unit: "hour", course: `109:1:${million},110:20:${20 * million},111:30:${30 * million},112:400:${400 * million}` },
  ],
  term_totals: [...tables.term_totals!, ...[108, 109, 110, 111, 112].map((time) => total("time", null, 500, 60, { unit: "hour", time })), total("time", null, 900, 90, { unit: "day", time: 4 })],
};

it("lists the new words of a phase against the earlier phases, the first against general language", () => {
  const found = find(timed, options, phases("slot"));
  expect(words(list(found, "phase", "burst"))).toEqual([["新词", 50, 1]]);
  expect(list(found, "phase", "burst")).toMatchObject({ against: "earlier", texts: 120, other_texts: 120 });
  expect(list(found, "phase", "growth")).toMatchObject({ against: "general", texts: 120, other_texts: null });
  expect(words(list(found, "phase", "growth"))).toEqual([["旧闻", 30, null]]);
  // UTC hours 102 and 103 are local ten-minute slots 660 to 671.
  expect(found.figures.find(({ key }) => key === "phase.docs.burst.新词")).toMatchObject({ value: 50, of: 120, filter: { term: "新词", slot: { gte: 660, lt: 672 } } });
  // The first hour of a burst that begins at 102:20 has its middle in it, and counts whole.
  const late = new Map([["phases", { status: "ok", data: { bins: { unit: "slot" }, phases: [{ name: "growth", from_ms: 100 * hour, to_ms: 102 * hour + 1_200_000 }, { name: "burst", from_ms: 102 * hour + 1_200_000, to_ms: 104 * hour }] } } as unknown as Finding]]);
  expect(find(timed, options, late).figures.find(({ key }) => key === "phase.docs.burst.新词")).toMatchObject({ value: 50, filter: { slot: { gte: 660, lt: 672 } } });
  // What knows only the day counts where the phases are of days: local day 4 has its middle at UTC hour 100.
  expect(list(find(timed, options, phases("day")), "phase", "growth")).toMatchObject({ texts: 210 });
});

it("lists words of a platform against the others and of negative against positive posts, the latter as estimates", () => {
  const groups = (dimension: string, a: string, b: string): Partial<Record<string, Table>> => ({
    term_groups: [said({ dimension, value: a, term: "退款" }, 60), said({ dimension, value: b, term: "退款" }, 2), said({ dimension, value: b, term: "点赞" }, 40)],
    term_totals: [...tables.term_totals!, total(dimension, a, 1000, 100), total(dimension, b, 1000, 100), total(dimension, null, 50, 30)],
  });
  const platform = find(groups("platform", "weibo", "douyin"));
  expect(words(list(platform, "platform", "weibo"))).toEqual([["退款", 60, 2]]);
  expect(words(list(platform, "platform", "douyin"))).toEqual([["点赞", 40, 0]]);
  const mood = find(groups("polarity", "negative", "positive"));
  expect(words(list(mood, "polarity", "negative"))).toEqual([["退款", 60, 2]]);
  expect(mood.figures.find(({ key }) => key === "polarity.docs.negative.退款")).toMatchObject({ value: 60, estimate: true, filter: { polarity: "negative", term: "退款" } });
});

it("ranks hashtags by accounts per day, so that one account cannot push its own", () => {
  expect(finding.data.tags).toEqual([
    { name: "云帆科技回应", posts: 57, author_days: 45, media: 7, official: 0, public: 50 },
    { name: "刷屏", posts: 400, author_days: 6, media: 0, official: 0, public: 400 },
  ]);
});

it("keeps accounts of equal masked names apart", () => {
  expect(finding.data.mentions.map(({ name, author_days }) => [name, author_days])).toEqual([["甲日报", 20], ["张***三", 8], ["张***三", 7]]);
  expect(finding.figures.filter(({ key }) => key.startsWith("mention.")).map(({ value }) => value)).toEqual([20, 8, 7]);
  expect(finding.data.emoticons).toEqual([{ name: "[怒]", posts: 12, author_days: 11, media: 0, official: 0, public: 12 }]);
});

it("gives every listed word a figure with its denominator and rows", () => {
  expect(finding.figures.find(({ key }) => key === "term.docs.截图")).toMatchObject({ value: 201, unit: "count", of: 2000, filter: { term: "截图" }, estimate: false });
  expect(finding.figures.find(({ key }) => key === "field.docs.media.通报")).toMatchObject({ value: 40, of: 100, filter: { field: "media", term: "通报" } });
});

it("survives hostile terms", () => {
  const terms = ["__proto__", "constructor", "</script><b>", "$&"].map((term) => said({ field: "public", term }, 50));
  expect(find({ terms }).data.words.map(({ term }) => term)).toEqual(["$&", "</script><b>", "__proto__", "constructor"]);
});

it("says what is missing", () => {
  const empty = Object.fromEntries(Object.keys(tables).map((name) => [name, []]));
  expect(find(empty)).toMatchObject({ status: "empty", coverage: { posts: 0, of: 0 }, data: { words: [], lists: [], tags: [] } });
  expect(find({ background: [] })).toMatchObject({ status: "unavailable", data: { words: [] } });
});

it("joins words that are nearly always one phrase, once they carry enough of each part, in every list", () => {
  const phrase = (parts: string[], docs: number) => ({ row: { phrase: parts.join(""), parts: parts.join("\u0001") }, term: said({ field: "public", term: parts.join("") }, docs) });
  const phrases = [
    phrase(["截图", "通报"], 70), // 70 of 100, but of 201 only a third
    phrase(["内网", "长图"], 60),
    phrase(["内网", "长图", "流出"], 55), // longer: comes first
    phrase(["加班", "截图"], 400), // a word of the query, listed apart
  ];
  const words = ([["内网", 60], ["长图", 62], ["流出", 80]] as const).map(([term, docs]) => said({ field: "public", term }, docs));
  const terms = [...tables.terms!, ...words, ...phrases.map(({ term }) => term)];
  const background = [...tables.background!, { term: "内网", count: 900 }, { term: "流出", count: 20_000 }];
  const found = find({ phrases: phrases.map(({ row }) => row), terms, background });
  expect(found.data.words.map(({ term, docs }) => [term, docs])).toEqual([["截图", 201], ["内网长图流出", 55], ["通报", 100], ["加班费", 12], ["工位墙", 6]]);
  // 长图 is not in the list, so it is as rare as the list's rarest: 500. 55/10,000 over 500/10^8 = 1,100
  const joined = found.data.words[1]!;
  expect([joined.parts, joined.exact, Math.round(joined.lift!)]).toEqual([["内网", "长图", "流出"], false, 1100]);
  expect(found.figures.find(({ key }) => key === "term.docs.内网长图流出")).toMatchObject({ value: 55, filter: { term: "内网长图流出" } });
  // In the list of a field, too, neither its parts nor the shorter phrase stand beside it.
  const loose = list(find({ phrases: phrases.map(({ row }) => row), terms, background }, { ...options, z: 0.5 }), "field", "public")!.words;
  expect(loose.filter(({ term }) => /内网|长图|流出/.test(term)).map(({ term, docs, parts }) => [term, docs, parts])).toEqual([["内网长图流出", 55, ["内网", "长图", "流出"]]]);
});

it("compares with general language whatever the letter case", () => {
  const terms = [said({ field: "public", term: "ETC" }, 50)];
  // 50/10,000 over (300 + 200)/10^8 = 1,000
  const background = [{ term: "etc", count: 300 }, { term: "ETC", count: 200 }, { term: "罕见", count: 5 }];
  expect(find({ terms, background }).data.words.map(({ term, lift, exact }) => [term, Math.round(lift!), exact])).toEqual([["ETC", 1000, true]]);
});

it("compares with the archive's other posts where there are enough of the event's platforms", () => {
  const totals = { platform: "weibo", wordings: 3000, terms: 30_000, first_day: 20_000, last_day: 20_004 };
  const terms = [{ platform: "weibo", term: "截图", wordings: 6, exact: true }, { platform: "weibo", term: "通报", wordings: 300, exact: true }, { platform: "weibo", term: "工位墙", wordings: 1, exact: false }];
  const platform = (micro: number, other: number) => [...tables.term_totals!, total("platform", "weibo", micro, 900), total("platform", "douyin", other, 100)];
  const found = find({ archive_terms: terms, archive_totals: [totals], term_totals: platform(9000, 1000) });
  // 通报 is as common there: 100 of 10,000 against 300 of 30,000. 大家 is not there at all. 12 加班费 of 10,000 against 0 of 30,000: α = 1000·12/40000 = 0.3, z = ln((12.3/10987.7)/(0.3/30999.7)) / √(1/12.3 + 1/0.3) = 2.6.
  expect(found.data.words.map(({ term, lift }) => [term, lift === null ? null : Math.round(lift * 10) / 10])).toEqual([["截图", 100.5], ["大家", null]]);
  expect(found.data.background).toEqual({ kind: "archive", wordings: 3000, days: [20_000, 20_004], short: null });
  expect(found.figures.filter(({ key }) => key.startsWith("background")).map(({ key, value }) => [key, value])).toEqual([["background.wordings", 3000], ["background.days", 5]]);
  expect(find({ ...timed, archive_terms: terms, archive_totals: [totals], term_totals: [...timed.term_totals, ...platform(9000, 1000)] }, options, phases("slot")).data.lists[0]).toMatchObject({ value: "growth", against: "archive" });

  const general = finding.data.words;
  const few = find({ archive_terms: terms, archive_totals: [{ ...totals, wordings: 1999 }], term_totals: platform(9000, 1000) });
  expect([few.data.background.short, few.data.words]).toEqual(["few", general]);
  const others = find({ archive_terms: terms, archive_totals: [totals], term_totals: platform(7000, 3000) });
  expect([others.data.background.short, others.data.words]).toEqual(["platforms", general]);
  expect(find({ archive_terms: terms, archive_totals: [totals], term_totals: platform(9000, 1000) }, { ...options, background: "general" }).data.words).toEqual(general);
});
