-- The speeches, and the lexicon as one more.
SELECT * FROM shards UNION ALL SELECT * FROM lexicon
