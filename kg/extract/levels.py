"""Administrative levels: the words that say at which level a body stands, and what each level is called."""

from __future__ import annotations

from typing import Literal

Level = Literal["中央", "省", "市", "县", "乡", "村"]
System = Literal["党", "人大", "政府", "政协", "监委", "法院", "检察院", "群团", "军队", "媒体"]

# What stands in front of an organ and says its level. 州 and 盟 are of the level 市; 旗 and 区 of the level 县.
LEVEL_WORDS: dict[str, Level] = {
    "中央": "中央",
    "国家": "中央",
    "全国": "中央",
    "省": "省",
    "自治区": "省",
    "直辖市": "省",
    "市": "市",
    "自治州": "市",
    "州": "市",
    "盟": "市",
    "地": "市",
    "地区": "市",
    "县": "县",
    "自治县": "县",
    "旗": "县",
    "区": "县",
    "镇": "乡",
    "乡": "乡",
    "街道": "乡",
    "村": "村",
    "社区": "村",
}

LEVEL_PAIRS = (
    "省市",
    "市县",
    "市区",
    "县区",
    "区县",
    "县市",
    "县乡",
    "乡镇",
    "镇街",
    "镇村",
    "街镇",
    "市县乡",
    "市县区",
    "县乡镇",
    "省市县",
    "省市县乡",
    "县乡村",
    "镇乡",
    "乡镇街道",
    "乡镇（街道）",
    "镇（街道）",
    "县（市、区）",
    "县市区",
    "市（区）",
    "市、县",
    "县、乡",
    "市、县、乡",
    "省、市、县",
    "省、市",
)
"""Two and more levels at once: the bodies of all of them (市县乡三级人大, 县乡人大)."""

GRADED = (
    "省级",
    "市级",
    "县级",
    "区级",
    "乡级",
    "镇级",
    "村级",
    "州级",
    "部级",
    "省直",
    "市直",
    "县直",
    "区直",
    "州直",
    "中直",
    "地直",
    "区县直",
    "州直",
)
"""Levels in the form that names all bodies of the level (省级机关, 市直机关)."""

ANY_LEVEL = ("各级", "同级", "上级", "下级", "本级", "上一级", "下一级", "基层", "地方各级", "地方", "中央和地方")
"""Words that stand in the place of a level without naming one."""

# Before these characters a level character is the end of another word: 城市, 地区, 农村, 园区.
NOT_LEVEL_AFTER = {
    "市": "城超股上闹夜门都早罢",
    "区": "地社园山城校灾特景库战辖牧林老片展禁治军",
    "镇": "城重村",
    "乡": "城下家老返故他还",
    "村": "农新入驻乡进山渔下",
    "地": "各当外本异基场土产内实大境陆此两阵工绿耕林圣就高天目属落营用",
    "省": "反节",
    "县": "",
    "州": "",
    "盟": "联同东结加",
    "旗": "红国党锦军",
}


def level_of(word: str) -> Level | None:
    """The level of a level word or of a place name by its last characters (市, 全省, 市直, 绍兴市).

    >>> [level_of(w) for w in ("市", "全省", "市直", "县级", "绍兴市", "各级", "街道")]
    ['市', '省', '市', '县', '市', None, '乡']
    """
    word = word.removesuffix("直").removesuffix("级") if word not in ("各级", "同级", "上级", "下级", "本级") else ""
    word = {"部": "中央", "中": "中央"}.get(word, word)
    for size in (3, 2, 1):
        if level := LEVEL_WORDS.get(word[-size:]):
            return level
    return None


UNITS = {
    "厅": "办客餐大展歌",
    "局": "布格大全好当结战时",
    "校": "学高院军党驾民技中小",
    "院": "法察学医国务研科住剧影议两庭书画医",
    "部": "干内全局外东西南北中大总俱",
    "行": "银执进举实施履推运发流同先",
    "厂": "",
    "矿": "厂工煤",
    "社": "公合作报旅会结",
    "师": "老教律厨大导工名恩禅法牧魔医宗拜出技药会计画设理发",
    "团": "代表文工访问剧社乐财集主",
    "旅": "劲商军",
    "军": "我政敌美苏日友红全海空陆将冠亚季建治拥参从驻解放国民大进伪叛联盟义盟央",
    "军区": "",
    "集团军": "",
    "公司": "",
    "集团": "",
    "学校": "",
    "学院": "",
    "医院": "",
    "支队": "",
    "大队": "",
    "总队": "",
}
"""Units that are relative owners as levels are (厅党组, 校党委, 院纪委), with the characters they may not follow."""

EVERY = (
    "县（市、区）", "县（市）", "市县", "县区", "区县", "县市区", "县", "市", "区", "省", "州", "乡镇", "乡镇（街道）", "镇（街道）",
    "镇街", "街道", "乡", "镇", "村", "社区", "市、县", "市、县（区）", "县（区）", "县、区", "县、市", "市（县）", "省、市", "省市", "旗县", "旗县区", "地", "盟市", "二级学院", "矿", "厂", "校", "院", "所",
    "中队", "大队", "支队", "总队", "连", "营", "团", "旅", "师", "分公司", "子公司", "子分公司", "分子公司", "二级单位", "车间", "系", "部", "高校", "企业", "片区", "分局", "派出所", "基层", "军", "战区", "学部", "教研室", "学院", "院系", "地市", "市州",
)  # fmt: skip
"""Whose bodies 各 may stand before: 各县（市）委, 各乡镇党委, 各二级学院党委."""
