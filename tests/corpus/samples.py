"""A small speech of our own and files made from it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from kg.corpus import read
from kg.model import Problem, Speech

TITLE = "在云溪县机关效能建设推进会上的讲话"
BODY = (
    "同志们：\n"
    "今天会议的主要任务，是部署“三比三看”活动，把机关效能建设抓实抓细。下面，我讲两点意见。\n"
    "一、认清形势，增强抓好效能建设的自觉\n"
    "去年以来，全县上下围绕“两城一谷”目标，办成了一批群众盼望多年的实事。但也要看到，推诿扯皮的现象还没有绝迹。\n"
    "二、突出重点，推动“三比三看”活动见到成效\n"
    "一要比学习、看本领；二要比作风、看形象；三要比实绩、看贡献。各单位要在2023年6月底前报送方案。"
)
SPEECH = f"{TITLE}\n{BODY}\n"
TRADITIONAL = (
    "在雲溪縣機關效能建設推進會上的講話\n同志們：\n今天會議的主要任務，是部署「三比三看」活動，把機關效能建設抓實抓細。"
)


def speeches(*paths: Path) -> list[Speech]:
    """All speeches under paths; fails on any problem that is not a file passed over."""
    found = list(read(paths))
    assert [p for p in found if isinstance(p, Problem) and p.kind == "error"] == []
    return [item for item in found if isinstance(item, Speech)]


def one(path: Path) -> Speech:
    """The only speech under a path."""
    (speech,) = speeches(path)
    return speech


def problem(path: Path) -> Problem:
    """The only problem under a path, where nothing else is found; its reason is one line that names no exception."""
    (found,) = read([path])
    assert isinstance(found, Problem)
    assert "\n" not in found.reason
    return found


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    """A zip archive with these members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def pdf(pages: list[list[str]]) -> bytes:
    """A PDF file with a text layer: a line of text a line, 16 points apart; a page without lines has no text.

    The font is not embedded; a ToUnicode map says what the codes mean, as in the files that word processors write.
    """
    objects: list[bytes] = [b"", b""]
    used = sorted({c for page in pages for line in page for c in line})
    rows = [f"<{i + 1:04x}> <{c.encode('utf-16-be').hex()}>" for i, c in enumerate(used)]
    chunks = [rows[i : i + 100] for i in range(0, len(rows), 100)]
    mapping = "\n".join(f"{len(chunk)} beginbfchar\n" + "\n".join(chunk) + "\nendbfchar" for chunk in chunks)
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{mapping}\nendcmap end end"
    ).encode()
    objects.append(stream(cmap))
    objects.append(
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
        b" /FontDescriptor << /Type /FontDescriptor /FontName /Song /Flags 4 >> /DW 1000 >>"
    )
    objects.append(
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H"
        b" /DescendantFonts [4 0 R] /ToUnicode 3 0 R >>"
    )
    kids = []
    for page in pages:
        shown = "".join(
            f"1 0 0 1 50 {780 - 16 * i} Tm <{''.join(f'{used.index(c) + 1:04x}' for c in line)}> Tj\n"
            for i, line in enumerate(page)
        )
        objects.append(stream(f"BT /F1 12 Tf\n{shown}ET".encode()))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R"
            " /Resources << /Font << /F1 5 0 R >> >> >>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.4\n")
    offsets = []
    for i, data in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (i, data))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


def stream(data: bytes) -> bytes:
    """A PDF stream object."""
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)
