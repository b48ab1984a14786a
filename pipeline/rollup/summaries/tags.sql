-- The 300 hashtags of most author-days, with their counts per field.
WITH top AS (
  SELECT tag FROM rollup.tags GROUP BY tag ORDER BY sum(author_days) DESC, sum(posts) DESC, tag LIMIT 300
)
SELECT tag, field, sum(posts)::BIGINT AS posts, sum(author_days)::BIGINT AS author_days
FROM rollup.tags WHERE tag IN (SELECT tag FROM top)
GROUP BY tag, field ORDER BY tag, field
