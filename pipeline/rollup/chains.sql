-- Two or three terms that may be one phrase: together in at least 60 % of the texts with each of them, and bound to each other (NPMI above 0.4, Bouma 2009), in any order.
-- Looked for among the 1,000 terms of most texts in up to 20,000 wordings: near-duplicates stand side by side by being copied. texts: of those, the ones that hold the part of most texts.
WITH held AS MATERIALIZED (
  SELECT text_no, term FROM tokens SEMI JOIN sampled_wordings USING (text_no)
), sizes AS MATERIALIZED (
  SELECT term, count(*) AS texts, CAST(row_number() OVER (ORDER BY count(*) DESC, term) AS INT) AS no FROM held GROUP BY term HAVING count(*) >= 5 QUALIFY no <= 1000
), common AS MATERIALIZED (
  SELECT text_no, no FROM held JOIN sizes USING (term)
), together AS (
  SELECT a.no AS a, b.no AS b, count(*) AS texts FROM common a JOIN common b ON b.text_no = a.text_no AND b.no > a.no GROUP BY a.no, b.no HAVING count(*) >= 5
), bound AS (
  SELECT x.term AS a, y.term AS b FROM together t JOIN sizes x ON x.no = t.a JOIN sizes y ON y.no = t.b, (SELECT count(*) AS n FROM sampled_wordings)
  WHERE t.texts >= 0.6 * greatest(x.texts, y.texts) AND ln(t.texts * n / (x.texts * y.texts)) > 0.4 * ln(n / t.texts)
), pairs AS MATERIALIZED (
  SELECT a AS head, b AS tail FROM bound UNION ALL SELECT b, a FROM bound
)
SELECT CAST(row_number() OVER (ORDER BY parts) AS INT) AS chain, parts, array_to_string(parts, '') AS phrase, (SELECT max(texts) FROM sizes WHERE list_contains(parts, term)) AS texts
FROM (SELECT [head, tail] AS parts FROM pairs UNION ALL SELECT [x.head, x.tail, y.tail] FROM pairs x JOIN pairs y ON y.head = x.tail AND y.tail <> x.head)
