-- The pairs of entities that enough speeches name together; "a_sentences" and "b_sentences" name each of them.
SELECT one.id AS a, other.id AS b, pairs.sentences AS sentences, pairs.sections AS sections, pairs.speeches AS speeches,
    one.type AS a_type, one.scope AS a_scope, one.key AS a_key, one.sentences AS a_sentences,
    other.type AS b_type, other.scope AS b_scope, other.key AS b_key, other.sentences AS b_sentences
FROM pairs JOIN frequent AS one ON one.number = pairs.a JOIN frequent AS other ON other.number = pairs.b
WHERE pairs.speeches >= :support
ORDER BY pairs.a, pairs.b
