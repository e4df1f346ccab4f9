"""The score tables of docs/extraction.md: with and without the lexicon, summed and text by text.

    benchmarks/scores.py [--write] [--unseen]

``--write`` puts the tables between the marks of docs/extraction.md. ``--unseen`` prints how slogans that the lexicon
has fare beside those that it does not have.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import _gold

from kg.evaluate import MEASURES, Document, Outcome, Score, compare, score, tally

DOC = _gold.ROOT / "docs" / "extraction.md"
SHORT = {
    "expansion found": "found",
    "expansion items": "items",
    "expansion whole": "whole",
    "directive slots": "slots",
}


def gathered(builtin: bool, names: Iterable[str] | None = None) -> tuple[dict[str, Document], dict[str, Document]]:
    """Gold and prediction of all sets at hand (or those named), by set and file name."""
    golds: dict[str, Document] = {}
    preds: dict[str, Document] = {}
    for of in _gold.present():
        if names is None or of.name in names:
            golds |= {f"{of.name}/{doc}": gold for doc, gold in _gold.golds(of).items()}
            preds |= {f"{of.name}/{doc}": pred for doc, pred in _gold.predictions(of, builtin).items()}
    return golds, preds


def summed(builtin: bool, names: Iterable[str] | None = None) -> dict[str, Score]:
    return score(*gathered(builtin, names))


def sums() -> Iterator[str]:
    """Markdown: strict precision, recall and F1 of all texts together, with and without the lexicon."""
    known, bare = summed(True), summed(False)
    yield "| | gold | P | R | F1 | lenient F1 | without lexicon: P | R | F1 |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|---:|"
    for m in MEASURES:
        a, b = known[f"strict {m}"], bare[f"strict {m}"]
        lenient = known[f"lenient {m}"].f1
        yield (
            f"| {m} | {a.tp + a.fn} | {a.p:.3f} | {a.r:.3f} | **{a.f1:.3f}** | {lenient:.3f} | {b.p:.3f} | {b.r:.3f} | {b.f1:.3f} |"
        )


def by_set() -> Iterator[str]:
    """Markdown: strict F1 of each set of texts, with / without the lexicon."""
    sets = [of.name for of in _gold.present()]
    figures = {(name, builtin): summed(builtin, [name]) for name in sets for builtin in (True, False)}
    yield "| | " + " | ".join(sets) + " |"
    yield "|---|" + "---:|" * len(sets)
    for m in MEASURES:
        cells = (f"{figures[s, True][f'strict {m}'].f1:.3f} / {figures[s, False][f'strict {m}'].f1:.3f}" for s in sets)
        yield f"| {m} | " + " | ".join(cells) + " |"


def by_text() -> Iterator[str]:
    """Markdown: strict F1 of each text with the lexicon; – where neither gold nor prediction has anything."""
    golds, preds = gathered(True)
    yield "| text | " + " | ".join(SHORT.get(m, m) for m in MEASURES) + " |"
    yield "|---|" + "---:|" * len(MEASURES)
    for doc, gold in golds.items():
        figures = tally(compare({doc: gold}, preds, "strict"))
        cells = (f"{figures[m].f1:.2f}" if any(figures[m]) else "–" for m in MEASURES)
        yield f"| {doc.split('_')[0].removesuffix('.txt')} | " + " | ".join(cells) + " |"


def apart() -> Iterator[str]:
    """Markdown: slogans and their expansions, those that the lexicon has and those that it does not have apart."""
    lexicon = _gold.lexicon(True)

    def has(o: Outcome) -> bool:
        return lexicon.get("Slogan", o.gold or o.predicted or "") is not None

    yield "| strict | gold | with lexicon: P | R | F1 | without: P | R | F1 |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|"
    for label, wanted in (("in the lexicon", True), ("unseen", False)):
        rows = []
        for builtin in (True, False):
            outcomes = [o for o in compare(*gathered(builtin), "strict") if o.measure in PARTED and has(o) is wanted]
            rows.append(tally(outcomes))
        for m in PARTED:
            a, b = rows[0][m], rows[1][m]
            cells = f"{a.p:.3f} | {a.r:.3f} | {a.f1:.3f} | {b.p:.3f} | {b.r:.3f} | {b.f1:.3f}"
            yield f"| {m}, {label} | {a.tp + a.fn} | {cells} |"


PARTED = ("Slogan", "expansion found", "expansion whole")


def put(path: Path, tables: Mapping[str, Iterable[str]]) -> None:
    """Write tables between ``<!-- name -->`` and ``<!-- /name -->`` of a Markdown file."""
    text = path.read_text("utf-8")
    for name, lines in tables.items():
        mark = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.S)
        if not mark.search(text):
            raise SystemExit(f"{path}: no place for the table: <!-- {name} --> … <!-- /{name} -->")
        body = "\n".join(lines) + "\n"
        text = mark.sub(lambda m, body=body: m[1] + body + m[2], text)  # type: ignore[misc]
    path.write_text(text, "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="put the tables into docs/extraction.md")
    parser.add_argument("--unseen", action="store_true", help="slogans in the lexicon and unseen ones apart")
    arguments = parser.parse_args()
    if arguments.unseen:
        print(*apart(), sep="\n")
    elif arguments.write:
        put(DOC, {"sums": sums(), "sets": by_set(), "texts": by_text()})
    else:
        for lines in (sums(), by_set(), by_text()):
            print(*lines, sep="\n", end="\n\n")


if __name__ == "__main__":
    main()
