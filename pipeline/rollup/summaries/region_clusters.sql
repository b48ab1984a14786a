-- How author-days hang together: by author, by cluster of near-equal texts, and by both. n_gr: author-days of group g in region r; n_g: of the group. Sums over groups are what a cluster-robust
-- variance needs (analyzers/location-quotient.ts). Only the 31 provinces of the base. A post without known author or without own text is a group of its own.
WITH located AS (
  SELECT row_no, author, text_no, 'ip' AS source, region_ip AS region FROM scored WHERE author_first = 1
  UNION ALL
  SELECT row_no, author, text_no, 'profile', region_profile FROM scored WHERE author_first = 1
), keyed AS (
  SELECT l.source, l.region, coalesce(l.author, -l.row_no - 1) AS author, coalesce(c.head_no, -l.row_no - 1) AS words
  FROM located l LEFT JOIN text_clusters c ON c.text_no = l.text_no
  WHERE l.region IS NOT NULL AND l.region NOT IN ('海外', '其他', '香港', '澳门', '台湾')
), grouped AS (
  SELECT source, 'author' AS grouping, region, author AS a, 0 AS b, count(*) AS n FROM keyed GROUP BY source, region, author
  UNION ALL
  SELECT source, 'text', region, words, 0, count(*) FROM keyed GROUP BY source, region, words
  UNION ALL
  SELECT source, 'both', region, author, words, count(*) FROM keyed GROUP BY source, region, author, words
), sized AS (
  SELECT source, grouping, region, n, sum(n) OVER (PARTITION BY source, grouping, a, b) AS size FROM grouped
)
SELECT source, grouping, region, sum(n)::BIGINT AS author_days, sum(n * n)::BIGINT AS squares, sum(n * size)::BIGINT AS products FROM sized GROUP BY source, grouping, region
ORDER BY source, grouping, region
