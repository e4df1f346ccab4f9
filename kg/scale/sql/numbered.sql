-- The mentions of frequent entities, by number, speech by speech.
SELECT speech, number, m.sentence AS sentence, m.section AS section, m.start AS start, m."end" AS "end"
FROM mention_rows JOIN frequent ON type = entity.type AND scope = entity.scope AND key = entity.key
ORDER BY speech
