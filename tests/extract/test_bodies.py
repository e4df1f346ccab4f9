from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.bodies import find_bodies
from kg.lexicon import load
from tests.extract._find import entities, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("县委、县政府听取汇报。", ["县委", "县政府"]),
        ("市委市政府联合发文。", ["市委", "市政府"]),
        ("区人大常委会机关党组昨天开会。", ["区人大常委会机关党组"]),
        ("请省水利厅会同市财政局办理。", ["省水利厅", "市财政局"]),
        ("X市编办和××县纪委监委到会。", ["X市编办", "××县纪委监委"]),
        ("市X届人大常委会任期五年。", ["市X届人大常委会"]),
        ("各支部、各委办室和各乡镇党委要动起来。", ["各支部", "各委办室", "各乡镇党委"]),
        ("机关党委（党总支、党支部）要负起责任。", ["机关党委（党总支、党支部）"]),
        ("厅党组和厅直属各单位都要学。", ["厅党组", "厅直属各单位"]),
        ("校纪委、校团委各认领一件。", ["校纪委", "校团委"]),
        ("各县（市、区）委要抓紧。", ["各县（市、区）委"]),
        ("自觉接受同级人大及其常委会监督。", ["同级人大及其常委会"]),
        ("药学部、设备科每月公开一次。", ["药学部", "设备科"]),
        ("教务处牵头制定细则。", ["教务处"]),
        ("村“两委”换届刚结束。", ["村“两委”"]),
        ("《青山日报》开了专栏。", ["青山日报"]),
        ("成立了“五抓”活动领导小组办公室。", ["“五抓”活动领导小组办公室"]),
        ("中国农业银行和中国科学院派人参加。", ["中国农业银行", "中国科学院"]),
        ("支持工会、妇联等群团组织工作。", ["工会", "妇联", "群团组织"]),
    ],
)
def test_names_bodies_of_every_build(text: str, expected: list[str]) -> None:
    assert words(find_bodies, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "城市建设和农村改革都要推进。",
        "广大干部群众积极参与。",
        "顾全大局，谋划全局。",
        "接受委托，派员到场。",
        "人大代表和政协委员发言。",
        "国有商业银行改革深化。",
        "有关部门负责人参加。",
    ],
)
def test_leaves_out_what_only_looks_like_a_body(text: str) -> None:
    assert words(find_bodies, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("冰岛外交部长昨天到访。", ["冰岛外交部"]),
        ("俄财政部宣布延期偿债。", ["俄财政部"]),
        ("丹麦国务院没有这个名称。", ["丹麦国务院"]),
        ("报告送到我国驻挪威大使馆。", ["驻挪威大使馆"]),
        ("芬兰《灯塔报》刊登了照片。", ["芬兰《灯塔报》"]),
        ("冰岛女篮输了第一场。", ["冰岛女篮"]),
        ("联赛首轮，大连雄狮队客场取胜。", ["大连雄狮队"]),
        ("秘鲁队以3:1领先。", ["秘鲁队"]),
        ("他是吉林省美协的理事，后来到绍兴市计委工作。", ["吉林省美协", "绍兴市计委"]),
        ("1935年任中共绍兴分局书记。", ["中共绍兴分局"]),
        ("她考入绍兴美术学院雕塑系。", ["绍兴美术学院雕塑系"]),
        ("他任吉林军区政治部干事。", ["吉林军区政治部"]),
        ("国际陶瓷材料与技术促进协会来信。", ["国际陶瓷材料与技术促进协会"]),
        ("县里成立了打击走私盐专项工作小组。", ["打击走私盐专项工作小组"]),
        ("经营者绍兴青藤装饰公司赔了钱。", ["绍兴青藤装饰公司"]),
        ("武警吉林总队绍兴市支队到了。", ["武警吉林总队绍兴市支队"]),
        ("绍兴市水产局渔政处向河里放鱼苗。", ["绍兴市水产局渔政处"]),
        ("绍兴市青藤文艺出版社山东青禾橡胶集团", ["绍兴市青藤文艺出版社", "山东青禾橡胶集团"]),
        ("英国青藤·威廉公司昨天致函芬兰红松基金会。", ["英国青藤·威廉公司", "芬兰红松基金会"]),
        ("内政部昨天宣布宵禁。", ["内政部"]),
        ("绍兴“农函大”办班到村。", ["绍兴农函大"]),
        ("昨天，国会议员都到了。", ["国会"]),
        ("任第十二届中央顾问委员会委员。", ["第十二届中央顾问委员会"]),
    ],
)
def test_names_bodies_of_a_newspaper(text: str, expected: list[str]) -> None:
    lexicon = load()
    found = entities(text, find_bodies, lexicon=lexicon)
    assert [e.name for e in found] == expected


@pytest.mark.parametrize(
    "text",
    [
        "生产队长和消防队员都来了。",
        "绍兴队伍建设抓得紧。",
        "他走进我们的办公室。",
        "这是国际知名的感光材料公司。",
        "五百支大学生志愿服务队下乡。",
        "外地驻京人员不少。",
        "讨论研究村委会选举问题。",
        "被评为“爱婴医院”。",
        "第四次村委会换届选举已经完成。",
    ],
)
def test_leaves_out_common_nouns_of_a_newspaper(text: str) -> None:
    assert entities(text, find_bodies, lexicon=load()) == []


def test_short_forms_are_marked() -> None:
    rules = {f.rule for f in find_bodies("机关和常委会都动起来。", ())}
    assert rules == {"body-short"}


def test_attributes_say_role_level_and_system() -> None:
    (found,) = find_bodies("市委作出决定。", ())
    assert found.attributes == {"role": "市委", "level": "市", "system": "党"}


@given(st.text(alphabet="市县省委人大政府常会机关党组各支部局厅“”（）X第届、和在的", max_size=60))
def test_findings_lie_in_the_text(text: str) -> None:
    for f in find_bodies(text, ()):
        assert 0 <= f.start < f.end <= len(text)


@pytest.mark.parametrize("unit", ["市", "委", "各", "“", "（", "人大", "市委", "第一届", "党组", "公司", "常委会"])
def test_time_grows_with_the_length_only(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * size
        begin = time.process_time()
        for _ in find_bodies(text, ()):
            pass
        return time.process_time() - begin

    seconds(1_000)
    small, large = seconds(2_000), seconds(20_000)
    assert large < 0.05 + 40 * small
