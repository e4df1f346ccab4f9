SELECT concat_ws('|', x.slogan.type, x.slogan.scope, x.slogan.key) AS slogan, number, speech,
    CASE WHEN x.start >= 0 THEN x.start END AS start, CASE WHEN x.start >= 0 THEN x."end" END AS "end",
    x.quote AS quote, x.rule AS rule, x.confidence AS confidence,
    x.expected AS expected, CAST(size(x.members) AS BIGINT) AS found, x.status AS status, x.date AS date, x.source AS source
FROM expansion_rows
ORDER BY x.slogan.type, x.slogan.scope, x.slogan.key, number
