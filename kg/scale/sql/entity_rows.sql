-- One row for each entity of each speech, and of the lexicon.
SELECT id AS speech, year, explode(entities) AS e FROM everything
