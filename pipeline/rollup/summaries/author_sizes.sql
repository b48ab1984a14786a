-- How many accounts wrote how many posts.
SELECT posts, count(*)::BIGINT AS authors FROM (SELECT author, count(*)::BIGINT AS posts FROM scored WHERE author IS NOT NULL GROUP BY author) GROUP BY posts ORDER BY posts
