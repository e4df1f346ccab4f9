"""Teams of sport: of a country or place (某省女篮, 某国羽毛球队), and of a club in a text about matches (某市雄狮队)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kg.extract.boundaries import HARD, OPENERS, listed
from kg.extract.found import Found
from kg.extract.heads import Heads

SPORTS = listed(
    """
    足球 篮球 排球 乒乓球 羽毛球 网球 手球 水球 垒球 棒球 冰球 曲棍球 橄榄球 高尔夫球 台球 体操 艺术体操 技巧 蹦床 田径 马拉松 游泳 花样游泳 跳水 举重 摔跤 柔道 跆拳道 拳击 击剑
    射击 射箭 赛艇 皮划艇 帆船 自行车 马术 滑冰 花样滑冰 短道速滑 速滑 滑雪 武术 散打 围棋 象棋 国际象棋 桥牌 登山 铁人三项 奥运 奥林匹克 国奥 国青 体育 龙舟 中长跑 竞走
    """
)
"""What a team plays."""

_SEXES = ("男子", "女子", "男", "女")
_AGES = ("青年", "少年", "国家", "成年", "老年", "大学生", "中学生", "残疾人")
_TEAMS = Heads(
    {s + "队" for s in SPORTS}
    | {f"{sex}{s}队" for sex in _SEXES for s in SPORTS}
    | {f"{age}{s}队" for age in _AGES for s in SPORTS}
    | {f"{sex}{age}{s}队" for sex in _SEXES for age in _AGES[:2] for s in ("足球", "篮球", "排球")}
    | {f"{sex}{ball}" for sex in "男女" for ball in "足篮排乒羽网手垒曲"}
    | {f"{who}队" for who in ("男", "女", "青年", "少年", "国青", "国奥", "奥运代表", "体育代表", "主", "客")}
    | {f"{sport}代表{group}" for sport in ("体育", "奥运", "奥运会", "亚运会", "冬奥会") for group in "队团"}
)
_TEAM = Heads(("队",))
_MATCH = re.compile(
    "联赛|比赛|球赛|决赛|锦标赛|预赛|主场|客场|教练|球员|球迷|足协|篮协|[进射]球|[冠亚季]军|金牌|杯赛|甲[ABab]|比分|对阵|夺冠|\\d[:：∶]\\d"
)
_NEAR = 120
# Before 队 these are work, a count or a unit: 生产队, 消防队, 车队; behind it the word goes on: 队伍, 队长, 队部.
_OTHER = re.compile(
    "(?:生产|消防|施工|工程|工作|服务|突击|巡逻|救援|医疗|考察|勘探|勘察|地质|测绘|探险|科考|宣传|演出|表演|文工|先锋|敢死|纠察|仪仗|游击|自卫|别动|治安|联防|保安|缉私|缉毒|武工|建筑|运输|采访|广播|电影"
    "|放映|考古|抢险|抢修|防汛|抗洪|抗旱|打井|勘测|儿童|少先|志愿|义工|拥军|慰问|代表|国家|[大中小支总分部军车舰船机卫领列带归入排插站组乐鼓民护舞纵拉啦一二三四五六七八九十两几\\d])$"
)
_GOES_ON = frozenset("伍长部列形旗日礼医友员")


def find_teams(text: str, places: Mapping[int, int]) -> Iterator[Found]:
    """Yield what could be a team; ``text`` is ``Speech.folded``, ``places`` maps ends of named places to their starts."""
    for at, end, word in _TEAMS.find(text):
        if text[end : end + 1] not in _GOES_ON:
            start = _owner(text, at, places)
            if start < at:
                yield Found("Body", start, end, "team", 0.75, attributes={"role": word})
    for at, end, _ in _TEAM.find(text):
        if text[end : end + 1] not in _GOES_ON:
            start = _club(text, at, places)
            if start < at and (at in places or _MATCH.search(text, max(0, at - _NEAR), end + _NEAR)):
                yield Found("Body", start, end, "team", 0.7, attributes={"role": "队"})


def _owner(text: str, at: int, places: Mapping[int, int]) -> int:
    """Where the place or opener before a team begins; ``at`` where there is none."""
    if at in places:
        return places[at]
    return next((at - len(o) for o in OPENERS if text.endswith(o, 0, at)), at)


def _club(text: str, at: int, places: Mapping[int, int]) -> int:
    """Where the place begins that a team is of, the club's name of two to four characters between them or nothing."""
    if at in places:
        return places[at]
    if _OTHER.search(text, max(0, at - 2), at) is None:
        for end in range(at - 1, max(0, at - 5), -1):
            if text[end] in _LEFT_OUT or not "\u4e00" <= text[end] <= "\u9fff":
                break
            if end in places and end < at - 1:
                return places[end]
    return at


_LEFT_OUT = HARD | frozenset("胜负平输赢战迎")
