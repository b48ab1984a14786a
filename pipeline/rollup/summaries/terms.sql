-- The terms of most texts per field.
SELECT value AS field, term, docs, wordings_micro FROM rollup.terms WHERE dimension = 'field' AND docs >= 2
QUALIFY row_number() OVER (PARTITION BY value ORDER BY docs DESC, term) <= 20000
ORDER BY field, docs DESC, term
