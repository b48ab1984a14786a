-- Where: three sources, never added together. A post that mentions two provinces counts in both.
WITH located AS (
  SELECT day, 'ip' AS source, region_ip AS region, field, kind, author_first, engagement FROM scored
  UNION ALL
  SELECT day, 'profile' AS source, region_profile AS region, field, kind, author_first, engagement FROM scored
  UNION ALL
  SELECT s.day, 'mentioned' AS source, m.region, s.field, s.kind, s.author_first, s.engagement FROM scored s JOIN mentions m ON s.text_no = m.text_no
)
SELECT day, source, region, field,
  CAST(count(*) AS BIGINT) AS posts,
  CAST(sum(CASE WHEN kind = 'original' THEN 1 ELSE 0 END) AS BIGINT) AS originals,
  CAST(sum(author_first) AS BIGINT) AS author_days,
  CAST(sum(engagement) AS BIGINT) AS engagement
FROM located
GROUP BY day, source, region, field
