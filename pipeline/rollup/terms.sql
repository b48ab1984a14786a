-- Terms and phrases by stratum. docs: utterances that hold the term, an author at most three times a day. wordings_micro: the same with near-duplicates of a day counted once, in millionths.
-- cell: stratum and number of the term (below 2^24) in one, which groups faster than two; so do author and day (speaker).
WITH placed AS MATERIALIZED (
  SELECT s.stratum * 16777216 AS first_cell, u.day, u.author, u.slot, u.text_no, u.wording_micro, u.busy FROM utterances u JOIN strata s ON s.day IS NOT DISTINCT FROM u.day AND s.hour IS NOT DISTINCT FROM u.hour
    AND s.platform IS NOT DISTINCT FROM u.platform AND s.field IS NOT DISTINCT FROM u.field AND s.polarity IS NOT DISTINCT FROM u.polarity
), numbered AS MATERIALIZED (
  SELECT t.text_no, v.term_no FROM text_terms t JOIN vocabulary v ON v.term = t.term
), turns AS (
  SELECT first_cell, text_no, wording_micro, CAST(dense_rank() OVER (ORDER BY day, author) AS BIGINT) * 16777216 AS speaker, row_number() OVER (ORDER BY slot, text_no) AS turn FROM placed WHERE busy
), busy AS (
  SELECT t.first_cell + n.term_no AS cell, t.wording_micro AS micro, row_number() OVER (PARTITION BY t.speaker + n.term_no ORDER BY t.turn) AS nth FROM turns t JOIN numbered n ON n.text_no = t.text_no
), held AS (
  SELECT p.first_cell + n.term_no AS cell, p.wording_micro AS micro FROM placed p JOIN numbered n ON n.text_no = p.text_no WHERE NOT p.busy
  UNION ALL
  SELECT cell, micro FROM busy WHERE nth <= 3
), cells AS (
  SELECT cell, CAST(count(*) AS BIGINT) AS docs, CAST(sum(micro) AS BIGINT) AS micro FROM held GROUP BY cell
)
SELECT s.stratum, CAST(c.cell % 16777216 AS INT) AS term_no, c.docs, c.micro AS wordings_micro FROM cells c JOIN strata s ON s.stratum * 16777216 = c.cell - c.cell % 16777216
