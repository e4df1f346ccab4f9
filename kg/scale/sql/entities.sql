-- The entities: label, names, forms, the attribute values that most speeches give, counts.
-- "naming" counts the speeches that name an entity, "sentences" the sentences that do; "years" is for the yearly counts.
WITH chosen AS (
    SELECT type, scope, key, kind, name,
        CASE WHEN kind IN ('attribute', 'known') THEN min(ranked(-n, value)).value ELSE '' END AS value,
        CAST(sum(n) AS BIGINT) AS n, CAST(sum(speeches) AS BIGINT) AS speeches
    FROM facts
    GROUP BY type, scope, key, kind, name
),
merged AS (
    SELECT type, scope, key,
        max(CASE WHEN kind = 'known' THEN value END) AS label,
        collect_list(CASE WHEN kind = 'alias' THEN name END) AS names,
        collect_list(CASE WHEN kind = 'form' THEN ranked(-n, name) END) AS forms,
        collect_list(CASE WHEN kind = 'attribute' THEN named(name, value) END) AS attributes,
        collect_list(CASE WHEN kind = 'year' THEN in_year(CAST(name AS BIGINT), speeches, n) END) AS years,
        max(CASE WHEN kind = 'total' THEN n ELSE 0 END) AS mentions,
        max(CASE WHEN kind = 'total' THEN speeches ELSE 0 END) AS speeches,
        max(CASE WHEN kind = 'named' THEN speeches ELSE 0 END) AS naming,
        max(CASE WHEN kind = 'named' THEN n ELSE 0 END) AS sentences
    FROM chosen
    GROUP BY type, scope, key
)
SELECT concat_ws('|', type, scope, key) AS id, type, scope, key,
    coalesce(label, key) AS name,
    without(sorted_of(names), coalesce(label, key)) AS aliases,
    forms_of(forms) AS forms,
    map_of(attributes) AS attributes,
    CAST(mentions AS BIGINT) AS mentions,
    CAST(speeches AS BIGINT) AS speeches,
    label IS NOT NULL AS known,
    entity_iri(type, scope, key) AS iri,
    CAST(naming AS BIGINT) AS naming,
    CAST(sentences AS BIGINT) AS sentences,
    sorted_of(years) AS years
FROM merged
ORDER BY type, scope, key
