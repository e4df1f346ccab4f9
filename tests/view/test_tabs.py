"""The views beside the graph, in a real Chromium as a person uses them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kg.graph import KnowledgeGraph
from kg.model import Expansion, Member, Section
from kg.view import write
from tests.view.browser import Visit, find
from tests.view.sample import Draft, sample, speech

pytestmark = pytest.mark.browser

TOTAL = len(sample().nodes)


def test_tabs_by_keyboard(page: Page) -> None:
    page.focus("#tab-graph")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#tab-trees")).to_be_focused()
    expect(page.locator("#tab-trees")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("End")
    expect(page.locator("#view .reader")).to_be_visible()
    page.keyboard.press("Home")
    expect(page.locator("#network canvas")).to_be_visible()


def test_expansion_trees(page: Page) -> None:
    page.click("#tab-trees")
    expect(page.locator("#view .forest > .tree")).to_have_count(2)
    tree = page.locator("#view .forest > .tree", has_text="四个到位")
    expect(tree.locator(".twigs li")).to_have_text(["思想到位", "责任到位", "措施到位"])
    expect(tree.locator(".check")).to_have_text("✗ 3/4")
    expect(page.locator("#status")).to_be_hidden()
    page.click("#view [data-status='mismatch']")
    expect(page.locator("#view .forest > .tree")).to_have_count(1)
    page.click("#view [data-status='all']")
    page.fill("#trees-search", "腿勤")
    expect(page.locator("#view .forest > .tree .root")).to_have_text("三勤")


def test_the_directive_cascade(page: Page) -> None:
    page.click("#tab-cascade")
    grid = page.locator("#view .cascade")
    expect(grid.locator("thead th")).to_have_text(["层级", "个人", "党", "讲话未写明系统"])
    rows = grid.locator("tbody tr")
    expect(rows.locator("th")).to_have_text(["县", "乡", "讲话未写明层级"])
    expect(rows.nth(1)).to_contain_text("云岭镇党委 主办 走村入户活动")
    page.locator("#cascade-topic").select_option(label="三勤（3）")
    expect(page.locator("#view .stepcard")).to_have_count(3)
    expect(page.locator("#view .arrows path.arrow")).to_have_count(2)
    card = page.locator("#view .stepcard", has_text="县委李书记")
    card.locator("button.words").click()
    expect(card.locator("mark")).to_contain_text("县委李书记要求各乡镇")
    expect(card).to_contain_text("→ 各乡镇")
    for slot in ("全县作风建设推进会", "2021年3月"):
        expect(card.locator("a", has_text=slot)).to_be_visible()
    page.click("#filters-button")
    page.click("#filter-level-乡")
    expect(rows.locator("th")).to_have_text(["乡"])
    expect(page.locator("#view .filterline")).to_contain_text("机构层级：乡")
    page.click("#clear-here")
    expect(rows).to_have_count(3)


def test_the_timeline_gives_rates(page: Page) -> None:
    page.click("#tab-years")
    heads = page.locator("#view .heat").first.locator("thead th span")
    expect(heads).to_have_text(["2021", "2022"])
    size = {s.date[:4]: len(s.text) for s in sample().speeches.values() if s.date}
    row = page.locator("#view .heat tr", has=page.locator("a", has_text=re.compile("^走村入户活动$")))
    expect(row.locator("td").nth(0)).to_have_text("·")
    expect(row.locator("td").nth(1)).to_have_text(f"{10000 / size['2022']:.0f}")
    frame = page.locator("#view .heat-frame").first
    assert frame.evaluate("e => e.scrollWidth <= e.clientWidth")  # all years stand in view
    left = "e => e.getBoundingClientRect().left"
    first, second = (page.locator("#view .heat").nth(n).locator("thead th").last.evaluate(left) for n in (0, 1))
    assert first == second  # and the two tables line up
    row.locator(".pin").click()
    expect(page.locator("#view .chart")).to_contain_text("走村入户活动")
    assert "pin=Campaign" in page.url


def test_the_table_sorts_and_narrows(page: Page) -> None:
    page.click("#tab-table")
    rows = page.locator("#view .rows tbody tr")
    expect(rows).to_have_count(10)
    page.click("#view [data-column='kind']")
    expect(page.locator("#view th[aria-sort='ascending']")).to_contain_text("关系")
    kinds = rows.locator("td:nth-child(2)").all_inner_texts()
    page.click("#view [data-column='kind']")
    assert rows.locator("td:nth-child(2)").all_inner_texts() != kinds
    page.fill("#table-search", "走村")
    expect(rows).to_have_count(2)
    page.locator("#table-kind").select_option(label="主办单位")
    expect(rows).to_have_count(1)
    rows.locator("button").click()
    expect(page.locator("#panel .line mark").first).to_contain_text("云岭镇党委响应")
    page.fill("#table-search", "没有的")
    expect(rows).to_have_text(re.compile("^没有符合筛选的关系。"))
    page.click("#table-clear")
    expect(rows).to_have_count(10)


def test_two_speeches_side_by_side(page: Page) -> None:
    page.click("#tab-compare")
    page.locator("#compare-0").select_option(label="2022 在云岭镇人代会上的发言")
    page.locator("#compare-1").select_option(label="2021-03 在“三勤三提”专项活动部署会上的讲话")
    expect(page.locator("#view .both li a")).to_have_text("三勤")
    expect(page.locator("#view .only0 li a")).to_have_text(["走村入户活动", "云岭镇党委"])
    expect(page.locator("#view .only1 li a", has_text="脑勤")).to_be_visible()
    expect(page.locator("#view .both .bar0")).to_have_attribute("title", re.compile(r"2 次"))
    page.click("#slogans-alone")
    expect(page.locator("#view .only0 li")).to_have_count(0)
    expect(page.locator("#view .only1 li a")).to_have_text(["四个到位", "脑勤"])
    page.click("#clear-here")
    expect(page.locator("#view .only0 li a")).to_have_count(2)


def test_the_reader_marks_mentions_and_leads_back_to_the_card(page: Page) -> None:
    find(page, "2021年3月")
    page.click("#panel .stepper .read")
    text = page.locator("#view .text")
    expect(page.locator("#tab-read")).to_have_attribute("aria-selected", "true")
    here = text.locator(".mention.here")
    expect(here).to_have_text("2021年3月")
    expect(here).to_be_in_viewport()
    nested = text.locator(".mention .mention")
    expect(nested.first).to_be_attached()
    text.locator(".mention.Person .mention.Person", has_text="李书记").first.click()
    expect(page.locator("#panel h2")).to_have_text("县委李书记")
    page.locator("#reader-speech").select_option(label="2022 在云岭镇人代会上的发言")
    expect(text).to_contain_text("各位代表")
    expect(page.locator("#view .outline")).to_contain_text("没有标题")


def test_the_outline_of_a_speech(chromium: Browser, tmp_path: Path) -> None:
    filler = "这里说得很多。" * 40 + "\n"
    text = "".join(f"{n}、第{n}个方面\n{filler * 8}" for n in "一二三")
    draft = Draft(speech(text, "提纲.txt"))
    draft.entity("Slogan", "第二个方面")
    for n in "一二三":
        start, end = draft.span(f"{n}、第{n}个方面")
        draft.extraction.sections.append(Section(1, start, end, end))
    file = tmp_path / "outline.html"
    write(KnowledgeGraph([draft.extraction]), file)
    visit = Visit(chromium, file)
    visit.page.click("#tab-read")
    heading = visit.page.locator("#view .text p", has_text="三、第三个方面")
    expect(heading).not_to_be_in_viewport()
    visit.page.click("#view .outline button:has-text('三、第三个方面')")
    expect(heading).to_be_in_viewport()
    visit.close()


def test_without_texts_the_page_says_so(chromium: Browser, files: dict[str, Path]) -> None:
    visit = Visit(chromium, files["bare"])
    page = visit.page
    find(page, "三勤")
    expect(page.locator("#panel .expansion ol li")).to_have_text(["脑勤", "腿勤", "手勤"])
    expect(page.locator("#panel")).to_contain_text("此页不含讲话全文")
    expect(page.locator("#panel blockquote, #panel .stepper")).to_have_count(0)
    page.click("#tab-read")
    expect(page.locator("#view")).to_have_text("此页不含讲话全文。")
    visit.close()


@pytest.mark.parametrize("tab", ["trees", "cascade", "years", "table", "compare", "read"])
def test_a_tablet_shows_every_tab(chromium: Browser, files: dict[str, Path], tab: str) -> None:
    visit = Visit(chromium, files["sample"], 820, 1180)
    visit.page.click(f"#tab-{tab}")
    assert visit.page.evaluate("document.documentElement.scrollWidth") == 820
    box = visit.page.locator("#view").bounding_box()
    assert box and box["height"] > 400
    visit.close()


def test_a_tablet_gives_the_views_the_room_and_folds_the_card(chromium: Browser, files: dict[str, Path]) -> None:
    visit = Visit(chromium, files["sample"], 820, 1180)
    page = visit.page
    expect(page.locator("#panel h2")).to_be_visible()
    page.click("#tab-table")
    expect(page.locator("#panel")).to_be_hidden()
    find(page, "三勤")
    expect(page.locator("#panel h2")).to_be_visible()
    page.click("#fold-panel")
    expect(page.locator("#panel h2")).to_be_hidden()
    box = page.locator("#view").bounding_box()
    assert box and box["height"] > 900
    page.click("#fold-panel")
    expect(page.locator("#panel h2")).to_be_visible()
    visit.close()


def test_lists_that_differ_show_where_and_a_partial_mention_is_no_list_of_its_own(
    chromium: Browser, tmp_path: Path
) -> None:
    draft = Draft(
        speech("两个到位：思想到位、责任到位。两个到位：思想到位、措施到位。两个到位：思想到位。", "到位.txt")
    )
    slogan = draft.entity("Slogan", "两个到位")
    for words, status in (("思想 责任", "complete"), ("思想 措施", "complete"), ("思想", "partial")):
        members = [Member(n, f"{word}到位") for n, word in enumerate(words.split(), 1)]
        start, end = draft.span("：" + "、".join(m.label for m in members) + "。")
        draft.extraction.expansions.append(Expansion(slogan, members, "2", status, start, end, "by-hand"))  # type: ignore[arg-type]
    file = tmp_path / "lists.html"
    write(KnowledgeGraph([draft.extraction]), file)
    visit = Visit(chromium, file)
    page = visit.page
    find(page, "两个到位")
    for place in ("#panel", "#view"):
        expect(page.locator(f"{place} mark.differs")).to_have_text(["责任", "措施"])
        expect(page.locator(f"{place} .some")).to_contain_text("只提到一部分")
        page.click("#tab-trees")
    expect(page.locator("#panel .rival")).to_contain_text("共 2 种")
    visit.close()
