-- What posts with own words say towards the subjects they name.
SELECT s.day, s.field, t.subject, t.stance,
  CAST(count(*) AS BIGINT) AS posts,
  CAST(sum(CASE WHEN s.kind = 'original' THEN 1 ELSE 0 END) AS BIGINT) AS originals,
  CAST(sum(s.author_first) AS BIGINT) AS author_days,
  CAST(sum(s.engagement) AS BIGINT) AS engagement
FROM scored s JOIN text_targets t ON t.text_no = s.text_no
WHERE s.worded = 1
GROUP BY s.day, s.field, t.subject, t.stance
