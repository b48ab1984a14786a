-- The 100 emoticons of most author-days, with their counts per field.
WITH top AS (
  SELECT emoticon FROM rollup.emoticons GROUP BY emoticon ORDER BY sum(author_days) DESC, sum(posts) DESC, emoticon LIMIT 100
)
SELECT emoticon, field, sum(posts)::BIGINT AS posts, sum(author_days)::BIGINT AS author_days
FROM rollup.emoticons WHERE emoticon IN (SELECT emoticon FROM top)
GROUP BY emoticon, field ORDER BY emoticon, field
