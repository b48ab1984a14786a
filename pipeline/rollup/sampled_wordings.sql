-- Up to 20,000 wordings (heads of near-duplicates) of up to 400,000 terms together: pairs of the terms of a long article are many. The number of a text goes by its key, a hash, so these are as good as drawn.
WITH first AS (
  SELECT text_no FROM text_clusters WHERE text_no = head_no ORDER BY text_no LIMIT 20000
), counted AS (
  SELECT text_no, sum(len(terms)) OVER (ORDER BY text_no) AS terms FROM first JOIN texts USING (text_no)
)
SELECT text_no FROM counted WHERE coalesce(terms, 0) <= 400000
