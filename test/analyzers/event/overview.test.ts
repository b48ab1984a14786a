import { expect, it } from "vitest";
import type { Table } from "../../../analyzers/contract.ts";
import { overview } from "../../../analyzers/event/overview.ts";
import { eventSchema } from "../../../pipeline/config.ts";

const run = (coverage: Table, volume: Table, author_sizes: Table) => overview.analyze({ coverage, volume, author_sizes }, {}, { event: eventSchema.parse({}), utcOffsetMs: 0, findings: new Map() });
const volume = (day: number | null, platform: string | null, posts: number) => ({ day, platform, posts });

it("counts posts, days, authors and platforms", () => {
  const { data, figures, status } = run(
    [{ kind: "original", posts: 30, timed: 28, authored: 30 }, { kind: "repost", posts: 70, timed: 70, authored: 60 }],
    [volume(100, "weibo", 50), volume(103, "weibo", 10), volume(103, "douyin", 30), volume(100, null, 8), volume(null, "douyin", 2)],
    [{ posts: 1, authors: 40 }, { posts: 5, authors: 10 }],
  );
  const value = (key: string) => figures.find((one) => one.key === key)!.value;
  expect(status).toBe("ok");
  expect(data).toEqual({ span: { first: 100, last: 103 }, platforms: [{ platform: "weibo", posts: 60 }, { platform: "douyin", posts: 32 }], authored: true });
  expect(["posts", "span.days", "days.active", "posts.daily", "authors", "share.original", "platforms"].map(value)).toEqual([100, 4, 2, 49, 50, 0.3, 2]);
  expect(figures.find(({ key }) => key === "platform.share")).toMatchObject({ value: 60 / 92, of: 92, filter: { platform: "weibo" } });
});

it("says unknown where nothing is known", () => {
  const { data, figures } = run([{ kind: "original", posts: 3, timed: 0, authored: 0 }], [volume(null, null, 3)], []);
  const value = (key: string) => figures.find((one) => one.key === key)!.value;
  expect([value("span.days"), value("posts.daily"), value("authors")]).toEqual([null, null, null]);
  expect(data).toEqual({ span: null, platforms: [], authored: false });
  expect(run([], [], []).status).toBe("empty");
});
