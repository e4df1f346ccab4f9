from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kg.output import OutputError, is_output, replacing, within

MANIFEST = json.dumps({"program": "kg"})


def fill(folder: Path, words: str) -> None:
    (folder / "data.txt").write_text(words)
    (folder / "manifest.json").write_text(MANIFEST)


def write(out: Path, words: str) -> None:
    with replacing(out) as new:
        fill(new, words)


def test_the_folder_is_replaced_whole(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    write(out, "first")
    (out / "stray").touch()
    write(out, "second")
    assert (out / "data.txt").read_text() == "second"
    assert sorted(p.name for p in out.iterdir()) == ["data.txt", "manifest.json"]
    assert [p.name for p in out.parent.iterdir()] == ["out"], "nothing is left beside"


def test_a_failed_run_leaves_the_last_output(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(out, "good")
    with pytest.raises(RuntimeError), replacing(out) as new:
        fill(new, "half")
        raise RuntimeError
    with pytest.raises(OutputError, match="no manifest"), replacing(out):
        pass
    assert (out / "data.txt").read_text() == "good"
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_foreign_files_are_not_replaced(tmp_path: Path) -> None:
    out = tmp_path / "thesis"
    out.mkdir()
    (out / "chapter.txt").write_text("dear")
    for manifest in (None, "{", "[]", json.dumps({"program": "other"})):
        if manifest is not None:
            (out / "manifest.json").write_text(manifest)
        with pytest.raises(OutputError, match="did not write"):
            write(out, "new")
    assert (out / "chapter.txt").read_text() == "dear"


def test_foreign_files_that_appear_during_the_run_are_not_replaced(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with pytest.raises(OutputError, match="did not write"), replacing(out) as new:
        fill(new, "new")
        out.mkdir()
        (out / "chapter.txt").write_text("dear")
    assert (out / "chapter.txt").read_text() == "dear"


def test_a_file_and_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="is a file"):
        write(tmp_path / "file", "x")
    with pytest.raises(OutputError, match="cannot be made"):
        write(tmp_path / "file" / "below", "x")
    (tmp_path / "empty").mkdir()
    write(tmp_path / "empty", "x")
    assert is_output(tmp_path / "empty")


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    write(tmp_path / "link", "x")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "data.txt").read_text() == "x"


def test_two_runs_do_not_mix(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with replacing(out) as new:
        with pytest.raises(OutputError, match="another kg build"):
            write(out, "second")
        fill(new, "first")
    assert (out / "data.txt").read_text() == "first"
    write(out, "third")
    assert (out / "data.txt").read_text() == "third"


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a POSIX signal")
def test_a_killed_run_leaves_the_last_output_and_no_lock(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(out, "good")
    code = (
        "import sys, time; from pathlib import Path; from kg.output import replacing\n"
        "with replacing(Path(sys.argv[1])) as new:\n"
        "    (new / 'data.txt').write_text('half'); print('writing', flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code, out], stdout=subprocess.PIPE) as run:
        assert run.stdout
        assert run.stdout.readline() == b"writing\n"
        with pytest.raises(OutputError, match="another kg build"):
            write(out, "mixed")
        os.kill(run.pid, signal.SIGKILL)
    assert (out / "data.txt").read_text() == "good"
    write(out, "next")
    assert (out / "data.txt").read_text() == "next"
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("made_again", [False, True])
def test_killed_between_the_two_renames(tmp_path: Path, made_again: bool) -> None:
    out = tmp_path / "out"
    write(out, "good")
    out.rename(tmp_path / ".out.old")
    (tmp_path / ".out.new").mkdir()
    if made_again:
        out.mkdir()
    with pytest.raises(RuntimeError), replacing(out):
        assert (out / "data.txt").read_text() == "good", "recovered before anything else"
        raise RuntimeError
    assert (out / "data.txt").read_text() == "good"
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_killed_after_the_swap(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(out, "older")
    out.rename(tmp_path / ".out.old")
    out.mkdir()
    fill(out, "newer")
    with pytest.raises(RuntimeError), replacing(out):
        raise RuntimeError
    assert (out / "data.txt").read_text() == "newer"
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_within_finds_the_output_around_a_path(tmp_path: Path) -> None:
    write(tmp_path / "out", "x")
    assert within(tmp_path / "out" / "tables") == tmp_path / "out"
    assert within(tmp_path) is None
