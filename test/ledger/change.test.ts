import { describe, expect, it } from "vitest";
import { change, type Edits } from "../../pipeline/ledger/change.ts";
import { revisionOf, stateAt } from "../../pipeline/ledger/history.ts";
import { emptyLedger, ledgerSchema, type Ledger, type LedgerItem } from "../../pipeline/ledger/ledger.ts";
import { countsOf, openItems, runningDeadlines } from "../../pipeline/ledger/open.ts";
import { statuses, type Status } from "../../pipeline/ledger/rules.ts";
import { at, filed, itemOf, local, night, nightItem, one, texts } from "./material.ts";

const id = "2026-0001";
const when = at("2026-10-08 10:00");
const by = "李四";

/** One item brought to a status, with a department. */
const brought = (status: Status): Ledger => change(one(), id, { department: "城管局", ...(status !== "todo" && { status }) }, by, when);
const met = (ledger: Ledger): string[] => itemOf(ledger).deadlines.map(({ rule, met_ms }) => `${rule} ${met_ms === null ? "—" : local(met_ms)}`);

describe("transitions", () => {
  const allowed = ["todo>transferred", "todo>replied", "todo>closed", "transferred>todo", "transferred>replied", "transferred>closed", "replied>todo", "replied>transferred", "replied>closed", "closed>todo"];
  it.each(statuses.flatMap((from) => statuses.filter((to) => to !== from).map((to) => [from, to] as const)))("%s → %s", (from, to) => {
    const move = () => change(brought(from), id, { status: to, note: "填错了，退回" }, by, when);
    if (allowed.includes(`${from}>${to}`)) expect(itemOf(move()).status).toBe(to);
    else expect(move).toThrow(expect.objectContaining({ code: "LEDGER_TRANSITION", exit: 2 }));
  });

  it("want a department to transfer to, and a new note to take back", () => {
    expect(() => change(one(), id, { status: "transferred" }, by, when)).toThrow(expect.objectContaining({ code: "LEDGER_DEPARTMENT" }));
    const noted = change(brought("replied"), id, { note: "已电话答复" }, by, when);
    expect(() => change(noted, id, { status: "todo", note: " 已电话答复 " }, by, when)).toThrow(expect.objectContaining({ code: "LEDGER_REASON" }));
  });
});

describe("clocks", () => {
  it("stop at the status that they run until, or at a later one", () => {
    expect(met(brought("transferred"))).toEqual(["first-reply —", "answer —", "answer-latest —"]);
    expect(met(brought("replied"))).toEqual(["first-reply 2026-10-08 10:00", "answer —", "answer-latest —"]);
    expect(met(brought("closed"))).toEqual(["first-reply 2026-10-08 10:00", "answer 2026-10-08 10:00", "answer-latest 2026-10-08 10:00"]);
  });

  it("keep the instant at which they stopped, and run again when the status is taken back", () => {
    const later = change(brought("replied"), id, { status: "closed" }, by, at("2026-10-12 09:00"));
    expect(met(later)).toEqual(["first-reply 2026-10-08 10:00", "answer 2026-10-12 09:00", "answer-latest 2026-10-12 09:00"]);
    expect(met(change(later, id, { status: "todo", note: "误点" }, by, when))).toEqual(["first-reply —", "answer —", "answer-latest —"]);
  });

  it("can be stopped apart from the status, once", () => {
    const answered = change(brought("replied"), id, { met: ["answer"] }, by, at("2026-10-09 09:00"));
    expect(met(answered)[1]).toBe("answer 2026-10-09 09:00");
    expect(change(answered, id, { met: ["answer"] }, by, at("2026-10-10 09:00"))).toBe(answered);
    expect(() => change(answered, id, { met: ["answers"] }, by, when)).toThrow(expect.objectContaining({ code: "LEDGER_RULE" }));
  });
});

describe("a change", () => {
  it("is one entry a field, and none when nothing is other than before", () => {
    const changed = change(one(), id, { department: " 城管\t局 ", note: "先查\r\n再回\u0000" }, by, when);
    expect(itemOf(changed).history).toEqual([
      { at_ms: when, by, change: { field: "department", from: null, to: "城管 局" } },
      { at_ms: when, by, change: { field: "note", from: null, to: "先查\n再回" } },
    ]);
    expect(change(changed, id, { department: "城管 局", note: "先查\n再回", status: "todo" }, by, when)).toBe(changed);
    expect(itemOf(change(changed, id, { department: " ", note: null }, by, when))).toMatchObject({ department: null, note: null });
  });

  it("is never dated before the one ahead of it", () => {
    const back = change(brought("replied"), id, { note: "补记" }, by, at("2020-01-01 00:00"));
    expect(itemOf(back).history.at(-1)!.at_ms).toBe(when);
  });

  it.each<[string, Edits, string, string]>([
    ["2026-0002", {}, by, "LEDGER_ITEM"],
    ["__proto__", {}, by, "LEDGER_ITEM"],
    [id, {}, " \n", "LEDGER_BY"],
    [id, {}, "长".repeat(41), "LEDGER_BY"],
    [id, { note: "长".repeat(2001) }, by, "LEDGER_VALUE"],
    [id, { department: "长".repeat(101) }, by, "LEDGER_VALUE"],
  ])("of %s with %o by %j: %s", (which, edits, name, code) => {
    expect(() => change(one(), which, edits, name, when)).toThrow(expect.objectContaining({ code, exit: 2 }));
  });

  it("of an unknown id names the nearest", () => {
    expect(() => change(one(), "2026-001", {}, by, when)).toThrow(expect.objectContaining({ parts: expect.objectContaining({ next: { zh: "是否想写 2026-0001？", en: "did you mean 2026-0001?" } }) }));
  });
});

/** Numbers 0 … 1 from a seed (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

it("any sequence of changes and nights can be undone to every state in between (20 sequences of 40)", () => {
  let taken = 0;
  for (let seed = 1; seed <= 20; seed++) {
    const next = random(seed);
    const pick = <T>(values: readonly T[]): T => values[Math.floor(next() * values.length)]!;
    let ledger = one();
    const states = new Map<number, LedgerItem>([[0, itemOf(ledger)]]);
    let entries: readonly unknown[] = [];
    for (let step = 0; step < 40; step++) {
      const time = when + Math.floor((next() - 0.3) * 1e9);
      const day = `2026-10-${String(1 + Math.floor(next() * 28)).padStart(2, "0")}`;
      try {
        if (next() < 0.4) {
          const given = night(day, [nightItem({ id: pick(["weibo:1", "weibo:2"]), posts: 1 + Math.floor(next() * 9), reach: Math.floor(next() * 500), reposts: pick([null, 5, 200]), classes: [pick(["appeal", "rumour", "hype"])], event: pick(["bridge", "park", null]) })]);
          ledger = filed(ledger, given).ledger;
          expect(filed(ledger, given)).toMatchObject({ ledger, filed: [], updated: [] }); // a night given again counts once
        } else ledger = change(ledger, id, { ...(next() < 0.7 && { status: pick(statuses) }), ...(next() < 0.5 && { department: pick(["城管局", "=1+1", null]) }), ...(next() < 0.6 && { note: pick(["甲", "乙", `${step}`, null]) }), ...(next() < 0.2 && { met: [pick(["answer", "first-reply"])] }) }, by, time);
      } catch (cause) {
        expect((cause as { code: string }).code).toMatch(/^LEDGER_(TRANSITION|DEPARTMENT|REASON)$/);
      }
      const item = itemOf(ledger);
      expect(item.history.slice(0, entries.length)).toEqual(entries); // append-only
      entries = item.history;
      states.set(revisionOf(item), item);
      taken++;
    }
    const last = itemOf(ledger);
    for (const [revision, state] of states) expect(stateAt(last, revision)).toEqual(state);
    expect(last.history.every(({ at_ms }, i) => i === 0 || at_ms >= last.history[i - 1]!.at_ms)).toBe(true);
    expect(ledgerSchema.parse(JSON.parse(JSON.stringify(ledger)))).toEqual(ledger);
  }
  expect(taken).toBe(800);
});

describe("open items", () => {
  // Filed on 30 September (due 8 October 12:00) and on 9 October, Friday, 22:00 (due Saturday the 10th, worked, 12:00); the third of 9 October is major, the fourth closed.
  const first = filed(emptyLedger, night("2026-09-30", [nightItem({ id: "a", text: texts[0]! })])).ledger;
  const second = filed(first, night("2026-10-09", [nightItem({ id: "b", text: texts[1]!, reach: 9, reposts: 300 }), nightItem({ id: "c", text: texts[2]!, reach: 8 }), nightItem({ id: "d", text: texts[3]! })])).ledger;
  const ledger = change(second, "2026-0004", { status: "closed" }, by, at("2026-10-10 12:00"));
  const order = (now: string) => openItems(ledger, at(now)).map(({ item, overdue, next }) => [item.post, overdue.length, next?.rule ?? null]);

  it("come overdue first, then by the next deadline, then by grade", () => {
    expect(order("2026-10-08 12:00")).toEqual([["a", 0, "first-reply"], ["b", 0, "first-reply"], ["c", 0, "first-reply"]]); // on the dot is in time
    expect(order("2026-10-09 23:00")).toEqual([["a", 1, "answer"], ["b", 0, "first-reply"], ["c", 0, "first-reply"]]);
    const replied = change(ledger, "2026-0001", { status: "replied" }, by, at("2026-10-10 09:00"));
    expect(openItems(replied, at("2026-10-10 13:00")).map(({ item }) => item.post)).toEqual(["b", "c", "a"]);
  });

  it("are counted, and so are deadlines met, late, passed and running: together all", () => {
    const replied = change(ledger, "2026-0001", { status: "replied" }, by, at("2026-10-10 09:00")); // two days late
    expect(countsOf(replied, at("2026-10-10 13:00"))).toEqual({
      items: 4,
      status: { todo: 2, transferred: 0, replied: 1, closed: 1 },
      overdue: 2,
      deadlines: { met: 3, late: 1, overdue: 2, running: 6 },
    });
  });

  it("give alerts their deadlines that run, soonest first", () => {
    const firstReply = ledger.items[0]!.deadlines.find(({ rule }) => rule === "first-reply")!.name;
    expect(runningDeadlines(ledger).slice(0, 2)).toEqual([
      { item: "2026-0001", event: "bridge", title: texts[0], rule: "first-reply", name: firstReply, due_ms: at("2026-10-08 12:00"), status: "todo" },
      { item: "2026-0002", event: "bridge", title: texts[1], rule: "first-reply", name: firstReply, due_ms: at("2026-10-10 12:00"), status: "todo" },
    ]);
    expect(runningDeadlines(ledger)).toHaveLength(9);
  });
});
