-- What the subjects' own accounts said in words, earliest first; at most 20 posts a subject.
SELECT f.subject, s.id, s.published_ms, s.precision, s.platform, s.author_name, coalesce(p.title, left(p.own, 60)) AS title, p.url
FROM (SELECT DISTINCT row_no, subject FROM party_posts) f JOIN scored s ON s.row_no = f.row_no JOIN posts p ON p.row_no = s.row_no
WHERE s.worded = 1
QUALIFY row_number() OVER (PARTITION BY f.subject ORDER BY s.published_ms NULLS LAST, s.row_no) <= 20
ORDER BY f.subject, s.published_ms NULLS LAST, s.row_no
