"""The page in a real Chromium, used as a person would: every test also fails on console messages and on requests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from kg.graph import KnowledgeGraph
from kg.view import write
from tests.view.browser import Visit, find
from tests.view.sample import HOSTILE_NAMES, Draft, hostile, sample, speech

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages 页")
    made = {"sample": folder / "graph.html", "capped": folder / "capped.html", "hostile": folder / "hostile.html"}
    write(sample(), made["sample"])
    write(sample(), made["capped"], max_nodes=4)
    write(hostile(), made["hostile"], title="</title><script>window.ran=9</script>")
    return made


@pytest.fixture
def visit(chromium: Browser, files: dict[str, Path]) -> Iterator[Visit]:
    opened = Visit(chromium, files["sample"])
    yield opened
    opened.close()


def ringed(page: Page) -> tuple[float, float]:
    """The middle of what the page has ringed in its accent colour, in screen pixels."""
    page.wait_for_timeout(150)
    x, y = page.evaluate(
        """() => {
            const canvas = document.querySelector("#network canvas");
            const { width, height } = canvas;
            const copy = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
            copy.drawImage(canvas, 0, 0);
            const data = copy.getImageData(0, 0, width, height).data;
            let [left, right, top, bottom] = [width, 0, height, 0];
            for (let i = 0; i < data.length; i += 4) {
                if (data[i] !== 179 || data[i + 1] !== 38 || data[i + 2] !== 30) continue;
                const [x, y] = [(i / 4) % width, Math.floor(i / 4 / width)];
                [left, right] = [Math.min(left, x), Math.max(right, x)];
                [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
            }
            const box = canvas.getBoundingClientRect();
            const scale = box.width / width;
            return [box.left + (left + right) / 2 * scale, box.top + (top + bottom) / 2 * scale];
        }"""
    )
    return x, y


def test_opens_with_the_numbers_a_legend_and_somewhere_to_begin(visit: Visit) -> None:
    page = visit.page
    total = len(sample().nodes)
    expect(page).to_have_title("讲话知识图谱")
    expect(page.locator("#status")).to_have_text(f"显示 {total} / {total}")
    expect(page.locator('#legend [data-type="Slogan"]')).to_have_text("提法3")
    expect(page.locator('#legend [data-type="Place"]')).to_have_count(0)
    expect(page.locator("#panel")).to_contain_text("在“三勤三提”专项活动部署会上的讲话")
    assert int(page.get_attribute("#network", "data-labels") or 0) >= total - 1


def test_search_by_alias_with_the_arrow_keys_opens_the_card(visit: Visit) -> None:
    page = visit.page
    page.keyboard.press("/")
    page.keyboard.type("三勤")
    options = page.locator("#suggestions [role=option]")
    expect(options.first).to_contain_text("三勤")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text("三勤三提专项活动")
    expect(page.locator("#search")).to_have_value("")  # the name stands on the card; the box is free for the next
    page.fill("#search", "diligences")
    expect(options).to_have_text([re.compile("^三勤"), re.compile("^在原文中查找“diligences”")])
    page.fill("#search", "查无此名")
    expect(page.locator("#suggestions")).to_contain_text("没有找到“查无此名”")


def test_the_card_of_a_slogan(visit: Visit) -> None:
    page = visit.page
    find(page, "三勤作风")
    card = page.locator("#panel")
    expect(card.locator("h2")).to_have_text("三勤")
    expect(card.locator(".gloss")).to_have_text("Three Diligences")
    expect(card.locator("dl").first).to_contain_text("三勤作风")
    expect(card.locator(".expansion ol li")).to_have_text(["脑勤", "腿勤", "手勤"])
    expect(card.locator(".check.complete")).to_have_text("数目相符 3/3")
    expect(card.locator(".check.complete")).to_have_attribute("title", re.compile("只核对数目"))
    expect(card.locator(".sources li")).to_have_count(2)
    expect(card.locator(".sources")).to_contain_text("据词库 · 2021 起 · 清河县志")
    asked = card.locator(".directives li")
    for words in ("县委李书记", "要求", "全县作风建设推进会", "2021年3月", "各乡镇"):
        expect(asked).to_contain_text(words)
    groups = card.locator(".group h4")
    expect(groups.filter(has_text="落实它的")).to_have_text("落实它的 2")
    expect(groups.filter(has_text="提出者").first).to_be_visible()
    beside = card.locator(".together li", has_text="走村入户活动")
    expect(beside).to_contain_text("1 句")
    quotes = card.locator("details.speech")
    expect(quotes).to_have_count(2)
    expect(quotes.filter(has_text="云岭").locator("mark")).to_have_text(["三勤", "三勤"])
    expect(quotes.filter(has_text="云岭").locator("blockquote").last).to_have_text("“三勤”不是口号，是饭碗。")


def test_a_list_that_falls_short_says_so(visit: Visit) -> None:
    find(visit.page, "四个到位")
    expect(visit.page.locator(".check.mismatch")).to_have_text("✗ 3/4")
    expect(visit.page.locator(".verdict")).to_contain_text("应有 4 项，列出 3 项")


def test_links_lead_from_card_to_card_and_back(visit: Visit) -> None:
    page = visit.page
    find(page, "县委办公室")
    page.click("#panel .relations a:has-text('三勤三提专项活动')")
    expect(page.locator("#panel h2")).to_have_text("三勤三提专项活动")
    page.go_back()
    expect(page.locator("#panel h2")).to_have_text("县委办公室")
    page.click("text=返回总览")
    expect(page.locator("#panel h2")).to_have_text("从这里开始")


def test_the_words_behind_a_relation_open_in_place(visit: Visit) -> None:
    page = visit.page
    find(page, "县委办公室")
    row = page.locator("#panel .relations li", has_text="三勤三提专项活动")
    row.locator("button.words").click()
    expect(row.locator("mark")).to_have_text("“三勤三提”专项活动由县委办公室主办")
    expect(row.locator("small")).to_contain_text("规则 by-hand")
    row.locator("button.words").click()
    expect(row.locator("mark")).to_have_count(0)


def test_quotations_after_rare_characters_are_marked_right(visit: Visit) -> None:
    find(visit.page, "2021年3月")
    expect(visit.page.locator("#panel .stepper mark")).to_have_text("2021年3月")


def go(page: Page, name: str) -> None:
    page.evaluate("name => { location.hash = '#' + encodeURIComponent(name) }", name)


def test_a_click_on_a_node_opens_its_card_and_beside_it_closes_it(visit: Visit) -> None:
    page = visit.page
    find(page, "走村入户活动")
    x, y = ringed(page)
    page.click("text=返回总览")
    expect(page.locator("#panel h2")).to_have_text("从这里开始")
    page.mouse.click(x, y)
    expect(page.locator("#panel h2")).to_have_text("走村入户活动")
    page.mouse.click(30, 600)
    expect(page.locator("#panel h2")).to_have_text("从这里开始")


def test_a_click_on_a_line_shows_its_statement_with_the_words(visit: Visit) -> None:
    page = visit.page
    go(page, "Campaign//走村入户活动 — Body//云岭镇党委")
    x, y = ringed(page)  # both ends are ringed, so this is the middle of the line
    page.click("text=返回总览")
    expect(page.locator("#panel h2")).to_have_text("从这里开始")
    page.mouse.click(x, y)
    card = page.locator("#panel .card.line")
    expect(card.locator(".triple")).to_contain_text("走村入户活动")
    expect(card.locator(".predicate")).to_have_text("主办单位")
    expect(card.locator("mark").first).to_contain_text("云岭镇党委响应")


def test_a_click_on_one_of_thousands_of_lines(chromium: Browser, tmp_path: Path) -> None:
    names = [f"提法{n:03}号" for n in range(104)]
    draft = Draft(speech("。".join(names), "多.txt"))
    ids = [draft.entity("Slogan", name) for name in names]
    for left in ids[:52]:
        for right in ids[52:]:
            draft.relation(left, "implements", right, left.key)
    file = tmp_path / "many.html"
    assert write(KnowledgeGraph([draft.extraction]), file).edges > 2500
    visit = Visit(chromium, file)
    page = visit.page
    visit.open("#" + quote("Slogan//提法000号 — Slogan//提法060号"))
    expect(page.locator("#panel .line .triple")).to_contain_text("提法060号")
    x, y = ringed(page)
    page.click("text=返回总览")
    expect(page.locator("#panel h2")).to_have_text("从这里开始")
    page.mouse.click(x, y)
    expect(page.locator("#panel .line .triple .predicate")).to_have_text("贯彻落实")
    visit.close()


def test_the_legend_filters_and_one_click_clears(visit: Visit) -> None:
    page = visit.page
    total = len(sample().nodes)
    slogans = sum(id_.type == "Slogan" for id_ in sample().nodes)
    page.click('#legend [data-type="Slogan"]')
    expect(page.locator('#legend [data-type="Slogan"]')).to_have_attribute("aria-pressed", "false")
    expect(page.locator("#status")).to_contain_text(f"显示 {total - slogans} / {total}")
    expect(page.locator("#status")).to_contain_text("不含提法")
    page.wait_for_timeout(100)
    assert int(page.get_attribute("#network", "data-labels") or 0) >= total - slogans - 1
    page.click("#clear")
    expect(page.locator("#status")).to_have_text(f"显示 {total} / {total}")


def test_one_speech_alone(visit: Visit) -> None:
    page = visit.page
    page.click("#panel button:has-text('在云岭镇人代会上的发言')")
    expect(page.locator("#status .number")).to_have_text(f"显示 3 / {len(sample().nodes)}")
    expect(page.locator("#status")).to_contain_text("仅限《在云岭镇人代会上的发言》")


def test_a_capped_view_says_so_and_shows_more(chromium: Browser, files: dict[str, Path]) -> None:
    visit = Visit(chromium, files["capped"])
    page = visit.page
    total = len(sample().nodes)
    expect(page.locator("#status .number")).to_have_text(f"显示 4 / {total}")
    page.click("#more")
    expect(page.locator("#status .number")).to_have_text(f"显示 8 / {total}")
    page.click("#more")
    expect(page.locator("#status .number")).to_have_text(f"显示 {total} / {total}")
    expect(page.locator("#more")).to_have_count(0)
    visit.open()
    find(page, "云岭镇党委")  # not on the opening view, but found and shown
    expect(page.locator("#status .number")).to_have_text(f"显示 5 / {total}")
    visit.close()


def test_speaks_english_too(visit: Visit) -> None:
    page = visit.page
    expect(page.locator('#legend [data-type="Slogan"]')).to_have_attribute("title", "隐藏提法")
    page.click("#language")
    expect(page.locator('#legend [data-type="Slogan"]')).to_have_text("Slogan3")
    expect(page.locator('#legend [data-type="Slogan"]')).to_have_attribute("title", "Hide Slogan")
    expect(page.locator("#panel h2")).to_have_text("Start here")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page).to_have_title("Knowledge graph of speeches")
    expect(page.locator("#panel .gloss")).to_have_text("Three Diligences")
    expect(page.locator("#panel .act")).to_have_text("demands (要求)")
    page.click("#tab-cascade")
    expect(page.locator("#view thead th")).to_have_text(["Level", "persons", "Party", "system not stated"])
    expect(page.locator("#view tbody th")).to_have_text(["county", "township", "level not stated"])


def test_a_link_to_what_is_not_here_says_so(visit: Visit) -> None:
    visit.open("#%E0%A4%A")
    expect(visit.page.locator(".problem")).to_contain_text("不在此页中")
    visit.open("#Slogan//无此提法")
    expect(visit.page.locator(".problem")).to_contain_text("Slogan//无此提法")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_tablet_sees_all_of_it(chromium: Browser, files: dict[str, Path], scheme: str) -> None:
    visit = Visit(chromium, files["sample"], 820, 1180, scheme)
    page = visit.page
    assert page.evaluate("document.documentElement.scrollWidth") == 820
    find(page, "三勤")
    for part in ("#network canvas", "#legend", "#status", "#panel h2", "#search"):
        box = page.locator(part).bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= 820 and box["y"] + box["height"] <= 1180
    visit.close()


def test_hostile_speeches_do_not_run(chromium: Browser, files: dict[str, Path]) -> None:
    visit = Visit(chromium, files["hostile"])
    page = visit.page
    expect(page.locator("h1")).to_have_text("</title><script>window.ran=9</script>")
    expect(page.locator("#panel")).to_contain_text("</title><script>window.ran=8</script>")
    for name in HOSTILE_NAMES[:-1]:
        go(page, f"Slogan//{name}")
        expect(page.locator("#panel h2")).to_have_text(name, use_inner_text=False)
        expect(page.locator("#panel mark").first).to_be_visible()
        for button in page.locator("#panel button.words").all():
            button.click()
        page.fill("#search", name[:12])
        page.keyboard.press("Escape")
    go(page, f"Slogan//{HOSTILE_NAMES[-1]}")
    expect(page.locator("#panel h2")).to_contain_text("长长长")
    assert page.evaluate("document.documentElement.scrollWidth") == 1280
    assert page.evaluate("window.ran") is None
    assert page.locator("img, iframe, object, embed, #panel script, a[href^='javascript']").count() == 0
    visit.close()


def test_an_empty_graph_opens(chromium: Browser, tmp_path: Path) -> None:
    file = tmp_path / "graph.html"
    write(KnowledgeGraph(), file)
    visit = Visit(chromium, file)
    expect(visit.page.locator("#status")).to_contain_text("图中没有实体。")
    visit.close()
