from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode
from rdflib import Graph, URIRef

from kg.model import ENTITY_TYPES, EntityId
from kg.rdf.names import DEFAULT_BASE, KINDS, VOCABULARIES, check_base, iri, prefixes, segment, term

ANY = st.text(st.characters(blacklist_categories=["Cs"]), max_size=12)
IDS = st.builds(EntityId, st.sampled_from(ENTITY_TYPES), st.one_of(st.just(""), ANY), ANY)


@settings(deadline=None)
@given(IDS, IDS)
@example(EntityId("Body", "", "a/b"), EntityId("Body", "a", "b"))
@example(EntityId("Body", "", "a%2Fb"), EntityId("Body", "", "a/b"))
@example(EntityId("Body", "place:浙江省", "市委"), EntityId("Body", "", "place:浙江省/市委"))
@example(EntityId("Slogan", "", "\u212b"), EntityId("Slogan", "", "\u00c5"))
def test_two_entities_never_share_an_iri(a: EntityId, b: EntityId) -> None:
    assert (iri(a) == iri(b)) == (a == b)


@settings(deadline=None)
@given(IDS)
@example(
    EntityId(
        "Slogan",
        "",
        "..",
    )
)
@example(EntityId("Slogan", "", '<script> "%0a" \\ {x} | ^ `\u202e\ue000\u0000'))
def test_every_iri_is_taken_as_it_is_by_oxigraph_and_rdflib(id_: EntityId) -> None:
    minted = iri(id_)
    assert NamedNode(minted).value == minted
    line = f"<{minted}> <{minted}> <{minted}> ."
    assert set(Graph().parse(data=line, format="nt").subjects()) == {URIRef(minted)}
    assert set(Graph().parse(data=line, format="turtle").subjects()) == {URIRef(minted)}


def test_chinese_stays_readable_and_everything_else_is_encoded() -> None:
    assert segment("《工作意见》、三个表率") == "《工作意见》、三个表率"
    assert segment("50% a/b?") == "50%25%20a%2Fb%3F"
    assert segment(".") == "%2E"
    assert segment("𠮷") == "%F0%A0%AE%B7"  # Jena warns of such characters in N-Triples


@pytest.mark.parametrize("base", ["https://a.example/", "urn:kg:", "https://例子.example/数据/", "http://a.example/x#"])
def test_a_base_is_an_absolute_iri_with_an_end(base: str) -> None:
    assert check_base(base) == base
    assert iri(EntityId("Slogan", "", "x"), base) == f"{base}slogan/x"


@pytest.mark.parametrize("base", ["", "a.example/", "https://a.example", "https://a b/", "https://schema.org/mine/"])
def test_other_bases_are_refused_with_a_reason(base: str) -> None:
    with pytest.raises(ValueError, match="base"):
        check_base(base)


def test_prefixes_do_not_hide_one_another() -> None:
    known = prefixes(DEFAULT_BASE)
    assert len(known) == len(VOCABULARIES) + len(KINDS) == len(set(known.values()))
    spaces = sorted(known.values())
    assert not [(a, b) for a in spaces for b in spaces if a != b and b.startswith(a)]


def test_an_unknown_prefix_is_an_error() -> None:
    with pytest.raises(KeyError):
        term("nobody:knows")
