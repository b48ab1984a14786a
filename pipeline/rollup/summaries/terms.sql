-- The terms of most docs per field, summed over days.
WITH total AS (
  SELECT field, term, sum(posts)::BIGINT AS posts, sum(docs)::BIGINT AS docs FROM rollup.terms GROUP BY field, term
)
SELECT field, term, posts, docs FROM total WHERE docs >= 2
QUALIFY row_number() OVER (PARTITION BY field ORDER BY docs DESC, posts DESC, term) <= 20000
ORDER BY field, docs DESC, posts DESC, term
