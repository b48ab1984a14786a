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
  /** tier by followers: 1m | 100k | 10k | low; null unknown. */
  audience: { from: "rollup", grain: "day × platform × field × author_type × tier × kind", columns: ["day", "platform", "field", "author_type", "tier", "kind", ...lens] },
  /** source: ip | profile | mentioned. A post that mentions two provinces counts in both. region null = unknown. */
  regions: { from: "rollup", grain: "day × source × region × field", columns: ["day", "source", "region", "field", ...lens] },
  /** The 20 000 terms of most docs per field. docs: distinct (author, text, day) holding the term. */
  terms: { from: "summary", grain: "field × term", columns: ["field", "term", "posts", "docs"] },
  /** General word frequencies (data/frequencies), a background for hot words; count per 10^8 words. */
  background: { from: "run", grain: "term", columns: ["term", "count"] },
  /** Totals over all terms, also those below the cut. docs: sum of docs over terms; texts: distinct (author, text, day). */
  term_totals: { from: "summary", grain: "field", columns: ["field", "docs", "terms", "texts"] },
  /** The 300 most used hashtags. */
  tags: { from: "summary", grain: "tag × field", columns: ["tag", "field", "posts", "author_days"] },
  /** topic: integer id, 0 = 其他. Posts with own text only. */
  topics: { from: "rollup", grain: "day × field × topic", columns: ["day", "field", "topic", ...lens] },
  /** keywords and examples joined by \u0001; examples are post ids. hashtag: true when the name is a hashtag. */
  topic_labels: { from: "run", grain: "topic", columns: ["topic", "name", "hashtag", "keywords", "examples"] },
  /** authors: distinct over the whole event. One row per viewpoint × field plus field = "all". */
  viewpoints: { from: "summary", grain: "viewpoint × field", columns: ["viewpoint", "field", "posts", "authors"] },
  /** Distinct authors and posts with an opinion sentence, per field plus "all"; a text that holds only a slogan counts in slogan_posts alone. */
  opinion_totals: { from: "summary", grain: "field", columns: ["field", "posts", "authors", "grouped_posts", "grouped_authors", "slogan_posts"] },
  /** kind: viewpoint | slogan. quotes: up to 3 of "post id\u0002verbatim sentence" joined by \u0001. copied: share of its posts from its largest text cluster, in millionths. */
  viewpoint_labels: { from: "run", grain: "viewpoint", columns: ["viewpoint", "kind", "cue", "polarity", "aspect", "quotes", "copied"] },
  /** The 200 accounts that rank in the top 100 by engagement, posts, or reposts seen. seen: rows in the data whose root is one of the account's posts. author: number by first appearance. */
  spreaders: { from: "summary", grain: "author", columns: ["author", "author_name", "author_type", "field", "platform", "followers", "posts", "originals", "engagement", "reposts", "seen", "first_ms", "first_id"] },
  /** Sums over authors for concentration: authors with exactly `posts` posts. */
  author_sizes: { from: "summary", grain: "posts per author", columns: ["posts", "authors"] },
  /** The 20 largest cascades by reposts seen. */
  cascades: { from: "summary", grain: "root post", columns: ["root", "seen", "authors", "depth", "first_ms", "last_ms", "platform", "author_name", "title", "url"] },
  /** Earliest timed post overall and per field (which = all | media | official | public). title: title or first 60 characters of own text, names masked. */
  firsts: { from: "summary", grain: "which", columns: ["which", "id", "published_ms", "precision", "platform", "author_name", "title", "url"] },
  /** The 50 largest clusters of near-duplicate posts with own words: the earliest post, and how many posts, distinct texts, authors and platforms. A post without known author counts as an author of its own. */
  clusters: { from: "summary", grain: "cluster", columns: ["head", "posts", "texts", "authors", "platforms", "first_ms", "precision", "platform", "author_name", "title", "url"] },
  /** All clusters: how many, the posts and distinct texts in them; and those of two posts or more. */
  cluster_totals: { from: "summary", grain: "event", columns: ["clusters", "posts", "texts", "repeated_clusters", "repeated_posts", "repeated_texts"] },
  /** Up to 3 posts a day by engagement, then by how often the same text occurs, then earliest. copies: posts with the same text that day. */
  day_posts: { from: "summary", grain: "day × rank", columns: ["day", "rank", "id", "published_ms", "precision", "platform", "field", "author_name", "title", "url", "engagement", "copies"] },
} as const satisfies Record<string, TableSpec>;
export type TableName = keyof typeof tables;
