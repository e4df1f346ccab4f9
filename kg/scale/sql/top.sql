-- What to see first of a graph too large to see: often named, in many speeches, tied to much, with members or directives.
WITH statements AS (
    SELECT DISTINCT subject AS one, predicate AS kind, object AS other FROM relations WHERE subject <> object
    UNION ALL
    SELECT DISTINCT slogan, 'hasMember', entity FROM members WHERE entity IS NOT NULL AND entity <> slogan
    UNION ALL
    SELECT DISTINCT issuer, 'directs', about FROM (SELECT issuer, explode(about) AS about FROM directives) AS directed
),
ties AS (
    SELECT id, count(*) AS n
    FROM (SELECT one AS id FROM statements UNION ALL SELECT other FROM statements) AS ends
    GROUP BY id
),
extra AS (
    SELECT slogan AS id, 3.0 AS weight FROM expansions GROUP BY slogan
    UNION ALL
    SELECT other, 2.0 FROM statements WHERE kind = 'directs' GROUP BY other
),
extras AS (SELECT id, sum(weight) AS weight FROM extra GROUP BY id)
SELECT entities.id AS id, type, scope, key, mentions, speeches, naming
FROM entities
LEFT JOIN ties ON ties.id = entities.id
LEFT JOIN extras ON extras.id = entities.id
WHERE mentions > 0
ORDER BY
    (0.7 * log2(1 + naming) + 0.5 * log2(1 + mentions) + log2(1 + coalesce(ties.n, 0)))
    * CASE WHEN type IN ('Time', 'Place') THEN 0.5 ELSE 1.0 END
    + coalesce(extras.weight, 0.0) + CASE WHEN type = 'Slogan' THEN 1.0 ELSE 0.0 END DESC,
    type, scope, key
LIMIT :entities
