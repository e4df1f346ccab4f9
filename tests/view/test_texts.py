"""Words sought in the speeches, and the reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, expect

from kg.graph import KnowledgeGraph
from kg.view import write
from tests.view.browser import Visit
from tests.view.sample import Draft, sample, speech

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("texts")
    made = {name: folder / f"{name}.html" for name in ("sample", "bare", "many")}
    write(sample(), made["sample"])
    write(sample(), made["bare"], texts=False)
    drafts = [Draft(speech(f"这里谈共同的事{n}。" * 40, f"{n:02}.txt", date=f"{2020 - n}")) for n in range(6)]
    drafts[0].extraction.speech.text += "市委来了。"
    for n in range(3):
        drafts[n].entity("Body", "这里", scope=f"place:{n}地", role="市委")
    write(KnowledgeGraph([draft.extraction for draft in drafts]), made["many"])
    return made


@pytest.fixture
def visit(chromium: Browser, files: dict[str, Path]) -> Iterator[Visit]:
    opened = Visit(chromium, files["sample"])
    yield opened
    opened.close()


def test_words_that_name_nothing_are_found_in_the_texts(visit: Visit) -> None:
    page = visit.page
    page.fill("#search", "不是口号")
    expect(page.locator("#suggestions")).to_contain_text("没有找到“不是口号”")
    seek = page.locator("#suggestions [role=option]", has_text="在原文中查找")
    expect(seek).to_contain_text("1 篇 1 处")
    page.keyboard.press("Enter")
    card = page.locator("#panel .fulltext")
    expect(card).to_contain_text("1 篇讲话中 1 处")
    expect(card.locator("summary")).to_contain_text("2022 在云岭镇人代会上的发言")
    expect(card.locator("mark")).to_have_text("不是口号")
    assert "text/不是口号" in unquote(page.url)
    address = page.url
    card.locator("blockquote .read").click()
    expect(page.locator("#view .text mark.now")).to_have_text("不是口号")
    expect(page.locator("#view .text mark.now")).to_be_in_viewport()
    visit.reopen(address)
    expect(page.locator("#panel .fulltext mark")).to_have_text("不是口号")


def test_what_has_a_name_is_sought_in_the_texts_below_it(visit: Visit) -> None:
    page = visit.page
    page.fill("#search", "三勤")
    page.keyboard.press("ArrowUp")  # the last line of the list
    page.keyboard.press("Enter")
    expect(page.locator("#panel .fulltext")).to_contain_text("2 篇讲话中 7 处")
    summaries = page.locator("#panel .fulltext summary")
    expect(summaries).to_contain_text(["2021-03", "2022"])  # by date
    page.click("#filters-button")
    page.locator("#filter-from").fill("2022")
    expect(page.locator("#panel .fulltext")).to_contain_text("只在符合筛选的讲话中查找")
    expect(summaries).to_contain_text(["2022"])


def test_words_are_never_a_pattern_nor_markup(visit: Visit) -> None:
    page = visit.page
    for words in (".*", "(", "[三", "<img src=x onerror=window.ran=1>", "\\d"):
        page.fill("#search", words)
        page.keyboard.press("ArrowUp")
        page.keyboard.press("Enter")
        expect(page.locator("#panel .fulltext h2")).to_have_text(words)
        expect(page.locator("#panel .fulltext [role=status]")).to_have_text(f"原文中没有“{words}”。")
    assert page.evaluate("window.ran") is None


def test_many_passages_are_listed_in_part_and_counted_in_full(chromium: Browser, files: dict[str, Path]) -> None:
    visit = Visit(chromium, files["many"])
    page = visit.page
    page.fill("#search", "共同的事")
    page.keyboard.press("Enter")
    card = page.locator("#panel .fulltext")
    expect(card).to_contain_text("6 篇讲话中 240 处")
    expect(card.locator("details")).to_have_count(3)
    expect(page.locator("#more-passages")).to_have_text("再列 3 篇中的 120 处")
    page.click("#more-passages")
    expect(card.locator("details")).to_have_count(6)
    expect(page.locator("#more-passages")).to_have_count(0)
    visit.close()


def test_bodies_of_one_role_are_offered_together_and_told_apart(chromium: Browser, files: dict[str, Path]) -> None:
    visit = Visit(chromium, files["many"])
    page = visit.page
    page.fill("#search", "市委")
    page.click("#suggestions li:has-text('全部“市委”')")
    expect(page.locator("#panel h2")).to_have_text("市委")
    expect(page.locator("#panel li small")).to_have_text(["0地", "1地", "2地"])
    visit.close()


def test_without_texts_the_search_says_so(chromium: Browser, files: dict[str, Path]) -> None:
    visit = Visit(chromium, files["bare"])
    page = visit.page
    page.fill("#search", "不是口号")
    expect(page.locator("#suggestions")).to_contain_text("此页不含讲话全文，不能在原文中查找")
    visit.open("#text/%E4%B8%89%E5%8B%A4")
    expect(page.locator("#panel")).to_contain_text("此页不含讲话全文")
    visit.close()


def test_finding_within_a_speech(visit: Visit) -> None:
    page = visit.page
    page.click("#tab-read")
    page.fill("#reader-find", "“三勤”")  # across the marks of a mention
    told = page.locator("#view .finder .count")
    expect(told).to_have_text("1 / 3")
    text = page.locator("#view .text")
    expect(text.locator("mark.now")).to_have_count(1)
    page.press("#reader-find", "Enter")
    expect(told).to_have_text("2 / 3")
    page.click("#view .find-previous")
    page.click("#view .find-previous")
    expect(told).to_have_text("3 / 3")
    marked = "".join(text.locator("mark.find").all_inner_texts())
    assert marked == "“三勤”" * 3
    page.fill("#reader-find", "没有的话")
    expect(told).to_have_text("本篇没有")
    page.fill("#reader-find", "")
    expect(text.locator("mark")).to_have_count(0)
    expect(text).to_contain_text("县委在全县作风建设推进会上提出“三勤”，也就是脑勤")


def test_speeches_stand_by_date_and_say_their_year_once(chromium: Browser, tmp_path: Path) -> None:
    drafts = [
        Draft(speech("各位代表：工作报告一。4月12日开会。", "b.txt", "2013年某县工作报告", date="2013")),
        Draft(speech("同志们，今天来谈一谈。", "c.txt")),
        Draft(speech("各位代表：工作报告二。", "a.txt", "某县工作报告", date="2009-02-01")),
    ]
    drafts[0].entity("Time", "4月12日", scope="speech:" + drafts[0].extraction.speech.id, edtf="XXXX-04-12")
    file = tmp_path / "dated.html"
    write(KnowledgeGraph([draft.extraction for draft in drafts]), file)
    visit = Visit(chromium, file)
    page = visit.page
    page.click("#tab-read")
    lines = ["2009-02-01 某县工作报告", "2013年某县工作报告", "无题名：同志们，今天来谈一谈…"]
    expect(page.locator("#reader-speech option")).to_have_text(lines)
    page.click("#tab-compare")
    expect(page.locator("#compare-0 option")).to_have_text(lines)
    page.click("#filters-button")
    expect(page.locator("#filters .scroll .option")).to_have_text(lines)
    expect(page.locator("#panel .start section").last.locator("li")).to_contain_text(
        [re.compile(x) for x in ("某县", "2013年", "无题名")]
    )
    page.click("#tab-years")
    expect(page.locator("#view .heat a", has_text="4月12日")).to_have_text("4月12日（讲话：2013年）")
    visit.close()
