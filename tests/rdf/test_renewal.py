from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, Store

from kg import rdf
from kg.graph import KnowledgeGraph
from kg.model import Extraction
from kg.rdf import renewal
from kg.rdf.export import SEAL, untouched
from kg.rdf.names import JSONLD, NQUADS, STORE, TURTLE
from kg.rdf.patch import Changes, Nquads, mapped, patch
from tests.made import extractions, lexicon, made

RDF = (NQUADS, TURTLE, JSONLD)


def stored(folder: Path) -> set[str]:
    return {str(quad) for quad in Store.read_only(str(folder / STORE))}


def same(one: Path, other: Path) -> None:
    for name in RDF:
        assert (one / name).read_bytes() == (other / name).read_bytes(), name
    assert stored(one) == stored(other)


def renewed(old: KnowledgeGraph, new: KnowledgeGraph, earlier: Path, folder: Path, base: str) -> None:
    folder.mkdir()
    patched = rdf.update(old, new, earlier, folder, base)
    rdf.update_store(earlier, folder, patched)


@pytest.mark.slow
@settings(max_examples=8, deadline=None)
@given(
    st.lists(extractions(), max_size=3),
    st.lists(extractions(), max_size=3),
    st.lists(extractions(), max_size=2),
    st.sampled_from([rdf.DEFAULT_BASE, "http://a/"]),
)
def test_what_stays_is_copied_and_what_changed_is_written(
    stays: list[Extraction], goes: list[Extraction], comes: list[Extraction], base: str
) -> None:
    try:
        old = KnowledgeGraph.of(lexicon(), *stays, *goes)
        new = KnowledgeGraph.of(lexicon(), *stays, *comes)
    except ValueError:  # two texts of one id
        return
    with tempfile.TemporaryDirectory() as name:
        a, b, c, d = (Path(name) / n for n in "abcd")
        rdf.write(old, a, base)
        rdf.write(new, b, base)
        renewed(old, new, a, c, base)
        same(b, c)
        assert untouched(a / STORE), "the earlier output stays as it is"
        renewed(new, old, c, d, base)
        same(a, d)


@pytest.fixture
def written(tmp_path: Path) -> tuple[KnowledgeGraph, Path]:
    graph, folder = KnowledgeGraph.of(lexicon(), made("a")), tmp_path / "earlier"
    rdf.write(graph, folder)
    return graph, folder


class Unlinked:
    """A store on a file system that knows no links."""

    @staticmethod
    def read_only(path: str) -> Unlinked:
        return Unlinked()

    def backup(self, path: str) -> None:
        Path(path).mkdir()
        raise PermissionError(1, "Operation not permitted", path)


@pytest.mark.parametrize("touch", ["opened", "gone", "no seal", "no links"])
def test_a_store_that_was_touched_is_loaded_anew(
    written: tuple[KnowledgeGraph, Path], tmp_path: Path, touch: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, earlier = written
    assert untouched(earlier / STORE)
    if touch == "opened":
        store = Store(str(earlier / STORE))
        store.add(Quad(*map(NamedNode, ("x:s", "x:p", "x:o", "x:g"))))
        del store
    elif touch == "gone":
        shutil.rmtree(earlier / STORE)
    elif touch == "no seal":
        (earlier / STORE / SEAL).unlink()
    else:
        monkeypatch.setattr(renewal, "Store", Unlinked)
    assert untouched(earlier / STORE) == (touch == "no links")
    new = KnowledgeGraph.of(lexicon(), made("a"), made("b"))
    rdf.write(new, tmp_path / "scratch")
    renewed(old, new, earlier, tmp_path / "renewed", rdf.DEFAULT_BASE)
    same(tmp_path / "scratch", tmp_path / "renewed")


def test_an_output_of_something_else_is_not_changed(written: tuple[KnowledgeGraph, Path], tmp_path: Path) -> None:
    _, earlier = written
    there = (earlier / NQUADS).read_text("utf-8").splitlines()[0]
    for changes in (Changes({"<x:a> <x:b> <x:c> ."}, set()), Changes(set(), {there})):
        with pytest.raises(ValueError, match="not what its build wrote"):
            patch(earlier, tmp_path, changes, rdf.DEFAULT_BASE)


def test_subjects_are_found(written: tuple[KnowledgeGraph, Path]) -> None:
    _, earlier = written
    by_subject: dict[str, list[str]] = {}
    for line in (earlier / NQUADS).read_text("utf-8").split("\n")[:-1]:
        by_subject.setdefault(line.split(" ")[0], []).append(line)
    with mapped(earlier / NQUADS) as data:
        nquads = Nquads(data)
        assert {subject: nquads.of(subject) for subject in by_subject} == by_subject
        assert nquads.of("<x:nobody>") == nquads.of("<a:first>") == nquads.of("<zzz:last>") == []
