"""Extraction through its public door: small speeches, each for one thing that a reader would see in it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import example, given, reject, settings
from hypothesis import strategies as st

from kg import corpus
from kg.corpus import speech_from_text
from kg.corpus.draft import Unreadable
from kg.extract import extract
from kg.lexicon import Lexicon, load
from kg.model import EntityId, EntityType, Extraction, Speech

EMPTY = load(builtin=False)
KNOWN = load()
SEEDS = Path(__file__).parents[2] / "seeds"


def read(text: str, lexicon: Lexicon = EMPTY, **metadata: str) -> Extraction:
    return extract(speech_from_text(text, **metadata), lexicon)


def names(x: Extraction, *types: EntityType) -> set[str]:
    return {e.name for e in x.entities if not types or e.id.type in types}


def labels(x: Extraction) -> dict[str, list[str]]:
    """The members of each slogan, as the speech words both."""
    name = {e.id: e.name for e in x.entities}
    return {name[e.slogan]: [m.label for m in e.members] for e in x.expansions}


def directives(x: Extraction) -> set[tuple[str, str, str]]:
    name = {e.id: e.name for e in x.entities}
    return {(name[d.issuer], d.act, d.content) for d in x.directives}


def relations(x: Extraction) -> set[tuple[str, str, str]]:
    name = {e.id: e.name for e in x.entities}
    return {(name[r.subject], r.predicate, name[r.object]) for r in x.relations}


# --- expansions: one small speech a cue ------------------------------------------------------------------------------

CUES = {
    "bracketed": (
        "全县要落实“四抓”（抓水利、抓道路、抓学校、抓卫生院）工作法。",
        "四抓",
        ["抓水利", "抓道路", "抓学校", "抓卫生院"],
    ),
    "meaning": (
        "各乡镇要做到“三个不放过”，即隐患不查清不放过、责任不落实不放过、整改不到位不放过。",
        "三个不放过",
        ["隐患不查清不放过", "责任不落实不放过", "整改不到位不放过"],
    ),
    "items": (
        "机关干部要过好“三关”：一是过好学习关，先把政策弄懂。二是过好服务关，把群众请进来。三是过好廉洁关，守住手。",
        "三关",
        ["过好学习关", "过好服务关", "过好廉洁关"],
    ),
    "headed sections": (
        "我们要做到“三个坚持”。\n一、坚持把水治好\n河里的水要清。\n二、坚持把路修好\n村里的路要平。\n三、坚持把树种好\n树要绿。",
        "三个坚持",
        ["坚持把水治好", "坚持把路修好", "坚持把树种好"],
    ),
    "before": (
        "今年要实施治水、治路、治山三项工程，乡村面貌要变样。",
        "三项工程",
        ["治水", "治路", "治山"],
    ),
    "distributive": (
        "全局上下要在治水护河、修路架桥、植树造林上走在前，以“三个走在前”迎接县庆。",
        "三个走在前",
        ["治水护河", "修路架桥", "植树造林"],
    ),
    "pairs": (
        "大力弘扬“五好五强”作风，即作风好战斗力强、班子好引领力强、制度好约束力强、队伍好执行力强、业绩好影响力强。",
        "五好五强",
        ["作风好战斗力强", "班子好引领力强", "制度好约束力强", "队伍好执行力强", "业绩好影响力强"],
    ),
    "acrostic": (
        "开展“比学赶超”活动，比出干劲、学出本领、赶出进度、超出预期。",
        "比学赶超",
        ["比出干劲", "学出本领", "赶出进度", "超出预期"],
    ),
    "keyed": (
        "推进“三清两改”，清垃圾、清污泥、清杂物，改厕所、改猪圈，让村庄靓起来。",
        "三清两改",
        ["清垃圾", "清污泥", "清杂物", "改厕所", "改猪圈"],
    ),
    "blockwise": (
        "要建好“一城两带”。一城就是滨湖新城，两带就是青溪生态带和白云产业带。",
        "一城两带",
        ["滨湖新城", "青溪生态带", "白云产业带"],
    ),
    "row before a quotation": (
        "对照看，青芦江、白溪、白鹭河这“一江两河”，有两条超过警戒。",
        "一江两河",
        ["青芦江", "白溪", "白鹭河"],
    ),
    "blocks one by one": (
        "决定实行“三停两撤”。三停，是停工、停课、停航；两撤，是撤出危房里的人、撤出河滩上的人。",
        "三停两撤",
        ["停工", "停课", "停航", "撤出危房里的人", "撤出河滩上的人"],
    ),
    "opener": (
        "我们必须把治水、治路、治山三项工程抓到底，乡村面貌要变样。",
        "三项工程",
        ["治水", "治路", "治山"],
    ),
    "pair behind another word": (
        "要把以发展生产为中心同保护青山、保护绿水这两个基本点统一起来。",
        "两个基本点",
        ["保护青山", "保护绿水"],
    ),
    "attribute behind a verb": (
        "推动建设青山常在、绿水长流、邻里和睦的新河谷观。",
        "新河谷观",
        ["青山常在", "绿水长流", "邻里和睦"],
    ),
    "abbreviated": (
        "“抓水利、抓道路、抓学校，促农增收”（简称“三抓一促”）要天天讲。",
        "三抓一促",
        ["抓水利", "抓道路", "抓学校", "促农增收"],
    ),
}


@pytest.mark.parametrize(("text", "slogan", "members"), CUES.values(), ids=list(CUES))
def test_members_are_read_where_the_text_gives_them(text: str, slogan: str, members: list[str]) -> None:
    x = read(text)
    assert labels(x) == {slogan: members}
    (expansion,) = x.expansions
    assert expansion.status == ("complete" if expansion.expected else "uncheckable")
    assert [m.position for m in expansion.members] == list(range(1, len(members) + 1))
    for m in expansion.members:
        assert x.speech.text[m.start : m.end] == m.label
        assert expansion.start <= m.start < m.end <= expansion.end


def test_some_of_the_members_make_a_partial_expansion() -> None:
    x = read("要纠治“四风”，特别是形式主义、官僚主义。")
    assert labels(x) == {"四风": ["形式主义", "官僚主义"]}
    assert x.expansions[0].status == "partial"
    assert x.expansions[0].expected == "4"


@pytest.mark.parametrize(
    "text",
    [
        "要落实“四个到位”。会后，我们去看了水库、大坝、渠道、泵站、村庄。",
        "要落实“四个到位”，抓紧、抓实。",
        "我们把“五抓”落到实处，村民都说好。",
        "要落实“三个到位”，即思想、组织、措施、督查、经费。",
        "要落实“两条腿走路”的方针和一系列“两条腿走路”的政策。",  # no members: 的方针, 一系列
        "要严格区别和正确处理两类矛盾，把“两类矛盾”讲透。",  # verbs that govern the set
        "要抓好“四项原则”，即依靠群众，改革。去年有人闹事，我们没有动摇。",  # a member ends with its sentence
    ],
)
def test_without_members_the_program_abstains(text: str) -> None:
    x = read(text)
    assert len(names(x, "Slogan")) == 1
    assert labels(x) == {}


def test_a_number_that_only_announces_points_is_no_slogan() -> None:
    x = read("今天我讲三点意见。一是抓学习。二是抓作风。三是抓落实。")
    assert x.expansions == []
    assert names(x, "Slogan") == set()


# --- entities: nesting, repeats, identity ----------------------------------------------------------------------------


def test_a_campaign_and_the_slogan_in_its_name_are_two() -> None:
    x = read("县委决定，在全县开展“三进三解”专项行动。")
    assert names(x, "Campaign") == {"三进三解专项行动"}
    assert names(x, "Slogan") == {"三进三解"}
    assert ("三进三解专项行动", "implements", "三进三解") in relations(x)


def test_a_body_in_the_name_of_a_meeting_counts_too() -> None:
    x = read("县委十届三次全会明确提出“一城两带”战略。")
    assert names(x, "Meeting") == {"县委十届三次全会"}
    assert names(x, "Body") == {"县委"}


def test_a_coordination_names_two_meetings() -> None:
    x = read("省委、市委人大工作会议先后召开。", KNOWN)
    assert {"省委人大工作会议", "市委人大工作会议"} <= names(x, "Meeting")


def test_a_quoted_slogan_is_found_again_without_its_quotation_marks() -> None:
    x = read("每名干部都要参加“三进三解”活动。三进三解不能走过场。")
    (slogan,) = (e for e in x.entities if e.id.type == "Slogan")
    assert [x.speech.text[m.start : m.end] for m in slogan.mentions] == ["三进三解", "三进三解"]


def test_a_short_form_is_an_alias_of_the_full_one() -> None:
    x = read("县人大常委会机关党组先行一步。机关党组要带头。")
    (body,) = (e for e in x.entities if "党组" in e.name)
    assert (body.name, body.aliases) == ("县人大常委会机关党组", ["机关党组"])
    assert len(body.mentions) == 2


def test_relative_bodies_belong_to_the_place_of_their_level() -> None:
    text = "市委作出安排，省委来人指导，县委没有表态。"
    x = read(text, KNOWN, place="绍兴市")
    ids = {e.name: e.id for e in x.entities}
    assert (ids["市委"].scope, ids["市委"].key) == ("place:浙江省/绍兴市", "绍兴市委")
    assert (ids["省委"].scope, ids["省委"].key) == ("place:浙江省", "浙江省委")
    assert ids["县委"].scope.startswith("speech:"), "nobody knows which county"
    elsewhere = {e.name: e.id for e in read(text, KNOWN, place="沈阳市").entities}
    assert elsewhere["市委"] != ids["市委"]


def test_announced_sets_belong_to_their_speech() -> None:
    one, two = (read(f"{who}的活动包括动员部署、查摆问题、整改提高三个环节。") for who in ("今年", "明年"))
    (a,), (b,) = ([e.id for e in x.entities if e.id.type == "Slogan"] for x in (one, two))
    assert a.key == b.key == "三个环节"
    assert a != b


def test_the_lexicon_makes_a_name_the_same_everywhere() -> None:
    x = read("落实三严三实要求。", KNOWN)
    assert [e.id for e in x.entities] == [EntityId("Slogan", "", "三严三实")]


# --- directives ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "directive"),
    [
        ("会上，县委书记王大河要求全县做到“三个不等”，各部门照办。", ("县委书记王大河", "要求", "三个不等")),
        (
            "王大河书记在全县水利工作会议上强调，要把水库除险摆在首位。",
            ("王大河书记", "强调", "把水库除险摆在首位"),
        ),
        ("县委决定，在全县开展“三进三解”专项行动。", ("县委", "决定", "三进三解专项行动")),
        (
            "县政府印发《青溪县河道管理办法》，自今年起施行。",
            ("县政府", "印发", "《青溪县河道管理办法》"),
        ),
        ("按照省委对水利工作提出的“四个一批”明确要求，我们要加快进度。", ("省委", "要求", "四个一批")),
    ],
)
def test_a_frame_tells_issuer_act_and_content(text: str, directive: tuple[str, str, str]) -> None:
    assert directive in directives(read(text))


def test_the_slots_of_a_directive() -> None:
    x = read("2021年3月，王大河书记在全县水利工作会议上要求做到“三个不等”。")
    (d,) = x.directives
    name = {e.id: e.name for e in x.entities}
    assert d.venue
    assert d.date
    assert (name[d.venue], name[d.date]) == ("全县水利工作会议", "2021年3月")
    assert [name[a] for a in d.about] == ["三个不等"]
    (demand,) = read("按照省委对水利工作提出的“四个一批”明确要求，我们要加快进度。").directives
    assert demand.target == "水利工作"


def test_he_is_the_one_who_spoke_before() -> None:
    x = read("王大河书记强调，要把路修到村口。他还指出，要把水引到田头。")
    assert directives(x) == {("王大河书记", "强调", "把路修到村口"), ("王大河书记", "指出", "把水引到田头")}


def test_what_the_speaker_asks_is_no_directive() -> None:
    assert read("我们要做到“三个不等”，必须把水库修好。").directives == []


# --- relations: one small speech a family ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("现将《清河治理办法》交给大家。《清河治理办法》由县政府制定。", ("《清河治理办法》", "issuedBy", "县政府")),
        (
            "县委六届三次全会《关于清河治理的意见》，大家都读过。",
            ("《关于清河治理的意见》", "issuedAt", "县委六届三次全会"),
        ),
        (
            "2019年3月，县委召开全县清河工作会议。县委书记丁一在全县清河工作会议上提出“三个见底”。",
            ("三个见底", "issuedOn", "2019年3月"),
        ),
        ("《江平日报》刊发了县水利局的署名文章《一条河的账》。", ("《一条河的账》", "issuedBy", "县水利局")),
        ("我代表县委，讲几句，归总是“三个见底”：底数见底、责任见底、成效见底。", ("三个见底", "issuedBy", "县委")),
        ("从3月到9月，在全县开展“三进三解”专项行动。", ("三进三解专项行动", "issuedOn", "3月到9月")),
        ("我们用“三进三解”专项行动来落实“五个提升”。", ("三进三解专项行动", "implements", "五个提升")),
        ("县委印发了《关于开展“三进三解”专项行动的通知》。", ("三进三解专项行动", "organisedBy", "县委")),
        (
            "县委开展“三进三解”专项行动，重点突破“三难”，就是看病难、上学难、出行难。",
            ("三进三解专项行动", "hasPart", "三难"),
        ),
        ("县水利局将主动接受县人大监督。", ("县人大", "supervises", "县水利局")),
        ("县人大要监督县政府把实事办好。", ("县人大", "supervises", "县政府")),
        ("县委决定，在全县开展“三进三解”专项行动。", ("三进三解专项行动", "organisedBy", "县委")),
        ("全县开展“三进三解”专项行动。", ("三进三解专项行动", "implements", "三进三解")),
        (
            "按照省委对水利工作提出的“四个一批”明确要求，我们要加快进度。",
            ("四个一批", "issuedBy", "省委"),
        ),
        ("县委十届三次全会明确提出“一城两带”战略。", ("一城两带", "issuedAt", "县委十届三次全会")),
        (
            "2021年3月，县委印发《关于开展清河行动的实施方案》。",
            ("《关于开展清河行动的实施方案》", "issuedOn", "2021年3月"),
        ),
        ("县人大常委会要加强对县政府的监督。", ("县人大常委会", "supervises", "县政府")),
        ("县水利局要接受县人大常委会监督。", ("县人大常委会", "supervises", "县水利局")),
        ("县水利局今天开会，县水利局党组先学一步。", ("县水利局党组", "partOf", "县水利局")),
    ],
)
def test_a_relation_and_the_words_that_say_so(text: str, relation: tuple[str, str, str]) -> None:
    x = read(text)
    assert relation in relations(x)
    for r in x.relations:
        assert 0 <= r.start < r.end <= len(x.speech.text)


def test_members_that_are_named_elsewhere_hang_on_their_set() -> None:
    x = read("全县要抓好“三进三解”、“一改两为”。“一改两为”，即改作风、为企业办事、为群众办事。")
    assert labels(x) == {"一改两为": ["改作风", "为企业办事", "为群众办事"]}
    x = read("全县抓好三大活动，即大走访、大化解、大提升。每个村都要搞大化解。")
    assert {("三大活动", "hasPart", m) for m in ("大走访", "大化解", "大提升")} <= relations(x)
    assert names(x, "Campaign") == {"大走访", "大化解", "大提升"}


# --- script, offsets, determinism, any text --------------------------------------------------------------------------


def test_traditional_script_is_read_and_shown_as_written() -> None:
    text = (
        "我們要做到「三個不放過」，即隱患不查清不放過、責任不落實不放過、整改不到位不放過。縣委決定開展「清河行動」。"
    )
    x = read(text)
    assert labels(x) == {"三個不放過": ["隱患不查清不放過", "責任不落實不放過", "整改不到位不放過"]}
    assert ("縣委", "决定", "清河行動") in directives(x)
    assert ("清河行動", "organisedBy", "縣委") in relations(x)
    for e in x.entities:
        for m in e.mentions:
            assert text[m.start : m.end].strip("「」") in (e.name, *e.aliases)


def checked(x: Extraction) -> None:
    """What holds of every extraction: spans lie in the text, ids are ids of entities, nobody is there twice."""
    size = len(x.speech.text)
    ids = [e.id for e in x.entities]
    known = set(ids)
    assert len(ids) == len(known), [i for i, n in Counter(ids).items() if n > 1]
    for e in x.entities:
        assert e.mentions
        assert e.name
        assert e.name not in e.aliases
        assert len(set(e.aliases)) == len(e.aliases)
        for m in e.mentions:
            assert 0 <= m.start < m.end <= size
            assert m.rule
            assert 0 < m.confidence <= 1
    for c in x.expansions:
        assert c.slogan in known
        assert 0 <= c.start < c.end <= size
        assert c.members
        for member in c.members:
            assert 0 <= member.start < member.end <= size
            assert member.entity is None or member.entity in known
    for d in x.directives:
        assert {d.issuer, *d.about, *(i for i in (d.venue, d.date, d.target_entity) if i)} <= known
        assert 0 <= d.start < d.end <= size
        assert d.content
    for r in x.relations:
        assert {r.subject, r.object} <= known
        assert r.subject != r.object
        assert 0 <= r.start < r.end <= size
    triples = [(r.subject, r.predicate, r.object) for r in x.relations]
    assert len(triples) == len(set(triples))


PIECES = (
    "“ ” ‘ ’ 「 」 （ ） 《 》 ， 。 、 ； ： ？ \n 　 一 二 两 三 五 十 十九 第一 一是 二是 （一） 1. × XX ** 2020年 二〇二〇年 年底 3月5日 "
    "三个到位 四个方面 三严三实 五好五强 三清两改 即 就是 简称 包括 分为 等 特别是 在 上走在前 上作表率 县委 市委 省人大常委会 机关党组 各支部 "
    "一府两院 党中央 习近平总书记 王大河书记 ×主任 强调 指出 要求 提出 决定 印发 部署 开展 活动 专项行动 主题教育 工作会议 全会 党的十九届 "
    "三中、四中全会 关于 的 实施方案 意见 精神 贯彻 落实 监督 接受 的要求 青溪县 浙江省 他 我们 为主题 縣委 決定 開展 甲 好 < & \U00020bb7 \u200b \t"
).split(" ")

texts = st.lists(st.sampled_from([*PIECES, " ", "\n"]), max_size=60).map("".join) | st.text(max_size=60)
said = texts.filter(lambda text: any(c.isalnum() for c in text))


@settings(max_examples=300, deadline=None)
@given(said)
@example("县委")
@example("县委要求“三个到位”，即县委、县委、县委。")
@example("“”“”《》（）甲")
@example("一是二是三是")
@example("0\x0c")
def test_any_text_is_read_and_everything_found_lies_in_it(text: str) -> None:
    try:
        speech = speech_from_text(text)
    except Unreadable:  # a page number and nothing else
        reject()
    for lexicon in (EMPTY, KNOWN):
        x = extract(speech, lexicon)
        checked(x)
        assert extract(speech, lexicon) == x


def test_the_sample_speeches_are_read_soundly() -> None:
    for speech in corpus.read([SEEDS]):
        if isinstance(speech, Speech):
            for lexicon in (EMPTY, KNOWN):
                checked(extract(speech, lexicon))


@pytest.mark.parametrize(
    "text",
    [
        "一九六四年我们开了头，一九六四年底见成效。",
        "“六五”计划是一九八一年到一九八五年的计划。",
        "从1979年到1983年修了水库，1979年至1983年通了公路。",
    ],
)
def test_one_year_in_two_wordings_is_one_entity(text: str) -> None:
    checked(read(text))


def test_figures_do_not_depend_on_other_speeches() -> None:
    """A speech read alone and after others gives the same: ``extract`` keeps nothing."""
    first = speech_from_text(CUES["keyed"][0])
    before = extract(first, KNOWN)
    for text, _, _ in CUES.values():
        extract(speech_from_text(text), KNOWN)
    assert extract(first, KNOWN) == before


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("县水利局牵头实施“清源”专项行动，年底见效。", {"县水利局"}),
        ("由县委办会同县水利局、县妇联开展“清源”专项行动。", {"县委办", "县水利局", "县妇联"}),
        ("县水利局紧盯老问题，从5月开始，组织开展“清源”专项行动。", {"县水利局"}),
        ("大力实施“清源”专项行动，县水利局负责技术，县财政局负责资金。", {"县水利局", "县财政局"}),
        ("县妇联、县水利局的“清源”专项行动，要再办两期。", {"县妇联", "县水利局"}),
        ("活动由县水利局、县妇联牵头，先办“清源”专项行动。", set()),
        ("县里有“清源”专项行动。活动由县水利局、县妇联牵头。", {"县水利局", "县妇联"}),
        ("在县水利局开展“清源”专项行动，大家都要来。", set()),
    ],
)
def test_who_runs_a_campaign(text: str, bodies: set[str]) -> None:
    x = read(text)
    assert names(x, "Campaign")
    assert {r.object.key for r in x.relations if r.predicate == "organisedBy"} == bodies


@pytest.mark.parametrize(
    ("text", "slogans"),
    [
        ("要把“门前三包”写进村规民约。", {"门前三包"}),
        ("带头落实“一链一专班”，每月到企业坐班。", {"一链一专班"}),
        (
            "突出“一主线三抓手两提升”。一主线，就是为民；三抓手，就是甲事、乙事、丙事。",
            {"一主线三抓手两提升", "三抓手"},
        ),
        ("每名干部交出三张清单，即学习清单、履职清单、问题清单。", {"三张清单"}),
        ("群众说好。党委领导、群众参与的原则，已经为大家所接受。", {"党委领导、群众参与"}),
        ("有的干部查案靠“三板斧”，工作搞成“两张皮”。", set()),  # idioms
        ("企业家说，“腿跑细了，嘴磨薄了”。", set()),  # what somebody says happened
    ],
)
def test_slogans_by_form(text: str, slogans: set[str]) -> None:
    assert set(names(read(text), "Slogan")) == slogans


@pytest.mark.parametrize(
    ("text", "campaigns"),
    [
        (
            "市人大常委会开展《清溪市营商条例》和《清溪市河道条例》执法检查。",
            {"《清溪市营商条例》执法检查", "《清溪市河道条例》执法检查"},
        ),
        ("省局今年部署了“大清查”，一个库一个库地过秤。", {"大清查"}),
        ("“好粮油工程”搞得好不好，要看粮农。", {"好粮油工程"}),
        ("我们自己开展“清仓净粮”集中整治。", {"清仓净粮集中整治"}),
    ],
)
def test_campaigns_by_form(text: str, campaigns: set[str]) -> None:
    assert set(names(read(text), "Campaign")) == campaigns


def test_an_official_without_a_given_name_is_known_by_the_committee() -> None:
    x = read("市委XX书记到会讲话。会后，XX书记又去了两个村。")
    assert set(names(x, "Person")) == {"市委XX书记"}
    assert {x.speech.text[m.start : m.end] for e in x.entities for m in e.mentions if e.id.type == "Person"} == {
        "市委XX书记",
        "XX书记",
    }


def test_one_verb_runs_all_the_campaigns_of_a_row() -> None:
    x = read("县水利局开展三大行动：河道清淤专项行动、堤防加固专项行动、水库除险专项行动。")
    assert {r.subject.key for r in x.relations if r.predicate == "organisedBy"} >= {
        "河道清淤专项行动",
        "堤防加固专项行动",
        "水库除险专项行动",
    }


def test_a_department_does_not_reach_over_a_comma() -> None:
    x = read("省水利局开会。按照省委部署，局党组昨天印发了方案。", KNOWN)
    assert not [e for e in x.entities if "，" in e.name]
