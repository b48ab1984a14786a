-- Distinct authors of a viewpoint over the whole event, and the likes of its posts where they are known. A post without a known author counts as an author of its own.
WITH said AS (
  SELECT v.viewpoint, s.field, s.row_no, coalesce(s.author, 0 - s.row_no) AS author, coalesce(r.likes, p.likes) AS likes
  FROM (SELECT DISTINCT viewpoint, text_no FROM text_viewpoints) v JOIN scored s ON s.text_no = v.text_no JOIN posts p ON p.row_no = s.row_no LEFT JOIN repeated r ON r.id = p.id
  WHERE s.worded = 1
)
SELECT viewpoint, coalesce(field, 'all') AS field, count(*)::BIGINT AS posts, count(DISTINCT author)::BIGINT AS authors, sum(likes)::BIGINT AS likes
FROM said GROUP BY GROUPING SETS ((viewpoint, field), (viewpoint)) ORDER BY viewpoint, field
