-- Distinct known accounts by author type.
SELECT author_type, count(DISTINCT author)::BIGINT AS authors FROM scored WHERE author IS NOT NULL GROUP BY author_type ORDER BY author_type NULLS LAST
