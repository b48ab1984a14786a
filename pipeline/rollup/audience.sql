-- Who posts: author type and follower tier.
SELECT day, platform, field, author_type,
  CASE WHEN followers >= 1000000 THEN '1m' WHEN followers >= 100000 THEN '100k' WHEN followers >= 10000 THEN '10k' WHEN followers >= 0 THEN 'low' END AS tier,
  kind,
  CAST(count(*) AS BIGINT) AS posts,
  CAST(sum(CASE WHEN kind = 'original' THEN 1 ELSE 0 END) AS BIGINT) AS originals,
  CAST(sum(author_first) AS BIGINT) AS author_days,
  CAST(sum(engagement) AS BIGINT) AS engagement
FROM scored
GROUP BY day, platform, field, author_type,
  CASE WHEN followers >= 1000000 THEN '1m' WHEN followers >= 100000 THEN '100k' WHEN followers >= 10000 THEN '10k' WHEN followers >= 0 THEN 'low' END,
  kind
