"""The build on a cluster: a real one, which loses a worker on the way, gives what one machine gives."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kg import tables
from kg.build import BuildError, Summary, build
from kg.scale.sources import Input
from kg.scale.stages import tasks
from tests.scale.cluster import Cluster
from tests.scale.objects import CREDENTIALS, served

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.*"))
CONF = {
    "spark.executor.memory": "512m",
    "spark.scheduler.minRegisteredResourcesRatio": "1.0",  # both workers, not the first to be there
    # For a dozen texts compiling queries takes longer than running them.
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}


def rows(out: Path, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(out / "tables" / f"{table}.parquet").to_pylist()
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus in two places and three formats, with a speech twice, a text under two names and a broken line."""
    folder = tmp_path_factory.mktemp("corpus")
    here, there = folder / "here [1]", folder / "there"
    (here / "again").mkdir(parents=True)
    there.mkdir()
    texts = [path for path in SEEDS if path.suffix in (".txt", ".md") and not path.stem.startswith("README")]
    for path in texts[:4]:
        shutil.copy(path, here)
    shutil.copy(texts[0], here / "again")
    shutil.copy(texts[1], here / f"copy{texts[1].suffix}")
    for path in texts[4:6]:
        shutil.copy(path, there)
    records = [{"id": path.stem, "text": path.read_text("utf-8")} for path in texts[6:8]]
    lines = [json.dumps(record, ensure_ascii=False) for record in records]
    (there / "some.jsonl").write_text("\n".join([lines[0], '{"broken', lines[1]]), "utf-8")
    pq.write_table(
        pa.Table.from_pylist([{"text": path.read_text("utf-8")} for path in texts[8:10]]), here / "a.parquet"
    )
    return folder


@pytest.fixture(scope="module")
def store(folder: Path) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch, served(folder) as url:
        for name, value in CREDENTIALS.items():
            patch.setenv(name, value)
        yield url


@pytest.fixture(scope="module")
def local(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Summary:
    out = tmp_path_factory.mktemp("local") / "out"
    return build([folder / "here [1]", folder / "there"], out, engine="disk", jobs=1, mentions="full", min_support=1)


@pytest.fixture(scope="module")
def clustered(folder: Path, store: str, cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Summary:
    """Built by two workers of which one is killed while both are at their first task."""
    killed: list[int] = []

    def progress(stage: str, done: int, total: int | None) -> None:
        if stage == "extract" and total and not killed:
            killed.append(done)
            cluster.kill(0)

    out = tmp_path_factory.mktemp("clustered") / "讲话 {1}"
    summary = build(
        [folder / "here [1]", store.format("there")],
        out,
        engine="spark",
        master=cluster.url,
        spark_conf=CONF,
        mentions="full",
        min_support=1,
        progress=progress,
    )
    assert killed
    return summary


@pytest.mark.slow
def test_a_lost_worker_costs_tasks_and_no_results(clustered: Summary, local: Summary) -> None:
    assert json.loads((clustered.out / "timings.json").read_text())["repeated_tasks"] >= 1
    assert clustered.manifest["counts"] == local.manifest["counts"]


@pytest.mark.slow
@pytest.mark.parametrize("table", [*tables.SCHEMAS, "problems"])
def test_the_tables_are_those_of_one_machine(table: str, clustered: Summary, local: Summary, folder: Path) -> None:
    found = json.loads(json.dumps(rows(clustered.out, table)).replace("s3://texts", str(folder)))
    expected = json.loads(json.dumps(rows(local.out, table)))
    if table == "problems":
        found, expected = (sorted((row for row in x if row["kind"] == "error"), key=str) for x in (found, expected))
    if table == "speeches":  # in no order: they are whole texts
        found, expected = (sorted(x, key=lambda row: str(row["id"])) for x in (found, expected))
    assert found == expected and expected
    mine, theirs = (pq.read_schema(s.out / "tables" / f"{table}.parquet") for s in (clustered, local))
    assert (mine.names, mine.types) == (theirs.names, theirs.types)


@pytest.mark.slow
def test_the_quads_and_the_graph_are_those_of_one_machine(clustered: Summary, local: Summary) -> None:
    found, expected = (
        sorted(
            line
            for file in (out / "nquads").iterdir()
            for line in gzip.decompress(file.read_bytes()).decode().split("\n")[:-1]
        )
        for out in (clustered.out, local.out)
    )
    assert found == expected and len(found) == clustered.manifest["counts"]["quads"]
    for name in ("graph.nq", "graph.ttl", "graph.graphml"):
        assert (clustered.out / name).read_bytes() == (local.out / name).read_bytes()
    page, theirs = ((s.out / "graph.html").read_text("utf-8") for s in (clustered, local))
    assert len(page) == len(theirs)


@pytest.mark.slow
def test_the_manifest_has_every_file_and_what_was_not_read(clustered: Summary, local: Summary) -> None:
    files = {f.relative_to(clustered.out).as_posix() for f in clustered.out.rglob("*") if f.is_file()}
    listed = clustered.manifest["files"]
    assert {f for f in files if not f.startswith("store/")} - set(listed) == {"manifest.json", "timings.json"}
    assert set(listed) <= files
    assert all((clustered.out / name).stat().st_size == about["bytes"] for name, about in listed.items())
    for what in ("problems", "duplicates"):
        assert len(clustered.manifest[what]) == len(local.manifest[what]) >= 1
    assert clustered.manifest["engine"] == "spark"


@pytest.mark.slow
def test_a_run_that_fails_leaves_the_last_output(
    clustered: Summary, cluster: Cluster, folder: Path, store: str
) -> None:
    before = {f: f.stat().st_mtime_ns for f in clustered.out.rglob("*") if f.is_file()}
    (folder / "broken").mkdir()
    (folder / "broken" / "lost.txt").write_text("会议强调，要坚持“三个到位”。")
    once = CONF | {"spark.task.maxFailures": "1"}
    with pytest.raises(BuildError, match=r"s3://texts/broken/lost\.txt: lost while reading"):
        build([store.format("broken")], clustered.out, engine="spark", master=cluster.url, spark_conf=once)
    assert {f: f.stat().st_mtime_ns for f in clustered.out.rglob("*") if f.is_file()} == before
    assert [p.name for p in clustered.out.parent.iterdir()] == [clustered.out.name]


def test_what_a_cluster_cannot_do_is_said(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with pytest.raises(BuildError, match="standard input"):
        build(["-"], out, engine="spark", master="local[1]")
    with pytest.raises(BuildError, match="which cluster"):
        build(SEEDS, out, engine="spark")
    with pytest.raises(BuildError, match="gopher://"):
        build(["gopher://x/y"], out, engine="spark", master="local[1]")
    assert not out.exists()


def test_urls_are_for_clusters(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="--engine spark"):
        build(["s3://bucket/texts"], tmp_path / "out")
    with pytest.raises(BuildError, match="--engine spark"):
        build(SEEDS, "s3://bucket/out")


def test_inputs_are_shared_out_by_their_bytes_in_order() -> None:
    files = [Input("", f"/{i}", f"{i}", size) for i, size in enumerate([5, 5, 80, 1, 1, 1, 1, 1, 5])]
    shared = tasks(files, cores=2)
    assert [item for task in shared for item in task] == files
    assert all(shared) and [files[2]] in [task[-1:] for task in shared]
    assert tasks([], 2) == []
    assert len(tasks(files[:1], 8)) == 1
