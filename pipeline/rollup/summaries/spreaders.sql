-- Accounts that rank in the top 100 by reach, engagement or posts, and those of the event's subjects.
WITH remarks AS (
  SELECT origin.author, count(*)::BIGINT AS remarks
  FROM scored remark JOIN scored origin ON origin.id = remark.root
  WHERE remark.kind = 'comment' AND remark.id <> origin.id AND origin.author IS NOT NULL AND remark.author IS DISTINCT FROM origin.author
  GROUP BY origin.author
), party AS (
  SELECT s.author, min(f.subject) AS party FROM party_posts f JOIN scored s ON s.row_no = f.row_no WHERE s.author IS NOT NULL GROUP BY s.author
), accounts AS (
  SELECT author, arg_min(author_name, row_no) AS author_name, arg_min(author_type, row_no) AS author_type, arg_min(field, row_no) AS field,
    arg_min(platform, row_no) AS platform, max(followers)::BIGINT AS followers, count(*)::BIGINT AS posts,
    count(*) FILTER (kind = 'original')::BIGINT AS originals, sum(engagement)::BIGINT AS engagement,
    min(published_ms)::BIGINT AS first_ms, arg_min(id, {'ms': coalesce(published_ms, 9007199254740991), 'row': row_no}) AS first_id
  FROM scored WHERE author IS NOT NULL GROUP BY author
), own AS (
  -- Reposts below the first posts that are the account's own; what is left of its reach it passed on.
  SELECT s.author, sum(c.reposts)::BIGINT AS own FROM cascades c JOIN scored s ON s.row_no = c.row_no WHERE s.author IS NOT NULL GROUP BY s.author
), ranked AS (
  SELECT a.*, coalesce(c.reposts, 0)::BIGINT AS reposts, coalesce(r.remarks, 0)::BIGINT AS remarks, least(coalesce(c.reposts, 0), coalesce(o.own, 0))::BIGINT AS own, p.party
  FROM accounts a LEFT JOIN cascade_authors c ON c.author = a.author LEFT JOIN remarks r ON r.author = a.author LEFT JOIN own o ON o.author = a.author LEFT JOIN party p ON p.author = a.author
)
SELECT author, author_name, author_type, field, platform, followers, posts, originals, engagement, reposts, own, remarks, first_ms, first_id, party
FROM ranked
QUALIFY row_number() OVER (ORDER BY reposts + remarks DESC, author) <= 100 OR row_number() OVER (ORDER BY engagement DESC, author) <= 100 OR row_number() OVER (ORDER BY posts DESC, author) <= 100
  OR (party IS NOT NULL AND row_number() OVER (PARTITION BY party ORDER BY posts DESC, author) <= 20)
ORDER BY author LIMIT 400
