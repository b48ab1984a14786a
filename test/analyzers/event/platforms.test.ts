import { expect, it } from "vitest";
import { platforms } from "../../../analyzers/event/platforms.ts";
import type { Table } from "../../../analyzers/contract.ts";

it("tells channels, and no platform, where only these are known", () => {
  const volume = [{ platform: null, channel: "news", posts: 7, originals: 7, author_days: 7, engagement: 0 }] as unknown as Table;
  const finding = platforms.analyze({ volume }, platforms.options.parse({}), {} as never);
  expect(finding).toMatchObject({ status: "ok", coverage: { posts: 7, of: 7 } });
  const shares = finding.figures.filter(({ unit }) => unit === "share").map(({ key, value }) => [key, value]);
  expect(shares).toEqual([["press.share", 1], ["channel.share.news", 1]]);
});
