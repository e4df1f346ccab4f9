from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg import pool
from kg.lexicon import Lexicon, load
from kg.model import Extraction, Problem, Speech
from kg.pool import cores, extract_all, extract_each

EMPTY = load(builtin=False)


def names(results: list[Extraction | Problem]) -> list[str]:
    return [Path(r.path).name if isinstance(r, Problem) else r.speech.doc for r in results]


@pytest.fixture
def files(tmp_path: Path) -> list[Path | Problem]:
    """More texts than a batch, a file of records, a bad file, and a problem known before."""
    found: list[Path | Problem] = []
    for i in range(pool.BATCH + 3):
        path = tmp_path / f"{i:02}.txt"
        path.write_text(f"第{i}篇。要做到“两个确保”。", "utf-8")
        found.append(path)
    (tmp_path / "empty.txt").touch()
    records = tmp_path / "r.jsonl"
    records.write_text("".join(json.dumps({"id": k, "text": f"记录{k}。"}) + "\n" for k in "abc"), "utf-8")
    return [*found[:5], tmp_path / "empty.txt", records, Problem("gone.txt", "no such file"), *found[5:]]


def test_processes_keep_the_order(files: list[Path | Problem]) -> None:
    alone = list(extract_all(files, EMPTY, builtin=False, jobs=1))
    shared = list(extract_all(files, EMPTY, builtin=False, jobs=2))
    assert alone == shared
    assert names(alone)[4:10] == ["04.txt", "empty.txt", "r.jsonl#a", "r.jsonl#b", "r.jsonl#c", "gone.txt"]
    assert names(alone)[-1] == f"{pool.BATCH + 2}.txt"


def test_long_texts_make_short_batches(files: list[Path | Problem], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "BATCH_BYTES", 1)
    sizes = [
        len(batch) for batch in pool.batches(pool.items_of(files, lambda speech: None), pool.BATCH, pool.BATCH_BYTES)
    ]
    assert sum(sizes) == len(files) + 2
    assert max(sizes) == 2, "only what has no bytes waits for company"


def test_who_stops_early_waits_for_nobody(files: list[Path | Problem]) -> None:
    results = extract_all(files, EMPTY, builtin=False, jobs=2)
    assert isinstance(next(results), Extraction)
    results.close()  # type: ignore[attr-defined]


def test_small_corpora_need_no_processes(files: list[Path | Problem], monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("a pool was started")

    monkeypatch.setattr(pool, "_pooled", never)
    assert len(list(extract_all(files, EMPTY))) == len(files) + 2
    monkeypatch.setattr(pool, "WORTH_A_POOL", 10)
    if cores() > 1:
        with pytest.raises(AssertionError, match="a pool was started"):
            list(extract_all(files, EMPTY))


def test_known_speeches_are_not_extracted_again(files: list[Path | Problem]) -> None:
    def known(speech: Speech) -> Extraction | None:
        return Extraction(speech) if speech.doc == "r.jsonl#b" else None

    for jobs in (1, 2):
        found = list(extract_each(files, EMPTY, builtin=False, jobs=jobs, known=known))
        assert names([result for _, result in found]) == names(list(extract_all(files, EMPTY, jobs=1)))
        assert [number for number, _ in found[4:10]] == [4, 5, 6, 6, 6, 7]
        assert [bool(result.entities) for _, result in found[:1] if isinstance(result, Extraction)] == [True]
        (b,) = (r for _, r in found if isinstance(r, Extraction) and r.speech.doc == "r.jsonl#b")
        assert b == Extraction(b.speech), "as it was given"


def test_a_failure_names_the_text(files: list[Path | Problem], monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> Extraction:
        raise ZeroDivisionError

    monkeypatch.setattr(pool, "extract", broken)
    with pytest.raises(ZeroDivisionError) as failure:
        list(extract_all(files, Lexicon([])))
    assert "00.txt" in failure.value.__notes__[0]
