import type { Table } from "../../analyzers/contract.ts";
import type { EventConfig } from "../config.ts";
import type { Database } from "../engines/duckdb.ts";
import { queryWords } from "../query/words.ts";
import { givenWords } from "../../analyzers/given.ts";
import { nearDuplicates, normalForm } from "./near-duplicates.ts";
import { readTexts, want } from "./texts.ts";
import { nameTopic, spread, type Keyword, type TopicEvidence } from "./topic-names.ts";
import type { Assigned } from "./topics.ts";
import { dictionaryWords, wordClasses } from "./word-classes.ts";

const keywordCount = 5;
const exampleCount = 3;
/** Words of a topic that are looked up in the dictionary. */
const lookedUp = 100;
/** Texts of a topic that names are taken from. Examples are taken from the more central quarter of the topic, 40 texts at most, that say something: 8 characters without @names, URLs and hashtags. */
const centralTexts = 200;
const exampleTexts = 40;
const exampleLength = 8;

/** Rows of `topic_labels`. found[i] is topic i + 1: its words, most salient first, its stability, and whether it is loose: such a one gets no name. Reads `text_topics`. */
export async function labelTopics(database: Database, found: readonly { terms: readonly Keyword[]; stability: number; loose: boolean }[], assigned: Assigned, event: EventConfig): Promise<Table> {
  const isGiven = givenWords(event);
  const central = found.map((_, i) => mostCentral(assigned, i + 1));
  const texts = await readTexts(database, central.flat());
  const sizes = new Map<number, number>();
  for (const topic of assigned.topics) sizes.set(topic, (sizes.get(topic) ?? 0) + 1);
  const words = found.flatMap(({ terms }) => terms.slice(0, lookedUp).map(({ term }) => term));
  const [classes, known] = [wordClasses(words), dictionaryWords(words)];
  const tags = await topicTags(database);
  const taken = new Set([event.name, ...queryWords(event.query), ...event.subjects.flatMap(({ name, aliases }) => [name, ...aliases])]);
  const rows = [];
  for (const [i, own] of central.entries()) {
    const topic = i + 1;
    const { loose, stability, terms } = found[i]!;
    const keywords = terms.filter(({ term }) => !isGiven(term));
    const { name, hashtag } = loose ? { name: null, hashtag: false } : nameTopic({ keywords, tags: tags.get(topic) ?? [], texts: own.map((textNo) => texts.get(textNo)!), classOf: (term) => classes.get(term) ?? "other", isKnown: (term) => known.has(term) }, taken);
    if (name !== null) taken.add(name);
    const examples = await examplePosts(database, exampleTextsOf(own, sizes.get(topic)!, texts));
    rows.push({ topic, name, hashtag, loose, stability: Math.round(stability * 1_000_000), keywords: spread(keywords.map(({ term }) => term), keywordCount).join("\u0001"), examples: examples.join("\u0001") });
  }
  return rows;
}

function mostCentral({ textNos, topics, centralities }: Assigned, topic: number): number[] {
  const own: number[] = [];
  for (let i = 0; i < topics.length; i++) if (topics[i] === topic) own.push(i);
  return own.sort((a, b) => centralities[b]! - centralities[a]! || a - b).slice(0, centralTexts).map((i) => textNos[i]!);
}

/** Texts that are no near-duplicate of a more central one. */
function exampleTextsOf(central: readonly number[], size: number, texts: ReadonlyMap<number, string>): number[] {
  const telling = central.filter((textNo) => normalForm(texts.get(textNo)!).length >= exampleLength).slice(0, exampleTexts);
  const heads = nearDuplicates(telling.map((textNo) => texts.get(textNo)!));
  return telling.filter((_, i) => heads[i] === i).slice(0, Math.max(exampleCount, Math.ceil(size / 4)));
}

/** Up to three posts, each the one of its text with most engagement, those with most engagement first. */
async function examplePosts(database: Database, textNos: readonly number[]): Promise<string[]> {
  await want(database, textNos);
  const rows = await database.rows<{ id: string }>(`
    SELECT id FROM scored SEMI JOIN wanted USING (text_no)
    QUALIFY row_number() OVER (PARTITION BY text_no ORDER BY engagement DESC, id) = 1
    ORDER BY engagement DESC, text_no LIMIT ${exampleCount}`);
  return rows.map(({ id }) => id);
}

/** Hashtags of each topic that a tenth of its posts carry, most carried first. */
async function topicTags(database: Database): Promise<Map<number, TopicEvidence["tags"][number][]>> {
  const rows = await database.rows<{ topic: number; tag: string; share: number; lift: number }>(`
    WITH sizes AS (SELECT topic, sum(posts) AS size, sum(sum(posts)) OVER () AS total FROM worded_texts JOIN text_topics USING (text_no) GROUP BY topic),
    carried AS (SELECT topic, tag, sum(posts) AS posts FROM worded_texts JOIN text_topics USING (text_no) JOIN hashtags USING (text_no) GROUP BY topic, tag)
    SELECT topic, tag, (posts / size)::DOUBLE AS share, ((posts / size) / (sum(posts) OVER (PARTITION BY tag) / total))::DOUBLE AS lift
    FROM carried JOIN sizes USING (topic) QUALIFY posts >= 0.1 * size ORDER BY topic, posts DESC, tag`);
  const tags = new Map<number, TopicEvidence["tags"][number][]>();
  for (const { topic, ...tag } of rows) tags.set(topic, [...(tags.get(topic) ?? []), tag]);
  return tags;
}
