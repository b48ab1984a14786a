import { z } from "zod";
import type { EventAnalyzer, Figure, Table } from "../contract.ts";
import { phaseNames } from "../lifecycle.ts";
import { wilson } from "../statistics.ts";
import { distinctNames, questionName, viewpointName } from "../viewpoint-names.ts";
import { unvoiced, voicings, type Span, type Voicing } from "../voicing.ts";
import { asks, type Ask } from "../../pipeline/relate/group-questions.ts";
import { cues, fields, polarities, type Field } from "../../pipeline/schema.ts";

const options = z.strictObject({
  least: z.number().int().min(1).default(20).describe("least authors of a viewpoint for a share, and least posts for the flag of copies; below, counts only"),
  copied: z.number().min(0).max(1).default(0.5).describe("share of a viewpoint's posts from one copied text above which it is flagged"),
});
type Options = z.infer<typeof options>;

const message = z.object({ zh: z.string(), en: z.string() });
const counted = {
  viewpoint: z.number(),
  posts: z.number(),
  /** Distinct authors over the whole event; a post without a known author counts as an author of its own. */
  authors: z.number(),
  /** Verbatim, the lead quote first. id: post id. cue: what the sentence does; null when not told. */
  quotes: z.array(z.object({ id: z.string(), text: z.string(), cue: z.enum(cues).nullable() })),
};
const data = z.object({
  /** With any opinion sentence, over all fields. grouped: authors with a sentence of a viewpoint. slogan_posts: with a slogan. */
  totals: z.object({ posts: z.number(), authors: z.number(), grouped_authors: z.number(), slogan_posts: z.number() }),
  /** False: no post has a known author, so that every post counts as an account. */
  authored: z.boolean(),
  /**
   * Most authors first. name: 批评“加班”, “接受不了”; the same name again gets a number. cue: that of most authors, else null. copied: share of its posts from its largest near-duplicate text.
   * share, interval: of the authors with an opinion; null with too few authors. likes: of its posts, as far as known; null when unknown of all. first_ms, peak_ms, joined: see Voicing.
   */
  viewpoints: z.array(
    z.object({
      ...counted,
      name: message,
      cue: z.enum(cues).nullable(),
      polarity: z.enum(polarities).nullable(),
      media: z.number(),
      official: z.number(),
      public: z.number(),
      share: z.number().nullable(),
      interval: z.tuple([z.number(), z.number()]).nullable(),
      copied: z.number().nullable(),
      concentrated: z.boolean(),
      likes: z.number().nullable(),
      first_ms: z.number().nullable(),
      peak_ms: z.number().nullable(),
      joined: z.array(z.number()),
    }),
  ),
  /** Questions that want an answer, most askers first: what is asked for, and about which word. replies, reply, reply_ms: see Replies of pipeline/relate/replies.ts. */
  questions: z.array(z.object({ ...counted, name: message, ask: z.enum(asks), asked_ms: z.number().nullable(), replies: z.number().nullable(), reply: z.string().nullable(), reply_ms: z.number().nullable() })),
  /** Short repeated exclamations such as 加油, most authors first; in no viewpoint. */
  slogans: z.array(z.object(counted)),
  /** Authors with an opinion that belongs to no viewpoint; null with too few authors. */
  ungrouped: z.object({ share: z.number(), interval: z.tuple([z.number(), z.number()]) }).nullable(),
  /** Names of the phases that `joined` counts by; empty when the event has none. */
  phases: z.array(z.enum(phaseNames)),
  utc_offset_ms: z.number(),
});
type Data = z.infer<typeof data>;
type Viewpoint = Data["viewpoints"][number];
type Counts = Record<Field | "all", { posts: number; authors: number; likes: number | null }>;

export const viewpoints: EventAnalyzer<Options, Data> = {
  id: "viewpoints",
  question: { zh: "观点集中在哪里？", en: "Which views are expressed most?" },
  requires: {
    viewpoints: ["viewpoint", "field", "posts", "authors", "likes"],
    viewpoint_times: ["viewpoint", "day", "slot", "posts", "joined"],
    opinion_totals: ["field", "posts", "authors", "grouped_authors", "slogan_posts"],
    viewpoint_labels: ["viewpoint", "kind", "cue", "polarity", "aspect", "quotes", "copied", "ask", "asked_ms", "replies", "reply", "reply_ms"],
    coverage: ["posts", "authored"],
  },
  after: ["phases"],
  options,
  data,
  analyze({ viewpoints, viewpoint_times, opinion_totals, viewpoint_labels, coverage }, options, { utcOffsetMs, findings }) {
    const all = opinion_totals!.find((row) => row.field === "all") as Data["totals"] | undefined;
    const totals = { posts: all?.posts ?? 0, authors: all?.authors ?? 0, grouped_authors: all?.grouped_authors ?? 0, slogan_posts: all?.slogan_posts ?? 0 };
    const counts = countViewpoints(viewpoints!);
    const phases = (findings.get("phases")?.data as { phases: Span[] } | undefined)?.phases ?? [];
    const times = voicings(viewpoint_times!, phases, utcOffsetMs);
    const rest = totals.authors - totals.grouped_authors;
    const listed = <T extends { viewpoint: number; authors: number }>(kind: string, entry: (label: Table[number], counts: Counts) => T): T[] =>
      viewpoint_labels!.filter((row) => row.kind === kind && counts.has(row.viewpoint as number)).map((row) => entry(row, counts.get(row.viewpoint as number)!)).sort(byAuthors);
    const found: Data = {
      totals,
      authored: coverage!.some((row) => (row.authored as number) > 0),
      viewpoints: distinctNames(listed("viewpoint", (row, own) => viewpoint(row, own, totals.authors, times.get(row.viewpoint as number) ?? unvoiced(phases), options))),
      questions: distinctNames(listed("question", question)),
      slogans: listed("slogan", base),
      ungrouped: totals.authors < options.least ? null : { share: rest / totals.authors, interval: wilson(rest, totals.authors) },
      phases: phases.map(({ name }) => name),
      utc_offset_ms: utcOffsetMs,
    };
    return {
      status: totals.posts === 0 ? "empty" : "ok",
      reason: totals.posts === 0 ? { zh: "没有读到表达观点的语句", en: "no sentence states an opinion" } : null,
      lens: "posts",
      coverage: { posts: totals.posts, of: coverage!.reduce((sum, row) => sum + (row.posts as number), 0) },
      method: {
        zh: `从帖文自身文字中找出带质疑、批评、支持、建议、求助、调侃标志的句子（转述、广告和引号里的话除外）；评论和转发中没有这类句子、不超过 40 字的，整条算一句。按用词归并，支持者与批评者分开，对象、倾向和标志取多数（模型估计，未经人工核对；反讽和看不出来的转述会归错）。半数以上的句子只有一两个词时（多为短评），按所说的词归并，说同一个词的为一类，名称即该词或带该词的常见说法，正说反说不分开；过半意见所回复的那条帖文里的名词不作名称。占比为表达该观点的账号占有观点句账号的比例，同一账号在整个事件中计一次，可持多种观点，故各项之和可超过 100%；没有作者的帖文一条按一个账号计。区间为 95% Wilson 区间（每个账号只计一次，与按账号重抽样一致），只反映抽样误差。不足 ${options.least} 个账号的观点只列账号数。口号式评论另列，点赞不计入占比。一个文本占某观点帖文 ${Number((options.copied * 100).toFixed(2))}% 以上时标注“复制粘贴集中”。各阶段所列为在该阶段首次表达该观点的账号。待回应的问题按所问的词和问法归并，反问计入批评，一半以上帖文出自同一文本的不列；“疑似已有回应”只表示提问之后媒体或政务账号的帖文提到同一个词，未核对是否答复。引文一字不改。`,
        en: `Sentences of the post's own words with a mark of questioning, criticism, support, suggestion, call for help or irony (not reported speech, advertisements, words in quotation marks); a comment or repost of up to 40 characters without any counts as one sentence. Grouped by wording, supporters and critics apart, target, polarity and mark by majority (model estimate, not checked by hand; irony and unmarked reported views go wrong). Where more than half of the sentences have a word or two (short comments), those that say the same word are one view, named by that word or by how it is usually said; who says and who denies it are not told apart, and nouns of the post that most reply to name none. Share: accounts that express the view among accounts with an opinion sentence; an account counts once over the event and may hold several views, so shares may add up to more than 100%; a post without an author counts as an account. Intervals are 95% Wilson (an account counts once, so that resampling accounts gives the same) and show sampling error only. A view of fewer than ${options.least} accounts gets counts only. Slogans are listed apart, likes do not enter shares. Flagged as copied when one text makes up more than ${Number((options.copied * 100).toFixed(2))}% of its posts. By phase: accounts that voiced the view first in that phase. Questions are grouped by the word they ask about and how they ask, rhetorical ones are criticism, those of which one text makes more than half of the posts are left out; a possible reply is a later post of media or authorities that holds the same word, not checked to be an answer. Quotes are verbatim.`,
      },
      figures: figures(found),
      quoted: [...found.viewpoints, ...found.questions, ...found.slogans].flatMap(({ quotes }) => quotes.map(({ id }) => id)).concat(found.questions.flatMap(({ reply }) => reply ?? [])),
      data: found,
    };
  },
};

function countViewpoints(rows: Table): Map<number, Counts> {
  const counts = new Map<number, Counts>();
  for (const row of rows) {
    const id = row.viewpoint as number;
    const none = { posts: 0, authors: 0, likes: null };
    const entry = counts.get(id) ?? { all: none, media: none, official: none, public: none };
    entry[row.field as Field | "all"] = { posts: row.posts as number, authors: row.authors as number, likes: row.likes as number | null };
    counts.set(id, entry);
  }
  return counts;
}

function base(label: Table[number], { all: { posts, authors } }: Counts): Data["slogans"][number] {
  return { viewpoint: label.viewpoint as number, posts, authors, quotes: quotesOf(label.quotes) };
}

function question(label: Table[number], counts: Counts): Data["questions"][number] {
  const [ask, aspect] = [label.ask as Ask, label.aspect as string];
  return { ...base(label, counts), name: questionName(ask, aspect), ask, asked_ms: label.asked_ms as number | null, replies: label.replies as number | null, reply: label.reply as string | null, reply_ms: label.reply_ms as number | null };
}

function viewpoint(label: Table[number], counts: Counts, authors: number, voicing: Voicing, { least, copied }: Options): Viewpoint {
  const enough = counts.all.authors >= least;
  const share = label.copied === null ? null : (label.copied as number) / 1_000_000;
  const [cue, polarity] = [label.cue as Viewpoint["cue"], label.polarity as Viewpoint["polarity"]];
  return {
    ...base(label, counts),
    name: viewpointName(cue, label.aspect as string | null),
    cue,
    polarity,
    ...(Object.fromEntries(fields.map((field) => [field, counts[field].authors])) as Record<Field, number>),
    share: enough ? counts.all.authors / authors : null,
    interval: enough ? wilson(counts.all.authors, authors) : null,
    copied: share,
    concentrated: share !== null && share > copied && counts.all.posts >= least,
    likes: counts.all.likes,
    ...voicing,
  };
}

function quotesOf(joined: unknown): { id: string; text: string; cue: Viewpoint["cue"] }[] {
  if (typeof joined !== "string" || joined === "") return [];
  return joined.split("\u0001").map((quote) => {
    const [id, text, cue] = quote.split("\u0002");
    return { id: id!, text: text!, cue: (cue || null) as Viewpoint["cue"] };
  });
}

const byAuthors = (a: { viewpoint: number; authors: number }, b: { viewpoint: number; authors: number }): number => b.authors - a.authors || a.viewpoint - b.viewpoint;

function figures({ totals, viewpoints, questions, slogans, ungrouped }: Data): Figure[] {
  const figure = (key: string, zh: string, en: string, value: number, unit: Figure["unit"], rest: Partial<Figure> = {}): Figure => ({ key, label: { zh, en }, value, unit, of: null, interval: null, filter: null, estimate: true, ...rest });
  return [
    figure("opinion.authors", "有观点句的账号", "accounts with an opinion sentence", totals.authors, "authors"),
    figure("opinion.posts", "有观点句的帖文", "posts with an opinion sentence", totals.posts, "posts"),
    ...viewpoints.flatMap(({ viewpoint, name, authors, share, interval, copied, concentrated, posts }) => {
      const filter = { viewpoint };
      return [
        figure(`viewpoint.authors.${viewpoint}`, `${name.zh}的账号`, `accounts, ${name.en}`, authors, "authors", { filter }),
        ...(share === null ? [] : [figure(`viewpoint.share.${viewpoint}`, name.zh, name.en, share, "share", { of: totals.authors, interval, filter })]),
        ...(concentrated ? [figure(`viewpoint.copied.${viewpoint}`, `${name.zh}的帖文中出自同一文本的占比`, `share of posts from one text, ${name.en}`, copied!, "share", { of: posts, filter })] : []),
      ];
    }),
    ...(ungrouped === null ? [] : [figure("opinion.ungrouped", "未归入任一观点的账号占比", "share of accounts in no viewpoint", ungrouped.share, "share", { of: totals.authors, interval: ungrouped.interval })]),
    figure("questions", "待回应的问题", "questions to answer", questions.length, "count"),
    ...questions.map(({ viewpoint, name, authors }) => figure(`question.authors.${viewpoint}`, `问${name.zh}的账号`, `accounts that ask ${name.en}`, authors, "authors", { filter: { viewpoint } })),
    figure("slogan.posts", "口号式评论", "posts with a slogan", totals.slogan_posts, "posts", slogans.length === 0 ? {} : { filter: { viewpoint: slogans.map(({ viewpoint }) => viewpoint) } }),
  ];
}
