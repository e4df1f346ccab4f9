"""The stages of a build on Spark: workers read, extract and write, and Spark sums up what they found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import pyarrow as pa

from kg import tables
from kg.build import TABLES, BuildError
from kg.graph import KnowledgeGraph
from kg.model import EntityId, Extraction, Problem
from kg.scale import dialect, nquads, quads, shards, sql
from kg.scale.account import LISTED, NQUADS, Repeated
from kg.scale.places import Place
from kg.scale.sources import Input
from kg.scale.worker import REPORT, Rules, extracted, said, tabled, written_lines

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

WORK = "work"
SHARDS = f"{WORK}/shards"

TASKS_PER_CORE = 4
"""So many tasks for each core: when one is slow or its worker is lost, the others have something to do."""

TASK_BYTES = 64 * 2**20
"""Bytes of input for one task at most, where files allow."""

TEXTS_IN_A_FILE = 50_000_000
"""Characters of the speeches in one file of their table."""

Batches = Iterator[pa.RecordBatch]


class File(NamedTuple):
    """A file that a task wrote: name, bytes, sha256, rows (lines), and how many of the lines are derived."""

    name: str
    bytes: int
    sha256: str
    rows: int
    derived: int


class Done(NamedTuple):
    """What the tasks of one stage wrote, in their order, and the problems that they met."""

    files: list[File]
    problems: list[Problem]

    @property
    def rows(self) -> int:
        """The rows or lines in all files."""
        return sum(file.rows for file in self.files)

    @property
    def derived(self) -> int:
        """The lines in the graph of what is derived."""
        return sum(file.derived for file in self.files)


def tasks(inputs: Sequence[Input], cores: int) -> list[list[Input]]:
    """Share inputs out in tasks of about the same number of bytes, in order; a file is never split."""
    size = max(1, min(TASK_BYTES, sum(i.size for i in inputs) // (TASKS_PER_CORE * cores)))
    shared: list[list[Input]] = []
    filled = size
    for item in inputs:
        if filled >= size:
            shared.append([])
            filled = 0
        shared[-1].append(item)
        filled += item.size
    return shared


class Stages:
    """What a session does at a place, one stage after the other; ``files`` are those that it has written there.

    It answers queries over the views of ``kg.scale.sql`` as the engine of one machine does.
    """

    def __init__(self, spark: SparkSession, place: Place, base: str) -> None:
        self.spark, self.place, self.base = spark, place, base
        self.files: dict[str, File] = {}
        dialect.prepare(spark, base)

    def extract(self, inputs: Sequence[Input], rules: Rules) -> Done:
        """Read and extract on the workers; the rows of ``shards`` go to Parquet files."""
        work = tasks(inputs, self.spark.sparkContext.defaultParallelism)
        shared = self.spark.sparkContext.broadcast(work)
        folder = self.place.path(SHARDS)

        def run(numbers: Batches) -> Batches:
            for batch in numbers:
                for number in batch.column(0).to_pylist():
                    yield from extracted(number, shared.value[number], rules, folder)

        return _done(self.spark.range(0, len(work), 1, max(1, len(work))), run)

    def once(self) -> Repeated:
        """Make the view ``shards``: every speech once. Tells which texts were read more than once.

        Raises:
            BuildError: two different texts carry the same id.
        """
        every = self._read(SHARDS)
        every.createOrReplaceTempView("every")
        twice = self.spark.sql(
            "SELECT id, count(DISTINCT text_sha256) AS texts, min(doc) AS one, max(doc) AS other"
            " FROM every GROUP BY id HAVING count(*) > 1"
        ).persist()
        for row in twice.where("texts > 1").orderBy("id").limit(1).collect():
            raise BuildError(
                f"two different texts carry the speech id {row.id!r}: {row.one} and {row.other}; rename one of them"
            )
        if twice.isEmpty():
            every.createOrReplaceTempView("shards")
        else:
            ids = twice.select("id")
            chosen = every.join(ids, "id", "left_semi").select(*every.columns).groupBy("id")
            self._keep("chosen", chosen.applyInArrow(_surviving, every.schema))
            kept = every.join(ids, "id", "left_anti").select(*every.columns)
            kept.unionByName(self._read(f"{WORK}/chosen")).createOrReplaceTempView("shards")
        again = self.spark.sql(
            "SELECT text_sha256, array_sort(collect_set(struct(path, id))) AS found FROM every"
            " GROUP BY text_sha256 HAVING count(DISTINCT path, id) > 1"
        ).persist()
        first = [row.found for row in again.orderBy("text_sha256").limit(LISTED).collect()]
        listed = [{"paths": [f.path for f in same], "speeches": sorted({f.id for f in same})} for same in first]
        return Repeated(sorted(listed, key=lambda same: same["paths"]), again.count() if first else 0)

    def named(self, among: Iterable[EntityId]) -> list[EntityId]:
        """Which of some entities the speeches name."""
        columns = list(zip(*among, strict=True)) or [(), (), ()]
        asked = pa.table([pa.array(column, pa.string()) for column in columns], names=EntityId._fields)
        self.spark.createDataFrame(asked).createOrReplaceTempView("asked")
        rows = self.rows(
            "SELECT DISTINCT asked.type, asked.scope, asked.key FROM (SELECT explode(entities) AS e FROM shards) AS found"
            " JOIN asked ON asked.type = e.id.type AND asked.scope = e.id.scope AND asked.key = e.id.key"
        )
        return [EntityId(*row) for row in rows]

    def lexicon(self, known: Extraction) -> None:
        """Make the views that need what the lexicon says of the entities concerned."""
        rows = self.spark.createDataFrame(pa.Table.from_batches([shards.batch([known])]))
        rows.createOrReplaceTempView("lexicon")
        for view in sql.VIEWS:
            dialect.run(self.spark, view).createOrReplaceTempView(view)

    def texts(self) -> int:
        """Write the table of speeches, in no order: to sort whole texts would send all of them over the network."""
        columns = [name for name in tables.SCHEMAS["speeches"].names if name not in ("cuts", "iri")]
        cuts, iri = "CAST(size(cuts) AS BIGINT) AS cuts", "speech_iri(id) AS iri"
        found = self.spark.table("shards").selectExpr(*columns, cuts, iri)
        ((characters,),) = self.rows("SELECT CAST(sum(characters) AS BIGINT) FROM shards")
        return self._table("speeches", found.coalesce(1 + characters // TEXTS_IN_A_FILE))

    def table(self, name: str) -> int:
        """Write a table whose rows are what one query gives; returns their number."""
        return self._table(name, dialect.run(self.spark, name))

    def entities(self) -> int:
        """Count the entities and write their table."""
        dialect.run(self.spark, "facts").createOrReplaceTempView("facts")
        self.step("entities")
        return self._table("entities", self.spark.table("entities").orderBy("type", "scope", "key"))

    def comentions(self, support: int) -> tuple[int, int]:
        """Count the co-mentions and write their table; the pairs in it, and those left out for want of support."""
        self.step("frequent", support=support)
        for view in ("numbered", "together"):
            dialect.run(self.spark, view).createOrReplaceTempView(view)
        pairs = self.step("pairs")
        self.step("comentions", support=support)
        order = [f"{end}_{part}" for end in "ab" for part in EntityId._fields]
        rows = self._table("comentions", self.spark.table("comentions").orderBy(*order))
        return rows, pairs - rows

    def statements(self, mentions: bool) -> tuple[int, int]:
        """Write what the speeches say and what is counted over them: the lines, and how many of them are derived."""
        spark, base, folder = self.spark, self.base, self.place.path(NQUADS)
        counted = self._counted()
        texts = spark.table("shards").select(*shards.SCHEMA.names)
        parts = [
            _done(texts, lambda rows: said(_partition(), rows, base, folder, mentions)),
            _done(spark.table("entities"), lambda rows: _lines("entities", rows, counted, base, folder)),
            _done(spark.table("comentions"), lambda rows: _lines("comentions", rows, counted, base, folder)),
        ]
        for part in parts:
            self.files |= {f"{NQUADS}/{file.name}": file for file in part.files}
        return sum(part.rows for part in parts), sum(part.derived for part in parts)

    def rest(self, pieces: quads.Lines) -> None:
        """Write the N-Quads that are left."""
        for row in written_lines("rest", [pieces], self.place.path(NQUADS)).to_pylist():
            self.files[f"{NQUADS}/{row['file']}"] = _file(row)

    def rows(self, select: str) -> list[tuple[Any, ...]]:
        """What a query gives, all of it."""
        return [tuple(row) for row in self.spark.sql(dialect.spoken(select)).collect()]

    def step(self, name: str, **numbers: int) -> int:
        """Run a query of ``kg.scale.sql`` and make a view of what it gave; returns the number of rows."""
        return self._keep(name, dialect.run(self.spark, name, **numbers))

    def speeches(self, ids: Sequence[str] | None = None) -> pa.Table:
        """Rows of ``shards``: those with some ids, or all."""
        found = self.spark.table("shards").select(*shards.SCHEMA.names)
        if ids is not None:
            found = found.where(found.id.isin(*ids))
        return found.toArrow()

    def finished(self) -> None:
        """Make a view of each table that was written, in place of what it was made from, but for ``entities``."""
        for name in tables.SCHEMAS:
            if name not in ("entities", "comentions"):
                self._read(f"{TABLES}/{name}.parquet").createOrReplaceTempView(name)

    def _table(self, name: str, rows: DataFrame) -> int:
        file = f"{TABLES}/{name}.parquet"
        folder = self.place.path(file)
        self.place.make(file)
        done = _done(rows, lambda batches: tabled(_partition(), batches, name, folder))
        if not done.files:
            (empty,) = tabled(0, [], name, folder, empty=True)
            done = Done([_file(row) for row in empty.to_pylist()], [])
        if len(done.files) == 1:
            self.place.unwrap(file, done.files[0].name)
            self.files[file] = done.files[0]
        else:
            self.files |= {f"{file}/{part.name}": part for part in done.files}
        return done.rows

    def _counted(self) -> nquads.Counted:
        years = dict(self.rows("SELECT year, count(*) FROM shards WHERE year IS NOT NULL GROUP BY year"))
        places = frozenset(key for (key,) in self.rows("SELECT key FROM entities WHERE type = 'Place' AND scope = ''"))
        ((sentences,),) = self.rows("SELECT CAST(sum(sentences) AS BIGINT) FROM shards")
        return nquads.Counted(years, places, sentences)

    def _keep(self, name: str, rows: DataFrame) -> int:
        rows.write.mode("overwrite").parquet(self.place.spark(f"{WORK}/{name}"))
        kept = self._read(f"{WORK}/{name}")
        kept.createOrReplaceTempView(name)
        return kept.count()

    def _read(self, name: str) -> DataFrame:
        return self.spark.read.parquet(_glob(self.place.spark(name)))


def _done(rows: DataFrame, run: Callable[[Batches], Batches]) -> Done:
    """Run a function that reports on every partition."""
    from pyspark.sql.pandas.types import from_arrow_schema

    report = rows.mapInArrow(run, from_arrow_schema(REPORT)).toArrow().to_pylist()
    report.sort(key=lambda row: row["task"])
    problems = [Problem(r["path"], r["reason"], r["kind"]) for r in report if r["reason"] is not None]
    return Done([_file(row) for row in report if row["file"]], problems)


def _file(row: dict[str, Any]) -> File:
    return File(row["file"], row["bytes"], row["sha256"], row["rows"], row["derived"] or 0)


def _lines(
    kind: Literal["entities", "comentions"], rows: Batches, counted: nquads.Counted, base: str, folder: str
) -> Batches:
    """Write what is said of entities or pairs, from their rows."""
    task = _partition()
    yield written_lines(f"{kind}-{task:06}", nquads.counts(kind, rows, counted, base), folder, task)


def _partition() -> int:
    """The number of the partition that this Python works on."""
    from pyspark import TaskContext

    context = TaskContext.get()
    assert context is not None
    return context.partitionId()


def _surviving(rows: pa.Table) -> pa.Table:
    """Of the rows with one id that which counts, by the rule of the graph."""
    found = shards.extractions(rows.select(shards.SCHEMA.names))
    (kept,) = KnowledgeGraph(found).extractions.values()
    return rows.slice(found.index(kept), 1)


def _glob(path: str) -> str:
    """A path as Spark reads it: what is a pattern to it stands for itself."""
    return "".join(f"\\{c}" if c in "{}[]*?\\" else c for c in path)
