-- One row for each expansion, numbered for its slogan over all sources.
SELECT speech, x, row_number() OVER (
    PARTITION BY x.slogan.type, x.slogan.scope, x.slogan.key
    ORDER BY speech, x.start, x."end", coalesce(x.date, '')
) AS number
FROM (SELECT id AS speech, explode(expansions) AS x FROM everything) AS found
