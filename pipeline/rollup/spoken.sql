-- How much was said, along the dimensions of terms. texts_micro: near-duplicates of a day counted once, in millionths.
SELECT CASE WHEN grouping(field) = 0 THEN 'field' WHEN grouping(platform) = 0 THEN 'platform' WHEN grouping(polarity) = 0 THEN 'polarity' ELSE 'time' END AS dimension,
  coalesce(field, platform, polarity) AS value, day, hour, CAST(count(*) AS BIGINT) AS texts, CAST(sum(wording_micro) AS BIGINT) AS texts_micro
FROM utterances
GROUP BY GROUPING SETS ((field), (platform), (polarity), (day, hour))
