"""How types and predicates look and what they are called on the page.

The hues follow Okabe and Ito, "Color Universal Design" (2008), darkened on paper and lightened on black until they
reach 3:1 against the ground; every type has a shape of its own besides, so that nothing hangs on colour alone.
"""

from __future__ import annotations

from typing import NamedTuple

from kg.model import ENTITY_TYPES, PREDICATES, EntityType


class TypeLook(NamedTuple):
    """Labels, vis-network shape, and fill on light and on dark ground of an entity type."""

    zh: str
    en: str
    shape: str
    light: str
    dark: str


class Words(NamedTuple):
    """A predicate seen from its subject and from its object, in Chinese and in English."""

    zh: str
    zh_inverse: str
    en: str
    en_inverse: str


TYPES: dict[EntityType, TypeLook] = {
    "Slogan": TypeLook("提法", "Slogan", "dot", "#c8501e", "#f0825a"),
    "Campaign": TypeLook("活动", "Campaign", "triangle", "#c98a00", "#f0b840"),
    "Body": TypeLook("机构", "Body", "square", "#1f6fae", "#62b0e8"),
    "Document": TypeLook("文件", "Document", "hexagon", "#3a9bc1", "#9adcf5"),
    "Meeting": TypeLook("会议", "Meeting", "diamond", "#00866a", "#3fc7a4"),
    "Person": TypeLook("人物", "Person", "star", "#b0578d", "#e398c4"),
    "Place": TypeLook("地点", "Place", "triangleDown", "#77742b", "#cfc95a"),
    "Time": TypeLook("时间", "Time", "ring", "#6f7378", "#a9adb3"),
}

MEMBER = "hasMember"
"""Slogan → the entity that a member of one of its expansions denotes."""

DIRECTS = "directs"
"""Issuer → what a directive of theirs is about."""

KINDS: tuple[str, ...] = (*PREDICATES, MEMBER, DIRECTS)

WORDS: dict[str, Words] = {
    "organisedBy": Words("主办单位", "主办的活动", "organised by", "organises"),
    "implements": Words("贯彻落实", "落实它的", "implements", "implemented by"),
    "hasPart": Words("包含", "所属整体", "has part", "part of"),
    "issuedBy": Words("提出者", "提出的内容", "issued by", "issued"),
    "issuedAt": Words("提出场合", "在此提出", "issued at", "issued here"),
    "issuedOn": Words("提出时间", "此时提出", "issued on", "issued then"),
    "supervises": Words("监督", "受其监督", "supervises", "supervised by"),
    "partOf": Words("隶属", "下属机构", "belongs to", "comprises"),
    MEMBER: Words("成员", "是其成员", "has member", "member of"),
    DIRECTS: Words("要求部署", "提出要求者", "directs", "directed by"),
}

if set(TYPES) != set(ENTITY_TYPES) or set(WORDS) != set(KINDS):
    raise RuntimeError("kg/view/look.py must name every entity type and predicate of kg/model.py")
