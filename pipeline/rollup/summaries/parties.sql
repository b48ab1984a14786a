-- Accounts of the subjects, and how many posts of each the data has; with own words among them.
SELECT p.subject, p.account, count(s.row_no)::BIGINT AS posts, coalesce(sum(s.worded), 0)::BIGINT AS worded
FROM parties p LEFT JOIN party_posts f ON f.subject = p.subject AND f.account = p.account LEFT JOIN scored s ON s.row_no = f.row_no
GROUP BY p.subject, p.account
ORDER BY p.subject, p.account
