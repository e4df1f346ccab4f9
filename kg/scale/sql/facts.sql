-- What the sources say of each entity, counted: its forms, names, attributes, years and totals.
-- An attribute that the lexicon gives goes before all others.
WITH names AS (
    SELECT e.id.type AS type, e.id.scope AS scope, e.id.key AS key, e.name AS name
    FROM entity_rows WHERE speech <> 'lexicon' AND e.id.scope NOT LIKE 'place:%'
    UNION ALL
    SELECT type, scope, key, name
    FROM (
        SELECT e.id.type AS type, e.id.scope AS scope, e.id.key AS key, explode(e.aliases) AS name
        FROM entity_rows WHERE speech = 'lexicon' OR e.id.scope LIKE 'speech:%'
    ) AS aliases
),
attributes AS (
    SELECT speech, e.id.type AS type, e.id.scope AS scope, e.id.key AS key, explode(e.attributes) AS a FROM entity_rows
),
said AS (
    SELECT entity.type AS type, entity.scope AS scope, entity.key AS key,
        'form' AS kind, m.quote AS name, '' AS value, 1 AS n, 0 AS speeches
    FROM mention_rows
    UNION ALL
    SELECT type, scope, key, 'alias', name, '', 1, 0 FROM names
    UNION ALL
    SELECT type, scope, key, 'attribute', a.name, a.value,
        CASE WHEN speech = 'lexicon' THEN 1000000000000 ELSE 1 END, 0
    FROM attributes
    UNION ALL
    SELECT e.id.type, e.id.scope, e.id.key, 'year', CAST(year AS STRING), '', CAST(size(e.mentions) AS BIGINT), 1
    FROM entity_rows WHERE year IS NOT NULL AND size(e.mentions) > 0
    UNION ALL
    SELECT e.id.type, e.id.scope, e.id.key, 'total', '', '',
        CAST(size(e.mentions) AS BIGINT), CASE WHEN speech = 'lexicon' THEN 0 ELSE 1 END
    FROM entity_rows
    UNION ALL
    SELECT e.id.type, e.id.scope, e.id.key, 'named', '', '',
        e.sentences, CASE WHEN size(e.mentions) > 0 THEN 1 ELSE 0 END
    FROM entity_rows WHERE speech <> 'lexicon'
    UNION ALL
    SELECT e.id.type, e.id.scope, e.id.key, 'known', '', e.name, 1, 0 FROM entity_rows WHERE speech = 'lexicon'
)
SELECT type, scope, key, kind, name, value,
    CAST(sum(n) AS BIGINT) AS n, CAST(sum(speeches) AS BIGINT) AS speeches
FROM said
GROUP BY type, scope, key, kind, name, value
ORDER BY type, scope, key
