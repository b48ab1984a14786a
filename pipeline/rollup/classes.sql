-- Posts with own words by class of the event's taxonomies. A post counts for each class that it belongs to.
SELECT s.day, s.field, c.taxonomy, c.class,
  CAST(count(*) AS BIGINT) AS posts,
  CAST(sum(CASE WHEN s.kind = 'original' THEN 1 ELSE 0 END) AS BIGINT) AS originals,
  CAST(sum(s.author_first) AS BIGINT) AS author_days,
  CAST(sum(s.engagement) AS BIGINT) AS engagement
FROM scored s JOIN text_classes c ON c.text_no = s.text_no
WHERE s.worded = 1
GROUP BY s.day, s.field, c.taxonomy, c.class
