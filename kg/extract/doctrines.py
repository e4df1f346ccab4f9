"""Slogans without quotation marks that their form gives away: doctrines, coined concepts, principles, formulas."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.anchors import Anchored, Words, joined
from kg.extract.found import Found
from kg.extract.surnames import SURNAMES

WORD = r"(?:(?!的)[\u4e00-\u9fff])"
# 某某总书记关于…的重要思想: read backwards from the head.
DOCTRINE = re.compile(r"重要(?:思想|论述|理论)")
DOCTRINE_OF = re.compile(r"[\u4e00-\u9fff]{2,3}(?:总书记|主席|同志|总理)?关于(?:(?!关于)[\u4e00-\u9fff、“”]){2,24}$")
BEFORE_NAME = re.compile(
    r"(?:深入|认真|系统|全面)?(?:学习贯彻|贯彻落实|学习|贯彻|落实|领会|践行|开展|坚持|把|将|以|用|对|按照|遵循|围绕|和|及|与|在)+"
)
# 按照政治合格、军事过硬…的总要求: parallel clauses that the text itself labels as a formula.
LABEL = rf"(?:{WORD}{{0,4}}(?:方针|总要求|总目标|总基调)|原则|目标要求|工作思路|总体思路|基本思路|主线|要求|理念|改革|工作目标|格局)"
FORMULA = re.compile(
    rf"(?:按照|坚持|贯彻|遵循|实行|秉持|本着|围绕|落实|深化|推进|执行|奉行|提出|(?<=[。；\n])(?!要|必须|应|把|坚持)|在|和)了?(?:的)?(?P<words>"
    rf"{WORD}{{2,9}}(?:[、，]{WORD}{{2,9}}){{0,5}}[、，]{WORD}{{2,9}}?)(?P<de>的?)(?P<label>{LABEL})"
)
_LABELS = Words(
    "方针 总要求 总目标 总基调 原则 目标要求 工作思路 总体思路 基本思路 主线 要求 理念 改革 工作目标 格局".split()
)
# 正确政绩观, 全球发展倡议, 人类命运共同体: coined concepts by their head, read backwards.
CONCEPT = Anchored(
    r"观(?![念察点众测光望看摩感赏赛景瞻])|共同体(?:意识)?|倡议|总体方略", ("观", "共同体", "倡议", "总体方略")
)
CONCEPT_OF = re.compile(
    rf"(?:(?P<view>(?:正确的?|科学|新|总体国家){WORD}{{1,3}}(?<![客宏主微悲乐可直]))|构建(?P<community>{WORD}{{2,8}})"
    rf"|铸牢(?P<sense>{WORD}{{2,8}})|落实(?P<call>{WORD}{{2,6}})|贯彻(?P<strategy>新时代{WORD}{{2,12}}的|{WORD}{{2,12}}))$"
)
CONCEPT_HEADS = {"view": "观", "community": "共同体", "sense": "共同体意识", "call": "倡议", "strategy": "总体方略"}
# What is upheld and carried out, by the form of its name.
UPHELD = Anchored(
    rf"(?:(?:贯彻|学习|坚持|践行|高举|确立|[以用、和])(?P<thought>[{SURNAMES}]{WORD}{{2}}(?:(?!思想|理论|重要|群众|[等以了于关各]){WORD}){{0,12}}(?:思想|理论))(?=[，。、；为伟指武和“])"
    rf"|(?:贯彻|落实|坚持|构建|建设|践行)(?P<new>新{WORD}{{2}}(?:理念|格局)|新型{WORD}{{2}}关系|新(?:时期|时代){WORD}{{2,8}}战略方针)"
    rf"|(?:实现|聚焦|扣牢|锚定|向)(?P<goal>(?:第[一二三]个|{WORD}{{2}}){WORD}{{0,2}}年奋斗目标)"
    rf"|(?:坚持|遵循|恪守|奉行|维护|[在按照])(?P<rule>(?![这以上下几]){WORD}{{2,4}}[二三四五六七八九十]项(?:基本)?原则)"
    rf"|”、(?P<last>{WORD}{{3,6}})的(?:方针|原则|理念|精神|总要求)"
    rf"|(?:推进|推动|坚持|落实|贯彻)(?P<whole>全面(?:从严|依法){WORD}{{2}})(?=[，。、；”\n]))",
    (
        *(head + mark for head in ("思想", "理论") for mark in "，。、；为伟指武和“"),
        *("理念", "格局", "关系", "战略方针", "年奋斗目标", "项原则", "项基本原则", "全面从严", "全面依法"),
        *("的" + head for head in ("方针", "原则", "理念", "精神", "总要求")),
    ),
    back=20,
    ahead=8,
)


def doctrines(text: str) -> Iterator[Found]:
    """Yield the slogans of this module's forms, in no particular order; ``text`` is ``Speech.folded``."""
    for m in DOCTRINE.finditer(text):
        low = max(text.rfind(c, max(0, m.start() - 34), m.start()) for c in "。，；：\n") + 1
        name = DOCTRINE_OF.search(text, max(low, m.start() - 34), m.start())
        if name:
            lead = BEFORE_NAME.match(text, name.start(), m.start())
            yield Found("Slogan", lead.end() if lead else name.start(), m.end(), "doctrine", 0.85)
    for m in CONCEPT.finditer(text):
        of = CONCEPT_OF.search(text, max(0, m.start() - 16), m.start())
        if of and of.lastgroup and CONCEPT_HEADS[of.lastgroup] == m[0]:
            yield Found("Slogan", of.start(of.lastgroup), m.end(), "concept", 0.7)
    for at, high in UPHELD.windows(text):
        while upheld := UPHELD.pattern.search(
            text, at, high
        ):  # 以X思想、Y理论为指导: the mark behind one leads the next
            which = upheld.lastgroup or 0
            yield Found("Slogan", *upheld.span(which), "upheld", 0.7)
            at = upheld.end(which)


def formulas(text: str) -> Iterator[Found]:
    """Yield parallel clauses with a label behind them: 坚持与邻为善、以邻为伴的方针."""
    for at, high in joined(_labelled(text)):
        while m := FORMULA.search(text, at, high):
            parts = re.split("[、，]", m["words"])
            sizes = [len(p) for p in parts]
            unlike = 0 if "，" in m["words"] else 1
            even = max(sizes) - min(sizes) <= unlike and len(parts) >= (2 if m["de"] and sizes[0] >= 4 else 3)
            if even and (m["de"] or m["label"].endswith(("改革", "方针", "原则"))):
                yield Found("Slogan", *m.span("words"), "formula", 0.65)
                at = m.end()
            else:
                at = m.start() + 1  # the words may hold another opening


def _labelled(text: str) -> Iterator[tuple[int, int]]:
    """Where a formula could be: before a label with a separator near, from the last 的 that is not the label's own."""
    for start, end, _ in _LABELS.hits(text):
        near = max(0, start - 14)
        if text.rfind("、", near, start) >= 0 or text.rfind("，", near, start) >= 0:
            barrier = text.rfind("的", max(0, start - 80), max(0, start - 5))
            yield max(0, start - 80, barrier - 3), end
