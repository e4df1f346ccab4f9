"""A build that is killed at any moment leaves the old output or the new one, never a mixture."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.build import build
from tests.test_build import files, stored
from tests.test_incremental import TEXTS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="SIGKILL and fork are POSIX"),
]

RUNS = 15

# Children are forked from a process that has imported everything and started no thread yet.
SERVER = """
import json, os, signal, sys
from kg.build import build
import pyarrow, pyoxigraph

print("ready", flush=True)
for line in sys.stdin:
    source, out, killed_at = json.loads(line)
    child = os.fork()
    if not child:
        def hook(event, arguments):
            if event == killed_at:
                os.kill(os.getpid(), signal.SIGKILL)
        sys.addaudithook(hook)
        build([source], out, use_lexicon=False, jobs=1)
        os._exit(0)
    print(child, flush=True)
    sys.stdin.readline()  # until then it may be killed, and its number is nobody else's
    print(os.waitpid(child, 0)[1], flush=True)
"""

State = tuple[dict[str, bytes], set[str]]


class Builder:
    """Runs builds in children that may be killed."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def line(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def build(self, source: Path, out: Path, *, seconds: float | None = None, event: str = "") -> bool:
        """Build, and kill it after some seconds or at an audit event; whether it ended by itself."""
        assert self.process.stdin
        self.process.stdin.write(json.dumps([str(source), str(out), event]) + "\n")
        self.process.stdin.flush()
        child = int(self.line())
        if seconds is not None:
            time.sleep(seconds)
            os.kill(child, signal.SIGKILL)
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        status = int(self.line())
        assert status in (0, signal.SIGKILL)
        return status == 0


@pytest.fixture
def builder() -> Iterator[Builder]:
    with subprocess.Popen(
        [sys.executable, "-c", SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        found = Builder(process)
        assert found.line() == "ready"
        yield found
        assert process.stdin
        process.stdin.close()


def state(out: Path) -> State:
    return files(out), stored(out)


@pytest.fixture
def corpora(tmp_path: Path) -> list[Path]:
    """Two states of one corpus: most is the same, so that one is built from the other."""
    made = []
    for name, texts in (("one", TEXTS[:3]), ("two", TEXTS[:4])):
        folder = tmp_path / name / "in"
        folder.mkdir(parents=True)
        for i, text in enumerate(texts):
            (folder / f"{i}.txt").write_text(text, "utf-8")
        made.append(folder)
    return made


def test_killed_at_random_times(
    corpora: list[Path], tmp_path: Path, builder: Builder, monkeypatch: pytest.MonkeyPatch
) -> None:
    # One path for both, or the outputs would tell them apart by it alone.
    link, out = tmp_path / "in", tmp_path / "out"
    states: list[State] = []
    for corpus in corpora:
        link.unlink(missing_ok=True)
        link.symlink_to(corpus)
        build([link], tmp_path / "whole", use_lexicon=False, fresh=True)
        states.append(state(tmp_path / "whole"))
    assert states[0] != states[1]

    began = time.monotonic()
    assert builder.build(link, out)
    whole = time.monotonic() - began
    assert state(out) == states[1]
    chance = random.Random(7)
    now, killed, done = 1, 0, 0
    for _ in range(RUNS):
        link.unlink()
        link.symlink_to(corpora[1 - now])
        ended = builder.build(link, out, seconds=chance.uniform(0, 1.3 * whole))
        found = state(out)
        assert found in states, "a mixture of the old and the new output"
        assert not ended or found == states[1 - now]
        killed, done = killed + (not ended), done + ended
        now = states.index(found)
    assert killed > RUNS // 4, "most runs were killed at work"
    assert builder.build(link, out), "the next build puts right what killed ones left"
    assert {p.name for p in tmp_path.iterdir()} == {"in", "one", "two", "out", "whole"}


@pytest.mark.parametrize(("event", "which"), [("ctypes.dlsym", 0), ("shutil.rmtree", 1)])
def test_killed_before_and_after_the_swap(
    corpora: list[Path], tmp_path: Path, builder: Builder, event: str, which: int
) -> None:
    link, out = tmp_path / "in", tmp_path / "out"
    states: list[State] = []
    for corpus in reversed(corpora):
        link.unlink(missing_ok=True)
        link.symlink_to(corpus)
        assert builder.build(link, tmp_path / corpus.parent.name / "out")
        states.insert(0, state(tmp_path / corpus.parent.name / "out"))
    assert builder.build(link, out)
    link.unlink()
    link.symlink_to(corpora[1])
    assert not builder.build(link, out, event=event)
    assert (tmp_path / ".out.new").exists(), "it was killed before it could clean up"
    assert state(out) == states[which]
    assert builder.build(link, out)
    assert state(out) == states[1]
    assert not (tmp_path / ".out.new").exists()
