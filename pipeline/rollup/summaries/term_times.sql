-- The course of every term that is among the 500 of most texts in some hour (day).
WITH timed AS (
  SELECT term, coalesce(hour, day) AS time, hour IS NOT NULL AS hourly, docs, wordings_micro FROM rollup.terms WHERE dimension = 'time' AND day IS NOT NULL
), candidates AS (
  SELECT DISTINCT term FROM (SELECT term FROM timed WHERE docs >= 2 QUALIFY row_number() OVER (PARTITION BY hourly, time ORDER BY docs DESC, term) <= 500)
)
SELECT term, CASE WHEN hourly THEN 'hour' ELSE 'day' END AS unit, string_agg(time || ':' || docs || ':' || wordings_micro, ',' ORDER BY time) AS course
FROM timed JOIN candidates USING (term) GROUP BY term, hourly ORDER BY term, unit
