"""``kg build --engine spark``: the build on a cluster, with the same rules and the same result as on one machine."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kg import inputs, lexicon, manifest, view
from kg.build import MIN_SUPPORT, TABLES, TIMINGS, BuildError, Progress, Summary, Watch, nothing, run_of
from kg.model import Problem
from kg.output import MANIFEST
from kg.rdf.names import DEFAULT_BASE
from kg.rdf.statements import Names
from kg.scale import Mentions, account, quads, sql
from kg.scale.account import NQUADS, Problems
from kg.scale.cluster import PATIENCE, ClusterError, Repetitions, cause, session, told, watched
from kg.scale.places import Place, place
from kg.scale.sources import Input, SourceError, is_url, listed, local
from kg.scale.stages import SHARDS, WORK, Stages
from kg.scale.top import top
from kg.scale.worker import WorkerError, rules

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def build(
    paths: Sequence[str | Path],
    out: str | Path,
    *,
    master: str | None = None,
    conf: Mapping[str, str] | None = None,
    lexicon_files: Sequence[Path] = (),
    use_lexicon: bool = True,
    min_confidence: float = 0.0,
    base: str = DEFAULT_BASE,
    strict: bool = False,
    page: view.PageOptions | None = None,
    mentions: Mentions = "counts",
    min_support: int = MIN_SUPPORT,
    wait: bool = False,
    patience: float = PATIENCE,
    progress: Progress | None = None,
) -> Summary:
    """Read speeches on a cluster and write the whole output folder, as ``kg.scale.disk.build`` does on one machine.

    Args:
        paths: files and folders that all machines see at the same path, and URLs of object stores.
        out: the folder to write, which all machines see too; or a URL, below which the run makes a folder of its own.
        master: the cluster, and ``conf``, Spark's own settings: see ``kg.scale.cluster.session``.
        patience: seconds to wait for a master and a worker.

    The other arguments are those of ``kg.build.build``.

    Raises:
        BuildError: no speech could be read, the cluster cannot be used, or it gave up.
        OutputError: ``out`` cannot be used; see ``kg.output``.
        LexiconError: a lexicon file has mistakes.
    """
    paths = list(paths)
    page = page or view.PageOptions()
    watch = Watch(progress or (lambda stage, done, total: None))
    with _explained(), place(out, wait=wait) as new:
        with watch("lexicon"):
            known = lexicon.load(lexicon_files, builtin=use_lexicon)
        parameters = manifest.parameters(known, lexicon_files, use_lexicon, base, min_confidence, page._asdict())
        parameters |= {"mentions": mentions, "min_support": min_support}
        with watch("list"):
            files, passed = _inputs(paths, new)
        if not files:
            raise nothing(paths, passed)
        new.make(SHARDS, TABLES, NQUADS)
        (new.here / TABLES).mkdir(exist_ok=True)
        with _started(master, conf, patience, watch) as (spark, again):
            cores = spark.sparkContext.defaultParallelism
            stages = Stages(spark, new, base)
            with watch("extract"), Problems(new.here) as problems:
                done = stages.extract(files, rules(lexicon_files, parameters))
                problems.add([*passed, *done.problems])
            if not done.rows:
                raise nothing(paths, problems.errors())
            with watch("merge"):
                repeated = stages.once()
                everything = known.as_extraction()
                kept, graph = account.concerned(everything, stages.named(e.id for e in everything.entities))
                stages.lexicon(kept)
            with watch("tables"):
                rows = {"speeches": stages.texts()} | {name: stages.table(name) for name in sql.TABLES}
            with watch("entities"):
                rows["entities"] = stages.entities()
            with watch("comentions"):
                rows["comentions"], rare = stages.comentions(min_support)
            counts = account.counts(stages, rows)
            run = run_of(min_confidence, use_lexicon, lexicon_files)
            with watch("nquads"):
                lines, derived = stages.statements(mentions == "full")
                facts = account.facts(stages, counts)
                rest = quads.of_rest(graph, facts, derived, Names(base), run)
                stages.rest(quads.Lines(sorted(rest), 0))
                counts["quads"] = lines + len(rest)
            with watch("top"):
                stages.finished()
                seen = top(stages, everything, counts["entities"], counts["speeches"], counts["characters"])
        new.remove(WORK)
        new.sweep(TABLES, NQUADS)
        described = account.finish(
            new.here, "spark", parameters, run, rows, counts, rare, seen, problems, repeated, page, watch
        )
        with watch("manifest"):
            written = {name: {"bytes": f.bytes, "sha256": f.sha256} for name, f in stages.files.items()}
            described["files"] = dict(sorted((manifest.files(new.here) | written).items()))
            manifest.write(new.here / MANIFEST, described)
        timings = watch.seconds()
        ran = {"seconds": timings, "cores": cores, "repeated_tasks": again.count, "platform": platform.platform()}
        manifest.write(new.here / TIMINGS, ran)
    return Summary(Path(new.result), described, timings, strict, counts["speeches"], 0)


def _inputs(paths: Sequence[str | Path], new: Place) -> tuple[list[Input], list[Problem]]:
    """What a cluster reads, each once, and what it does not."""
    files: dict[tuple[str, str], Input] = {}
    passed: list[Problem] = []
    for path in paths:
        if str(path) == "-":
            raise BuildError("-: a cluster cannot read standard input; put it in a file that all machines see")
        for found in listed(str(path)) if is_url(path) else local(inputs.sources([path])):
            if isinstance(found, Problem):
                passed.append(found)
            else:
                files.setdefault((found.root, found.path), found)
    return list(files.values()), passed


@contextmanager
def _started(
    master: str | None, conf: Mapping[str, str] | None, patience: float, watch: Watch
) -> Iterator[tuple[SparkSession, Repetitions]]:
    """A session whose tasks are reported stage by stage, and which of them had to be done again."""
    with ExitStack() as stack:
        with watch("start"):
            spark = stack.enter_context(session(master, conf, patience=patience))
        again = stack.enter_context(watched(spark, lambda done, total: watch.report(watch.stage, done, total)))
        yield spark, again


@contextmanager
def _explained() -> Iterator[None]:
    """Say in a sentence why a cluster gave up."""
    try:
        yield
    except (ClusterError, SourceError, WorkerError) as error:
        raise BuildError(str(error)) from error
    except Exception as error:
        if not type(error).__module__.startswith(("pyspark", "py4j")):
            raise
        said = told(error, (SourceError, WorkerError))
        raise BuildError(said or f"the cluster gave up: {cause(error)}", status=1) from error
