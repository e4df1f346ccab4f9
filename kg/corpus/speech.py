"""A draft becomes a speech: cleaned, folded, named, with what it says about itself."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator

from kg.corpus import metadata
from kg.corpus.cleaning import clean
from kg.corpus.dates import is_masked
from kg.corpus.draft import MAX_LINE, MAX_TEXT, Draft, Unreadable
from kg.corpus.encoding import fold, printable, universal_newlines
from kg.model import Source, Speech

UNSAFE = re.compile(r"[^\w.-]+")
STEM_LENGTH = 80


def speech_of(draft: Draft, source: Source, doc: str) -> Speech:
    """Clean and name one draft. ``doc`` is the file name with its extension (records: ``file#key``).

    Raises Unreadable for a text that is empty, too long, or has a line too long to be one.
    """
    decoded = universal_newlines(draft.text)
    if len(decoded) > MAX_TEXT:
        raise Unreadable(f"{len(decoded):,} characters in one text (limit {MAX_TEXT:,}): split it into its speeches")
    longest = _longest_line(decoded)
    if longest > MAX_LINE:
        raise Unreadable(f"a line of {longest:,} characters (limit {MAX_LINE:,}): this is data, not a speech")
    fields, front = metadata.front_matter(decoded)
    text, cuts = clean(decoded, front=front, markdown=draft.markdown)
    if not text:
        raise Unreadable(
            "empty: no text in it" if not decoded.strip() else "no text left after front matter and layout"
        )
    given = {
        printable(name): universal_newlines(value.strip())
        for name, value in (draft.fields | fields).items()
        if value.strip()
    }
    found = metadata.find(text, given)
    others = {name: value for name, value in given.items() if name not in metadata.Metadata._fields and name != "url"}
    if found.date_from:
        others["date_inferred_from"] = found.date_from
    place = found.place
    if place and is_masked(place):
        # A masked place must not become the scope of bodies: two texts' XX市 are two places.
        others["place"], place = place, None
    if given.get("date") and found.date != given["date"]:
        others["date"] = given["date"]
    return Speech(
        id=speech_id(_stem(draft, doc), text),
        doc=doc,
        text=text,
        folded=fold(text),
        source=source,
        title=found.title,
        speaker=found.speaker,
        occasion=found.occasion,
        host=found.host,
        date=found.date,
        place=place,
        url=given.get("url"),
        cuts=cuts,
        metadata=dict(sorted(others.items())),
    )


def speech_id(stem: str, text: str) -> str:
    """``stem`` made safe for IRIs, and the first 8 hex digits of the text's sha256: 002-1f0a9b3c.

    Letters and digits of any script, ``_``, ``.`` and ``-`` stay; every other run becomes ``_``.
    """
    safe = UNSAFE.sub("_", unicodedata.normalize("NFC", stem)).strip("._-")[:STEM_LENGTH]
    return f"{safe or 'speech'}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def _stem(draft: Draft, doc: str) -> str:
    """The record's key; without one, the file's stem, with the row's number in a file of records."""
    if draft.key and not draft.numbered:
        return draft.key
    name = doc.rpartition("#")[0] if draft.key else doc
    stem = name.rpartition(".")[0] or name
    return f"{stem}-{draft.key}" if draft.key else stem


def _longest_line(text: str) -> int:
    return max((len(line) for line in _lines(text)), default=0)


def _lines(text: str) -> Iterator[str]:
    return (m[0] for m in re.finditer(r"[^\n]+", text)) if len(text) > MAX_LINE else iter(())
