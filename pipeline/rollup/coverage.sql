-- How many posts have each column known.
SELECT day, platform, kind,
  CAST(count(*) AS BIGINT) AS posts,
  CAST(count(day) AS BIGINT) AS timed,
  CAST(count(slot) AS BIGINT) AS minute,
  CAST(sum(worded) AS BIGINT) AS worded,
  CAST(sum(CASE WHEN kind = 'repost' AND worded = 0 THEN 1 ELSE 0 END) AS BIGINT) AS bare,
  CAST(count(author) AS BIGINT) AS authored,
  CAST(count(author_type) AS BIGINT) AS typed,
  CAST(count(followers) AS BIGINT) AS followed,
  CAST(count(region_ip) AS BIGINT) AS region_ip,
  CAST(count(region_profile) AS BIGINT) AS region_profile,
  CAST(sum(counted) AS BIGINT) AS counted,
  CAST(count(polarity) AS BIGINT) AS scored
FROM scored
GROUP BY day, platform, kind
