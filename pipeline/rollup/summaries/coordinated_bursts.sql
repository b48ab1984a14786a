-- What the groups posted together, at most five times a group, those of most accounts. id, title: of the burst's earliest post.
WITH listed AS (
  SELECT * FROM coordinated_bursts WHERE group_no <= 20 QUALIFY row_number() OVER (PARTITION BY group_no ORDER BY authors DESC, burst_no) <= 5
), firsts AS (
  SELECT b.group_no, b.burst_no, arg_min(s.row_no, {'ms': s.published_ms, 'row': s.row_no}) AS row_no
  FROM listed b JOIN text_clusters c ON c.head_no = b.head_no JOIN scored s ON s.text_no = c.text_no AND s.worded = 1 JOIN coordinated_groups g ON g.group_no = b.group_no AND g.author = s.author
  WHERE s.published_ms >= b.from_ms AND s.published_ms < b.to_ms + 1000 GROUP BY b.group_no, b.burst_no
)
SELECT b.group_no::BIGINT AS no, b.from_ms, b.to_ms, b.authors::BIGINT AS authors, s.id, coalesce(p.title, left(p.own, 60)) AS title
FROM listed b JOIN firsts f ON f.group_no = b.group_no AND f.burst_no = b.burst_no JOIN scored s ON s.row_no = f.row_no JOIN posts p ON p.row_no = f.row_no
ORDER BY no, b.from_ms, b.burst_no
