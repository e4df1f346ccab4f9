-- The entities that enough speeches name for a pair of them to reach the least support (Agrawal and Srikant 1994),
-- numbered in the order of their ids, so that the smaller number is the smaller id.
SELECT row_number() OVER (ORDER BY type, scope, key) AS number, id, type, scope, key, sentences
FROM entities WHERE naming >= :support
