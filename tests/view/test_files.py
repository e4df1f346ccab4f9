"""What leaves the page: pictures, data files, links and paper."""

from __future__ import annotations

import csv
import io
import re
import struct
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from kg.graph import KnowledgeGraph
from kg.view import write
from tests.view.browser import Visit, download, find
from tests.view.sample import Draft, sample, speech

pytestmark = pytest.mark.browser

TOTAL = len(sample().nodes)
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("files") / "graph.html"
    write(sample(), made)
    return made


@pytest.fixture
def page(chromium: Browser, file: Path) -> Iterator[Page]:
    visit = Visit(chromium, file)
    yield visit.page
    visit.close()


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_pictures_hold_the_whole_graph_whatever_the_window_shows(page: Page) -> None:
    whole = size_of(download(page, "png"))
    assert whole[0] >= 1800
    for _ in range(4):
        page.click("#zoom-in")
    assert size_of(download(page, "png")) == whole
    words = [text.text or "" for text in ElementTree.fromstring(download(page, "svg")).iter(SVG + "text")]
    assert words[0] == "讲话知识图谱"
    assert re.fullmatch(rf"显示 {TOTAL} / {TOTAL} · \d{{4}}-\d\d-\d\d", words[1])
    assert "提法 3" in words  # the legend
    assert len({node.name for node in sample().nodes.values()} - set(words)) <= 1  # one may lack room
    page.click('#legend [data-type="Slogan"]')
    words = [text.text or "" for text in ElementTree.fromstring(download(page, "svg")).iter(SVG + "text")]
    assert "不含提法" in words[1]
    assert "三勤" not in words


def test_data_of_what_is_shown(page: Page) -> None:
    gexf = ElementTree.fromstring(download(page, "gexf"))
    space = {"g": "http://gexf.net/1.3"}
    assert len(gexf.findall(".//g:node", space)) == TOTAL
    assert len(gexf.findall(".//g:edge", space)) == 10
    rows = table(download(page, "csv"))
    assert len(rows) == 10
    assert {"主体类型": "活动", "主体": "走村入户活动", "关系": "主办单位", "客体": "云岭镇党委"}.items() <= next(
        row for row in rows if row["主体"] == "走村入户活动" and row["关系"] == "主办单位"
    ).items()
    expect(page.locator("#toast")).to_have_text("已保存 statements.csv")


@pytest.mark.parametrize(
    ("tab", "row"),
    [
        ("trees", {"提法": "三勤", "序号": "1", "组成": "脑勤", "按核对结果筛选": "数目相符"}),
        (
            "cascade",
            {"主体": "县委李书记", "行为": "要求", "内容": "三勤", "对象": "各乡镇", "场合": "全县作风建设推进会"},
        ),
        ("years", {"名称": "三勤", "年份": "2022", "提及次数": "2"}),
        ("compare", {"名称": "三勤", "2022 在云岭镇人代会上的发言": "2"}),
        ("read", {"名称": "脑勤", "提及次数": "1"}),
        ("table", {"主体": "县委办公室", "关系": "隶属", "客体": "县委"}),
    ],
)
def test_every_view_gives_its_rows_and_no_picture_of_another(page: Page, tab: str, row: dict[str, str]) -> None:
    page.click(f"#tab-{tab}")
    rows = table(download(page, "csv"))
    assert any(row.items() <= found.items() for found in rows), rows[:3]
    page.click("#export-menu-button")
    expect(page.locator("#export-png")).to_be_disabled()
    expect(page.locator("#export-menu .reason")).to_contain_text("概念关联")


def test_headings_follow_the_language(page: Page) -> None:
    page.click("#language")
    (first, *_) = table(download(page, "csv"))
    assert {"Subject", "Relation", "Object"} <= set(first)


def test_nothing_to_save_is_said_and_not_saved(page: Page) -> None:
    page.click("#tab-table")
    page.fill("#table-search", "没有的")
    page.click("#export-menu-button")
    page.click("#export-csv")
    expect(page.locator("#toast")).to_have_text("没有可导出的行，未保存文件。")


def test_a_copied_link_says_so(page: Page) -> None:
    find(page, "三勤")
    page.click("#export-menu-button")
    page.click("#export-link")
    expect(page.locator("#toast")).to_have_text("链接已复制")
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_csv_fields_are_no_formulas(chromium: Browser, tmp_path: Path) -> None:
    draft = Draft(speech("落实=1+1，@甲。", "a.txt"))
    draft.relation(draft.entity("Slogan", "=1+1"), "implements", draft.entity("Slogan", "@甲"), "落实=1+1")
    file = tmp_path / "csv.html"
    write(KnowledgeGraph([draft.extraction]), file)
    visit = Visit(chromium, file)
    (row,) = table(download(visit.page, "csv"))
    assert (row["主体"], row["客体"]) == ("'=1+1", "'@甲")
    visit.close()


def test_paper_has_the_view_and_leaves_the_tools_out(page: Page, tmp_path: Path) -> None:
    page.click("#tab-trees")
    page.emulate_media(media="print")
    expect(page.locator("#view .forest")).to_be_visible()
    for part in ("#trees-search", "#tabs", "#status", "#panel"):
        expect(page.locator(part)).to_be_hidden()
    page.emulate_media(media="null")
    page.click("#tab-graph")
    page.pdf(path=tmp_path / "graph.pdf")
    (first, *_) = PdfReader(tmp_path / "graph.pdf").pages
    widths = [drawn["/Width"] for drawn in first["/Resources"]["/XObject"].values() if "/Width" in drawn]  # type: ignore[index]
    assert max(widths) >= 1800  # the whole picture, not a shot of the screen
    expect(page.locator("#printed")).to_have_count(0)
