"""Speeches in, everything out: corpus → extract → graph → RDF, page, tables; written whole or not at all."""

from __future__ import annotations

import gc
import platform
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from kg import inputs, lexicon, manifest, rdf, scale, tables, view
from kg.cache import Cache
from kg.graph import KnowledgeGraph
from kg.model import Problem
from kg.output import MANIFEST, replacing
from kg.pool import cores
from kg.rdf.names import DEFAULT_BASE, check_base

TIMINGS = "timings.json"
GRAPHML = "graph.graphml"
PAGE = "graph.html"
TABLES = "tables"
MIN_SUPPORT = 3
"""Co-mentions of large corpora are of pairs that so many speeches name together."""

WHAT = {
    "problems": "inputs could not be read",
    "skipped": "inputs were passed over",
    "duplicates": "texts were read more than once",
}

Progress = Callable[[str, int, int | None], None]
"""Called with the stage, what is done, and what there is to do (None where nobody knows)."""


class BuildError(Exception):
    """A build that cannot be done; the message says why and what to do. The last output stays.

    ``status`` is the exit status: 2 where the arguments cannot be used, 1 where no input could be read.
    """

    def __init__(self, message: str, status: int = 2) -> None:
        super().__init__(message)
        self.status = status


class Summary(NamedTuple):
    """What a build did: ``manifest`` is what it wrote to ``manifest.json``, ``timings`` seconds by stage."""

    out: Path
    manifest: dict[str, Any]
    timings: dict[str, float]
    strict: bool
    new: int = 0
    reused: int = 0
    """``new`` texts were read, ``reused`` ones taken from the cache of the last output."""

    @property
    def errors(self) -> list[dict[str, str]]:
        """The inputs that could not be read: path and reason."""
        found: list[dict[str, str]] = self.manifest["problems"]
        return found

    def lines(self) -> Iterator[str]:
        """What the build did, for people."""
        m, n = self.manifest, self.manifest["counts"]
        yield f"{n['speeches']:,} speeches, {n['characters']:,} characters" + (
            f" ({self.reused:,} texts known from the last build, {self.new:,} read)" if self.reused else ""
        )
        yield f"{n['entities']:,} entities ({', '.join(f'{k} {v:,}' for k, v in n['entities_by_type'].items() if v)})"
        yield f"{n['mentions']:,} mentions, {n['expansions']:,} expansions, {n['directives']:,} directives, " + (
            f"{n['relations']:,} relations, {n['quads']:,} quads"
        )
        for capped in m["capped"]:
            yield f"{capped['file']}: {capped['shown']:,} of {capped['of']:,} {capped['what']}"
        for what in ("problems", "skipped", "duplicates"):
            if m[what]:
                yield f"{len(m[what]):,} {WHAT[what]}: see {self.out / MANIFEST}"
        yield f"{self.out / PAGE} ({self.timings['all']:.1f} s)"

    @property
    def status(self) -> int:
        """The exit status: 1 where an input could not be read and ``strict`` was asked for, else 0."""
        return 1 if self.strict and self.errors else 0


def build(
    paths: Iterable[str | Path],
    out: str | Path,
    *,
    lexicon_files: Sequence[Path] = (),
    use_lexicon: bool = True,
    jobs: int | None = None,
    min_confidence: float = 0.0,
    base: str = DEFAULT_BASE,
    strict: bool = False,
    page: view.PageOptions | None = None,
    fresh: bool = False,
    wait: bool = False,
    engine: scale.Engine = "auto",
    mentions: scale.Mentions = "counts",
    min_support: int = MIN_SUPPORT,
    master: str | None = None,
    spark_conf: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Read speeches and write the whole output folder.

    Args:
        paths: files and folders, "-" for standard input.
        out: the folder to write; an earlier output there is replaced when everything is written.
        lexicon_files: the user's own lexicon files, beside the built-in one.
        use_lexicon: False leaves the built-in lexicon out.
        jobs: processes that extract; None takes one for small corpora, else one a core.
        min_confidence: findings that are less sure than this are left out; see ``kg.extract.threshold``.
        base: the beginning of all IRIs.
        strict: whether unreadable inputs make ``Summary.status`` 1; the output is written all the same.
        page: heading, opening size and texts of the browser page; None takes the defaults.
        fresh: make everything anew, whatever an earlier output in ``out`` could spare.
        wait: where another build is writing to ``out``, wait for its end.
        engine: where the graph is built; see ``kg.scale``. The next two are for ``disk`` and ``spark``:
        mentions: what the N-Quads have of mentions.
        min_support: pairs of entities that fewer speeches name together are left out of the co-mentions.
        master: the address of the cluster, for ``spark``; ``spark_conf`` are Spark's own settings. There ``paths`` may be
            URLs of object stores, and ``out`` one; what is no URL must be seen by all machines at the same path.
        progress: called as the work goes on.

    Of an earlier output in ``out`` what its ``cache/`` knows is used again, as far as inputs, lexicon, program and
    parameters are the same. The output does not depend on that, nor on the order of ``paths``, on ``jobs`` or on the
    day; only ``timings.json`` does.

    Raises:
        BuildError: no speech could be read, an input lies in ``out``, or ``base`` will not do.
        OutputError: ``out`` cannot be used; see ``kg.output``.
        LexiconError: a lexicon file has mistakes.
    """
    paths = list(paths)
    report = progress or (lambda stage, done, total: None)
    watch = Watch(report)
    try:
        check_base(base)
    except ValueError as error:
        raise BuildError(str(error)) from error
    _check_apart(paths, Path(out))
    if engine == "spark":
        from kg.scale import spark  # which needs this module

        return spark.build(
            paths,
            out,
            master=master,
            conf=spark_conf,
            lexicon_files=lexicon_files,
            use_lexicon=use_lexicon,
            min_confidence=min_confidence,
            base=base,
            strict=strict,
            page=page,
            mentions=mentions,
            min_support=min_support,
            wait=wait,
            progress=progress,
        )
    if urls := [str(path) for path in (*paths, out) if "://" in str(path)]:
        raise BuildError(f"{urls[0]}: URLs are for clusters; add --engine spark --master URL, or name a file or folder")
    out = Path(out)
    if engine == "disk" or (engine == "auto" and scale.is_large(paths)):
        from kg.scale import disk  # which needs this module

        return disk.build(
            paths,
            out,
            lexicon_files=lexicon_files,
            use_lexicon=use_lexicon,
            jobs=jobs,
            min_confidence=min_confidence,
            base=base,
            strict=strict,
            page=page,
            mentions=mentions,
            min_support=min_support,
            wait=wait,
            progress=progress,
        )
    files = list(inputs.sources(paths))
    with replacing(out, wait=wait) as new, _without_collecting(), ThreadPoolExecutor(1) as beside:
        before = None if fresh else manifest.read(out.resolve())
        # Reading and hashing hundreds of megabytes needs no Python: it goes on while that does something else.
        intact = beside.submit(manifest.intact, out.resolve(), before or {}, *manifest.RDF)
        with watch("lexicon"):
            known = lexicon.load(lexicon_files, builtin=use_lexicon)
        page = page or view.PageOptions()
        parameters = manifest.parameters(known, lexicon_files, use_lexicon, base, min_confidence, page._asdict())
        with watch("extract"):
            old, reason = (Cache(), "as asked for") if fresh else inputs.last(out.resolve(), before, parameters)
            read = inputs.read(
                files,
                known,
                old,
                lexicon_files=lexicon_files,
                builtin=use_lexicon,
                jobs=jobs,
                min_confidence=min_confidence,
                report=lambda texts: report("extract", texts, None),
            )
        if not read.extractions:
            raise nothing(paths, read.problems)
        with watch("merge"):
            try:
                graph = KnowledgeGraph([known.as_extraction(), *read.extractions], together=read.keeper.together)
            except ValueError as error:
                raise BuildError(f"{error}; rename one of them") from error
            counts = manifest.counts(graph)
        run_with = run_of(min_confidence, use_lexicon, lexicon_files)
        with watch("compare"):
            earlier = None
            if before and not reason and before.get("writing") == manifest.writing(parameters):
                earlier = Earlier(out.resolve(), read.keeper.earlier(graph), before["counts"]["quads"])
                if not earlier.worth(graph) or not intact.result():
                    earlier = None
        quads = write_rdf(graph, new, base, watch, run_with, earlier)
        digests = beside.submit(manifest.files, new, *manifest.RDF)
        written = write_views(graph, new, base, watch, page)
        with watch("manifest"):
            read.keeper.write(new, graph)
            described = manifest.describe(graph, read.extractions, read.problems, parameters, counts)
            described["counts"]["quads"] = quads
            files_ = digests.result() | manifest.files(new, *manifest.REST)
            described |= {"tables": written.rows, "capped": written.capped, "files": dict(sorted(files_.items()))}
            manifest.write(new / MANIFEST, described)
        timings = watch.seconds()
        reused = len(read.extractions) - read.new
        run = {
            "seconds": timings,
            "processor_seconds": watch.processor_seconds(),
            "reused": reused,
            "read_anew": read.new,
            "nothing_reused_because": reason or None,
            "cores": cores(),
            "jobs": jobs,
            "platform": platform.platform(),
        }
        manifest.write(new / TIMINGS, run)
    return Summary(out, described, timings, strict, read.new, reused)


def run_of(min_confidence: float, use_lexicon: bool, lexicon_files: Sequence[Path]) -> rdf.Parameters:
    """What the description of the data set says of a run."""
    return {
        "min_confidence": float(min_confidence),
        "lexicon_builtin": use_lexicon,
        "lexicon_files": len(lexicon_files),  # what is in them, the lexicon's version tells
    }


class Earlier(NamedTuple):
    """An earlier output, the graph that it shows, and its number of quads."""

    out: Path
    graph: KnowledgeGraph
    quads: int

    def worth(self, graph: KnowledgeGraph) -> bool:
        """Whether so little has changed that changing the files is less work than writing them."""
        old, new = self.graph.extractions, graph.extractions
        same = sum(1 for id_, extraction in new.items() if extraction is old.get(id_))
        return len(old) + len(new) - 2 * same <= len(new) // 2


class Written(NamedTuple):
    """What ``write`` wrote: quads, rows by table, and what had to be capped (file, what, shown, of)."""

    quads: int
    rows: dict[str, int]
    capped: list[dict[str, str | int]]


class Watch:
    """Tells how long each stage took, and how much of that the processor was at it: ``with watch("extract"): …``."""

    def __init__(self, report: Progress = lambda stage, done, total: None) -> None:
        self.report = report
        self.stages: dict[str, float] = {}
        self.processor: dict[str, float] = {}
        self.stage = ""

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        """Time a stage, and report its beginning."""
        self.stage = stage
        self.report(stage, 0, None)
        start, spent = time.perf_counter(), time.process_time()
        yield
        self.stages[stage] = time.perf_counter() - start
        self.processor[stage] = time.process_time() - spent

    def apart(self, stage: str, of: str, seconds: float, processor: float) -> None:
        """Tell the seconds of a part of a stage as a stage of their own."""
        self.stages[stage], self.processor[stage] = seconds, processor
        self.stages[of] -= seconds
        self.processor[of] -= processor

    def seconds(self) -> dict[str, float]:
        """The seconds of each stage so far, and of all."""
        return _rounded(self.stages)

    def processor_seconds(self) -> dict[str, float]:
        """The same for the processor's time, in all threads of this process."""
        return _rounded(self.processor)


def _rounded(stages: dict[str, float]) -> dict[str, float]:
    return {stage: round(s, 3) for stage, s in (*stages.items(), ("all", sum(stages.values())))}


def write(
    graph: KnowledgeGraph,
    folder: Path,
    base: str = DEFAULT_BASE,
    watch: Watch | None = None,
    options: view.PageOptions | None = None,
    parameters: rdf.Parameters | None = None,
) -> Written:
    """Write a graph to ``folder`` in all its forms: RDF files and store, tables, GraphML, page.

    ``parameters`` are those of the run that extracted: the description of the data set says them.
    Equal graphs give equal bytes, but for the files of ``store/``, which are compared by what they hold.
    """
    watch = watch or Watch()
    quads = write_rdf(graph, folder, base, watch, parameters)
    return write_views(graph, folder, base, watch, options)._replace(quads=quads)


def write_rdf(
    graph: KnowledgeGraph,
    folder: Path,
    base: str,
    watch: Watch,
    parameters: rdf.Parameters | None = None,
    earlier: Earlier | None = None,
) -> int:
    """Write the RDF files and the store; return the number of quads.

    ``earlier``, an output of the same program and parameters, spares work and changes nothing.
    """
    if earlier is None:
        with watch("rdf"):
            return rdf.write(graph, folder, base, parameters or {})
    with watch("rdf"):
        patched = rdf.update(earlier.graph, graph, earlier.out, folder, base)
    with watch("store"):
        rdf.update_store(earlier.out, folder, patched)
    return earlier.quads + len(patched.named.added) - len(patched.named.removed)


def write_views(
    graph: KnowledgeGraph, folder: Path, base: str, watch: Watch, options: view.PageOptions | None = None
) -> Written:
    """Write the tables, GraphML and the page."""
    with watch("tables"):
        rows = tables.write(graph, folder / TABLES, base)
        tables.write_graphml(graph, folder / GRAPHML)
    with watch("page"):
        page = view.write(graph, folder / PAGE, base=base, **(options or view.PageOptions())._asdict())
    watch.apart("layout", "page", *page.layout)
    capped: list[dict[str, str | int]] = []
    if page.shown < page.nodes:
        capped.append({"file": PAGE, "what": "entities on the opening view", "shown": page.shown, "of": page.nodes})
    return Written(0, rows, capped)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Without the search for garbage cycles: hundreds of thousands of tuples live to the end, and none is in a cycle.

    Walking them again and again took a fifth of the time.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _check_apart(paths: list[str | Path], out: Path) -> None:
    """Raise unless all inputs would survive the replacement of ``out``."""
    target = out.resolve()
    for path in paths:
        if str(path) != "-" and Path(path).resolve().is_relative_to(target):
            raise BuildError(f"{path}: lies in the output folder {out}, which a build replaces; choose another one")


def nothing(paths: list[str | Path], problems: list[Problem]) -> BuildError:
    """The error of a build without a speech."""
    where = ", ".join(map(str, paths))
    if errors := [p for p in problems if p.kind == "error"]:
        lines = "".join(f"\n  {p.path}: {p.reason}" for p in errors)
        return BuildError(f"{where}: no speech could be read:{lines}", status=1)
    return BuildError(f"{where}: no speech found; give text, Word, PDF, HTML or record files, or a folder of them")
