-- When a viewpoint is voiced. joined: authors whose first post of the viewpoint this is, so that they add up to its authors. Of an author's posts one without a time is the last.
WITH said AS (
  SELECT v.viewpoint, s.day, s.slot,
    row_number() OVER (PARTITION BY v.viewpoint, coalesce(s.author, 0 - s.row_no) ORDER BY s.published_ms + CASE WHEN s.precision = 'day' THEN 86399999 ELSE 0 END NULLS LAST, s.row_no) = 1 AS is_first
  FROM (SELECT DISTINCT viewpoint, text_no FROM text_viewpoints) v JOIN scored s ON s.text_no = v.text_no
  WHERE s.worded = 1
)
SELECT viewpoint, day, slot, count(*)::BIGINT AS posts, count(*) FILTER (is_first)::BIGINT AS joined FROM said GROUP BY viewpoint, day, slot ORDER BY viewpoint, day, slot
