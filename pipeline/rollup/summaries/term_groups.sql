-- The terms of most texts per platform and per polarity.
SELECT dimension, value, term, docs, wordings_micro FROM rollup.terms WHERE dimension IN ('platform', 'polarity') AND value IS NOT NULL AND docs >= 2
QUALIFY row_number() OVER (PARTITION BY dimension, value ORDER BY docs DESC, term) <= 10000
ORDER BY dimension, value, docs DESC, term
