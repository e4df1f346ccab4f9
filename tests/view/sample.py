"""Two small speeches of our own, annotated by hand, and a hostile one."""

from __future__ import annotations

from hashlib import sha256
from itertools import pairwise

from kg.graph import KnowledgeGraph
from kg.model import (
    LEXICON,
    Directive,
    Entity,
    EntityId,
    EntityType,
    Expansion,
    Extraction,
    Member,
    Mention,
    Predicate,
    Relation,
    Source,
    Speech,
)

FIRST = (
    "同志们：今天我们召开清河县“三勤三提”专项活动部署会。\n"
    "一、认清形势。县委在全县作风建设推进会上提出“三勤”，也就是脑勤、腿勤、手勤。𠀀字开头的档案也要管好。"
    "县委李书记要求各乡镇把“三勤”落到实处！县委办公室隶属县委。\n"
    "二、抓好落实。“三勤三提”专项活动由县委办公室主办，从2021年3月开始，为的是落实“三勤”。"
    "“四个到位”就是思想到位、责任到位、措施到位。\n"
)
SECOND = "各位代表：云岭镇党委响应县里“三勤”的号召，去年开展了“走村入户”活动。“三勤”不是口号，是饭碗。\n"


def speech(text: str, doc: str, title: str | None = None, **metadata: str) -> Speech:
    id_ = f"{doc.rsplit('.', 1)[0]}-{sha256(text.encode()).hexdigest()[:8]}"
    return Speech(id_, doc, text, text, Source(doc, "", "txt"), title=title, **metadata)  # type: ignore[arg-type]


class Draft:
    """Writes an extraction: every name is looked up in the text, so that offsets are right by construction."""

    def __init__(self, of: Speech) -> None:
        self.extraction = Extraction(of)

    def entity(self, type_: EntityType, name: str, *aliases: str, scope: str = "", **attributes: str) -> EntityId:
        text = self.extraction.speech.text
        spans = sorted({(i, i + len(n)) for n in (name, *aliases) for i in _all(text, n)})
        id_ = EntityId(type_, scope, name)
        mentions = [Mention(a, b, "by-hand") for a, b in spans]
        self.extraction.entities.append(Entity(id_, name, list(aliases), mentions, attributes))
        return id_

    def relation(self, subject: EntityId, predicate: Predicate, object_: EntityId, words: str) -> None:
        start, end = self.span(words)
        self.extraction.relations.append(Relation(subject, predicate, object_, start, end, "by-hand", words[:2]))

    def span(self, words: str) -> tuple[int, int]:
        start = self.extraction.speech.text.index(words)
        return start, start + len(words)


def _all(text: str, name: str) -> list[int]:
    found, at = [], text.find(name)
    while at >= 0:
        found.append(at)
        at = text.find(name, at + len(name))
    return found


def first() -> Extraction:
    draft = Draft(speech(FIRST, "清河.txt", "在“三勤三提”专项活动部署会上的讲话", date="2021-03", place="清河县"))
    slogan = draft.entity("Slogan", "三勤")
    placed = draft.entity("Slogan", "四个到位")
    campaign = draft.entity("Campaign", "三勤三提专项活动", "“三勤三提”专项活动", "三勤三提")
    party = draft.entity("Body", "县委", scope="place:清河县", role="党委", level="县", system="党")
    office = draft.entity("Body", "县委办公室", scope="place:清河县", level="县")
    meeting = draft.entity("Meeting", "全县作风建设推进会")
    person = draft.entity("Person", "县委李书记", "李书记", office="书记")
    when = draft.entity("Time", "2021年3月", edtf="2021-03")
    draft.entity("Document", "档案")
    brain = draft.entity("Slogan", "脑勤")
    draft.relation(slogan, "issuedBy", party, "县委在全县作风建设推进会上提出“三勤”")
    draft.relation(slogan, "issuedAt", meeting, "全县作风建设推进会上提出“三勤”")
    draft.relation(campaign, "organisedBy", office, "“三勤三提”专项活动由县委办公室主办")
    draft.relation(campaign, "implements", slogan, "为的是落实“三勤”")
    draft.relation(campaign, "issuedOn", when, "从2021年3月开始")
    draft.relation(office, "partOf", party, "县委办公室隶属县委")
    members = [Member(1, "脑勤", *draft.span("脑勤"), brain), Member(2, "腿勤"), Member(3, "手勤")]
    listed = draft.span("“三勤”，也就是脑勤、腿勤、手勤")
    short = [Member(i, f"{w}到位") for i, w in enumerate(("思想", "责任", "措施"), 1)]
    draft.extraction.expansions += [
        Expansion(slogan, members, "3", "complete", *listed, "by-hand", date="2021-03"),
        Expansion(placed, short, "4", "mismatch", *draft.span("“四个到位”就是思想到位、责任到位、措施到位"), "by-hand"),
    ]
    asked = draft.span("县委李书记要求各乡镇把“三勤”落到实处")
    draft.extraction.directives.append(
        Directive(person, "要求", "三勤", [slogan], *asked, "by-hand", "要求", meeting, when, "各乡镇")
    )
    return draft.extraction


def second() -> Extraction:
    draft = Draft(speech(SECOND, "云岭.txt", "在云岭镇人代会上的发言", speaker="周XX", date="2022"))
    slogan = draft.entity("Slogan", "三勤")
    campaign = draft.entity("Campaign", "走村入户活动", "“走村入户”活动")
    body = draft.entity("Body", "云岭镇党委", level="乡", system="党")
    draft.relation(campaign, "implements", slogan, "响应县里“三勤”的号召")
    draft.relation(campaign, "organisedBy", body, "云岭镇党委响应县里“三勤”的号召，去年开展了“走村入户”活动")
    return draft.extraction


def lexicon() -> Extraction:
    slogan = EntityId("Slogan", "", "三勤")
    known = Entity(slogan, "三勤", ["三勤作风"], [], {"gloss": "Three Diligences", "kind": "numeral"})
    members = [Member(i, word) for i, word in enumerate(("脑勤", "腿勤", "手勤"), 1)]
    claim = Expansion(slogan, members, "3", "complete", -1, -1, "lexicon", date="2021", source="清河县志")
    empty = Speech(LEXICON, LEXICON, "", "", Source("", "", "yaml"))
    return Extraction(empty, entities=[known], expansions=[claim])


def sample() -> KnowledgeGraph:
    return KnowledgeGraph([lexicon(), first(), second()])


HOSTILE_NAMES = (
    "<script>window.ran=1</script>",
    "</script><script>window.ran=2</script>",
    '" onerror="window.ran=3" x="',
    "<img src=x onerror=window.ran=4>",
    "javascript:window.ran=5",
    '<a href="javascript:window.ran=6">href</a>',
    "\u202egnol\u202c\u2066名",
    "__proto__",
    "constructor",
    "{{ 7*7 }}{% raw %}",
    "<!--<script>",
    "\u2028行\u2029",
    "长" * 10_000,
)


def hostile() -> KnowledgeGraph:
    text = "".join(f"我们落实{name}。\n" for name in HOSTILE_NAMES)
    draft = Draft(speech(text, '"><img src=x onerror=window.ran=7>.txt', "</title><script>window.ran=8</script>"))
    ids = [draft.entity("Slogan", name, gloss=name, source=name) for name in HOSTILE_NAMES]
    for left, right in pairwise(ids):
        draft.relation(left, "implements", right, f"落实{right.key}")
    members = [Member(i, name) for i, name in enumerate(HOSTILE_NAMES[:6], 1)]
    draft.extraction.expansions.append(Expansion(ids[0], members, "6", "complete", 0, 20, HOSTILE_NAMES[0]))
    draft.extraction.directives.append(
        Directive(ids[1], HOSTILE_NAMES[3], HOSTILE_NAMES[0], [ids[0]], 0, 9, "r", "c", target=HOSTILE_NAMES[1])
    )
    return KnowledgeGraph([draft.extraction])
