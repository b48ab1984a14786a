-- How many independent posts of known mood there are, over all and by field: near-equal texts are not independent.
WITH sizes AS (
  SELECT s.field, c.head_no, count(*) AS posts FROM scored s JOIN text_clusters c ON c.text_no = s.text_no WHERE s.worded = 1 AND s.polarity IS NOT NULL GROUP BY s.field, c.head_no
), all_sizes AS (
  SELECT head_no, sum(posts) AS posts FROM sizes GROUP BY head_no
)
SELECT 'all' AS field, sum(posts)::BIGINT AS posts, (sum(posts) * sum(posts) / sum(posts * posts))::BIGINT AS effective FROM all_sizes HAVING count(*) > 0
UNION ALL
SELECT field, sum(posts)::BIGINT, (sum(posts) * sum(posts) / sum(posts * posts))::BIGINT FROM sizes GROUP BY field
ORDER BY field
