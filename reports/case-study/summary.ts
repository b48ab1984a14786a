import type { z } from "zod";
import { summary as analyzer } from "../../analyzers/event/summary.ts";
import type { Finding } from "../../analyzers/contract.ts";
import type { Language } from "../../pipeline/errors.ts";
import type { Part, Section, Sentence } from "../contract.ts";
import { about as vague, points as difference, share } from "../format.ts";
import type { Gate } from "../narrative/gates.ts";
import { lapse, moment } from "../narrative/moment.ts";
import { teller } from "../narrative/say.ts";

type Data = z.infer<typeof analyzer.data>;
type Claim = Data["claims"][number];

export const summary: Section<Data> = {
  id: "summary",
  heading: { zh: "总结", en: "Summary" },
  tell(finding, language) {
    if (finding.status !== "ok") return [];
    return [...finding.data.claims.map((claim) => (language === "zh" ? tellZh : tellEn)(claim, finding)), lesson(finding, language)];
  },
  charts: () => [],
};

/** Parts of a claim: its facts in order, instants by how exact they are, estimates without decimals. */
function parts(claim: Claim, finding: Finding<Data>, language: Language) {
  const { say, fact, figure } = teller(finding, language);
  const { precision, utc_offset_ms } = finding.data;
  const key = (i: number) => claim.facts[i]!;
  return {
    say,
    part: (i: number): Part => fact(key(i)),
    /** About: a model's share without decimals. */
    about: (i: number, gate?: Gate): Part => fact(key(i), share(figure(key(i)).value, language, figure(key(i)).interval ?? [0, 1]), gate),
    /** An exact share in words where a tenth is near: 逾五成. */
    vague: (i: number): Part[] => {
      const words = vague(figure(key(i)).value!, language);
      return words === null ? [" ", fact(key(i))] : [language === "zh" ? "" : " ", fact(key(i), words)];
    },
    /** The first of its kind in the finding that the figure comes from. */
    first: (i: number): Gate => firstOf(key(i)),
    lapse: (i: number): Part => fact(key(i), lapse(figure(key(i)), language)),
    points: (i: number): Part => fact(key(i), difference(figure(key(i)).value!, language, [0, 1]), { kind: "apart", key: key(i), clear: true, sign: figure(key(i)).value! > 0 ? 1 : -1 }),
    value: (i: number): number => figure(key(i)).value!,
    time: (i: number): Part => fact(key(i), moment(figure(key(i)).value!, language, utc_offset_ms, precision === "day" ? "day" : "minute")),
    has: (i: number): boolean => claim.facts[i] !== undefined,
    name: (i = 0): string => claim.names[i]![language],
  };
}

/** "from.topics.topic.share.media.1": first among the finding's own figures of the prefix. */
function firstOf(key: string): Gate {
  const [, of, ...rest] = key.split(".");
  return { kind: "first", of: of!, key: rest.join("."), among: `${rest.slice(0, -1).join(".")}.`, except: ["0"] };
}

function tellZh(claim: Claim, finding: Finding<Data>): Sentence {
  const { say, part, about, vague, first, lapse, points, value, time, has, name } = parts(claim, finding, "zh");
  const { late, precision } = finding.data;
  switch (claim.id) {
    case "scale":
      return say`本次事件共 ${part(0)}帖文${has(1) ? ["，前后 ", part(1)] : []}。`;
    case "burst":
      return say`爆发期集中了全部时段帖文的${vague(0)}，帖文最多的${precision === "day" ? "一天" : "一小时"}为 ${time(1)}（${part(2)}）。`;
    case "wave":
      return say`主峰之后，${time(0)}前后再起一波，最高速率约为主峰的 ${part(1)} 倍。`;
    case "response":
      return say`数据中最早的政务帖文晚于最早的帖文 ${lapse(0)}${late === null ? "" : late ? "，在帖文最多的时段之后" : "，不晚于帖文最多的时段"}。`;
    case "mood":
      return say`民间情绪以${name()}为主，约占 ${about(0)}（模型估计）。`;
    case "labels":
      return say`民间可判断情绪的 ${part(1)}帖文中，模型判为${name()}的最多，有 ${part(0)}（未校准，只看先后，不作占比）。`;
    case "gap":
      return say`民间的负面占比比媒体${value(0) > 0 ? "高" : "低"}约 ${points(0)}（模型估计）。`;
    case "originals":
      return say`原创占帖文的 ${part(0)}。`;
    case "region":
      return say`IP 属地已知的帖文中，${name()}最多，占 ${part(0)}。`;
    case "topic-media":
      return say`媒体话题以“${name()}”居首，约占 ${about(0, first(0))}（模型估计）。`;
    case "topic-public":
      return say`民间话题以“${name()}”居首，约占 ${about(0, first(0))}（模型估计）。`;
    case "viewpoint":
      return say`表达${name()}的账号最多，约占有观点账号的 ${about(0)}（模型估计）。`;
    case "words":
      return say`相对日常用语突出的词有${claim.names.flatMap(({ zh }, i): Part[] => [`${i > 0 ? "、" : ""}“${zh}”（`, part(i), " 篇）"])}。`;
  }
}

function tellEn(claim: Claim, finding: Finding<Data>): Sentence {
  const { say, part, about, vague, first, lapse, points, value, time, has, name } = parts(claim, finding, "en");
  const { late, precision } = finding.data;
  switch (claim.id) {
    case "scale":
      return say`The event holds ${part(0)}${has(1) ? [" over ", part(1)] : []}.`;
    case "burst":
      return say`The burst holds${vague(0)} of the posts; the ${precision === "day" ? "day" : "hour"} with most is ${time(1)} (${part(2)}).`;
    case "wave":
      return say`After the main peak another wave rose around ${time(0)}, to about ${part(1)} of the main rate.`;
    case "response":
      return say`The earliest post of a government account came ${lapse(0)} after the earliest post${late === null ? "" : late ? ", after the time of most posts" : ", not after the time of most posts"}.`;
    case "mood":
      return say`The public is mostly ${name()}: about ${about(0)} (model estimate).`;
    case "labels":
      return say`Of the ${part(1)} of the public whose mood can be read, the model calls most ${name()}: ${part(0)} (unchecked: an order, no share).`;
    case "gap":
      return say`The negative share of the public is about ${points(0)} ${value(0) > 0 ? "above" : "below"} that of the media (model estimate).`;
    case "originals":
      return say`Originals make up ${part(0)} of the posts.`;
    case "region":
      return say`Of posts with a known IP region most come from ${name()}: ${part(0)}.`;
    case "topic-media":
      return say`The topic “${name()}” leads in the media, about ${about(0, first(0))} (model estimate).`;
    case "topic-public":
      return say`The topic “${name()}” leads among the public, about ${about(0, first(0))} (model estimate).`;
    case "viewpoint":
      return say`The view of most accounts: ${name()}, about ${about(0)} of accounts with an opinion (model estimate).`;
    case "words":
      return say`Words that stand out against everyday language: ${claim.names.flatMap(({ en }, i): Part[] => [`${i > 0 ? ", " : ""}“${en}” (`, part(i), " texts)"])}.`;
  }
}

/** The closing sentence: what to look at, never why it happened. */
function lesson(finding: Finding<Data>, language: Language): Sentence {
  const zh = language === "zh";
  const { say, fact } = teller(finding, language);
  const { id, facts } = finding.data.lesson;
  switch (id) {
    case "unfinished":
      return zh ? say`数据截止时事件尚未消退，宜继续跟踪，待消退后更新本报告再作结论。` : say`At the end of the data the event had not faded: keep watching, and conclude when the report is brought up to date.`;
    case "late":
      return zh ? say`政务账号发声在帖文最多的时段之后，发展期的回应时机值得复盘；此处只述先后，不推断因果。` : say`Government accounts spoke after the time of most posts: the timing of the response in the growth phase deserves a review. This is an order in time, not a cause.`;
    case "wave":
      return zh ? say`主峰之后又起波峰，首轮回应之后的持续跟进值得复盘；此处只述先后，不推断因果。` : say`Another wave followed the main peak: what was done after the first response deserves a review. This is an order in time, not a cause.`;
    case "questions":
      return zh ? say`数据中有 ${fact(facts[0]!)} 类待回应的问题，宜逐项核对是否已有回应。` : say`The data has ${fact(facts[0]!)} kinds of questions that people ask: check that each has an answer.`;
    case "none":
      return zh ? say`数据没有指向需要单独处置的环节；上述结论只就所采集的帖文而言。` : say`The data points to no step that needs its own response; all statements are about the posts collected.`;
  }
}
