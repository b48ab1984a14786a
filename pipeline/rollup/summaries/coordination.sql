-- How the search for accounts that post together came out; see pipeline/relate/coordination.ts.
SELECT posts::BIGINT AS posts, bursts::BIGINT AS bursts, (SELECT count(DISTINCT group_no)::BIGINT FROM coordinated_groups) AS groups, common::BIGINT AS common, shuffles::BIGINT AS shuffles, expected, most::BIGINT AS most FROM coordination
