"""A real Spark cluster on this machine: a master and its workers, each a process of its own, on loopback."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pyspark

HOME = Path(pyspark.__file__).parent
SPARK_CLASS = HOME / "bin" / "spark-class"
QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""Java that starts sooner and spins less: the tests share their machine."""
ENVIRONMENT = {
    "SPARK_HOME": str(HOME),
    "SPARK_LOCAL_IP": "127.0.0.1",
    "SPARK_DAEMON_MEMORY": "256m",
    "JDK_JAVA_OPTIONS": QUICK,
    "PYSPARK_PYTHON": sys.executable,
    "PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")]),
}
PATIENCE = 120.0


class Cluster:
    """A standalone master with workers of one core each; ``stop`` leaves no process behind."""

    def __init__(self, folder: Path, workers: int) -> None:
        self.folder = folder
        self.port = _free_port()
        self.url = f"spark://127.0.0.1:{self.port}"
        self._started: list[subprocess.Popen[bytes]] = []
        self._all: set[psutil.Process] = set()
        self._run("master", "master.Master", "--port", str(self.port))
        self._wait_for("master", "I have been elected leader")
        self.workers = [self._worker(i) for i in range(workers)]
        for i in range(workers):
            self._wait_for(f"worker{i}", "Successfully registered with master")

    def _worker(self, number: int) -> subprocess.Popen[bytes]:
        options = ("--cores", "1", "--memory", "1g", "--work-dir", str(self.folder / f"work{number}"))
        return self._run(f"worker{number}", "worker.Worker", *options, self.url)

    def _run(self, name: str, what: str, *options: str) -> subprocess.Popen[bytes]:
        command = [str(SPARK_CLASS), f"org.apache.spark.deploy.{what}", "--host", "127.0.0.1", "--webui-port", "0"]
        scratch = {"SPARK_LOCAL_DIRS": str(self.folder / "scratch"), "SPARK_LOG_DIR": str(self.folder)}
        with self._log(name).open("wb") as log:
            process = subprocess.Popen(
                [*command, *options],
                env=os.environ | ENVIRONMENT | scratch,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._started.append(process)
        return process

    def _log(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    def _wait_for(self, name: str, words: str) -> None:
        until = time.monotonic() + PATIENCE
        while words not in (said := self._log(name).read_text("utf-8", "replace")):
            if time.monotonic() > until or any(p.poll() is not None for p in self._started):
                self.stop()
                raise RuntimeError(f"the {name} of the Spark cluster did not start:\n{said[-3000:]}")
            time.sleep(0.1)

    def kill(self, number: int) -> None:
        """Take a worker away with all that runs on it, as when its machine fails."""
        self._remember()
        os.killpg(self.workers[number].pid, signal.SIGKILL)
        self.workers[number].wait()

    def _remember(self) -> None:
        """Note what the processes have started: once they are dead nobody knows any more."""
        for process in self._started:
            with contextlib.suppress(psutil.NoSuchProcess):
                self._all.update(psutil.Process(process.pid).children(recursive=True))

    def stop(self) -> None:
        """End all processes, those that the workers started among them."""
        self._remember()
        for process in reversed(self._started):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        _, left = psutil.wait_procs(self._all, timeout=10)
        for process in left:
            process.kill()
        psutil.wait_procs(left, timeout=10)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
