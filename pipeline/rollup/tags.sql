-- Hashtags by day.
SELECT s.day, s.field, t.tag, CAST(count(*) AS BIGINT) AS posts, CAST(sum(s.author_first) AS BIGINT) AS author_days
FROM scored s JOIN hashtags t ON s.text_no = t.text_no
GROUP BY s.day, s.field, t.tag
