-- Emoticons by day. author_days: authors that used it that day.
SELECT s.day, s.field, t.emoticon, CAST(count(*) AS BIGINT) AS posts, CAST(count(DISTINCT coalesce(s.author, 0 - s.row_no)) AS BIGINT) AS author_days
FROM scored s JOIN text_emoticons t ON s.text_no = t.text_no
WHERE s.worded = 1
GROUP BY s.day, s.field, t.emoticon
