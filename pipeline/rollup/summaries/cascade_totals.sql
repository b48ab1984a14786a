-- How reposts hang together: all reposts, those with a root, and how each of these was linked; no row without reposts.
SELECT (SELECT count(*)::BIGINT FROM scored WHERE kind = 'repost') AS reposts, (SELECT count(*)::BIGINT FROM cascades) AS cascades, count(*)::BIGINT AS rooted,
  count(*) FILTER (link = 'given')::BIGINT AS given, count(*) FILTER (link = 'chain')::BIGINT AS chain, count(*) FILTER (link = 'farther')::BIGINT AS farther,
  count(*) FILTER (link = 'direct')::BIGINT AS direct, count(*) FILTER (link = 'lost')::BIGINT AS lost, (SELECT coalesce(sum(cycles), 0)::BIGINT FROM cascades) AS cycles
FROM cascade_posts HAVING (SELECT count(*) FROM scored WHERE kind = 'repost') > 0
