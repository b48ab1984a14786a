import type { Table } from "../../analyzers/contract.ts";
import { integer, share } from "../../reports/format.ts";
import type { EventConfig } from "../config.ts";
import type { Database } from "../engines/duckdb.ts";
import type { Message } from "../errors.ts";
import { relateCascades } from "./cascades.ts";
import { relateClusters } from "./clusters.ts";
import { relateCoordination } from "./coordination.ts";
import { makeWordedTexts } from "./texts.ts";
import { relateTopics, type TopicOptions, type Topics } from "./topics.ts";
import { relateTriage } from "./triage.ts";
import { relateViewpoints, type ViewpointOptions, type Viewpoints } from "./viewpoints.ts";

const defaults: TopicOptions & ViewpointOptions = { maxTopics: 30, sample: 10_000, maxViewpoints: 12, maxSentences: 60_000 };

export interface Related {
  topicLabels: Table;
  viewpointLabels: Table;
  /** How much of the texts was looked at, for the method section. */
  notes: Message[];
}

/**
 * What several texts show together: clusters of near-duplicates, topics and viewpoints of the posts in `scored`. Reads `texts`, `tokens`, `hashtags`, `scored` and `posts`;
 * makes `text_clusters(text_no, head_no)`, `text_topics(text_no, topic)`, `text_viewpoints(text_no, viewpoint, sentence)` and `viewpoint_labels(viewpoint, kind)`.
 * Repost trees: see relateCascades; accounts that post together: see relateCoordination. Deterministic; depends on neither the order of rows nor the numbering of authors.
 */
export async function relate(database: Database, options: Partial<TopicOptions & ViewpointOptions>, event: EventConfig): Promise<Related> {
  const chosen = { ...defaults, ...options };
  await makeWordedTexts(database);
  const forms = await relateClusters(database);
  await relateTriage(database);
  await relateCascades(database);
  await relateCoordination(database);
  const topics = await relateTopics(database, forms, chosen, event);
  const viewpoints = await relateViewpoints(database, chosen, event);
  return { topicLabels: topics.labels, viewpointLabels: viewpoints.labels, notes: [topicNote(topics), ...viewpointNotes(viewpoints)] };
}

function topicNote({ learntFrom, posts, assigned, short, threaded, loose }: Topics): Message {
  const of = (part: number): string => share(posts === 0 ? null : part / posts, "zh");
  const [none, brief] = [of(posts - assigned - short - loose.posts), of(short)];
  const thread = {
    zh: threaded === 0 ? "" : `归入话题的帖文中有 ${integer(threaded, "zh")} 条自身文字太少，随其评论或转发的帖文归入。`,
    en: threaded === 0 ? "" : ` Of the posts in topics ${integer(threaded, "en")} are too short themselves and go with the posts that they comment on or repost.`,
  };
  const unnamed = {
    zh: loose.topics === 0 ? "" : `另有 ${integer(loose.topics, "zh")} 组文本（${integer(loose.posts, "zh")} 条）换一批样本就散、最能代表它的词又很少一起出现，或这些词只有少数文本才有，未成话题，不命名，列在话题之后。`,
    en: loose.topics === 0 ? "" : ` Another ${integer(loose.topics, "en")} groups of texts (${integer(loose.posts, "en")} posts) fall apart in other samples and have words that hardly stand together, or words that few of their texts hold; they are no topics, get no name and are listed after the topics.`,
  };
  return {
    zh: `话题由 ${integer(learntFrom, "zh")} 篇互不重复的文本学得，其余文本按后验概率归入；有自身文字的 ${integer(posts, "zh")} 条帖文中 ${none} 不属于任何话题，${brief} 文字太少，无从判断。${thread.zh}${unnamed.zh}`,
    en: `Topics were learnt from ${integer(learntFrom, "en")} distinct texts, the others assigned by posterior; of ${integer(posts, "en")} posts with own words ${none} belong to no topic and ${brief} are too short to tell.${thread.en}${unnamed.en}`,
  };
}

function viewpointNotes({ sentences, read }: Viewpoints): Message[] {
  if (read === sentences) return [];
  return [{
    zh: `观点句共 ${integer(sentences, "zh")} 种，只归并了账号最多的 ${integer(read, "zh")} 种；其余未归类。`,
    en: `Of ${integer(sentences, "en")} distinct opinion sentences the ${integer(read, "en")} of most accounts were grouped; the others are in no viewpoint.`,
  }];
}
