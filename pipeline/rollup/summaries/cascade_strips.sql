-- The pictures of the largest cascades; see pipeline/relate/cascade-strips.ts.
SELECT t.shape_no::BIGINT AS shape, c.root, t.kind, t.no::BIGINT AS no, t.above::BIGINT AS above, t.posts::BIGINT AS posts, t.from_ms, t.to_ms, t.course, s.id, s.author_name, s.published_ms
FROM cascade_strips t JOIN cascades c ON c.shape_no = t.shape_no LEFT JOIN scored s ON s.row_no = t.row_no
ORDER BY t.shape_no, t.kind, t.no
