-- The terms of most texts per platform and per polarity.
WITH sides AS (
  SELECT 'platform' AS dimension, platform AS value, term_no, sum(docs)::BIGINT AS docs, sum(wordings_micro)::BIGINT AS wordings_micro FROM rollup.terms JOIN strata USING (stratum) GROUP BY platform, term_no
  UNION ALL
  SELECT 'polarity', polarity, term_no, sum(docs)::BIGINT, sum(wordings_micro)::BIGINT FROM rollup.terms JOIN strata USING (stratum) GROUP BY polarity, term_no
), most AS (
  SELECT * FROM sides WHERE value IS NOT NULL AND docs >= 2 QUALIFY row_number() OVER (PARTITION BY dimension, value ORDER BY docs DESC, term_no) <= 10000
)
SELECT dimension, value, term, docs, wordings_micro FROM most JOIN vocabulary USING (term_no) ORDER BY dimension, value, docs DESC, term
