-- Denominators of the term counts, over all terms. time: hour or day, as in term_times.
WITH said AS (
  SELECT dimension, value, day, hour, sum(docs)::BIGINT AS docs, sum(wordings_micro)::BIGINT AS wordings_micro FROM rollup.terms GROUP BY ALL
)
SELECT s.dimension, s.value, CASE WHEN s.hour IS NOT NULL THEN 'hour' WHEN s.day IS NOT NULL THEN 'day' END AS unit, coalesce(s.hour, s.day) AS time, coalesce(t.docs, 0) AS docs, coalesce(t.wordings_micro, 0) AS wordings_micro, s.texts, s.texts_micro
FROM rollup.spoken s LEFT JOIN said t ON t.dimension = s.dimension AND t.value IS NOT DISTINCT FROM s.value AND t.day IS NOT DISTINCT FROM s.day AND t.hour IS NOT DISTINCT FROM s.hour
ORDER BY ALL
