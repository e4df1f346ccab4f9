"""How a name may stand in a text: with or without inner quotation marks, with one separator or another.

“不忘初心、牢记使命”主题教育, 不忘初心、牢记使命主题教育 and "不忘初心,牢记使命"主题教育 are one name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.lexicon.schema import Entry

QUOTES = (("“", "”"), ("‘", "’"), ('"', '"'), ("'", "'"))
SEPARATORS = ("、", "，", ",", "。", "")
OTHERWISE = str.maketrans("，：；！？（）乾", ",:;!?()干")
"""Half-width marks that texts use instead, and the one character of the built-in names that folding changes."""

SPECIAL = re.compile("[“、，：；！？（）乾]")
"""What a spelling may vary in, inner quotation marks apart."""


def spellings(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield (spelling, form): each way in which a text may write a form of ``entry``, the form itself first.

    Parts that a text may put in quotation marks are other forms of the entry (“四个全面”战略布局), what it is
    ``named_after``, and what an alias shows in “ ” (全国“两会”).
    """
    forms = entry.forms
    parts = (*forms, entry.named_after) if entry.named_after else forms
    for form in forms:
        inner = [p for p in parts if p in form and len(form) > len(p) > 1] if len(parts) > 1 else []
        if not inner and not SPECIAL.search(form):
            yield form, form
            continue
        written = (separated for quoted in _quoted(form, inner) for separated in _separated(quoted))
        yield from ((spelling, form) for spelling in dict.fromkeys(written))


def _quoted(form: str, parts: list[str]) -> Iterator[str]:
    yield form
    for left, right in QUOTES:
        if "“" in form:
            yield form.replace("“", left).replace("”", right)
        for part in parts:
            yield form.replace(part, f"{left}{part}{right}", 1)


def _separated(form: str) -> Iterator[str]:
    yield form
    yield form.translate(OTHERWISE)
    if "、" in form or "，" in form:
        plain = form.replace("，", "、")
        for separator in SEPARATORS:
            if len(spelling := plain.replace("、", separator)) > 1:
                yield spelling
