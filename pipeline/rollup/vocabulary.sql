-- The terms and phrases, numbered in order of code points: numbers group and sort faster than words.
SELECT term, CAST(row_number() OVER (ORDER BY term) AS INT) AS term_no FROM (SELECT DISTINCT term FROM text_terms) AS words
