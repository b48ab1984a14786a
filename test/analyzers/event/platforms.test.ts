import { expect, it } from "vitest";
import { platforms } from "../../../analyzers/event/platforms.ts";
import type { Table } from "../../../analyzers/contract.ts";

it("gives no share, and never Infinity, where channels are known and no platform is", () => {
  const volume = [{ platform: null, channel: "news", posts: 7, originals: 7, author_days: 7, engagement: 0 }] as unknown as Table;
  const finding = platforms.analyze({ volume }, platforms.options.parse({}), {} as never);
  expect(finding.status).toBe("unavailable");
  const shares = finding.figures.filter(({ unit }) => unit === "share").map(({ key, value }) => [key, value]);
  expect(shares).toEqual([["press.share", null], ["channel.share.news", null]]);
});
