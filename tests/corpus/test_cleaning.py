from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.corpus.cleaning import clean, restore

PIECES = [
    "同志们：", "各位代表！", "我们要抓落实", "。", "，", "；", "、", "”", "“", "《条例", "》", "（PM", "2.5", "）",
    "一、", "（一）", "一是", "第一，", "\n", "\n\n", "\n\n\n", " ", "\u3000\u3000", "\u200b", "\ufeff", "\u00a0", "\t",
    "\f", "第3页", "— 4 —", "5", "6", "7", "2018 年 7 月", "李\u3000强", "[1]", "**", "# ", "> ", "- ", "`",
    "---", "\x00", "在市直机关动员", "大会上的讲话",
    "提高思想认识，转变工作作风，推动各项任务落地见效，让群众看到实实在在的变化。",
    "word", "A", "1 9 9 8 年",
    "\n本作品来自政府文件，属于公有领域。\nPublic domain\nPublic domain\nfalse\nfalse",
]  # fmt: skip
noisy = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=60).map("".join)


@given(noisy, st.booleans())
def test_the_source_can_be_restored(source: str, markdown: bool) -> None:
    text, cuts = clean(source, markdown=markdown)
    assert restore(text, cuts) == source
    assert [cut.offset for cut in cuts] == sorted(cut.offset for cut in cuts)
    assert all(cut.removed and cut.reason for cut in cuts)


@given(noisy)
def test_what_is_left_has_neither_blank_lines_nor_indents(source: str) -> None:
    text, _ = clean(source)
    assert text == text.strip()
    assert all(line and line == line.strip() for line in text.split("\n")) or text == ""


@given(noisy)
def test_no_word_is_lost(source: str) -> None:
    """Chinese characters go only with page numbers, repeated headers and the licence notice."""
    cuts = clean(source).cuts
    gone = "".join(c.removed for c in cuts if c.reason not in ("page number", "repeated header", "licence notice"))
    assert not any("\u4e00" <= c <= "\u9fff" for c in gone)


@given(noisy, st.integers(0, 40))
def test_front_matter_is_cut_as_a_whole(source: str, length: int) -> None:
    front = min(length, len(source))
    text, cuts = clean(source, front=front)
    assert restore(text, cuts) == source
    assert sum(len(c.removed) for c in cuts if c.reason == "front matter") == front


def test_plain_paragraphs_stay_as_they_are() -> None:
    source = "一、提高认识\n我们要抓落实。\n二、强化措施\n各单位要报方案。"
    assert clean(source) == (source, [])


def test_indents_blank_lines_and_invisible_characters_go() -> None:
    text, cuts = clean("\ufeff\u3000\u3000同志们：\u200b \n\u3000\n\u3000\u3000开会了。\n")
    assert text == "同志们：\n开会了。"
    assert {c.reason for c in cuts} == {"zero-width", "indent", "trailing space", "blank line"}


PROSE = "推动各项工作再上新台阶，让全县人民过上更好的日子。"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        # A name, a formula, a bracket on lines of their own, as links and subscripts come out of pages.
        (f"{PROSE}推动\n某某协定\n（RCEP）生效。", f"{PROSE}推动某某协定（RCEP）生效。"),
        (f"{PROSE}细颗粒物（PM\n2.5\n）浓度下降。", f"{PROSE}细颗粒物（PM2.5）浓度下降。"),
        (f"{PROSE}取消220项\n\u200b\n资格认定。", f"{PROSE}取消220项资格认定。"),
        ("贯彻《\n监督法\n》，做好工作。", "贯彻《监督法》，做好工作。"),
        (f"有人说：“\n{PROSE}\n”这话对。", f"有人说：“{PROSE}”这话对。"),
        ("第二，\n工业有了新发展。", "第二，工业有了新发展。"),
        ("一是\n抓好春耕。", "一是抓好春耕。"),
        # A title broken in two.
        (
            "在全县“三比三看”活动\n动员大会上的讲话\n同志们：\n开会了。",
            "在全县“三比三看”活动动员大会上的讲话\n同志们：\n开会了。",
        ),
    ],
)
def test_breaks_inside_sentences_are_joined(source: str, text: str) -> None:
    assert clean(source).text == text


@pytest.mark.parametrize(
    "source",
    [
        "一、统一思想，提高认识\n去年以来，我们做了大量工作。",
        "（二）强化责任\n各级领导干部要带头。",
        "在全县工作会议上的讲话\n（2023年3月5日）\n县委书记 李明\n同志们：\n开会了。",
        "政府工作报告\n——2024年1月8日在云溪县第十七届人民代表大会第三次会议上\n县长 王芳\n各位代表：\n现在报告工作。",
        f"{PROSE}请予审议\n一、去年工作回顾\n{PROSE}",
        "做到以下几点：\n一是抓学习；\n二是抓作风；\n三是抓落实。",
        "坚定信心\n团结一致\n开拓进取",
        "——云溪县委\n——云溪县人民政府",
    ],
)
def test_headings_titles_and_lists_are_not_joined(source: str) -> None:
    assert clean(source).text == source


def test_single_breaks_between_blank_lines_are_soft() -> None:
    paragraphs = [f"{PROSE}我们要\n始终坚持\n这条路子，{PROSE}" for _ in range(4)]
    text = clean("\n\n".join(paragraphs)).text
    assert text == "\n".join(p.replace("\n", "") for p in paragraphs)


def wrap(paragraph: str, width: int) -> str:
    return "\n".join(paragraph[i : i + width] for i in range(0, len(paragraph), width))


def test_text_wrapped_at_one_width_is_unwrapped() -> None:
    paragraphs = ["\u3000\u3000" + PROSE * 4, "\u3000\u3000一、加强领导", "\u3000\u3000" + PROSE * 5 + "会后抓紧落实。"]
    text = clean("\n".join(wrap(p, 32) for p in paragraphs)).text
    assert text == "\n".join(p.strip() for p in paragraphs)


def test_a_sentence_runs_on_over_the_page() -> None:
    pages = [wrap(PROSE * 8, 30), wrap("接着讲第二个问题，" + PROSE * 8, 30), wrap("再讲第三个问题，" + PROSE * 7, 30)]
    source = "\n\f".join(f"云溪县机关文件\n{page}\n— {i} —" for i, page in enumerate(pages, 1))
    text, cuts = clean(source)
    assert "云溪县机关文件" not in text
    assert not any(c in text for c in "—123")
    assert [c.reason for c in cuts].count("page number") == 3
    assert [c.reason for c in cuts].count("repeated header") == 3
    assert restore(text, cuts) == source


def test_a_salutation_on_every_page_is_no_header() -> None:
    source = "\n\f".join(f"同志们：\n{PROSE}第{i}讲。" for i in "一二三四")
    assert clean(source).text.count("同志们：") == 4


def test_page_numbers_without_page_breaks_must_look_like_such() -> None:
    assert clean(f"{PROSE}\n第 3 页 共 10 页\n{PROSE}").text == f"{PROSE}\n{PROSE}"
    assert clean(f"{PROSE}我们\n- 1 -\n还要努力。{PROSE}我们\n- 2 -\n不停步。").text.count("-") == 0
    assert clean("三项指标\n95\n96\n97").text == "三项指标\n95\n96\n97"
    assert clean(f"{PROSE}\n1/3\n{PROSE}").text == f"{PROSE}\n1/3\n{PROSE}"


def test_bare_page_numbers_break_sentences() -> None:
    source = "\n".join(f"{PROSE}我们要坚持\n{i}\n把工作做好。" for i in (1, 2, 3, 4))
    text = clean(source).text
    assert text.count("我们要坚持把工作做好") == 4


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("习\u3000近\u3000平", "习近平"),
        ("县长\u3000李\u3000强", "县长\u3000李强"),
        ("政 府 工 作 报 告", "政府工作报告"),
        ("1 9 9 8 年 到 2 0 0 3 年，增长9 ．5％", "1998年 到2003年，增长9．5％"),
        ("自 2018 年 7 月起，坚持 “低保” 制度 。", "自2018年7月起，坚持“低保”制度。"),
        ("一、 去年工作", "一、去年工作"),
        ("团结奋斗 开创新局", "团结奋斗 开创新局"),
        ("2023年\u3000\u3000工作要点", "2023年\u3000工作要点"),
        ("plain English words", "plain English words"),
    ],
)
def test_spaces(source: str, text: str) -> None:
    assert clean(source).text == text


def test_note_marks_go_and_years_in_brackets_stay() -> None:
    assert (
        clean("我们的报纸[1]，办得好[注2]。按〔2023〕5号和[2023]6号文件办。").text
        == "我们的报纸，办得好。按〔2023〕5号和[2023]6号文件办。"
    )
    assert clean("上届会议\n[\n1\n]\n以来的工作").text == "上届会议以来的工作"


def test_the_licence_notice_of_wikisource_goes() -> None:
    notice = "\n\n\n本作品来自某会的决议。依据《\n著作权法\n》，属于\n公有领域\n。"
    notice += "\n\n\nPublic domain\nPublic domain\nfalse\nfalse"
    text, cuts = clean(PROSE * 3 + notice)
    assert text == PROSE * 3
    assert [c.reason for c in cuts] == ["licence notice"]
    assert clean(f"{PROSE * 3}\n本作品来自群众创作。").text.endswith("本作品来自群众创作。")


def test_markdown_marks_go_and_masks_stay() -> None:
    source = (
        "# 在全县大会上的讲话 #\n\n同志们：\n\n---\n\n## 一、提高认识\n正文**加粗**，见[决定](http://a.b/c)，`代码`。\n\n"
        "> 引用的话\n\n- 第一条\n- 第二条\n\n1. 编号\n\n"
        "刚才，**同志通报了情况，**书记作了讲话。<!-- 编者注 -->![图](x.png)\n"
    )
    text, cuts = clean(source, markdown=True)
    assert text.split("\n") == [
        "在全县大会上的讲话",
        "同志们：",
        "一、提高认识",
        "正文加粗，见决定，代码。",
        "引用的话",
        "第一条",
        "第二条",
        "1. 编号",
        "刚才，**同志通报了情况，**书记作了讲话。",
    ]
    assert restore(text, cuts) == source


def test_text_with_spaced_letters_and_numbers_of_typeset_pages() -> None:
    assert clean("按照 XX 书记的要求，X 月 X 日前完成 17 个方面的任务，达到 95% 以上。").text == (
        "按照XX书记的要求，X月X日前完成17个方面的任务，达到95%以上。"
    )


def test_wrapped_lines_without_indents() -> None:
    """As PDF text comes: no indents, the first line of a paragraph shorter, a sentence that ends where its line ends."""
    first, second = PROSE * 5 + "我们要坚持到底。", PROSE * 6
    lines = [first[:28], *wrap(first[28:], 30).split("\n"), second[:28], *wrap(second[28:], 30).split("\n")]
    assert clean("\n".join(lines)).text.replace("\n", "") == first + second
    assert clean("\n".join(lines)).text.count("\n") <= 1


@pytest.mark.parametrize(
    "source",
    [
        " " * 200_000 + "甲",
        "\n" * 200_000 + "甲",
        "\n本作品来自" * 20_000 + "\nPublic domain",
        "<!--" * 50_000,
        "[1" * 100_000,
        "一是\n" * 20_000,
        (PROSE + "我们要坚持把工作做\n") * 5_000,
    ],
)
def test_hostile_text_does_not_cost_time_squared(source: str) -> None:
    started = time.process_time()
    text, cuts = clean(source, markdown=True)
    assert time.process_time() - started < 10
    assert restore(text, cuts) == source
