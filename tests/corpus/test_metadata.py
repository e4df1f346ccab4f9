from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.corpus import speech_from_text
from kg.corpus.cleaning import restore
from kg.corpus.dates import edtf
from kg.corpus.metadata import front_matter

from .samples import BODY, SPEECH, TITLE


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("2023年3月5日", "2023-03-05"),
        ("（2023年3月5日）", "2023-03-05"),
        ("２０２３年３月", "2023-03"),
        ("2018年", "2018"),
        ("2018", "2018"),
        ("2018-07", "2018-07"),
        ("2018.7.5", "2018-07-05"),
        ("2018/7/5", "2018-07-05"),
        ("二〇二三年三月五日", "2023-03-05"),
        ("二○二三年十二月二十一日", "2023-12-21"),
        ("一九五七年六月三十日", "1957-06-30"),
        ("2024年×月×日", "2024-XX-XX"),
        ("2024年X月", "2024-XX"),
        ("20XX年5月", "20XX-05"),
        ("XXXX年X月X日", "XXXX-XX-XX"),
        ("2024-XX", "2024-XX"),
        # No year, no day of the calendar, no date: the words stay.
        ("×月×日", "×月×日"),
        ("9月份", "9月份"),
        ("2023年13月5日", "2023年13月5日"),
        ("2023年2月30日", "2023年2月30日"),
        ("近日", "近日"),
    ],
)
def test_dates_become_edtf(words: str, date: str) -> None:
    assert edtf(words) == date


@given(st.text(alphabet="12年月日XX×二〇三十.-/ 第a", max_size=12) | st.text(max_size=12))
def test_any_words_are_a_date_or_themselves(words: str) -> None:
    assert edtf(words) == words or re.fullmatch(r"[\dX]{4}(-[\dX]{2}){0,2}", edtf(words))


def test_title_and_meeting_of_a_plain_speech() -> None:
    speech = speech_from_text(SPEECH)
    assert speech.title == TITLE
    assert speech.occasion == "云溪县机关效能建设推进会"
    assert speech.place == "云溪县"
    assert speech.speaker is None
    assert speech.date is None
    assert speech.text.startswith(TITLE)


def test_a_title_broken_over_two_lines() -> None:
    speech = speech_from_text("在市直机关“三比三看”活动\n动员大会上的讲话\n　\n" + BODY)
    assert speech.title == "在市直机关“三比三看”活动动员大会上的讲话"
    assert speech.occasion == "市直机关“三比三看”活动动员大会"
    assert speech.text.split("\n")[0] == speech.title


def test_title_subtitle_date_and_speaker() -> None:
    speech = speech_from_text(
        "乘势而上 开创云溪新局面\n——在中国共产党云溪县第十四次代表大会上的报告\n（2021年9月8日）\n县委书记　李　明\n"
        + BODY
    )
    assert speech.title == "乘势而上 开创云溪新局面"
    assert speech.occasion == "中国共产党云溪县第十四次代表大会"
    assert speech.date == "2021-09-08"
    assert speech.speaker == "县委书记 李明"


def test_a_dated_subtitle() -> None:
    speech = speech_from_text(
        "政府工作报告\n——2024年1月8日在云溪县第十七届人民代表大会第三次会议上\n县长　王芳\n" + BODY
    )
    assert (speech.title, speech.date, speech.speaker) == ("政府工作报告", "2024-01-08", "县长 王芳")
    assert speech.occasion == "云溪县第十七届人民代表大会第三次会议"
    assert speech.place == "云溪县"


def test_traditional_script_is_shown_as_written() -> None:
    speech = speech_from_text("在雲溪縣第二屆人民代表大會第三次會議上的報告\n各位代表：\n現在報告工作。")
    assert speech.occasion == "雲溪縣第二屆人民代表大會第三次會議"
    assert speech.folded.startswith("在云溪县第二届人民代表大会第三次会议上的报告")


def test_masked_values_stay_masked() -> None:
    speech = speech_from_text("在××市人大机关作风建设会议上的讲话\n（20XX年×月×日）\nXX书记\n" + BODY)
    assert speech.date == "20XX-XX-XX"
    assert speech.speaker == "XX书记"
    assert speech.place is None
    given = speech_from_text(BODY, place="XX市", speaker="张××")
    assert (given.place, given.metadata["place"], given.speaker) == (None, "XX市", "张××")


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("在浙江省绍兴市委常委会（扩大）会议上的讲话", "浙江省/绍兴市"),
        ("在全市组织工作会议上的讲话", None),
        ("在市人大机关作风建设会议上的讲话", None),
        ("在城市工作会议上的讲话", None),
        ("在经济技术开发区党工委会议上的讲话", None),
        ("在机关科以上工作人员会议上的讲话", None),
        ("在宁夏回族自治区政协会议上的讲话", "宁夏回族自治区"),
        ("2023年柯桥区人民政府工作报告", "柯桥区"),
        ("在各县区负责人座谈会上的讲话", None),
        ("在中共云溪县委全体会议上的讲话", "云溪县"),
    ],
)
def test_places_that_the_title_names(title: str, place: str | None) -> None:
    assert speech_from_text(f"{title}\n{BODY}").place == place


@pytest.mark.parametrize(
    ("head", "host"),
    [
        ("在市人大机关作风建设会议上的讲话", "市人大机关"),
        ("在第十四届全国人民代表大会第二次会议上的讲话", "全国人民代表大会"),
        ("在中国共产党第二十次全国代表大会上的报告", "中国共产党"),
        ("2023年云溪县人民政府工作报告", "云溪县人民政府"),
        ("在市直机关动员大会上的讲话\n同志们：\n市委决定今年在全市开展“三比三看”活动。", "市委"),
        ("在全县动员大会上的讲话", None),
    ],
)
def test_hosts(head: str, host: str | None) -> None:
    assert speech_from_text(f"{head}\n{BODY}").host == host


def test_a_text_without_title_has_none() -> None:
    speech = speech_from_text(BODY)
    assert (speech.title, speech.occasion, speech.speaker, speech.host, speech.place) == (None,) * 5


def test_yaml_front_matter_is_cut_out_and_read() -> None:
    block = "---\ntitle: '在全县大会上的讲话'\n讲话人：王芳\ndate: 2023年3月\n"
    block += "place: 浙江省/绍兴市\ntags:\n  - 作风\n  - 效能\n# 备注\n---\n"
    speech = speech_from_text(block + "\n" + BODY)
    assert (speech.title, speech.speaker, speech.date, speech.place) == (
        "在全县大会上的讲话",
        "王芳",
        "2023-03",
        "浙江省/绍兴市",
    )
    assert speech.metadata == {"tags": "作风、效能", "date": "2023年3月"}
    assert speech.text.startswith("同志们：")
    assert speech.cuts[0].reason == "front matter"
    assert restore(speech.text, speech.cuts) == block + "\n" + BODY


def test_header_lines_are_front_matter_too() -> None:
    head = "标题：在全县大会上的讲话\n讲话人：县长 王芳\n时间：2023年3月5日\n主办单位：县委\n来源：县政府网\n\n"
    speech = speech_from_text(head + BODY)
    assert (speech.title, speech.speaker, speech.date, speech.host) == (
        "在全县大会上的讲话",
        "县长 王芳",
        "2023-03-05",
        "县委",
    )
    assert speech.occasion == "全县大会"
    assert speech.metadata["来源"] == "县政府网"
    assert speech.text.startswith("同志们：")


@pytest.mark.parametrize(
    "text",
    [
        "---\n正文开始。\n---\n",
        "---\n同志们：\n",
        "同志们：今天开会。",
        "会议开始：请坐。",
        "",
        "---",
        "---\n---\n正文",
    ],
)
def test_what_looks_a_little_like_front_matter_is_text(text: str) -> None:
    assert front_matter(text) == ({}, 0)


@given(st.text(alphabet="-\n:： titl标题a&*![]{}'\"", max_size=80))
def test_any_start_of_a_file_is_read(text: str) -> None:
    fields, end = front_matter(text)
    assert 0 <= end <= len(text)
    assert bool(end) or not fields


def test_given_metadata_goes_before_what_is_found_and_a_finer_date_refines_it() -> None:
    text = "政府工作报告\n——2024年1月8日在云溪县人民代表大会上\n" + BODY
    speech = speech_from_text(
        text, title="2024年报告", date="2024", speaker="王芳", url="http://a.b/c", 字号="〔2024〕1号"
    )
    assert (speech.title, speech.date, speech.speaker, speech.url) == (
        "2024年报告",
        "2024-01-08",
        "王芳",
        "http://a.b/c",
    )
    assert speech.metadata == {"date": "2024", "字号": "〔2024〕1号"}
    assert speech_from_text(text, date="2021年").date == "2021"


def test_the_date_at_the_foot() -> None:
    assert speech_from_text(f"{SPEECH}\n2023年5月6日\n").date == "2023-05-06"


def test_ids_are_safe_and_depend_on_name_and_text_only() -> None:
    first = speech_from_text(SPEECH, doc="讲话 稿（1）<b>?.txt")
    assert first.id == speech_from_text(SPEECH + "\n\n", doc="讲话 稿（1）<b>?.txt").id
    assert first.id.startswith("讲话_稿_1_b-")
    assert first.id != speech_from_text(SPEECH + "完。", doc="讲话 稿（1）<b>?.txt").id
    assert speech_from_text(SPEECH, doc="...").id.startswith("speech-")


@pytest.mark.parametrize(
    ("head", "title", "speaker", "host"),
    [
        ("县委书记张明同志在全县“两会”期间党员大会上的讲话", None, "县委书记张明", None),
        ("张明：在庆祝建县95周年大会上的讲话", None, "张明", None),
        ("中共××市委书记 ×××\n在市委十届三次全会上的报告", "在市委十届三次全会上的报告", "中共××市委书记×××", "市委"),
        ("（2020年1月5日）\n在省纪委全会上的工作报告", "在省纪委全会上的工作报告", None, "省纪委"),
        ("在县区委书记座谈会上的讲话", None, None, None),
        ("在市委常委会（扩大）会议上的讲话", None, None, "市委常委会"),
        ("在绍兴市柯桥区委全会上的讲话（摘要）", "在绍兴市柯桥区委全会上的讲话", None, "绍兴市柯桥区委"),
    ],
)
def test_heads(head: str, title: str | None, speaker: str | None, host: str | None) -> None:
    speech = speech_from_text(f"{head}\n{BODY}")
    assert (speech.title, speech.speaker, speech.host) == (title or head, speaker, host)


def test_a_heading_is_no_title() -> None:
    assert speech_from_text("一、提高认识\n我们要抓落实。\n二、强化措施\n各单位要报方案。").title is None
