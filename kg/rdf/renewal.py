"""The RDF of an output, made from that of an earlier one: only what the graphs say differently is written anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, Store, parse

from kg.graph import KnowledgeGraph
from kg.rdf.changes import changes
from kg.rdf.export import load_store, seal, untouched
from kg.rdf.lines import statement
from kg.rdf.names import DEFAULT_BASE, NQUADS, STORE
from kg.rdf.patch import Nquads, Patched, mapped, patch


def update(old: KnowledgeGraph, new: KnowledgeGraph, earlier: Path, folder: Path, base: str = DEFAULT_BASE) -> Patched:
    """Write the files that ``export.write`` would write of ``new``, by way of what it wrote of ``old`` to ``earlier``.

    Both graphs are made with the same lexicon. ``update_store`` makes the store, of what this returns.

    Raises:
        ValueError: ``earlier`` does not hold ``old``.
        OSError: the folder cannot be written.
    """
    with mapped(earlier / NQUADS) as data:
        found = changes(old, new, Nquads(data).of, base)
    return patch(earlier, folder, found, base)


def update_store(earlier: Path, folder: Path, patched: Patched) -> None:
    """Write the store: a copy of the earlier one, whose files are linked, with the statements that changed.

    Where the earlier one has been touched, is gone or cannot be linked, the new one is loaded from the files in
    ``folder``.
    """
    if not untouched(earlier / STORE):
        load_store(folder)
        return
    try:
        # Opened for reading only, so that the earlier output stays as it is.
        Store.read_only(str(earlier / STORE)).backup(str(folder / STORE))
    except (
        OSError,
        RuntimeError,
    ):  # a file system without links, or a store that does not open: the files beside it have it all
        load_store(folder)
        return
    store = Store(str(folder / STORE))
    # The default graph of the store is the union of all graphs, those of no name included.
    for quad in _quads(line for line in patched.named.removed if statement(line).graph):
        store.remove(quad)
    for quad in _quads(patched.union.removed):
        store.remove(quad)
    store.extend(_quads(line for line in patched.named.added if statement(line).graph))
    store.extend(_quads(patched.union.added))
    store.flush()
    del store  # closes it
    seal(folder / STORE)


def _quads(lines: Iterable[str]) -> Iterator[Quad]:
    return parse("\n".join(lines), format=RdfFormat.N_QUADS)
