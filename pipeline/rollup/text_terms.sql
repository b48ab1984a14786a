-- What texts hold: terms, and the phrases that terms make up.
SELECT text_no, term FROM tokens UNION ALL SELECT text_no, phrase FROM text_phrases
