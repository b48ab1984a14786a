-- Posts and distinct authors with an opinion, and with one that belongs to a viewpoint. A text that holds only a slogan is no opinion: it is counted apart.
WITH grouped AS (
  SELECT text_no, bool_or(kind = 'viewpoint') AS viewed, bool_or(kind = 'slogan') AS slogan
  FROM text_viewpoints JOIN viewpoint_labels USING (viewpoint) GROUP BY text_no
), opined AS (
  SELECT s.field, coalesce(s.author, 0 - s.row_no) AS author, coalesce(g.viewed, false) AS viewed, coalesce(g.slogan, false) AS slogan
  FROM scored s JOIN texts t ON t.text_no = s.text_no LEFT JOIN grouped g ON g.text_no = s.text_no
  WHERE s.worded = 1 AND (len(t.opinions) > 0 OR g.text_no IS NOT NULL)
)
SELECT coalesce(field, 'all') AS field, count(*) FILTER (viewed OR NOT slogan)::BIGINT AS posts, count(DISTINCT author) FILTER (viewed OR NOT slogan)::BIGINT AS authors,
  count(*) FILTER (viewed)::BIGINT AS grouped_posts, count(DISTINCT author) FILTER (viewed)::BIGINT AS grouped_authors,
  count(*) FILTER (slogan)::BIGINT AS slogan_posts
FROM opined GROUP BY GROUPING SETS ((field), ()) ORDER BY field
