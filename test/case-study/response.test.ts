import { expect, it } from "vitest";
import { response as analyzer } from "../../analyzers/event/response.ts";
import { response as section } from "../../reports/case-study/response.ts";
import { eventSchema } from "../../pipeline/config.ts";
import { event, fill, post } from "../fixture.ts";

const textOf = (parts: ReturnType<typeof section.tell>[number]) => parts.map((part) => (typeof part === "string" ? part : part.text)).join("");
const beijing = 8 * 3_600_000;
const at = (time: string): number => Date.parse(`${time.replace(" ", "T")}:00+08:00`);
const slot = (time: string): number => Math.floor((at(time) + beijing) / 600_000);
const given = eventSchema.parse({ subjects: [{ name: "甲公司", accounts: ["甲公司官微", "甲公司热线"] }, { name: "乙公司", accounts: ["乙公司"] }, { name: "丙" }] });
const firsts = [{ which: "all", published_ms: at("2025-03-07 16:00"), precision: "minute" }];
const parties = [{ subject: "乙公司", account: "乙公司", posts: 0, worded: 0 }, { subject: "甲公司", account: "甲公司官微", posts: 2, worded: 1 }, { subject: "甲公司", account: "甲公司热线", posts: 0, worded: 0 }];
const statement = (published_ms: number | null, precision = "minute") => ({ subject: "甲公司", id: "weibo:1", published_ms, precision, platform: "weibo", author_name: "甲公司官微", title: "说明", url: null });
/** One post at the first and at the last hour of the data. */
const volume = (end: string) => [{ day: 20_154, slot: slot("2025-03-07 16:00"), posts: 1 }, { day: 20_155, slot: slot(end), posts: 1 }];
const analyze = (statements: ReturnType<typeof statement>[], end = "2025-03-10 12:00", config = given) => analyzer.analyze({ parties, statements, firsts, volume: volume(end), sentiment: [] }, analyzer.options.parse({}), { event: config, utcOffsetMs: beijing, findings: new Map() });
const states = (finding: ReturnType<typeof analyze>, i: number) => Object.fromEntries(finding.data.subjects[i]!.deadlines.map(({ rule, state }) => [rule, state]));

it("measures a statement against every rule whose clock has begun", () => {
  const finding = analyze([statement(at("2025-03-07 21:30"))]);
  expect(finding.data.subjects.map(({ name }) => name)).toEqual(["甲公司", "乙公司"]);
  expect(finding.data.subjects[0]!.delay_ms).toBe(5.5 * 3_600_000);
  // From Friday 16:00: reply by 19:00, authoritative by 21:00 and Saturday 16:00, answers by the end of Friday 14 and Friday 21. No surge: no such deadline.
  expect(states(finding, 0)).toEqual({ "first-reply": "late", "authoritative-5h": "late", "authoritative-24h": "met", answer: "met", "answer-latest": "met" });
});

it("tells a deadline that passed in silence from one that the data does not reach", () => {
  expect(states(analyze([]), 1)).toEqual({ "first-reply": "lapsed", "authoritative-5h": "lapsed", "authoritative-24h": "lapsed", answer: "open", "answer-latest": "open" });
});

it("judges a statement of which only the day is known no further than the day allows", () => {
  const finding = analyze([statement(at("2025-03-07 00:00"), "day")]);
  expect(finding.data.subjects[0]!.delay_ms).toBeNull();
  expect(states(finding, 0)).toMatchObject({ "authoritative-5h": null, "authoritative-24h": "met", answer: "met" });
});

it("tells in sentences and a table, and names accounts that never appear", () => {
  const finding = analyze([statement(at("2025-03-07 21:30"))]);
  expect(section.tell(finding, "zh").map(textOf)).toEqual(["甲公司最早的发声见于 3月7日 21:30，在数据中最早的帖文之后 5.5小时。", "数据中没有乙公司的发声。"]);
  const { text } = section.extra!(finding, "zh")!;
  expect(text).toContain("到时限未见发声");
  expect(text).toContain("<bdi>甲公司热线</bdi>、");
  expect(text).toContain("<bdi>乙公司</bdi>。");
});

it("says what is missing when the event gives no accounts", () => {
  expect(analyze([], "2025-03-10 12:00", eventSchema.parse({}))).toMatchObject({ status: "unavailable", figures: [], reason: { zh: "事件说明没有给出当事方的账号（subjects 的 accounts）" } });
});

it("finds an account by the name shown, by its id, or by its own name where that is masked", async () => {
  const { Pseudonyms } = await import("../../pipeline/import/privacy/privacy.ts");
  const hash = (account: string) => new Pseudonyms(new Uint8Array(32)).of(`weibo\u0000${account}`);
  const posts = [
    post(1, { author: "x", author_name: "甲公司官微", author_type: "enterprise", platform: "weibo", own: "说明", text_key: "00", published_ms: at("2025-03-07 21:30") }),
    post(2, { author: hash("1234567890"), author_name: "林*一", author_name_key: hash("林一一"), platform: "weibo", own: "本人说明", text_key: "01", published_ms: at("2025-03-07 22:30") }),
    post(3, { author: "y", author_name: "林*一", author_name_key: hash("林二一"), platform: "weibo", own: "同名的别人", text_key: "02", published_ms: at("2025-03-07 23:30") }),
  ];
  const { database, tables } = await fill(posts, [], { ...event, subjects: [{ name: "甲公司", aliases: [], accounts: ["甲公司官微"] }, { name: "林某", aliases: [], accounts: ["1234567890"] }, { name: "小林", aliases: [], accounts: ["林一一"] }] });
  expect(tables.get("statements")!.map(({ subject, id }) => [subject, id])).toEqual([["小林", "row:0:2"], ["林某", "row:0:2"], ["甲公司", "row:0:1"]]);
  database.close();
});
