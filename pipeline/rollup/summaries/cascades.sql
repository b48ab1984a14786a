-- The largest cascades, by reposts seen in the data.
WITH shares AS (
  SELECT root, count(*)::BIGINT AS seen, count(DISTINCT author)::BIGINT AS authors, max(depth)::BIGINT AS depth, min(published_ms)::BIGINT AS first_ms, max(published_ms)::BIGINT AS last_ms
  FROM scored WHERE kind = 'repost' AND root IS NOT NULL GROUP BY root ORDER BY seen DESC, root LIMIT 20
)
SELECT c.root, c.seen, c.authors, c.depth, coalesce(o.published_ms, c.first_ms) AS first_ms, c.last_ms, o.platform, o.author_name,
  coalesce(p.title, left(p.own, 60)) AS title, p.url
FROM shares c LEFT JOIN scored o ON o.id = c.root LEFT JOIN posts p ON p.row_no = o.row_no
ORDER BY c.seen DESC, c.root
