from __future__ import annotations

import csv
import io
import json
import os
import struct
import sys
import zipfile
from pathlib import Path

import docx
import pyarrow as pa
import pyarrow.parquet as pq
import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.corpus import archive, draft, read, read_file, records, sniff, unique
from kg.model import Problem, Speech

from .samples import BODY, SPEECH, TITLE, TRADITIONAL, one, pdf, problem, speeches, zipped


def put(path: Path, data: bytes | str) -> Path:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


# --- formats -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_text_files(tmp_path: Path, encoding: str) -> None:
    speech = one(put(tmp_path / "讲话.txt", SPEECH.encode(encoding)))
    assert speech.text == SPEECH.strip()
    assert speech.doc == "讲话.txt"
    assert speech.source.path == str(tmp_path / "讲话.txt")
    assert speech.source.format == "text"
    assert len(speech.folded) == len(speech.text)


def test_big5_file(tmp_path: Path) -> None:
    speech = one(put(tmp_path / "a.txt", TRADITIONAL.encode("big5")))
    assert speech.text == TRADITIONAL
    assert "三比三看" in speech.folded
    assert "“三比三看”" in speech.folded


def test_windows_line_ends(tmp_path: Path) -> None:
    assert one(put(tmp_path / "a.txt", SPEECH.replace("\n", "\r\n"))).text == SPEECH.strip()


def test_markdown(tmp_path: Path) -> None:
    speech = one(put(tmp_path / "a.md", f"# {TITLE}\n\n同志们：\n\n## 一、**抓**学习\n\n好。\n"))
    assert speech.text == f"{TITLE}\n同志们：\n一、抓学习\n好。"
    assert speech.title == TITLE


def word(path: Path) -> Path:
    document = docx.Document()
    document.core_properties.author = "办公室"
    for line in SPEECH.strip().split("\n"):
        document.add_paragraph(line)
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "牵头单位", "县委办公室"
    document.add_paragraph("散会。")
    document.add_paragraph("自动编号", style="List Number")
    document.save(str(path))
    return path


def test_word(tmp_path: Path) -> None:
    speech = one(word(tmp_path / "a.docx"))
    assert speech.text == f"{SPEECH.strip()}\n牵头单位\t县委办公室\n散会。\n自动编号"
    assert speech.title == TITLE
    assert speech.metadata["docx author"] == "办公室"
    assert speech.source.format == "docx"


def test_word_insertions_boxes_and_links_are_read_and_deletions_not(tmp_path: Path) -> None:
    path = word(tmp_path / "a.docx")
    body = (
        '<w:p><w:r><w:t>原有</w:t></w:r><w:ins w:id="1"><w:r><w:t>新增</w:t></w:r></w:ins>'
        '<w:del w:id="2"><w:r><w:delText>删去</w:delText></w:r></w:del><w:r><w:br/><w:t>换行</w:t></w:r></w:p>'
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>控件</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"<w:body>", b"<w:body>" + body.encode(), 1)
    speech = one(zipped(tmp_path / "b.docx", parts))
    assert speech.text.startswith("原有新增\n换行\n控件\n")
    assert "删去" not in speech.text


def test_pdf_is_unwrapped_and_loses_headers_and_page_numbers(tmp_path: Path) -> None:
    flat = BODY.replace("\n", "").replace("同志们：", "")
    lines = [flat[i : i + 28] for i in range(0, len(flat), 28)]
    pages = [["云溪县委办公室文件", *lines, *lines[:-1], f"— {i} —"] for i in range(1, 4)]
    pages[0].insert(1, TITLE)
    speech = one(put(tmp_path / "a.pdf", pdf(pages)))
    assert speech.source.format == "pdf"
    assert "云溪县委办公室文件" not in speech.text
    assert "—" not in speech.text
    assert "把机关效能建设抓实抓细。下面，我讲两点意见。" in speech.text
    assert speech.text.startswith(TITLE)
    assert {"page break", "repeated header", "page number", "line break in sentence"} <= {c.reason for c in speech.cuts}


def test_html_article_only(tmp_path: Path) -> None:
    page = f"""<!DOCTYPE html><html><head><title>{TITLE}_要闻_云溪县政府</title><meta charset="utf-8">
    <meta name="PubDate" content="2023-03-05 10:00"><link rel="canonical" href="https://yunxi.example/1.html"></head>
    <body><nav><a href="/">首页</a> <a href="/n">新闻中心频道导航</a></nav><script>var x = "脚本";</script>
    <div class="wrap"><ul><li><a href="/1">另一条新闻的很长很长的标题在这里</a></li></ul>
    <div class="article">{"".join(f"<p>　　{line}</p>" for line in SPEECH.strip().splitlines())}
    <table><tr><td>单位</td><td>县委办</td></tr></table>一行<br>两行</div></div>
    <div style="display:none" hidden>藏起来的话</div><footer>版权所有 云溪县政府办公室</footer></body></html>"""
    speech = one(put(tmp_path / "a.html", page))
    assert speech.text == f"{SPEECH.strip()}\n单位\t县委办\n一行\n两行"
    assert speech.title == TITLE
    assert speech.url == "https://yunxi.example/1.html"
    assert speech.metadata["published"] == "2023-03-05 10:00"


def test_html_in_gbk_with_entities_and_inline_tags(tmp_path: Path) -> None:
    page = f"<html><meta charset=gb2312><body><p>贯彻<b>《监督法》</b>&nbsp;&lt;试行&gt;</p><p>{BODY}</p></body></html>"
    speech = one(put(tmp_path / "a.htm", page.encode("gb18030")))
    assert speech.text.startswith("贯彻《监督法》<试行>\n同志们：")
    assert speech.source.encoding == "gb18030"


def test_deeply_nested_html(tmp_path: Path) -> None:
    assert one(put(tmp_path / "a.html", "<html><body>" + "<div>" * 5000 + f"<p>{SPEECH}")).text.startswith(TITLE)


def test_json_lines(tmp_path: Path) -> None:
    rows = [
        {
            "id": "a/1",
            "title": "甲",
            "speaker": "王芳",
            "year": 2023,
            "url": "http://a.b",
            "content": SPEECH,
            "级别": "县",
        },
        {"id": "a/2", "title": "乙", "text": BODY, "content": "别用我"},
    ]
    path = put(tmp_path / "年报.jsonl", "\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n\n")
    first, second = speeches(path)
    assert (first.doc, first.title, first.speaker, first.date, first.url) == (
        "年报.jsonl#a/1",
        "甲",
        "王芳",
        "2023",
        "http://a.b",
    )
    assert first.id.startswith("a_1-")
    assert first.metadata == {"id": "a/1", "级别": "县"}
    assert second.text == BODY


def test_records_without_key_are_numbered(tmp_path: Path) -> None:
    path = put(tmp_path / "r.jsonl", json.dumps({"text": BODY}) + "\n" + json.dumps({"text": SPEECH}) + "\n")
    assert [s.doc for s in speeches(path)] == ["r.jsonl#1", "r.jsonl#2"]
    assert [s.id.rpartition("-")[0] for s in speeches(path)] == ["r-1", "r-2"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv(tmp_path: Path, encoding: str, delimiter: str) -> None:
    table = io.StringIO(newline="")
    rows = csv.writer(table, delimiter=delimiter)
    rows.writerows([["Title", "DATE", "Full_Text"], ["甲", "2023年5月", SPEECH], ["乙", "", BODY]])
    first, second = speeches(put(tmp_path / "a.csv", table.getvalue().encode(encoding)))
    assert (first.title, first.date, first.text) == ("甲", "2023-05", SPEECH.strip())
    assert second.title == "乙"


def test_parquet(tmp_path: Path) -> None:
    table = pa.table({"text": [SPEECH, None, BODY], "year": [2023.0, None, float("nan")], "tags": [["甲"], [], None]})
    pq.write_table(table, tmp_path / "a.parquet")
    found = list(read([tmp_path / "a.parquet"]))
    good = [item for item in found if isinstance(item, Speech)]
    assert [s.doc for s in good] == ["a.parquet#1", "a.parquet#3"]
    assert good[0].date == "2023"
    assert good[0].metadata["tags"] == '["甲"]'
    assert [p.reason for p in found if isinstance(p, Problem)] == ["empty: no text in it"]


def test_zip(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "a.zip",
        {
            "b/二.txt": SPEECH.encode("gb18030"),
            "a.md": BODY.encode(),
            "gold/a.json": b"{}",
            "__MACOSX/._a": b"x",
            "c.xls": b"x",
        },
    )
    found = list(read([path]))
    assert [s.doc for s in found if isinstance(s, Speech)] == ["a.md", "二.txt"]
    assert sorted(p.path.removeprefix(f"{path}/") for p in found if isinstance(p, Problem)) == [
        "__MACOSX/._a",
        "c.xls",
        "gold/a.json",
    ]
    assert {p.kind for p in found if isinstance(p, Problem)} == {"skipped"}


def test_zip_from_chinese_windows(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    name = "讲话.txt".encode("gbk").decode("cp437")
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("x" * len(name), SPEECH)
    data = path.read_bytes().replace(b"x" * len(name), "讲话.txt".encode("gbk"))
    assert one(put(path, data)).doc == "讲话.txt"


def test_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stdin:
        buffer = io.BytesIO(SPEECH.encode("gb18030"))

    monkeypatch.setattr(sys, "stdin", Stdin)
    (speech,) = read(["-"])
    assert isinstance(speech, Speech)
    assert (speech.doc, speech.title, speech.source.path) == ("stdin.txt", TITLE, "-")


# --- the extension lies ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.txt", "a.pdf", "a.csv", "a"])
def test_word_under_another_name(tmp_path: Path, name: str) -> None:
    assert one(word(tmp_path / "x.docx").rename(tmp_path / name)).source.format == "docx"


@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a.parquet", "a.log"])
def test_text_under_another_name(tmp_path: Path, name: str) -> None:
    assert one(put(tmp_path / name, SPEECH)).text == SPEECH.strip()


def test_pdf_html_jsonl_parquet_and_zip_called_txt(tmp_path: Path) -> None:
    pq.write_table(pa.table({"text": [SPEECH]}), tmp_path / "p.txt")
    put(tmp_path / "f.txt", pdf([list(BODY.split("\n"))]))
    put(tmp_path / "h.txt", f"<!DOCTYPE html><html><body><p>{BODY}</p></body></html>")
    put(tmp_path / "j.txt", json.dumps({"text": BODY}))
    zipped(tmp_path / "z.txt", {"a.txt": SPEECH.encode()})
    formats = {
        s.source.path[len(str(tmp_path)) + 1 :][0]: s.source.format for s in speeches(*sorted(tmp_path.iterdir()))
    }
    assert formats == {"p": "parquet", "f": "pdf", "h": "html", "j": "jsonl", "z": "text"}


# --- folders -----------------------------------------------------------------------------------------------------


def test_folders_are_read_in_order_and_the_rest_is_counted(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a/z.txt",
        "a/a.txt",
        "gold/b.json",
        "README.zh.md",
        "readme.txt",
        "notes.log",
        ".git/x",
        "a/.hid.txt",
        "~$b.docx",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        put(tmp_path / name, SPEECH + name)
    found = list(read([tmp_path]))
    assert [s.source.path.removeprefix(f"{tmp_path}/") for s in found if isinstance(s, Speech)] == [
        "a/a.txt",
        "a/z.txt",
        "b.txt",
    ]
    skipped = [p for p in found if isinstance(p, Problem)]
    assert {p.kind for p in skipped} == {"skipped"}
    assert {Path(p.path).name for p in skipped} == {
        "gold",
        "README.zh.md",
        "readme.txt",
        "notes.log",
        ".git",
        ".hid.txt",
        "~$b.docx",
    }


def test_a_file_named_by_the_user_is_read_whatever_its_name(tmp_path: Path) -> None:
    assert one(put(tmp_path / "README.md", SPEECH)).title == TITLE


def test_the_same_speech_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    first, second = put(tmp_path / "a.txt", SPEECH), put(tmp_path / "b" / "a.txt", SPEECH)
    speech, again = read([first, second])
    assert isinstance(speech, Speech)
    assert isinstance(again, Problem)
    assert (again.path, again.kind) == (str(second), "skipped")
    assert str(first) in again.reason


def test_the_parts_make_the_whole(tmp_path: Path) -> None:
    paths = [put(tmp_path / f"{i}.txt", f"{SPEECH}{i}") for i in range(5)]
    pooled = list(unique(item for path in paths for item in read_file(path)))
    assert pooled == list(read([tmp_path]))


def test_links(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    put(tmp_path / "in" / "a.txt", SPEECH)
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "dead.txt").symlink_to(tmp_path / "none")
    found = list(read([tmp_path / "in"]))
    assert sum(isinstance(item, Speech) for item in found) == 1
    assert [(Path(p.path).name, p.kind) for p in found if isinstance(p, Problem)] == [
        ("dead.txt", "error"),
        ("loop", "skipped"),
    ]


def test_a_file_name_that_is_no_utf8(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xc4\xe3.txt"))
    try:
        put(path, SPEECH)
    except OSError:
        pytest.skip("this file system only takes UTF-8 names")
    speech = one(path)
    assert "\ufffd" in speech.doc
    speech.source.path.encode()


# --- bad input: one line each, and the run goes on -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t\r\n", "empty"),
        ("a.txt", "\u200b\n\u3000\n".encode(), "no text left"),
        ("a.txt", "---\ntitle: 甲\n---\n".encode(), "no text left"),
        ("a.txt", b"\x89PNG\r\n\x1a\n" + bytes(100), "picture"),
        ("a.txt", b"\x7fELF" + bytes(100), "program"),
        ("a.txt", bytes(range(256)) * 20, "binary"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), ".docx"),
        ("a.txt", b"{\\rtf1 abc}", ".docx"),
        ("a.zip", b"PK\x03\x04" + b"junk" * 30, "broken zip"),
        ("a.zip", b"junk" * 30, "broken zip"),
        ("a.docx", b"PK\x03\x04" + b"junk" * 30, "broken Word"),
        ("a.docx", bytes(50), "broken docx"),
        ("a.pdf", b"%PDF-1.4\njunk", "broken PDF"),
        ("a.pdf", pdf([[], []]), "no text layer (2 pages"),
        ("a.parquet", b"PAR1" + b"junk" * 30, "broken Parquet"),
        ("a.html", b"<html><head><title>x</title></head><body><script>1</script></body></html>", "without text"),
        ("a.jsonl", b'{"name": "x", "words": "y"}\n', "no text column (found: name, words)"),
        ("a.csv", b"name,words\nx,y\n", "no text column (found: name, words)"),
        ("a.csv", b"text\n", "no records"),
        ("a.txt", b"x" * (draft.MAX_LINE + 1), "a line of 1,000,001 characters"),
    ],
)
def test_bad_files(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    path = put(tmp_path / name, data)
    found = problem(path)
    assert found.kind == "error"
    assert found.path == str(path)
    assert reason in found.reason


def test_the_run_goes_on_after_a_bad_file(tmp_path: Path) -> None:
    put(tmp_path / "a.txt", b"")
    put(tmp_path / "b.txt", SPEECH)
    assert [type(item).__name__ for item in read([tmp_path, tmp_path / "none.txt"])] == ["Problem", "Speech", "Problem"]


def test_missing_unreadable_and_odd_paths(tmp_path: Path) -> None:
    assert "no such" in problem(tmp_path / "none").reason
    assert "no such" in next(iter(read_file(tmp_path / "none"))).reason  # type: ignore[union-attr]
    assert "not a regular file" in problem(Path("/dev/null")).reason
    if os.geteuid():
        path = put(tmp_path / "a.txt", SPEECH)
        path.chmod(0)
        assert "cannot be read" in problem(path).reason


def test_encrypted_pdf(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf([["机密"]])))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "a.pdf")
    assert "encrypted PDF" in problem(tmp_path / "a.pdf").reason


def test_pdf_with_pages_that_have_no_text(tmp_path: Path) -> None:
    speech, warning = read([put(tmp_path / "a.pdf", pdf([BODY.split("\n"), [], ["散会。"]]))])
    assert isinstance(speech, Speech)
    assert isinstance(warning, Problem)
    assert "1 of 3 pages have no text (page 2)" in warning.reason


def test_damaged_text_is_read_and_reported(tmp_path: Path) -> None:
    data = bytearray((SPEECH * 20).encode("gb18030"))
    data[1000] = 0xFF
    speech, warning = read([put(tmp_path / "a.txt", bytes(data))])
    assert isinstance(speech, Speech)
    assert isinstance(warning, Problem)
    assert "not valid GB18030" in warning.reason


def test_bad_records_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    lines = ['{"text": "甲。"}', "{broken", "[1]", '{"other": 1}', '{"text": ""}', '{"text": "乙。"}', "[" * 100_000]
    found = list(read([put(tmp_path / "a.jsonl", "\n".join(lines))]))
    assert [s.text for s in found if isinstance(s, Speech)] == ["甲。", "乙。"]
    reasons = {p.path.rpartition("#")[2]: p.reason for p in found if isinstance(p, Problem)}
    assert sorted(reasons) == ["2", "3", "4", "5", "7"]
    assert "not JSON" in reasons["2"]
    assert "not a JSON object" in reasons["3"]
    assert "no text column (found: other)" in reasons["4"]
    assert "empty" in reasons["5"]
    assert "\n" not in "".join(reasons.values())


def test_a_csv_row_with_too_many_cells(tmp_path: Path) -> None:
    found = list(read([put(tmp_path / "a.csv", "title,text\n甲,一,二\n乙,好。\n")]))
    assert [s.title for s in found if isinstance(s, Speech)] == ["乙"]
    assert ["3 cells for 2 columns" in p.reason for p in found if isinstance(p, Problem)] == [True]


def test_a_huge_json_line_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "MAX_RECORD", 200)
    path = put(tmp_path / "a.jsonl", json.dumps({"text": "x" * 1000}) + "\n" + '{"text": "y"}\n')
    found = list(read([path]))
    assert [type(item).__name__ for item in found] == ["Problem", "Speech"]


def test_a_lone_surrogate_in_json_can_be_written_out(tmp_path: Path) -> None:
    speech = one(put(tmp_path / "a.jsonl", '{"text": "甲\\ud800乙。", "title": "\\udc00"}'))
    assert speech.text == "甲\ufffd乙。"
    assert speech.title == "\ufffd"


# --- archives that mean harm ---------------------------------------------------------------------------------------


def test_zip_bomb_by_its_own_account(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.txt": b"0" * 20_000_000})
    assert "zip bomb" in problem(path).reason


def test_zip_bomb_that_lies_about_its_size(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {"a.txt": b"0" * 20_000_000})
    true = struct.pack("<L", 20_000_000)
    put(path, path.read_bytes().replace(true, struct.pack("<L", 1000)))
    found = problem(path)
    assert found.kind == "error"


def test_zip_bomb_in_word_clothes(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.docx", {"word/document.xml": b" " * 20_000_000, "[Content_Types].xml": b"<x/>"})
    assert "zip bomb" in problem(path).reason


def test_many_members_and_big_totals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = zipped(tmp_path / "a.zip", {f"{i}.txt": SPEECH.encode() for i in range(5)})
    monkeypatch.setattr(archive, "MAX_MEMBERS", 4)
    assert "5 files in one archive (limit 4)" in problem(path).reason
    monkeypatch.setattr(archive, "MAX_MEMBERS", 5)
    monkeypatch.setattr(archive, "MAX_TOTAL", 1000)
    assert "split it" in problem(path).reason


def test_members_that_lead_out_are_not_read_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    path = zipped(
        tmp_path / "in" / "a.zip",
        {"../evil.txt": SPEECH.encode(), "/etc/x.txt": SPEECH.encode(), "c:\\x.txt": b"x", "ok.txt": BODY.encode()},
    )
    found = list(read([path]))
    assert [s.doc for s in found if isinstance(s, Speech)] == ["ok.txt"]
    assert sum("leads out" in p.reason for p in found if isinstance(p, Problem)) == 3
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["a.zip", "in"]


def test_nested_encrypted_and_empty_archives(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner.zip", {"a.txt": b"x"}).read_bytes()
    assert "archive inside an archive" in problem(zipped(tmp_path / "a.zip", {"inner.zip": inner})).reason
    assert "without files" in problem(zipped(tmp_path / "b.zip", {})).reason
    path = zipped(tmp_path / "c.zip", {"a.txt": b"xyz"})
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    data[6] |= 1
    assert "encrypted" in problem(put(path, bytes(data))).reason


def test_a_member_with_a_wrong_checksum(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("a.txt", SPEECH)
        packed.writestr("b.txt", BODY)
    put(path, path.read_bytes().replace("云溪县".encode(), "云河县".encode(), 1))
    found = list(read([path]))
    assert [s.doc for s in found if isinstance(s, Speech)] == ["b.txt"]
    assert ["cannot be unpacked" in p.reason for p in found if isinstance(p, Problem)] == [True]


# --- whatever the bytes are ----------------------------------------------------------------------------------------

SUFFIX = st.sampled_from(sorted(sniff.SUFFIXES))


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.binary(max_size=300),
    suffix=SUFFIX,
    magic=st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"PAR1", b"<html>", b'{"']),
)
def test_any_bytes_give_speeches_or_problems(tmp_path: Path, data: bytes, suffix: str, magic: bytes) -> None:
    for item in read_file(put(tmp_path / f"a{suffix}", magic + data)):
        assert item.text if isinstance(item, Speech) else item.reason


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    at=st.floats(0, 0.999),
    byte=st.integers(0, 255),
    length=st.integers(1, 40),
    kind=st.sampled_from(["docx", "pdf", "zip", "parquet"]),
)
def test_damaged_files_give_speeches_or_problems(tmp_path: Path, at: float, byte: int, length: int, kind: str) -> None:
    path = tmp_path / f"a.{kind}"
    if kind == "docx":
        word(path)
    elif kind == "pdf":
        put(path, pdf([SPEECH.strip().split("\n")] * 2))
    elif kind == "zip":
        zipped(path, {"a.txt": SPEECH.encode(), "b.txt": BODY.encode()})
    else:
        pq.write_table(pa.table({"text": [SPEECH, BODY]}), path)
    data = bytearray(path.read_bytes())
    start = int(at * len(data))
    data[start : start + length] = bytes([byte]) * length
    for item in read_file(put(path, bytes(data))):
        assert item.text if isinstance(item, Speech) else item.reason
