import { expect, it } from "vitest";
import type { Finding } from "../../analyzers/contract.ts";
import { response } from "../../analyzers/event/response.ts";
import { timeline as analyzer } from "../../analyzers/event/timeline.ts";
import { eventSchema } from "../../pipeline/config.ts";
import { timeline } from "../../reports/case-study/timeline.ts";

const text = (sentences: ReturnType<typeof timeline.tell>) => sentences.map((parts) => parts.map((part) => (typeof part === "string" ? part : part.text)).join(""));
const at = (day: number, hour: number) => Date.UTC(2025, 2, day, hour - 8);
const post = (which: string, id: string, published_ms: number, rest = {}) => ({ which, id, published_ms, precision: "second", platform: "weibo", author_name: "某*报", title: `标题${id}`, url: "javascript:alert(1)", ...rest });
const find = (firsts: ReturnType<typeof post>[], milestones: { time: string; text: string; url?: string }[] = []) =>
  analyzer.analyze({ coverage: [{ posts: 9, timed: 9 }], firsts, day_posts: [] }, analyzer.options.parse({}), { event: eventSchema.parse({ milestones }), utcOffsetMs: 8 * 3_600_000, findings: new Map() });

it("tells the earliest posts and how much later each came", () => {
  const finding = find([post("all", "a", at(3, 9)), post("media", "m", at(3, 10)), post("official", "o", at(4, 9))]);
  expect(text(timeline.tell(finding, "zh"))).toEqual(["数据中最早的帖文发布于 2025年3月3日 09:00，见于微博。", "最早的媒体帖文见于 3月3日 10:00，晚 60分钟。", "最早的政务账号帖文见于 3月4日 09:00，晚 24小时。"]);
  expect(text(timeline.tell(finding, "en"))).toEqual(["The earliest post in the data is of 3 Mar 2025 09:00 on Weibo.", "The earliest media post is of 3 Mar 10:00, 60 min later.", "The earliest government account post is of 4 Mar 09:00, 24 h later."]);
});

it("says when the first post is of the media, when only days are known, and when there is no official post", () => {
  expect(text(timeline.tell(find([post("all", "a", at(3, 9)), post("media", "a", at(3, 9))]), "zh"))).toEqual(["数据中最早的帖文发布于 2025年3月3日 09:00，见于微博。", "这一条即为媒体所发。", "数据中没有政务账号的有时间帖文。"]);
  const day = { precision: "day" };
  expect(text(timeline.tell(find([post("all", "a", at(3, 0), day), post("media", "m", at(5, 0), day), post("official", "o", at(3, 0), day)]), "zh"))).toEqual(["数据中最早的帖文发布于 2025年3月3日，见于微博。", "最早的媒体帖文见于 3月5日，晚 2天。", "最早的政务账号帖文见于 3月3日，与之同时。"]);
  expect(text(timeline.tell(find([], [{ time: "2025-03-03", text: "事发" }]), "zh"))).toEqual(["数据没有发布时间，以下只列给定节点。"]);
});

it("lists moments with evidence links; hostile text stays text and is cut at 40 characters", () => {
  const title = `</script><img src=x onerror=alert(1)>${"长".repeat(60)}`;
  const finding = find([post("all", 'x"><b>', at(3, 9), { title, author_name: "<i>" }), post("media", "m", at(3, 10), { title: null })], [{ time: "2025-03-03 08:00", text: "<b>通报", url: "https://example.invalid/?a=1&b=2" }]);
  const list = timeline.extra!(finding, "zh")!.text;
  expect(list).not.toMatch(/<script|<img|<b>|<i>|javascript/);
  expect(list.match(/<li/g)!.length).toBe(3);
  expect(list).toContain('<li class="given"><time>2025年3月3日 08:00</time> <strong><bdi>&lt;b&gt;通报</bdi></strong> <a href="https://example.invalid/?a=1&amp;b=2"');
  expect(list).toContain(`长长长…」</bdi>`);
  expect(list).toContain('<a data-fact="moment.time.3">2025年3月3日 10:00</a></time> <strong>最早的媒体帖文</strong>，<bdi>微博，某*报</bdi></li>');
  expect(timeline.charts(finding, "zh")).toEqual([]);
});

it("puts the first statement of each party on the line, one entry with the first official post when they are the same", () => {
  const statement = { subject: "甲公司", id: "o", published_ms: at(4, 9), precision: "second", platform: "weibo", author_name: "甲公司", title: "情况说明", url: null };
  const context = { event: eventSchema.parse({ subjects: [{ name: "甲公司", accounts: ["甲公司"] }] }), utcOffsetMs: 8 * 3_600_000, findings: new Map<string, Finding>() };
  const firsts = [post("all", "a", at(3, 9)), post("official", "o", at(4, 9))];
  context.findings.set("response", response.analyze({ parties: [{ subject: "甲公司", account: "甲公司", posts: 1, worded: 1 }], statements: [statement], firsts, volume: [], sentiment: [] }, response.options.parse({}), context) as Finding);
  const { data } = analyzer.analyze({ coverage: [{ posts: 9, timed: 9 }], firsts, day_posts: [] }, analyzer.options.parse({}), context);
  expect(data.moments.map(({ what, post }) => [post, ...what])).toEqual([["a", "first"], ["o", "first_official", "statement"]]);
});
