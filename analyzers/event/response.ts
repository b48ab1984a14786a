import { z } from "zod";
import type { Context, EventAnalyzer, Figure, Table } from "../contract.ts";
import { readYaml } from "../../pipeline/config.ts";
import { dataPath } from "../../pipeline/paths.ts";
import { contrast, contrastSchema } from "../contrast.ts";
import { deadlinesSchema, due, type Deadlines } from "../deadlines.ts";
import { hoursOf, type Hours } from "../hours.ts";
import { phases as phasesAnalyzer } from "./phases.ts";

const shipped = (): Deadlines => readYaml(dataPath("calendars", "deadlines.yaml"), deadlinesSchema);
const options = z.strictObject({
  deadlines: deadlinesSchema.default(shipped).describe("table of deadlines; the shipped one is data/calendars/deadlines.yaml"),
  window: z.number().int().min(1).max(72).default(6).describe("hours before and after a statement that are compared"),
});
type Options = z.infer<typeof options>;

const statement = z.object({ id: z.string(), ms: z.number(), precision: z.enum(["day", "minute"]), platform: z.string().nullable(), author_name: z.string().nullable(), title: z.string().nullable(), url: z.string().nullable() });
const data = z.object({
  /** Earliest timed post, and the begin of the first phase of growth; null when unknown. Instants in UTC milliseconds. */
  first_ms: z.number().nullable(),
  surge_ms: z.number().nullable(),
  /** Latest timed post: what was due later is open. */
  end_ms: z.number().nullable(),
  /** In the order of event.yaml; only those with accounts. */
  subjects: z.array(
    z.object({
      name: z.string(),
      /** posts: in the data, with and without own words. */
      accounts: z.array(z.object({ account: z.string(), posts: z.number() })),
      /** Posts with own words of these accounts; at most 20 are looked at. */
      statements: z.number(),
      /** The earliest of them with a time. */
      first: statement.nullable(),
      /** After the earliest post and after the surge; null when unknown or before. */
      delay_ms: z.number().nullable(),
      surge_delay_ms: z.number().nullable(),
      /** met · late · lapsed: no statement, and the data goes on after the deadline · open: no statement, the data ends before it · null: not known. provisional: a year without published holidays. */
      deadlines: z.array(z.object({ rule: z.string(), due_ms: z.number(), provisional: z.boolean(), state: z.enum(["met", "late", "lapsed", "open"]).nullable() })),
      /** What went before and after; null when the hour of the statement is unknown or the window leaves the data. */
      contrast: contrastSchema.nullable(),
    }),
  ),
  rules: z.array(z.object({ id: z.string(), zh: z.string(), en: z.string() })),
  window: z.number(),
  utc_offset_ms: z.number(),
});
type Data = z.infer<typeof data>;
type Subject = Data["subjects"][number];
type Statement = z.infer<typeof statement>;

export const response: EventAnalyzer<Options, Data> = {
  id: "response",
  question: { zh: "当事方何时发声，是否在时限之内？", en: "When did the parties speak, and was it in time?" },
  requires: {
    parties: ["subject", "account", "posts", "worded"],
    statements: ["subject", "id", "published_ms", "precision", "platform", "author_name", "title", "url"],
    firsts: ["which", "published_ms", "precision"],
    volume: ["day", "slot", "posts"],
    sentiment: ["slot", "polarity", "posts"],
  },
  after: ["phases"],
  options,
  data,
  analyze({ parties, statements, firsts, volume, sentiment }, { deadlines, window }, context) {
    const total = volume!.reduce((sum, row) => sum + (row.posts as number), 0);
    const first = firsts!.find(({ which }) => which === "all");
    const began = first && first.precision !== "day" ? (first.published_ms as number) : null;
    const clock = { first: began, surge: surgeOf(context, began), end: endOf(volume!, context.utcOffsetMs) };
    const hours = hoursOf(volume!, sentiment!, context.utcOffsetMs);
    const subjects = context.event.subjects.filter(({ accounts }) => accounts.length > 0).map(({ name }) => {
      const own = (rows: Table) => rows.filter((row) => row.subject === name);
      return speak(name, own(parties!), own(statements!), clock, hours, { deadlines, window }, context.utcOffsetMs);
    });
    const found: Data = { first_ms: clock.first, surge_ms: clock.surge, end_ms: clock.end, subjects, rules: deadlines.rules.map(({ id, zh, en }) => ({ id, zh, en })), window, utc_offset_ms: context.utcOffsetMs };
    const reason = total === 0 ? { zh: "没有可分析的帖文", en: "no posts to analyse" } : subjects.length === 0 ? { zh: "事件说明没有给出当事方的账号（subjects 的 accounts）", en: "the event file gives no accounts of the parties (accounts of subjects)" } : null;
    return {
      status: total === 0 ? "empty" : subjects.length === 0 ? "unavailable" : "ok",
      reason,
      lens: "posts",
      coverage: { posts: parties!.reduce((sum, row) => sum + (row.posts as number), 0), of: total },
      method: {
        zh: `发声指事件说明所列账号在数据中最早的有自身文字的帖文；起算点为数据中最早的帖文或首个发展期的起点，二者都只就本数据而言。时限为规则表所列（本系统口径），工作日按国务院办公厅放假通知（chinese-days），未公布的年份暂按周末推算；办公时间 ${deadlines.office.from}–${deadlines.office.to}。前后对比：发声前后各 ${window} 小时的帖量除以该时段的常规活跃度后之比，与事件中其余整点同法所得的比值（安慰剂时刻）并列；先后不等于因果。`,
        en: `A statement is the earliest post with own words of the accounts in the event file; clocks start at the earliest post or at the first phase of growth, both of this data only. Deadlines are those of the rule table (our own); working days follow the State Council's notices (chinese-days), years without a notice count weekends only; office hours ${deadlines.office.from}–${deadlines.office.to}. Before and after: posts of ${window} hours on either side, each divided by the usual activity of those hours, beside the same ratio at every other full hour of the event (placebo). After is not because of.`,
      },
      figures: figuresOf(found),
      quoted: subjects.flatMap(({ first }) => (first === null ? [] : [first.id])),
      data: found,
    };
  },
};

/** A phase begins with its bin, which may lie before the first post in it. */
function surgeOf({ findings }: Context, first: number | null): number | null {
  const found = phasesAnalyzer.data.safeParse(findings.get("phases")?.data).data;
  const from = found?.phases.find(({ name }) => name === "growth" || name === "burst")?.from_ms ?? null;
  return from === null ? null : Math.max(from, first ?? from);
}

/** End of the last slot or day that holds a post. */
function endOf(volume: Table, utcOffsetMs: number): number | null {
  const ends = volume.flatMap(({ day, slot }) => (slot !== null ? [((slot as number) + 1) * 600_000] : day !== null ? [((day as number) + 1) * 86_400_000] : []));
  return ends.length === 0 ? null : ends.reduce((a, b) => Math.max(a, b)) - utcOffsetMs;
}

function speak(name: string, accounts: Table, posts: Table, clock: { first: number | null; surge: number | null; end: number | null }, series: Hours | null, { deadlines, window }: Options, utcOffsetMs: number): Subject {
  const row = posts.find(({ published_ms }) => published_ms !== null);
  const first = row ? ({ id: row.id, ms: row.published_ms, precision: row.precision === "day" ? "day" : "minute", platform: row.platform, author_name: row.author_name, title: row.title, url: row.url } as Statement) : null;
  const exact = first?.precision === "minute" ? first.ms : null;
  const after = (start: number | null) => (exact === null || start === null || exact < start ? null : exact - start);
  const at = exact === null || series === null ? null : Math.floor((exact - series.start_ms) / 3_600_000);
  return {
    name,
    accounts: accounts.map(({ account, posts }) => ({ account: account as string, posts: posts as number })),
    statements: accounts.reduce((sum, { worded }) => sum + (worded as number), 0),
    first,
    delay_ms: after(clock.first),
    surge_delay_ms: after(clock.surge),
    deadlines: deadlines.rules.flatMap((rule) => {
      const start = rule.from === "first" ? clock.first : clock.surge;
      if (start === null) return [];
      const { ms, provisional } = due(start, rule, deadlines.office, utcOffsetMs);
      return [{ rule: rule.id, due_ms: ms, provisional, state: stateOf(first, ms, clock.end) }];
    }),
    contrast: at === null ? null : contrast(series!.hours, at, window),
  };
}

/** Of a statement whose day alone is known, the state is known only when the whole day lies on one side. */
function stateOf(first: Statement | null, due: number, end: number | null): Subject["deadlines"][number]["state"] {
  if (first === null) return end !== null && end > due ? "lapsed" : "open";
  if (first.precision === "minute") return first.ms <= due ? "met" : "late";
  if (first.ms + 86_400_000 <= due) return "met";
  return first.ms > due ? "late" : null;
}

function figuresOf({ subjects, first_ms, surge_ms, rules, window }: Data): Figure[] {
  const plain = { of: null, interval: null, filter: null, estimate: false };
  if (subjects.length === 0) return [];
  const clocks: Figure[] = [
    ...(first_ms === null ? [] : [{ key: "first", label: { zh: "数据中最早的帖文", en: "earliest post in the data" }, value: first_ms, unit: "ms" as const, ...plain }]),
    ...(surge_ms === null ? [] : [{ key: "surge", label: { zh: "首个发展期的起点", en: "begin of the first phase of growth" }, value: surge_ms, unit: "ms" as const, ...plain, estimate: true }]),
  ];
  return [...clocks, ...subjects.flatMap((subject, i) => subjectFigures(subject, `${i + 1}`, rules, window))];
}

const nameOfRule = (rules: Data["rules"], rule: string): Figure["label"] => rules.find(({ id }) => id === rule) ?? { zh: rule, en: rule };

function subjectFigures({ name, statements, first, delay_ms, surge_delay_ms, deadlines, contrast }: Subject, no: string, rules: Data["rules"], window: number): Figure[] {
  const plain = { of: null, interval: null, filter: null, estimate: false };
  const hours = (key: string, zh: string, en: string, ms: number | null, estimate: boolean): Figure[] => (ms === null ? [] : [{ key, label: { zh, en }, value: ms / 3_600_000, unit: "hours", ...plain, filter: { id: first!.id }, estimate }]);
  const posts = (key: string, zh: string, en: string, value: number): Figure => ({ key, label: { zh, en }, value, unit: "posts", ...plain });
  return [
    posts(`statements.${no}`, `${name}的账号有自身文字的帖文`, `posts with own words of the accounts of ${name}`, statements),
    ...(first === null ? [] : [{ key: `statement.${no}`, label: { zh: `${name}最早的发声`, en: `first statement of ${name}` }, value: first.ms, unit: "ms" as const, ...plain, filter: { id: first.id } }]),
    ...hours(`delay.${no}`, `${name}最早的发声晚于最早的帖文`, `first statement of ${name} after the earliest post`, delay_ms, false),
    ...hours(`surge.delay.${no}`, `${name}最早的发声晚于首个发展期的起点`, `first statement of ${name} after the first phase of growth began`, surge_delay_ms, true),
    ...deadlines.map(({ rule, due_ms }): Figure => ({ key: `due.${rule}.${no}`, label: { zh: `${name}的时限：${nameOfRule(rules, rule).zh}`, en: `deadline of ${name}: ${nameOfRule(rules, rule).en}` }, value: due_ms, unit: "ms", ...plain, estimate: rule.startsWith("surge") })),
    ...(contrast === null
      ? []
      : [
          posts(`before.${no}`, `发声前 ${window} 小时的帖文`, `posts in the ${window} h before`, contrast.before.posts),
          posts(`after.${no}`, `发声后 ${window} 小时的帖文`, `posts in the ${window} h after`, contrast.after.posts),
          posts(`before.negative.${no}`, "其中模型判为负面", "taken for negative by the model", contrast.before.negative),
          posts(`after.negative.${no}`, "其中模型判为负面", "taken for negative by the model", contrast.after.negative),
          posts(`before.judged.${no}`, "其中有倾向判断", "with a mood from the model", contrast.before.judged),
          posts(`after.judged.${no}`, "其中有倾向判断", "with a mood from the model", contrast.after.judged),
          ...(contrast.ratio === null ? [] : [{ key: `ratio.${no}`, label: { zh: "发声后与发声前的帖量之比（除去时段活跃度）", en: "posts after ÷ before, usual activity taken out" }, value: contrast.ratio, unit: "ratio" as const, ...plain, estimate: true }]),
          ...(contrast.placebo === null ? [] : [{ key: `placebo.${no}`, label: { zh: "其余整点同法所得之比的中位数", en: "median of the same ratio at other hours" }, value: contrast.placebo.median, unit: "ratio" as const, ...plain, of: contrast.placebo.hours, interval: contrast.placebo.middle, estimate: true }]),
        ]),
  ];
}
