import { expect, it } from "vitest";
import { hotWords as analyzer } from "../../analyzers/event/hot-words.ts";
import type { Table } from "../../analyzers/contract.ts";
import { eventSchema } from "../../pipeline/config.ts";
import { hotWords } from "../../reports/case-study/hot-words.ts";
import { draw } from "../../reports/charts/draw.ts";

const text = (sentences: ReturnType<typeof hotWords.tell>) => sentences.map((parts) => parts.map((part) => (typeof part === "string" ? part : part.text)).join(""));
const find = (tables: Partial<Record<string, Table>>) =>
  analyzer.analyze(
    {
      terms: [
        { field: "public", term: "截图", docs: 12_345 }, { field: "media", term: "通报", docs: 400 }, { field: "public", term: "通报", docs: 100 },
        { field: "public", term: "方舱", docs: 20 }, { field: "public", term: "方舱医院", docs: 40 }, { field: "public", term: "加班", docs: 600 },
      ],
      term_totals: [{ field: "media", docs: 5000, texts: 1000 }, { field: "official", docs: 0, texts: 0 }, { field: "public", docs: 95_000, texts: 19_000 }],
      background: [{ term: "截图", count: 8000 }, { term: "通报", count: 20_000 }, { term: "方舱", count: 60 }],
      tags: [{ tag: "云帆回应", posts: 50, author_days: 40 }, { tag: "加班", posts: 60, author_days: 30 }],
      volume: [{ posts: 30_000, worded: 21_000 }],
      ...tables,
    },
    analyzer.options.parse({}),
    { event: eventSchema.parse({ query: ["加班"] }), utcOffsetMs: 8 * 3_600_000, findings: new Map() },
  );
const finding = find({});

it("tells the words, the contrast, the hashtags and what is not ranked", () => {
  expect(text(hotWords.tell(finding, "zh"))).toEqual([
    "有自身文字的文本共 2.00万篇，与通用语言相比，居前的热词有“截图”（1.23万篇）、“通报”（500篇）、“方舱医院”（40篇）。",
    "相对而言，媒体更常用“通报”，民间更常用“截图”。",
    "话题标签每账号每天计一次，#云帆回应#使用最多（40次）。",
    "检索词与涉事主体及其中的词（“加班”）不参与排名。",
  ]);
  expect(text(hotWords.tell(finding, "en"))[0]).toBe("In the 20,000 texts with own words, the words that stand out from general language are led by “截图” (12,345), “通报” (500), “方舱医院” (40).");
});

it("claims 最多 only without a tie, and says when nothing stands out", () => {
  const tied = find({ terms: [{ field: "public", term: "罕见", docs: 4 }], tags: [{ tag: "甲", posts: 9, author_days: 5 }, { tag: "乙", posts: 5, author_days: 5 }] });
  expect(text(hotWords.tell(tied, "zh"))).toEqual(["有自身文字的文本共 2.00万篇，与通用语言相比，没有词达到热词的入选标准。", "话题标签每账号每天计一次，#甲#居前列（5次）。"]);
  expect(hotWords.charts(tied, "zh").map(({ id }) => id)).toEqual(["hot-words-tags"]);
  expect(hotWords.tell(find({ background: [] }), "zh")).toEqual([]);
});

it("tabulates what the cloud shows", () => {
  const [cloud] = hotWords.charts(finding, "zh");
  expect(cloud!.table.rows).toEqual([
    // 12,345 of 100,000 over 8,000 of 10^8 = 1,543.1; 方舱医院 is not in the list: at least 400 per million over 0.6.
    { term: "截图", docs: "12,345", share: "61.7%", lift: "1,543", z: "520.3" },
    { term: "通报", docs: "500", share: "2.5%", lift: "25", z: "71.1" },
    { term: "方舱医院（并入：方舱）", docs: "40", share: "0.2%", lift: "≥ 667", z: "31.8" },
  ]);
});

it("draws without warnings, hostile words included", async () => {
  const hostile = find({ terms: ["</script><b>", "$&", "__proto__", "\u202e反"].map((term) => ({ field: "public", term, docs: 900 })), tags: [{ tag: "</text><script>", posts: 9, author_days: 5 }] });
  for (const one of [finding, hostile]) {
    for (const language of ["zh", "en"] as const) {
      for (const chart of hotWords.charts(one, language)) expect((await draw(chart, "t", { language })).text).not.toMatch(/NaN|undefined|<script|<b>/);
    }
  }
});
