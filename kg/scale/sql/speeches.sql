SELECT id, doc, title, speaker, occasion, host, date, place, url, metadata, path, sha256, format, encoding,
    CAST(size(cuts) AS BIGINT) AS cuts, text, speech_iri(id) AS iri
FROM shards
ORDER BY id
