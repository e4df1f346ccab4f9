"""``manifest.json``: what made an output, of which inputs, what it counts, and what was left out.

It also says what the next build may use of this one: ``reading`` and ``writing`` are digests of everything beside the
inputs that extraction, or the RDF of the output, depends on.
"""

from __future__ import annotations

import functools
import hashlib
import json
import platform
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Any

from kg import __version__
from kg.graph import KnowledgeGraph
from kg.lexicon import Lexicon
from kg.model import ENTITY_TYPES, Extraction, Problem, Speech
from kg.output import MANIFEST, PROGRAM
from kg.rdf.names import JSONLD, NQUADS, TURTLE

LIBRARIES = (
    *("charset-normalizer", "daachorse", "jinja2", "msgspec", "networkx", "opencc", "pyarrow", "pyoxigraph"),
    *("pypdf", "pypinyin", "python-docx", "pyvis", "PyYAML", "rdflib", "selectolax"),
)
"""The libraries whose version can change what is written."""

RDF = (NQUADS, TURTLE, JSONLD)
CACHE = ("cache/*", "cache/texts/*")
REST = ("graph.graphml", "graph.html", "tables/*", *CACHE)
"""The files of an output, as patterns: those that a later build may go on from, and the others."""

READING = ("comention.py", "corpus", "extract", "lexicon", "model.py", "outline.py", "pool.py")
"""The parts of the program on which what is kept of a text depends."""


def write(path: Path, manifest: dict[str, Any]) -> None:
    """Write a manifest, or other JSON of the output folder."""
    path.write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", "utf-8")


def read(out: Path) -> dict[str, Any] | None:
    """The manifest of an output folder; None where there is none of this program."""
    try:
        found = json.loads((out / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and found.get("program") == PROGRAM else None


def describe(
    graph: KnowledgeGraph,
    extractions: list[Extraction],
    problems: Iterable[Problem],
    parameters: dict[str, Any],
    counts: dict[str, Any],
) -> dict[str, Any]:
    """The manifest, but for what only the written files tell."""
    problems = list(problems)
    return {
        "program": PROGRAM,
        "version": __version__,
        "libraries": libraries(),
        "reading": reading(parameters),
        "writing": writing(parameters),
        "parameters": parameters,
        "counts": counts,
        "inputs": _inputs(graph),
        "problems": _listed(p for p in problems if p.kind == "error"),
        "skipped": _listed(p for p in problems if p.kind == "skipped"),
        "duplicates": _duplicates(extractions),
    }


def files(out: Path, *patterns: str) -> dict[str, dict[str, Any]]:
    """Size and sha256 of the files of an output, by path; those of ``store/`` differ from run to run, so it has none.

    ``patterns`` take some of its files only.
    """
    found = [f for pattern in patterns or (*RDF, *REST) for f in out.glob(pattern) if f.is_file()]
    return {f.relative_to(out).as_posix(): {"bytes": f.stat().st_size, "sha256": sha256(f)} for f in sorted(found)}


def intact(out: Path, manifest: dict[str, Any], *patterns: str) -> bool:
    """Whether an output holds what its manifest says: the same files of these patterns, with the same content."""
    listed = manifest.get("files")
    if not isinstance(listed, dict):
        return False
    promised = {path: a for path, a in listed.items() if any(PurePosixPath(path).match(p) for p in patterns)}
    try:
        return bool(promised) and promised == files(out, *patterns)
    except OSError:
        return False


@functools.cache
def libraries() -> dict[str, str]:
    """The versions of Python and of the libraries that can change what is written."""
    return {"python": platform.python_version()} | {name: version(name) for name in LIBRARIES}


def reading(parameters: dict[str, Any]) -> str:
    """The digest of what an extraction depends on beside its text: program, libraries, lexicon, threshold."""
    chosen = {name: parameters[name] for name in ("lexicon", "lexicon_builtin", "min_confidence")}
    return _digest([__version__, libraries(), chosen, _program(READING)])


def writing(parameters: dict[str, Any]) -> str:
    """The digest of what the statements of an output depend on beside its inputs: as ``reading``, all of the program."""
    return _digest([reading(parameters), parameters["base"], len(parameters["lexicon_files"]), _program()])


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:16]


@functools.cache
def _program(parts: tuple[str, ...] = ("",)) -> str:
    """The digest of the program's own files: a changed rule counts, even where the version stayed."""
    folder = Path(__file__).parent
    files = [f for part in parts for f in ((folder / part).rglob("*") if not part.endswith(".py") else [folder / part])]
    digest = hashlib.sha256()
    for file in sorted(files):
        if file.is_file() and file.suffix != ".pyc":
            digest.update(f"{file.relative_to(folder).as_posix()} {sha256(file)}\n".encode())
    return digest.hexdigest()


def parameters(
    known: Lexicon, files: Sequence[Path], builtin: bool, base: str, min_confidence: float, page: dict[str, Any]
) -> dict[str, Any]:
    """What a build was asked for, as every engine writes it: equal parameters and inputs give equal outputs."""
    return {
        "base": base,
        "lexicon": known.version if builtin or files else None,
        "lexicon_builtin": builtin,
        "min_confidence": min_confidence,
        "lexicon_files": [{"path": str(f), "sha256": sha256(f)} for f in sorted(files)],
        "page": page,
    }


def sha256(path: Path) -> str:
    """The sha256 of a file, in hex digits.

    Raises OSError.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def counts(graph: KnowledgeGraph) -> dict[str, Any]:
    """What the graph holds, in numbers."""
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
