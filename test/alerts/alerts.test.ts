import { expect, it } from "vitest";
import type { RunningDeadline } from "../../pipeline/alerts/deadlines.ts";
import { evaluateAlerts } from "../../pipeline/alerts/evaluate.ts";
import { quietUntil, releaseAlerts } from "../../pipeline/alerts/release.ts";
import { alertRulesSchema } from "../../pipeline/alerts/rules.ts";
import { alertStateSchema, firstAlertState, type Alert, type AlertState } from "../../pipeline/alerts/state.ts";
import type { Night, NightEvent } from "../../pipeline/nightly/contract.ts";

const [hour, zone] = [3_600_000, 8 * 3_600_000];
/** Local time of November 2026 as UTC ms: "21 22:00". */
const at = (local: string): number => Date.parse(`2026-11-${local.replace(" ", "T")}:00+08:00`);
const rulesOf = (given: unknown = {}) => alertRulesSchema.parse(given);
const names = ["一般", "较大", "重大", "特别重大"];
const grade = (index: number | null): NightEvent["grade"] => (index === null ? null : { level: "x", index, name: { zh: names[index]!, en: `g${index}` }, reasons: [{ zh: "帖文 ≥ 1,000", en: "posts ≥ 1,000" }] });
const event = (given: Partial<NightEvent> = {}): NightEvent => ({ key: "a", name: "食堂", posts: 0, fresh: 0, grade: null, hours: [], firsts: { media: null, official: null }, ...given });
const night = (now: string, events: NightEvent[] = [event()]): Night => ({ date: "2026-11-21", now_ms: at(now), sources: [], items: [], counts: [], events, failures: [] });

interface Step {
  now: string;
  events?: NightEvent[];
  deadlines?: RunningDeadline[];
}
/** Runs one night after the other; the alerts of each, and the state at the end, which must survive JSON. */
function run(steps: readonly Step[], rules = rulesOf(), from: AlertState = firstAlertState): { alerts: Alert[][]; state: AlertState } {
  let state = from;
  const alerts = steps.map(({ now, events, deadlines = [] }) => {
    const done = evaluateAlerts(state, night(now, events ?? []), deadlines, rules, zone);
    state = alertStateSchema.parse(JSON.parse(JSON.stringify(done.state)));
    return done.alerts;
  });
  return { alerts, state };
}
const kinds = (alerts: Alert[][]): string[][] => alerts.map((ones) => ones.map(({ kind }) => kind));

it("tells a grade when it is reached and each time it is raised, never again while it stands", () => {
  const steps = [0, 1, 1, 2, 3, 3].map((index, i) => ({ now: `${10 + i} 22:00`, events: [event({ grade: grade(index) })] }));
  const { alerts } = run(steps);
  expect(alerts.map((ones) => ones.map(({ facts, level }) => [facts.before, facts.grade, level]))).toEqual([[], [[0, 1, "warning"]], [], [[1, 2, "urgent"]], [[2, 3, "urgent"]], []]);
  expect([alerts[1]![0]!.text.zh, alerts[3]![0]!.text.zh]).toEqual(["“食堂”达到较大：帖文 ≥ 1,000", "“食堂”由较大升为重大：帖文 ≥ 1,000"]);
});

it("lowers a grade only to what was measured in the last 24 hours", () => {
  // Measured at     00:00 2 · 12:00 1 · 12:00 (24 h below 2) 0 · 12:00 (24 h below 1) 0
  // so it stands at       2 ·       2 ·                      1 ·                      0
  const steps = (["10 00:00", "10 12:00", "11 12:00", "12 12:00"] as const).map((now, i) => ({ now, events: [event({ grade: grade([2, 1, 0, 0][i]!) })] }));
  const standing = steps.map((_, i) => run(steps.slice(0, i + 1)).state.events[0]!.standing!.index);
  expect(standing).toEqual([2, 2, 1, 0]);
  // Back to 2 within 24 hours is no news; after it stood at 1 it is.
  const again = (now: string): Step => ({ now, events: [event({ grade: grade(2) })] });
  expect(kinds(run([...steps.slice(0, 2), again("11 11:00")]).alerts)[2]).toEqual([]);
  expect(kinds(run([...steps.slice(0, 3), again("11 13:00")]).alerts)[3]).toEqual(["grade"]);
});

it("takes two nights for a day though they lie some minutes less than 24 hours apart, and a night without a grade for no night", () => {
  const nights = (...given: [string, number | null][]): number => run(given.map(([now, index]) => ({ now, events: [event({ grade: grade(index) })] }))).state.events[0]!.standing!.index;
  expect(nights(["10 22:05", 1], ["11 22:03", 0], ["12 22:01", 0])).toBe(0);
  expect(nights(["10 22:00", 1], ["11 22:00", 0], ["12 21:00", 0])).toBe(1);
  expect(nights(["10 22:00", 1], ["13 22:00", null], ["14 22:00", null])).toBe(1);
  expect(run([{ now: "10 22:00", events: [event()] }]).state.events[0]!.standing).toBeNull();
});

it.each([
  [{ grade: { on: false } }, 3, []],
  [{ grade: { from: 2 } }, 1, []],
  [{ grade: { from: 2, urgentFrom: 3 } }, 2, ["warning"]],
  [{}, 0, []],
])("grade rules %j at grade %i: %j", (given, index, levels) => {
  expect(run([{ now: "10 22:00", events: [event({ grade: grade(index) })] }], rulesOf(given)).alerts[0]!.map(({ level }) => level)).toEqual(levels);
});

/** Local hours since 1970 from "10 00:00" on. */
const hoursFrom = (start: string, counts: number[]): [number, number][] => counts.flatMap((posts, i) => (posts === 0 ? [] : [[(at(start) + zone) / hour + i, posts]]));

it("tells a surge once, with its hours, and a second one that begins after it", () => {
  // 10 an hour from noon on (the clock profile is nearly even there), 150 an hour from 18:00: 450 of three hours against 60 of six, 15 times as many an hour.
  const day = [...new Array<number>(6).fill(10), 150, 150, 150, 150];
  const hours = hoursFrom("10 12:00", day);
  const { alerts, state } = run([{ now: "10 22:10", events: [event({ hours })] }, { now: "10 23:10", events: [event({ hours })] }, { now: "11 22:10", events: [event({ hours })] }]);
  expect(kinds(alerts)).toEqual([["surge"], [], []]);
  expect(alerts[0]![0]!.facts).toMatchObject({ from_ms: at("10 18:00"), to_ms: at("10 21:00"), posts: 450, before: 60 });
  expect(alerts[0]![0]!.text.zh).toMatch(/^“食堂”11-10 18:00–21:00 有 450 条，此前一日 60 条；扣除日常作息后，每小时为此前的 1\d\.\d 倍（下限 1?\d\.\d 倍）$/);
  const later = hoursFrom("10 12:00", [...day, ...new Array<number>(16).fill(100), 4000, 4000, 4000]);
  expect(run([{ now: "11 22:10", events: [event({ hours: later })] }], rulesOf(), state).alerts[0]!.map(({ facts }) => facts.from_ms)).toEqual([at("11 14:00")]);
});

it.each([
  ["few posts", hoursFrom("10 12:00", [1, 0, 1, 0, 0, 0, 9, 9, 9]), {}],
  ["an even course", hoursFrom("10 12:00", new Array<number>(10).fill(50)), {}],
  ["a surge of three days ago", hoursFrom("07 12:00", [10, 10, 10, 10, 10, 10, 150, 150, 150]), {}],
  ["an hour that is not over", hoursFrom("10 14:00", [10, 10, 10, 10, 10, 10, 10, 10, 5000]), {}],
  ["a ratio below the rule's", hoursFrom("10 12:00", [10, 10, 10, 10, 10, 10, 150, 150, 150]), { surge: { ratio: 50 } }],
  ["the kind turned off", hoursFrom("10 12:00", [10, 10, 10, 10, 10, 10, 150, 150, 150]), { surge: { on: false } }],
  ["no hours", [], {}],
])("%s is no surge", (_, hours, given) => {
  expect(run([{ now: "10 22:10", events: [event({ hours })] }], rulesOf(given)).alerts).toEqual([[]]);
});

const first = (id: string, time: string, title = "通报") => ({ id, published_ms: at(time), title, url: null, author_name: "某报" });

it("tells the first post of media and of authorities once each, while it is news", () => {
  const one = event({ firsts: { media: first("m1", "10 20:00"), official: null } });
  const both = event({ firsts: { media: first("m0", "10 19:00"), official: first("o1", "11 09:00") } });
  const { alerts } = run([{ now: "10 22:00", events: [one] }, { now: "11 22:00", events: [both] }, { now: "12 22:00", events: [both] }]);
  expect(kinds(alerts)).toEqual([["media"], ["official"], []]);
  expect(alerts[0]![0]).toMatchObject({ posts: ["m1"], level: "notice", text: { zh: "“食堂”首次有媒体发声：某报，11-10 20:00，《通报》" } });
  // Found 72 hours later it is told, a minute more it is not, nor is it the night after.
  expect(kinds(run([{ now: "13 20:00", events: [one] }]).alerts)).toEqual([["media"]]);
  expect(kinds(run([{ now: "13 20:01", events: [one] }, { now: "13 20:02", events: [one] }]).alerts)).toEqual([[], []]);
  expect(kinds(run([{ now: "11 22:00", events: [both] }], rulesOf({ mentions: { media: false } })).alerts)).toEqual([["official"]]);
});

const deadline = (item: string, due: string, given: Partial<RunningDeadline> = {}): RunningDeadline => ({ item, event: null, title: "某帖", rule: "answer", due_ms: at(due), status: "todo", ...given });

it("tells a deadline once when it is near and once when it has passed", () => {
  const deadlines = [deadline("2026-0001", "12 10:00")];
  const { alerts } = run(["11 09:59", "11 10:00", "11 22:00", "12 10:00", "12 11:30", "12 22:00", "30 22:00"].map((now) => ({ now, deadlines })));
  expect(alerts.map((ones) => ones.map(({ facts }) => facts.stage))).toEqual([[], ["near"], [], [], ["overdue"], [], []]);
  expect(alerts[4]![0]!.text).toEqual({ zh: "台账 2026-0001《某帖》answer：11-12 10:00 已到期，逾期 1.5 小时", en: "ledger 2026-0001 “某帖”, answer: was due 11-12 10:00, 1.5 h ago" });
  expect(run([{ now: "11 22:00", deadlines: [deadline("2026-0001", "12 10:00", { status: "closed" })] }]).alerts).toEqual([[]]);
  expect(run([{ now: "11 22:00", deadlines }], rulesOf({ deadlines: { on: false } })).alerts).toEqual([[]]);
});

it("puts findings of one event and kind together, and lets the next ones wait for the merge window", () => {
  const due = (n: number, eventKey: string | null): RunningDeadline[] => Array.from({ length: n }, (_, i) => deadline(`2026-000${i}`, `12 1${i}:00`, { event: eventKey }));
  const { alerts } = run([{ now: "11 20:00", deadlines: [...due(7, "a"), deadline("2026-0100", "12 09:00")] }]);
  expect(alerts[0]!.map(({ event: key, facts }) => [key, facts.count ?? 1])).toEqual([[null, 1], ["a", 7]]);
  expect(alerts[0]![1]!.text.zh).toMatch(/^7 条合并：台账 2026-0000.*2026-0004《某帖》answer：11-12 14:00 到期，还有 18\.0 小时；另有 2 条$/);
  // One more found an hour and two hours after an alert waits until six hours after it, then both go out as one.
  const [x, y, z] = [deadline("x", "12 09:00"), deadline("y", "12 10:00"), deadline("z", "12 11:00")];
  const steps = [["11 09:00", [x]], ["11 10:00", [x, y]], ["11 11:00", [x, y, z]], ["11 14:59", [x, y, z]], ["11 15:00", [x, y, z]], ["11 16:00", [x, y, z]]] as const;
  expect(run(steps.map(([now, deadlines]) => ({ now, deadlines: [...deadlines] }))).alerts.map((ones) => ones.map(({ facts }) => facts.count ?? 1))).toEqual([[1], [], [], [], [2], []]);
});

it.each([
  ["22:00", "07:00", "10 21:59", "10 21:59"], ["22:00", "07:00", "10 22:00", "11 07:00"], ["22:00", "07:00", "10 23:59", "11 07:00"], ["22:00", "07:00", "11 00:00", "11 07:00"], ["22:00", "07:00", "11 06:59", "11 07:00"], ["22:00", "07:00", "11 07:00", "11 07:00"],
  ["12:00", "14:00", "11 11:59", "11 11:59"], ["12:00", "14:00", "11 12:00", "11 14:00"], ["12:00", "14:00", "11 14:00", "11 14:00"],
])("quiet %s–%s, found %s: not before %s", (from, to, found, until) => {
  expect(quietUntil(at(found), { from, to }, zone)).toBe(at(until));
});

it("holds back what is not urgent in quiet hours, and lets it out in the first run after them", () => {
  const rules = rulesOf({ quiet: { from: "22:00", to: "07:00" } });
  const events = [event({ grade: grade(3), firsts: { media: first("m1", "10 20:00"), official: first("o1", "10 20:00") } }), event({ key: "b", grade: grade(1) })];
  const { alerts, state } = run([{ now: "10 23:00", events }, { now: "11 02:00", events }], rules);
  expect(kinds(alerts)).toEqual([["grade"], []]);
  expect(releaseAlerts(state, at("11 06:59"), rules).alerts).toEqual([]);
  const released = releaseAlerts(state, at("11 07:00"), rules);
  expect(released.alerts.map(({ event: key, kind, at_ms }) => [key, kind, at_ms])).toEqual([["a", "media", at("11 07:00")], ["a", "official", at("11 07:00")], ["b", "grade", at("11 07:00")]]);
  expect(releaseAlerts(released.state, at("11 08:00"), rules).alerts).toEqual([]);
  // A project that runs at night only does not wait for ever.
  expect(run([{ now: "11 23:00", events }], rules, state).alerts[0]!.length).toBe(3);
});

it("the same night twice gives the same alerts from the same state, and none from the state after it", () => {
  const events = [event({ key: "b", grade: grade(2), hours: hoursFrom("10 12:00", [10, 10, 10, 10, 10, 10, 150, 150, 150]), firsts: { media: first("m", "10 20:00"), official: null } }), event({ grade: grade(1) })];
  const step = { now: "10 22:10", events, deadlines: [deadline("x", "11 09:00")] };
  const once = run([step]);
  expect(kinds(once.alerts)).toEqual([["grade", "grade", "surge", "media", "deadline"]]);
  expect(run([{ ...step, events: [...events].reverse() }])).toEqual(once);
  expect(new Set(once.alerts[0]!.map(({ id }) => id)).size).toBe(5);
  expect(run([step], rulesOf(), once.state).alerts).toEqual([[]]);
});

it("puts alerts into the outbox only where a command is given", () => {
  const step = { now: "10 22:00", events: [event({ grade: grade(1) })] };
  expect(run([step]).state.outbox).toEqual([]);
  expect(run([step], rulesOf({ command: ["mail"] })).state.outbox).toMatchObject([{ attempts: 0, fault: null, alert: { kind: "grade" } }]);
});

it("hostile names stay text of one line", () => {
  const name = `甲\u001b[31m\n\u202e${"长".repeat(100)}`;
  const [alerts] = run([{ now: "10 22:00", events: [event({ key: "__proto__", name, grade: grade(1), firsts: { media: { ...first("m", "10 20:00", "$(rm -rf /)\n`x`"), author_name: null }, official: null } })], deadlines: [deadline("constructor", "11 09:00", { title: name })] }]).alerts;
  expect(alerts!.length).toBe(3);
  for (const { text } of alerts!) for (const line of [text.zh, text.en]) expect(line).not.toMatch(/[\u0000-\u001f\u202e]/);
  expect([...alerts![0]!.text.zh].length).toBeLessThan(90);
});
