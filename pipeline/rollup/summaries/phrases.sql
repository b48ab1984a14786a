-- Two or three terms that are nearly always one phrase: side by side in at least 60 % of the texts with each of them, and bound to each other (NPMI above 0.4, Bouma 2009).
-- Looked for among the 1,000 terms of most docs, in up to 20,000 wordings: near-duplicates stand side by side by being copied. docs, wordings_micro: as of terms.
WITH top AS (
  SELECT term FROM rollup.terms WHERE dimension = 'field' GROUP BY term HAVING sum(docs) >= 5 ORDER BY sum(docs) DESC, term LIMIT 1000
), sampled AS (
  SELECT text_no FROM text_clusters WHERE text_no = head_no ORDER BY text_no LIMIT 20000
), held AS (
  SELECT t.text_no, t.term FROM tokens t JOIN sampled USING (text_no) JOIN top USING (term)
), sizes AS (
  SELECT term, count(*) AS texts FROM held GROUP BY term HAVING count(*) >= 5
), together AS (
  SELECT a.term AS a, b.term AS b, count(*) AS texts FROM held a JOIN held b ON b.text_no = a.text_no AND b.term > a.term GROUP BY ALL HAVING count(*) >= 5
), bound AS (
  SELECT a, b FROM together t JOIN sizes x ON x.term = t.a JOIN sizes y ON y.term = t.b, (SELECT count(*) AS n FROM sampled)
  WHERE t.texts >= 0.6 * greatest(x.texts, y.texts) AND ln(t.texts * n / (x.texts * y.texts)) > 0.4 * ln(n / t.texts)
), pairs AS (
  SELECT a AS head, b AS tail FROM bound UNION ALL SELECT b, a FROM bound
), chains AS (
  SELECT [head, tail] AS parts FROM pairs UNION ALL SELECT [x.head, x.tail, y.tail] FROM pairs x JOIN pairs y ON y.head = x.tail AND y.tail <> x.head
), holding AS (
  SELECT c.parts, t.text_no FROM chains c JOIN tokens t ON list_contains(c.parts, t.term) GROUP BY c.parts, t.text_no HAVING count(*) = len(c.parts)
), said AS (
  SELECT t.text_no, min(coalesce(p.title || chr(10) || p.own, p.title, p.own)) AS words FROM texts t JOIN posts p ON p.text_key = t.text_key WHERE t.text_no IN (SELECT text_no FROM holding) GROUP BY t.text_no
), phrased AS (
  SELECT h.parts, h.text_no, s.text_no IS NOT NULL AS sampled FROM holding h JOIN said w ON w.text_no = h.text_no LEFT JOIN sampled s ON s.text_no = h.text_no WHERE contains(w.words, array_to_string(h.parts, ''))
), kept AS (
  SELECT parts FROM phrased GROUP BY parts HAVING count(*) FILTER (sampled) >= 0.6 * (SELECT max(texts) FROM sizes WHERE list_contains(parts, term))
), uttered AS (
  SELECT p.parts, u.wording_micro, row_number() OVER (PARTITION BY p.parts, u.day, u.author ORDER BY u.slot, u.text_no) AS nth FROM phrased p SEMI JOIN kept USING (parts) JOIN utterances u ON u.text_no = p.text_no
)
SELECT array_to_string(parts, '') AS phrase, array_to_string(parts, chr(1)) AS parts, count(*)::BIGINT AS docs, sum(wording_micro)::BIGINT AS wordings_micro FROM uttered WHERE nth <= 3
GROUP BY parts ORDER BY docs DESC, phrase, parts LIMIT 100
