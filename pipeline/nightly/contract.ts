import type { Message } from "../errors.ts";
import type { Field, Polarity } from "../schema.ts";

/** What a nightly run hands to ledger, alerts and digest. Plain JSON, kept in the archive; names masked as the project's privacy says. */

/** One wording of the night: new posts of near-equal text under one event. Its head is the earliest post. */
export interface NightItem {
  /** Id of the head. */
  id: string;
  /** Key of the event (its file name without .yaml); null: of no event. */
  event: string | null;
  /** Title, or the first 60 characters of the text. */
  title: string;
  /** The first 200 characters of the head's own words. */
  text: string;
  url: string | null;
  platform: string | null;
  site: string | null;
  field: Field;
  author_name: string | null;
  author_type: string | null;
  /** UTC ms; null when unknown. */
  published_ms: number | null;
  precision: "second" | "minute" | "day" | null;
  region: string | null;
  /** New posts of the wording tonight, and their distinct authors. */
  posts: number;
  authors: number;
  /** Over those posts 1 + the greater of known reposts, comments and likes. */
  reach: number;
  /** Most reposts of one of the posts; null when none is known. */
  reposts: number | null;
  /** Of the head; null when its words give no basis. Estimates. */
  polarity: Polarity | null;
  /** appeal | suggestion | hype | rumour, as analyzers/post/triage; suspected, never a verdict. */
  classes: string[];
  /** rumourScore in millionths. */
  risk_micro: number;
}

/** New posts of one night; mergeable: a week is the sum of its nights. A post of two events counts in both, so sum over one event or over event = null only. */
export interface NightCount {
  /** Local day of publication, days since 1970-01-01; null when the time is unknown. */
  day: number | null;
  /** Key of the event; null: all posts of the night, whether of an event or not. */
  event: string | null;
  platform: string | null;
  field: Field;
  kind: "original" | "repost" | "comment";
  /** null: no basis, or no words of its own. */
  polarity: Polarity | null;
  posts: number;
  originals: number;
  engagement: number;
}

/** What is known of an event after the night. */
export interface NightEvent {
  key: string;
  name: string;
  /** Posts in the archive, and new tonight. */
  posts: number;
  fresh: number;
  /** Level of the grade table, and the conditions that hold, in words; null when it could not be graded. */
  grade: { level: string; index: number; name: Message; reasons: Message[] } | null;
  /** Posts an hour: [local hour ((ms + offset) / 3600000), posts], in order, hours without posts left out; the last 21 days. */
  hours: [number, number][];
  /** First posts by media and by government accounts, ever; null when there is none. */
  firsts: { media: NightFirst | null; official: NightFirst | null };
}
export interface NightFirst {
  id: string;
  published_ms: number;
  title: string;
  url: string | null;
  author_name: string | null;
}

/** Source file of the night. read = posts + accounts + rejected; fresh: posts the archive did not hold. */
export interface NightSource {
  name: string;
  sha256: string;
  read: number;
  posts: number;
  accounts: number;
  rejected: number;
  fresh: number;
  /** Why nothing of the file was used; null when it was. */
  fault: Message | null;
}

export interface Night {
  /** Local date "2026-11-21"; a second run of a day adds to the same night. */
  date: string;
  /** Instant the run took for now, UTC ms. */
  now_ms: number;
  sources: NightSource[];
  /** In order of reach × risk is the reader's work; here by event, then id. */
  items: NightItem[];
  counts: NightCount[];
  events: NightEvent[];
  /** What went wrong or was left out: shown in the digest. */
  failures: Message[];
}
