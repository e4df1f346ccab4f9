"""How a name may stand in a text: with or without inner quotation marks, with one separator or another.

“不忘初心、牢记使命”主题教育, 不忘初心、牢记使命主题教育 and "不忘初心,牢记使命"主题教育 are one name.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.lexicon.schema import Entry

QUOTES = (("“", "”"), ("‘", "’"), ('"', '"'), ("'", "'"), ("「", "」"), ("『", "』"))
SEPARATORS = ("、", "，", ",", "。", "")
FULL_WIDTH = str.maketrans("，：；！？（）", ",:;!?()")
"""Full-width marks as the folded copy of a speech may have them."""


def spellings(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield (spelling, form): each way in which a text may write a form of ``entry``, the form itself first.

    Parts that a text may put in quotation marks are other forms of the entry (“四个全面”战略布局), what it is
    ``named_after``, and what an alias shows in “ ” (全国“两会”).
    """
    own = (*entry.forms, entry.named_after) if entry.named_after else entry.forms
    for form in entry.forms:
        seen: set[str] = set()
        for written in _quoted(form, own):
            for spelling in _separated(written):
                if spelling not in seen:
                    seen.add(spelling)
                    yield spelling, form


def _quoted(form: str, own: tuple[str, ...]) -> Iterator[str]:
    yield form
    if "“" in form:
        for left, right in QUOTES:
            yield form.replace("“", left).replace("”", right)
    for part in own:
        if len(part) >= 2 and part != form and part in form:
            for left, right in QUOTES:
                yield form.replace(part, f"{left}{part}{right}", 1)


def _separated(form: str) -> Iterator[str]:
    yield form
    folded = form.translate(FULL_WIDTH)
    if folded != form:
        yield folded
    if "、" in form or "，" in form:
        plain = form.replace("，", "、")
        for separator in SEPARATORS:
            yield plain.replace("、", separator)
