"""Filters, paths, neighbourhoods and addresses of the page, in a real Chromium as a person uses them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pyoxigraph
import pytest
from playwright.sync_api import Browser, Page, expect

from kg.graph import KnowledgeGraph
from kg.rdf.export import quads
from kg.view import write
from tests.view.browser import Visit, download, find, shown, slide
from tests.view.sample import HOSTILE_NAMES, Draft, sample, speech

pytestmark = pytest.mark.browser

TOTAL = len(sample().nodes)


# --- search ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("typed", "found"), [("sq", "三勤"), ("ylzdw", "云岭镇党委"), ("zcrh", "走村入户活动")])
def test_search_answers_to_pinyin_initials(page: Page, typed: str, found: str) -> None:
    page.fill("#search", typed)
    expect(page.locator("#suggestions [role=option] bdi").first).to_have_text(found)
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text(found)


# --- filters ---------------------------------------------------------------------------------------------------------


def test_filters_combine_and_the_status_line_names_them_until_one_click_clears(page: Page) -> None:
    page.click("#filters-button")
    page.click("#filters .option:has-text('“三勤三提”专项活动部署会上的讲话')")
    in_speech = shown(page)
    assert in_speech < TOTAL
    page.click("#filter-level-县")
    assert shown(page) == 4  # the county's two bodies, what one put forward and what the other organises
    expect(page.locator("#legend [data-type='Body']")).to_have_text("机构2 / 3")
    expect(page.locator("#legend [data-type='Person']")).to_have_text("人物0 / 1")
    page.click("#filter-level-县")
    page.click("#filter-level-乡")
    assert shown(page) == 0  # none of that speech has to do with a township's
    page.click("#filter-kind-issuedBy")
    status = page.locator("#status")
    for words in ("仅限《在“三勤三提”专项活动部署会上的讲话》", "机构层级：乡", "不含提出者"):
        expect(status).to_contain_text(words)
    page.click("#clear")
    expect(status).to_have_text(f"显示 {TOTAL} / {TOTAL}")
    expect(page.locator("#filters [aria-pressed='true'][id^='filter-level']")).to_have_count(0)


def test_the_year_slider(page: Page) -> None:
    page.click("#filters-button")
    slide(page, "#filter-from", 2022)
    expect(page.locator("#status")).to_contain_text("2022–2022 年")
    assert shown(page) == 3
    slide(page, "#filter-from", 2021)
    slide(page, "#filter-to", 2021)
    expect(page.locator("#status")).to_contain_text("2021–2021 年")
    assert shown(page) == TOTAL - 2


def test_the_year_slider_follows_the_mouse(page: Page) -> None:
    page.click("#filters-button")
    thumb = page.locator("#filter-from")
    box = thumb.bounding_box()
    assert box
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 8, y)
    page.mouse.down()
    for part in (0.2, 0.5, 0.8, 1.0):
        page.mouse.move(box["x"] + part * (box["width"] - 8), y)
        page.wait_for_timeout(40)
    expect(page.locator("#status")).to_contain_text("2022–2022 年")  # while the thumb is still held
    assert page.evaluate("document.querySelector('#filter-from').value") == "2022"
    page.mouse.move(box["x"] + 4, y)
    page.wait_for_timeout(40)
    page.mouse.up()
    expect(page.locator("#status")).to_have_text(f"显示 {TOTAL} / {TOTAL}")
    expect(page.locator("#filters output").first).to_have_text("2021–2022，全部")


def test_undated_speeches_are_a_bucket_of_their_own(chromium: Browser, files: dict[str, Path]) -> None:
    visit = Visit(chromium, files["hostile"])
    visit.open("#?undated=0")
    expect(visit.page.locator("#status .number")).to_contain_text("显示 0 /")
    visit.close()


def test_relations_weight_and_confidence_leave_only_what_they_tie(page: Page) -> None:
    page.click("#filters-button")
    page.click("#filter-system-党")
    expect(page.locator("#status")).to_contain_text("机构系统：党")
    page.click("#filter-system-党")
    for kind in ("issuedBy", "issuedAt", "issuedOn", "implements", "organisedBy", "hasMember", "directs"):
        page.click(f"#filter-kind-{kind}")
    assert shown(page) == 2  # 县委办公室 隶属 县委
    page.click("#clear")
    slide(page, "#filter-confidence", 100)
    assert shown(page) == 10
    expect(page.locator("#status")).to_contain_text("可信度不低于 100%")


def test_least_evidence(page: Page) -> None:
    page.click("#filters-button")
    expect(page.locator("#filter-weight")).to_have_count(0)  # nothing here is said twice: no slider to no avail
    page.evaluate("location.hash = '#?weight=2'")
    expect(page.locator("#status")).to_contain_text("至少 2 处依据")
    expect(page.locator("#status .number")).to_contain_text("显示 0 /")


def test_common_sentences_can_be_drawn(page: Page) -> None:
    page.click("#filters-button")
    page.click("#filter-together")
    expect(page.locator("#status")).to_contain_text("含同句共现")
    page.keyboard.press("Escape")
    page.evaluate("location.hash = '#' + encodeURIComponent('Body//云岭镇党委 — Slogan//三勤') + '?together=1'")
    expect(page.locator("#panel .line h3")).to_have_text("同句共现")
    expect(page.locator("#panel .evidence mark")).to_have_text(["云岭镇党委", "三勤"])


def test_bodies_fold_by_role(chromium: Browser, tmp_path: Path) -> None:
    draft = Draft(speech("甲市委、乙市委和丙市委都来了。", "三.txt"))
    for name in ("甲市委", "乙市委", "丙市委"):
        draft.entity("Body", name, role="市委", level="市")
    file = tmp_path / "folded.html"
    write(KnowledgeGraph([draft.extraction]), file)
    visit = Visit(chromium, file)
    page = visit.page
    page.click("#filters-button")
    page.click("#filter-fold")
    expect(page.locator("#status")).to_contain_text("显示 1 / 3")
    page.keyboard.press("Escape")
    page.focus("#network")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#spoken")).to_contain_text("市委 ×3")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text("市委")
    expect(page.locator("#panel li a")).to_have_text(sorted(["甲市委", "乙市委", "丙市委"]))
    visit.close()


# --- card ------------------------------------------------------------------------------------------------------------


def test_the_card_shows_chain_campaigns_and_differing_lists(page: Page) -> None:
    find(page, "县委办公室")
    expect(page.locator("#panel .chain")).to_have_text("县委 › 县委办公室")
    find(page, "三勤")
    campaigns = page.locator("#panel section", has_text="落实它的活动")
    expect(campaigns.locator("li > a")).to_have_text(["三勤三提专项活动", "走村入户活动"])
    expect(campaigns.locator("li", has_text="走村入户").locator("small")).to_have_text("云岭镇党委")


def test_quotations_one_by_one(page: Page) -> None:
    find(page, "三勤")
    stepper = page.locator("#panel .stepper")
    expect(stepper.locator(".count")).to_contain_text("第 1 / ")
    first = stepper.locator("blockquote").inner_text()
    page.click("#panel .step-next")
    expect(stepper.locator(".count")).to_contain_text("第 2 / ")
    page.click("#panel .step-previous")
    page.click("#panel .step-previous")
    expect(stepper.locator("blockquote")).to_contain_text("为的是落实“三勤”。")  # the last one of all
    page.click("#panel .step-next")
    assert stepper.locator("blockquote").inner_text() == first


def test_copies(page: Page) -> None:
    find(page, "2021年3月")
    clipboard = "navigator.clipboard.readText()"
    page.click("#panel .copyIri")
    expect(page.locator("#panel .copyIri")).to_have_text("已复制")
    iri = page.evaluate(clipboard)
    assert iri == "https://speech-kg.example/time/2021年3月"
    page.click("#panel .copyQuery")
    expect(page.locator("#panel .copyQuery")).to_have_text("已复制")
    assert f"oa:hasBody <{iri}>" in page.evaluate(clipboard)
    page.click("#panel .actions .copyCitation")
    expect(page.locator("#panel .actions .copyCitation")).to_have_text("已复制")
    assert page.evaluate(clipboard).endswith(f"讲话知识图谱. {iri}")
    page.click("#panel .stepper .copyCitation")
    expect(page.locator("#panel .stepper .copyCitation")).to_have_text("已复制")
    quoted = page.evaluate(clipboard)
    start, end = map(int, re.search(r"第 (\d+)–(\d+) 字", quoted).groups())  # type: ignore[union-attr]
    text = next(s.text for s in sample().speeches.values() if s.doc == "清河.txt")
    assert text[start:end] == "2021年3月"  # code points, though 𠀀 stands before
    assert "清河县" in quoted


def test_the_copied_query_finds_the_quotations(page: Page, tmp_path: Path) -> None:
    find(page, "三勤")
    page.click("#panel .copyQuery")
    expect(page.locator("#panel .copyQuery")).to_have_text("已复制")
    store = pyoxigraph.Store()
    store.extend(quads(sample()))
    query = page.evaluate("navigator.clipboard.readText()")
    solutions = store.query(query, use_default_graph_as_union=True)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    rows = list(solutions)
    mentions = sum(sample().nodes[id_].mentions for id_ in sample().nodes if id_.key == "三勤")
    assert len(rows) == mentions
    assert {row["quote"].value for row in rows} == {"三勤"}


# --- neighbourhoods and paths ----------------------------------------------------------------------------------------


def test_neighbourhoods_of_one_and_two_steps(page: Page) -> None:
    find(page, "云岭镇党委")
    page.click("[data-steps='1']")
    expect(page.locator("#status")).to_contain_text("显示 2 /")
    expect(page.locator("#status")).to_contain_text("“云岭镇党委”周围 1 步")
    page.click("[data-steps='2']")
    expect(page.locator("#status")).to_contain_text("显示 3 /")
    page.click("[data-steps='3']")
    assert shown(page) > 6
    page.click("#whole")
    expect(page.locator("#status .number")).to_have_text(f"显示 {TOTAL} / {TOTAL}")


def test_shortest_paths_with_words(page: Page) -> None:
    find(page, "云岭镇党委")
    page.click("#path-start")
    expect(page.locator("#panel .paths")).to_contain_text("选择另一个实体")
    find(page, "脑勤")
    route = page.locator("#panel .routes li")
    expect(route).to_have_count(1)
    expect(route.locator("a.node")).to_have_text(["云岭镇党委", "走村入户活动", "三勤", "脑勤"])
    expect(page.locator("#panel .paths")).to_contain_text("1 条最短路径，3 步")
    route.locator(".hop button").first.click()
    expect(route.locator("mark").first).to_contain_text("云岭镇党委响应")
    expect(page.locator("#status")).to_contain_text("显示 4 /")
    page.keyboard.press("Escape")
    expect(page.locator("#panel .paths")).to_have_count(0)


def test_no_path_says_so(page: Page) -> None:
    find(page, "四个到位")
    page.click("#path-start")
    find(page, "档案")
    expect(page.locator("#panel .paths")).to_contain_text("没有路径")
    expect(page.locator("#panel .company")).to_contain_text("经由同句共现也没有路径")
    expect(page.locator("#search")).to_have_value("")
    find(page, "四个到位")
    expect(page.locator("#panel .paths")).to_have_count(0)


def test_where_statements_lead_nowhere_common_sentences_are_offered(page: Page) -> None:
    find(page, "云岭镇党委")
    page.click("#filters-button")
    page.click("#filter-kind-organisedBy")
    page.keyboard.press("Escape")
    page.click("#path-start")
    find(page, "三勤")
    expect(page.locator("#panel .paths")).to_contain_text("没有路径")
    offered = page.locator("#panel .company")
    expect(offered).to_contain_text("不是明说的关系")
    expect(offered.locator(".routes a.node")).to_have_text(["云岭镇党委", "三勤"])
    page.click("#path-draw")
    expect(page.locator("#status")).to_contain_text("含同句共现")
    expect(page.locator("#status")).to_contain_text("显示 2 /")


def test_paths_through_common_sentences(page: Page) -> None:
    find(page, "云岭镇党委")
    page.click("#path-start")
    find(page, "三勤")
    route = page.locator("#panel .routes li")
    expect(route.locator("a.node")).to_have_text(["云岭镇党委", "走村入户活动", "三勤"])
    page.click("#path-together")
    expect(route.locator("a.node")).to_have_text(["云岭镇党委", "三勤"])
    expect(route.locator(".hop")).to_contain_text("同句共现")
    route.locator(".hop button").click()
    expect(route.locator("mark")).to_have_text(["云岭镇党委", "三勤"])
    expect(page.locator("#status")).to_contain_text("含同句共现")


def test_paths_avoid_hubs_on_request(chromium: Browser, tmp_path: Path) -> None:
    names = [f"提法{n}号" for n in range(14)]
    draft = Draft(speech("".join(f"中心提出{n}。" for n in names) + "提法0号落实工程，工程落实提法1号。", "枢纽.txt"))
    hub = draft.entity("Body", "中心")
    slogans = [draft.entity("Slogan", n) for n in names]
    for slogan in slogans:
        draft.relation(slogan, "issuedBy", hub, f"中心提出{slogan.key}")
    middle, last = draft.entity("Campaign", "工程"), draft.entity("Campaign", "落实")
    draft.relation(slogans[0], "implements", middle, "提法0号落实工程")
    draft.relation(middle, "implements", last, "工程落实")
    draft.relation(last, "implements", slogans[1], "工程落实提法1号")
    for n, name in enumerate("甲乙丙丁戊己庚辛壬癸"):
        draft.extraction.speech.text += f"{name}地属{name}省。"
        a, b = draft.entity("Place", f"{name}地"), draft.entity("Place", f"{name}省")
        draft.relation(a, "partOf", b, f"{name}地属")
        assert n < 10
    file = tmp_path / "hub.html"
    write(KnowledgeGraph([draft.extraction]), file)
    visit = Visit(chromium, file)
    page = visit.page
    find(page, "提法0号")
    page.click("#path-start")
    find(page, "提法1号")
    expect(page.locator("#panel .routes a.node")).to_have_text(["提法0号", "中心", "提法1号"])
    page.click("#path-avoid")
    expect(page.locator("#panel .routes a.node")).to_have_text(["提法0号", "工程", "落实", "提法1号"])
    expect(page.locator("#status")).to_contain_text("避开枢纽")
    visit.close()


# --- address, files, looks -------------------------------------------------------------------------------------------


def test_a_shared_address_shows_the_same(visit: Visit) -> None:
    page = visit.page
    page.click('#legend [data-type="Time"]')
    page.click("#filters-button")
    page.click("#filter-kind-issuedAt")
    page.keyboard.press("Escape")
    find(page, "三勤")
    page.click("[data-steps='2']")
    number = page.locator("#status").inner_text()
    address = page.url
    assert "Slogan//三勤" in unquote(address)
    visit.reopen(address)
    expect(page.locator("#panel h2")).to_have_text("三勤")
    assert page.locator("#status").inner_text() == number
    page.click("#tab-table")
    page.go_back()
    expect(page.locator("#network canvas")).to_be_visible()
    visit.reopen(visit.file.as_uri() + "#?view=compare&lang=en")
    expect(page.locator("#view .both h3")).to_contain_text("In both")
    expect(page.locator("#tab-compare")).to_have_text("Compare")


def test_hostile_names_stay_words_in_files_and_tabs(chromium: Browser, files: dict[str, Path]) -> None:
    visit = Visit(chromium, files["hostile"])
    page = visit.page
    gexf = ElementTree.fromstring(download(page, "gexf"))
    labels = {node.get("label") for node in gexf.iter("{http://gexf.net/1.3}node")}
    assert set(HOSTILE_NAMES[:6]) <= labels
    ElementTree.fromstring(download(page, "svg"))
    for tab in ("trees", "cascade", "years", "table", "compare", "read"):
        page.click(f"#tab-{tab}")
        page.wait_for_timeout(100)
        assert page.evaluate("document.documentElement.scrollWidth") == 1280
    expect(page.locator("#view .text")).to_contain_text("我们落实<script>window.ran=1</script>。")
    page.click("#filters-button")
    page.click("#language")
    assert page.evaluate("window.ran") is None
    assert page.locator("img, iframe, object, embed, #view script, a[href^='javascript']").count() == 0
    visit.reopen(
        visit.file.as_uri() + "#?view=<script>&level=<img src=x onerror=window.ran=1>&speech=__proto__&with=constructor"
    )
    assert page.evaluate("window.ran") is None
    visit.close()


def test_light_and_dark_by_a_click(page: Page) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(ground)
    page.click("#theme")
    assert page.evaluate(ground) != before
    page.click("#theme")
    assert page.evaluate(ground) == before


def test_the_canvas_by_keyboard(page: Page) -> None:
    page.focus("#network")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#spoken")).to_contain_text("三勤")
    for key in ("ArrowUp", "ArrowLeft", "ArrowRight", "ArrowDown"):
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    name = page.locator("#panel h2").inner_text()
    expect(page.locator("#spoken")).to_contain_text(name)


def test_everything_that_can_be_pressed_has_a_name(page: Page) -> None:
    page.click("#filters-button")
    find(page, "三勤")
    for tab in ("graph", "trees", "cascade", "years", "table", "compare", "read"):
        page.click(f"#tab-{tab}")
        nameless = page.evaluate(
            """() => [...document.querySelectorAll("button, input, select, [role=link], a")]
                .filter((e) => e.offsetParent && !(e.textContent.trim() || e.getAttribute("aria-label") || e.title || (e.labels && e.labels.length)))
                .map((e) => e.outerHTML.slice(0, 120))"""
        )
        assert nameless == []


def test_help_explains_the_terms(page: Page) -> None:
    find(page, "三勤")
    for term, words in ((".copyIri", "标识"), (".copyQuery", "查询"), ("#path-start", "关系相连")):
        expect(page.locator(f"#panel .actions {term}")).to_have_attribute("title", re.compile(words))
    page.click("#help-button")
    for term in ("避开枢纽", "复制 SPARQL", "每万字次数", "在原文中查找"):
        expect(page.locator("#help dt", has_text=term)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()


def test_every_stop_of_the_tab_key_has_a_name(page: Page) -> None:
    page.focus("#network")
    page.keyboard.press("Tab")
    expect(page.locator("#legend .chip").first).to_be_focused()


def test_the_page_holds_what_its_version_of_the_facts_says(files: dict[str, Path]) -> None:
    held = re.search(r'id="facts">(.*?)</script>', files["sample"].read_text("utf-8"), re.DOTALL)
    assert held
    facts = json.loads(held[1])
    assert facts["speeches"]["year"] == [int((s.date or "0")[:4]) for s in sample().speeches.values()]
    assert facts["hubs"] == []
