import { expect, it } from "vitest";
import { overview as analyzer } from "../../analyzers/event/overview.ts";
import { eventSchema } from "../../pipeline/config.ts";
import { overview } from "../../reports/case-study/overview.ts";

const text = (sentences: ReturnType<typeof overview.tell>) => sentences.map((parts) => parts.map((part) => (typeof part === "string" ? part : part.text)).join(""));
const find = (posts: number, volume: { day: number | null; platform: string | null; posts: number }[], authored = posts) =>
  analyzer.analyze({ coverage: posts === 0 ? [] : [{ kind: "original", posts: posts / 4, timed: posts / 4, authored: authored / 4 }, { kind: "repost", posts: (posts * 3) / 4, timed: (posts * 3) / 4, authored: (authored * 3) / 4 }], volume, author_sizes: authored === 0 ? [] : [{ posts: 1, authors: authored / 2 }] }, {}, { event: eventSchema.parse({}), utcOffsetMs: 0, findings: new Map() });

it("tells size, span, authors and platforms", () => {
  const finding = find(24_000, [{ day: 20_150, platform: "weibo", posts: 20_000 }, { day: 20_153, platform: "douyin", posts: 4000 }]);
  expect(text(overview.tell(finding, "zh"))).toEqual(["本报告分析帖文 2.40万条，发布于 2025年3月3日至 2025年3月6日，跨 4天，有帖文的日子日均 1.20万条。", "其中原创占 25.0%；有作者的 2.40万条来自 1.20万个账号。", "平台已知的来自 2 个平台，微博最多，占 83.3%。"]);
  expect(text(overview.tell(finding, "en"))).toEqual(["The report covers 24,000 posts of 3 Mar 2025 to 6 Mar 2025 (4 days), 12,000 posts per day with posts.", "Originals: 25.0%; 24,000 posts with a known author come from 12,000 accounts.", "Those with a known platform come from 2 platforms; Weibo has most (83.3%)."]);
});

it("gives counts below 20, names no first in a tie, and says what is unknown", () => {
  expect(text(overview.tell(find(8, [{ day: 20_150, platform: "weibo", posts: 4 }, { day: 20_150, platform: "douyin", posts: 4 }]), "zh"))).toEqual(["本报告分析帖文 8条，发布于 2025年3月3日。", "其中原创 2条；有作者的 8条来自 4个账号。", "平台已知的来自 2 个平台。"]);
  expect(text(overview.tell(find(8, [{ day: null, platform: null, posts: 8 }], 0), "zh"))).toEqual(["本报告分析帖文 8条，数据没有发布时间。", "其中原创 2条；数据没有作者。", "数据没有平台。"]);
  expect(overview.tell(find(0, []), "zh")).toEqual([]);
});
