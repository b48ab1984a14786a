-- The terms, numbered in order of code points: numbers group faster than words. Made once, for the rollup of terms.
SELECT term, CAST(row_number() OVER (ORDER BY term) AS INT) AS term_no FROM (SELECT DISTINCT term FROM tokens) AS words
