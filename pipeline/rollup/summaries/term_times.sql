-- The course of every term that is among the 500 of most texts in some hour (day). cell: hour (day) and number of the term in one.
WITH times AS MATERIALIZED (
  SELECT stratum, coalesce(hour, day) AS time, hour IS NOT NULL AS hourly, dense_rank() OVER (ORDER BY hour IS NOT NULL, coalesce(hour, day)) * 16777216 AS first_cell FROM strata WHERE day IS NOT NULL
), cells AS MATERIALIZED (
  SELECT first_cell + term_no AS cell, sum(docs)::BIGINT AS docs, sum(wordings_micro)::BIGINT AS micro FROM rollup.terms JOIN times USING (stratum) GROUP BY cell
), candidates AS (
  SELECT DISTINCT cell & 16777215 AS term_no FROM (SELECT cell FROM cells WHERE docs >= 2 QUALIFY row_number() OVER (PARTITION BY cell >> 24 ORDER BY docs DESC, cell) <= 500)
), courses AS (
  SELECT c.cell & 16777215 AS term_no, t.hourly, string_agg(t.time || ':' || c.docs || ':' || c.micro, ',' ORDER BY c.cell) AS course
  FROM cells c JOIN (SELECT DISTINCT time, hourly, first_cell FROM times) t ON t.first_cell = c.cell - (c.cell & 16777215) WHERE (c.cell & 16777215) IN (SELECT term_no FROM candidates) GROUP BY c.cell & 16777215, t.hourly
)
SELECT term, CASE WHEN hourly THEN 'hour' ELSE 'day' END AS unit, course FROM courses JOIN vocabulary USING (term_no) ORDER BY term, unit
