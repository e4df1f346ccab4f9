from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from kg.output import OutputError
from kg.scale.places import place, written
from kg.scale.sources import SourceError

MANIFEST = '{"program": "kg"}'


def outputs(tmp_path: Path) -> list[str]:
    return [str(tmp_path / "讲话 [1]"), (tmp_path / "there").as_uri()]


@pytest.mark.parametrize("which", [0, 1])
def test_a_run_finds_in_the_end_what_all_machines_wrote(which: int, tmp_path: Path) -> None:
    out = outputs(tmp_path)[which]
    with place(out) as new:
        new.make("work/shards", "tables/mentions.parquet", "nquads")
        with written(new.path("tables/mentions.parquet"), "part-000000.parquet") as file:
            file.write(b"rows")
        assert (file.size, file.digest.hexdigest()) == (4, hashlib.sha256(b"rows").hexdigest())
        new.unwrap("tables/mentions.parquet", "part-000000.parquet")
        with written(new.path("nquads"), "rest.nq.gz") as file:
            file.write(b"lines")
        new.remove("work")
        new.sweep("nquads")
        (new.here / "store").mkdir()
        (new.here / "store" / "data").write_text("data")
        (new.here / "manifest.json").write_text(MANIFEST)
    where = Path(new.result.removeprefix("file://")) if which else Path(out)
    assert {f.relative_to(where).as_posix(): f.read_text() for f in where.rglob("*") if f.is_file()} == {
        "tables/mentions.parquet": "rows",
        "nquads/rest.nq.gz": "lines",
        "store/data": "data",
        "manifest.json": MANIFEST,
    }


def test_runs_below_a_url_do_not_touch_each_other_and_a_failed_one_has_no_manifest(tmp_path: Path) -> None:
    url = tmp_path.as_uri()
    for fails in (False, True):
        try:
            with place(url) as new:
                new.make("nquads")
                (new.here / "manifest.json").write_text(MANIFEST)
                if fails:
                    raise RuntimeError
        except RuntimeError:
            pass
    runs = list(tmp_path.iterdir())
    assert len(runs) == 2
    assert sum((run / "manifest.json").exists() for run in runs) == 1


def test_a_file_that_is_not_finished_does_not_appear(tmp_path: Path) -> None:
    for folder in (str(tmp_path), tmp_path.as_uri()):
        with pytest.raises(RuntimeError), written(folder, "part.parquet") as file:
            file.write(b"half")
            raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_a_machine_that_does_not_see_the_folder_says_so(tmp_path: Path) -> None:
    with (
        pytest.raises(SourceError, match=r"cannot write there.*all machines share"),
        written(str(tmp_path / "no"), "a"),
    ):
        pass


def test_what_is_left_of_a_dead_worker_is_swept_away(tmp_path: Path) -> None:
    with place(tmp_path / "out") as new:
        new.make("nquads")
        (new.here / "nquads" / ".part-000000.nq.gz.0f").write_bytes(b"half")
        (new.here / "manifest.json").write_text(MANIFEST)
        new.sweep("nquads")
        assert list((new.here / "nquads").iterdir()) == []


def test_a_url_of_a_query_is_no_folder() -> None:
    with pytest.raises(OutputError, match="without"), place("s3://bucket/out?region=x"):
        pass
