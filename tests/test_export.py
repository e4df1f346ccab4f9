from __future__ import annotations

import csv
import gzip
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import networkx as nx
import pyarrow.parquet as pq
import pytest
import rdflib
from pyoxigraph import Literal, Quad, RdfFormat, Triple, parse
from rdflib.compare import isomorphic

from kg import build
from kg.export import FORMATS, ExportError, export, format_of
from kg.graph import KnowledgeGraph
from kg.rdf.lines import sorted_lines
from tests.made import HOSTILE, hostile, lexicon, made

RDF = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "nq": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
}
RDFLIB = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld", "nq": "nquads", "trig": "trig", "rdf": "xml"}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output whose texts hold control characters, markup, quotation marks and astral characters."""
    folder = tmp_path_factory.mktemp("out")
    build.write(KnowledgeGraph.of(lexicon(), made("a"), hostile()), folder)
    return folder


def statements(path: Path, format: str) -> set[Quad] | set[Triple]:
    quads = set(parse(path=str(path), format=RDF[format]))
    return quads if format in ("nq", "trig") else {quad.triple for quad in quads}


@pytest.mark.parametrize("format", RDF)
def test_oxigraph_reads_what_the_graph_says(out: Path, tmp_path: Path, format: str) -> None:
    export(out, tmp_path / f"g.{format}")
    quads = set(parse(path=str(out / "graph.nq"), format=RdfFormat.N_QUADS))
    expected = quads if format in ("nq", "trig") else {quad.triple for quad in quads}
    assert statements(tmp_path / f"g.{format}", format) == expected


@pytest.mark.parametrize("format", RDFLIB)
def test_rdflib_reads_the_same_graph(out: Path, tmp_path: Path, format: str) -> None:
    export(out, tmp_path / f"g.{format}")
    named = format in ("nq", "trig")
    reference, read = (rdflib.Dataset(), rdflib.Dataset()) if named else (rdflib.Graph(), rdflib.Graph())
    reference.parse(out / "graph.nq" if named else out / "graph.ttl", format="nquads" if named else "turtle")
    read.parse(tmp_path / f"g.{format}", format=RDFLIB[format])
    assert len(read) == len(reference) > 400
    if format == "rdf":  # XML has no way to write control characters
        text = "".join("\ufffd" if c in "\x00\x07" else c for c in HOSTILE)
        assert text in {str(o) for o in read.objects(None, rdflib.SDO.text)}
    elif named:
        assert set(read.quads()) == set(reference.quads())  # type: ignore[attr-defined]
    else:
        assert isomorphic(read, reference)


DEBIAN = Path("/usr/share/java")
LOGGERS = (
    "slf4j-jcl",
    "slf4j-jdk14",
    "slf4j-log4j",
    "slf4j-simple",
    "slf4j-migrator",
    "log4j-over",
    "jcl-over",
    "maven",
)


def jena(folder: Path) -> list[str] | str:
    """The command that runs Jena's riot, where it runs at all; else why not.

    Debian's libapache-jena-java has no starter, its folder several loggers that exclude one another, and its classes
    were moved to the package ``xerces`` while their messages stayed where they were: those are put beside them here.
    """
    if riot := shutil.which("riot"):
        command = [riot]
    elif not shutil.which("java") or not (DEBIAN / "jena-cmds.jar").exists():
        return (
            "no Jena: put its riot on the PATH, or on Debian, apt-get install libapache-jena-java default-jre-headless"
        )
    else:
        with zipfile.ZipFile(DEBIAN / "jena-core.jar") as jar:
            for name in jar.namelist():
                if name.startswith("org/apache/jena/ext/xerces/") and name.endswith(".properties"):
                    moved = folder / "messages" / name.removeprefix("org/apache/jena/ext/")
                    moved.parent.mkdir(parents=True, exist_ok=True)
                    moved.write_bytes(jar.read(name))
        jars = sorted(str(jar) for jar in DEBIAN.glob("*.jar") if not jar.name.startswith(LOGGERS))
        command = ["java", "-cp", ":".join([str(folder / "messages"), *jars]), "riotcmd.riot"]
    trial = folder / "trial.nt"
    trial.write_text("<http://a.example/a> <http://a.example/b> <http://a.example/c> .\n")
    run = subprocess.run([*command, str(trial)], capture_output=True, text=True)
    return command if run.returncode == 0 else f"Jena does not start: {run.stderr.splitlines()[0]}"


@pytest.mark.slow
@pytest.mark.parametrize("format", RDFLIB)
def test_jena_reads_the_same_graph(out: Path, tmp_path: Path, format: str) -> None:
    if isinstance(riot := jena(tmp_path), str):
        pytest.skip(riot)
    file = tmp_path / f"g.{format}"
    export(out, file)
    # JSON-LD 1.1 needs a library that Debian's Jena comes without; 1.0 reads the same here.
    syntax = ["--syntax=jsonld10"] if format == "jsonld" and riot[0] == "java" else []
    run = subprocess.run([*riot, "--strict", *syntax, "--output=nq", str(file)], capture_output=True, check=True)
    assert b"ERROR" not in run.stderr
    read = {term_by_term(quad) for quad in parse(run.stdout, format=RdfFormat.N_QUADS)}
    expected = {term_by_term(quad) for quad in parse(path=str(out / "graph.nq"), format=RdfFormat.N_QUADS)}
    if format not in ("nq", "trig"):
        expected = {quad[:3] for quad in expected}
        read = {quad[:3] for quad in read}
    if format == "rdf":  # XML has no way to write control characters
        expected = {(s, p, re.sub("[\x00\x07]", "\ufffd", o)) for s, p, o in expected}
    assert read == expected


def term_by_term(quad: Quad) -> tuple[str, ...]:
    """Its terms as text, escapes resolved: Jena writes them otherwise than Oxigraph."""
    o = quad.object
    tail = f"@{o.language} {o.datatype}" if isinstance(o, Literal) else ""
    return (
        str(quad.subject),
        str(quad.predicate),
        (o.value if isinstance(o, Literal) else str(o)) + tail,
        str(quad.graph_name),
    )


@pytest.mark.parametrize("format", ["ttl", "trig", "jsonld", "graphml", "gexf"])
def test_the_same_bytes_every_time_packed_or_not(out: Path, tmp_path: Path, format: str) -> None:
    for name in (f"a.{format}", f"b.{format}", f"a.{format}.gz", f"b.{format}.gz"):
        export(out, tmp_path / name)
    plain = (tmp_path / f"a.{format}").read_bytes()
    assert plain == (tmp_path / f"b.{format}").read_bytes()
    packed = (tmp_path / f"a.{format}.gz").read_bytes()
    assert packed == (tmp_path / f"b.{format}.gz").read_bytes()
    assert gzip.decompress(packed) == plain


def test_the_build_and_the_export_write_one_turtle(out: Path, tmp_path: Path) -> None:
    for format in ("ttl", "jsonld", "nq"):
        export(out, tmp_path / f"g.{format}")
        assert (tmp_path / f"g.{format}").read_bytes() == (out / f"graph.{format}").read_bytes()


def test_graph_files_hold_the_same_network(out: Path, tmp_path: Path) -> None:
    export(out, tmp_path / "g.gexf")
    export(out, tmp_path / "g.graphml")
    gexf, graphml = nx.read_gexf(tmp_path / "g.gexf"), nx.read_graphml(tmp_path / "g.graphml", force_multigraph=True)
    assert set(gexf) == set(graphml)
    assert gexf.number_of_edges() == graphml.number_of_edges() > 0


def test_tables_as_csv_and_parquet(out: Path, tmp_path: Path) -> None:
    export(out, tmp_path / "csv", "csv")
    export(out, tmp_path / "parquet", "parquet")
    for table in (out / "tables").glob("*.parquet"):
        assert (tmp_path / "parquet" / table.name).read_bytes() == table.read_bytes()
        with (tmp_path / "csv" / f"{table.stem}.csv").open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        expected = pq.read_table(table)
        assert header == expected.column_names
        assert len(rows) == expected.num_rows


def test_tables_in_parts_are_exported_whole(out: Path, tmp_path: Path) -> None:
    mentions = pq.read_table(out / "tables" / "mentions.parquet")
    parts = tmp_path / "large" / "tables" / "mentions.parquet"
    parts.mkdir(parents=True)
    half = mentions.num_rows // 2
    pq.write_table(mentions.slice(0, half), parts / "part-0.parquet")
    pq.write_table(mentions.slice(half), parts / "part-1.parquet")
    export(tmp_path / "large", tmp_path / "csv", "csv")
    export(tmp_path / "large", tmp_path / "parquet", "parquet")
    export(out, tmp_path / "whole", "csv")
    assert (tmp_path / "csv" / "mentions.csv").read_bytes() == (tmp_path / "whole" / "mentions.csv").read_bytes()
    assert pq.read_table(tmp_path / "parquet" / "mentions.parquet").equals(mentions)


def test_sorting_on_disk_is_sorting() -> None:
    lines = [f"{i * 7919 % 1000:04}\u2028\x85" for i in range(2500)]
    for run, files in ((7, 200), (3, 4), (1, 2), (100, 200), (10_000, 200)):
        with sorted_lines(lines, run, files) as ordered:
            assert list(ordered) == sorted(set(lines))


def test_what_cannot_be_written_is_said(out: Path, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="suffix tells no format"):
        format_of(Path("graph.docx"))
    with pytest.raises(ExportError, match="give a folder"):
        export(out, None, "csv")
    with pytest.raises(ExportError, match="say which format"):
        export(out)
    assert {format_of(Path(f"g.{f}.gz")) for f in FORMATS} == set(FORMATS)
