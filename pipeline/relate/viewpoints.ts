import type { Table } from "../../analyzers/contract.ts";
import type { EventConfig } from "../config.ts";
import type { Database } from "../engines/duckdb.ts";
import { givenWords } from "./given.ts";
import { groupOpinions, type OpinionGroup } from "./group-opinions.ts";
import { readOpinions, type Opinion } from "./opinions.ts";
import { chooseQuotes } from "./quotes.ts";
import { fillTable } from "./texts.ts";
import { wordClasses } from "./word-classes.ts";

/** A viewpoint needs this share of the authors with an opinion, and so many authors at least. */
const leastShare = 0.01;
const leastAuthors = 5;

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

/**
 * Finds viewpoints and slogans, makes `text_viewpoints(text_no, viewpoint, sentence)`, one row for each text and viewpoint, and
 * `viewpoint_labels(viewpoint, kind)`. Numbered from 1: viewpoints by authors, then slogans by authors.
 */
export async function relateViewpoints(database: Database, { maxViewpoints, maxSentences }: ViewpointOptions, event: EventConfig): Promise<Viewpoints> {
  const { opinions, distinct } = await readOpinions(database, maxSentences);
  const { groups, heads } = groupOpinions(opinions, givenWords(event), wordClasses(opinions.flatMap(({ terms }) => terms)));
  await fillTable(database, "grouped_sentences", ["sentence_no", "cluster", "opinion_group"], membership(groups, heads));
  await database.run(`CREATE OR REPLACE TEMP TABLE grouped AS
    SELECT said.text_no, sentence, cluster, opinion_group FROM said JOIN sentences USING (sentence) JOIN grouped_sentences USING (sentence_no)`);
  const least = Math.max(leastAuthors, leastShare * (await countAuthors(database)));
  const counts = await countGroups(database);
  const viewpoints = counts.filter(({ group, authors }) => groups[group]!.kind === "viewpoint" && authors >= least);
  const slogans = counts.filter(({ group }) => groups[group]!.kind === "slogan");
  const shown = [...viewpoints.slice(0, maxViewpoints), ...slogans.slice(0, maxViewpoints)];
  await fillTable(database, "shown_groups", ["opinion_group", "viewpoint"], shown.map(({ group }, i) => [group, i + 1]));
  await database.run(`CREATE OR REPLACE TABLE text_viewpoints AS
    SELECT text_no, viewpoint, min(sentence) AS sentence FROM grouped JOIN shown_groups USING (opinion_group) GROUP BY text_no, viewpoint ORDER BY text_no, viewpoint`);
  await database.run("CREATE OR REPLACE TABLE viewpoint_labels (viewpoint INTEGER, kind VARCHAR)");
  for (const [i, { group }] of shown.entries()) await database.run("INSERT INTO viewpoint_labels VALUES ($1, $2)", [i + 1, groups[group]!.kind]);
  const quoted = shown.map(({ group }) => quoteMembers(opinions, groups[group]!.members, heads));
  const posts = await earliestPosts(database, quoted.flat());
  const labels = shown.map(({ group, copied }, i) => {
    const { kind, cue, polarity, aspect } = groups[group]!;
    const quotes = quoted[i]!.map((member) => `${posts.get(member)!}\u0002${bare(opinions[member]!.sentence)}`).join("\u0001");
    return { viewpoint: i + 1, kind, cue, polarity, aspect, quotes, copied };
  });
  return { labels, sentences: distinct, read: opinions.length };
}

function* membership(groups: readonly OpinionGroup[], heads: Int32Array): Iterable<number[]> {
  for (const [group, { members }] of groups.entries()) for (const member of members) yield [member, heads[member]!, group];
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

/** Members to quote: among the more central ones, one at most of each cluster of near-duplicates. */
function quoteMembers(opinions: readonly Opinion[], members: readonly number[], heads: Int32Array): number[] {
  const first = new Map<number, number>();
  for (const member of members) if (!first.has(heads[member]!)) first.set(heads[member]!, member);
  const distinct = [...first.values()].filter((_, i) => i < Math.max(leastQuotable, first.size * quotableShare));
  return chooseQuotes(distinct.map((member) => opinions[member]!)).map((at) => distinct[at]!);
}

/** The sentence without what is left of its neighbours at its ends, where it was cut out of its text. */
const bare = (sentence: string): string => sentence.replace(/^[\s，,、；;：:】）)」』”]+/, "").replace(/[\s，,、；;：:]{1,80}$/, "");

/** For each sentence number the id of the earliest post that holds it; posts without a time come last. */
async function earliestPosts(database: Database, sentenceNos: readonly number[]): Promise<Map<number, string>> {
  await fillTable(database, "quoted", ["sentence_no"], sentenceNos.map((sentenceNo) => [sentenceNo]));
  const rows = await database.rows<{ sentence_no: number; id: string }>(`
    SELECT sentence_no, id FROM quoted JOIN sentences USING (sentence_no) JOIN said USING (sentence) JOIN scored ON scored.text_no = said.text_no
    WHERE worded = 1 QUALIFY row_number() OVER (PARTITION BY sentence_no ORDER BY published_ms NULLS LAST, id) = 1`);
  return new Map(rows.map(({ sentence_no, id }) => [sentence_no, id]));
}
