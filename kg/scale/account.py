"""What every engine for large corpora does alike: what it counts, what it leaves out and says so, and its last steps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from kg import __version__, manifest, rdf, tables, view
from kg.build import GRAPHML, PAGE, TABLES, Watch
from kg.graph import KnowledgeGraph
from kg.model import ENTITY_TYPES, Entity, EntityId, Extraction, Problem, Source, Speech
from kg.output import MANIFEST, PROGRAM
from kg.rdf.export import Facts
from kg.scale.top import Session, Top

NQUADS = "nquads"
LISTED = 1000
"""Problems of a kind, and repeated texts, that the manifest lists; the tables have all of them."""

_PROBLEMS = pa.schema([("path", pa.string()), ("reason", pa.string()), ("kind", pa.string())])


class Problems:
    """The problems of a run, as they come: all go to ``tables/problems.parquet``, the first are kept for the manifest."""

    def __init__(self, folder: Path) -> None:
        """Begin the table in an output folder."""
        self.count = 0
        self.listed: dict[str, list[dict[str, str]]] = {"error": [], "skipped": []}
        self.more: dict[str, int] = {"error": 0, "skipped": 0}
        self._writer = pq.ParquetWriter(folder / TABLES / "problems.parquet", _PROBLEMS, compression="zstd")

    def __enter__(self) -> Problems:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._writer.close()

    def add(self, problems: Sequence[Problem]) -> None:
        """Note some more."""
        self.count += len(problems)
        if problems:
            columns = zip(*((p.path, p.reason, p.kind) for p in problems), strict=True)
            self._writer.write_table(pa.table(list(map(list, columns)), schema=_PROBLEMS))
        for p in problems:
            self.more[p.kind] += 1
            if len(self.listed[p.kind]) < LISTED:
                self.listed[p.kind].append({"path": p.path, "reason": p.reason})

    def errors(self) -> list[Problem]:
        """The first that were errors."""
        return [Problem(**p, kind="error") for p in self.listed["error"]]


class Repeated(NamedTuple):
    """Texts that were read more than once: the first of them, and how many there are."""

    listed: list[dict[str, Any]]
    texts: int


def concerned(lexicon: Extraction, named: Iterable[EntityId]) -> tuple[Extraction, KnowledgeGraph]:
    """What the lexicon says of what the speeches name, and a graph in which the same of the lexicon is concerned.

    ``named`` are the entities of the lexicon that the speeches name.
    """
    stand_in = Extraction(
        Speech("named", "", "", "", Source("", "", "")), entities=[Entity(id_, id_.key) for id_ in sorted(named)]
    )
    graph = KnowledgeGraph([lexicon, stand_in])
    kept = Extraction(
        lexicon.speech,
        entities=[e for e in lexicon.entities if e.id in graph.nodes],
        expansions=[x for x in lexicon.expansions if x.slogan in graph.nodes],
        directives=[d for d in lexicon.directives if d.issuer in graph.nodes],
        relations=[r for r in lexicon.relations if r.subject in graph.nodes],
    )
    return kept, graph


def counts(session: Session, rows: dict[str, int]) -> dict[str, Any]:
    """What the manifest counts; ``rows`` are those of the tables."""
    ((speeches, characters),) = session.rows("SELECT count(*), CAST(sum(characters) AS BIGINT) FROM shards")
    types = dict(session.rows("SELECT type, count(*) FROM entities WHERE mentions > 0 GROUP BY type"))
    said = sum(types.values())
    statuses = "SELECT x.status, count(*) FROM expansion_rows GROUP BY ALL ORDER BY 1"
    edges = session.rows(
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
        "expansions_by_status": dict(session.rows(statuses)),
        "directives": rows["directives"],
        "relations": sum(n for _, n in edges),
        "relations_by_predicate": dict(edges),
        "comentions": rows["comentions"],
    }


def facts(session: Session, counts: dict[str, Any]) -> Facts:
    """What the description of the data set counts."""
    types: dict[Any, int] = dict(session.rows("SELECT type, count(*) FROM entities GROUP BY type"))
    left_out = 0
    if counts["comentions"]:
        ((left_out,),) = session.rows("SELECT count(*) FROM comentions WHERE sentences = 0 AND speeches < 2")
    return Facts(counts["speeches"], types, left_out, lexicon=True)


def finish(
    here: Path,
    engine: str,
    parameters: dict[str, Any],
    run: rdf.Parameters,
    rows: dict[str, int],
    counts: dict[str, Any],
    rare: int,
    seen: Top,
    problems: Problems,
    repeated: Repeated,
    page: view.PageOptions,
    watch: Watch,
) -> dict[str, Any]:
    """Write what is made of the top of the graph into the output folder; give its manifest but for ``files``.

    ``run`` is what the description of the data set says of the parameters, ``rare`` the number of pairs that were left out for want of support.
    """
    base = parameters["base"]
    with watch("rdf"):
        rdf.write(seen.graph, here, base, run)
        tables.write_graphml(seen.graph, here / GRAPHML)
    with watch("page"):
        shown = view.write(seen.graph, here / PAGE, base=base, **page._asdict())
    capped = _capped(seen, counts, rare, parameters) + _unlisted(problems, repeated)
    if shown.shown < shown.nodes:
        capped.append(_cap(PAGE, "entities on the opening view", shown.shown, shown.nodes))
    return {
        "program": PROGRAM,
        "version": __version__,
        "engine": engine,
        "libraries": manifest.libraries(),
        "parameters": parameters,
        "counts": counts,
        "inputs": {"table": f"{TABLES}/speeches.parquet"},
        "problems": sorted(problems.listed["error"], key=lambda p: (p["path"], p["reason"])),
        "skipped": sorted(problems.listed["skipped"], key=lambda p: (p["path"], p["reason"])),
        "duplicates": repeated.listed,
        "tables": rows | {"problems": problems.count},
        "capped": capped,
    }


def _cap(file: str, what: str, shown: int, of: int) -> dict[str, str | int]:
    return {"file": file, "what": what, "shown": shown, "of": of}


def _capped(seen: Top, counts: dict[str, Any], rare: int, parameters: dict[str, Any]) -> list[dict[str, str | int]]:
    """What the outputs leave out, with numbers."""
    found = []
    top = "graph.*, store"
    if seen.entities[0] < seen.entities[1] or seen.speeches[0] < seen.speeches[1]:
        found.append(_cap(top, "entities (the tables and nquads have all)", *seen.entities))
        found.append(_cap(top, "speeches (the tables and nquads have all)", *seen.speeches))
    if parameters["mentions"] != "full":
        what = "mentions one by one (counted by speech; tables/mentions.parquet has all; --mentions full)"
        found.append(_cap(NQUADS, what, 0, counts["mentions"]))
    if rare:
        n = parameters["min_support"]
        what = f"pairs of entities that at least {n} speeches name together, of those that each {n} name"
        found.append(_cap("tables/comentions.parquet, nquads", what, counts["comentions"], counts["comentions"] + rare))
    found.append(_cap(NQUADS, "speeches compared for likeness", 0, counts["speeches"]))
    return found


def _unlisted(problems: Problems, repeated: Repeated) -> list[dict[str, str | int]]:
    listed = (
        ("inputs that could not be read", len(problems.listed["error"]), problems.more["error"]),
        ("inputs that were passed over", len(problems.listed["skipped"]), problems.more["skipped"]),
        ("texts that were read more than once", len(repeated.listed), repeated.texts),
    )
    return [_cap(MANIFEST, what, shown, of) for what, shown, of in listed if shown < of]
