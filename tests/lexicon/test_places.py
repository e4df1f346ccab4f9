"""Places: fifty rows of the table checked by hand, and how the table is read."""

from __future__ import annotations

import pytest

from kg.lexicon import Lexicon, LexiconError, load
from kg.lexicon.places import read_places

FIFTY = """
新疆维吾尔自治区/伊犁哈萨克自治州/伊宁市 黑龙江省/鸡西市/鸡东县 福建省/漳州市/南靖县
新疆维吾尔自治区/昌吉回族自治州/玛纳斯县 甘肃省/天水市/麦积区 内蒙古自治区/锡林郭勒盟/多伦县 河南省/开封市/龙亭区
云南省/临沧市/沧源佤族自治县 黑龙江省/绥化市/绥棱县 河北省/邢台市/沙河市 湖南省/永州市/祁阳市 湖南省/郴州市/桂阳县
山西省/吕梁市/吕梁市临县 辽宁省/沈阳市/皇姑区 辽宁省/朝阳市/凌源市 山东省/聊城市/阳谷县 广西壮族自治区/崇左市/凭祥市
云南省/西双版纳傣族自治州/景洪市 广西壮族自治区/南宁市/隆安县 湖南省/怀化市/中方县 浙江省/嘉兴市/海宁市
浙江省/杭州市/滨江区 山东省/德州市/临邑县 陕西省/榆林市/定边县 新疆维吾尔自治区/喀什地区/喀什市 河南省/安阳市/文峰区
河南省/开封市/杞县 广东省/汕头市/南澳县 内蒙古自治区/呼伦贝尔市/根河市 陕西省/安康市/汉阴县 四川省/达州市/大竹县
四川省/成都市/郫都区 湖南省/益阳市/资阳区 内蒙古自治区/包头市/达尔罕茂明安联合旗 浙江省/温州市/文成县
云南省/楚雄彝族自治州/楚雄市 安徽省/六安市/霍山县 河北省/张家口市/沽源县 浙江省/杭州市/淳安县
内蒙古自治区/乌兰察布市/集宁区 内蒙古自治区/赤峰市/林西县 江苏省/淮安市/洪泽区 福建省/三明市/大田县
新疆维吾尔自治区/铁门关市 山东省/菏泽市 河南省/漯河市 山东省/青岛市 浙江省/杭州市 新疆维吾尔自治区/乌鲁木齐市
黑龙江省/鹤岗市
"""
"""Drawn at random (44 counties, 6 prefectures), each compared by hand with the published division."""


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load()


def test_fifty_are_given() -> None:
    assert len(set(FIFTY.split())) == 50


@pytest.mark.parametrize("path", FIFTY.split())
def test_checked_by_hand(lexicon: Lexicon, path: str) -> None:
    name = path.rpartition("/")[2]
    entry = lexicon.get("Place", name)
    assert entry is not None
    assert "/".join(lexicon.chain(entry)) == path


def test_as_many_as_there_are(lexicon: Lexicon) -> None:
    """34 provinces, 333 prefectures and, as of 2023, about 2,840 counties."""
    levels = [entry.level for entry in lexicon.entries if entry.type == "Place" and entry.code]
    assert levels.count("省") == 34
    assert levels.count("市") == 333
    assert 2_830 <= levels.count("县") <= 2_860


def test_bare_forms_that_are_words_are_not_matched(lexicon: Lexicon) -> None:
    text = "朝阳产业，共建中山，合作市场，老城区改造，医保定点，均衡水平，隆重庆祝，沿海城市，复合肥料，江北区域"
    assert [m.form for m in lexicon.find(text) if m.entry.type == "Place"] == []
    named = "浙江、绍兴、昌吉、内蒙古、西双版纳、延边、赵县、合肥"
    assert [m.form for m in lexicon.find(named) if m.entry.type == "Place"] == named.split("、")


def test_the_same_name_in_several_places(lexicon: Lexicon) -> None:
    assert {entry.part_of for entry in lexicon.all("Place", "朝阳区")} == {"北京市", "长春市"}
    assert lexicon.get("Place", "朝阳区") is None
    assert lexicon.get("Place", "海南") == lexicon.get("Place", "海南省")
    assert lexicon.get("Place", "吉林") == lexicon.get("Place", "吉林省")


@pytest.mark.parametrize(
    "row", ["33\t浙江省", "330000", "330000\t浙江省\t浙江\tx", "110000\t北京市", "330000\t甲\t\t\t\t乙"]
)
def test_a_bad_row_is_named(row: str) -> None:
    with pytest.raises(LexiconError, match=r"places\.tsv:2: a row is"):
        read_places("places.tsv", f"110000\t北京市\t北京\n{row}\n".encode())
