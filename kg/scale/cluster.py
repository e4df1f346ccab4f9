"""A session on a Spark cluster, or one sentence on why there is none and what to do."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kg.scale import dialect

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

JAVA = 17
"""The oldest Java that Spark 4 runs on."""

PATIENCE = 60.0
"""Seconds to wait for a master to answer, and again for a first worker of it to start."""

CONFIGURATION = {
    "spark.app.name": "kg",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.parquet.compression.codec": "zstd",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "256",  # speeches with all that was found in them
    "spark.sql.adaptive.coalescePartitions.parallelismFirst": "false",  # small tables in one file
} | dialect.SETTINGS
"""What every run asks for; ``--spark-conf`` goes before it."""

_STANDALONE = re.compile(r"spark://(.+)")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class ClusterError(Exception):
    """A cluster that cannot be used; the message says why and what to do."""


@contextmanager
def session(
    master: str | None, conf: Mapping[str, str] | None = None, *, patience: float = PATIENCE
) -> Iterator[SparkSession]:
    """Give a session on a cluster that has at least one worker for it, and end it afterwards.

    Args:
        master: ``spark://host:port``, ``yarn``, ``k8s://…`` or ``local[n]``; None takes what spark-submit or
            spark-defaults.conf says.
        conf: Spark's own settings, for what the cluster needs.
        patience: seconds to wait for the master, and for the first worker.

    Raises:
        ClusterError: no pyspark, no Java, no master or no worker.
    """
    # Of pandas 3, of which nothing is used here.
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ModuleNotFoundError as error:
        raise ClusterError("--engine spark needs pyspark: pip install 'speech-kg[spark]'") from error
    if "PYSPARK_GATEWAY_PORT" not in os.environ:  # under spark-submit Java runs already, and knows the master
        if not master and "spark.master" not in (conf or {}):
            raise ClusterError("which cluster? give --master spark://host:7077, or run kg under spark-submit")
        check_java()
    hosts = _hosts(master)
    if hosts:
        _reach(str(master), hosts, patience)
    # The workers run what this variable says; on one machine that is this very Python.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings = dict(CONFIGURATION)
    if (master or "").startswith("local") or any(host in _LOOPBACK for host, _ in hosts):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
        settings |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    builder = SparkSession.builder
    for key, value in (settings | dict(conf or {})).items():
        builder = builder.config(key, value)
    if master:
        builder = builder.master(master)
    try:
        spark = builder.getOrCreate()
    except (PySparkException, OSError, RuntimeError) as error:
        raise ClusterError(f"no Spark session on {master or 'the default master'}: {_first_line(error)}") from error
    except Exception as error:  # what Java throws comes in a class of py4j's, which carries pages of its stack
        if type(error).__module__.startswith("py4j"):
            raise ClusterError(f"no Spark session on {master or 'the default master'}: {cause(error)}") from error
        raise
    try:
        if hosts:
            _staffed(spark, str(master), patience)
        yield spark
    finally:
        spark.stop()


def check_java() -> None:
    """Raise ``ClusterError`` unless there is a Java that Spark runs on."""
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    remedy = f"Spark needs Java {JAVA} or newer (on Debian: apt-get install openjdk-{JAVA}-jre-headless)"
    if java is None:
        raise ClusterError(f"no java on the PATH: {remedy}, or set JAVA_HOME")
    try:
        said = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=60).stderr
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ClusterError(f"{java} does not run ({error}): {remedy}, or set JAVA_HOME right") from error
    version = re.search(r'version "(?:1\.)?(\d+)', said)
    if version and int(version[1]) < JAVA:
        raise ClusterError(f"{java} is version {version[1]}: {remedy}, or set JAVA_HOME to a newer one")


def _hosts(master: str | None) -> list[tuple[str, int]]:
    """The addresses in ``spark://host:port,host:port``; none for other masters."""
    match = _STANDALONE.fullmatch(master or "")
    if not match:
        return []
    found = []
    for address in match[1].split(","):
        host, colon, port = address.rpartition(":")
        if not colon or not port.isdigit() or not 0 < int(port) < 65536:
            raise ClusterError(f"{master}: not an address; write it as spark://host:7077")
        found.append((host.strip("[]"), int(port)))
    return found


def _reach(master: str, hosts: list[tuple[str, int]], patience: float) -> None:
    """Wait until one of the masters answers."""
    until = time.monotonic() + patience
    while True:
        for address in hosts:
            try:
                socket.create_connection(address, timeout=min(5.0, patience)).close()
                return
            except OSError as error:
                reason = error.strerror or str(error)
        if time.monotonic() > until:
            raise ClusterError(
                f"{master}: no master answered within {patience:.0f} s ({reason}); start one "
                "(spark-class org.apache.spark.deploy.master.Master), or check host, port and firewall"
            )
        time.sleep(0.2)


def _staffed(spark: SparkSession, master: str, patience: float) -> None:
    """Wait until a worker has started an executor for this session: Spark itself would wait without end."""
    until = time.monotonic() + patience
    context = spark.sparkContext._jsc.sc()
    while context.getExecutorMemoryStatus().size() < 2:  # one of them is this process
        if context.isStopped():
            raise ClusterError(f"{master}: the master ended the session; its log says why")
        if time.monotonic() > until:
            memory = spark.conf.get("spark.executor.memory", "1g")
            raise ClusterError(
                f"{master}: no worker offered {memory} of memory and a core within {patience:.0f} s; start workers, "
                "wait for those that are busy, or ask for less (--spark-conf spark.executor.memory=512m)"
            )
        time.sleep(0.1)


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)


def cause(error: Exception) -> str:
    """What Java says went wrong: the last cause in its stack."""
    causes = [line for line in str(error).splitlines() if line.startswith(("Caused by: ", ": "))]
    return causes[-1].removeprefix("Caused by").removeprefix(": ") if causes else _first_line(error)


class Repetitions:
    """Tasks that failed, or went with their worker, and were done again."""

    def __init__(self) -> None:
        self.failed: dict[int, int] = {}

    @property
    def count(self) -> int:
        """How many there were, as far as they were seen while their stage ran."""
        return sum(self.failed.values())


@contextmanager
def watched(spark: SparkSession, report: Callable[[int, int], None], every: float = 0.2) -> Iterator[Repetitions]:
    """Report, while the block runs, the tasks that are done and all there are of the stage that is under way."""
    tracker = spark.sparkContext.statusTracker()
    over = threading.Event()
    again = Repetitions()

    def watch() -> None:
        while not over.wait(every):
            for number in tracker.getActiveStageIds():
                if stage := tracker.getStageInfo(number):
                    again.failed[number] = stage.numFailedTasks
                    report(stage.numCompletedTasks, stage.numTasks)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield again
    finally:
        over.set()
        thread.join()


def told(error: Exception, kinds: Iterable[type[Exception]]) -> str | None:
    """What a worker said when it gave up with an error of one of ``kinds``; None if that is not why the job failed."""
    names = "|".join(re.escape(f"{kind.__module__}.{kind.__qualname__}") for kind in kinds)
    found = re.search(rf"^(?:{names}): (.*)", str(error), re.MULTILINE)
    return found[1] if found else None
