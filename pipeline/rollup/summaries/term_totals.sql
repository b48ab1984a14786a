-- Denominators of the term counts: also terms below the cut.
WITH spoken AS (
  SELECT field, count(*)::BIGINT AS texts
  FROM (SELECT DISTINCT day, field, text_no, coalesce(author, 0 - row_no) AS author FROM scored WHERE worded = 1)
  GROUP BY field
)
SELECT t.field, sum(t.docs)::BIGINT AS docs, count(DISTINCT t.term)::BIGINT AS terms, any_value(s.texts) AS texts
FROM rollup.terms t JOIN spoken s ON s.field = t.field
GROUP BY t.field ORDER BY t.field
