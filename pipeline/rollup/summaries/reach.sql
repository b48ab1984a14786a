-- The post of most reposts, as its file counts them or as the data shows them, the earliest of equals.
WITH seen AS (
  SELECT root AS id, count(*)::BIGINT AS seen FROM scored WHERE kind = 'repost' AND root IS NOT NULL GROUP BY root
)
SELECT s.id, greatest(coalesce(s.reposts, 0), coalesce(r.seen, 0))::BIGINT AS reposts
FROM scored s LEFT JOIN seen r ON r.id = s.id
WHERE s.kind <> 'comment' AND greatest(coalesce(s.reposts, 0), coalesce(r.seen, 0)) > 0
ORDER BY reposts DESC, s.row_no LIMIT 1
