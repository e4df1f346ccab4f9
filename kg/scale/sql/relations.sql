SELECT concat_ws('|', subject.type, subject.scope, subject.key) AS subject, predicate,
    concat_ws('|', object.type, object.scope, object.key) AS object,
    speech, CASE WHEN start >= 0 THEN start END AS start, CASE WHEN start >= 0 THEN "end" END AS "end",
    quote, rule, confidence, cue
FROM (
    SELECT DISTINCT speech, r.subject AS subject, r.predicate AS predicate, r.object AS object,
        r.start AS start, r."end" AS "end", r.quote AS quote, r.rule AS rule, r.confidence AS confidence, r.cue AS cue
    FROM (SELECT id AS speech, explode(relations) AS r FROM everything) AS found
) AS claims
ORDER BY claims.subject.type, claims.subject.scope, claims.subject.key, predicate,
    claims.object.type, claims.object.scope, claims.object.key, speech, claims.start, claims."end", rule, cue, confidence
