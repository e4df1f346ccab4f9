-- The speeches that say most of what few others say of the top entities: whoever reads them has seen the most claims.
WITH claims AS (
    SELECT DISTINCT speech, concat_ws(' ', subject, predicate, object) AS claim, 3.0 AS weight
    FROM relations WHERE subject IN (SELECT id FROM top) AND object IN (SELECT id FROM top)
    UNION ALL
    SELECT DISTINCT speech, concat_ws(' ', slogan, 'hasMember'), 5.0
    FROM expansions WHERE slogan IN (SELECT id FROM top)
    UNION ALL
    SELECT DISTINCT speech, concat_ws(' ', issuer, 'directs', about), 3.0
    FROM (SELECT speech, issuer, explode(about) AS about FROM directives) AS directed
    WHERE issuer IN (SELECT id FROM top) AND about IN (SELECT id FROM top)
    UNION ALL
    SELECT DISTINCT speech, entity, 1.0 FROM mentions WHERE entity IN (SELECT id FROM top)
),
rarity AS (SELECT claim, CAST(count(*) AS DOUBLE) AS n FROM claims GROUP BY claim),
telling AS (
    SELECT speech AS id, sum(round(1000000 * weight / n)) AS weight
    FROM claims JOIN rarity ON rarity.claim = claims.claim
    WHERE speech <> 'lexicon'
    GROUP BY speech
)
SELECT speeches.id AS id, length(speeches.text) AS characters
FROM speeches LEFT JOIN telling ON telling.id = speeches.id
ORDER BY coalesce(telling.weight, 0) DESC, speeches.id
LIMIT :speeches
