-- One topic a text; 0 is everything that belongs to none, -1 what is too short to tell.
SELECT s.day, s.field, t.topic,
  CAST(count(*) AS BIGINT) AS posts,
  CAST(sum(CASE WHEN kind = 'original' THEN 1 ELSE 0 END) AS BIGINT) AS originals,
  CAST(sum(author_first) AS BIGINT) AS author_days,
  CAST(sum(engagement) AS BIGINT) AS engagement
FROM scored s JOIN text_topics t ON s.text_no = t.text_no
WHERE s.worded = 1
GROUP BY s.day, s.field, t.topic
