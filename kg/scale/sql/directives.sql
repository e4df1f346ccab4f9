SELECT concat_ws('|', d.issuer.type, d.issuer.scope, d.issuer.key) AS issuer, d.act AS act, d.content AS content,
    ids_of(d.about) AS about,
    CASE WHEN d.venue IS NOT NULL THEN concat_ws('|', d.venue.type, d.venue.scope, d.venue.key) END AS venue,
    CASE WHEN d.date IS NOT NULL THEN concat_ws('|', d.date.type, d.date.scope, d.date.key) END AS date,
    d.target AS target,
    CASE WHEN d.target_entity IS NOT NULL
        THEN concat_ws('|', d.target_entity.type, d.target_entity.scope, d.target_entity.key) END AS target_entity,
    speech, CASE WHEN d.start >= 0 THEN d.start END AS start, CASE WHEN d.start >= 0 THEN d."end" END AS "end",
    d.quote AS quote, d.rule AS rule, d.confidence AS confidence, d.cue AS cue
FROM (SELECT id AS speech, explode(directives) AS d FROM everything) AS found
ORDER BY d.issuer.type, d.issuer.scope, d.issuer.key, speech, d.start, d."end", d.content
