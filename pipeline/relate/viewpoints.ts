import type { Cell, Table } from "../../analyzers/contract.ts";
import type { EventConfig } from "../config.ts";
import type { Database } from "../engines/duckdb.ts";
import type { Polarity } from "../schema.ts";
import { givenWords } from "../../analyzers/given.ts";
import { groupOpinions, type Grouping } from "./group-opinions.ts";
import { groupQuestions, type Ask } from "./group-questions.ts";
import { readOpinions, type Cue, type Opinion } from "./opinions.ts";
import { chooseQuotes } from "./quotes.ts";
import { findReplies } from "./replies.ts";
import { fillTable } from "./texts.ts";
import { fineClasses, type FineClass } from "./word-classes.ts";

/** A viewpoint needs this share of the authors with an opinion, and so many authors at least. */
const leastShare = 0.01;
const leastAuthors = 5;
/** Number of what is an opinion and belongs to none of the groups. */
const ungrouped = 0;
/** A question of which one text makes more than this share of the posts, in millionths, is copied rather than asked. */
const mostCopied = 500_000;

const things: ReadonlySet<FineClass | undefined> = new Set<FineClass>(["noun", "place"]);

/** Share of a group's sentences, the most central ones, that quotes are chosen from, and how many at least. */
const quotableShare = 0.25;
const leastQuotable = 20;

export interface ViewpointOptions {
  maxViewpoints: number;
  /** Distinct opinion sentences that are grouped: the ones of most authors. */
  maxSentences: number;
}

export interface Viewpoints {
  labels: Table;
  /** Distinct opinion sentences, and how many of them were grouped or tried. */
  sentences: number;
  read: number;
}

/** A group of sentences that may be listed. */
interface Candidate {
  kind: "viewpoint" | "slogan" | "question";
  /** null when no cue is that of most authors. */
  cue: Cue | null;
  polarity: Polarity | null;
  aspect: string | null;
  ask: Ask | null;
  members: number[];
}

/**
 * Finds viewpoints, slogans and questions, makes `text_viewpoints(text_no, viewpoint, sentence)`, one row for each text and viewpoint, and
 * `viewpoint_labels(viewpoint, kind)`. Numbered from 1: viewpoints by authors, then slogans by authors, then questions by authors; 0 is an opinion in none of them. The sentences of a question may belong to a viewpoint too.
 */
export async function relateViewpoints(database: Database, { maxViewpoints, maxSentences }: ViewpointOptions, event: EventConfig): Promise<Viewpoints> {
  const { opinions, distinct } = await readOpinions(database, maxSentences);
  const isGiven = givenWords(event);
  const classes = fineClasses(opinions.flatMap(({ terms }) => terms));
  const subjects = await answeredWords(database);
  const { groups, heads } = groupOpinions(opinions, (term) => isGiven(term) || (subjects.has(term) && things.has(classes.get(term))), classes);
  const candidates = [...views(groups), ...questions(groupQuestions(opinions, isGiven, classes))];
  await fillTable(database, "grouped_sentences", ["sentence_no", "cluster", "opinion_group"], membership(candidates, heads));
  await database.run(`CREATE OR REPLACE TEMP TABLE grouped AS
    SELECT said.text_no, sentence, cluster, opinion_group FROM said JOIN sentences USING (sentence) JOIN grouped_sentences USING (sentence_no)`);
  const least = Math.max(leastAuthors, leastShare * (await countAuthors(database)));
  const counts = await countGroups(database);
  const quotesOf = (group: number): number[] => quoteMembers(opinions, candidates[group]!, heads);
  const first = (kind: Candidate["kind"], least: number) =>
    counts
      .filter(({ group, authors, copied }) => candidates[group]!.kind === kind && authors >= least && (kind !== "question" || copied <= mostCopied))
      .slice(0, 2 * maxViewpoints)
      .map((entry) => ({ ...entry, quoted: quotesOf(entry.group) }))
      .filter(({ quoted }) => quoted.length > 0)
      .slice(0, maxViewpoints);
  const shown = [...first("viewpoint", least), ...first("slogan", 0), ...first("question", leastAuthors)];
  await fillTable(database, "shown_groups", ["opinion_group", "viewpoint"], shown.map(({ group }, i) => [group, i + 1]));
  await database.run(`CREATE OR REPLACE TABLE text_viewpoints AS
    SELECT text_no, viewpoint, min(sentence) AS sentence FROM grouped JOIN shown_groups USING (opinion_group) GROUP BY text_no, viewpoint
    UNION ALL
    SELECT text_no, ${ungrouped}, min(sentence) FROM said WHERE NOT whole AND text_no NOT IN (SELECT text_no FROM grouped SEMI JOIN shown_groups USING (opinion_group)) GROUP BY text_no
    ORDER BY text_no, viewpoint`);
  await database.run(`CREATE OR REPLACE TABLE viewpoint_labels AS SELECT ${ungrouped} AS viewpoint, 'ungrouped' AS kind`);
  for (const [i, { group }] of shown.entries()) await database.run("INSERT INTO viewpoint_labels VALUES ($1, $2)", [i + 1, candidates[group]!.kind]);
  const posts = await earliestPosts(database, shown.flatMap(({ quoted }) => quoted));
  const labels: Record<string, Cell>[] = [];
  for (const [i, { group, copied, quoted }] of shown.entries()) {
    const { kind, cue, polarity, aspect, ask } = candidates[group]!;
    const quotes = quoted.map((member) => `${posts.get(member)!}\u0002${bare(opinions[member]!.sentence)}\u0002${opinions[member]!.cue}`).join("\u0001");
    labels.push({ viewpoint: i + 1, kind, cue, polarity, aspect, ask, quotes, copied, ...(await findReplies(database, i + 1, kind === "question" ? aspect : null)) });
  }
  return { labels, sentences: distinct, read: opinions.length };
}

const views = (groups: Grouping["groups"]): Candidate[] => groups.map(({ aspect, ...group }) => ({ ...group, aspect, ask: null }));
const questions = (groups: ReturnType<typeof groupQuestions>): Candidate[] => groups.map((group) => ({ kind: "question", cue: "question", polarity: null, ...group }));

function* membership(candidates: readonly Candidate[], heads: Int32Array): Iterable<number[]> {
  for (const [group, { members }] of candidates.entries()) for (const member of members) yield [member, heads[member]!, group];
}

const author = "coalesce(author, 0 - row_no)";

/** Distinct authors with an opinion sentence. */
async function countAuthors(database: Database): Promise<number> {
  const rows = await database.rows<{ authors: number }>(`SELECT count(DISTINCT ${author}) AS authors FROM scored SEMI JOIN (SELECT text_no FROM said WHERE NOT whole) AS held USING (text_no) WHERE worded = 1`);
  return rows[0]!.authors;
}

/** Groups by distinct authors, most first. copied: share of a group's posts from its largest cluster of near-duplicate sentences, in millionths. */
async function countGroups(database: Database): Promise<{ group: number; authors: number; copied: number }[]> {
  return database.rows(`
    WITH held AS (SELECT opinion_group, cluster, row_no, ${author} AS author FROM grouped JOIN scored USING (text_no) WHERE worded = 1),
    sizes AS (SELECT opinion_group, count(DISTINCT author) AS authors, count(DISTINCT row_no) AS posts FROM held GROUP BY opinion_group),
    clusters AS (SELECT opinion_group, max(posts) AS copies FROM (SELECT opinion_group, cluster, count(DISTINCT row_no) AS posts FROM held GROUP BY opinion_group, cluster) GROUP BY opinion_group)
    SELECT opinion_group AS group, authors, (copies * 1000000) // posts AS copied FROM sizes JOIN clusters USING (opinion_group) ORDER BY authors DESC, opinion_group`);
}

/** Members to quote: among the more central ones that do what the group does, one at most of each cluster of near-duplicates. */
function quoteMembers(opinions: readonly Opinion[], { cue, members }: Candidate, heads: Int32Array): number[] {
  const first = new Map<number, number>();
  for (const member of members) if ((cue === null || opinions[member]!.cue === cue) && !first.has(heads[member]!)) first.set(heads[member]!, member);
  const distinct = [...first.values()].filter((_, i) => i < Math.max(leastQuotable, first.size * quotableShare));
  return chooseQuotes(distinct.map((member) => opinions[member]!)).map((at) => distinct[at]!);
}

/** Words of the post that more than half of all opinions answer. What it is about is no view of it. */
async function answeredWords(database: Database): Promise<Set<string>> {
  const rows = await database.rows<{ term: string }>(`
    WITH opined AS (SELECT root FROM scored SEMI JOIN (SELECT text_no FROM said WHERE NOT whole) AS held USING (text_no) WHERE worded = 1),
    answered AS (SELECT root AS id FROM opined WHERE root IS NOT NULL GROUP BY root HAVING 2 * count(*) > (SELECT count(*) FROM opined))
    SELECT DISTINCT term FROM answered JOIN scored USING (id) JOIN tokens USING (text_no)`);
  return new Set(rows.map(({ term }) => term));
}

/** The sentence without what is left of its neighbours at its ends, and without emoticons there. */
const bare = (sentence: string): string => sentence.replace(/^([\s，,、；;：:】）)」』”…]|\[[^[\]\s]{1,8}\])+/, "").replace(/([\s，,、；;：:]|\[[^[\]\s]{1,8}\]){1,80}$/, "");

/** For each sentence number the id of the earliest post that holds it; posts without a time come last. */
async function earliestPosts(database: Database, sentenceNos: readonly number[]): Promise<Map<number, string>> {
  await fillTable(database, "quoted", ["sentence_no"], sentenceNos.map((sentenceNo) => [sentenceNo]));
  const rows = await database.rows<{ sentence_no: number; id: string }>(`
    SELECT sentence_no, id FROM quoted JOIN sentences USING (sentence_no) JOIN said USING (sentence) JOIN scored ON scored.text_no = said.text_no
    WHERE worded = 1 QUALIFY row_number() OVER (PARTITION BY sentence_no ORDER BY published_ms NULLS LAST, id) = 1`);
  return new Map(rows.map(({ sentence_no, id }) => [sentence_no, id]));
}
