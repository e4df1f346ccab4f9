from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg import output
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
        with pytest.raises(OutputError, match=rf"another kg build .*\(process {run.pid}\).*--wait"):
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


KILLED_AT_STEP = """
import os, signal, sys
from pathlib import Path
from kg.output import replacing

left = int(sys.argv[2])
STEPS = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.truncate", "shutil.rmtree", "ctypes.dlsym"}

def step(event, arguments):
    global left
    if event in STEPS:
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

out = Path(sys.argv[1])
if sys.argv[3] == "renames":
    import kg.output
    kg.output._renameat2 = lambda: None
sys.addaudithook(step)
with replacing(out) as new:
    (new / "data.txt").write_text("new")
    (new / "deep").mkdir()
    (new / "deep" / "data.txt").write_text("new")
    (new / "manifest.json").write_text('{"program": "kg"}')
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a POSIX signal")
@pytest.mark.parametrize("way", ["exchange", "renames"])
def test_killed_at_any_step_the_output_is_the_old_or_the_new_one(tmp_path: Path, way: str) -> None:
    if way == "exchange" and output._renameat2() is None:
        pytest.skip("this system cannot exchange two folders")
    out = tmp_path / "out"
    seen, step, status = [], 0, -signal.SIGKILL
    while status == -signal.SIGKILL:
        with replacing(out) as new:  # also puts right what the killed run left
            fill(new, "old")
            (new / "deep").mkdir()
            (new / "deep" / "data.txt").write_text("old")
        status = subprocess.run([sys.executable, "-c", KILLED_AT_STEP, out, str(step), way]).returncode
        assert status in (0, -signal.SIGKILL)
        if way == "exchange":
            assert is_output(out), "at no moment is there no output"
        else:
            with pytest.raises(RuntimeError), replacing(out):
                raise RuntimeError
        words = {(out / "data.txt").read_text(), (out / "deep" / "data.txt").read_text()}
        assert len(words) == 1, f"a mixture after step {step}"
        seen.append(words.pop())
        step += 1
    assert seen[0] == "old"
    assert seen[-1] == "new"
    assert seen == sorted(seen, reverse=True), "the swap is one step"
    assert len(seen) > 8
    assert [p.name for p in tmp_path.iterdir()] == ["out"], "nothing is left beside"


@pytest.mark.skipif(sys.platform == "win32", reason="no locks there")
def test_a_run_can_wait_for_another(tmp_path: Path) -> None:
    out = tmp_path / "out"
    code = (
        "import sys, time; from pathlib import Path; from kg.output import replacing\n"
        "with replacing(Path(sys.argv[1])) as new:\n"
        "    print('writing', flush=True); time.sleep(0.5)\n"
        "    (new / 'manifest.json').write_text('{\"program\": \"kg\"}')\n"
    )
    with subprocess.Popen([sys.executable, "-c", code, out], stdout=subprocess.PIPE) as run:
        assert run.stdout
        assert run.stdout.readline() == b"writing\n"
        began = time.monotonic()
        with replacing(out, wait=True) as new:
            assert is_output(out), "the other one has ended"
            fill(new, "second")
        assert time.monotonic() - began > 0.2
    assert (out / "data.txt").read_text() == "second"
    assert [p.name for p in tmp_path.iterdir()] == ["out"]
