"""Extractions made by hand and by hypothesis, for whatever comes after extraction."""

from __future__ import annotations

import hashlib

from hypothesis import strategies as st

from kg.model import (
    LEXICON,
    PREDICATES,
    Directive,
    Entity,
    EntityId,
    Expansion,
    Extraction,
    Member,
    Mention,
    Relation,
    Section,
    Source,
    Speech,
)

SLOGAN = EntityId("Slogan", "", "三个到位")
PARTS = tuple(EntityId("Slogan", "", key) for key in ("认识到位", "责任到位", "措施到位"))
CAMPAIGN = EntityId("Campaign", "place:江北省/临川县", "三个到位专项行动")
COMMITTEE = EntityId("Body", "place:江北省/临川县", "临川县委")
PROVINCE = EntityId("Body", "", "江北省委")
MEETING = EntityId("Meeting", "place:江北省/临川县", "县委工作会议")
YEAR = EntityId("Time", "", "2021年")

TEXT = (
    "在三个到位专项行动动员会上的讲话\n"
    "一、提高认识\n县委在县委工作会议上要求做到“三个到位”，即认识到位、责任到位、措施到位。2021年，县委开展三个到位专项行动。\n"
    "二、抓好落实\n把三个到位专项行动的四个环节抓实！"
)


def speech(text: str = TEXT, stem: str = "a", **metadata: str) -> Speech:
    """A speech of this text, its id made as in DESIGN."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Speech(
        id=f"{stem}-{digest[:8]}",
        doc=f"{stem}.txt",
        text=text,
        folded=text,
        source=Source(path=f"in/{stem}.txt", sha256=digest, format="txt", encoding="utf-8"),
        title=metadata.get("title"),
        date=metadata.get("date"),
        place=metadata.get("place"),
    )


def announced(text: str = TEXT, stem: str = "a") -> EntityId:
    """The 四个环节 of one speech: another speech's are something else."""
    return EntityId("Slogan", f"speech:{speech(text, stem).id}", "四个环节")


SET = announced()


def mentions(text: str, *forms: str) -> list[Mention]:
    """All places of these words in a text, in order."""
    found = []
    for form in forms:
        at = text.find(form)
        while at >= 0:
            found.append(Mention(at, at + len(form), f"made.{len(form)}"))
            at = text.find(form, at + 1)
    return sorted(found, key=lambda m: m.start)


def made(stem: str = "a", text: str = TEXT) -> Extraction:
    """The sample speech with everything that a careful reader finds in it."""

    def span(words: str) -> tuple[int, int]:
        start = text.index(words)
        return start, start + len(words)

    listing = span("“三个到位”，即认识到位、责任到位、措施到位")
    demand = span("县委在县委工作会议上要求做到“三个到位”")
    start = span("2021年，县委开展三个到位专项行动")
    second = text.index("二、")
    return Extraction(
        speech=speech(text, stem, title="在三个到位专项行动动员会上的讲话", date="2021", place="临川县"),
        sections=[
            Section(1, text.index("一、"), text.index("一、") + 6, second),
            Section(1, second, second + 6, len(text)),
        ],
        entities=[
            Entity(SLOGAN, "三个到位", [], mentions(text, "三个到位"), {"pattern": "3"}),
            *(Entity(id_, id_.key, [], mentions(text, id_.key)) for id_ in PARTS),
            Entity(CAMPAIGN, "三个到位专项行动", ["专项行动"], mentions(text, "三个到位专项行动")),
            Entity(COMMITTEE, "县委", [], mentions(text, "县委"), {"role": "县委", "level": "县", "system": "党"}),
            Entity(MEETING, "县委工作会议", [], mentions(text, "县委工作会议")),
            Entity(YEAR, "2021年", [], mentions(text, "2021年"), {"edtf": "2021"}),
            Entity(announced(text, stem), "四个环节", ["环节"], mentions(text, "四个环节"), {"pattern": "4"}),
        ],
        expansions=[
            Expansion(
                SLOGAN,
                [Member(i, id_.key, *span(id_.key), id_) for i, id_ in enumerate(PARTS, start=1)],
                "3",
                "complete",
                *listing,
                "expansion.namely",
                date="2021",
            )
        ],
        directives=[
            Directive(COMMITTEE, "要求", "三个到位", [SLOGAN], *demand, "directive.demand", "要求", venue=MEETING)
        ],
        relations=[
            Relation(CAMPAIGN, "organisedBy", COMMITTEE, *start, "relation.subject", "开展"),
            Relation(CAMPAIGN, "implements", SLOGAN, *start, "relation.named_after"),
            Relation(CAMPAIGN, "issuedOn", YEAR, *start, "relation.date"),
            Relation(SLOGAN, "issuedAt", MEETING, *demand, "relation.venue", "要求"),
        ],
    )


def lexicon() -> Extraction:
    """A small lexicon: it knows the province above the county, and a slogan that no sample speech names."""
    unnamed = EntityId("Slogan", "", "两手抓")
    return Extraction(
        speech=Speech(LEXICON, LEXICON, "", "", Source("", "", "lexicon")),
        entities=[
            Entity(SLOGAN, "三个到位", ["三到位"], [], {"gloss": "three in place", "pattern": "3"}),
            Entity(COMMITTEE, "中共临川县委", ["临川县委"], [], {"level": "县", "role": "县委"}),
            Entity(PROVINCE, "中共江北省委", ["江北省委"], [], {"level": "省"}),
            Entity(unnamed, "两手抓", [], [], {"gloss": "grasp with both hands"}),
        ],
        expansions=[
            Expansion(unnamed, [Member(1, "一手"), Member(2, "又一手")], "2", "complete", -1, -1, "lexicon"),
        ],
        relations=[Relation(COMMITTEE, "partOf", PROVINCE, -1, -1, "lexicon")],
    )


HOSTILE = (
    '他说："</script><script>alert(1)</script>" 100% 完成\\n\n\t'
    "\u202e\u05d0\u05d1\u05d2 😀𠮷 \u0000\u0007\u2028 <http://a/> {x} `y` ^z| '''三个“到位”''' @prefix a: <b> ."
)
"""Markup, quotation marks, control and astral characters, and text that runs from right to left."""


def hostile() -> Extraction:
    """A speech of ``HOSTILE``, with entities named like it."""
    spoken = speech(HOSTILE, "坏 名%20<x>", title=HOSTILE, place='a"b')
    ids = [EntityId("Slogan", "", key) for key in ("</script>", "100% 完成", "😀𠮷", "\u05d0\u05d1", "..", 'a"b\\c\nd')]
    return Extraction(spoken, entities=[Entity(id_, id_.key, [], mentions(HOSTILE, id_.key)) for id_ in ids])


IDS = (SLOGAN, *PARTS, CAMPAIGN, COMMITTEE, PROVINCE, MEETING, YEAR)
WORDS = st.text(st.sampled_from("三个到位县委认识责任。！；\n <&\"'>\u0007\u2028𠮷"), min_size=1, max_size=40)


@st.composite
def extractions(draw: st.DrawFn) -> Extraction:
    """Any extraction that keeps the contract of kg.model; texts hold markup, control and astral characters."""
    text = draw(WORDS)
    stem = draw(st.sampled_from("abc"))
    spans = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 8)).map(lambda s: (s[0], min(sum(s), len(text))))
    ids = draw(st.lists(st.sampled_from(IDS), unique=True, max_size=6))
    one = st.sampled_from(ids) if ids else st.nothing()

    def some(what: st.SearchStrategy[Relation] | st.SearchStrategy[Expansion] | st.SearchStrategy[Directive]) -> list:  # type: ignore[type-arg]
        return draw(st.lists(what, max_size=3)) if ids else []

    short = st.text(st.sampled_from("三到位<&\u0000"), min_size=1, max_size=4)
    entities = [
        Entity(
            id_,
            draw(short),
            draw(st.lists(short, max_size=2)),
            [Mention(a, b, "made", 0.5) for a, b in draw(st.lists(spans, max_size=4))],
            draw(st.dictionaries(st.sampled_from(("level", "gloss")), short)),
        )
        for id_ in ids
    ]
    members = st.builds(Member, st.integers(1, 9), short, entity=st.none() | one)
    span = draw(spans)
    return Extraction(
        speech=speech(text, stem, date="2021"),
        sections=[Section(1, a, a, b) for a, b in draw(st.lists(spans, max_size=2))],
        entities=entities,
        expansions=some(
            st.builds(
                lambda slogan, list_: Expansion(slogan, list_, str(len(list_)), "complete", *span, "made"),
                one,
                st.lists(members, min_size=1, max_size=3),
            )
        ),
        directives=some(
            st.builds(
                lambda issuer, content, about: Directive(issuer, "要求", content, [about], *span, "made", "要求"),
                one,
                short,
                one,
            )
        ),
        relations=some(
            st.builds(
                lambda a, predicate, b: Relation(a, predicate, b, *span, "made"), one, st.sampled_from(PREDICATES), one
            )
        ),
    )
