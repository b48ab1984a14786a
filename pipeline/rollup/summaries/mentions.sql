-- The 100 accounts named after @ by most authors, an author once a day. institution: an account of that name in the data is one.
SELECT account, account IN (SELECT author_name FROM scored WHERE author_type IN ('media', 'government', 'enterprise', 'institution') AND author_name IS NOT NULL) AS institution,
  sum(posts)::BIGINT AS posts, sum(author_days)::BIGINT AS author_days,
  coalesce(sum(posts) FILTER (field = 'media'), 0)::BIGINT AS media, coalesce(sum(posts) FILTER (field = 'official'), 0)::BIGINT AS official, coalesce(sum(posts) FILTER (field = 'public'), 0)::BIGINT AS public
FROM rollup.mentions GROUP BY account ORDER BY sum(author_days) DESC, sum(posts) DESC, account LIMIT 100
