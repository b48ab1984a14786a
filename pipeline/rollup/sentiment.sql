-- Mood of posts with own words, by hour. Unknown polarity stays null. band: of the greatest predicted probability, below 0.6, 0.8, 0.95, and from there.
SELECT day, slot - slot % 6 AS slot, platform, field, polarity, emotion,
  CASE WHEN greatest_micro >= 950000 THEN 3 WHEN greatest_micro >= 800000 THEN 2 WHEN greatest_micro >= 600000 THEN 1 ELSE 0 END AS band,
  CAST(count(*) AS BIGINT) AS posts,
  CAST(sum(CASE WHEN kind = 'original' THEN 1 ELSE 0 END) AS BIGINT) AS originals,
  CAST(sum(author_first) AS BIGINT) AS author_days,
  CAST(sum(engagement) AS BIGINT) AS engagement,
  CAST(sum(greatest_micro) AS BIGINT) AS greatest_micro
FROM scored
WHERE worded = 1
GROUP BY day, slot - slot % 6, platform, field, polarity, emotion, CASE WHEN greatest_micro >= 950000 THEN 3 WHEN greatest_micro >= 800000 THEN 2 WHEN greatest_micro >= 600000 THEN 1 ELSE 0 END
