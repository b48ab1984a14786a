-- Accounts that rank in the top 100 by engagement, posts or reposts seen in the data.
WITH seen AS (
  SELECT origin.author, count(*)::BIGINT AS seen
  FROM scored share JOIN scored origin ON origin.id = share.root
  WHERE share.kind = 'repost' AND share.id <> origin.id AND origin.author IS NOT NULL
  GROUP BY origin.author
), accounts AS (
  SELECT author, arg_min(author_name, row_no) AS author_name, arg_min(author_type, row_no) AS author_type, arg_min(field, row_no) AS field,
    arg_min(platform, row_no) AS platform, max(followers)::BIGINT AS followers, count(*)::BIGINT AS posts,
    count(*) FILTER (kind = 'original')::BIGINT AS originals, sum(engagement)::BIGINT AS engagement, sum(coalesce(reposts, 0))::BIGINT AS reposts,
    min(published_ms)::BIGINT AS first_ms, arg_min(id, {'ms': coalesce(published_ms, 9007199254740991), 'row': row_no}) AS first_id
  FROM scored WHERE author IS NOT NULL GROUP BY author
), ranked AS (
  SELECT a.*, coalesce(s.seen, 0) AS seen FROM accounts a LEFT JOIN seen s USING (author)
)
SELECT author, author_name, author_type, field, platform, followers, posts, originals, engagement, reposts, seen, first_ms, first_id
FROM ranked
QUALIFY row_number() OVER (ORDER BY engagement DESC, author) <= 100 OR row_number() OVER (ORDER BY posts DESC, author) <= 100 OR row_number() OVER (ORDER BY seen DESC, author) <= 100
ORDER BY author LIMIT 300
