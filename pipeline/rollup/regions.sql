-- Where: publisher by IP and by profile, provinces, cities and counties that the text names, names that several places share. Never added together. A post that names two places counts in both.
WITH located AS (
  SELECT day, 'ip' AS source, region_ip AS region, field, kind, author_first, engagement FROM scored
  UNION ALL
  SELECT day, 'profile' AS source, region_profile AS region, field, kind, author_first, engagement FROM scored
  UNION ALL
  SELECT s.day, CASE WHEN m.region LIKE '?%' THEN 'unclear' WHEN m.region BETWEEN '0' AND ':' THEN 'place' ELSE 'mentioned' END AS source, m.region, s.field, s.kind, s.author_first, s.engagement
  FROM scored s JOIN text_regions m ON s.text_no = m.text_no
)
SELECT day, source, region, field,
  CAST(count(*) AS BIGINT) AS posts,
  CAST(sum(CASE WHEN kind = 'original' THEN 1 ELSE 0 END) AS BIGINT) AS originals,
  CAST(sum(author_first) AS BIGINT) AS author_days,
  CAST(sum(engagement) AS BIGINT) AS engagement
FROM located
GROUP BY day, source, region, field
