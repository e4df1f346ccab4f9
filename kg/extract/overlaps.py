"""Which reading wins where candidates overlap, and which nested names both count (GUIDELINES: Relations between names)."""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract.found import Found
from kg.model import EntityType

NESTED: dict[EntityType, frozenset[EntityType]] = {
    # inner type: the outer types inside which it counts on its own
    "Slogan": frozenset(("Campaign", "Body", "Document", "Meeting", "Person")),
    "Campaign": frozenset(("Meeting", "Document", "Body")),
    "Body": frozenset(("Meeting", "Document", "Person", "Campaign")),
    "Document": frozenset(("Campaign", "Meeting", "Slogan")),
    "Meeting": frozenset(("Document", "Campaign")),
    "Person": frozenset(("Document", "Slogan", "Meeting", "Campaign")),
    "Time": frozenset(("Document", "Campaign", "Meeting")),
    "Place": frozenset(),
}
# On the same words, the type that says more: 一府一委两院 is a Body, “机关建设年” a Campaign, “十四五” a Time.
RANK: dict[EntityType, int] = {
    "Time": 0, "Body": 1, "Meeting": 2, "Document": 3, "Campaign": 4, "Person": 5, "Slogan": 6, "Place": 7,
}  # fmt: skip


def resolve(text: str, candidates: Iterable[Found]) -> list[Found]:
    """Keep one reading of every stretch of ``text``; sorted by (start, -end).

    Longer beats shorter, then more confident; a candidate nested in a kept one stays only where ``NESTED`` says that
    both count. Crossing candidates never both stay. Quotation marks around a name make it no longer.
    """
    best: dict[tuple[EntityType, int, int, str | None], Found] = {}
    for f in candidates:
        key = (f.type, f.start, f.end, f.name)  # a coordination has two names on the same words
        if key not in best or f.confidence > best[key].confidence:
            best[key] = f
    cored = [(_core(text, f), f) for f in best.values()]
    cored.sort(key=_longest_first)
    nothing: tuple[Found, ...] = ()
    covering = [nothing] * len(text)  # what was kept over each character
    listed: set[tuple[int, int]] = set()
    campaigns = {core for core, f in cored if f.type == "Campaign"}
    counted = {core for core, f in cored if f.rule == "quoted-count"}
    kept: list[Found] = []
    claimed: dict[tuple[int, int], str] = {}  # the words that a type which says more has claimed, kept or not
    for core, f in cored:
        if f.type == "Document" and core in campaigns and text.endswith("计划", core[0], core[1]):
            continue  # a plan with a name is a campaign; five-year plans are none of these
        if f.rule == "institution" and core in counted:
            continue  # “一链一专班” counts, it is no 专班
        if claimed.setdefault(core, f.type) != f.type and f.type == "Slogan" and core not in listed:
            continue
        left, right = covering[f.start], covering[f.end - 1]
        if not all(_both(text, f, outer) for outer in left):
            continue
        if left is not right and not all(_both(text, f, outer) for outer in right):
            continue
        kept.append(f)
        if f.rule == "listed":
            listed.add((f.start, f.end))
        if core == (f.start, f.end):  # nothing shorter was kept: what covers its ends covers all of it
            covering[f.start : f.end] = [(*left, f)] * (f.end - f.start)
        else:
            for at in range(f.start, f.end):
                covering[at] = (*covering[at], f)
    kept.sort(key=_outermost_first)
    return kept


def _longest_first(cored: tuple[tuple[int, int], Found]) -> tuple[int, int, int]:
    (start, end), f = cored
    return start - end, RANK[f.type], f.start


def _outermost_first(f: Found) -> tuple[int, int, int]:
    return f.start, -f.end, RANK[f.type]


def _core(text: str, f: Found) -> tuple[int, int]:
    """The span without quotation marks around it."""
    start, end = f.start, f.end
    if end - start > 2 and text[start] in "“‘" and text[end - 1] in "”’":
        return start + 1, end - 1
    return start, end


def _both(text: str, inner: Found, outer: Found) -> bool:
    """Whether ``inner`` may stay beside ``outer``, which is at least as long and overlaps it."""
    if inner.start < outer.start or inner.end > outer.end:
        return False
    if inner.type == outer.type and outer.name and inner.name != outer.name:
        return True  # a coordination names two: 十九届三中、四中全会, 省委、市委人大工作会议
    if (inner.start, inner.end) == (outer.start, outer.end):
        return outer.rule == "listed"  # “两学一做”等教育活动: both the slogan and the campaign of its name
    if inner.type == outer.type == "Slogan":  # 一国两制 in 和平统一、一国两制
        return inner.rule == "lexicon" and _is_part(text, inner, outer)
    return outer.type in NESTED[inner.type]


def _is_part(text: str, inner: Found, outer: Found) -> bool:
    """Whether ``inner`` is one of the clauses that 、 or ， cut ``outer`` into."""
    left = inner.start == outer.start or text[inner.start - 1] in "、，"
    right = inner.end == outer.end or text[inner.end] in "、，"
    return left and right
