-- The largest clusters of near-duplicate posts. The earliest post stands for the cluster; one of which only the day is known stands at the end of that day.
-- hour_*: the 60 minutes (six slots) in which most of its posts stand, of those whose slot is known; the earliest of equals.
WITH members AS (
  SELECT c.head_no, s.text_no, s.row_no, s.id, s.platform, s.slot, s.published_ms, s.precision, coalesce(s.author, 0 - s.row_no) AS author,
    {'ms': coalesce(s.published_ms + CASE WHEN s.precision = 'day' THEN 86399999 ELSE 0 END, 9007199254740991), 'id': s.id} AS place
  FROM scored s JOIN text_clusters c ON c.text_no = s.text_no WHERE s.worded = 1
), largest AS (
  SELECT head_no, count(*)::BIGINT AS posts, count(DISTINCT text_no)::BIGINT AS texts, count(DISTINCT author)::BIGINT AS authors, count(DISTINCT platform)::BIGINT AS platforms, max(published_ms) AS last_ms, min(place) AS place
  FROM members GROUP BY head_no HAVING count(*) >= 2 ORDER BY posts DESC, place LIMIT 50
), slots AS (
  SELECT m.head_no, m.slot, count(*) AS posts FROM members m SEMI JOIN largest l ON l.head_no = m.head_no WHERE m.slot IS NOT NULL GROUP BY m.head_no, m.slot
), hours AS (
  SELECT head_no, slot, sum(posts) OVER (PARTITION BY head_no ORDER BY slot RANGE BETWEEN CURRENT ROW AND 5 FOLLOWING) AS posts FROM slots
), densest AS (
  SELECT head_no, slot FROM hours QUALIFY row_number() OVER (PARTITION BY head_no ORDER BY posts DESC, slot) = 1
), waves AS (
  SELECT m.head_no, d.slot AS hour_slot, count(*)::BIGINT AS hour_posts, count(DISTINCT m.author)::BIGINT AS hour_authors
  FROM densest d JOIN members m ON m.head_no = d.head_no AND m.slot BETWEEN d.slot AND d.slot + 5 GROUP BY m.head_no, d.slot
)
SELECT s.id AS head, l.posts, l.texts, l.authors, l.platforms, s.published_ms AS first_ms, s.precision, s.platform, s.author_name, coalesce(p.title, left(p.own, 60)) AS title, p.url,
  l.last_ms, w.hour_slot, w.hour_posts, w.hour_authors
FROM largest l JOIN scored s ON s.id = l.place['id'] JOIN posts p ON p.row_no = s.row_no LEFT JOIN waves w ON w.head_no = l.head_no
ORDER BY l.posts DESC, l.place
