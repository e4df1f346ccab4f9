"""What the tests of the cluster share: Java, and one cluster for all of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from kg.scale.cluster import ClusterError, check_java
from tests.scale.cluster import ENVIRONMENT, Cluster


@pytest.fixture(scope="session")
def java() -> None:
    """A Java for Spark; without one tests skip, and fail where CI=true."""
    try:
        check_java()
    except ClusterError as error:
        if os.environ.get("CI") == "true":
            pytest.fail(f"CI must run the tests of the cluster: {error}")
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def cluster(java: None) -> Iterator[Cluster]:
    """A master and two workers on loopback; the session that a test opens on them is the driver."""
    with TemporaryDirectory(prefix="kg-spark-") as folder, pytest.MonkeyPatch.context() as patch:
        for name in ("JDK_JAVA_OPTIONS", "PYSPARK_PYTHON", "SPARK_LOCAL_IP"):
            patch.setenv(name, ENVIRONMENT[name])
        found = Cluster(Path(folder), workers=2)
        try:
            yield found
        finally:
            found.stop()
