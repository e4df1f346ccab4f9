SELECT concat_ws('|', entity.type, entity.scope, entity.key) AS entity,
    speech, m.start AS start, m."end" AS "end", m.quote AS quote, m.rule AS rule, m.confidence AS confidence
FROM mention_rows
ORDER BY entity.type, entity.scope, entity.key, speech, m.start, m."end", m.rule, m.confidence
