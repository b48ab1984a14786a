-- Terms by day. docs counts a text once per author and day, so that repeating oneself adds nothing.
WITH spoken AS (
  SELECT day, field, text_no, CAST(count(*) AS BIGINT) AS posts, CAST(count(DISTINCT coalesce(author, 0 - row_no)) AS BIGINT) AS docs
  FROM scored
  WHERE worded = 1
  GROUP BY day, field, text_no
)
SELECT s.day, s.field, t.term, CAST(sum(s.posts) AS BIGINT) AS posts, CAST(sum(s.docs) AS BIGINT) AS docs
FROM spoken s JOIN tokens t ON s.text_no = t.text_no
GROUP BY s.day, s.field, t.term
