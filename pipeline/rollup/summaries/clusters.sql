-- The largest clusters of near-duplicate posts. The earliest post stands for the cluster; one of which only the day is known stands at the end of that day.
WITH members AS (
  SELECT c.head_no, s.text_no, s.row_no, s.id, s.platform, coalesce(s.author, 0 - s.row_no) AS author,
    {'ms': coalesce(s.published_ms + CASE WHEN s.precision = 'day' THEN 86399999 ELSE 0 END, 9007199254740991), 'id': s.id} AS place
  FROM scored s JOIN text_clusters c ON c.text_no = s.text_no WHERE s.worded = 1
), largest AS (
  SELECT head_no, count(*)::BIGINT AS posts, count(DISTINCT text_no)::BIGINT AS texts, count(DISTINCT author)::BIGINT AS authors, count(DISTINCT platform)::BIGINT AS platforms, min(place) AS place
  FROM members GROUP BY head_no HAVING count(*) >= 2 ORDER BY posts DESC, place LIMIT 50
)
SELECT s.id AS head, l.posts, l.texts, l.authors, l.platforms, s.published_ms AS first_ms, s.precision, s.platform, s.author_name, coalesce(p.title, left(p.own, 60)) AS title, p.url
FROM largest l JOIN scored s ON s.id = l.place['id'] JOIN posts p ON p.row_no = s.row_no
ORDER BY l.posts DESC, l.place
