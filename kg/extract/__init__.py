"""Speech → Extraction: a pure function of one speech and the lexicon. This module only composes the recognisers.

Candidates of all types → one reading of every stretch (``overlaps``) → expansions, which also say which plain counts are
slogans → entities (``identity``) → directives → relations.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator, Sequence

from kg.extract import overlaps
from kg.extract.bodies import find_bodies
from kg.extract.campaigns import find_campaigns
from kg.extract.confidence import MEASURED, Measured, calibrate
from kg.extract.directives import find_directives
from kg.extract.documents import find_documents
from kg.extract.expansions import Claim, find_expansions, is_announcement
from kg.extract.found import Found
from kg.extract.identity import group
from kg.extract.localities import places_of
from kg.extract.meetings import find_meetings
from kg.extract.names import Names
from kg.extract.people import find_people
from kg.extract.places import find_places
from kg.extract.relations import find_relations
from kg.extract.slogans import find_slogans
from kg.extract.times import find_times
from kg.lexicon import Lexicon, Match
from kg.model import Directive, Entity, EntityId, Expansion, Extraction, Member, Speech
from kg.outline import Outline, outline

__all__ = ["Found", "extract"]

ACTIVITY_SET = re.compile(r"[一二三四五六七八九十两\d]{1,2}大?(?:专项)?(?:活动|行动|工程|(?<=大)运动)$")
"""A set whose members are campaigns: 六大活动, 八项行动."""


def extract(speech: Speech, lexicon: Lexicon, *, measured: Measured = MEASURED) -> Extraction:
    """Everything that one speech names, defines and relates. Linear in its length; depends on nothing else.

    Findings carry the confidence that ``measured`` gives their rule; {} leaves each with the rule's own figure.
    """
    collecting = gc.isenabled()
    gc.disable()  # nothing here refers to itself: the collector would walk it all for nothing, a tenth of the time
    try:
        return calibrate(_extract(speech, lexicon), measured)
    finally:
        if collecting:
            gc.enable()


def _extract(speech: Speech, lexicon: Lexicon) -> Extraction:
    text = speech.folded
    shape = outline(speech)
    matches = lexicon.find(text)
    kept = overlaps.resolve(text, _candidates(text, shape, matches))
    claims = list(find_expansions(text, shape, [f for f in kept if f.type == "Slogan"], lexicon))
    stated = {text[c.slogan.start : c.slogan.end] for c in claims}
    kept = [f for f in kept if not is_announcement(text, f) or text[f.start : f.end] in stated]
    activities = list(_activities(text, claims))
    if activities:
        kept = overlaps.resolve(text, [*kept, *activities])
    entities = group(kept, speech, lexicon)
    names = Names(entities)
    expansions = _expansions(text, speech, claims, entities, names)
    directives = find_directives(text, shape, names, expansions)
    if speech.text != text:
        _as_written(speech, directives)
    known = frozenset(e.id for e in entities if lexicon.get(e.id.type, e.id.key))
    relations = find_relations(text, shape, names, entities, expansions, directives, known)
    return Extraction(speech, shape.sections, entities, expansions, directives, relations)


def _as_written(speech: Speech, directives: Sequence[Directive]) -> None:
    """Give the words of directives back in the script of the speech: rules read ``Speech.folded``. Acts stay: they are a
    closed set.
    """
    for d in directives:
        low, high = max(0, d.start - 40), d.end + 120
        d.content = _written(speech, d.content, low, high)
        d.target = d.target and _written(speech, d.target, low, high)


def _written(speech: Speech, words: str, low: int, high: int) -> str:
    """What the speech itself writes for folded ``words`` in ``text[low:high]``; quotation marks and blanks aside."""
    m = re.compile(r"[“”‘’\s]*".join(map(re.escape, words))).search(speech.folded, low, high)
    return _label(speech.text[m.start() : m.end()]) if m else words


def _candidates(text: str, shape: Outline, matches: Sequence[Match]) -> Iterator[Found]:
    places = places_of(text, matches)
    bodies = list(find_bodies(text, matches, places))
    yield from bodies
    yield from find_slogans(text, shape, matches)
    yield from find_campaigns(text, shape, matches, bodies)
    yield from find_meetings(text, matches, places)
    yield from find_documents(text, matches, places)
    yield from find_people(text, matches, places)
    yield from find_places(text, matches, places)
    yield from find_times(text, matches)


def _activities(text: str, claims: Sequence[Claim]) -> Iterator[Found]:
    """The members of a set of activities (大交流, 大调研 … of 六大活动) are campaigns wherever they stand."""
    for claim in claims:
        if claim.status != "complete" or not ACTIVITY_SET.search(text[claim.slogan.start : claim.slogan.end]):
            continue
        words = sorted(
            {text[m.start : m.end] for m in claim.members if 2 <= m.end - m.start <= 16}, key=len, reverse=True
        )
        for m in re.finditer("|".join(map(re.escape, words)), text) if words else ():
            yield Found("Campaign", m.start(), m.end(), "member", 0.7)


def _expansions(
    text: str, speech: Speech, claims: Sequence[Claim], entities: Sequence[Entity], names: Names
) -> list[Expansion]:
    slogans = {(m.start, m.end): e.id for e in entities if e.id.type == "Slogan" for m in e.mentions}
    named = {
        form: e.id for e in reversed(entities) if e.id.type in ("Slogan", "Campaign") for form in (*e.aliases, e.name)
    }
    best: dict[EntityId, Expansion] = {}
    for c in claims:
        slogan = slogans.get((c.slogan.start, c.slogan.end))
        if slogan is None:
            continue
        members = [
            Member(i, _label(speech.text[m.start : m.end]), m.start, m.end, _denoted(text, m, slogan, named, names))
            for i, m in enumerate(c.members, 1)
        ]
        x = Expansion(
            slogan, members, c.expected, c.status, c.start, c.end, c.rule, c.confidence, speech.date, speech.id
        )
        held = best.get(slogan)
        if held is None or (x.status == "complete", x.confidence) > (held.status == "complete", held.confidence):
            best[slogan] = x
    return sorted(best.values(), key=lambda x: (x.start, x.end, x.slogan))


def _label(words: str) -> str:
    return re.sub(r"[“”‘’「」『』\s]", "", words)


def _denoted(
    text: str, span: tuple[int, int], slogan: EntityId, named: dict[str, EntityId], names: Names
) -> EntityId | None:
    """The slogan or campaign that a member is: of its very name, or named in it but for a head (“一带一路”建设)."""
    exact = named.get(_label(text[span[0] : span[1]]))
    if exact and exact != slogan:
        return exact
    inner = names.first(span[0], span[1], "Slogan", "Campaign")
    if inner and inner.entity.id != slogan and (span[1] - span[0]) - (inner.end - inner.start) <= 5:
        return inner.entity.id
    return None
