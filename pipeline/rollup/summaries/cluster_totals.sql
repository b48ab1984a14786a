-- Clusters of near-duplicate posts with own words, all of them and those of two posts or more.
WITH sizes AS (
  SELECT c.head_no, count(*) AS posts, count(DISTINCT s.text_no) AS texts FROM scored s JOIN text_clusters c ON c.text_no = s.text_no WHERE s.worded = 1 GROUP BY c.head_no
)
SELECT count(*)::BIGINT AS clusters, coalesce(sum(posts), 0)::BIGINT AS posts, coalesce(sum(texts), 0)::BIGINT AS texts,
  count(*) FILTER (posts >= 2)::BIGINT AS repeated_clusters, coalesce(sum(posts) FILTER (posts >= 2), 0)::BIGINT AS repeated_posts, coalesce(sum(texts) FILTER (posts >= 2), 0)::BIGINT AS repeated_texts
FROM sizes
