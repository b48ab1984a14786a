import { z } from "zod";
import type { EventAnalyzer, Figure, Table } from "../contract.ts";
import { wilson } from "../statistics.ts";
import { cues, polarities, type Field } from "../../pipeline/schema.ts";

const options = z.strictObject({
  least: z.number().int().min(1).default(20).describe("least authors of a viewpoint for a share, and least posts for the flag of copies; below, counts only"),
  copied: z.number().min(0).max(1).default(0.5).describe("share of a viewpoint's posts from one copied text above which it is flagged"),
});
type Options = z.infer<typeof options>;

const counted = {
  viewpoint: z.number(),
  posts: z.number(),
  /** Distinct authors over the whole event; a post without a known author counts as an author of its own. */
  authors: z.number(),
  /** Verbatim, the lead quote first. id: post id. */
  quotes: z.array(z.object({ id: z.string(), text: z.string() })),
};
const data = z.object({
  /** With any opinion sentence, over all fields. grouped: authors with a sentence of a viewpoint. slogan_posts: with a slogan. */
  totals: z.object({ posts: z.number(), authors: z.number(), grouped_authors: z.number(), slogan_posts: z.number() }),
  /** False: no post has a known author, so that every post counts as an account. */
  authored: z.boolean(),
  /** Most authors first. name: 批评“加班”; the same cue and aspect again gets a number. copied: share of its posts from its largest near-duplicate text. share, interval: of the authors with an opinion; null with too few authors. */
  viewpoints: z.array(
    z.object({
      ...counted,
      name: z.object({ zh: z.string(), en: z.string() }),
      cue: z.enum(cues),
      polarity: z.enum(polarities).nullable(),
      media: z.number(),
      official: z.number(),
      public: z.number(),
      share: z.number().nullable(),
      interval: z.tuple([z.number(), z.number()]).nullable(),
      copied: z.number().nullable(),
      concentrated: z.boolean(),
    }),
  ),
  /** Short repeated exclamations such as 加油, most authors first; in no viewpoint. */
  slogans: z.array(z.object(counted)),
  /** Authors with an opinion that belongs to no viewpoint; null with too few authors. */
  ungrouped: z.object({ share: z.number(), interval: z.tuple([z.number(), z.number()]) }).nullable(),
});
type Data = z.infer<typeof data>;
type Viewpoint = Data["viewpoints"][number];
type Counts = Record<Field | "all", { posts: number; authors: number }>;

export const viewpoints: EventAnalyzer<Options, Data> = {
  id: "viewpoints",
  question: { zh: "观点集中在哪里？", en: "Which views are expressed most?" },
  requires: {
    viewpoints: ["viewpoint", "field", "posts", "authors"],
    opinion_totals: ["field", "posts", "authors", "grouped_authors", "slogan_posts"],
    viewpoint_labels: ["viewpoint", "kind", "cue", "polarity", "aspect", "quotes", "copied"],
    coverage: ["posts", "authored"],
  },
  after: [],
  options,
  data,
  analyze({ viewpoints, opinion_totals, viewpoint_labels, coverage }, options) {
    const all = opinion_totals!.find((row) => row.field === "all") as Data["totals"] | undefined;
    const totals = { posts: all?.posts ?? 0, authors: all?.authors ?? 0, grouped_authors: all?.grouped_authors ?? 0, slogan_posts: all?.slogan_posts ?? 0 };
    const counts = countViewpoints(viewpoints!);
    const labels = viewpoint_labels!.filter((row) => counts.has(row.viewpoint as number));
    const rest = totals.authors - totals.grouped_authors;
    const found: Data = {
      totals,
      authored: coverage!.some((row) => (row.authored as number) > 0),
      viewpoints: named(labels.filter((row) => row.kind === "viewpoint").map((row) => viewpoint(row, counts.get(row.viewpoint as number)!, totals.authors, options))),
      slogans: labels.filter((row) => row.kind === "slogan").map((row) => base(row, counts.get(row.viewpoint as number)!)).sort(byAuthors),
      ungrouped: totals.authors < options.least ? null : { share: rest / totals.authors, interval: wilson(rest, totals.authors) },
    };
    return {
      status: totals.posts === 0 ? "empty" : "ok",
      reason: totals.posts === 0 ? { zh: "没有读到表达观点的语句", en: "no sentence states an opinion" } : null,
      lens: "posts",
      coverage: { posts: totals.posts, of: coverage!.reduce((sum, row) => sum + (row.posts as number), 0) },
      method: {
        zh: `从帖文自身文字中找出带质疑、批评、支持、建议、求助、调侃标志的句子，按用词归并，支持者与批评者分开，对象、倾向和标志取多数（模型估计，未经人工核对；反讽和转述他人观点会归错）。占比为表达该观点的账号占有观点句账号的比例，同一账号在整个事件中计一次，可持多种观点，故各项之和可超过 100%；没有作者的帖文一条按一个账号计。区间为 95% Wilson 区间，只反映抽样误差。不足 ${options.least} 个账号的观点只列账号数。口号式评论另列。一个文本占某观点帖文 ${Number((options.copied * 100).toFixed(2))}% 以上时标注“复制粘贴集中”。引文一字不改。`,
        en: `Sentences of the post's own words with a mark of questioning, criticism, support, suggestion, call for help or irony, grouped by wording, supporters and critics apart, target, polarity and mark by majority (model estimate, not checked by hand; irony and reported views go wrong). Share: accounts that express the view among accounts with an opinion sentence; an account counts once over the event and may hold several views, so shares may add up to more than 100%; a post without an author counts as an account. Intervals are 95% Wilson and show sampling error only. A view of fewer than ${options.least} accounts gets counts only. Slogans are listed apart. Flagged as copied when one text makes up more than ${Number((options.copied * 100).toFixed(2))}% of its posts. Quotes are verbatim.`,
      },
      figures: figures(found),
      quoted: [...found.viewpoints, ...found.slogans].flatMap(({ quotes }) => quotes.map(({ id }) => id)),
      data: found,
    };
  },
};

function countViewpoints(rows: Table): Map<number, Counts> {
  const counts = new Map<number, Counts>();
  for (const row of rows) {
    const id = row.viewpoint as number;
    const none = { posts: 0, authors: 0 };
    const entry = counts.get(id) ?? { all: none, media: none, official: none, public: none };
    entry[row.field as Field | "all"] = { posts: row.posts as number, authors: row.authors as number };
    counts.set(id, entry);
  }
  return counts;
}

function base(label: Table[number], counts: Counts): Data["slogans"][number] {
  return { viewpoint: label.viewpoint as number, ...counts.all, quotes: quotesOf(label.quotes) };
}

function viewpoint(label: Table[number], counts: Counts, authors: number, { least, copied }: Options): Viewpoint {
  const enough = counts.all.authors >= least;
  const share = label.copied === null ? null : (label.copied as number) / 1_000_000;
  return {
    ...base(label, counts),
    name: nameOf(label.cue as Viewpoint["cue"], label.aspect as string | null),
    cue: label.cue as Viewpoint["cue"],
    polarity: label.polarity as Viewpoint["polarity"],
    media: counts.media.authors,
    official: counts.official.authors,
    public: counts.public.authors,
    share: enough ? counts.all.authors / authors : null,
    interval: enough ? wilson(counts.all.authors, authors) : null,
    copied: share,
    concentrated: share !== null && share > copied && counts.all.posts >= least,
  };
}

function quotesOf(joined: unknown): { id: string; text: string }[] {
  if (typeof joined !== "string" || joined === "") return [];
  return joined.split("\u0001").map((quote) => {
    const [id, text] = quote.split("\u0002");
    return { id: id!, text: text! };
  });
}

const byAuthors = (a: { viewpoint: number; authors: number }, b: { viewpoint: number; authors: number }): number => b.authors - a.authors || a.viewpoint - b.viewpoint;

/** Most authors first; a name that comes again gets a number. */
function named(list: readonly Viewpoint[]): Viewpoint[] {
  const seen = new Map<string, number>();
  return [...list].sort(byAuthors).map((entry) => {
    const no = (seen.get(entry.name.zh) ?? 0) + 1;
    seen.set(entry.name.zh, no);
    return no === 1 ? entry : { ...entry, name: { zh: `${entry.name.zh}（${no}）`, en: `${entry.name.en} (${no})` } };
  });
}

const cueNames: Record<Viewpoint["cue"], [zh: string, en: string]> = {
  question: ["质疑", "questions about"],
  criticism: ["批评", "criticism of"],
  support: ["支持", "support for"],
  suggestion: ["建议", "suggestions on"],
  help: ["求助", "calls for help with"],
  irony: ["调侃", "irony about"],
};

function nameOf(cue: Viewpoint["cue"], aspect: string | null): Viewpoint["name"] {
  const [zh, en] = cueNames[cue];
  return aspect === null ? { zh: `${zh}（未指明对象）`, en: `${en} no named target` } : { zh: `${zh}“${aspect}”`, en: `${en} “${aspect}”` };
}

function figures({ totals, viewpoints, slogans, ungrouped }: Data): Figure[] {
  const figure = (key: string, zh: string, en: string, value: number, unit: Figure["unit"], rest: Partial<Figure> = {}): Figure => ({ key, label: { zh, en }, value, unit, of: null, interval: null, filter: null, estimate: true, ...rest });
  const questions = viewpoints.filter(({ cue }) => cue === "question" || cue === "help").length;
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
    figure("questions", "待回应的问题", "questions to answer", questions, "count"),
    figure("slogan.posts", "口号式评论", "posts with a slogan", totals.slogan_posts, "posts", slogans.length === 0 ? {} : { filter: { viewpoint: slogans.map(({ viewpoint }) => viewpoint) } }),
  ];
}
