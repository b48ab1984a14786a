import { expect, it } from "vitest";
import { hotWords as analyzer } from "../../analyzers/event/hot-words.ts";
import type { Finding, Table } from "../../analyzers/contract.ts";
import { eventSchema } from "../../pipeline/config.ts";
import { hotWords } from "../../reports/case-study/hot-words.ts";
import { draw } from "../../reports/charts/draw.ts";

const text = (sentences: ReturnType<typeof hotWords.tell>) => sentences.map((parts) => parts.map((part) => (typeof part === "string" ? part : part.text)).join(""));
const million = 1_000_000;
const said = (head: object, docs: number) => ({ ...head, docs, wordings_micro: docs * million });
const total = (dimension: string, value: string | null, docs: number, texts: number, wordings = texts, hour: number | null = null) => ({ dimension, value, unit: hour === null ? null : "hour", time: hour, ...said({}, docs), texts, texts_micro: wordings * million });
const hours = 3_600_000;
const phases = new Map([["phases", { status: "ok", data: { bins: { unit: "slot" }, phases: [{ name: "growth", from_ms: 0, to_ms: hours }, { name: "burst", from_ms: hours, to_ms: 2 * hours }] } } as unknown as Finding]]);
const find = (tables: Partial<Record<string, Table>> = {}) =>
  analyzer.analyze(
    {
      terms: [
        said({ field: "public", term: "截图" }, 12_345), said({ field: "media", term: "通报" }, 400), said({ field: "public", term: "通报" }, 100),
        said({ field: "public", term: "方舱" }, 20), said({ field: "public", term: "方舱医院" }, 40), said({ field: "public", term: "加班" }, 600),
      ],
      phrases: [],
      term_groups: [said({ dimension: "polarity", value: "negative", term: "截图" }, 900), said({ dimension: "polarity", value: "positive", term: "截图" }, 3)],
      term_times: [{ term: "通报", unit: "hour", course: `8:2:${2 * million},9:400:${400 * million}` }, { term: "方舱医院", unit: "hour", course: `9:9:${9 * million}` }],
      term_totals: [
        total("field", "media", 5000, 1000), total("field", "official", 0, 0), total("field", "public", 95_000, 19_000), total("polarity", "negative", 9000, 2000), total("polarity", "positive", 9000, 2000),
        total("time", null, 9000, 2000, 2000, 8), total("time", null, 9000, 2000, 2000, 9),
      ],
      background: [{ term: "截图", count: 8000 }, { term: "通报", count: 20_000 }, { term: "方舱", count: 60 }],
      archive_terms: [],
      archive_totals: [],
      tags: [{ tag: "云帆回应", field: "public", posts: 50, author_days: 40 }, { tag: "加班", field: "public", posts: 60, author_days: 30 }],
      mentions: [{ account: "甲日报", institution: true, posts: 21, author_days: 20, media: 1, official: 0, public: 20 }],
      emoticons: [{ emoticon: "[怒]", field: "public", posts: 210, author_days: 200 }],
      volume: [{ posts: 30_000, worded: 21_000 }],
      ...tables,
    } as Record<string, Table>,
    analyzer.options.parse({}),
    { event: eventSchema.parse({ query: ["加班"] }), utcOffsetMs: 8 * hours, findings: phases },
  );
const finding = find();

it("tells the words, what is new, the contrast, the hashtags and what is not ranked", () => {
  expect(text(hotWords.tell(finding, "zh"))).toEqual([
    "有自身文字的文本共 2.00万篇，与通用语言相比，居前的热词有“截图”（1.23万篇）、“通报”（500篇）、“方舱医院”（40篇）。",
    "爆发期新增的热词有“通报”（400篇）。",
    "相对而言，媒体更常用“通报”（400篇），民间更常用“截图”（1.23万篇）。",
    "话题标签每账号每天计一次，#云帆回应#使用最多（40次）。",
    "检索词与涉事主体及其中的词（“加班”）不参与排名。",
  ]);
  expect(text(hotWords.tell(finding, "en"))[0]).toBe("In the 20,000 texts with own words, the words that stand out from general language are led by “截图” (12,345), “通报” (500), “方舱医院” (40).");
});

it("says when most texts are copies", () => {
  const copied = find({ terms: [{ field: "public", term: "转抄", docs: 10_000, wordings_micro: million }], term_totals: [total("field", "public", 10_000, 10_000, 1)], term_groups: [], term_times: [], tags: [] });
  expect(text(hotWords.tell(copied, "zh"))).toEqual(["有自身文字的文本共 1.00万篇，与通用语言相比，没有词达到热词的入选标准。", "这些文本多为近似重复，同日重复的合计一次后只有 1种说法。"]);
  expect(hotWords.charts(copied, "zh")).toEqual([]);
});

it("claims 最多 only without a tie, and says when nothing stands out", () => {
  const tied = find({ terms: [said({ field: "public", term: "罕见" }, 4)], term_groups: [], term_times: [], tags: [{ tag: "甲", field: "public", posts: 9, author_days: 5 }, { tag: "乙", field: "public", posts: 5, author_days: 5 }] });
  expect(text(hotWords.tell(tied, "zh"))).toEqual(["有自身文字的文本共 2.00万篇，与通用语言相比，没有词达到热词的入选标准。", "话题标签每账号每天计一次，#甲#居前列（5次）。"]);
  expect(hotWords.charts(tied, "zh").map(({ id }) => id)).toEqual(["hot-words-tags"]);
  expect(hotWords.tell(find({ background: [] }), "zh")).toEqual([]);
});

it("tabulates what the cloud shows", () => {
  const [cloud] = hotWords.charts(finding, "zh");
  expect(cloud!.table.rows).toEqual([
    // 12,345 of 100,000 over 8,000 of 10^8 = 1,543.1; 方舱医院 is not in the list: at least 400 per million over 0.6.
    { term: "截图", docs: "12,345", share: "61.7%", lift: "1,543", z: "519.9" },
    { term: "通报", docs: "500", share: "2.5%", lift: "25", z: "71.0" },
    { term: "方舱医院（并入：方舱）", docs: "40", share: "0.2%", lift: "≥ 667", z: "31.8" },
  ]);
});

it("lists phases, polarities, mentions and emoticons beside the charts; marks what is not significant", () => {
  const plain = hotWords.extra!(finding, "zh")!.text.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");
  expect(plain).toContain("各阶段新增热词 阶段 文本数 词（篇数） 发展期 2,000 没有词达到入选标准 爆发期 2,000 通报 （ 400 ）");
  expect(plain).toContain("负面与正面帖文各自的热词（情感为模型估计） 情感 文本数 词（篇数） 负面 2,000 截图 （ 900 ）");
  expect(plain).toContain("@甲日报 20 21 0.1% 1 0 20");
  expect(plain).toContain("[怒] 200 210 1.0% 0 0 210");
  // α = 500·40/18000 = 1.11: z = ln((41.11/9459)/(1.11/9499)) / √(1/41.11 + 1/1.11) = 3.76
  const faint = find({ term_times: [{ term: "方舱医院", unit: "hour", course: `9:40:${40 * million}` }, { term: "通报", unit: "hour", course: `8:2:${2 * million},9:400:${400 * million}` }] });
  expect(hotWords.extra!(faint, "zh")!.text).toMatch(/方舱医院<\/bdi>（<a data-fact="phase.docs.burst.方舱医院">40<\/a>）\*/);
  expect(hotWords.extra!(find({ term_groups: [], term_times: [], mentions: [], emoticons: [] }), "zh")).toBeNull();
});

it("draws without warnings, hostile words included", async () => {
  const hostile = find({ terms: ["</script><b>", "$&", "__proto__", "\u202e反"].map((term) => said({ field: "public", term }, 900)), tags: [{ tag: "</text><script>", field: "public", posts: 9, author_days: 5 }], mentions: [{ account: "<script>", institution: true, posts: 9, author_days: 9, media: 0, official: 0, public: 9 }] });
  for (const one of [finding, hostile]) {
    for (const language of ["zh", "en"] as const) {
      for (const chart of hotWords.charts(one, language)) expect((await draw(chart, "t", { language })).text).not.toMatch(/NaN|undefined|<script|<b>/);
      expect(hotWords.extra!(one, language)!.text).not.toMatch(/NaN|undefined|<script|<b>/);
    }
  }
});

it("says what it compared with, and how much that is", () => {
  const archive = (wordings: number) => ({ archive_totals: [{ platform: "weibo", wordings, terms: 90_000, first_day: 20_000, last_day: 20_029 }], archive_terms: [{ platform: "weibo", term: "截图", wordings: 30, exact: true }], tags: [], term_groups: [], term_times: [] });
  const platform = [total("platform", "weibo", 100_000, 20_000)];
  const with_ = (wordings: number) => find({ ...archive(wordings), term_totals: [total("field", "media", 5000, 1000), total("field", "public", 95_000, 19_000), ...platform] });
  expect(text(hotWords.tell(with_(9000), "zh"))[0]).toBe("有自身文字的文本共 2.00万篇，与档案中同平台同期的其他帖文（9,000种说法，30天）相比，居前的热词有“截图”（1.23万篇）、“通报”（500篇）。");
  expect(text(hotWords.tell(with_(9000), "en"))[0]).toBe("In the 20,000 texts with own words, the words that stand out from the archive's other posts of the same platforms and days (9,000 wordings, 30 days) are led by “截图” (12,345), “通报” (500).");
  expect(hotWords.charts(with_(9000), "zh")[0]!.table.columns.map(({ label }) => label)).toContain("为同平台同期其他帖文的倍数");
  const few = with_(90);
  expect(text(hotWords.tell(few, "zh")).slice(0, 2)).toEqual(["有自身文字的文本共 2.00万篇，与通用语言相比，居前的热词有“截图”（1.23万篇）、“通报”（500篇）、“方舱医院”（40篇）。", "档案中同平台同期的其他帖文太少（90种说法），不足以比较。"]);
});
