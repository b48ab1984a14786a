-- Distinct known accounts by province: the IP's, else that of the profile.
SELECT coalesce(region_ip, region_profile) AS region, count(DISTINCT author)::BIGINT AS authors
FROM scored WHERE author IS NOT NULL AND coalesce(region_ip, region_profile) NOT IN ('海外', '其他')
GROUP BY coalesce(region_ip, region_profile) ORDER BY authors DESC, region
