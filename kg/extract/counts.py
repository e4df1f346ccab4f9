"""Numeral slogans by form: 三个表率, 五抓五促, 三创三转三提, 一岗双责, 双随机、一公开, 十个要不要.

A numeral followed by what it counts is the building block; what makes a run of blocks a slogan and not an ordinary
count (三点意见, 一年三次) is said here by form alone. Whether the members are there is for ``expansions``.
"""

from __future__ import annotations

import re

from kg.extract.anchors import Anchored

NUMERAL = r"[一二两三四五六七八九十双]"
HAN = r"[\u4e00-\u9fff]"
COUNTED = r"[^\W\d_一二两三四五六七八九十双百千万亿零几数]"
HAN_RUN = re.compile(r"[\u4e00-\u9fff]*")
# The numeral just consumed is not the tail of a longer one or an ordinal.
ALONE = rf"(?<![第零百千万亿点几数\d{NUMERAL[1:-1]}].)"
BLOCK = rf"{NUMERAL}{COUNTED}{{1,4}}"

QUESTIONS = re.compile(rf"{COUNTED}{{0,6}}(?:{NUMERAL}{{1,3}}|\d{{1,3}})(?:年|个|大)?(?:之)?问")
PLAN = re.compile(rf"第?{NUMERAL}{{1,3}}五|{NUMERAL}{{2}}|{NUMERAL}年(?:规划|计划)")
NUMERALS = re.compile(NUMERAL)
PARTS = re.compile("[、，；,;]")
DIGITS = frozenset("二两三四五六七八九十双一")
MANY = frozenset("二两三四五六七八九十双")
EACH = re.compile("一[^一、，]{1,2}一[^一、，]{1,3}")
IDIOMS = frozenset(
    "一心一意 一言一行 一朝一夕 一举一动 一模一样 一五一十 一草一木 一点一滴 一分一秒 一针一线 一砖一瓦 一丝一毫 一字一句 一来一往 一等等次 一时一事 一城一池 一兵一卒 一张一弛 一步一个脚印".split()
)
BOUNDARY = re.compile(
    r"[，。；：、”’）)！？\s]|$|[的等之]|专项|活动|工作|要求|战略|建设|制度|改革|行动|目标|部署|决策|精神|方针|原则|机制|模式"
    r"|任务|问题|布局|思路|举措|措施|教育|学习|标准|体系|工程|理念|攻坚|创建|管理|服务|办法|和|与|及|为"
)

# Unquoted runs of two and more short blocks, not inside a longer numeral.
UNQUOTED_COUNT = re.compile(
    rf"{NUMERAL}{ALONE}({COUNTED}{{1,2}}){NUMERAL}({COUNTED}{{1,3}}?)(?:{NUMERAL}({COUNTED}{{1,2}}?))?(?![\u4e00-\u9fff]?{NUMERAL}[一-鿿])"
)
# What a block must not count: time, money, shares, people, distances, grammar.
ORDINARY = re.compile(
    r"^(?:[年月日天周时分秒元角块次个名位人口户件条项点种类批届级省市县区乡村里米斤吨倍番成代手起同家国步些定旦般样切共"
    r"直致味时度概边面方心体经向者路]|分之|十分|系列|贯|又)"
)

CLASSIFIER = r"(?:个|大|项|条|种|件|次|道|类|套)"
# Plain counts that a text may announce and then list: 三个阶段, 六大活动, 四个方面, 三项工作, 五件事.
_COUNTS = [*NUMERAL[1:-1]] + [c + d for c in NUMERAL[1:-1] for d in NUMERAL[1:-1]]
ANNOUNCED = Anchored(
    rf"{NUMERAL}{ALONE}{NUMERAL}?({CLASSIFIER})"
    rf"({HAN}{{0,4}}?"
    r"(?:阶段|环节|步骤|活动|行动|工程|工作|任务|重点|关键|方面|抓手|载体|目标|坚持|确保|结合|战略|板块|原则|机制|体系|体制|平台"
    r"|导向|理念|举措|措施|关口|关系|转变|突破|提升|到位|基本点|统一(?!起来|于|到)|统筹(?!起来)|强化|加强|深化|注重|突出|聚焦|围绕|引领|带头|必须"
    r"|事|问题导向|运动|主张|特区|领域|维度|积极性|路线(?:的?斗争)?|道路(?:的?斗争)?|革命运动|政策|方针|制度|作风|纪律|计划|支柱|攻坚战|走廊|口子|保障|革命|改造|文明|专项|标准|防线|关卡|指标|百年奋斗目标|实事|运动|堡垒|攻坚|要害|准则|设想|基准|板块|举|法则|行动"
    r"|专题|课题|项目|清单|定位|中心|高地|基地|支撑|短板|底线|红线|意识|自信|表率|走在前))",
    [count + classifier for count in _COUNTS for classifier in "个大项条种件次道类套"],
)
# 三张清单, 三场硬仗: counted with another word, and explained at once or driven as work.
COUNTED_OFF = Anchored(
    rf"(?!一){NUMERAL}{ALONE}[张场本块道支套份](?:清单|硬仗|台账|名单|牌|图|网|表|防线|账|卷|会战|战役|屏障)(?=[，。；：、”])",
    [numeral + measure for numeral in NUMERAL[2:-1] for measure in "张场本块道支套份"],
)
# Heads under which a count only announces what follows and is no unit of policy.
ANNOUNCING = ("意见", "考虑", "原因", "建议", "体会", "感受", "特点", "问题", "层面", "启示", "看法", "想法", "希望")
# 和平共处五项原则, 八项主张: a definite set without its members is a slogan under these heads.
DEFINITE = Anchored(
    rf"(?:(?!一){NUMERAL}{ALONE}{NUMERAL}?[项大个]{HAN}{{0,4}}?|一个[\u4e00-\u9fff]{{2,3}}(?=原则))"
    r"(?:原则|主张|战略|纪律|现代化|法宝|作风|革命运动|一百年奋斗目标|历史任务)",
    [count + classifier for count in _COUNTS for classifier in "项大个" if count[0] != "一"] + ["一个"],
)


def is_count(words: str) -> bool:
    """Whether words (of a quotation) have the form of a numeral slogan.

    >>> [is_count(w) for w in ("三创三转三提", "双随机、一公开", "保八争六", "20年之问")]
    [True, True, True, True]
    >>> [is_count(w) for w in ("如何珍惜岗位", "一等等次", "一盘棋", "一心一意", "五一", "十四五")]
    [False, False, False, False, False, False]
    """
    if len(words) > 30 or not len(words) >= 2:
        return False
    if QUESTIONS.fullmatch(words):
        return True
    numerals = NUMERALS.findall(words)
    if not numerals or PLAN.fullmatch(words):
        return False
    if all(n == "一" for n in numerals):
        each = EACH.fullmatch(words) is not None and words not in IDIOMS  # 一村一品, 一链一专班
        return each or len(PARTS.split(words)) == len(numerals) > 1
    parts = PARTS.split(words)
    if len(parts) > 1:
        return sum(NUMERALS.search(p) is not None for p in parts) >= len(parts) - 1
    if len(words) == 4 and words[0] not in DIGITS and words[2] in MANY and not ORDINARY.match(words[3:]):
        return True  # 门前三包
    return words[0] in DIGITS or (len(words) <= 8 and words[1] in DIGITS and len(numerals) > 1)


def unquoted_counts(text: str) -> list[tuple[int, int]]:
    """Spans of unquoted runs of short numeral blocks (五抓五促, 三去一降一补, 五险一金) in order of appearance."""
    found = []
    for m in UNQUOTED_COUNT.finditer(text):
        blocks = [g for g in m.groups() if g]
        if len(blocks) < 2 or any(ORDINARY.match(b) for b in blocks):
            continue
        if set(NUMERALS.findall(m[0])) == {"一"}:
            continue  # 一心一意, 一言一行: idiom
        end = next((e for e in (m.end(), m.end() + 1, m.end() + 2) if BOUNDARY.match(text, e)), None)
        if end and HAN_RUN.fullmatch(text, m.end(), end):
            found.append((m.start(), end))
    return found
