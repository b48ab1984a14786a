-- Netizens' posts with own words by class of the triage; undecided: with cues, but too few for any class. A post counts for each class that it belongs to.
SELECT s.day, t.class,
  CAST(count(*) AS BIGINT) AS posts,
  CAST(sum(CASE WHEN s.kind = 'original' THEN 1 ELSE 0 END) AS BIGINT) AS originals,
  CAST(sum(s.author_first) AS BIGINT) AS author_days,
  CAST(sum(s.engagement) AS BIGINT) AS engagement
FROM scored s JOIN text_triage t ON t.text_no = s.text_no
WHERE s.worded = 1 AND s.field = 'public'
GROUP BY s.day, t.class
