-- The Weibo and WeChat accounts of most engagement, with the counts that published indices need. Counts of posts and reposts of theirs, not of comments.
WITH ranked AS (
  SELECT platform, author, sum(engagement) AS engagement, count(*) AS posts FROM scored
  WHERE author IS NOT NULL AND platform IN ('weibo', 'wechat') AND kind <> 'comment' GROUP BY platform, author
  QUALIFY row_number() OVER (PARTITION BY platform ORDER BY sum(engagement) DESC, count(*) DESC, author) <= 20
)
SELECT s.platform, s.author, arg_min(s.author_name, s.row_no) AS author_name, count(*)::BIGINT AS posts,
  CASE WHEN count(m.reads) = count(*) THEN sum(m.reads)::BIGINT END AS reads, CASE WHEN count(m.reads) = count(*) THEN max(m.reads) END AS reads_most,
  CASE WHEN count(m.likes) = count(*) THEN sum(m.likes)::BIGINT END AS likes, CASE WHEN count(m.likes) = count(*) THEN max(m.likes) END AS likes_most,
  CASE WHEN count(m.reposts) = count(*) THEN sum(m.reposts)::BIGINT END AS reposts, CASE WHEN count(m.comments) = count(*) THEN sum(m.comments)::BIGINT END AS comments
FROM scored s JOIN ranked r ON r.platform = s.platform AND r.author = s.author JOIN merged m ON m.row_no = s.row_no
WHERE s.kind <> 'comment'
GROUP BY s.platform, s.author
ORDER BY s.platform, s.author
