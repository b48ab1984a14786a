import { z } from "zod";
import type { EventAnalyzer, Figure, Filter, Finding, Table } from "../contract.ts";
import { keywords, referenceOf, type Corpus, type Reference } from "../keyness.ts";
import { boundedBy, mergedTerms, mergePhrases, wholePhrases, type Phrase } from "../phrases.ts";
import { archiveLanguage, corporaBy, corporaOver, generalLanguage, joined } from "../term-counts.ts";
import { phases as phasesAnalyzer, phaseWords } from "./phases.ts";
import { givenWords } from "../given.ts";
import { fields, type Field } from "../../pipeline/schema.ts";
import { nameOf } from "../../reports/names.ts";

const options = z.strictObject({
  top: z.number().int().min(1).max(200).default(60).describe("hot words kept, highest z first"),
  listed: z.number().int().min(5).max(60).default(20).describe("hot words that become figures"),
  contrast: z.number().int().min(1).max(60).default(10).describe("words kept of each phase, platform, field and polarity"),
  told: z.number().int().min(1).max(10).default(5).describe("words of each of them that become figures"),
  least: z.number().int().min(1).default(20).describe("least texts of both sides of a comparison within the event"),
  tags: z.number().int().min(1).max(100).default(15).describe("hashtags, mentioned accounts and emoticons kept"),
  z: z.number().min(0).default(3.3).describe("least z-score of the log-odds"),
  significant: z.number().min(0).default(4.3).describe("z-score from which a word is marked significant: about a Bonferroni bound for 50 words shown of 5,000"),
  docs: z.number().int().min(1).default(5).describe("least number of texts and of different wordings that hold the word, and least account-days of a hashtag"),
  docsShare: z.number().min(0).max(1).default(0.0005).describe("least share of texts that hold the word"),
  lift: z.number().min(0).default(1.5).describe("least ratio of relative frequencies"),
  spread: z.number().min(0).default(0.2).describe("standard deviation by which log ratios of words differ between phases, platforms and fields anyway, for the order of their words: about half of what it is between two days"),
  prior: z.number().positive().default(1000).describe("weight α0 of the Dirichlet prior, in words"),
  carried: z.number().min(0.5).max(1).default(0.6).describe("share of both from which a longer word takes in a shorter one that is part of it"),
  background: z.enum(["archive", "general"]).default("archive").describe("what the whole event is compared with: the archive's other posts of the same days and platforms where there are enough, else general language; or general language always"),
  archive: z.number().int().min(1).default(2000).describe("least wordings that these posts come to, weighed by platform as the event is"),
  covered: z.number().min(0).max(1).default(0.8).describe("least share of the event's words that is of platforms which the archive has other posts of"),
});
type Options = z.infer<typeof options>;

const keyword = z.object({
  term: z.string(),
  docs: z.number(),
  /** Texts of the other side with the term; null against general language. */
  other: z.number().nullable(),
  z: z.number(),
  /** Null when the other side does not have the term; a lower bound when not exact (the general list lacks the term). */
  lift: z.number().nullable(),
  exact: z.boolean(),
  /** z ≥ options.significant. */
  significant: z.boolean(),
  /** Words merged into this one: those that a phrase is made of, and shorter ones. */
  parts: z.array(z.string()),
});
const used = { posts: z.number(), author_days: z.number(), media: z.number(), official: z.number(), public: z.number() };
const data = z.object({
  /** What authors said, the same text of an author once a day; media and public among them. wordings: near-duplicates of a day counted once. */
  texts: z.object({ all: z.number(), media: z.number(), public: z.number(), wordings: z.number() }),
  /** Posts with own words. */
  worded: z.number(),
  /**
   * What the event is compared with: general language, or the archive's other posts of its platforms from one local day to another (since 1970-01-01), so many wordings.
   * short: why not with those, although there are some: few | platforms (too small a share of the event is of platforms that they are of).
   */
  background: z.object({ kind: z.enum(["archive", "general"]), wordings: z.number().nullable(), days: z.tuple([z.number(), z.number()]).nullable(), short: z.enum(["few", "platforms"]).nullable() }),
  /** Against it, highest z first. */
  words: z.array(keyword),
  /** Query words and subjects of event.yaml that occur, most texts first. */
  given: z.array(z.object({ term: z.string(), docs: z.number() })),
  /**
   * Words of a part of the event against another part, those that stand out most first. by: phase | platform | field | polarity (as the model judges); against: general (language) or archive (the first phase) | earlier (phases) | others (platforms) | public, media, negative, positive.
   * Only where both sides have enough texts. In order of time (phases), most texts (platforms), else as named here.
   */
  lists: z.array(z.object({ by: z.enum(["phase", "platform", "field", "polarity"]), value: z.string(), against: z.string(), texts: z.number(), other_texts: z.number().nullable(), words: z.array(keyword) })),
  /** Most author-days first. posts: with it, all and by field. author_days: authors that used it, an author once a day. */
  tags: z.array(z.object({ name: z.string(), ...used })),
  /** Accounts named after @. Names may be masked, and then equal. institution: known to be one. */
  mentions: z.array(z.object({ name: z.string(), institution: z.boolean(), ...used })),
  emoticons: z.array(z.object({ name: z.string(), ...used })),
});
type Data = z.infer<typeof data>;
type List = Data["lists"][number];

export const hotWords: EventAnalyzer<Options, Data> = {
  id: "hot-words",
  question: { zh: "大家在说什么词？", en: "Which words stand out?" },
  requires: {
    terms: ["field", "term", "docs", "wordings_micro"],
    phrases: ["phrase", "parts"],
    term_groups: ["dimension", "value", "term", "docs", "wordings_micro"],
    term_times: ["term", "unit", "course"],
    term_totals: ["dimension", "value", "unit", "time", "docs", "wordings_micro", "texts", "texts_micro"],
    background: ["term", "count"],
    archive_terms: ["platform", "term", "wordings", "exact"],
    archive_totals: ["platform", "wordings", "terms", "first_day", "last_day"],
    tags: ["tag", "field", "posts", "author_days"],
    mentions: ["account", "institution", "posts", "author_days", "media", "official", "public"],
    emoticons: ["emoticon", "field", "posts", "author_days"],
    volume: ["posts", "worded"],
  },
  after: ["phases"],
  options,
  data,
  analyze(tables, options, { event, findings, utcOffsetMs }) {
    const totals = tables.term_totals!.filter(({ dimension }) => dimension === "field");
    const isGiven = givenWords(event);
    const fieldCorpora = corporaBy(tables.terms!, "field", totals);
    const whole = joined([...fieldCorpora.values()]);
    const free = without(whole, isGiven);
    // A phrase with a given word has none of its parts in `free`, so it is not whole.
    const phrases = wholePhrases(tables.phrases!, free, options.carried);
    const merged = mergedTerms(tables.phrases!, phrases);
    const isLeft = (term: string): boolean => isGiven(term) || merged.has(term);
    const { background, reference: general } = backgroundOf(tables, options);
    const reference = general === null ? null : boundedBy(general, phrases);
    const unavailable = whole.texts > 0 && reference === null;
    const worded = sum(tables.volume!.map((row) => row.worded as number));
    const phases = findings.get("phases") as Finding<z.infer<typeof phasesAnalyzer.data>> | undefined;
    const spans: Spans = { phases: phases?.status === "ok" ? phases.data.phases : [], days: phases?.data.bins?.unit === "day", utcOffsetMs };
    const found: Data = {
      texts: { all: whole.texts, media: fieldCorpora.get("media")?.texts ?? 0, public: fieldCorpora.get("public")?.texts ?? 0, wordings: Math.round(sum(totals.map((row) => row.texts_micro as number)) / 1e6) },
      worded,
      background,
      words: reference === null ? [] : withParts(rank(without(free, isLeft), reference, options).slice(0, options.top), phrases),
      given: [...whole.counts].filter(([term]) => isGiven(term)).map(([term, { docs }]) => ({ term, docs })).sort((a, b) => b.docs - a.docs || byCodePoint(a.term, b.term)),
      lists: (reference === null ? [] : [...newWords(tables, spans, { kind: background.kind, reference }, isLeft, options), ...contrasts(tables, fieldCorpora, isLeft, options)]).map((list) => ({ ...list, words: withParts(list.words, phrases) })),
      tags: ranked(perField(tables.tags!, "tag"), options),
      mentions: ranked(tables.mentions!.map(({ account, ...row }) => ({ name: account, ...row }) as Data["mentions"][number]), options),
      emoticons: ranked(perField(tables.emoticons!, "emoticon"), options),
    };
    return {
      status: whole.texts === 0 ? "empty" : unavailable ? "unavailable" : "ok",
      reason: whole.texts === 0 ? { zh: "没有带本人文字的帖文", en: "no posts with own words" } : unavailable ? { zh: "没有通用语言的词频表，无从比较", en: "there is no table of general word frequencies to compare with" } : null,
      lens: "posts",
      coverage: { posts: worded, of: sum(tables.volume!.map((row) => row.posts as number)) },
      method: method(options, background),
      figures: figures(found, options, spans),
      data: found,
    };
  },
};

/** What the event is compared with; `reference` null: there is nothing. */
function backgroundOf(tables: Record<string, Table>, { background, archive: least, covered }: Options): { background: Data["background"]; reference: Reference | null } {
  const general = tables.background!.length === 0 ? null : generalLanguage(tables.background!);
  const archive = background === "general" ? null : archiveLanguage(tables.archive_terms!, tables.archive_totals!, tables.term_totals!);
  if (archive === null) return { background: { kind: "general", wordings: null, days: null, short: null }, reference: general };
  const short = archive.effective < least ? "few" : archive.covered < covered ? "platforms" : null;
  return { background: { kind: short === null ? "archive" : "general", wordings: archive.wordings, days: archive.days, short }, reference: short === null ? archive : general };
}

/** The corpus without the terms; its totals stay. */
const without = (corpus: Corpus, left: (term: string) => boolean): Corpus => ({ ...corpus, counts: new Map([...corpus.counts].filter(([term]) => !left(term))) });

/** `spread`: see logOddsZ. */
const rank = (here: Corpus, reference: Reference, options: Options, spread = 0): List["words"] => mergePhrases(keywords(here, reference, { ...options, spread }), options.carried);

/** Words with the parts of those that are phrases. */
function withParts(words: List["words"], phrases: readonly Phrase[]): List["words"] {
  const parts = new Map(phrases.map((phrase) => [phrase.term, phrase.parts]));
  return words.map((word) => ({ ...word, parts: [...new Set([...(parts.get(word.term) ?? []), ...word.parts])] }));
}

interface Spans {
  phases: readonly { name: string; from_ms: number; to_ms: number }[];
  /** The phases are made of days. */
  days: boolean;
  utcOffsetMs: number;
}

/** 新增热词: words of each phase against the phases before it; of the first against what the event is compared with. */
function newWords({ term_times, term_totals }: Record<string, Table>, { phases, days, utcOffsetMs }: Spans, { kind, reference }: { kind: string; reference: Reference }, isLeft: (term: string) => boolean, options: Options): List[] {
  const corpora = corporaOver(term_times!.filter(({ term }) => !isLeft(term as string)), term_totals!, phases, days, utcOffsetMs);
  return corpora.flatMap((here, i): List[] => {
    const value = phases[i]!.name;
    if (i > 0) return compared("phase", value, here, "earlier", joined(corpora.slice(0, i)), options);
    if (here.texts < options.least) return [];
    return [{ by: "phase", value, against: kind, texts: here.texts, other_texts: null, words: rank(here, reference, options).slice(0, options.contrast) }];
  });
}

/** Each platform against the others, fields and polarities against each other. Polarities without a spread: beyond it stand the words by which the model judges, which tell nothing of the event. */
function contrasts(tables: Record<string, Table>, fieldCorpora: ReadonlyMap<string, Corpus>, isLeft: (term: string) => boolean, options: Options): List[] {
  const free = (corpora: ReadonlyMap<string, Corpus>) => new Map([...corpora].map(([value, corpus]) => [value, without(corpus, isLeft)]));
  const group = (dimension: string) => {
    const rows = (name: string): Table => tables[name]!.filter((row) => row.dimension === dimension);
    return free(corporaBy(rows("term_groups"), "value", rows("term_totals")));
  };
  const [sides, moods] = [free(fieldCorpora), group("polarity")];
  const platforms = [...group("platform")].sort(([a, { texts: x }], [b, { texts: y }]) => y - x || byCodePoint(a, b));
  return [
    ...platforms.flatMap(([platform, corpus]) => compared("platform", platform, corpus, "others", joined(platforms.filter(([other]) => other !== platform).map(([, other]) => other)), options)),
    ...([["media", "public"], ["public", "media"], ["official", "public"]] as const).flatMap(([a, b]) => compared("field", a, sides.get(a), b, sides.get(b), options)),
    ...([["negative", "positive"], ["positive", "negative"]] as const).flatMap(([a, b]) => compared("polarity", a, moods.get(a), b, moods.get(b), { ...options, spread: 0 })),
  ];
}

/** One list, or none when a side has too few texts. */
function compared(by: List["by"], value: string, here: Corpus | undefined, against: string, there: Corpus | undefined, options: Options): List[] {
  if (!here || here.texts < options.least || !there || there.texts < options.least) return [];
  return [{ by, value, against, texts: here.texts, other_texts: there.texts, words: rank(here, referenceOf(there), options, options.spread).slice(0, options.contrast) }];
}

type Used = z.infer<z.ZodObject<typeof used>>;

/** Rows of one thing per field as one entry a thing. */
function perField(rows: Table, column: string): (Used & { name: string })[] {
  const entries = new Map<string, Used & { name: string }>();
  for (const row of rows) {
    const name = row[column] as string;
    const entry = entries.get(name) ?? { name, posts: 0, author_days: 0, media: 0, official: 0, public: 0 };
    entry.posts += row.posts as number;
    entry.author_days += row.author_days as number;
    if (fields.includes(row.field as Field)) entry[row.field as Field] += row.posts as number;
    entries.set(name, entry);
  }
  return [...entries.values()];
}

/** Most author-days first. */
function ranked<T extends Used & { name: string }>(entries: readonly T[], { docs, tags }: Options): T[] {
  return entries.filter(({ author_days }) => author_days >= docs).sort((a, b) => b.author_days - a.author_days || b.posts - a.posts || byCodePoint(a.name, b.name)).slice(0, tags);
}

const byCodePoint = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Rows of a phase: its days, or the hours that have their middle in it, by which its words are counted. */
function during({ phases, days, utcOffsetMs }: Spans, phase: string): Filter {
  const { from_ms, to_ms } = phases.find(({ name }) => name === phase)!;
  const day = (ms: number): number => Math.ceil((ms + utcOffsetMs) / 86_400_000);
  const firstSlot = (ms: number): number => 6 * Math.ceil((ms + utcOffsetMs) / 3_600_000 - 0.5);
  return days ? { day: { gte: day(from_ms), lt: day(to_ms) } } : { slot: { gte: firstSlot(from_ms), lt: firstSlot(to_ms) } };
}

const sideNames: Record<string, [zh: string, en: string]> = { phase: ["该阶段", "in the phase"], platform: ["该平台", "on the platform"], field: ["该舆论场", "in the field"], polarity: ["该类情感", "of the polarity"] };

const nameIn = ({ by, value }: List, language: "zh" | "en"): string => (by === "phase" ? phaseWords[value as keyof typeof phaseWords][language] : nameOf(by, value, language));

function figures({ texts, background, words, given, lists, tags, mentions, emoticons }: Data, { listed, told }: Options, spans: Spans): Figure[] {
  const part = ({ by, value }: List): Filter => (by === "phase" ? during(spans, value) : { [by]: value });
  return [
    count("texts", { zh: "有自身文字的文本", en: "texts with own words" }, texts.all, null, { worded: 1 }),
    count("wordings", { zh: "其中不同的说法", en: "different wordings among them" }, texts.wordings, texts.all, null),
    ...(background.days === null
      ? []
      : [
          count("background.wordings", { zh: "档案中同平台同期其他帖文的不同说法", en: "different wordings of the archive's other posts of the platforms and days" }, background.wordings!, null, null),
          count("background.days", { zh: "这些帖文跨越的天数", en: "days that these posts span" }, background.days[1] - background.days[0] + 1, null, null),
        ]),
    ...words.slice(0, listed).map(({ term, docs }) => count(`term.docs.${term}`, { zh: `含“${term}”的文本`, en: `texts with “${term}”` }, docs, texts.all, { term })),
    ...given.map(({ term, docs }) => count(`given.docs.${term}`, { zh: `含“${term}”的文本（检索词或涉事主体）`, en: `texts with “${term}” (query word or subject)` }, docs, texts.all, { term })),
    ...lists.flatMap((list) =>
      list.words.slice(0, told).map(({ term, docs }) => {
        const [zh, en] = sideNames[list.by]!;
        return count(`${list.by}.docs.${list.value}.${term}`, { zh: `${zh}（${nameIn(list, "zh")}）含“${term}”的文本`, en: `texts with “${term}” ${en} (${nameIn(list, "en")})` }, docs, list.texts, { ...part(list), term }, list.by === "polarity");
      }),
    ),
    ...tags.map(({ name, author_days }) => count(`tag.author_days.${name}`, { zh: `带“#${name}#”的账号，每天计一次`, en: `accounts with #${name}#, one per day` }, author_days, null, { tag: name })),
    // Two masked names may be equal: the rank tells them apart, and no filter may hold the name itself.
    ...mentions.slice(0, told).map(({ name, author_days, institution }, i) => count(`mention.author_days.${i + 1}`, { zh: `提及“@${name}”的账号，每天计一次`, en: `accounts that name @${name}, one per day` }, author_days, null, institution ? { account: name } : null)),
    ...emoticons.slice(0, told).map(({ name, author_days }) => count(`emoticon.author_days.${name}`, { zh: `使用表情 ${name} 的账号，每天计一次`, en: `accounts that use ${name}, one per day` }, author_days, null, { emoticon: name })),
  ];
}

function count(key: string, label: Figure["label"], value: number, of: number | null, filter: Figure["filter"], estimate = false): Figure {
  return { key, label, value, unit: "count", of, interval: null, filter, estimate };
}

const percent = (share: number): string => `${Number((share * 100).toFixed(4))}%`;

function method({ prior, z, significant, docs, docsShare, lift, spread, carried, least, archive }: Options, { kind, short }: Data["background"]) {
  const [zh, en] = kind === "archive" ? inArchive : short === null ? ["", ""] : tooLittle(archive);
  return {
    zh: `文本：有自身文字的帖文，同一账号同日的相同文字计一次；一个词在一篇文本中计一次，同一账号一天最多计三次，只有大小写不同的写法算一个词。与通用语言词频（每亿词）比较，按带信息先验的对数几率比排序（Monroe 等 2008，α0 = ${prior}）；z 值与倍数按不同说法计：一天之内近似重复的文本合计一次，一段文字转抄再多也不成热词。入选须 z ≥ ${z}、文本数 ≥ max(${docs}, ${percent(docsShare)})、不同说法 ≥ ${docs} 种、频率比（与事件内另一方比时，按文本计的也须达到）≥ ${lift}；z ≥ ${significant} 为显著。词表中没有的词按词表最低频计，其频率比为下限。长词占长短两词合计 ${percent(carried)} 以上时，短词并入长词；两三个词在含其中任一词的文本里 ${percent(carried)} 以上紧挨着出现、且关联紧密（NPMI > 0.4），合为一条，与通用语言或档案比较的频次按其中最少的词计，其筛选为连用这几个词的文本。检索词与涉事主体另列。新增热词与此前各阶段合计比（首个阶段与通用语言比），各小时按其中点归入阶段；平台与其他平台比，媒体、政务与民间比，负面与正面互比（情感由模型判断）；一方不足 ${least} 篇不比；阶段、平台、舆论场之间互比的词按 z 值排列时，计入各部分用词本来就有的起伏（对数频率比的标准差 ${spread}）。话题标签、提及账号、表情按“每账号每天一次”排序，至少 ${docs} 次；标签的大小写、空格差异和“超话”后缀不计；“回复@”不算提及。${zh}`,
    en: `Texts: posts with own words, the same words of an account on a day counted once; a word counts once a text and at most three times a day for an account; spellings that differ in letter case only are one word. Compared with general language (per 10^8 words) by log-odds with an informative Dirichlet prior (Monroe et al. 2008, α0 = ${prior}); z and ratio are of different wordings: near-duplicates of a day count once, so no text becomes hot by being copied. Shown if z ≥ ${z}, texts ≥ max(${docs}, ${percent(docsShare)}), wordings ≥ ${docs}, frequency ratio ≥ ${lift} (within the event also in texts); significant from z ≥ ${significant}. A word that the general list lacks counts as its rarest word, so its ratio is a lower bound. A part is merged into a longer word that makes up ${percent(carried)} of both; two or three words that stand side by side in ${percent(carried)} of the texts with each, and are bound (NPMI > 0.4), are one entry, compared with general language or the archive as the rarest of them; its filter selects the texts with the words side by side. Query words and subjects are listed apart. New words of a phase: against all earlier phases (the first: general language), an hour belongs to the phase of its middle; a platform against the others; media and official against the public; negative against positive and the reverse (as the model judges); given ${least} texts of both; words of phases, platforms and fields are ordered by z with the spread that words have between such parts anyway (standard deviation of the log ratio ${spread}). Hashtags, mentions and emoticons are ranked by accounts per day, at least ${docs}; letter case, blanks and the 超话 suffix of hashtags are ignored; a reply mark is no mention.${en}`,
  };
}

const inArchive: [zh: string, en: string] = [
  "这里所比的不是通用语言，而是项目档案中同平台、同一时段的其他帖文：逐字相同的文字同平台同日计一次，各平台按本事件的比重加权；本事件的帖文及与之逐字相同的不计在内。档案按词典和项目词表切分，本事件的新词按其组成部分的较低频次计，其频率比为下限。",
  " Here the comparison is not with general language but with the other posts of the project's archive on the same platforms and days: the same text counts once a day and platform, platforms weigh as in this event, and the event's own posts and texts are left out. The archive is cut by the dictionaries and the project's word list; a new word counts as often as its rarer part, so its ratio is a lower bound.",
];
const tooLittle = (archive: number): [zh: string, en: string] => [
  `项目档案中同平台、同一时段的其他帖文折合不足 ${archive} 种说法，或其平台与本事件不合，故与通用语言比。`,
  ` The archive's other posts of the same platforms and days come to fewer than ${archive} wordings, or are of other platforms than the event, so the comparison is with general language.`,
];
