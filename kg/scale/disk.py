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
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from kg import inputs, lexicon, manifest, tables, view
from kg.build import MIN_SUPPORT, TABLES, TIMINGS, BuildError, Progress, Summary, Watch, nothing, run_of
from kg.graph import KnowledgeGraph
from kg.lexicon import Lexicon
from kg.model import EntityId, Extraction
from kg.output import MANIFEST, replacing
from kg.pool import cores
from kg.rdf.export import Parameters
from kg.rdf.names import DEFAULT_BASE, speech_iri
from kg.rdf.statements import Names
from kg.scale import Mentions, account, nquads, quads, shards, sql
from kg.scale.account import LISTED, NQUADS, Problems, Repeated, concerned
from kg.scale.collect import Shard, collect, surviving, without
from kg.scale.duck import Duck
from kg.scale.top import top

GROUPS = 1
"""Row groups of co-mentions that make one file of N-Quads."""


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
        parameters = manifest.parameters(known, lexicon_files, use_lexicon, base, min_confidence, page._asdict())
        parameters |= {"mentions": mentions, "min_support": min_support}
        with watch("extract"):
            made = collect(
                inputs.sources(paths),
                work / "shards",
                lexicon_files=lexicon_files,
                builtin=use_lexicon,
                jobs=jobs,
                min_confidence=min_confidence,
            )
            with Problems(new) as problems:
                files = _collected(made, problems, report)
        if not files:
            raise nothing(list(paths), problems.errors())
        with Duck(work, base, threads=jobs) as duck:
            with watch("merge"):
                repeated = _once(duck, files)
                kept, graph = _concerned(duck, known, files)
            with watch("tables"):
                rows = {name: duck.write(sql.query(name), new / TABLES / f"{name}.parquet") for name in sql.TABLES}
                rows["speeches"] = _speeches(files, new / TABLES / "speeches.parquet", base)
            with watch("entities"):
                rows["entities"] = _entities(duck, new / TABLES / "entities.parquet")
            with watch("comentions"):
                rows["comentions"], rare = _comentions(duck, new / TABLES / "comentions.parquet", min_support)
            counts = account.counts(duck, rows)
            run = run_of(min_confidence, use_lexicon, lexicon_files)
            with watch("nquads"):
                counts["quads"] = _nquads(duck, files, graph, new / NQUADS, parameters, counts, run, jobs, report)
            with watch("top"):
                for name in rows:
                    if name != "entities":
                        duck.view(name, new / TABLES / f"{name}.parquet")
                seen = top(duck, kept, counts["entities"], counts["speeches"], counts["characters"])
        shutil.rmtree(work)
        described = account.finish(
            new, "disk", parameters, run, rows, counts, rare, seen, problems, repeated, page, watch
        )
        with watch("manifest"):
            described["files"] = manifest.files(new) | manifest.files(new, f"{NQUADS}/*")
            manifest.write(new / MANIFEST, described)
        timings = watch.seconds()
        ran = {"seconds": timings, "cores": cores(), "jobs": jobs, "platform": platform.platform()}
        manifest.write(new / TIMINGS, ran)
    return Summary(out, described, timings, strict, counts["speeches"], 0)


def _collected(made: Iterable[Shard], problems: Problems, report: Progress) -> list[Path]:
    files: list[Path] = []
    done = 0
    for shard in made:
        if shard.file:
            files.append(shard.file)
        done += shard.speeches
        report("extract", done, None)
        problems.add(shard.problems)
    return files


def _once(duck: Duck, files: list[Path]) -> Repeated:
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


def _repeated(duck: Duck) -> Repeated:
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
    return Repeated(sorted(listed, key=lambda r: r["paths"]), texts)


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
    kept, graph = concerned(everything, (EntityId(*id_) for id_ in named))
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


def _nquads(
    duck: Duck,
    files: list[Path],
    graph: KnowledgeGraph,
    folder: Path,
    parameters: dict[str, Any],
    counts: dict[str, Any],
    run: Parameters,
    jobs: int,
    report: Progress,
) -> int:
    """Write the graph as sorted, gzipped N-Quads in many files; returns the number of quads."""
    base, mentions = parameters["base"], parameters["mentions"] == "full"
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
    facts = account.facts(duck, counts)
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
