-- Terms four ways: by field, by platform, by polarity, and by time (hour where utterances know it, else day). docs: utterances that hold the term, an author at most
-- three times a day. wordings_micro: the same with near-duplicates of a day counted once, in millionths.
WITH quiet AS (
  SELECT day, hour, platform, field, polarity, text_no, CAST(count(*) AS BIGINT) AS docs, CAST(sum(wording_micro) AS BIGINT) AS micro
  FROM utterances WHERE NOT busy GROUP BY day, hour, platform, field, polarity, text_no
), busy AS (
  SELECT u.day, u.hour, u.platform, u.field, u.polarity, v.term_no, u.wording_micro AS micro, row_number() OVER (PARTITION BY u.day, u.author, v.term_no ORDER BY u.slot, u.text_no) AS nth
  FROM utterances u JOIN tokens t ON t.text_no = u.text_no JOIN vocabulary v ON v.term = t.term WHERE u.busy
), held AS (
  SELECT q.day, q.hour, q.platform, q.field, q.polarity, v.term_no, q.docs, q.micro FROM quiet q JOIN tokens t ON t.text_no = q.text_no JOIN vocabulary v ON v.term = t.term
  UNION ALL
  SELECT day, hour, platform, field, polarity, term_no, 1, micro FROM busy WHERE nth <= 3
), cells AS (
  SELECT day, hour, platform, field, polarity, term_no, CAST(sum(docs) AS BIGINT) AS docs, CAST(sum(micro) AS BIGINT) AS micro FROM held GROUP BY day, hour, platform, field, polarity, term_no
), sides AS (
  SELECT CASE WHEN grouping(field) = 0 THEN 'field' WHEN grouping(platform) = 0 THEN 'platform' WHEN grouping(polarity) = 0 THEN 'polarity' ELSE 'time' END AS dimension,
    coalesce(field, platform, polarity) AS value, day, hour, term_no, CAST(sum(docs) AS BIGINT) AS docs, CAST(sum(micro) AS BIGINT) AS micro
  FROM cells GROUP BY GROUPING SETS ((field, term_no), (platform, term_no), (polarity, term_no), (day, hour, term_no))
)
SELECT s.dimension, s.value, s.day, s.hour, v.term, s.docs, s.micro AS wordings_micro FROM sides s JOIN vocabulary v ON v.term_no = s.term_no
