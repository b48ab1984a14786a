import { z } from "zod";
import type { EventAnalyzer, Figure } from "../contract.ts";
import { fields, polarities, type Field, type Polarity } from "../../pipeline/schema.ts";
import { nameOf } from "../../reports/names.ts";

const options = z.strictObject({
  least: z.number().int().min(1).default(10).describe("posts that name a subject below which nothing is said about it"),
});

const counts = z.object({ positive: z.number(), neutral: z.number(), negative: z.number() });
const data = z.object({
  /** In the order of event.yaml. `posts`: posts with own words that name the subject; `stances`: what they say towards it. */
  subjects: z.array(z.object({ subject: z.string(), posts: z.number(), stances: counts, fields: z.array(z.object({ field: z.enum(fields), posts: z.number(), stances: counts })) })),
  /** Subjects that too few posts name. */
  rare: z.array(z.object({ subject: z.string(), posts: z.number() })),
});
type Data = z.infer<typeof data>;
interface Row {
  field: Field;
  subject: string;
  stance: Polarity;
  posts: number;
}

export const targets: EventAnalyzer<z.infer<typeof options>, Data> = {
  id: "targets",
  question: { zh: "帖文对事件中的各个主体是什么态度？", en: "What do posts say towards those whom the event is about?" },
  requires: { targets: ["field", "subject", "stance", "posts"], coverage: ["posts", "worded"] },
  after: [],
  options,
  data,
  analyze({ targets, coverage }, { least }, { event }) {
    const rows = targets as unknown as Row[];
    const total = coverage!.reduce((sum, row) => sum + (row.posts as number), 0);
    const worded = coverage!.reduce((sum, row) => sum + (row.worded as number), 0);
    const all = event.subjects.map(({ name }) => ({ subject: name, ...tally(rows.filter(({ subject }) => subject === name)) }));
    const named = all.filter(({ posts }) => posts >= least);
    const subjects = named.map((row) => ({
      ...row,
      fields: fields.map((field) => ({ field, ...tally(rows.filter((one) => one.subject === row.subject && one.field === field)) })).filter(({ posts }) => posts > 0),
    }));
    const reason =
      total === 0 ? { zh: "没有可分析的帖文", en: "no posts to analyse" }
      : event.subjects.length === 0 ? { zh: "事件文件没有列出主体（subjects）", en: "the event file names no subjects" }
      : named.length === 0 ? { zh: `提到各主体的帖文都不足 ${least} 条`, en: `fewer than ${least} posts name any of the subjects` }
      : null;
    return {
      status: total === 0 ? "empty" : reason !== null ? "unavailable" : "ok",
      reason,
      lens: "posts",
      coverage: { posts: worded, of: total },
      method: {
        zh: "模型判断，未经人工核对，因此只列条数、不列占比。看提到主体（含别名）的句子：有批评、讽刺的词或愤怒记为批评，有支持的词或喜悦记为肯定，其余为中性；悲伤、恐惧是对事情的情绪，不算对主体的批评。一句话提到几个主体时按分句归属。@账号和话题标签里的名字不算。提到几个主体的帖文各计一次。",
        en: "Judged by a model, unchecked, so counts are given and no shares. Of the sentences that name the subject (or an alias): words of criticism or irony, or anger, count as critical; words of support, or joy, as favourable; the rest as neutral. Sadness and fear are about the event, not against the subject. A sentence with several subjects is read clause by clause. Names in @mentions and hashtags do not count. A post that names several subjects counts for each.",
      },
      figures: subjects.flatMap(figuresOf),
      data: { subjects, rare: all.filter(({ posts }) => posts < least).map(({ subject, posts }) => ({ subject, posts })) },
    };
  },
};

function tally(rows: readonly Row[]): { posts: number; stances: Record<Polarity, number> } {
  const of = (stance: Polarity) => rows.filter((row) => row.stance === stance).reduce((sum, { posts }) => sum + posts, 0);
  const stances = { positive: of("positive"), neutral: of("neutral"), negative: of("negative") };
  return { posts: stances.positive + stances.neutral + stances.negative, stances };
}

function figuresOf({ subject, posts, stances, fields: split }: Data["subjects"][number]): Figure[] {
  const figure = (key: string, zh: string, en: string, value: number, filter: Figure["filter"], estimate: boolean): Figure => ({ key, label: { zh, en }, value, unit: "posts", of: posts, interval: null, filter, estimate });
  const shown = (stance: Polarity) => [nameOf("stance", stance, "zh"), nameOf("stance", stance, "en")] as const;
  return [
    figure(`posts.${subject}`, `提到${subject}的帖文`, `posts that name ${subject}`, posts, { subject, worded: 1 }, false),
    ...polarities.map((stance) => figure(`${stance}.${subject}`, `对${subject}${shown(stance)[0]}的帖文（模型判断）`, `posts ${shown(stance)[1]} of ${subject} (by model)`, stances[stance], { subject, stance, worded: 1 }, true)),
    ...split.map((row) => figure(`negative.${subject}.${row.field}`, `${nameOf("field", row.field, "zh")}中批评${subject}的帖文（模型判断）`, `${nameOf("field", row.field, "en")}: posts critical of ${subject} (by model)`, row.stances.negative, { subject, stance: "negative", field: row.field, worded: 1 }, true)),
  ];
}
