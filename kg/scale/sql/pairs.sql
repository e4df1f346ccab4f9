-- Co-mentions over all speeches, by number.
SELECT a, b, CAST(sum(sentences) AS BIGINT) AS sentences, CAST(sum(sections) AS BIGINT) AS sections,
    CAST(sum(speeches) AS BIGINT) AS speeches
FROM together GROUP BY a, b
