-- What utterances differ by besides words, numbered.
SELECT day, hour, platform, field, polarity, CAST(row_number() OVER (ORDER BY day, hour, platform, field, polarity) AS BIGINT) AS stratum FROM (SELECT DISTINCT day, hour, platform, field, polarity FROM utterances) AS kinds
