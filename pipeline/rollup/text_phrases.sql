-- The chains that are phrases, and the texts that hold them: the parts stand side by side in at least 60 % of the texts with each of them. parts: the terms joined by \u0001. What is a term already is none.
WITH pieces AS (
  SELECT chain, len(parts) AS needed, unnest(parts) AS term FROM chains
), holding AS MATERIALIZED (
  SELECT chain, text_no FROM pieces JOIN tokens USING (term) GROUP BY chain, text_no HAVING count(*) = min(needed)
), said AS (
  SELECT t.text_no, lower(min(coalesce(p.title || chr(10) || p.own, p.title, p.own))) AS words FROM texts t JOIN posts p ON p.text_key = t.text_key WHERE t.text_no IN (SELECT text_no FROM holding) GROUP BY t.text_no
), phrased AS MATERIALIZED (
  SELECT c.chain, h.text_no FROM holding h JOIN chains c ON c.chain = h.chain JOIN said s ON s.text_no = h.text_no WHERE contains(s.words, lower(c.phrase))
), usual AS (
  SELECT chain, count(*) AS texts FROM phrased SEMI JOIN sampled_wordings USING (text_no) GROUP BY chain
), kept AS (
  SELECT c.chain, c.phrase, array_to_string(c.parts, chr(1)) AS parts FROM chains c JOIN usual u ON u.chain = c.chain
  WHERE u.texts >= 0.6 * c.texts AND c.phrase NOT IN (SELECT term FROM tokens WHERE term IN (SELECT phrase FROM chains))
  QUALIFY row_number() OVER (PARTITION BY c.phrase ORDER BY u.texts DESC, c.parts) = 1
  ORDER BY u.texts DESC, c.phrase LIMIT 100
)
SELECT p.text_no, k.phrase, k.parts FROM phrased p JOIN kept k ON k.chain = p.chain
