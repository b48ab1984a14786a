-- What was said: one row an author, text and day; a post without known author counts for itself. Made once, for the rollups of terms.
-- wording_micro: its share, in millionths, of the near-duplicates of that day: a wording counts once a day, however often it is copied.
-- busy: the author said more than three things that day. hour: local, known when hours are worth looking at: 98 % of the posts lie within 21 days and most know the hour.
WITH said AS (
  SELECT s.day, coalesce(s.author, 0 - s.row_no) AS author, s.text_no, c.head_no, CAST(min(s.slot) AS BIGINT) AS slot, min(s.platform) AS platform, min(s.field) AS field, min(s.polarity) AS polarity
  FROM scored s JOIN text_clusters c ON c.text_no = s.text_no
  WHERE s.worded = 1
  GROUP BY s.day, coalesce(s.author, 0 - s.row_no), s.text_no, c.head_no
), days AS (
  SELECT day, CAST(count(*) AS BIGINT) AS said, CAST(count(slot) AS BIGINT) AS slotted FROM said WHERE day IS NOT NULL GROUP BY day
), spans AS (
  SELECT sum(said) OVER (ORDER BY day RANGE BETWEEN CURRENT ROW AND 20 FOLLOWING) AS held FROM days
), zoom AS (
  SELECT (SELECT max(held) FROM spans) >= 0.98 * sum(said) AND 2 * sum(slotted) > sum(said) AS hourly FROM days
)
SELECT day, CASE WHEN (SELECT hourly FROM zoom) THEN CAST(floor(slot / 6) AS BIGINT) END AS hour, slot, author, text_no, platform, field, polarity,
  CAST(floor(1000000 / count(*) OVER (PARTITION BY day, head_no)) AS BIGINT) AS wording_micro,
  count(*) OVER (PARTITION BY day, author) > 3 AS busy
FROM said
