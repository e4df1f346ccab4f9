from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kg import corpus
from kg.corpus import paths_of
from kg.model import Problem, Speech
from kg.scale.sources import Input, SourceError, is_url, listed, local, read
from tests.made import TEXT
from tests.scale.objects import CREDENTIALS, served

OTHER = "在机关作风建设会议上的讲话\n同志们：\n要做到“两个确保”，即确保安全、确保稳定。"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Texts, JSON Lines and Parquet, and what is no speech."""
    folder = tmp_path / "讲话 100%"
    (folder / "gold").mkdir(parents=True)
    (folder / "a.txt").write_text(TEXT, "utf-8")
    (folder / "乙 #1?.txt").write_text(OTHER, "gb18030")
    (folder / "c.jsonl").write_text(
        '{"id": "一", "text": "要做到“三个确保”。"}\n{"broken\n{"text": "坚持“两个务必”。"}\n'
    )
    pq.write_table(pa.table({"text": [TEXT + "完", OTHER + "完"], "year": [2020, None]}), folder / "d.parquet")
    (folder / "README.md").write_text("not a speech")
    (folder / "gold" / "a.json").write_text("{}")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    return folder


@pytest.fixture
def store(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    for name, value in CREDENTIALS.items():
        monkeypatch.setenv(name, value)
    with served(folder.parent) as url:
        yield url.format(folder.name)


def everything(inputs: list[Input | Problem]) -> list[Speech | Problem]:
    return [x for i in inputs for x in ((i,) if isinstance(i, Problem) else read(i))]


def unplaced(found: Speech | Problem) -> object:
    """Without the path, which differs between a folder and a bucket."""
    if isinstance(found, Problem):
        return Path(found.path).name, found.reason, found.kind
    return replace(found, source=replace(found.source, path=Path(found.source.path).name))


def test_files_are_read_as_a_local_run_reads_them(folder: Path) -> None:
    found = everything(list(local(paths_of([folder]))))
    assert found == list(corpus.read([folder]))
    assert sum(isinstance(x, Speech) for x in found) == 6


def test_a_file_url_is_the_folder(folder: Path) -> None:
    speeches = [x for x in everything(list(listed(folder.as_uri()))) if isinstance(x, Speech)]
    assert speeches == [x for x in corpus.read([folder]) if isinstance(x, Speech)]


def test_a_bucket_is_read_as_the_folder_is(folder: Path, store: str) -> None:
    found = everything(list(listed(store)))
    here = [x for x in corpus.read([folder]) if isinstance(x, Speech) or x.kind == "error"]
    there = [x for x in found if isinstance(x, Speech) or x.kind == "error"]
    assert list(map(unplaced, there)) == list(map(unplaced, here))
    skipped = {Path(x.path).name for x in found if isinstance(x, Problem) and x.kind == "skipped"}
    assert skipped == {"README.md", "a.json", "picture.png"}
    assert {x.source.path.partition("/讲话")[0] for x in found if isinstance(x, Speech)} == {"s3://texts"}


def test_one_object_and_hadoops_name_for_the_store(store: str) -> None:
    address, _, options = store.replace("s3://", "s3a://").partition("?")
    (one,) = listed(f"{address}/a.txt?{options}")
    assert isinstance(one, Input)
    assert one.label == "s3a://texts/讲话 100%/a.txt" and "endpoint" not in one.label
    (speech,) = read(one)
    assert isinstance(speech, Speech) and speech.text == TEXT


def test_what_is_not_there_is_a_problem_and_what_cannot_be_listed_an_error(store: str, tmp_path: Path) -> None:
    address, _, options = store.partition("?")
    (nothing,) = listed(f"{address}/gone?{options}")
    assert isinstance(nothing, Problem) and nothing.reason == "no such file or folder"
    for url, reason in (("gopher://x/y", "Unrecognized filesystem"), ("s3:///x", "bucket")):
        with pytest.raises(SourceError, match=reason):
            list(listed(url))


def test_a_file_that_a_worker_does_not_see_stops_the_run(folder: Path) -> None:
    (one,) = local([folder / "a.txt"])
    assert isinstance(one, Input)
    (folder / "a.txt").unlink()
    with pytest.raises(SourceError, match="all machines see"):
        list(read(one))


def test_an_object_that_is_gone_stops_the_run(folder: Path, store: str) -> None:
    found = {Path(i.path).name: i for i in listed(store) if isinstance(i, Input)}
    for file in folder.glob("*.*"):
        file.unlink()
    for name in ("a.txt", "d.parquet"):
        with pytest.raises(SourceError, match=f"{name}: a worker cannot open it"):
            list(read(found[name]))


@pytest.mark.parametrize("name", ["lost.parquet", "lost.txt"])
def test_an_object_that_is_lost_while_it_is_read_is_no_broken_file(name: str, folder: Path, store: str) -> None:
    (folder / name).write_bytes((folder / f"{'d' if 'parquet' in name else 'a'}.{name[5:]}").read_bytes())
    (one,) = [i for i in listed(store) if isinstance(i, Input) and i.path.endswith(name)]
    with pytest.raises(SourceError, match=f"{name}: lost while reading"):
        list(read(one))


def test_a_url_is_told_from_a_path(folder: Path) -> None:
    assert is_url("s3a://bucket/texts") and not is_url(folder)
