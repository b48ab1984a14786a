-- How many posts, when, where, by whom. slot is null when only the day is known.
SELECT day, slot, platform, channel, field, kind,
  CAST(count(*) AS BIGINT) AS posts,
  CAST(sum(CASE WHEN kind = 'original' THEN 1 ELSE 0 END) AS BIGINT) AS originals,
  CAST(sum(author_first) AS BIGINT) AS author_days,
  CAST(sum(engagement) AS BIGINT) AS engagement,
  CAST(sum(worded) AS BIGINT) AS worded
FROM scored
GROUP BY day, slot, platform, channel, field, kind
