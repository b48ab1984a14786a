-- Posts and accounts of each class of the triage, the cues that speak for it and the posts of each, and three posts: of most engagement, then the earliest. class null: of any class but undecided.
WITH joined AS (
  SELECT t.class, s.row_no, s.text_no, s.id, s.author, s.engagement FROM scored s JOIN text_triage t ON t.text_no = s.text_no WHERE s.worded = 1 AND s.field = 'public'
), cue_posts AS (
  SELECT j.class, c.cue, count(DISTINCT j.row_no)::BIGINT AS posts FROM joined j JOIN triage_cues c ON c.text_no = j.text_no JOIN triage_points p ON p.cue = c.cue AND p.class = j.class WHERE p.points > 0 GROUP BY j.class, c.cue
), cues AS (
  SELECT class, string_agg(cue || ':' || posts, ',' ORDER BY posts DESC, cue) AS cues FROM cue_posts GROUP BY class
)
SELECT NULL::VARCHAR AS class, count(DISTINCT row_no)::BIGINT AS posts, count(DISTINCT author)::BIGINT AS authors, '' AS cues, '' AS examples FROM joined WHERE class <> 'undecided' HAVING count(*) > 0
UNION ALL
SELECT j.class, count(*)::BIGINT, count(DISTINCT j.author)::BIGINT, coalesce(any_value(c.cues), ''), array_to_string(list(j.id ORDER BY j.engagement DESC, j.row_no)[1:3], chr(1))
FROM joined j LEFT JOIN cues c ON c.class = j.class GROUP BY j.class
ORDER BY class NULLS FIRST
