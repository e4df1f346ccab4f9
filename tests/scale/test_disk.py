"""The disk engine: the same graph as in memory, each thing that it leaves out said, whatever the inputs."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from kg import tables
from kg.build import BuildError, Summary, build
from kg.corpus import read
from kg.model import Speech
from kg.scale import collect, duck, is_large, top

pytestmark = pytest.mark.slow

SEEDS = Path(__file__).parents[2] / "seeds"


def disk(paths: list[Path], out: Path, **options: Any) -> Summary:
    return build(paths, out, engine="disk", jobs=1, **options)


def rows(out: Path, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(out / "tables" / f"{table}.parquet").to_pylist()
    return found


def lines(out: Path) -> list[str]:
    texts = [gzip.decompress(file.read_bytes()).decode() for file in sorted((out / "nquads").iterdir())]
    assert all(text.split("\n")[:-1] == sorted(text.split("\n")[:-1]) for text in texts)
    return [line for text in texts for line in text.split("\n")[:-1]]


@pytest.fixture(scope="module")
def in_memory(tmp_path_factory: pytest.TempPathFactory) -> Summary:
    return build([SEEDS], tmp_path_factory.mktemp("memory") / "out", engine="memory", jobs=1)


@pytest.fixture(scope="module")
def in_pieces(tmp_path_factory: pytest.TempPathFactory) -> Summary:
    """Built with everything cut so small that several shards, pieces and files come of it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(collect, "SHARD_TEXTS", 5)
        patch.setattr(collect, "GROUP", 2)
        patch.setattr(duck, "PIECE", 300)
        return disk([SEEDS], tmp_path_factory.mktemp("disk") / "out", mentions="full", min_support=1)


@pytest.mark.parametrize("table", tables.SCHEMAS)
def test_the_tables_are_those_of_the_graph_in_memory(in_memory: Summary, in_pieces: Summary, table: str) -> None:
    found_rows, expected = rows(in_pieces.out, table), rows(in_memory.out, table)
    if table == "speeches":  # in the order of reading
        found_rows.sort(key=lambda row: str(row["id"]))
    assert found_rows == expected
    found = pq.read_schema(in_pieces.out / "tables" / f"{table}.parquet")
    assert found.names == tables.SCHEMAS[table].names
    assert found.types == tables.SCHEMAS[table].types


def test_the_quads_are_those_of_the_graph_in_memory_but_for_likeness(in_memory: Summary, in_pieces: Summary) -> None:
    found = lines(in_pieces.out)
    expected = (in_memory.out / "graph.nq").read_text("utf-8").split("\n")[:-1]
    derived = "<https://speech-kg.example/graph/derived> <http://rdfs.org/ns/void#triples>"
    kept = [line for line in expected if "/likeness/" not in line and not line.startswith(derived)]
    assert sorted(line for line in found if not line.startswith(derived)) == kept
    assert len(found) == len(set(found)) == in_pieces.manifest["counts"]["quads"]
    size = sum(
        line.endswith(" <https://speech-kg.example/graph/derived> .") for line in found if "#subset> " not in line
    )
    assert any(line.startswith(f'{derived} "{size}"') for line in found)


def test_a_graph_small_enough_to_see_is_seen_whole(in_memory: Summary, in_pieces: Summary) -> None:
    for name in ("graph.nq", "graph.ttl", "graph.html", "graph.graphml"):
        assert (in_pieces.out / name).read_bytes() == (in_memory.out / name).read_bytes()


def test_the_manifest_counts_the_same(in_memory: Summary, in_pieces: Summary) -> None:
    mine, theirs = (dict(s.manifest["counts"]) for s in (in_pieces, in_memory))
    assert mine.pop("quads") < theirs.pop("quads")  # likeness
    assert mine == theirs
    for what in ("problems", "skipped", "duplicates"):
        assert in_pieces.manifest[what] == in_memory.manifest[what]
    on_disk = {f.relative_to(in_pieces.out).as_posix() for f in in_pieces.out.rglob("*") if f.is_file()}
    listed = set(in_pieces.manifest["files"])
    assert {f for f in on_disk if not f.startswith("store/")} - listed == {"manifest.json", "timings.json"}


def test_mentions_are_counted_by_speech_unless_asked_for(in_pieces: Summary, tmp_path: Path) -> None:
    out = disk([SEEDS], tmp_path / "out", min_support=1)
    full, counts = set(lines(in_pieces.out)), set(lines(out.out))
    left_out = [c for c in out.manifest["capped"] if c["what"].startswith("mentions")]
    assert [(c["shown"], c["of"]) for c in left_out] == [(0, out.manifest["counts"]["mentions"])]
    assert not any("/mention/" in line.split(" ")[0] for line in counts)
    sizes = "<http://rdfs.org/ns/void#triples>"
    assert {line for line in counts if sizes not in line} < full
    assert rows(out.out, "mentions") == rows(in_pieces.out, "mentions")


def test_pairs_below_the_least_support_are_left_out_and_counted(in_pieces: Summary, tmp_path: Path) -> None:
    out = disk([SEEDS], tmp_path / "out", min_support=2)
    everything = rows(in_pieces.out, "comentions")
    kept = rows(out.out, "comentions")
    assert kept == [row for row in everything if row["speeches"] >= 2]
    (cap,) = [c for c in out.manifest["capped"] if c["what"].startswith("pairs")]
    several = {e["id"] for e in rows(out.out, "entities") if e["speeches"] >= 2}
    among = [row for row in everything if row["a"] in several and row["b"] in several]
    assert (cap["shown"], cap["of"]) == (len(kept), len(among))


def test_the_top_has_what_is_said_among_its_entities_and_the_numbers_of_the_whole(
    in_pieces: Summary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(top, "ENTITIES", 40)
    monkeypatch.setattr(top, "SPEECHES", 6)
    out = disk([SEEDS], tmp_path / "out", min_support=1)
    caps = {c["what"].split(" (")[0]: (c["shown"], c["of"]) for c in out.manifest["capped"] if "graph." in c["file"]}
    counts = in_pieces.manifest["counts"]
    assert caps["speeches"] == (6, counts["speeches"])
    shown, of = caps["entities"]
    assert 20 < shown < 150 and of == counts["entities"]
    assert rows(out.out, "entities") == rows(in_pieces.out, "entities")
    small = (out.out / "graph.nq").read_text("utf-8")
    assert small.count("oa#Annotation>") < (in_pieces.out / "graph.nq").read_text("utf-8").count("oa#Annotation>")
    busiest = max(rows(out.out, "entities"), key=lambda e: (e["speeches"], e["mentions"]))
    assert f"{busiest['mentions']:,} mentions in {busiest['speeches']:,} of {counts['speeches']:,} speeches" in small


def test_a_speech_read_twice_counts_once_and_a_repeated_text_is_listed(tmp_path: Path) -> None:
    words = "县委召开会议，部署乡村振兴工作。会议提出“三个抓好”，即抓好路、抓好水、抓好田。"
    for folder in ("b", "a"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "one.txt").write_text(words, "utf-8")
    (tmp_path / "a" / "other.txt").write_text(words, "utf-8")
    paths = [tmp_path / "b", tmp_path / "a"]
    mine, theirs = disk(paths, tmp_path / "disk", min_support=1), build(paths, tmp_path / "memory", engine="memory")
    found = sorted(rows(mine.out, "speeches"), key=lambda row: str(row["id"]))
    assert found == rows(theirs.out, "speeches")
    assert [r["path"] for r in found] == [str(tmp_path / "a" / n) for n in ("one.txt", "other.txt")]
    assert mine.manifest["duplicates"] == theirs.manifest["duplicates"] != []
    assert mine.manifest["counts"] | {"quads": 0} == theirs.manifest["counts"] | {"quads": 0}


def test_records_with_one_key_and_text_are_told_apart_by_content(tmp_path: Path) -> None:
    words = "县委召开会议，部署乡村振兴工作。"
    records = [{"id": "k", "text": words, "title": title} for title in ("乙", "甲", "乙")]
    file = tmp_path / "all.jsonl"
    file.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), "utf-8")
    mine, theirs = disk([file], tmp_path / "disk"), build([file], tmp_path / "memory", engine="memory")
    assert len(rows(mine.out, "speeches")) == 1
    assert rows(mine.out, "speeches") == rows(theirs.out, "speeches")


def test_what_cannot_be_read_is_said_and_nothing_at_all_is_an_error(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.txt"
    good.write_text("县委召开会议，部署乡村振兴工作。", "utf-8")
    bad.write_text("", "utf-8")
    summary = disk([good, bad], tmp_path / "out", strict=True)
    assert summary.status == 1
    assert [p["path"] for p in summary.errors] == [str(bad)]
    assert [r["path"] for r in rows(summary.out, "problems")] == [str(bad)]
    with pytest.raises(BuildError, match="no speech could be read"):
        disk([bad], tmp_path / "out")
    assert len(rows(summary.out, "speeches")) == 1  # the last output stays
    assert not (tmp_path / ".out.new").exists()


def test_a_corpus_is_large_by_number_and_by_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not is_large([SEEDS])
    monkeypatch.setattr("kg.scale.LARGE_TEXTS", 5)
    assert is_large([SEEDS])
    monkeypatch.undo()
    size = sum(len(s.text) for s in read([SEEDS]) if isinstance(s, Speech))
    monkeypatch.setattr("kg.scale.LARGE_BYTES", size)
    assert is_large([SEEDS])
    assert build([SEEDS], tmp_path / "out", jobs=1).manifest["engine"] == "disk"


def test_a_killed_build_leaves_the_last_output_and_the_next_one_clears_up(tmp_path: Path) -> None:
    source, out = tmp_path / "one.txt", tmp_path / "out"
    source.write_text("县委召开会议，部署乡村振兴工作。", "utf-8")
    first = disk([source], out)
    command = [sys.executable, "-m", "kg.cli", "build", str(SEEDS), "-o", str(out), "--engine", "disk", "--jobs", "2"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True) as running:
        until = time.monotonic() + 300
        while not list((tmp_path / ".out.new" / "work" / "shards").glob("*.parquet")):
            assert running.poll() is None and time.monotonic() < until
            time.sleep(0.02)
        os.killpg(running.pid, signal.SIGKILL)
    assert json.loads((out / "manifest.json").read_text("utf-8")) == first.manifest
    assert (tmp_path / ".out.new").exists()
    assert disk([source], out).manifest == first.manifest
    assert not (tmp_path / ".out.new").exists()
