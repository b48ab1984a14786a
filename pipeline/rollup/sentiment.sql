-- Mood of posts with own words, by hour. Unknown polarity stays null.
SELECT day, slot - slot % 6 AS slot, platform, field, polarity, emotion,
  CAST(count(*) AS BIGINT) AS posts,
  CAST(sum(CASE WHEN kind = 'original' THEN 1 ELSE 0 END) AS BIGINT) AS originals,
  CAST(sum(author_first) AS BIGINT) AS author_days,
  CAST(sum(engagement) AS BIGINT) AS engagement
FROM scored
WHERE worded = 1
GROUP BY day, slot - slot % 6, platform, field, polarity, emotion
