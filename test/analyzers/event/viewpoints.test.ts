import { expect, it } from "vitest";
import { viewpoints } from "../../../analyzers/event/viewpoints.ts";
import { wilson } from "../../../analyzers/statistics.ts";
import { eventSchema } from "../../../pipeline/config.ts";

const context = { event: eventSchema.parse({}), utcOffsetMs: 8 * 3_600_000, findings: new Map() };
const options = viewpoints.options.parse({});
const label = (viewpoint: number, given: Record<string, string | number | null>) => ({ viewpoint, kind: "viewpoint", cue: "criticism", polarity: "negative", aspect: "加班", quotes: "", copied: 0, ...given });

const tables = {
  viewpoints: [
    { viewpoint: 1, field: "all", posts: 130, authors: 100, likes: null },
    { viewpoint: 1, field: "public", posts: 120, authors: 95, likes: null },
    { viewpoint: 1, field: "media", posts: 10, authors: 5, likes: null },
    { viewpoint: 2, field: "all", posts: 80, authors: 60, likes: null },
    { viewpoint: 3, field: "all", posts: 19, authors: 19, likes: null },
    { viewpoint: 4, field: "all", posts: 60, authors: 60, likes: null },
    { viewpoint: 9, field: "all", posts: 900, authors: 300, likes: null },
  ],
  opinion_totals: [
    { field: "all", posts: 1200, authors: 400, grouped_authors: 220, slogan_posts: 900 },
    { field: "public", posts: 1100, authors: 390, grouped_authors: 210, slogan_posts: 900 },
  ],
  viewpoint_labels: [
    label(1, { quotes: "weibo:7\u0002天天加班谁受得了\u0001weibo:8\u0002加班费去哪了" }),
    label(2, { copied: 620_000 }),
    label(3, { cue: "help", polarity: null, aspect: null, copied: 900_000 }),
    label(4, { cue: "question", aspect: "通报" }),
    label(9, { kind: "slogan", cue: null, polarity: null, aspect: null, quotes: "weibo:5\u0002加油" }),
  ],
  viewpoint_times: [],
  coverage: [{ posts: 3000, authored: 2900 }],
};
const finding = viewpoints.analyze(tables, options, context);
const figure = (key: string) => finding.figures.find((one) => one.key === key);

it("shares are of the accounts with an opinion, over the whole event", () => {
  expect(figure("viewpoint.share.1")).toEqual({
    key: "viewpoint.share.1", label: { zh: "批评“加班”", en: "criticism of “加班”" }, value: 0.25, unit: "share", of: 400, interval: wilson(100, 400), filter: { viewpoint: 1 }, estimate: true,
  });
  expect(finding.data.viewpoints[0]).toMatchObject({ media: 5, official: 0, public: 95 });
  expect(finding.coverage).toEqual({ posts: 1200, of: 3000 });
});

it("lists most accounts first and numbers a name that comes again", () => {
  expect(finding.data.viewpoints.map(({ viewpoint, name }) => [viewpoint, name.zh])).toEqual([[1, "批评“加班”"], [2, "批评“加班”（2）"], [4, "追问“通报”"], [3, "求助（未指明对象）"]]);
});

it("gives no percentage below 20 accounts", () => {
  expect(figure("viewpoint.share.3")).toBeUndefined();
  expect(figure("viewpoint.authors.3")).toMatchObject({ value: 19, unit: "authors" });
});

it("flags a viewpoint of copies, unless it has too few posts to tell", () => {
  expect(finding.data.viewpoints.filter(({ concentrated }) => concentrated).map(({ viewpoint }) => viewpoint)).toEqual([2]);
  expect(figure("viewpoint.copied.2")).toMatchObject({ value: 0.62, of: 80, unit: "share" });
});

it("keeps slogans apart and quotes verbatim", () => {
  expect(finding.data.slogans).toEqual([{ viewpoint: 9, posts: 900, authors: 300, quotes: [{ id: "weibo:5", text: "加油", cue: null }] }]);
  expect(finding.data.viewpoints[0]!.quotes).toEqual([{ id: "weibo:7", text: "天天加班谁受得了", cue: null }, { id: "weibo:8", text: "加班费去哪了", cue: null }]);
});

it("counts a view of question or help as a view, not as a question to answer, and shows what belongs to no viewpoint", () => {
  expect(figure("questions")).toMatchObject({ value: 0, unit: "count" });
  expect(figure("opinion.ungrouped")).toMatchObject({ value: 0.45, of: 400, interval: wilson(180, 400) });
});

it("says that no author is known", () => {
  expect(finding.data.authored).toBe(true);
  expect(viewpoints.analyze({ ...tables, coverage: [{ posts: 3000, authored: 0 }] }, options, context).data.authored).toBe(false);
});

it("is empty without opinions", () => {
  const empty = { viewpoints: [], opinion_totals: [{ field: "all", posts: 0, authors: 0, grouped_authors: 0, slogan_posts: 0 }], viewpoint_labels: [], viewpoint_times: [], coverage: [] };
  expect(viewpoints.analyze(empty, options, context)).toMatchObject({ status: "empty", data: { viewpoints: [], ungrouped: null } });
  expect(viewpoints.analyze({ ...empty, opinion_totals: [] }, options, context).status).toBe("empty");
});
