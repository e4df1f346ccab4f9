"""The build for corpora larger than memory, on one machine: rows to Parquet as they come, then SQL that spills.

What is held at a time does not grow with the number of speeches; see ``docs/scale.md`` for what the output leaves out.
"""

from __future__ import annotations

import platform
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kg import __version__, inputs, lexicon, manifest, rdf, tables, view
from kg.build import GRAPHML, MIN_SUPPORT, PAGE, TABLES, TIMINGS, BuildError, Progress, Summary, Watch, nothing, run_of
from kg.graph import KnowledgeGraph
from kg.lexicon import Lexicon
from kg.model import ENTITY_TYPES, Entity, EntityId, Extraction, Problem, Source, Speech
from kg.output import MANIFEST, PROGRAM, replacing
from kg.pool import cores
from kg.rdf.export import Facts
from kg.rdf.names import DEFAULT_BASE, speech_iri
from kg.rdf.statements import Names
from kg.scale import Mentions, nquads, quads, shards, sql
from kg.scale.collect import Shard, collect, surviving, without
from kg.scale.duck import Duck
from kg.scale.top import top

NQUADS = "nquads"
LISTED = 1000
"""Problems of a kind, and repeated texts, that the manifest lists; the tables have all of them."""

GROUPS = 1
"""Row groups of co-mentions that make one file of N-Quads."""

_PROBLEMS = pa.schema([("path", pa.string()), ("reason", pa.string()), ("kind", pa.string())])


def build(
    paths: Sequence[str | Path],
    out: Path,
    *,
    lexicon_files: Sequence[Path] = (),
    use_lexicon: bool = True,
    jobs: int | None = None,
    min_confidence: float = 0.0,
    base: str = DEFAULT_BASE,
    strict: bool = False,
    page: view.PageOptions | None = None,
    mentions: Mentions = "counts",
    min_support: int = MIN_SUPPORT,
    wait: bool = False,
    progress: Progress | None = None,
) -> Summary:
    """As ``kg.build.build``, in memory that does not grow with the corpus.

    Args:
        mentions: what the N-Quads have of mentions.
        min_support: pairs of entities that fewer speeches name together are left out of the co-mentions.

    Raises:
        BuildError, OutputError, LexiconError: as there.
    """
    report = progress or (lambda stage, done, total: None)
    watch = Watch(report)
    jobs = jobs or cores()
    page = page or view.PageOptions()
    with replacing(out, wait=wait) as new:
        work = new / "work"
        for folder in (work / "shards", work / "entities", work / "together", new / TABLES, new / NQUADS):
            folder.mkdir(parents=True)
        with watch("lexicon"):
            known = lexicon.load(lexicon_files, builtin=use_lexicon)
        with watch("extract"):
            made = collect(
                inputs.sources(paths),
                work / "shards",
                lexicon_files=lexicon_files,
                builtin=use_lexicon,
                jobs=jobs,
                min_confidence=min_confidence,
            )
            found = _collected(made, new / TABLES / "problems.parquet", report)
        if not found.files:
            raise nothing(list(paths), [Problem(**p, kind="error") for p in found.errors])
        with Duck(work, base, threads=jobs) as duck:
            with watch("merge"):
                repeated = _once(duck, found.files)
                kept, graph = _concerned(duck, known, found.files)
            with watch("tables"):
                rows = {name: duck.write(sql.query(name), new / TABLES / f"{name}.parquet") for name in sql.TABLES}
                rows["speeches"] = _speeches(found.files, new / TABLES / "speeches.parquet", base)
            with watch("entities"):
                rows["entities"] = _entities(duck, new / TABLES / "entities.parquet")
            with watch("comentions"):
                rows["comentions"], rare = _comentions(duck, new / TABLES / "comentions.parquet", min_support)
            counts = _counts(duck, rows)
            run = run_of(min_confidence, use_lexicon, lexicon_files)
            with watch("nquads"):
                counts["quads"] = _nquads(
                    duck, found.files, graph, new / NQUADS, base, counts, run, mentions == "full", jobs, report
                )
            with watch("top"):
                for name in rows:
                    if name != "entities":
                        duck.view(name, new / TABLES / f"{name}.parquet")
                seen = top(duck, kept, counts["entities"], counts["speeches"], counts["characters"])
        shutil.rmtree(work)
        with watch("rdf"):
            rdf.write(seen.graph, new, base, run)
            tables.write_graphml(seen.graph, new / GRAPHML)
        with watch("page"):
            shown = view.write(seen.graph, new / PAGE, base=base, **page._asdict())
        with watch("manifest"):
            capped = _capped(seen.entities, seen.speeches, counts, rare, min_support, mentions == "full")
            if shown.shown < shown.nodes:
                capped.append(_cap(PAGE, "entities on the opening view", shown.shown, shown.nodes))
            described = {
                "program": PROGRAM,
                "version": __version__,
                "engine": "disk",
                "libraries": manifest.libraries(),
                "parameters": {
                    "base": base,
                    "lexicon": known.version if use_lexicon or lexicon_files else None,
                    "lexicon_builtin": use_lexicon,
                    "min_confidence": min_confidence,
                    "lexicon_files": [{"path": str(f), "sha256": manifest.sha256(f)} for f in sorted(lexicon_files)],
                    "page": page._asdict(),
                    "mentions": mentions,
                    "min_support": min_support,
                },
                "counts": counts,
                "inputs": {"table": f"{TABLES}/speeches.parquet"},
                "problems": sorted(found.errors, key=lambda p: (p["path"], p["reason"])),
                "skipped": sorted(found.skipped, key=lambda p: (p["path"], p["reason"])),
                "duplicates": repeated.listed,
                "tables": rows | {"problems": found.problems},
                "capped": capped + _unlisted(found, repeated),
                "files": manifest.files(new) | manifest.files(new, f"{NQUADS}/*"),
            }
            manifest.write(new / MANIFEST, described)
        timings = watch.seconds()
        ran = {"seconds": timings, "cores": cores(), "jobs": jobs, "platform": platform.platform()}
        manifest.write(new / TIMINGS, ran)
    return Summary(out, described, timings, strict, counts["speeches"], 0)


class _Found(NamedTuple):
    """What was collected: the shards, the number of problems, and the first of them by kind."""

    files: list[Path]
    problems: int
    errors: list[dict[str, str]]
    skipped: list[dict[str, str]]
    more: dict[str, int]


def _collected(made: Iterable[Shard], target: Path, report: Progress) -> _Found:
    files: list[Path] = []
    first: dict[str, list[dict[str, str]]] = {"error": [], "skipped": []}
    more: dict[str, int] = {"error": 0, "skipped": 0}
    problems = done = 0
    with pq.ParquetWriter(target, _PROBLEMS, compression="zstd") as writer:
        for shard in made:
            if shard.file:
                files.append(shard.file)
            done += shard.speeches
            report("extract", done, None)
            problems += len(shard.problems)
            if shard.problems:
                columns = zip(*((p.path, p.reason, p.kind) for p in shard.problems), strict=True)
                writer.write_table(pa.table(list(map(list, columns)), schema=_PROBLEMS))
            for p in shard.problems:
                more[p.kind] += 1
                if len(first[p.kind]) < LISTED:
                    first[p.kind].append({"path": p.path, "reason": p.reason})
    return _Found(files, problems, first["error"], first["skipped"], more)


class _Repeated(NamedTuple):
    """Texts that were read more than once: the first of them, and how many there are."""

    listed: list[dict[str, Any]]
    texts: int


def _once(duck: Duck, files: list[Path]) -> _Repeated:
    """Leave of each speech that was read more than once the one reading that counts.

    Raises:
        BuildError: two different texts carry the same id.
    """
    duck.view("shards", files)
    repeated = _repeated(duck)
    numbered = f"SELECT id, path, doc, text_sha256, filename, file_row_number FROM {duck.scan(files)}"
    same = "(SELECT id FROM shards GROUP BY id HAVING count(*) > 1)"
    rows = (row for batch in duck.batches(f"{numbered} WHERE id IN {same} ORDER BY id, path") for row in _tuples(batch))
    dropped: dict[str, set[int]] = defaultdict(set)
    for id_, readings in groupby(rows, lambda row: row[0]):
        found = list(readings)
        if other := next((r for r in found if r[3] != found[0][3]), None):
            raise BuildError(
                f"two different texts carry the speech id {id_!r}: {found[0][2]} and {other[2]}; rename one of them"
            )
        first = [r for r in found if r[1] == found[0][1]]
        kept = first[surviving([_row(Path(r[4]), r[5]) for r in first])] if len(first) > 1 else first[0]
        for r in found:
            if r is not kept:
                dropped[r[4]].add(r[5])
    for file, numbers in dropped.items():
        without(Path(file), numbers)
    return repeated


def _row(file: Path, number: int) -> Extraction:
    with pq.ParquetFile(file) as shard:
        for group in range(shard.num_row_groups):
            rows = shard.metadata.row_group(group).num_rows
            if number < rows:
                return shards.extractions(shard.read_row_group(group).slice(number, 1))[0]
            number -= rows
    raise IndexError(number)


def _repeated(duck: Duck) -> _Repeated:
    again = "SELECT text_sha256 FROM shards GROUP BY text_sha256 HAVING count(*) > 1"
    select = f"SELECT DISTINCT text_sha256, path, id FROM shards WHERE text_sha256 IN ({again}) ORDER BY 1, 2, 3"
    rows = (row for batch in duck.batches(select) for row in _tuples(batch))
    listed: list[dict[str, Any]] = []
    texts = 0
    for _, readings in groupby(rows, lambda row: row[0]):
        found = [(path, id_) for _, path, id_ in readings]
        if len(found) > 1:
            texts += 1
            if len(listed) < LISTED:
                listed.append({"paths": [p for p, _ in found], "speeches": sorted({i for _, i in found})})
    return _Repeated(sorted(listed, key=lambda r: r["paths"]), texts)


def _tuples(batch: pa.RecordBatch) -> Iterator[tuple[Any, ...]]:
    return zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _concerned(duck: Duck, known: Lexicon, files: list[Path]) -> tuple[Extraction, KnowledgeGraph]:
    """What the lexicon says of what the speeches name, as one more row of the views; a graph with the same nodes of it."""
    everything = known.as_extraction()
    ids = list(zip(*(e.id for e in everything.entities), strict=True)) or [(), (), ()]
    duck.db.register("known", pa.table([pa.array(c, pa.string()) for c in ids], names=["type", "scope", "key"]))
    named = duck.rows(
        "SELECT DISTINCT known.type, known.scope, known.key FROM "
        "(SELECT e.id AS id FROM (SELECT explode(entities) AS e FROM shards) AS found) AS named "
        "JOIN known ON known.type = id.type AND known.scope = id.scope AND known.key = id.key"
    )
    duck.db.unregister("known")
    stand_in = Extraction(
        Speech("named", "", "", "", Source("", "", "")),
        entities=[Entity(EntityId(*id_), id_[2]) for id_ in sorted(named)],
    )
    graph = KnowledgeGraph([everything, stand_in])
    kept = Extraction(
        everything.speech,
        entities=[e for e in everything.entities if e.id in graph.nodes],
        expansions=[x for x in everything.expansions if x.slogan in graph.nodes],
        directives=[d for d in everything.directives if d.issuer in graph.nodes],
        relations=[r for r in everything.relations if r.subject in graph.nodes],
    )
    file = duck.work / "lexicon.parquet"
    pq.write_table(pa.Table.from_batches([shards.batch([kept])]), file)
    duck.views(files, file)
    return everything, graph


def _speeches(files: list[Path], target: Path, base: str) -> int:
    """Write the table of speeches in the order in which they were read: to sort whole texts would take their room."""
    schema = tables.SCHEMAS["speeches"]
    rows = 0
    with pq.ParquetWriter(target, schema, compression="zstd") as writer:
        for file in files:
            found = pq.read_table(file, columns=[name for name in schema.names if name != "iri"])
            cuts = pc.list_value_length(found["cuts"]).cast(pa.int64())
            iris = pa.array([speech_iri(id_, base) for id_ in found["id"].to_pylist()], pa.string())
            columns = {"cuts": cuts, "iri": iris}
            found = pa.table([columns[name] if name in columns else found[name] for name in schema.names], schema)
            writer.write_table(found)
            rows += found.num_rows
    return rows


def _entities(duck: Duck, target: Path) -> int:
    schema = tables.SCHEMAS["entities"]
    pieces: list[Path] = []
    rows = 0
    with pq.ParquetWriter(target, schema, compression="zstd") as writer:
        for piece in duck.per_piece(sql.query("facts"), ("type", "scope", "key"), "facts", "entities"):
            pieces.append(duck.work / "entities" / f"{len(pieces):06}.parquet")
            pq.write_table(piece, pieces[-1], compression="zstd")
            writer.write_table(piece.select(schema.names).cast(schema))
            rows += piece.num_rows
    duck.view("entities", pieces)
    return rows


def _comentions(duck: Duck, target: Path, support: int) -> tuple[int, int]:
    """Write the co-mentions; returns their number, and that of the pairs of frequent entities left out."""
    duck.step("frequent", support=support)
    pieces: list[Path] = []
    for piece in duck.per_piece(sql.query("numbered"), ("speech",), "numbered", "together"):
        pieces.append(duck.work / "together" / f"{len(pieces):06}.parquet")
        pq.write_table(piece, pieces[-1], compression="zstd")
    schema = tables.SCHEMAS["comentions"]
    if not pieces:
        pq.write_table(schema.empty_table(), target)
        return 0, 0
    duck.view("together", pieces)
    pairs = duck.step("pairs")
    rows = duck.step("comentions", support=support)
    with (
        pq.ParquetFile(duck.work / "comentions.parquet") as found,
        pq.ParquetWriter(target, schema, compression="zstd") as writer,
    ):
        for batch in found.iter_batches(columns=schema.names):
            writer.write_table(pa.Table.from_batches([batch]).cast(schema))
    return rows, pairs - rows


def _counts(duck: Duck, rows: dict[str, int]) -> dict[str, Any]:
    ((speeches, characters),) = duck.rows("SELECT count(*), CAST(sum(characters) AS BIGINT) FROM shards")
    types = dict(duck.rows("SELECT type, count(*) FROM entities WHERE mentions > 0 GROUP BY type"))
    said = sum(types.values())
    statuses = "SELECT x.status, count(*) FROM expansion_rows GROUP BY ALL ORDER BY 1"
    edges = duck.rows(
        "SELECT predicate, count(*) FROM (SELECT DISTINCT r.subject, r.predicate AS predicate, r.object FROM "
        "(SELECT explode(relations) AS r FROM everything) AS found) AS edges GROUP BY predicate ORDER BY predicate"
    )
    return {
        "speeches": speeches,
        "characters": characters,
        "entities": said,
        "entities_by_type": {type_: types.get(type_, 0) for type_ in ENTITY_TYPES},
        "entities_from_the_lexicon_alone": rows["entities"] - said,
        "mentions": rows["mentions"],
        "expansions": rows["expansions"],
        "expansions_by_status": dict(duck.rows(statuses)),
        "directives": rows["directives"],
        "relations": sum(n for _, n in edges),
        "relations_by_predicate": dict(edges),
        "comentions": rows["comentions"],
    }


def _nquads(
    duck: Duck,
    files: list[Path],
    graph: KnowledgeGraph,
    folder: Path,
    base: str,
    counts: dict[str, Any],
    run: rdf.Parameters,
    mentions: bool,
    jobs: int,
    report: Progress,
) -> int:
    """Write the graph as sorted, gzipped N-Quads in many files; returns the number of quads."""
    years = dict(duck.rows("SELECT year, count(*) FROM shards WHERE year IS NOT NULL GROUP BY year"))
    places = frozenset(key for (key,) in duck.rows("SELECT key FROM entities WHERE type = 'Place' AND scope = ''"))
    ((sentences,),) = duck.rows("SELECT CAST(sum(sentences) AS BIGINT) FROM shards")
    parts = list(_parts(duck.work, files, folder))
    total = derived = 0
    written = nquads.write(parts, base, nquads.Counted(years, places, sentences), mentions=mentions, jobs=jobs)
    for done, part in enumerate(written, 1):
        total += part.quads
        derived += part.derived
        report("nquads", done, len(parts))
    types: dict[Any, int] = dict(duck.rows("SELECT type, count(*) FROM entities GROUP BY type"))
    left_out = 0
    if counts["comentions"]:
        ((left_out,),) = duck.rows("SELECT count(*) FROM comentions WHERE sentences = 0 AND speeches < 2")
    facts = Facts(counts["speeches"], types, left_out, lexicon=True)
    rest = quads.of_rest(graph, facts, derived, Names(base), run)
    return total + nquads.write_lines(rest, folder / "rest.nq.gz")


def _parts(work: Path, files: list[Path], folder: Path) -> Iterator[nquads.Part]:
    for i, file in enumerate(files):
        yield nquads.Part("speeches", file, folder / f"speeches-{i:06}.nq.gz")
    for i, file in enumerate(sorted((work / "entities").iterdir())):
        yield nquads.Part("entities", file, folder / f"entities-{i:06}.nq.gz")
    pairs = work / "comentions.parquet"
    if pairs.exists():
        with pq.ParquetFile(pairs) as found:
            groups = found.num_row_groups
        for i, first in enumerate(range(0, groups, GROUPS)):
            last = min(first + GROUPS, groups)
            yield nquads.Part("comentions", pairs, folder / f"comentions-{i:06}.nq.gz", first, last)


def _cap(file: str, what: str, shown: int, of: int) -> dict[str, str | int]:
    return {"file": file, "what": what, "shown": shown, "of": of}


def _capped(
    entities: tuple[int, int],
    speeches: tuple[int, int],
    counts: dict[str, Any],
    rare: int,
    support: int,
    mentions: bool,
) -> list[dict[str, str | int]]:
    """What the outputs leave out, with numbers."""
    found = []
    top = "graph.*, store"
    if entities[0] < entities[1] or speeches[0] < speeches[1]:
        found.append(_cap(top, "entities (the tables and nquads have all)", *entities))
        found.append(_cap(top, "speeches (the tables and nquads have all)", *speeches))
    if not mentions:
        what = "mentions one by one (counted by speech; tables/mentions.parquet has all; --mentions full)"
        found.append(_cap(NQUADS, what, 0, counts["mentions"]))
    if rare:
        what = f"pairs of entities that at least {support} speeches name together, of those that each {support} name"
        found.append(_cap("tables/comentions.parquet, nquads", what, counts["comentions"], counts["comentions"] + rare))
    found.append(_cap(NQUADS, "speeches compared for likeness", 0, counts["speeches"]))
    return found


def _unlisted(found: _Found, repeated: _Repeated) -> list[dict[str, str | int]]:
    listed = (
        ("inputs that could not be read", len(found.errors), found.more["error"]),
        ("inputs that were passed over", len(found.skipped), found.more["skipped"]),
        ("texts that were read more than once", len(repeated.listed), repeated.texts),
    )
    return [_cap(MANIFEST, what, shown, of) for what, shown, of in listed if shown < of]
