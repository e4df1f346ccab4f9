"""Is a quotation a slogan? The evidence for and against, as named patterns with weights.

A quoted slogan is a unit of policy: it has the form of one (a numeral set, parallel clauses), stands where a policy
stands (落实“…”, “…”制度) or keeps such company. A quoted figure of speech, citation, fault or brand does not.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.extract.counts import PARTS, is_count

WINDOW = 12  # characters of context that the patterns look at on either side

# Before the opening quotation mark.
POLICY_VERB = re.compile(
    r"(?:贯彻|落实|推进|推动|实施|实行|推行|推开|推出|签订|坚持|践行|深化|全面|开展|抓好|做到|实现|增强|坚定|打造|争创|创建|争做|围绕|拓展"
    r"|健全|完善|探索|促进|加快|深入|进行|弘扬|树立|牢记|遵循|发扬|构建|建设|建立|履行|提高|按照|根据|倡导|强化|加强|突出|聚焦"
    r"|发起|发出|制定|启动|出台|试行|贯穿|把握|严守|守牢|筑牢|兑现|奉行|恪守|执行|遵守|大兴|提倡|注重|力戒|纠治|整治|重点抓"
    r"|持续|扎实|继续|积极|大力|着力|认真|切实|严格|确保|紧扣|对标|对照|领悟|涵养|创新|引入|推广|采取|抓实|做实|做优|做强)"
    r"(?:了|好|着|以|用|抓|实|住|过|运用)?$"
)
DRIVING = re.compile(r"(?:推动|推进|实施|实行|推行|建立|完善|健全|开展|落实|贯彻|深化)[^，。；“”]{2,24}$")
DEMAND = re.compile(r"(?:提出|概括为|归纳为|简称|即|强调|要求)(?:了|的|为)?[，：]?$")
FIGURE_VERB = re.compile(
    r"(?:成为|变成|变|翻|求取|啃|啃下|扮演|当好|当|做好|种好|汇成|织密|织牢|系紧|扣好|拧紧|练就|吹响|打通|破除|避免|防止|杜绝|克服"
    r"|摒弃|反对|遏制|切忌|不搞|搞|不能有|消除|姓|所谓|所谓的|号称|俗称|称为|称作|誉为|叫做|叫作|名为|当作|作为|看作|视为|像|是|如同|好比"
    r"|念好|下好|打好|唱响|敲响|敲|戴|穿|吃|喝|端|砸|捧|甩|挤|破解|打破|解决|清除|走出|跳出|陷入|批判|揭批|批|坚决反对|揭露"
    r"|拒绝|力戒|抵制|警惕|严防|谨防|不要|不能|不得|决不|绝不|不当|不做|不唱|不打|搞了|制造|散布|鼓吹|炮制|被|既让|有)(?:了|着|起|好|成|出)?$"
)
FAULT = re.compile(
    r"(?:反对|遏制|防止|克服|杜绝|避免|摒弃|消除|制造|散布|鼓吹|旨在|打击|清除|决不|不搞|切忌|力戒)[^，。；]{0,8}$"
)
CITING = re.compile(
    r"(?:[说讲道曰言云问答喊]|指出|认为|深信|断定|俗话|常言|古人|古语|老话|谚语|有句话|教导我们?|预言的?|写道|回答|表示)"
    r"(?:说|讲|叫|道)?[，,:：]?$|[：:]$"
)
CALLING = re.compile(r"(?:号召|口号|誓言|标语)[^，。；“”]{0,6}[：:，]?$")
PREDICATE = re.compile(r"(?:的|履职|这个|这根|这把|这块|这张|种种|一个|各种|一些|某些|自己)$")
LISTED = re.compile(r"[一二三四五六七八九十]是$")

# Behind the closing quotation mark.
POLICY_HEAD = re.compile(
    r"(?:的|这个|这一|这条)?(?:专项|主题|基本|重大|重要|重点|总|战略|目标|具体|明确|长效|常态化|周边|外交|工作)?(?:的)?"
    r"(?:活动|行动|工程|计划|战略|制度|改革|机制|模式|建设|方针|原则|精神|要求|理念|倡议|政策|措施|办法|布局|主线|目标|标准|意识|准则"
    r"|专项|主题|教育|跟踪|考核|监管|联动|试点|机关|党支部|体系|格局|责任感|行动力|实践|方略|口号|思想|总基调|要诀|工作法|服务"
    r"|热潮|载体|抓手|路径|思路|任务|举措|部署|决策|学习|创建|规范|审批|政务|改造|评议|观|为主题|为载体|为抓手|为主线|为目标|为牵引"
    r"|特色|方向|道路|基本路线|路线|生动局面|良好局面|关键一年|动员令|号召|战略布局|总体布局|奋斗目标|总要求|党建|先进|优秀|工作"
    r"|的(?:工作目标|基本方针|方针|政治|决定性))"
)
FIGURE_HEAD = re.compile(
    r"(?:工作，|的(?:问题|现象|想法|思想|做法|倾向|谬论|说法|怪圈|作用|印象|错误|责任|关系|困境|人|情况|状况|态势|称号|美誉|桥梁|威胁|影响))"
    r"|[字二两三](?:字|个字)|之称|之说|之名|分裂|势力|独立|式的|般的|等字眼|倾|字当头|字为"
)
BRAND_HEAD = re.compile(
    r"(?:平台|APP|App|客户端|小程序|热线|品牌|系统|软件|网站|公众号|号|称号|荣誉|奖|杯|单位|企业|产品|卫星|飞船|火箭|客机|潜水器|电视"
    r"|栏目|专栏|一文|文章|歌曲|之歌|杂志|微信|抖音|地区|高速|大桥|航母)"
)


ASKING = re.compile(r"什么|怎么|如何|为何|哪些|是否")


CODE = re.compile(r"\d{3,6}|[\dN]{1,2}(?:\+[\dN]{1,2}){1,4}")
COLLECTIVE = re.compile(r"[一二两三四五六七八九][委院府会]")


FIGURES = frozenset(
    "一线 二线 两张皮 三板斧 三把火 三脚猫 半吊子 老三篇 四不像 两面人 两面派 双刃剑 二传手 二人转 两头热 三句半 五指山 八股文 两本账 三寸金莲 三分钟热度 二把手".split()
)
"""Idioms with a numeral that count no members."""
YEAR_OF = re.compile(r"[^百千]{3,}(?<![\d一二三四五六七八九十])年")


class Verdict(NamedTuple):
    """Whether a quotation counts as a slogan: the sum of the evidence, and what decided."""

    score: float
    rule: str


def parallel(words: str) -> bool:
    """Whether words are clauses of one build (抓学习、抓作风、抓党建; 日阅一文、月写一篇): two or more, about as long.

    >>> parallel("走心、走深、走实"), parallel("不忘初心、牢记使命"), parallel("等靠要"), parallel("为什么抓、抓什么、怎么抓")
    (True, True, False, True)
    """
    parts = [p for p in PARTS.split(words.rstrip("。！")) if p]
    if len(parts) < 2 or len(words) > 60:
        return False
    sizes = [len(p) for p in parts]
    return min(sizes) >= 2 and max(sizes) - min(sizes) <= 2 + (len(parts) == 2) and max(sizes) <= 14


def judge(text: str, start: int, end: int, repeats: int) -> Verdict:
    """Weigh a quotation ``text[start:end]`` (inner span); positive scores count as slogans.

    ``repeats`` is how often the same words are quoted in the speech.
    """
    words = text[start:end].strip()
    before = text[max(0, start - 1 - WINDOW) : start - 1]
    after = text[end + 1 : end + 1 + WINDOW]
    if len(words) < 2 or words[-1] in "？?" or not re.search(r"[\u4e00-\u9fff]", words):
        code = CODE.fullmatch(words) and (POLICY_VERB.search(before) or POLICY_HEAD.match(after))
        return Verdict(1.0 if code else -3.0, "quoted-code")
    if LISTED.search(before):
        return Verdict(-3.0, "quoted-member")
    calling = CALLING.search(before) is not None
    even = parallel(words) and not ASKING.search(words)
    said = CITING.search(before)
    if said and not calling and not is_count(words) and not (even and said[0] in ("：", ":")):
        return Verdict(-2.5, "quoted-speech")
    if (words[-1] in "。！" and not calling) or (len(words) > 40 and not even):
        return Verdict(-2.5, "quoted-speech")
    if is_count(words):
        own = words[0] == "一" and (PREDICATE.search(before) or FIGURE_VERB.search(before))  # 自己的“一亩三分地”
        against = own or words in FIGURES or COLLECTIVE.fullmatch(words) or BRAND_HEAD.match(after)
        return Verdict(-1.6 if against else 3.0, "quoted-count")
    if YEAR_OF.fullmatch(words) and after.startswith(("活动", "专项", "主题")):
        return Verdict(-3.0, "quoted-unit")  # “机关建设年”活动: the campaign's name, and nothing without it
    if even and all(part.endswith("了") for part in PARTS.split(words)):
        return Verdict(-2.5, "quoted-speech")
    score, rule = -0.6, "quoted-unit"
    if even:
        score, rule = score + 2.2, "quoted-parallel"
    if calling:
        score += 2.0
    if POLICY_VERB.search(before):
        score += 1.2
    elif DEMAND.search(before) or DRIVING.search(text, max(0, start - 30), start - 1):
        score += 0.7
    if POLICY_HEAD.match(after):
        score += 1.3
    if ASKING.search(words):
        score -= 1.5
    if repeats > 1:
        score += 0.6
    if (figure := FIGURE_VERB.search(before)) and not (even and figure[0] == "是"):
        score -= 2.0
    if FAULT.search(before):
        score -= 1.8
    if FIGURE_HEAD.match(after):
        score -= 3.0 if even else 2.0
    if words[0] == "一" and len(words) == 3:
        score -= 1.2  # 一盘棋, 一把手, 一刀切: images of one thing
    if BRAND_HEAD.match(after):
        score -= 1.6
    if PREDICATE.search(before) and not POLICY_HEAD.match(after):
        score -= 1.2
    if len(words) == 2:
        score -= 0.7
    elif len(words) > 16 and not even:
        score -= 1.0
    return Verdict(score, rule)
