import { describe, expect, it } from "vitest";
import { change } from "../../pipeline/ledger/change.ts";
import { emptyLedger, ledgerSchema } from "../../pipeline/ledger/ledger.ts";
import { ledgerRulesSchema } from "../../pipeline/ledger/rules.ts";
import { at, filed, itemOf, local, night, nightItem, one, rules, texts } from "./material.ts";

describe("filing", () => {
  it("takes what a condition holds for, the highest grade and reach first, and says why", () => {
    const items = [
      nightItem({ id: "a", text: texts[0]!, reach: 5 }),
      nightItem({ id: "b", text: texts[1]!, classes: ["suggestion"], reach: 999, reposts: null }), // nothing holds
      nightItem({ id: "c", text: texts[2]!, classes: [], reach: 150, reposts: 101 }), // major: more than 100 reposts
      nightItem({ id: "d", text: texts[3]!, classes: ["hype"], reach: 9 }),
    ];
    const { ledger, ...did } = filed(emptyLedger, night("2026-09-30", items));
    expect(ledger.items.map(({ id, post, grade, filed_for }) => [id, post, grade.key, filed_for.zh])).toEqual([
      ["2026-0001", "c", "major", "单条最高转发 101（≥ 101）"],
      ["2026-0002", "d", "general", "疑似恶意炒作传播"],
      ["2026-0003", "a", "general", "咨询诉求"],
    ]);
    expect(did).toEqual({ filed: ["2026-0001", "2026-0002", "2026-0003"], reopened: [], updated: [], left: 0 });
    expect(ledgerSchema.parse(JSON.parse(JSON.stringify(ledger)))).toEqual(ledger);
  });

  it("asks for a graded event where the condition does", () => {
    const plain = nightItem({ classes: [], reach: 100 });
    expect(filed(emptyLedger, night("2026-09-30", [plain], 0)).filed).toEqual([]);
    expect(filed(emptyLedger, night("2026-09-30", [plain], 1)).filed).toEqual(["2026-0001"]);
  });

  it("files at most so many a night, also in a second run of it, and counts the rest", () => {
    const two = ledgerRulesSchema.parse({ limit: 2 });
    const items = texts.map((text, i) => nightItem({ id: `p${i}`, text, reach: 10 + i }));
    const first = filed(emptyLedger, night("2026-09-30", items.slice(0, 3)), two);
    expect([first.ledger.items.map(({ post }) => post), first.left]).toEqual([["p2", "p1"], 1]);
    const second = filed(first.ledger, night("2026-09-30", items), two);
    expect([second.filed, second.left]).toEqual([[], 3]);
    expect(filed(second.ledger, night("2026-10-01", items), two).filed).toEqual(["2026-0003", "2026-0004"]);
  });

  it("numbers by the year of the night, and goes on after 9,999", () => {
    const far = { ...one(), items: [{ ...itemOf(one()), id: "2026-9999" }] };
    const more = filed(far, night("2026-12-31", [nightItem({ id: "n", text: texts[1]! })])).ledger;
    expect(filed(more, night("2027-01-01", [nightItem({ id: "m", text: texts[2]! })])).ledger.items.map(({ id }) => id)).toEqual(["2026-9999", "2026-10000", "2027-0001"]);
  });

  it("counts one post of two events once, with both events and the higher of their counts", () => {
    const items = [nightItem({ event: "bridge", reach: 7, posts: 2 }), nightItem({ event: "park", reach: 5, posts: 3 }), nightItem({ event: null, id: "weibo:0", published_ms: null, reach: 2 })];
    const { items: made } = filed(emptyLedger, night("2026-09-30", items)).ledger;
    expect(made.map(({ post, events, reach, posts }) => ({ post, events, reach, posts }))).toEqual([{ post: "weibo:1", events: ["bridge", "park"], reach: 7, posts: 3 }]);
  });

  it("cuts hostile lengths and half characters", () => {
    const long = one({ title: "字".repeat(1_000_000), text: `\ud83d=${"长".repeat(500)}` });
    expect([...itemOf(long).title].length).toBe(200);
    expect(itemOf(long).text.startsWith("\ufffd=")).toBe(true);
  });
});

describe("deadlines", () => {
  it("run over the October holidays and the Saturday worked instead", () => {
    // Filed on Wednesday 30 September 2026, 22:00, after closing. Holidays 1–7 October. Opening on Thursday the 8th, 9:00 + 3 h = 12:00.
    // Working days: 8, 9, 10 (Saturday, worked), 12, 13 → end of the 13th; 14, 15, 16, 19, 20 → end of the 20th.
    const { deadlines } = itemOf(one());
    expect(deadlines.map(({ rule, due_ms }) => [rule, local(due_ms)])).toEqual([
      ["first-reply", "2026-10-08 12:00"],
      ["answer", "2026-10-14 00:00"],
      ["answer-latest", "2026-10-21 00:00"],
    ]);
  });

  it("may start with the post, by class and by grade; a post of the future starts now", () => {
    const chosen = ledgerRulesSchema.parse({
      deadlines: { start: "published", clocks: [{ rule: "first-reply", until: "transferred", classes: ["rumour"] }, { rule: "authoritative-5h", until: "replied" }, { rule: "answer", until: "closed", grades: ["major"] }] },
    });
    const made = (given: Parameters<typeof nightItem>[0]) => itemOf(filed(emptyLedger, night("2026-09-30", [nightItem(given)]), chosen).ledger).deadlines.map(({ rule, due_ms }) => `${rule} ${local(due_ms)}`);
    expect(made({})).toEqual(["authoritative-5h 2026-10-01 01:00"]); // published at 20:00
    expect(made({ published_ms: null })).toEqual(["authoritative-5h 2026-10-01 03:00"]); // filed at 22:00
    expect(made({ published_ms: at("2027-01-01 00:00") })).toEqual(["authoritative-5h 2026-10-01 03:00"]);
    expect(made({ classes: ["rumour"], reposts: 200 })).toEqual(["authoritative-5h 2026-10-01 01:00", "first-reply 2026-10-08 12:00", "answer 2026-10-14 00:00"]);
  });
});

describe("a wording that comes again", () => {
  const again = (given: Parameters<typeof nightItem>[0]) => nightItem({ id: "weibo:2", text: `${texts[0]!}？？`, published_ms: at("2026-10-01 08:00"), ...given });

  it("brings its item up to date, with an entry for every change", () => {
    const { ledger, filed: fresh, updated } = filed(one(), night("2026-10-01", [again({ posts: 4, reach: 300, reposts: 150, classes: ["rumour"], event: "park" })]));
    expect([fresh, updated]).toEqual([[], ["2026-0001"]]);
    expect(itemOf(ledger)).toMatchObject({ posts: 5, reach: 303, reposts: 150, classes: ["appeal", "rumour"], events: ["bridge", "park"], grade: { key: "major" } });
    expect(itemOf(ledger).history).toEqual([
      { at_ms: at("2026-10-01 22:00"), by: "yuqing", change: { field: "seen", from: null, to: { night: "2026-10-01", posts: 4, reach: 300, reposts: 150 } } },
      { at_ms: at("2026-10-01 22:00"), by: "yuqing", change: { field: "classes", from: ["appeal"], to: ["appeal", "rumour"] } },
      { at_ms: at("2026-10-01 22:00"), by: "yuqing", change: { field: "events", from: ["bridge"], to: ["bridge", "park"] } },
      { at_ms: at("2026-10-01 22:00"), by: "yuqing", change: expect.objectContaining({ field: "grade", to: expect.objectContaining({ key: "major" }) }) },
    ]);
  });

  it("counts nothing twice when a night is given again, whole or grown", () => {
    const second = night("2026-10-01", [again({ posts: 4, reach: 300 })]);
    const once = filed(one(), second).ledger;
    expect(filed(once, second)).toEqual({ ledger: once, filed: [], reopened: [], updated: [], left: 0 });
    const grown = filed(once, night("2026-10-01", [again({ posts: 4, reach: 300 }), again({ id: "weibo:3", posts: 1, reach: 20 })])).ledger;
    expect(itemOf(grown)).toMatchObject({ posts: 6, reach: 323 });
    expect(itemOf(grown).history.at(-1)!.change).toMatchObject({ field: "seen", from: { reach: 300 }, to: { reach: 320 } });
  });

  it("never lowers a grade, and is known by its post even under other words", () => {
    const major = one({ reposts: 500 });
    const { ledger, filed: fresh } = filed(major, night("2026-10-01", [nightItem({ text: texts[4]!, reposts: 1 })]));
    expect(fresh).toEqual([]);
    expect(itemOf(ledger).grade.key).toBe("major");
  });

  describe("after it was closed", () => {
    const closed = change(one({ reach: 100 }), "2026-0001", { status: "closed" }, "李四", at("2026-10-08 10:00"));
    const flared = (reach: number, given = {}) => filed(closed, night("2026-10-09", [again({ reach, ...given })]));

    it("stays closed below twice its reach, or when no condition of filing holds", () => {
      const quiet = flared(99);
      expect([quiet.filed, quiet.updated, itemOf(quiet.ledger).status, itemOf(quiet.ledger).reach]).toEqual([[], ["2026-0001"], "closed", 199]);
      expect(flared(900, { classes: [] }).filed).toEqual([]);
    });

    it("comes back at twice its reach as a new item that names it", () => {
      const { ledger, filed: fresh, reopened } = flared(100);
      expect([fresh, reopened]).toEqual([["2026-0002"], ["2026-0002"]]);
      expect(itemOf(ledger, "2026-0002")).toMatchObject({ reopens: "2026-0001", status: "todo", reach: 100, first_seen: "2026-10-09", history: [] });
      expect(itemOf(ledger)).toEqual(itemOf(closed));
      const next = filed(ledger, night("2026-10-10", [again({ id: "weibo:9", reach: 50 })]));
      expect([next.filed, next.updated]).toEqual([[], ["2026-0002"]]); // the new item goes on, not the old one
    });

    it("keeps its reach when the limit of the night leaves it out", () => {
      const none = filed(closed, night("2026-10-09", [again({ reach: 500 })]), { ...rules, limit: 0 });
      expect([none.filed, none.left, itemOf(none.ledger).reach]).toEqual([[], 1, 600]);
    });
  });
});
