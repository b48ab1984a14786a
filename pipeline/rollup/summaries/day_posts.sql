-- Up to three posts a day: most engagement, then the most repeated text, then the earliest; one post a text.
WITH counted AS (
  SELECT *, count(*) OVER (PARTITION BY day, text_no) AS copies, row_number() OVER (PARTITION BY day, text_no ORDER BY engagement DESC, published_ms, row_no) AS copy
  FROM scored WHERE day IS NOT NULL AND worded = 1
), ranked AS (
  SELECT *, row_number() OVER (PARTITION BY day ORDER BY engagement DESC, copies DESC, published_ms, row_no) AS rank FROM counted WHERE copy = 1
)
SELECT r.day, r.rank::BIGINT AS rank, r.id, r.published_ms, r.precision, r.platform, r.field, r.author_name, coalesce(p.title, left(p.own, 60)) AS title, p.url, r.engagement, r.copies::BIGINT AS copies
FROM ranked r LEFT JOIN posts p ON p.row_no = r.row_no
WHERE r.rank <= 3 ORDER BY r.day, r.rank
