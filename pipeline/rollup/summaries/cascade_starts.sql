-- Of the posts of each hour the one with most reposts below it, the earliest of equals. hour: local, slot / 6.
WITH below AS (
  SELECT row_no, below::BIGINT AS below FROM cascade_posts WHERE below > 0 UNION ALL SELECT row_no, reposts::BIGINT FROM cascades WHERE row_no IS NOT NULL
)
SELECT s.slot // 6 AS hour, s.id, s.author, s.author_name, s.published_ms, b.below
FROM below b JOIN scored s ON s.row_no = b.row_no WHERE s.slot IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY s.slot // 6 ORDER BY b.below DESC, s.published_ms, s.row_no) = 1
ORDER BY hour
