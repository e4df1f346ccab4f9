"""A build over an earlier output gives what a build from scratch gives, whatever happened to the inputs between them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import manifest
from kg.build import Summary, build
from kg.view import PageOptions
from tests.made import TEXT
from tests.test_build import files, stored

TEXTS = (
    TEXT,
    "在机关作风建设会议上的讲话\n（2021年3月5日）\n同志们：\n要做到“两个确保”，即确保安全、确保稳定。市委要求开展“两个确保”专项行动。",
    "在全区动员大会上的讲话\n2019年6月\n一、认清形势\n区委要求落实“两个确保”，推进乡村振兴工作。县委开展三个到位专项行动。\n"
    "二、抓好落实\n要做到“三个到位”，即认识到位、责任到位、措施到位。",
    "在座谈会上的讲话\n2021年9月\n市委、市政府召开工作会议，部署“四个专项”，即治水、治气、治土、治山。\n市政府要求做到“两个确保”。",
    "没有什么可说的。",
    "",
)
LEXICONS = (
    "",
    "- {type: Slogan, name: 两个确保, expansions: [{members: [确保安全, 确保稳定]}]}\n",
    "- {type: Slogan, name: 两个确保, aliases: [双确保], expansions: [{members: [确保安全, 确保稳定]}]}\n"
    "- {type: Slogan, name: 乡村振兴}\n",
)

Options = dict[str, Any]
Edit = Callable[[Path, Options], None]


def write(name: str, text: str) -> Edit:
    def edit(folder: Path, _: Options) -> None:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")

    return edit


def remove(name: str) -> Edit:
    return lambda folder, _: (folder / name).unlink(missing_ok=True)


def rename(name: str, other: str) -> Edit:
    def edit(folder: Path, _: Options) -> None:
        if (folder / name).exists():
            (folder / other).parent.mkdir(exist_ok=True)
            (folder / name).replace(folder / other)

    return edit


def record(key: str, text: str) -> Edit:
    """Put a record into a file of them, or take it out where the text is empty."""

    def edit(folder: Path, _: Options) -> None:
        path = folder / "records.jsonl"
        rows = {r["id"]: r for r in map(json.loads, path.read_text("utf-8").splitlines())} if path.exists() else {}
        rows |= {key: {"id": key, "text": text}}
        path.write_text("".join(json.dumps(r) + "\n" for r in rows.values() if r["text"]), "utf-8")

    return edit


def words(text: str) -> Edit:
    def edit(folder: Path, _: Options) -> None:
        (folder.parent / "own.yaml").write_text(text, "utf-8")

    return edit


def option(**changed: Any) -> Edit:
    return lambda _, options: options.update(changed)


NAMES = st.sampled_from(["a.txt", "b.txt", "c.md", "deep/a.txt", "deep/d.txt"])
EDITS = st.one_of(
    st.builds(write, NAMES, st.sampled_from(TEXTS)),
    st.builds(remove, NAMES),
    st.builds(rename, NAMES, NAMES),
    st.builds(record, st.sampled_from(["一", "二"]), st.sampled_from(TEXTS)),
    st.builds(words, st.sampled_from(LEXICONS)),
    st.sampled_from(
        [
            option(min_confidence=0.9),
            option(min_confidence=0.0),
            option(base="https://example.org/"),
            option(page=PageOptions(title="甲")),
        ]
    ),
)


class Corpus:
    """A folder of speeches, an output that is built again and again, and builds from scratch to compare it with."""

    def __init__(self, folder: Path) -> None:
        self.speeches, self.out, self.scratch = folder / "in", folder / "out", folder / "scratch"
        self.speeches.mkdir()
        self.options: Options = {"use_lexicon": False}
        for edit in (write("a.txt", TEXTS[0]), write("b.txt", TEXTS[1]), words(LEXICONS[1]), record("一", TEXTS[3])):
            edit(self.speeches, self.options)
        self.build()

    def build(self, **options: Any) -> Summary:
        lexicon = self.speeches.parent / "own.yaml"
        return build([self.speeches], self.out, lexicon_files=[lexicon], **(self.options | options))

    def same_as_from_scratch(self) -> Summary:
        summary = self.build()
        out, self.out = self.out, self.scratch
        assert self.build(fresh=True).reused == 0
        self.out = out
        one, other = files(self.out), files(self.scratch)
        assert one.keys() == other.keys()
        assert [path for path in one if one[path] != other[path]] == []
        assert stored(self.out) == stored(self.scratch)
        return summary


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return Corpus(tmp_path)


@pytest.mark.slow
@settings(max_examples=5, deadline=None)
@given(st.lists(st.lists(EDITS, min_size=1, max_size=3), min_size=1, max_size=4))
def test_any_edits_give_what_a_build_from_scratch_gives(edits: list[list[Edit]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        corpus = Corpus(Path(folder))
        for together in edits:
            for edit in together:
                edit(corpus.speeches, corpus.options)
            write("stays.txt", TEXTS[2])(corpus.speeches, corpus.options)
            corpus.same_as_from_scratch()


def test_only_what_changed_is_read(corpus: Corpus) -> None:
    def anew() -> int:
        return corpus.same_as_from_scratch().new

    assert anew() == 0
    write("new.txt", TEXTS[2])(corpus.speeches, {})
    assert anew() == 1
    record("二", TEXTS[2])(corpus.speeches, {})
    assert anew() == 1, "the other record of the file is known"
    rename("new.txt", "deep/new.txt")(corpus.speeches, {})
    assert anew() == 0, "a file elsewhere"
    rename("deep/new.txt", "deep/other.txt")(corpus.speeches, {})
    assert anew() == 1, "another name is another speech"
    remove("deep/other.txt")(corpus.speeches, {})
    assert anew() == 0
    assert "deep" not in str(corpus.build().manifest["inputs"])


@pytest.mark.parametrize("change", [words(LEXICONS[2]), option(min_confidence=0.9)])
def test_another_lexicon_or_threshold_reads_everything_again(corpus: Corpus, change: Edit) -> None:
    change(corpus.speeches, corpus.options)
    assert corpus.same_as_from_scratch().reused == 0
    assert corpus.same_as_from_scratch().reused == 3


def test_another_program_reads_everything_again(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    assert corpus.build().reused == 3
    monkeypatch.setattr(manifest, "__version__", "another")
    assert corpus.build().reused == 0
    monkeypatch.setattr(manifest, "_program", lambda parts=(): "rules that changed without a new version")
    assert corpus.build().reused == 0


def test_the_digest_covers_all_that_extraction_imports() -> None:
    code = (
        "import sys, kg.pool, kg.comention, kg.corpus.word, kg.corpus.pdf, kg.corpus.html\n"
        "print(*(m for m in sys.modules if m.startswith('kg.')))"
    )
    imported = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    covered = {part.removesuffix(".py") for part in manifest.READING}
    assert {name.split(".")[1] for name in imported} == covered


@pytest.mark.parametrize("damage", ["changed", "gone", "foreign", "no cache"])
def test_a_damaged_cache_is_not_used(corpus: Corpus, damage: str) -> None:
    cache = corpus.out / "cache"
    if damage == "no cache":
        shutil.rmtree(cache)
    elif damage == "foreign":
        (cache / "texts" / "zz").write_bytes(b"x")
    else:
        victim = max((cache / "texts").iterdir())
        content = victim.read_bytes()
        victim.unlink()
        if damage == "changed":
            victim.write_bytes(content.replace("讲话".encode(), "谈话".encode()))
    assert corpus.same_as_from_scratch().reused == 0
    reason = json.loads((corpus.out / "timings.json").read_text("utf-8"))["nothing_reused_because"]
    assert reason == "the earlier output's cache is damaged or gone"
