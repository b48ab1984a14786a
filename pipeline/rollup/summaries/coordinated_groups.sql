-- Groups of accounts that several times posted the same words within ten minutes; accounts: the names of the first five, as they may be shown.
WITH people AS (
  SELECT author, arg_min(author_name, row_no) AS name, arg_min(author_type, row_no) AS type, count(*) AS posts FROM scored WHERE author IN (SELECT author FROM coordinated_groups) GROUP BY author
), members AS (
  SELECT g.group_no, count(*)::BIGINT AS authors, count(*) FILTER (p.type IN ('media', 'government', 'enterprise', 'institution'))::BIGINT AS institutions, sum(p.posts)::BIGINT AS posts,
    array_to_string(list(p.name ORDER BY g.author) FILTER (p.name IS NOT NULL)[1:5], chr(1)) AS accounts
  FROM coordinated_groups g JOIN people p ON p.author = g.author GROUP BY g.group_no
)
SELECT m.group_no::BIGINT AS no, m.authors, m.institutions, m.posts, m.accounts, count(*)::BIGINT AS bursts, count(DISTINCT b.head_no)::BIGINT AS wordings, min(b.from_ms)::BIGINT AS first_ms, max(b.to_ms)::BIGINT AS last_ms
FROM members m JOIN coordinated_bursts b ON b.group_no = m.group_no GROUP BY m.group_no, m.authors, m.institutions, m.posts, m.accounts
ORDER BY m.group_no LIMIT 20
