import type { Night, NightItem } from "../../pipeline/nightly/contract.ts";
import { fileItems, type Filing } from "../../pipeline/ledger/file.ts";
import { emptyLedger, type Ledger, type LedgerItem } from "../../pipeline/ledger/ledger.ts";
import { ledgerRulesSchema } from "../../pipeline/ledger/rules.ts";

export const beijing = 8 * 3_600_000;
/** "2026-09-30 22:00" of Beijing as UTC ms, and back. */
export const at = (time: string): number => Date.parse(`${time.replace(" ", "T")}:00+08:00`);
export const local = (ms: number): string => new Date(ms + beijing).toISOString().slice(0, 16).replace("T", " ");
export const rules = ledgerRulesSchema.parse({});

/** Invented wordings that are no near-duplicates of each other. */
export const texts = ["三号桥的护栏断了两个月，请问归谁管", "菜场门口每天早上五点放高音喇叭，投诉没人管", "听说学校食堂换了承包商，家长都不知道", "新修的人行道下雨就积水，老人摔了两次", "公交十七路晚高峰四十分钟不来一班"];

/** An appeal of reach 3 by an ordinary account, in the words of texts[0] unless said otherwise. */
export function nightItem(given: Partial<NightItem> = {}): NightItem {
  const text = given.text ?? texts[0]!;
  return {
    id: "weibo:1", event: "bridge", title: text.slice(0, 60), text, url: "https://example.com/1", platform: "weibo", site: "新浪微博", field: "public", author_name: "赵*一", author_type: "ordinary",
    published_ms: at("2026-09-30 20:00"), precision: "minute", region: "山东", posts: 1, authors: 1, reach: 3, reposts: 2, polarity: "negative", classes: ["appeal"], risk_micro: 0, ...given,
  };
}

/** The night of a local date, run at 22:00; the event `bridge` is of the lowest grade. */
export function night(date: string, items: NightItem[], level = 0): Night {
  const grade = { level: "x", index: level, name: { zh: "x", en: "x" }, reasons: [] };
  return { date, now_ms: at(`${date} 22:00`), sources: [], items, counts: [], events: [{ key: "bridge", name: "bridge", posts: 1, fresh: 1, grade, hours: [], firsts: { media: null, official: null } }], failures: [] };
}

export const filed = (ledger: Ledger, given: Night, by = rules): Filing => fileItems(ledger, given, by, beijing);

/** A ledger of one item, filed on 2026-09-30 at 22:00. */
export const one = (given: Partial<NightItem> = {}): Ledger => filed(emptyLedger, night("2026-09-30", [nightItem(given)])).ledger;

export const itemOf = (ledger: Ledger, id = "2026-0001"): LedgerItem => ledger.items.find((item) => item.id === id)!;
