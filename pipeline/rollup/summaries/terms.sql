-- The terms of most texts per field.
WITH counts AS (
  SELECT field, term_no, sum(docs)::BIGINT AS docs, sum(wordings_micro)::BIGINT AS wordings_micro FROM rollup.terms JOIN strata USING (stratum) GROUP BY field, term_no HAVING sum(docs) >= 2
  QUALIFY row_number() OVER (PARTITION BY field ORDER BY sum(docs) DESC, term_no) <= 20000
)
SELECT field, term, docs, wordings_micro FROM counts JOIN vocabulary USING (term_no) ORDER BY field, docs DESC, term
