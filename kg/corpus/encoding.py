"""Bytes → text, and the folded copy of a text that patterns run on."""

from __future__ import annotations

import codecs
import re
import unicodedata
from functools import cache
from typing import NamedTuple

import charset_normalizer
import opencc

from kg.corpus.draft import Unreadable

# Longest first: the UTF-32 mark begins with the UTF-16 one.
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What files called Big5 really hold: Windows' form, else the Hong Kong one (which reads ① as kana).
LEGACY = ("gb18030", "cp950", "big5hkscs")
SAMPLE = 64 * 1024
DAMAGE = 1000
"""A text in which at most one byte in so many cannot be decoded is read with U+FFFD in those places, and said so."""

LINE_END = re.compile("\r\n?|\x0b|\x85|\u2028|\u2029")
PAGE_BREAK = re.compile("(?<!\n)\f")
SURROGATE = re.compile("[\ud800-\udfff]")

# The forms in the radicals block that are whole characters; Python's NFKC knows only two of them.
# Source: Unicode 15.1, EquivalentUnifiedIdeograph.txt.
RADICALS = dict(
    zip(
        "⺟⺠⺩⺶⻄⻅⻆⻉⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
        "母民王羊西见角贝车長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
        strict=True,
    )
)

# The hundred most frequent characters of the genre, in both scripts: the wrong decoding has almost none of them.
COMMON = frozenset(
    "的一是在了和有中大人国为不要上会发展工作新设全建行党政民主实以这我们业进化经方出法对加生动成地年强会"
    "國為會發設黨實這們業進經對動強與個來時後學習開關於機體現務質"
)


class Decoded(NamedTuple):
    """A decoded text with ``\\n`` line ends, the encoding's Python name, and how many bytes could not be decoded."""

    text: str
    encoding: str
    lost: int = 0


def decode(data: bytes) -> Decoded:
    """Decode bytes: byte order mark, then strict UTF-8, then detection (GB18030, Big5, UTF-16 without mark).

    Line ends become ``\\n`` as in Python's text files; a lone surrogate becomes U+FFFD. Raises Unreadable if the bytes
    are no text.
    """
    for mark, name in BOMS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], name)
    try:
        if b"\0" not in data:
            return Decoded(universal_newlines(data.decode("utf-8")), "utf-8")
    except UnicodeDecodeError:
        pass
    return _decoded(data, detect(data))


def detect(data: bytes) -> str:
    """The encoding of bytes that are not UTF-8: GB18030, Big5 or UTF-16 without mark.

    The decoding that gives the most frequent Chinese characters wins; where that is undecided charset-normalizer has
    the word. Raises Unreadable for what looks like no text.
    """
    sample = data[:SAMPLE]
    utf16 = _utf16(sample)
    if utf16:
        return utf16
    if b"\0" in sample:
        raise Unreadable("binary data, not text")
    scored = {name: _plausibility(sample, name) for name in ("utf-8", *LEGACY)}
    best = max(scored, key=lambda name: scored[name])
    if scored[best] >= 0.05:
        return best
    guess = charset_normalizer.from_bytes(sample, cp_isolation=["utf_8", *LEGACY]).best()
    if guess is None or not _is_text(str(guess)):
        raise Unreadable("neither UTF-8, UTF-16, GB18030 nor Big5 text: save it as UTF-8")
    return guess.encoding


def universal_newlines(text: str) -> str:
    """``\\n`` for every line end, also before a page break; U+FFFD for lone surrogates, which no output could carry."""
    return SURROGATE.sub("\ufffd", PAGE_BREAK.sub("\n\f", LINE_END.sub("\n", text)))


def printable(name: str) -> str:
    """A name (of a file, record or column) on one line, with ``?`` for what no output could show."""
    return name if name.isprintable() else "".join(c if c.isprintable() else "?" for c in name)


def fold(text: str) -> str:
    """The copy that patterns run on, character for character as long as ``text``.

    Traditional characters become simplified ones one by one (OpenCC's t2s table), full-width letters and digits
    half-width, 「」『』 become “”‘’, every kind of space a space, and the look-alikes that PDF files use for Chinese
    characters (Kangxi radicals, compatibility ideographs) the characters themselves. Chinese punctuation stays.
    ``fold(a + b) == fold(a) + fold(b)``.
    """
    table = _folding()
    concerned = table.keys() & set(map(ord, set(text)))
    if len(concerned) <= 8:
        # Simplified text has a few such characters at most: replacing them one by one is five times as fast.
        folded = text
        for code in concerned:
            folded = folded.replace(chr(code), table[code])
    else:
        folded = text.translate(table)
    assert len(folded) == len(text)
    return folded


@cache
def lookalikes() -> dict[int, str]:
    """Characters that only look like Chinese ones (Kangxi radicals, compatibility ideographs) → the real ones."""
    table = {ord(a): b for a, b in RADICALS.items()}
    for code in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if plain != chr(code) and len(plain) == 1:
            table[code] = plain
    return table


@cache
def _folding() -> dict[int, str]:
    table: dict[int, str] = {}
    for a, b in (("Ａ", "A"), ("ａ", "a")):
        table |= {ord(a) + i: chr(ord(b) + i) for i in range(26)}
    table |= {ord("０") + i: str(i) for i in range(10)}
    table |= {ord(a): b for a, b in zip("「」『』", "“”‘’", strict=True)}
    table |= dict.fromkeys((0x3000, 0xA0, 0x202F, 0x205F, *range(0x2000, 0x200B)), " ")
    table |= lookalikes()
    han = [*range(0x3400, 0xA000), *range(0x20000, 0x323B0)]
    # One call for all; a line each, so that no phrase rule applies.
    simplified = opencc.OpenCC("t2s").convert("\n".join(map(chr, han))).split("\n")
    assert len(simplified) == len(han)
    plain_of = {code: to for code, to in zip(han, simplified, strict=True) if chr(code) != to and len(to) == 1}
    return {code: plain_of.get(ord(to), to) for code, to in table.items()} | plain_of


def _decoded(data: bytes, encoding: str) -> Decoded:
    try:
        text, lost = data.decode(encoding), 0
    except UnicodeDecodeError as error:
        text = data.decode(encoding, errors="replace")
        lost = text.count("\ufffd")
        if lost * DAMAGE > max(len(data), DAMAGE):
            raise Unreadable(
                f"damaged text: {lost:,} places are not valid {encoding.upper()}, the first at byte {error.start:,};"
                " save it again as UTF-8"
            ) from error
    if not _is_text(text[:SAMPLE]):
        raise Unreadable("binary data, not text")
    return Decoded(universal_newlines(text), encoding, lost)


def _utf16(sample: bytes) -> str | None:
    """UTF-16 without mark, told by its frequent characters, or by zeros that all stand in every other byte."""
    even = sample[: len(sample) // 2 * 2]
    scored = {name: _plausibility(even, name) for name in ("utf-16-le", "utf-16-be", "utf-8", *LEGACY)}
    best = max(scored, key=lambda name: scored[name])
    if best.startswith("utf-16") and scored[best] >= 0.05:
        return best
    left, right = even[::2].count(0), even[1::2].count(0)
    if bool(left) == bool(right) or (left + right) * 10 < len(even) // 2:
        return None
    name = "utf-16-be" if left else "utf-16-le"
    return name if _is_text(even.decode(name, "replace")) else None


def _plausibility(sample: bytes, encoding: str) -> float:
    """Share of the genre's frequent characters in a decoded sample, less what cannot be decoded."""
    text = codecs.getincrementaldecoder(encoding)("replace").decode(sample)
    return (sum(map(text.count, COMMON)) - 20 * text.count("\ufffd") - 5 * text.count("\0")) / max(1, len(text))


def _is_text(text: str) -> bool:
    """Whether almost nothing in a text is a control, private or unassigned character."""
    odd = sum(
        n for c, n in _counts(text) if unicodedata.category(c) in ("Cc", "Co", "Cn") and c not in "\t\n\r\f\v\x85"
    )
    return odd * 50 <= len(text)


def _counts(text: str) -> list[tuple[str, int]]:
    return [(c, text.count(c)) for c in set(text)]
