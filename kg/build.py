"""Speeches in, everything out: corpus → extract → graph → RDF, page, tables; written whole or not at all."""

from __future__ import annotations

import hashlib
import json
import platform
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from kg import __version__, corpus, lexicon, rdf, tables, view
from kg.corpus.paths import show
from kg.graph import KnowledgeGraph
from kg.model import ENTITY_TYPES, Extraction, Problem, Speech
from kg.output import MANIFEST, PROGRAM, replacing, within
from kg.pool import cores, extract_all
from kg.rdf.names import DEFAULT_BASE, check_base

TIMINGS = "timings.json"
GRAPHML = "graph.graphml"
PAGE = "graph.html"
TABLES = "tables"
LIBRARIES = ("daachorse", "networkx", "opencc", "pyarrow", "pyoxigraph", "pyvis", "rdflib")
"""The libraries whose version can change what is written."""

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

    @property
    def errors(self) -> list[dict[str, str]]:
        """The inputs that could not be read: path and reason."""
        found: list[dict[str, str]] = self.manifest["problems"]
        return found

    def lines(self) -> Iterator[str]:
        """What the build did, for people."""
        m, n = self.manifest, self.manifest["counts"]
        yield f"{n['speeches']:,} speeches, {n['characters']:,} characters"
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
        progress: called as the work goes on.

    The output does not depend on the order of ``paths``, on ``jobs`` or on the day; only ``timings.json`` does.

    Raises:
        BuildError: no speech could be read, an input lies in ``out``, or ``base`` will not do.
        OutputError: ``out`` cannot be used; see ``kg.output``.
        LexiconError: a lexicon file has mistakes.
    """
    paths, out = list(paths), Path(out)
    report = progress or (lambda stage, done, total: None)
    watch = Watch(report)
    try:
        check_base(base)
    except ValueError as error:
        raise BuildError(str(error)) from error
    _check_apart(paths, out)
    files = list(_sources(corpus.paths_of(paths), paths))
    with replacing(out) as new:
        with watch("lexicon"):
            known = lexicon.load(lexicon_files, builtin=use_lexicon)
        with watch("extract"):
            read = _read(files, known, lexicon_files, use_lexicon, jobs, min_confidence, report)
        if not read.extractions:
            raise _nothing(paths, read.problems)
        with watch("merge"):
            try:
                graph = KnowledgeGraph([known.as_extraction(), *read.extractions])
            except ValueError as error:
                raise BuildError(f"{error}; rename one of them") from error
            counts = _counts(graph)
        page = page or view.PageOptions()
        written = write(graph, new, base, watch, page)
        manifest = {
            "program": PROGRAM,
            "version": __version__,
            "libraries": {"python": platform.python_version()} | {name: version(name) for name in LIBRARIES},
            "parameters": {
                "base": base,
                "lexicon": known.version if use_lexicon or lexicon_files else None,
                "lexicon_builtin": use_lexicon,
                "min_confidence": min_confidence,
                "lexicon_files": [{"path": str(f), "sha256": _sha256(f)} for f in sorted(lexicon_files)],
                "page": page._asdict(),
            },
            "counts": counts | {"quads": written.quads},
            "tables": written.rows,
            "inputs": _inputs(graph),
            "problems": _listed(p for p in read.problems if p.kind == "error"),
            "skipped": _listed(p for p in read.problems if p.kind == "skipped"),
            "duplicates": _duplicates(read.extractions),
            "capped": written.capped,
            "files": {
                file.relative_to(new).as_posix(): {"bytes": file.stat().st_size, "sha256": _sha256(file)}
                for file in sorted([*new.glob("graph.*"), *new.glob(f"{TABLES}/*")])
            },
        }
        _write_json(new / MANIFEST, manifest)
        timings = watch.seconds()
        speed = round(counts["characters"] / timings["extract"]) if timings["extract"] else None
        run = {"seconds": timings, "read_and_extracted_characters_per_second": speed, "cores": cores(), "jobs": jobs}
        _write_json(new / TIMINGS, run | {"platform": platform.platform()})
    return Summary(out, manifest, timings, strict)


class Written(NamedTuple):
    """What ``write`` wrote: quads, rows by table, and what had to be capped (file, what, shown, of)."""

    quads: int
    rows: dict[str, int]
    capped: list[dict[str, str | int]]


class Watch:
    """Tells how long each stage took: ``with watch("extract"): …``."""

    def __init__(self, report: Progress = lambda stage, done, total: None) -> None:
        self.report = report
        self.stages: dict[str, float] = {}

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        """Time a stage, and report its beginning."""
        self.report(stage, 0, None)
        start = time.perf_counter()
        yield
        self.stages[stage] = time.perf_counter() - start

    def seconds(self) -> dict[str, float]:
        """The seconds of each stage so far, and of all."""
        return {stage: round(s, 3) for stage, s in (*self.stages.items(), ("all", sum(self.stages.values())))}


def write(
    graph: KnowledgeGraph,
    folder: Path,
    base: str = DEFAULT_BASE,
    watch: Watch | None = None,
    options: view.PageOptions | None = None,
) -> Written:
    """Write a graph to ``folder`` in all its forms: RDF files and store, tables, GraphML, page.

    Equal graphs give equal bytes, but for the files of ``store/``, which are compared by what they hold.
    """
    watch = watch or Watch()
    with watch("rdf"):
        quads = rdf.write(graph, folder, base)
    with watch("tables"):
        rows = tables.write(graph, folder / TABLES, base)
        tables.write_graphml(graph, folder / GRAPHML)
    with watch("page"):
        page = view.write(graph, folder / PAGE, base=base, **(options or view.PageOptions())._asdict())
    capped: list[dict[str, str | int]] = []
    if page.shown < page.nodes:
        capped.append({"file": PAGE, "what": "entities on the opening view", "shown": page.shown, "of": page.nodes})
    return Written(quads, rows, capped)


class _Read(NamedTuple):
    extractions: list[Extraction]
    problems: list[Problem]


def _check_apart(paths: list[str | Path], out: Path) -> None:
    """Raise unless all inputs would survive the replacement of ``out``."""
    target = out.resolve()
    for path in paths:
        if str(path) != "-" and Path(path).resolve().is_relative_to(target):
            raise BuildError(f"{path}: lies in the output folder {out}, which a build replaces; choose another one")


def _read(
    files: list[Path | Problem],
    known: lexicon.Lexicon,
    lexicon_files: Sequence[Path],
    builtin: bool,
    jobs: int | None,
    min_confidence: float,
    report: Progress,
) -> _Read:
    read = _Read([], [])
    for found in extract_all(
        files, known, lexicon_files=lexicon_files, builtin=builtin, jobs=jobs, min_confidence=min_confidence
    ):
        if isinstance(found, Problem):
            read.problems.append(found)
        else:
            read.extractions.append(found)
            report("extract", len(read.extractions), None)
    return read


def _sources(files: Iterable[Path | Problem], paths: list[str | Path]) -> Iterator[Path | Problem]:
    """Each file once, without what lies in an output of kg: that is no source, unless the user names it as one."""
    given = [Path(p).resolve() for p in paths]
    passed: Counter[Path] = Counter()
    seen: set[Path] = set()

    @cache
    def output(folder: Path) -> Path | None:
        around = within(folder)
        return None if around is None or any(g.is_relative_to(around) for g in given) else around

    for file in files:
        path = Path(file.path) if isinstance(file, Problem) else file
        if folder := output(path.parent):
            passed[folder] += 1
        elif path not in seen or isinstance(file, Problem):
            seen.add(path)
            yield file
    for folder, n in sorted(passed.items()):
        yield Problem(show(folder), f"an output of kg ({n} files), not a source", "skipped")


def _nothing(paths: list[str | Path], problems: list[Problem]) -> BuildError:
    where = ", ".join(map(str, paths))
    if errors := [p for p in problems if p.kind == "error"]:
        lines = "".join(f"\n  {p.path}: {p.reason}" for p in errors)
        return BuildError(f"{where}: no speech could be read:{lines}", status=1)
    return BuildError(f"{where}: no speech found; give text, Word, PDF, HTML or record files, or a folder of them")


def _counts(graph: KnowledgeGraph) -> dict[str, Any]:
    said = [node for node in graph.nodes.values() if node.mentions]
    types = Counter(node.id.type for node in said)
    return {
        "speeches": len(graph.speeches),
        "characters": sum(len(s.text) for s in graph.speeches.values()),
        "entities": len(said),
        "entities_by_type": {type_: types[type_] for type_ in ENTITY_TYPES},
        "entities_from_the_lexicon_alone": len(graph.nodes) - len(said),
        "mentions": sum(node.mentions for node in said),
        "expansions": len(graph.expansions),
        "expansions_by_status": dict(sorted(Counter(c.item.status for c in graph.expansions).items())),
        "directives": len(graph.directives),
        "relations": len(graph.edges),
        "relations_by_predicate": dict(sorted(Counter(e.predicate for e in graph.edges).items())),
        "comentions": len(graph.comentions),
    }


def _inputs(graph: KnowledgeGraph) -> list[dict[str, Any]]:
    """The files that were read, each with its speeches."""
    sources: dict[tuple[str, str, str, str | None], list[Speech]] = defaultdict(list)
    for speech in graph.speeches.values():
        s = speech.source
        sources[s.path, s.sha256, s.format, s.encoding].append(speech)
    return [
        {
            "path": path,
            "sha256": sha256,
            "format": format_,
            "encoding": encoding,
            "speeches": [
                {
                    "id": s.id,
                    "doc": s.doc,
                    "characters": len(s.text),
                    "cuts": len(s.cuts),
                    "characters_cut": sum(len(c.removed) for c in s.cuts),
                }
                for s in speeches
            ],
        }
        for (path, sha256, format_, encoding), speeches in sorted(sources.items(), key=lambda item: item[0][:2])
    ]


def _listed(problems: Iterable[Problem]) -> list[dict[str, str]]:
    return [{"path": path, "reason": reason} for path, reason in sorted({(p.path, p.reason) for p in problems})]


def _duplicates(extractions: list[Extraction]) -> list[dict[str, Any]]:
    """Texts that were read more than once; one with the same id counts once, one with another counts again."""
    same: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for extraction in extractions:
        speech = extraction.speech
        same[speech.text].add((speech.source.path, speech.id))
    twice = (sorted(found) for found in same.values() if len(found) > 1)
    return [{"paths": [p for p, _ in found], "speeches": sorted({i for _, i in found})} for found in sorted(twice)]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", "utf-8")
