-- Reposts and comments, and how many of them are joined to their post.
SELECT s.kind, count(*)::BIGINT AS posts, count(s.root)::BIGINT AS rooted, count(r.id)::BIGINT AS joined
FROM scored s LEFT JOIN scored r ON r.id = s.root AND r.id <> s.id
WHERE s.kind <> 'original' GROUP BY s.kind ORDER BY s.kind
