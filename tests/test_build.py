from __future__ import annotations

import json
import random
import tempfile
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Store

from kg.build import BuildError, Summary, build, write
from kg.graph import KnowledgeGraph
from kg.lexicon import LexiconError
from kg.model import Extraction
from kg.output import OutputError
from tests.made import TEXT, extractions, lexicon

OTHER = "在机关作风建设会议上的讲话\n同志们：\n要做到“两个确保”，即确保安全、确保稳定。市委要求开展“两个确保”专项行动。"
FILES = {
    "graph.ttl",
    "graph.nq",
    "graph.jsonld",
    "graph.graphml",
    "graph.html",
    "tables",
    "store",
    "cache",
    "manifest.json",
    "timings.json",
}


@pytest.fixture
def speeches(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, "utf-8")
    (folder / "b.txt").write_text(OTHER, "gb18030")
    return folder


def made(speeches: Path, out: Path, **options: object) -> Summary:
    return build([speeches], out, **options)  # type: ignore[arg-type]


def files(folder: Path) -> dict[str, bytes]:
    """The bytes of everything that must not differ: all but the store's own files and the timings."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in folder.rglob("*")
        if p.is_file() and "store" not in p.relative_to(folder).parts and p.name != "timings.json"
    }


def stored(folder: Path) -> set[str]:
    return {str(quad) for quad in Store.read_only(str(folder / "store"))}


def test_a_build_writes_everything(speeches: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    summary = made(speeches, out)
    assert {p.name for p in out.iterdir()} == FILES
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    assert manifest == summary.manifest
    assert manifest["counts"]["speeches"] == 2
    assert {i["encoding"] for i in manifest["inputs"]} >= {"gb18030"}
    assert {Path(i["path"]).name for i in manifest["inputs"]} == {"a.txt", "b.txt"}
    assert set(json.loads((out / "timings.json").read_text())["seconds"]) >= {"extract", "rdf", "page", "all"}
    names = pq.read_table(out / "tables" / "entities.parquet")["name"].to_pylist()
    assert {"三个到位", "两个确保"} <= set(names)
    assert len((out / "graph.nq").read_bytes().splitlines()) == manifest["counts"]["quads"]
    assert len(stored(out)) >= manifest["counts"]["quads"]
    assert any(str(out / "graph.html") in line for line in summary.lines())


def test_neither_order_nor_processes_nor_time_change_a_byte(speeches: Path, tmp_path: Path) -> None:
    (speeches / "again").mkdir()
    (speeches / "again" / "a.txt").write_text(TEXT, "utf-8")
    one, two = tmp_path / "one", tmp_path / "two"
    inputs = [speeches / "a.txt", speeches / "b.txt", speeches / "again"]
    build(inputs, one, jobs=1)
    build(inputs[::-1], two, jobs=2)
    assert files(one) == files(two)
    assert stored(one) == stored(two)


@settings(max_examples=5, deadline=None)
@given(st.lists(extractions(), max_size=3), st.randoms(use_true_random=False))
def test_order_and_split_of_a_corpus_change_no_byte(corpus: list[Extraction], chance: random.Random) -> None:
    shuffled = [lexicon(), *corpus]
    chance.shuffle(shuffled)
    cut = chance.randint(0, len(shuffled))
    with tempfile.TemporaryDirectory() as a, tempfile.TemporaryDirectory() as b:
        assert write(KnowledgeGraph.of(lexicon(), *corpus), Path(a)) == write(
            KnowledgeGraph.of(*shuffled[cut:]) | KnowledgeGraph.of(*shuffled[:cut]), Path(b)
        )
        assert files(Path(a)) == files(Path(b))
        assert stored(Path(a)) == stored(Path(b))


def test_what_cannot_be_read_is_listed(speeches: Path, tmp_path: Path) -> None:
    (speeches / "empty.txt").touch()
    (speeches / "notes.xyz").write_text("x")
    (speeches / "copy.txt").write_text(OTHER, "utf-8")
    summary = made(speeches, tmp_path / "out")
    (problem,) = summary.errors
    assert problem["path"].endswith("empty.txt")
    assert "empty" in problem["reason"]
    assert [Path(p["path"]).name for p in summary.manifest["skipped"]] == ["notes.xyz"]
    ((duplicate),) = summary.manifest["duplicates"]
    assert [Path(p).name for p in duplicate["paths"]] == ["b.txt", "copy.txt"]
    assert len(duplicate["speeches"]) == 2
    assert summary.status == 0
    assert made(speeches, tmp_path / "out", strict=True).status == 1


def test_a_failed_build_leaves_the_last_output(speeches: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    made(speeches, out)
    before = files(out)
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(BuildError, match="no speech found") as nothing:
        build([empty], out)
    assert nothing.value.status == 2
    (empty / "x.txt").touch()
    with pytest.raises(BuildError, match=r"no speech could be read:\n.*x\.txt: empty") as unreadable:
        build([empty], out)
    assert unreadable.value.status == 1
    bad = tmp_path / "bad.yaml"
    bad.write_text("- nonsense: [")
    with pytest.raises(LexiconError, match=r"bad\.yaml"):
        made(speeches, out, lexicon_files=[bad])
    with pytest.raises(BuildError, match="will not do"):
        made(speeches, out, base="no iri")
    assert files(out) == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["bad.yaml", "empty", "in", "out"]


def test_inputs_are_never_replaced(speeches: Path, tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="lies in the output folder"):
        build([speeches / "a.txt"], speeches)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("dear")
    with pytest.raises(OutputError, match="did not write"):
        build([speeches], tmp_path / "mine")
    assert (tmp_path / "mine" / "thesis.txt").exists()
    assert (speeches / "a.txt").read_text("utf-8") == TEXT


def test_an_output_among_the_inputs_is_no_source(speeches: Path) -> None:
    out = speeches / "out"
    made(speeches, out)
    first = files(out)
    summary = made(speeches, out)
    assert summary.manifest["counts"]["speeches"] == 2
    (skipped,) = summary.manifest["skipped"]
    assert "an output of kg" in skipped["reason"]
    again = files(out)
    assert first.keys() == again.keys()
    assert {k for k in first if first[k] != again[k]} == {"manifest.json"}, "only what was passed over differs"


def test_an_output_named_as_input_is_a_source(speeches: Path, tmp_path: Path) -> None:
    made(speeches, tmp_path / "out")
    table = tmp_path / "out" / "tables" / "speeches.parquet"
    summary = build([table], tmp_path / "second")
    assert summary.manifest["counts"]["speeches"] == 2


def test_without_the_lexicon(speeches: Path, tmp_path: Path) -> None:
    summary = made(speeches, tmp_path / "out", use_lexicon=False)
    assert summary.manifest["parameters"]["lexicon"] is None
    assert summary.manifest["counts"]["entities_from_the_lexicon_alone"] == 0
    assert summary.manifest["counts"]["entities_by_type"]["Slogan"] >= 2


def test_progress_is_reported(speeches: Path, tmp_path: Path) -> None:
    seen: list[tuple[str, int, int | None]] = []
    made(speeches, tmp_path / "out", progress=lambda *step: seen.append(step))
    assert ("extract", 2, None) in seen
    assert [stage for stage, done, _ in seen if not done] == [
        *("lexicon", "extract", "merge", "compare", "rdf", "tables", "page", "manifest")
    ]
