"""Named institutions: companies, banks, schools, hospitals, associations, international organisations, leading groups.

Their head says what they are (公司, 大学, 领导小组); the words before it are their name. A head with nothing but a kind
before it (国有商业银行, 有关组织) names none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from kg.extract.boundaries import HARD, OPENERS, STRONG, WEAK, left_edge, listed
from kg.extract.found import Found
from kg.extract.heads import Heads
from kg.extract.masks import MASKS
from kg.extract.organs import system_of

NAMING = listed(
    """
    领导小组办公室 委员会办公室 指挥部办公室 专班办公室 合作总社 粮库     公司 集团 银行 大学 学院 医院 卫生院 党校 研究院 研究所 设计院 科学院 工程院 协会 学会 联合会 总会
    联谊会 商会 促进会 委员会 理事会 基金会 集团军 领导小组 工作小组 协调小组 总指挥部 指挥部 工作专班 专班
    筹备组 指导组 督导组 巡视组 巡察组 考察团 访问团 报社 日报 晚报 时报 晨报 早报 商报 出版社 通讯社
    电视台 广播电台 杂志社 法院 检察院 法庭 议会 参议院 众议院 大使馆 领事馆 总领馆 研究会 管委会
    居委会 村委会 筹委会 组委会 执委会 联席会议 总厂 矿务局 派出所 气象台 天文台 管理局 总局 交易所
    福利院 敬老院 疾控中心 俱乐部 博物馆 图书馆 纪念馆 美术馆 歌舞团 乐团 财政部 外交部 国防部 司令部
    讲师团 服务队 突击队 合作社 战线 分公司 总公司 事业部 机床厂 机械厂 钢铁厂 化工厂 制药厂 造船厂 船厂 电机厂 仪表厂 印刷厂 纺织厂 棉纺厂 被服厂 服装厂 汽车厂 制造厂 修理厂
    造纸厂 食品厂 轴承厂 化肥厂 水泥厂 啤酒厂 电视机厂 加工厂 农场 林场 牧场 油田 实验室 研究中心 画报 周报 晚报社 日报社 通讯社 电影制片厂 制片厂 交响乐团 合唱团 芭蕾舞团 京剧团 剧团 艺术团 文工团
    大学堂 步兵学校 军事学院 书院 教会 总商会 工商会 互助会 校友会 同学会 基金管理会 审查委员会 检察厅 检察署 监察署 立法会 立法局 上议院 下议院 众院 参院
    国民议会 联邦议会 宪法法院 仲裁院 外务省 财务省 防卫厅 警察厅 警察总局 警署 中央银行 储备银行 储备委员会 事业团 公团 财团 株式会社 商社 抵抗运动 解放阵线 游击队 解放组织
    国家队 代表队 足球队 篮球队 排球队 疗养院 干休所 招待所 看守所 拘留所 戒毒所 管教所 收容所 水文站 气象局 观测站 植物园 动物园 天文馆 科技馆 青少年宫 少年宫 文化宫 体校 电影院 大剧院 国宾馆 同志会 救国会 同乡会 后援会 互济会 光复会 博物院 野战军 方面军 军区 军校 艺校 报告团 展演团 演讲团 访华团 歌剧院 话剧院 京剧院 艺术剧院 电影公司
    卫视 广播公司 电视公司 工作委员会 革命委员会 管理委员会 监管局 分局 专案组 调查组 考察队 科考队 医疗队 救援队 志愿队 支教团 宣讲团 舞蹈团 歌舞剧院 杂技团 马戏团 民乐团 艺术剧团 顾问团 观察团 维和部队 商务代表处 慰问团 工作队
    """
)
"""Heads that name an institution together with words of its own."""

PLACED = listed(
    """
    中心 组织 党 部队 防疫站 兽医站 文化站 农技站 气象站 林业站 粮站 税务所 工商所 地税所 国税所 财政所 司法所 土地所 书店 旅行社 厂 基金 政府 大队 支队 总队 中学 小学 学校 幼儿园 实验室 联盟 同盟 国会 内阁 油田 煤矿
    电厂 钢厂 农场 林场 牧场 监狱 海关 保险 证券 航空 电台 剧院 剧团 文化馆 事务所 办事处 办公室 工作站
    工作组 代表团 监狱 阵线 分行 支行 职业学校 专科学校 师范学校 技工学校 进修学校 干部学校 体育馆 酒店 宾馆 饭店 商场 信用社 供销社 公署 总署 研究中心 军分区 舰队 空军 海军 警察局 剧场 影剧院 监督局 调查局 情报局 航天局 宇航局 安全局 环保局 旅游局 消防局 移民局 专利局 商行 画院 观光团 旅游团 旅行团 参观团 经贸团 贸易团 采访团 记者团 友好团 武装力量 志愿军 人民军 共和国卫队 协商会议
    """
)
"""Heads that do so only where the name begins with a place, an opener (中国, 国家) or a quotation."""

TEAMS = listed(
    "领导小组办公室 指挥部办公室 领导小组 工作小组 协调小组 总指挥部 指挥部 工作专班 专班 筹备组 指导组 督导组 工作组"
)
"""Heads that stand for the team named before (领导小组)."""

HEADS = NAMING | PLACED
_HEADS = Heads(HEADS)

KINDS = listed(
    """
    高级 低级 初级 手工业 二级 三级 一级 所有 全部 信用 互助 消费 委托
    国有 国营 私营 民营 外资 合资 中外合资 股份 有限 责任 上市 跨国 大型 中型 小型 中小型 大中型 重点 一流
    世界一流 高水平 普通 高等 职业 技术 公立 民办 公办 私立 乡镇 农村 城市 社会 行业 群众 党 基层 社区 各级
    各类 有关 相关 地方 国家 全国 国际 世界 区域 中央 专业 专门 综合 商业 政策性 股份制 农民 农业 工业 科技
    研究型 应用型 金融 证券 投资 保险 担保 物业 中介 服务 管理 工作 经济 合作 居民 村民 业主 希望 独立 实体
    骨干 龙头 控股 参股 子 分 总 母 新 老 本 该 这 那 某 各 每 全 一 两 几 多 大 小 敌对 恐怖 非法 犯罪 反动
    政治 宗教 民间 公益 慈善 志愿 自治 群众自治 群众性 自治性 学术 经营 运营 生产 流通 物流 军工 涉外 非政府 军事
    培训 就业 便民 政务 医疗 养老 文化 体育 宣传 教育 学习型 先进 落后 兼职 专职 示范 试点 定点 老年 函授
    夜 县级 省级 市级 区级 三级 党政 领导 上级 下级 执政 参政 在野 友 兄弟 外国 西方 民族 革命 工人阶级 无产阶级
    资产阶级 我国 法治 服务型 廉洁 创新 数字 高素质 应急 救援 市 县 区 镇 乡 村 街道 省 成立 临时 高规格 强有力
    学习 党委 党组 机关 中小 高 低 信用 性 式 化 其 所 人民 群团 联合 审批 授信 发卡 开户
    网上 统一 思想 各条 县级公立 网上 清算 主办 直属 所属 附属 现代 本地 外地 内部 外部 专家 理论 青年 妇女 少年 儿童 学生 教师 工人 贫下中农
    """
)
"""Words that say what kind an institution is of."""

_KIND = re.compile("(?:" + "|".join(sorted(map(re.escape, KINDS), key=len, reverse=True)) + "){1,5}")
# A character behind the head that makes another word of it: 大学生, 基金支出, 党员.
_OTHER_WORD = {
    "基金": "会支管股份投监",
    "党": "委组员章内支派政史校风纪性建在中团务课总报刊外",
    "中心": "组任务城区思环内",
    "组织": "的开领实起召协架部法化者结生工学形观动机建体力",
    "政府": "工性采职投债信监机预支购网",
    "大学": "生",
    "中学": "生",
    "小学": "生",
    "公司": "法制",
    "银行": "业卡系体存贷家",
    "厂": "长房家矿址区商",
    "保险": "制费业金法待体监",
    "航空": "兵母港工器",
    "证券": "市法业监",
    "法院": "",
    **dict.fromkeys(
        (
            "服务队",
            "突击队",
            "工作队",
            "代表队",
            "国家队",
            "游击队",
            "医疗队",
            "救援队",
            "考察队",
            "大队",
            "支队",
            "总队",
        ),
        "伍",
    ),
    "观测站": "网",
    "分行": "业",
    "支行": "业",
}
_UNQUOTED = frozenset(("组织", "党", "部队", "政府", "学校", "厂", "中学", "小学"))
# A character before the head that makes another word with it: 从严治党, 会议会.
_JOINED = {
    "党": "治管兴设强护爱入退向整反全我本该各篡听跟为",
    "议会": "会",
    "战线": "一条个想两",
    "基金": "",
    "组织": "心",
    "航空": "运",
}
_ORGANISES = re.compile("(?:系统|机关|单位|部门|学院|委员会|党委|支部|政府|中心|党|基层)$")
# A kind right before the head: 世界一流|大学, 独资|商业银行.
_TYPE = re.compile(
    "(?:一流|商业|公立|民营|合作|上市|跨国|独资|影子|政策性|大型|现代|中小|行政性|行业|专业|区域医疗|公共)$"
)
_COUNT = re.compile(
    "第?[一二两三四五六七八九十几百千万数多余\\d]{1,6}(?:个|支|家|所|名|批|类|种|大|次|届)|农村|[一-鿿]?有|各"
)
_SORT = re.compile("[大小中重轻]型|[大小新老]|公私|[公私国]营|各类|年产|各|[一二三四五六七八九十两几]+[个座家]")
_LOCAL = frozenset("省市州县旗区镇乡村")
_NOT_LOCAL = listed(
    "市场 市民 市区 区域 省级 市级 县级 乡村 乡镇 村民 村集体 区块 省会 市政 县城 镇区 市长 县长 区长 村镇 省内 市内 区内 县内"
)
_LOCAL_HEADS = listed("卫生院 医院 中学 小学 党校 幼儿园 敬老院 福利院 文化馆 图书馆 派出所 博物馆 供销社 管委会")
_HOUSE = frozenset("校院厂矿局厅部处师团营军")
_HOUSE_HEADS = listed(
    "图书馆 档案馆 医院 俱乐部 学术委员会 委员会 学生会 校友会 科研所 研究所 电视台 广播站 实验室 幼儿园 博物馆 招待所"
)
_HOUSE_LEFT = frozenset(("", *"\n，。；：、和与由及在对（("))
_OWNED = listed(
    "公司 总公司 银行 医院 学校 研究所 研究院 设计院 协会 学会 联合会 中心 基金会 合作社 供销社 农场 林场 工厂 监狱 看守所 中学 小学 剧团 委员会 管理局 办公室 支队 大队"
)
_PRESS = listed("出版社 日报 晚报 画报 报社 杂志社 时报 早报 周报 电影制片厂 制片厂 剧院 艺术剧院 保险 银行")
_READERS = listed(
    "人民 工人 农民 青年 少年 儿童 妇女 教育 科学 文化 经济 农业 科技 金融 证券 法制 军事 世界 国际 中央 民族 宗教 学习 健康 体育 商业 工业 建设"
)
_CENTRAL_HEADS = listed("气象台 代表团 慰问团 访问团 考察团 讲师团 乐团 交响乐团 芭蕾舞团 歌舞团")
# Before a common noun the words behind 的 say how good it is: 国际知名的|感光材料公司.
_PRAISE = re.compile(
    "(?:[知著闻驰有]名|最[大小早好高多]|较[大小早]|唯一|领先|先进|重要|普通|这样|那样|类似|同样|新型|所谓)的$"
)
# What is given as a title names none: 评为“爱婴医院”.
_TITLES = ("评为“", "称为“", "誉为“", "授予“", "荣获“", "争创“", "创建“", "命名为“", "颁发“", "获得“")
_SET_UP = ("设立", "成立", "组建", "发起", "创办", "筹建", "重组", "布局")  # fmt: skip


def find_institutions(
    text: str, places: Mapping[int, int], owners: Sequence[int] = (), known: Mapping[int, int] | None = None
) -> Iterator[Found]:
    """Yield what could be a named institution.

    ``places`` maps the end of each known place name to its start; ``owners`` are the places, sorted, where a body of
    the official system begins that may own the institution (省委|党史学习教育领导小组), ``known`` maps the ends of the
    lexicon's bodies, which may own it too, to their starts.
    """
    for at, end, head in _HEADS.find(text):
        if text[end : end + 1] in _OTHER_WORD.get(head, "") and end < len(text):
            continue
        start = left_edge(text, at, places)
        if head in TEAMS and (start == at or _KIND.fullmatch(text, start, at)):
            yield Found("Body", at, end, "institution-short", 0.5, attributes={"role": head})
            continue
        if (at - start < 2 and text[start] not in _LOCAL) or start == at or text[at - 1] in _JOINED.get(head, ""):
            continue
        start = _opening(text, _set_up(text, start), at)
        start = _coordinated(text, start, at, places)
        start = _behind_another(text, start, at, head, places)
        owner = bisect_right(owners, start)
        if owner < len(owners) and owners[owner] < at:
            start = owners[owner]
        elif known:
            inner = (known[e] for e in range(start + 2, at + 1) if known.get(e, 0) > start)
            start = min((s for s in inner if places.get(s) != start), default=start)
        before = text[start:at]
        if (
            _COUNT.match(before)
            or (head == "党" and (len(before) > 12 or "各" in before or before.endswith(("主要", "政", "两", "多"))))
            or (head == "组织" and _ORGANISES.search(before))
        ):
            continue
        local = before[0] in _LOCAL and text[start : start + 2] not in _NOT_LOCAL and head not in _UNQUOTED
        placed = any(
            start <= places[e] < e <= at and places[e] == start for e in range(start + 1, at + 1) if e in places
        )
        local = local or (before[0] in _HOUSE and head in _HOUSE_HEADS and text[start - 1 : start] in _HOUSE_LEFT)
        funded = head == "基金" and text.endswith("、", 0, start)
        opened = (
            funded
            or placed
            or text.startswith(OPENERS, start)
            or before[0] == "“"
            or text[start] in MASKS
            or text.endswith(_SET_UP, 0, start)
            or (head in ("分行", "支行") and "银行" in before)
            or (local and (head != "中心" or len(before) > 3))
        )
        owned = local and len(before) > 1 and before[1] not in "属级内直区场民办管" and head in _OWNED
        if (
            (
                _KIND.fullmatch(before)
                and not owned
                and not (before == "中央" and head in _CENTRAL_HEADS)
                and not (local and head in _LOCAL_HEADS | _HOUSE_HEADS)
                and not (head in _PRESS and before in _READERS)
                and head not in ("实验室", "战线")
            )
            or (head in PLACED and not opened)
            or (head == "党" and not placed)
            or text.endswith(_TITLES, 0, start + (before[0] == "“"))
            or (not opened and _PRAISE.search(text, max(0, start - 6), start))
            or (_TYPE.search(before) and not placed and before[0] != "中")
            or (not opened and (len(before) > 14 or (head[-1] in "厂场" and _SORT.match(before))))
        ):
            continue
        end = _faculty(text, end, head)
        yield Found(
            "Body", start, end, "institution", 0.75 if opened else 0.6, attributes=_attributes(text[start:end], head)
        )


_SET_UP_DONE = (*_SET_UP, *(v + "了" for v in _SET_UP))
_VERBS = tuple(STRONG | WEAK)
_INNER = ("中国", "中华", "中共")


def _faculty(text: str, end: int, head: str) -> int:
    """The end of a school's name with its department: 某某学院|国画系."""
    m = _FACULTY.match(text, end) if head in ("大学", "学院") else None
    return m.end() if m and not HARD.intersection(m[0]) else end


_FACULTY = re.compile("[一-鿿]{1,7}?系(?![列统数着])")


_OPENER = re.compile("|".join(OPENERS))


def _opening(text: str, start: int, at: int) -> int:
    """Where an opener begins inside the words before the head, behind a verb or of its own force; else ``start``."""
    if text.startswith("“", start):
        return start
    if not _OPENER.search(text, start + 1, at):
        return start
    found = [
        p
        for o in OPENERS
        if (p := text.find(o, start + 1, at)) >= 0
        and text[p - 1] not in "（("
        and (o in _INNER or text.endswith(_VERBS, start, p))
    ]
    return min(found, default=start)


def _coordinated(text: str, start: int, at: int, places: Mapping[int, int]) -> int:
    """Where a name begins that has 和 or 与 inside: 国际材料科学|与技术促进协会.

    What stands before the conjunction begins with an opener or a place, goes on, and is no name of its own.
    """
    if text[start - 1 : start] not in _JOINS or text.startswith(OPENERS, start):
        return start
    if any(places.get(e) == start for e in range(start + 1, at + 1)):
        return start
    left = left_edge(text, start - 1, places, limit=12)
    before = text[left : start - 1]
    opener = next((o for o in OPENERS if before.startswith(o)), "")
    own = max((e - left for e in range(left + 1, start) if places.get(e) == left), default=len(opener))
    if not own or len(before) - own < 2 or start == at or before.endswith(_NAMES):
        return start
    return start if any(left < places.get(e, left) for e in range(left + 1, start)) else left


_JOINS = ("和", "与", "及")
# What names of bodies end in: two of them stand side by side.
_NAMES = (*HEADS, *"人者员方民军委办协联盟国署局部”》）")


def _behind_another(text: str, start: int, at: int, head: str, places: Mapping[int, int]) -> int:
    """The place inside a name behind which the name begins, as another name ends before it; ``start`` if there is none.

    A branch is of the body before its place: 某某银行|安徽省分行.
    """
    if head[0] in "分支" or head in ("办事处", "派出所", "大队", "中队"):
        return start
    inner = (places[e] for e in range(at, start, -1) if start < places.get(e, start))
    return next((p for p in inner if text.endswith(_ENDS, start, p)), start)


_ENDS = (*NAMING, *("艺部", "辑部", "委员", "市委", "省委", "县委", "政府", "小学", "中学", "中心", "政协", "人大"))


def _set_up(text: str, start: int) -> int:
    """Where the name of a body begins that is set up: a verb is part of it then (成立|打击走私专项工作小组)."""
    for size in (2, 1):
        if text[start - size : start] in WEAK and text.endswith(_SET_UP_DONE, 0, start - size):
            return start - size
    return start


def _attributes(name: str, head: str) -> dict[str, str]:
    system = system_of(name)
    return {"role": head} | ({"system": system} if system else {})
