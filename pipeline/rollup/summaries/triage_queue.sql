-- Wordings of the suspected classes for a person to look at, the greatest reach × risk first. The post of most reach stands for the wording, the earliest of equals.
WITH seen AS (
  SELECT coalesce(root, parent) AS id, count(*)::BIGINT AS replies FROM scored WHERE kind <> 'original' AND coalesce(root, parent) IS NOT NULL GROUP BY 1
), members AS (
  SELECT c.head_no, s.row_no, s.id, s.text_no, s.author, r.micro, r.worded, r.doubts, 1 + greatest(s.engagement, coalesce(n.replies, 0)) AS reach
  FROM scored s JOIN text_risk r ON r.text_no = s.text_no JOIN text_clusters c ON c.text_no = s.text_no LEFT JOIN seen n ON n.id = s.id
  WHERE s.worded = 1 AND s.field = 'public'
), wordings AS (
  SELECT head_no, count(*)::BIGINT AS posts, count(DISTINCT author)::BIGINT AS authors, sum(reach)::BIGINT AS reach, max(micro)::BIGINT AS risk_micro, arg_max(row_no, {'reach': reach, 'early': -row_no}) AS row_no FROM members GROUP BY head_no
), top AS (
  SELECT * FROM wordings ORDER BY reach::DOUBLE * risk_micro DESC, row_no LIMIT 30
)
SELECT s.id, w.posts, w.authors, w.reach, w.risk_micro, m.worded, m.doubts, s.published_ms, s.precision, s.platform, coalesce(p.title, left(p.own, 60)) AS title, p.url,
  (SELECT string_agg(t.class, ',' ORDER BY t.class) FROM text_triage t WHERE t.text_no = s.text_no) AS classes,
  (SELECT string_agg(c.cue || chr(2) || c.word, chr(1) ORDER BY c.cue, c.word) FROM triage_cues c WHERE c.text_no = s.text_no) AS cues
FROM top w JOIN scored s ON s.row_no = w.row_no JOIN members m ON m.row_no = w.row_no JOIN posts p ON p.row_no = w.row_no
ORDER BY w.reach::DOUBLE * w.risk_micro DESC, w.row_no
