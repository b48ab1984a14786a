/**
 * What event analyzers may read: rollups (mergeable counts by day, one .sql each, common SQL subset), summaries (top lists over rollups and a few
 * sample rows, DuckDB), and facts of the run. Every rollup carries the four lenses as measures:
 *   posts · originals (kind = original) · author_days (an author counts once a day) · engagement (known reposts + comments + likes).
 */
export interface TableSpec {
  from: "rollup" | "summary" | "run";
  /** What one row is. */
  grain: string;
  columns: readonly string[];
}
const lens = ["posts", "originals", "author_days", "engagement"] as const;

export const tables = {
  /** Facts of the import, one row a file. `duplicates`: same id as an earlier row; `outside`: time outside the event's window; `outside_roots`: those of them that posts inside repost or comment on. read = kept + duplicates + outside + accounts + rejected. */
  intake: { from: "run", grain: "input file", columns: ["file", "name", "format", "encoding", "read", "kept", "duplicates", "outside", "outside_roots", "accounts", "rejected"] },
  /** How many posts have each column known. `worded`: own text; `bare`: reposts without own words; `minute`: time known to the minute or better. `copies`: posts whose scored text an earlier post of the same event already has. */
  coverage: { from: "rollup", grain: "day × platform × kind", columns: ["day", "platform", "kind", "posts", "timed", "minute", "worded", "bare", "authored", "typed", "followed", "region_ip", "region_profile", "counted", "scored"] },
  /** kind: repost | comment. rooted: the row says which post it belongs to; joined: that post is in the data too. */
  links: { from: "summary", grain: "kind", columns: ["kind", "posts", "rooted", "joined"] },
  /** slot: ten-minute slot of local time, null when only the day is known. day: days since 1970-01-01 local, null when the time is unknown. */
  volume: { from: "rollup", grain: "day × slot × platform × channel × field × kind", columns: ["day", "slot", "platform", "channel", "field", "kind", ...lens, "worded"] },
  /** Posts with own text only. slot: first slot of the hour. polarity, emotion: as predicted; null when the text gives no basis. band 0–3 and greatest_micro: of the greatest predicted probability. */
  sentiment: { from: "rollup", grain: "day × slot(hour) × platform × field × polarity × emotion × band", columns: ["day", "slot", "platform", "field", "polarity", "emotion", "band", ...lens, "greatest_micro"] },
  /** field: all | media | official | public. effective: (Σ size)² / Σ size² over clusters of near-equal texts. */
  mood_copies: { from: "summary", grain: "field", columns: ["field", "posts", "effective"] },
  /** stance: positive | neutral | negative towards a subject of event.yaml. A post that names two subjects counts for both. */
  targets: { from: "rollup", grain: "day × field × subject × stance", columns: ["day", "field", "subject", "stance", ...lens] },
  /** Posts with own words by class of the event's taxonomies, both counted from 0. A post may belong to several classes. */
  classes: { from: "rollup", grain: "day × field × taxonomy × class", columns: ["day", "field", "taxonomy", "class", ...lens] },
  /** class null: posts that belong to any class of the taxonomy. examples: up to 3 post ids joined by \u0001. */
  class_totals: { from: "summary", grain: "taxonomy × class", columns: ["taxonomy", "class", "posts", "examples"] },
  /** Netizens' posts with own words. class: appeal | suggestion | hype | rumour, of which a post may have several; undecided: with cues, but too few for any. */
  triage: { from: "rollup", grain: "day × class", columns: ["day", "class", ...lens] },
  /** class null: of any class but undecided. cues: those that speak for the class with the posts of each, "cue:posts" joined by commas, most first. examples: up to 3 post ids joined by \u0001. */
  triage_totals: { from: "summary", grain: "class", columns: ["class", "posts", "authors", "cues", "examples"] },
  /** The 30 wordings (clusters of near-equal texts) of the suspected classes of most reach × risk. id to title: its post of most reach. reach: over its posts 1 + the greater of known reposts, comments and likes and of the replies seen. risk_micro: rumourScore of analyzers/post/triage/rumour.ts in millionths. worded, doubts: replies with own words to posts of this text, and those that doubt it. classes: joined by commas. cues: "cue\u0002word" joined by \u0001. */
  triage_queue: { from: "summary", grain: "wording", columns: ["id", "posts", "authors", "reach", "risk_micro", "worded", "doubts", "published_ms", "precision", "platform", "title", "url", "classes", "cues"] },
  /** tier by followers: 1m | 100k | 10k | low; null unknown. */
  audience: { from: "rollup", grain: "day × platform × field × author_type × tier × kind", columns: ["day", "platform", "field", "author_type", "tier", "kind", ...lens] },
  /**
   * source: ip | profile (of the publisher) | mentioned (provinces that the text names, also by a city or county) | place (cities and counties that it names; region:
   * six-digit code) | unclear (names that several places share, `?name`; `?`: any of them). A post that names two counts in both. region null = unknown.
   */
  regions: { from: "rollup", grain: "day × source × region × field", columns: ["day", "source", "region", "field", ...lens] },
  /** How author-days of the 31 provinces hang together. source: ip | profile. grouping: author | text (cluster of near-equal texts) | both. With n of a group in the region and size of the group, over groups: author_days Σn, squares Σn², products Σn·size. */
  region_clusters: { from: "summary", grain: "source × grouping × region", columns: ["source", "grouping", "region", "author_days", "squares", "products"] },
  /**
   * The 20 000 terms of most docs per field, phrases among them. docs: what authors said with the term in it: the same text of an author counts once a day, and an author at most three
   * times a day. wordings_micro: the same with near-duplicates of a day counted once, in millionths.
   */
  terms: { from: "summary", grain: "field × term", columns: ["field", "term", "docs", "wordings_micro"] },
  /** Terms side by side that are nearly always one phrase (text_phrases.sql), which is counted among the terms too; parts: those terms joined by \u0001. */
  phrases: { from: "summary", grain: "phrase", columns: ["phrase", "parts"] },
  /** As terms, per platform and per polarity (dimension), the 10 000 terms of most docs of each. */
  term_groups: { from: "summary", grain: "dimension × value × term", columns: ["dimension", "value", "term", "docs", "wordings_micro"] },
  /** The same over time, for terms among the 500 of most docs of some unit. unit: hour (local, (ms + offset) / 3600000) if 98 % of the texts lie within 21 days and most know the hour, else day. course: "unit:docs:wordings_micro" joined by commas, in order of time. */
  term_times: { from: "summary", grain: "term", columns: ["term", "unit", "course"] },
  /** General word frequencies (data/frequencies), a background for hot words; count per 10^8 words. */
  background: { from: "run", grain: "term", columns: ["term", "count"] },
  /** What the archive's posts that are not the event's say on the event's days and platforms (pipeline/words/archive-words.ts): wordings that hold the term. Terms of the event only; exact false: an upper bound. No rows without an archive. */
  archive_terms: { from: "run", grain: "platform × term", columns: ["platform", "term", "wordings", "exact"] },
  /** All of those wordings, and terms in them; local days since 1970-01-01. platform "": unknown. */
  archive_totals: { from: "run", grain: "platform", columns: ["platform", "wordings", "terms", "first_day", "last_day"] },
  /** Totals over all terms, also those not listed, without phrases: dimension field | platform | polarity (value) or time (unit and time). texts: what authors said, the same text of an author once a day; texts_micro: near-duplicates of a day counted once, in millionths. */
  term_totals: { from: "summary", grain: "dimension × value", columns: ["dimension", "value", "unit", "time", "docs", "wordings_micro", "texts", "texts_micro"] },
  /** The 300 hashtags of most author-days. Variants of letter case and blanks are one. author_days: authors with the hashtag, an author once a day. */
  tags: { from: "summary", grain: "tag × field", columns: ["tag", "field", "posts", "author_days"] },
  /** The 100 accounts named after @ by most authors, an author once a day. account: masked unless the account is an institution, or privacy internal: masked names may be equal. institution: known as one by an author of that name in the data. media, official, public: posts of the field. */
  mentions: { from: "summary", grain: "account", columns: ["account", "institution", "posts", "author_days", "media", "official", "public"] },
  /** The 100 emoticons of most author-days: bracketed names and Unicode emoji. */
  emoticons: { from: "summary", grain: "emoticon × field", columns: ["emoticon", "field", "posts", "author_days"] },
  /** topic: integer id, 0 = 其他 (of no topic), −1 = too short to tell. Posts with own text only. */
  topics: { from: "rollup", grain: "day × field × topic", columns: ["day", "field", "topic", ...lens] },
  /** keywords and examples joined by \u0001; examples are post ids. hashtag: true when the name is a hashtag. stability: Jaccard agreement with topics of other samples, in millionths. */
  topic_labels: { from: "run", grain: "topic", columns: ["topic", "name", "hashtag", "loose", "stability", "keywords", "examples"] },
  /** authors: distinct over the whole event. One row per viewpoint × field plus field = "all". */
  viewpoints: { from: "summary", grain: "viewpoint × field", columns: ["viewpoint", "field", "posts", "authors", "likes"] },
  /** joined: authors whose first post of the viewpoint stands here. day and slot null when unknown. */
  viewpoint_times: { from: "summary", grain: "viewpoint × day × slot", columns: ["viewpoint", "day", "slot", "posts", "joined"] },
  /** Distinct authors and posts with an opinion (a sentence, or a short reply as a whole), per field plus "all"; a text that holds only a slogan counts in slogan_posts alone. */
  opinion_totals: { from: "summary", grain: "field", columns: ["field", "posts", "authors", "grouped_posts", "grouped_authors", "slogan_posts"] },
  /** kind: viewpoint | slogan | question. cue null: no cue is that of most authors. quotes: up to 3 of "post id\u0002verbatim sentence\u0002cue" joined by \u0001. copied: share of its posts from its largest text cluster, in millionths. ask: what a question asks for (pipeline/relate/group-questions.ts); asked_ms to reply_ms: see Replies of pipeline/relate/replies.ts. */
  viewpoint_labels: { from: "run", grain: "viewpoint", columns: ["viewpoint", "kind", "cue", "polarity", "aspect", "quotes", "copied", "ask", "asked_ms", "replies", "reply", "reply_ms"] },
  /** Accounts that rank in the top 100 by reach, engagement or posts, and those of the event's subjects (party: the subject). author: number by first appearance. reposts: reposts in the data below the account's posts (pipeline/relate/cascades.ts); own: those of them below its own first posts. remarks: others' comments in the data on its posts. */
  spreaders: { from: "summary", grain: "author", columns: ["author", "author_name", "author_type", "field", "platform", "followers", "posts", "originals", "engagement", "reposts", "own", "remarks", "first_ms", "first_id", "party"] },
  /** The 20 Weibo and 20 WeChat accounts of most engagement; posts and counts without comments. A sum or maximum (…_most) is null unless every post of the account has the count. */
  account_counts: { from: "summary", grain: "platform × author", columns: ["platform", "author", "author_name", "posts", "reads", "reads_most", "likes", "likes_most", "reposts", "comments"] },
  /** Sums over authors for concentration: authors with exactly `posts` posts. */
  author_sizes: { from: "summary", grain: "posts per author", columns: ["posts", "authors"] },
  /** The 20 largest cascades by reposts seen. deeper: there may be levels below `depth`, for chains were cut. virality: structural virality. lost: reposts of posts that are not in the data, hung on the root. */
  cascades: { from: "summary", grain: "root post", columns: ["root", "seen", "authors", "depth", "deeper", "mean_depth", "breadth", "virality", "lost", "first_ms", "last_ms", "platform", "author_name", "title", "url"] },
  /** How reposts were linked, see relateCascades of pipeline/relate/cascades.ts; rooted = given + chain + farther + direct + lost. No row without reposts. */
  cascade_totals: { from: "summary", grain: "event", columns: ["reposts", "cascades", "rooted", "given", "chain", "farther", "direct", "lost", "cycles"] },
  /** Pictures of the three largest cascades, see strips of pipeline/relate/cascade-strips.ts. id, author_name, published_ms: of the post that begins a branch. */
  cascade_strips: { from: "summary", grain: "cascade × strip", columns: ["shape", "root", "kind", "no", "above", "posts", "from_ms", "to_ms", "course", "id", "author_name", "published_ms"] },
  /** Search for accounts that post together (pipeline/relate/coordination.ts): posts looked at, bursts, those too large, and how many groups each shuffle of the times gives. */
  coordination: { from: "summary", grain: "event", columns: ["posts", "bursts", "groups", "common", "shuffles", "expected", "most"] },
  /** At most 20 groups. institutions: of its accounts. posts: all posts of the accounts. accounts: up to five names joined by \u0001. wordings: text clusters. */
  coordinated_groups: { from: "summary", grain: "group", columns: ["no", "authors", "institutions", "posts", "accounts", "bursts", "wordings", "first_ms", "last_ms"] },
  /** Up to five bursts a group. */
  coordinated_bursts: { from: "summary", grain: "group × burst", columns: ["no", "from_ms", "to_ms", "authors", "id", "title"] },
  /** Of the posts of each local hour ((ms + offset) / 3600000) the one with most reposts below it. */
  cascade_starts: { from: "summary", grain: "hour", columns: ["hour", "id", "author", "author_name", "published_ms", "below"] },
  /** Earliest timed post overall and per field (which = all | media | official | public). title: title or first 60 characters of own text, names masked. */
  firsts: { from: "summary", grain: "which", columns: ["which", "id", "published_ms", "precision", "platform", "author_name", "title", "url"] },
  /** The post of most reposts: the greater of what its file counts and what the data shows. No row when nothing was reposted. */
  reach: { from: "summary", grain: "event", columns: ["id", "reposts"] },
  /** Distinct accounts by province of IP, else of profile; 海外 and 其他 left out. */
  region_authors: { from: "summary", grain: "region", columns: ["region", "authors"] },
  /** Distinct accounts by author type; null unknown. */
  type_authors: { from: "summary", grain: "author_type", columns: ["author_type", "authors"] },
  /** Accounts that event.yaml gives to its subjects; worded: posts with own words. */
  parties: { from: "summary", grain: "subject × account", columns: ["subject", "account", "posts", "worded"] },
  /** Posts with own words of those accounts, earliest first, at most 20 a subject. */
  statements: { from: "summary", grain: "subject × post", columns: ["subject", "id", "published_ms", "precision", "platform", "author_name", "title", "url"] },
  /** The 50 largest clusters of near-duplicate posts with own words: the earliest post, and how many posts, distinct texts, authors and platforms. A post without known author counts as an author of its own. hour_*: the 60 minutes of most of its posts, from ten-minute slot hour_slot; null when no post has a slot. */
  clusters: { from: "summary", grain: "cluster", columns: ["head", "posts", "texts", "authors", "platforms", "first_ms", "precision", "platform", "author_name", "title", "url", "last_ms", "hour_slot", "hour_posts", "hour_authors"] },
  /** All clusters: how many, the posts and distinct texts in them; and those of two posts or more. */
  cluster_totals: { from: "summary", grain: "event", columns: ["clusters", "posts", "texts", "repeated_clusters", "repeated_posts", "repeated_texts"] },
  /** Up to 3 posts a day by engagement, then by how often the same text occurs, then earliest. copies: posts with the same text that day. */
  day_posts: { from: "summary", grain: "day × rank", columns: ["day", "rank", "id", "published_ms", "precision", "platform", "field", "author_name", "title", "url", "engagement", "copies"] },
} as const satisfies Record<string, TableSpec>;
export type TableName = keyof typeof tables;
