import { rumourScore, rumourWeights } from "../../analyzers/post/triage/rumour.ts";
import { triageClasses, triageRules } from "../../analyzers/post/triage/rules.ts";
import type { Database } from "../engines/duckdb.ts";
import { fillTable } from "./texts.ts";

/** Accounts that post one wording within ten minutes, and terms that it has at least: short ones (加油) coincide. */
const copying = { authors: 5, terms: 5 };
/** Replies that call a post a rumour or ask for proof, and their share of the replies with own words: of the earlier posts of CED 43 % of rumours and 1.3 % of others have so many. */
const disputing = { replies: 3, share: 0.05 };

/**
 * Sorts texts by their cues (data/triage/cues.yaml). Reads `triage_cues(text_no, cue, word)`, to which it adds what posts show together (copies, disputed), and `text_clusters`; makes
 * `triage_points(cue, class, points)`, `text_triage(text_no, class)` with the class `undecided` for texts with cues too few for any, and `text_risk(text_no, micro, worded, doubts)`
 * for texts of the suspected classes: rumourScore in millionths, and what it read of the replies. Texts of neither have no row.
 */
export async function relateTriage(database: Database): Promise<void> {
  const rules = triageRules();
  await database.run("CREATE TABLE triage_points (cue VARCHAR, class VARCHAR, points INTEGER)");
  for (const name of triageClasses) for (const [cue, points] of Object.entries(rules.classes[name].points)) await database.run(`INSERT INTO triage_points VALUES ($1, $2, ${points})`, [cue, name]);
  await addCopies(database);
  await addDisputed(database);
  await database.run(`CREATE TABLE text_triage AS
    WITH sums AS (SELECT text_no, class, sum(points) AS points FROM (SELECT DISTINCT text_no, cue FROM triage_cues) c JOIN triage_points p ON p.cue = c.cue GROUP BY text_no, class HAVING sum(points) > 0)
    SELECT text_no, class FROM sums WHERE points >= ${rules.least}
    UNION ALL SELECT text_no, 'undecided' FROM sums GROUP BY text_no HAVING max(points) < ${rules.least}`);
  await rate(database, triageClasses.filter((name) => rules.classes[name].suspected));
}

async function addCopies(database: Database): Promise<void> {
  await database.run(`INSERT INTO triage_cues SELECT t.text_no, 'copies', '' FROM texts t JOIN text_clusters c ON c.text_no = t.text_no
    WHERE len(t.terms) >= ${copying.terms} AND c.head_no IN (
      SELECT k.head_no FROM scored s JOIN text_clusters k ON k.text_no = s.text_no
      WHERE s.field = 'public' AND s.worded = 1 AND s.slot IS NOT NULL AND s.author IS NOT NULL
      GROUP BY k.head_no, s.slot HAVING count(DISTINCT s.author) >= ${copying.authors})`);
}

/** A text counts the replies to all posts that have it. */
async function addDisputed(database: Database): Promise<void> {
  await database.run(`CREATE TEMP TABLE text_replies AS
    SELECT o.text_no, count(*)::INTEGER AS worded, count(d.text_no)::INTEGER AS doubts
    FROM scored r JOIN scored o ON o.id = coalesce(r.root, r.parent) LEFT JOIN (SELECT DISTINCT text_no FROM triage_cues WHERE cue = 'doubt') d ON d.text_no = r.text_no
    WHERE r.kind <> 'original' AND r.worded = 1 AND o.worded = 1 AND r.row_no <> o.row_no GROUP BY o.text_no`);
  await database.run(`INSERT INTO triage_cues SELECT text_no, 'disputed', '' FROM text_replies WHERE doubts >= ${disputing.replies} AND doubts >= ${disputing.share} * worded`);
}

async function rate(database: Database, suspected: readonly string[]): Promise<void> {
  const weights = rumourWeights();
  const rows = await database.rows<{ text_no: number; cues: string; worded: number; doubts: number }>(`
    SELECT c.text_no, string_agg(DISTINCT c.cue, ' ') AS cues, coalesce(any_value(r.worded), 0) AS worded, coalesce(any_value(r.doubts), 0) AS doubts
    FROM triage_cues c LEFT JOIN text_replies r ON r.text_no = c.text_no
    WHERE c.text_no IN (SELECT text_no FROM text_triage WHERE class IN (${suspected.map((name) => `'${name}'`).join(", ")})) GROUP BY c.text_no ORDER BY c.text_no`);
  await fillTable(database, "text_risk", ["text_no", "micro", "worded", "doubts"], rows.map(({ text_no, cues, worded, doubts }) => [text_no, Math.round(1e6 * rumourScore(weights, new Set(cues.split(" ")), { worded, doubts })), worded, doubts]));
}
