-- The earliest timed post overall and of each field. A post of which only the day is known stands at the end of that day: it must not pass for the first.
WITH ranked AS (
  SELECT 'all' AS which, * FROM scored WHERE published_ms IS NOT NULL
  UNION ALL
  SELECT field AS which, * FROM scored WHERE published_ms IS NOT NULL
), earliest AS (
  SELECT * FROM ranked QUALIFY row_number() OVER (PARTITION BY which ORDER BY published_ms + CASE WHEN precision = 'day' THEN 86399999 ELSE 0 END, row_no) = 1
)
SELECT e.which, e.id, e.published_ms, e.precision, e.platform, e.author_name, coalesce(p.title, left(p.own, 60)) AS title, p.url
FROM earliest e LEFT JOIN posts p ON p.row_no = e.row_no
ORDER BY e.which
