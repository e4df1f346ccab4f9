-- One row for each mention.
SELECT speech, e.id AS entity, explode(e.mentions) AS m FROM entity_rows
