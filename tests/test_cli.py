from __future__ import annotations

import base64
import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zlib
from pathlib import Path
from typing import NamedTuple

import pytest
from pyoxigraph import NamedNode, Store
from typer.testing import CliRunner

from kg.cli import app
from tests.made import TEXT

COMMANDS = sorted(str(command.callback.__name__) for command in app.registered_commands if command.callback)
ENVIRONMENT = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHONUTF8", "PYTHONIO"))}


class Run(NamedTuple):
    """How a run of the command ended, and what it printed."""

    status: int
    out: str
    err: str


def kg(*arguments: str | Path, input: str | None = None) -> Run:
    """Run the command in this process."""
    result = CliRunner().invoke(app, [str(a) for a in arguments], input=input)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Run(result.exit_code, result.stdout, result.stderr)


def kg_in_c(*arguments: str | Path) -> Run:
    """Run the command in a process of its own, in the C locale and without Python's own mending of it."""
    code = "from kg.cli import main; main()"
    environment = ENVIRONMENT | {"LC_ALL": "C", "LANG": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    run: subprocess.CompletedProcess[bytes] = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True,
        env=environment,
    )
    return Run(run.returncode, run.stdout.decode("utf-8"), run.stderr.decode("utf-8"))


@pytest.fixture(scope="module")
def speeches(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("in")
    (folder / "甲.txt").write_text(TEXT, "utf-8")
    (folder / "b.txt").write_text("二、要做到“两个确保”，即确保安全、确保稳定。", "utf-8")
    return folder


@pytest.fixture(scope="module")
def out(speeches: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run") / "out"
    run = kg("build", speeches, "-o", folder)
    assert run.status == 0, run.err
    shown = run.out
    assert "2 speeches" in shown
    assert str(folder / "graph.html") in shown
    assert run.err == "", "no progress where nobody watches"
    return folder


def test_extract_prints_utf8_json_lines(speeches: Path) -> None:
    run = kg_in_c("extract", speeches)
    assert run.status == 0, run.err
    documents = [json.loads(line) for line in run.out.splitlines()]
    assert [d["doc"] for d in documents] == ["b.txt", "甲.txt"]
    assert {"type": "Slogan", "name": "两个确保"}.items() <= documents[0]["entities"][0].items()
    assert documents[0]["expansions"][0]["items"] == ["确保安全", "确保稳定"]
    for entity in documents[1]["entities"]:
        for mention in entity["mentions"]:
            assert TEXT[mention["start"] : mention["end"]] == mention["quote"]


def test_extract_reads_standard_input() -> None:
    run = kg("extract", "-", input="要做到“两个确保”，即确保安全、确保稳定。")
    assert json.loads(run.out)["expansions"][0]["slogan"] == "两个确保"


def test_processes_print_the_same(speeches: Path) -> None:
    assert kg("extract", "--jobs", "2", speeches).out == kg("extract", speeches).out


def test_a_closed_pipe_ends_quietly(speeches: Path) -> None:
    many = [str(speeches)] * 200
    with subprocess.Popen(
        [sys.executable, "-c", "from kg.cli import main; main()", "extract", *many],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as run:
        assert run.stdout
        assert run.stderr
        run.stdout.readline()
        run.stdout.close()
        assert run.stderr.read() == b""
    assert run.returncode == 0


def test_problems_go_to_standard_error(speeches: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "good.txt").write_text("三严三实。", "utf-8")
    run = kg("extract", tmp_path)
    assert run.status == 0
    assert re.fullmatch(r"kg: not read: .*empty\.txt: empty.*\n", run.err)
    assert len(run.out.splitlines()) == 1
    assert kg("extract", "--strict", tmp_path).status == 1
    assert kg("build", "--strict", tmp_path, "-o", tmp_path / "out").status == 1
    run = kg("build", tmp_path, "-o", tmp_path / "out")
    assert run.status == 0
    assert "not read" in run.err
    assert "1 inputs could not be read" in run.out


@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "missing.txt", "-o", "out"],
        ["build", "."],
        ["build", ".", "-o", "out", "--base", "nonsense"],
        ["build", ".", "-o", "out", "--jobs", "0"],
        ["build", ".", "-o", "out", "--lexicon", "missing.yaml"],
        ["build", ".", "-o", "a.txt"],
        ["extract", "missing.txt"],
        ["extract", ".", "--lexicon", "missing.yaml"],
        ["evaluate", ".", "."],
        ["show", ".", "三严三实"],
        ["nonsense"],
    ],
)
def test_unusable_arguments_are_status_2(arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("三严三实。", "utf-8")
    run = kg(*arguments)
    assert run.status == 2, run.out
    assert run.out == ""
    assert run.err
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_nothing_readable_is_status_1(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    run = kg("build", tmp_path, "-o", tmp_path / "out")
    assert run.status == 1
    assert "empty.txt: empty" in run.err


def test_show(out: Path) -> None:
    run = kg_in_c("show", out, "“三个到位”")
    shown = run.out
    assert run.status == 0
    assert "✓ 3/3" in shown
    assert "1. 认识到位" in shown
    assert "2021" in shown
    run = kg("show", out, "没有这个提法")
    assert run.status == 1
    assert "nothing is called" in run.err


def test_query_by_name(out: Path) -> None:
    run = kg_in_c("query", out, "--name", "slogan-members", "--param", "slogan=三个到位", "--format", "csv")
    assert run.status == 0, run.err
    header, *rows = csv.reader(io.StringIO(run.out))
    members = {row[header.index("member")] for row in rows if row[header.index("source")].startswith("甲-")}
    assert members == {"认识到位", "责任到位", "措施到位"}
    assert {row[header.index("status")] for row in rows} == {"complete"}


def test_query_by_text_and_file(out: Path, tmp_path: Path) -> None:
    sparql = 'SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s a kg:Slogan ; rdfs:label "两个确保"@zh }'
    file = tmp_path / "q.rq"
    file.write_text(sparql, "utf-8")
    for ask in ([sparql], ["--file", file]):
        assert json.loads(kg("query", out, *ask, "--format", "json").out) == [{"n": 1}]
    assert re.fullmatch(r"n *\n1 *\n", kg("query", out, sparql).out)
    described = kg("query", out, "--name", "about", "--param", "name=两个确保", "--format", "ttl").out
    assert described.startswith("@prefix ")
    assert "两个确保" in described


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "slogan-members slogan=…"),
        (["--name", "nonsense"], "no query is called 'nonsense'"),
        (["--name", "slogan-members"], "needs --param slogan=…"),
        (["--name", "slogan-members", "--param", "slogan"], "write it as name=value"),
        (["--name", "slogans", "ASK {}"], "give one of"),
        (["ASK {}", "--param", "a=b"], "--param is for --name"),
        (["SELECT nonsense"], "this is not SPARQL"),
        (["SELECT * { ?s ?p ?o } LIMIT 1", "--format", "ttl"], "CONSTRUCT"),
        (["SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } }"], "SERVICE is refused"),
        (["--file", "missing.rq"], "missing.rq"),
    ],
)
def test_queries_that_cannot_be_asked(out: Path, arguments: list[str], words: str) -> None:
    run = kg("query", out, *arguments)
    assert run.status == 2
    assert run.out == ""
    assert words in run.err


def test_validate(out: Path, tmp_path: Path) -> None:
    run = kg("validate", out)
    assert run.status == 0, run.out
    assert run.out.endswith("notes\n")
    assert "conforms: 0 violations" in run.out
    broken = tmp_path / "broken"
    shutil.copytree(out, broken)
    with_labels = Store(str(broken / "store"))
    label = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    for quad in list(with_labels.quads_for_pattern(None, label, None, None)):
        with_labels.remove(quad)
    del with_labels
    run = kg("validate", broken)
    assert run.status == 1
    assert "does not conform" in run.out
    assert re.match("severity +node +property +value +message *\n", run.out)
    assert re.search("^violation +slogan:.* rdfs:label .*实体：须有且只有一个显示名称", run.out, re.MULTILINE)
    assert "An entity has exactly one label" in run.out
    assert kg("validate", tmp_path).status == 2


def test_evaluate(speeches: Path, tmp_path: Path) -> None:
    line = kg("extract", speeches / "b.txt").out
    (tmp_path / "b.json").write_text(line, "utf-8")
    (tmp_path / "z.json").write_text('{"doc": "z.txt"}')
    run = kg("evaluate", tmp_path, speeches)
    assert run.status == 0
    assert "z.txt" in run.err
    assert re.search(r"Slogan +\| +1\.000 +1\.000 +1\.000 \| +1\.000 +1\.000 +1\.000 \| +1", run.out)
    figures = json.loads(kg("evaluate", tmp_path, speeches, "--json").out)
    assert figures["strict expansion items"] == {"p": 1.0, "r": 1.0, "f1": 1.0, "tp": 2, "fp": 0, "fn": 0}
    gold = json.loads(line)
    gold["entities"][0]["name"] = "三个确保"
    (tmp_path / "b.json").write_text(json.dumps(gold))
    shown = kg("evaluate", tmp_path, speeches, "--show", "3").out
    assert "missed Slogan (1): 三个确保" in shown
    assert "spurious Slogan (1): 两个确保" in shown


def test_evaluate_scores_the_answers_of_another_program(speeches: Path, tmp_path: Path) -> None:
    gold, mine = tmp_path / "gold", tmp_path / "mine.jsonl"
    gold.mkdir()
    line = kg("extract", speeches / "b.txt").out
    (gold / "b.json").write_text(line, "utf-8")
    answer = json.loads(line)
    del answer["relations"]
    mine.write_text(f"{json.dumps(answer)}\n\n", "utf-8")
    run = kg("evaluate", gold, "--predictions", mine)
    assert run.status == 0
    assert re.search(r"Slogan +\| +1\.000 +1\.000 +1\.000", run.out)
    assert kg("evaluate", gold).status == kg("evaluate", gold, speeches, "--predictions", mine).status == 2
    for wrong, said in (("{", "not JSON"), ("[]", '"doc" is expected'), ('{"doc": "b", "entities": 1}', "entities")):
        mine.write_text(f"{json.dumps(answer)}\n{wrong}\n", "utf-8")
        run = kg("evaluate", gold, "--predictions", mine)
        assert run.status == 2
        assert "mine.jsonl, line 2" in run.err
        assert said in run.err


def test_control_characters_of_file_names_stay_out_of_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "\x1b[31mred\x9b.txt").touch()
    run = kg("extract", tmp_path)
    assert "red" in run.err
    assert not set(run.err) & {"\x1b", "\x9b"}


def test_help_has_an_example_for_every_command() -> None:
    for command in COMMANDS:
        shown = CliRunner().invoke(app, [command, "--help"]).stdout
        assert f"Example: kg {command} " in shown


def test_version() -> None:
    assert kg("--version").out.startswith("kg ")


def test_build_takes_options_of_the_page(speeches: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run = kg("build", speeches, "-o", out, "--page-max-nodes", "2", "--page-title", "我县 <讲话>", "--no-texts")
    assert run.status == 0
    assert re.search(r"graph\.html: 2 of \d+ entities on the opening view", run.out)
    page = (out / "graph.html").read_text("utf-8")
    assert "<title>我县 &lt;讲话&gt;</title>" in page
    packed = re.search(r'id="passages">(.*?)</script>', page, re.DOTALL)
    assert packed
    read = json.loads(zlib.decompress(base64.b64decode(packed[1])))
    assert read["texts"] == ["", ""]
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    assert manifest["parameters"]["page"] == {"title": "我县 <讲话>", "max_nodes": 2, "texts": False}
