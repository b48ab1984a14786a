import { digestOptionsSchema } from "../../pipeline/digest/options.ts";
import type { DigestInput } from "../../pipeline/digest/digest.ts";
import { dayOf } from "../../pipeline/digest/span.ts";
import { emptyLedger } from "../../pipeline/ledger/ledger.ts";
import type { Night, NightCount, NightItem, NightSource } from "../../pipeline/nightly/contract.ts";

export const utcOffsetMs = 8 * 3_600_000;
/** Instant of a local clock: at("2026-11-21", 23) is 23:00. */
export const at = (date: string, hour: number): number => dayOf(date) * 86_400_000 + hour * 3_600_000 - utcOffsetMs;

export const count = (date: string | null, posts: number, given: Partial<NightCount> = {}): NightCount => ({ day: date === null ? null : dayOf(date), event: null, platform: "weibo", field: "public", kind: "original", polarity: null, posts, originals: posts, engagement: 0, ...given });

export const item = (id: string, given: Partial<NightItem> = {}): NightItem => ({
  id, event: null, title: `标题${id}`, text: `正文${id}，说的是另一件事。`, url: null, platform: "weibo", site: null, field: "public", author_name: "甲*乙", author_type: "ordinary", published_ms: at("2026-11-21", 9), precision: "minute",
  region: null, posts: 1, authors: 1, reach: 10, reposts: null, polarity: null, classes: [], risk_micro: 100_000, ...given,
});

export const source = (name: string, given: Partial<NightSource> = {}): NightSource => ({ name, sha256: "0", read: 0, posts: 0, accounts: 0, rejected: 0, fresh: 0, fault: null, ...given });

/** A night that read a row, unless told otherwise. */
export const night = (date: string, given: Partial<Night> = {}): Night => ({ date, now_ms: at(date, 23), sources: [source("a.csv", { read: 1, posts: 1 })], items: [], counts: [], events: [], failures: [], ...given });

export const input = (given: Partial<DigestInput>): DigestInput => ({ period: "day", date: "2026-11-21", nights: [], ledger: emptyLedger, alerts: [], keyDates: [], options: digestOptionsSchema.parse({}), number: 12, utcOffsetMs, ...given });
