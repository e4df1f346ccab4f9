"""Word (.docx): paragraphs and tables in order, and the document's properties."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

import docx
from docx.oxml.ns import qn

from kg.corpus.archive import check_sizes
from kg.corpus.draft import Draft, Unreadable
from kg.corpus.text import read_whole

PARAGRAPH, TABLE, ROW, CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
TEXT, TAB, BREAKS = qn("w:t"), qn("w:tab"), (qn("w:br"), qn("w:cr"))
HYPHEN = qn("w:noBreakHyphen")
# A text box stands twice in the file, for new and for old programs; deleted text and field codes are not the text.
PASSED_OVER = {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    qn("w:del"), qn("w:instrText"), qn("w:pPr"), qn("w:rPr"), qn("w:moveFrom"),
}  # fmt: skip
PROPERTIES = ("title", "author", "subject", "keywords", "category", "comments")


def drafts(stream: BinaryIO) -> Iterator[Draft]:
    """Yield the one text of a .docx file: a line a paragraph, table rows with tabs between the cells.

    Numbers that Word generates (automatic lists) are not in the file's text: how many paragraphs have one is kept in
    the metadata. Footnotes, headers and footers are left out. Raises Unreadable for what is no Word document.
    """
    data = read_whole(stream)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            check_sizes(parts.infolist())
        document = docx.Document(io.BytesIO(data))
    except Unreadable:
        raise
    except Exception as error:  # python-docx lets KeyError, ValueError, lxml's and zipfile's own errors through
        raise Unreadable(f"broken Word document ({_brief(error)}): open it in Word and save it again") from error
    body = document.element.body
    fields = {
        f"docx {name}": value
        for name in PROPERTIES
        if (value := str(getattr(document.core_properties, name) or "").strip())
    }
    automatic = sum(1 for _ in body.iter(qn("w:numPr")))
    if automatic:
        fields["docx automatic numbers"] = f"{automatic} paragraphs, their numbers are not in the text"
    yield Draft("\n".join(_lines(body)), fields)


def _lines(parent: Any) -> Iterator[str]:
    """The lines of a body, cell or text box, through content controls and tracked insertions."""
    for child in parent:
        if child.tag == PARAGRAPH:
            boxes: list[Any] = []
            yield from "".join(_runs(child, boxes)).split("\n")
            for box in boxes:
                yield from _lines(box)
        elif child.tag == TABLE:
            for row in child.iter(ROW):
                cells = (" ".join(line for line in _lines(cell) if line.strip()) for cell in row.iterchildren(CELL))
                yield "\t".join(cells)
        elif child.tag not in PASSED_OVER and isinstance(child.tag, str):
            yield from _lines(child)


def _runs(parent: Any, boxes: list[Any]) -> Iterator[str]:
    for child in parent:
        if child.tag == TEXT:
            yield child.text or ""
        elif child.tag == TAB:
            yield "\t"
        elif child.tag in BREAKS:
            yield "\n"
        elif child.tag == HYPHEN:
            yield "-"
        elif child.tag == qn("w:txbxContent"):
            boxes.append(child)
        elif child.tag not in PASSED_OVER:
            yield from _runs(child, boxes)


def _brief(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:120]
