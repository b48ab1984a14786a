-- The phrases and their parts.
SELECT DISTINCT phrase, parts FROM text_phrases ORDER BY phrase
