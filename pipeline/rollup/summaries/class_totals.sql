-- Posts with own words that belong to a class of a taxonomy at all, and three posts of each class (class null: of any): most engagement, then the earliest.
WITH joined AS (
  SELECT c.taxonomy, c.class, s.row_no, s.id, s.field, s.engagement FROM scored s JOIN text_classes c ON c.text_no = s.text_no WHERE s.worded = 1
), examples AS (
  SELECT taxonomy, class, list(id ORDER BY engagement DESC, row_no)[1:3] AS ids FROM joined GROUP BY taxonomy, class
), totals AS (
  SELECT taxonomy, count(DISTINCT row_no)::BIGINT AS posts FROM joined GROUP BY taxonomy
)
SELECT taxonomy, NULL::INTEGER AS class, posts, '' AS examples FROM totals
UNION ALL
SELECT j.taxonomy, j.class, count(DISTINCT j.row_no)::BIGINT, array_to_string(any_value(e.ids), chr(1))
FROM joined j JOIN examples e ON e.taxonomy = j.taxonomy AND e.class = j.class GROUP BY j.taxonomy, j.class
ORDER BY taxonomy, class NULLS FIRST
