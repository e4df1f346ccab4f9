"""Candidates for the lexicon: phrases of a corpus that keep together, with the evidence for a curator to judge.

Four signs of a fixed phrase, all counted over the tokens of jieba: it is frequent; its parts attract each other
(pointwise mutual information: Church & Hanks 1990, normalised as by Bouma 2009); what stands before and behind it varies
(branching entropy: Jin & Tanaka-Ishii 2006); somebody somewhere puts it in quotation marks. None of them says that a
phrase is a slogan: that is for the curator.
"""

from __future__ import annotations

import json
import logging
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Literal, NamedTuple

import jieba
from daachorse import MATCH_KIND_STANDARD, CharwiseDoubleArrayAhoCorasick
from rich.table import Table
from rich.text import Text

from kg.lexicon import Lexicon
from kg.lexicon.arity import arity
from kg.model import ENTITY_TYPES, Speech

LONGEST = 20
"""Characters of the longest phrase; a slogan of more is a sentence."""

TOKENS = 8
"""Tokens of the longest phrase."""

SHORTEST = 3
CONTEXT = 12
"""Characters of the example on either side."""

WORD = re.compile(r"[\u3007\u4e00-\u9fff\dA-Za-z]+")
AMOUNT = re.compile(r"[〇零一二三四五六七八九十百千万亿两几多余点\d]+|.*[百千万]?分之.*|.*百分点.*")
"""Numbers, shares and their like: they keep together and mean nothing by it."""

HAN = re.compile(r"[\u4e00-\u9fff]")
QUOTED = re.compile(r"[“「『]([^“”「」『』\n]{2,24})[”」』]")
INNER = re.compile(r"[、，· ]")
"""What may stand inside a quoted phrase: 不忘初心、牢记使命."""

MOSTLY = 0.8
"""A phrase that stands inside one longer candidate in this share of its places is a piece of it."""

OWN_WORD = 0.2
"""A word of jieba's own dictionary is a candidate where this share of its places is quoted."""

QUOTED_ENDS, QUOTED_WEIGHT, COUNTED_WEIGHT = 3.0, 5.0, 3.0
"""How much quotation marks and a numeral count: chosen by how many entries of a withheld lexicon come out on top."""

LOOSE = frozenset(
    "的 了 着 过 和 与 及 或 而 在 是 有 为 以 对 把 被 将 要 从 到 由 向 于 等 也 都 就 又 还 更 很 最 不 我 我们 你 你们 他 他们 她 "
    "它 这 那 这个 那个 这些 那些 其 各 该 本 之 所 并 并且 但 但是 因为 所以 如果 以及 同时 通过 关于 按照 根据 进行 一个 一些 一种 "
    "使 让 给 用 能 会 可以 必须 应当 应该 没有 已经 上 下 中 里 内 外 前 后 时 地 得 等等 了解 做 们 年 月 日".split()
)
"""Words that no fixed phrase begins or ends with."""


class Candidate(NamedTuple):
    """A phrase and what speaks for it.

    ``frequency`` is how often and ``speeches`` in how many speeches it stands; ``cohesion`` the normalised mutual
    information of its weakest joint, -1 to 1 (None: one word of jieba's own dictionary); ``left`` and ``right`` the
    entropy in bits of the token before and behind it; ``quoted`` how often it stands in quotation marks; ``pattern``
    the numbers that it counts (3+3), None without; ``example`` one place, quoted with some words around, and ``doc`` and
    ``start`` where that is (str index into the speech's text).
    """

    phrase: str
    score: float
    frequency: int
    speeches: int
    cohesion: float | None
    left: float
    right: float
    quoted: int
    pattern: str | None
    example: str
    doc: str
    start: int


def discover(speeches: Iterable[Speech], lexicon: Lexicon, *, top: int = 100, min_count: int = 3) -> list[Candidate]:
    """The ``top`` phrases of ``speeches`` that look most like fixed ones, best first.

    What ``lexicon`` has is left out, also where it stands only inside a longer form of it; so is what stands nearly
    always inside a longer candidate. A phrase must occur ``min_count`` times.
    """
    once = {speech.id: speech for speech in speeches}
    corpus = [_Tokens(once[id_]) for id_ in sorted(once)]
    phrases = _phrases(corpus, min_count)
    places = _places(corpus, phrases, lexicon)
    found = [
        c
        for phrase, at in places.items()
        if at.count >= min_count
        and 2 * at.covered < at.count
        and (c := _candidate(phrase, at, phrases[phrase], corpus))
    ]
    found.sort(key=lambda c: (-c.score, c.phrase))
    return list(_outermost(found, top))


class _Tokens:
    """A speech cut into words: ``words[i]`` begins at ``starts[i]``, and ``at[k]`` is the word of character k."""

    def __init__(self, speech: Speech) -> None:
        self.speech = speech
        self.words = [w for w in _cut(speech.folded) if w]
        self.starts = [0, *accumulate(map(len, self.words))]
        self.at = [i for i, w in enumerate(self.words) for _ in w]


def _cut(text: str) -> Iterator[str]:
    jieba.setLogLevel(logging.WARNING)
    words: Iterator[str] = jieba.cut(text, HMM=False)
    return words


def _runs(corpus: Sequence[_Tokens], least: int) -> dict[tuple[str, ...], int]:
    """The runs of up to ``TOKENS`` words that occur ``least`` times, punctuation aside, and how often they do.

    As in Apriori, a run is counted only where the runs that it begins and ends with are frequent.
    """
    counts: dict[tuple[str, ...], int] = {}
    level: Counter[tuple[str, ...]] = Counter((w,) for t in corpus for w in t.words if WORD.fullmatch(w))
    for n in range(1, TOKENS + 1):
        kept = {run: c for run, c in level.items() if c >= least}
        counts |= kept
        level = Counter()
        for t in corpus:
            runs = list(zip(*(t.words[k:] for k in range(n)), strict=False))
            good = [run in kept for run in runs]
            for i in range(len(runs) - 1):
                if good[i] and good[i + 1]:
                    level[(*runs[i], runs[i + 1][-1])] += 1
    return counts


def _phrases(corpus: Sequence[_Tokens], least: int) -> dict[str, float | None]:
    """What could be a fixed phrase, and the mutual information of its weakest joint where that was counted."""
    size = sum(len(t.words) for t in corpus)
    counts = _runs(corpus, least)
    found: dict[str, tuple[int, float | None]] = {}
    for run, count in counts.items():
        phrase = "".join(run)
        if not (SHORTEST <= len(phrase) <= LONGEST and HAN.search(phrase)) or AMOUNT.fullmatch(phrase):
            continue
        if run[0] in LOOSE or run[-1] in LOOSE:
            continue
        weakest = min((_npmi(count, counts[run[:k]], counts[run[k:]], size) for k in range(1, len(run))), default=None)
        found[phrase] = max(found.get(phrase, (0, None)), (count, weakest), key=lambda f: f[0])
    for t in corpus:
        for m in QUOTED.finditer(t.speech.folded):  # 不忘初心、牢记使命: no run of words, but one phrase
            parts = INNER.split(m[1])
            if len(parts) > 1 and all(WORD.fullmatch(p) for p in parts) and HAN.search(m[1]):
                found.setdefault(m[1], (0, None))
    return {phrase: weakest for phrase, (_, weakest) in found.items()}


def _npmi(both: int, left: int, right: int, size: int) -> float:
    """Normalised pointwise mutual information of two neighbours, -1 to 1."""
    if both >= size:
        return 1.0
    return math.log2(both * size / (left * right)) / -math.log2(both / size)


class _Places:
    """Where a phrase stands: what precedes and follows it, and how often it is quoted or part of a known form."""

    __slots__ = ("after", "before", "count", "covered", "first", "quoted", "speeches")

    def __init__(self) -> None:
        self.count = self.covered = self.quoted = 0
        self.before: Counter[str] = Counter()
        self.after: Counter[str] = Counter()
        self.speeches: set[int] = set()
        self.first: tuple[bool, int, int] | None = None


def _places(corpus: Sequence[_Tokens], phrases: Iterable[str], lexicon: Lexicon) -> dict[str, _Places]:
    words = [p for p in phrases if not any(lexicon.all(type_, p) for type_ in ENTITY_TYPES)]
    places: dict[str, _Places] = defaultdict(_Places)
    if not words:
        return places
    automaton = CharwiseDoubleArrayAhoCorasick(words, MATCH_KIND_STANDARD)
    for number, t in enumerate(corpus):
        text = t.speech.folded
        known = _cover(len(text), ((m.start, m.end) for m in lexicon.find(text)))
        begins = set(t.starts)
        for start, end, i in automaton.find_overlapping(text):
            if start not in begins or end not in begins:
                continue  # the words are other words here
            at = places[words[i]]
            at.count += 1
            at.covered += known[end] - known[start] == end - start
            quoted = (
                text[start - 1 : start] in "“「『" and text[end : end + 1] in "”」』" and 0 < start < end < len(text)
            )
            at.quoted += quoted
            at.before[t.words[t.at[start - 1]] if start else ""] += 1
            at.after[t.words[t.at[end]] if end < len(text) else ""] += 1
            at.speeches.add(number)
            if at.first is None or (quoted and not at.first[0]):
                at.first = (quoted, number, start)
    return places


def _cover(size: int, spans: Iterable[tuple[int, int]]) -> list[int]:
    """How many characters before each offset lie in one of the spans."""
    inside = bytearray(size)
    for start, end in spans:
        inside[start:end] = b"\1" * (end - start)
    return [0, *accumulate(inside)]


def _candidate(phrase: str, at: _Places, cohesion: float | None, corpus: Sequence[_Tokens]) -> Candidate | None:
    pattern = arity(phrase)
    left, right = entropy(at.before), entropy(at.after)
    share = at.quoted / at.count
    if at.first is None or (cohesion is None and not INNER.search(phrase) and share < OWN_WORD):
        return None
    # Between quotation marks a phrase always has the same neighbours, and the surest boundaries there are.
    open_ends = max(min(left, right), QUOTED_ENDS * share)
    score = math.log2(1 + at.count) * max(0.0, 0.5 if cohesion is None else cohesion) * (1 + open_ends)
    score *= (1 + QUOTED_WEIGHT * math.sqrt(share)) * (COUNTED_WEIGHT if pattern and at.quoted else 1.0)
    if not score:
        return None
    _, number, start = at.first
    speech = corpus[number].speech
    low, high = max(0, start - CONTEXT), start + len(phrase) + CONTEXT
    example = " ".join(speech.text[low:high].split())
    return Candidate(
        phrase=phrase,
        score=round(score, 2),
        frequency=at.count,
        speeches=len(at.speeches),
        cohesion=None if cohesion is None else round(cohesion, 3),
        left=round(left, 2),
        right=round(right, 2),
        quoted=at.quoted,
        pattern=pattern[0] if pattern else None,
        example=example,
        doc=speech.doc,
        start=start,
    )


def entropy(neighbours: Counter[str]) -> float:
    """The entropy of a distribution in bits."""
    total = neighbours.total()
    return -sum(n / total * math.log2(n / total) for n in neighbours.values()) + 0.0


def _outermost(found: Sequence[Candidate], top: int) -> Iterator[Candidate]:
    """The best ones without those that stand nearly always inside a longer one, or are little more than a better one."""
    longer: dict[str, int] = {c.phrase: 0 for c in found}  # how often the commonest candidate around it occurs
    for c in found:
        for piece in _pieces(c.phrase):
            if piece in longer:
                longer[piece] = max(longer[piece], c.frequency)
    shown: set[str] = set()
    for c in found:
        if len(shown) == top:
            return
        if longer[c.phrase] < MOSTLY * c.frequency and not any(piece in shown for piece in _pieces(c.phrase)):
            shown.add(c.phrase)
            yield c


def _pieces(phrase: str) -> Iterator[str]:
    """What a phrase contains, itself left out."""
    size = len(phrase)
    return (phrase[i:j] for i in range(size) for j in range(i + SHORTEST, size + 1) if j - i < size)


def text_of(candidates: Iterable[Candidate], format: Literal["tsv", "json"]) -> str:
    """Candidates as tab-separated lines under a header, or as a JSON list of objects; line end included."""
    if format == "json":
        return json.dumps([c._asdict() for c in candidates], ensure_ascii=False, indent=1) + "\n"
    lines = [Candidate._fields, *(tuple("" if v is None else str(v) for v in c) for c in candidates)]
    return "".join("\t".join(cell.replace("\t", " ") for cell in line) + "\n" for line in lines)


def table(candidates: Iterable[Candidate]) -> Table:
    """Candidates for the terminal, numbers to the right."""
    shown = Table(box=None, header_style="bold", pad_edge=False)
    for name in COLUMNS:
        text = name in ("phrase", "pattern", "example")
        shown.add_column(name, justify="left" if text else "right", no_wrap=name == "phrase", overflow="fold")
    for c in candidates:
        shown.add_row(*(Text("" if (value := getattr(c, name)) is None else str(value)) for name in COLUMNS))
    return shown


COLUMNS = tuple(name for name in Candidate._fields if name not in ("doc", "start"))
