from __future__ import annotations

import builtins
import os
import time
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path

import psutil
import pyarrow as pa
import pytest

from kg.scale.cluster import ClusterError, check_java, session
from tests.scale.cluster import Cluster

SMALL = {"spark.executor.memory": "512m"}


def test_without_pyspark_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: object) -> object:
        if name.startswith("pyspark"):
            raise ModuleNotFoundError(f"No module named {name!r}")
        return real(name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ClusterError, match=r"pip install 'speech-kg\[spark\]'"), session("local[1]"):
        pass


def test_without_java_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ClusterError, match="openjdk-17-jre-headless"):
        check_java()
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "gone"))
    with pytest.raises(ClusterError, match=r"gone.*does not run.*JAVA_HOME"):
        check_java()


@pytest.mark.parametrize("version", ["1.8.0_392", "11.0.2"])
def test_an_old_java_is_told_so(version: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\" 2020-01-01' >&2\n")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(ClusterError, match=r"is version (8|11): Spark needs Java 17"):
        check_java()


@pytest.mark.parametrize("master", ["spark://", "spark://host", "spark://host:port", "spark://host:0"])
def test_a_master_without_a_port_is_no_address(master: str, java: None) -> None:
    with pytest.raises(ClusterError, match=r"spark://host:7077|no Spark session"), session(master, patience=1):
        pass


def test_a_master_that_does_not_answer_is_given_up(java: None) -> None:
    start = time.monotonic()
    with pytest.raises(ClusterError, match="no master answered within 1 s"), session("spark://127.0.0.1:1", patience=1):
        pass
    assert time.monotonic() - start < 20


@pytest.mark.slow
def test_workers_that_have_too_little_memory_are_not_waited_for(cluster: Cluster) -> None:
    with (
        pytest.raises(ClusterError, match=r"no worker offered 64g.*--spark-conf spark.executor.memory"),
        session(cluster.url, {"spark.executor.memory": "64g"}, patience=3),
    ):
        pass


@pytest.mark.slow
def test_a_session_runs_on_both_workers_and_only_on_loopback(cluster: Cluster) -> None:
    with session(cluster.url, SMALL) as spark:
        rows = spark.range(8, numPartitions=8).mapInArrow(_processes, "pid long").collect()
        addresses = _addresses(psutil.Process())
    assert len({row.pid for row in rows}) == 2 and os.getpid() not in {row.pid for row in rows}
    assert addresses and all(ip_address(a).is_loopback for a in addresses)


def _processes(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The process that works on each partition."""
    for _ in batches:
        time.sleep(0.5)  # long enough for the other worker to get its share
        yield pa.record_batch({"pid": [os.getpid()]})


def _addresses(process: psutil.Process) -> set[str]:
    """Where a process and what it has started listen and talk to."""
    return {
        end.ip.removeprefix("::ffff:")
        for p in (process, *process.children(recursive=True))
        for connection in p.net_connections("inet")
        for end in (connection.laddr, connection.raddr)
        if end
    }
