-- Denominators of the term counts, over all terms; phrases are no further words. time: hour or day, as in term_times.
WITH counts AS (
  SELECT stratum, sum(docs)::BIGINT AS docs, sum(wordings_micro)::BIGINT AS wordings_micro FROM rollup.terms
  WHERE term_no NOT IN (SELECT term_no FROM vocabulary WHERE term IN (SELECT phrase FROM text_phrases)) GROUP BY stratum
), said AS (
  SELECT CASE WHEN grouping(field) = 0 THEN 'field' WHEN grouping(platform) = 0 THEN 'platform' WHEN grouping(polarity) = 0 THEN 'polarity' ELSE 'time' END AS dimension,
    coalesce(field, platform, polarity) AS value, day, hour, sum(docs)::BIGINT AS docs, sum(wordings_micro)::BIGINT AS wordings_micro
  FROM counts JOIN strata USING (stratum) GROUP BY GROUPING SETS ((field), (platform), (polarity), (day, hour))
)
SELECT s.dimension, s.value, CASE WHEN s.hour IS NOT NULL THEN 'hour' WHEN s.day IS NOT NULL THEN 'day' END AS unit, coalesce(s.hour, s.day) AS time, coalesce(t.docs, 0) AS docs, coalesce(t.wordings_micro, 0) AS wordings_micro, s.texts, s.texts_micro
FROM rollup.spoken s LEFT JOIN said t ON t.dimension = s.dimension AND t.value IS NOT DISTINCT FROM s.value AND t.day IS NOT DISTINCT FROM s.day AND t.hour IS NOT DISTINCT FROM s.hour
ORDER BY ALL
