-- How often two frequent entities are named together in some speeches: see kg.comention, whose definition this is.
-- Two mentions of which one holds the other are one piece of wording and count as none.
WITH placed AS (
    SELECT speech, 0 AS kind, sentence AS unit, number, start, "end" FROM numbered
    UNION ALL
    SELECT speech, 1 AS kind, section AS unit, number, start, "end" FROM numbered WHERE section IS NOT NULL
),
pairs AS (
    SELECT DISTINCT one.speech AS speech, one.kind AS kind, one.unit AS unit, one.number AS a, other.number AS b
    FROM placed AS one JOIN placed AS other
    ON one.speech = other.speech AND one.kind = other.kind AND one.unit = other.unit AND one.number < other.number
    WHERE NOT (one.start <= other.start AND other."end" <= one."end")
    AND NOT (other.start <= one.start AND one."end" <= other."end")
)
SELECT a, b, CAST(count(*) - sum(kind) AS BIGINT) AS sentences, CAST(sum(kind) AS BIGINT) AS sections,
    count(DISTINCT speech) AS speeches
FROM pairs GROUP BY a, b
