-- The earliest timed post overall and of each field. A post of which only the day is known stands at the end of that day: it must not pass for the first.
WITH timed AS (
  SELECT field, {'ms': published_ms + CASE WHEN precision = 'day' THEN 86399999 ELSE 0 END, 'row': row_no} AS place FROM scored WHERE published_ms IS NOT NULL
), earliest AS (
  SELECT coalesce(field, 'all') AS which, min(place) AS place FROM timed GROUP BY GROUPING SETS ((field), ())
)
SELECT e.which, s.id, s.published_ms, s.precision, s.platform, s.author_name, coalesce(p.title, left(p.own, 60)) AS title, p.url
FROM earliest e JOIN scored s ON s.row_no = e.place['row'] JOIN posts p ON p.row_no = s.row_no
ORDER BY e.which
