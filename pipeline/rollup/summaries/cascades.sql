-- The largest cascades, by reposts in the data; see pipeline/relate/cascades.ts.
WITH shares AS (
  SELECT c.root, count(DISTINCT s.author)::BIGINT AS authors, count(*) FILTER (c.link = 'lost')::BIGINT AS lost, min(s.published_ms)::BIGINT AS first_ms, max(s.published_ms)::BIGINT AS last_ms
  FROM cascade_posts c JOIN scored s ON s.row_no = c.row_no GROUP BY c.root
)
SELECT c.root, c.reposts::BIGINT AS seen, s.authors, c.depth::BIGINT AS depth, c.deeper, c.mean_depth, c.breadth::BIGINT AS breadth, c.virality, s.lost, coalesce(o.published_ms, s.first_ms) AS first_ms, s.last_ms,
  o.platform, o.author_name, coalesce(p.title, left(p.own, 60)) AS title, p.url
FROM cascades c JOIN shares s ON s.root = c.root LEFT JOIN scored o ON o.row_no = c.row_no LEFT JOIN posts p ON p.row_no = c.row_no
ORDER BY c.reposts DESC, c.root LIMIT 20
