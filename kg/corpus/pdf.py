"""PDF: the text layer, page by page."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import Any, BinaryIO

import pypdf

from kg.corpus.draft import MAX_TEXT, Draft, Unreadable
from kg.corpus.encoding import lookalikes
from kg.corpus.text import read_whole

MAX_PAGES = 5000


def drafts(stream: BinaryIO) -> Iterator[Draft]:
    r"""Yield the one text of a PDF file, its pages parted by ``\f``. Pages without text are named in a warning.

    Raises Unreadable for a broken or encrypted file and for one without a text layer.
    """
    data = read_whole(stream)
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it reports every repaired oddity on stderr
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("encrypted PDF: open it with its password and save it without")
        pages = len(reader.pages)
        if pages > MAX_PAGES:
            raise Unreadable(f"{pages:,} pages (limit {MAX_PAGES:,}): split it into its speeches")
        texts = []
        for page in reader.pages:
            texts.append(page.extract_text())
            if sum(map(len, texts)) > MAX_TEXT:
                raise Unreadable(f"more than {MAX_TEXT:,} characters: split it into its speeches")
        info: Any = reader.metadata or {}
        fields = {
            f"pdf {name}": str(info[key]).strip()
            for name, key in (("title", "/Title"), ("author", "/Author"), ("subject", "/Subject"))
            if info.get(key) and str(info[key]).strip()
        }
    except Unreadable:
        raise
    except (
        Exception
    ) as error:  # pypdf lets whatever a broken file provokes through: KeyError, TypeError, RecursionError …
        reason = (str(error).splitlines() or [""])[0][:120] or type(error).__name__
        if "AES" in reason or "cryptography" in reason:
            raise Unreadable("encrypted PDF: open it with its password and save it without") from error
        raise Unreadable(f"broken PDF ({reason}): open it in a viewer and print it to a new PDF") from error
    blank = [i for i, text in enumerate(texts, 1) if not text.strip()]
    if len(blank) == len(texts):
        raise Unreadable(f"no text layer ({pages} pages of pictures): run text recognition (OCR) on it first")
    text = "\n\f".join(texts)
    mended = sum(map(text.count, map(chr, lookalikes().keys() & set(map(ord, text)))))
    if mended:
        # Programs that write PDF files name glyphs shared by two codes by the wrong one: ⼯作 for 工作.
        text = text.translate(lookalikes())
        fields["pdf look-alikes"] = f"{mended} radicals read as the characters that they show"
    warnings: tuple[str, ...] = ()
    if blank:
        named = ", ".join(map(str, blank[:10])) + (" …" if len(blank) > 10 else "")
        warnings = (f"{len(blank)} of {pages} pages have no text (page {named}): run text recognition (OCR) if needed",)
    yield Draft(text, fields, warnings=warnings)
