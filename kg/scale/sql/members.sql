SELECT concat_ws('|', slogan.type, slogan.scope, slogan.key) AS slogan, number, speech,
    m.position AS position, m.label AS label,
    CASE WHEN m.start >= 0 THEN m.start END AS start, CASE WHEN m.start >= 0 THEN m."end" END AS "end",
    CASE WHEN m.entity IS NOT NULL THEN concat_ws('|', m.entity.type, m.entity.scope, m.entity.key) END AS entity
FROM (SELECT x.slogan AS slogan, number, speech, explode(x.members) AS m FROM expansion_rows) AS found
ORDER BY slogan.type, slogan.scope, slogan.key, number, m.position, m.start
