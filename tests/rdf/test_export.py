from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

from kg.graph import KnowledgeGraph
from kg.model import Extraction, Member
from kg.rdf import DEFAULT_BASE, iri, quads, write
from kg.rdf.names import KG, VOCABULARIES, derived_graph_iri, graph_iri, lexicon_graph_iri, speech_iri, term
from tests.made import CAMPAIGN, COMMITTEE, HOSTILE, PROVINCE, SLOGAN, extractions, hostile, lexicon, made


def graph() -> KnowledgeGraph:
    return KnowledgeGraph.of(lexicon(), made("a"), made("b", made().speech.text + "\n再抓三个到位。"))


def triples_by_rdflib(path: Path, format: str) -> set[tuple[object, ...]]:
    return {tuple(map(str, t)) for t in rdflib.Graph().parse(path, format=format)}


def triples_by_oxigraph(path: Path, format: RdfFormat) -> set[Triple]:
    return {quad.triple for quad in parse(path=str(path), format=format)}


def test_turtle_jsonld_nquads_and_the_store_hold_the_same_statements(tmp_path: Path) -> None:
    count = write(graph(), tmp_path)
    expected = set(quads(graph()))
    union = {quad.triple for quad in expected}
    assert len(expected) == count
    assert set(parse(path=str(tmp_path / "graph.nq"), format=RdfFormat.N_QUADS)) == expected
    assert triples_by_oxigraph(tmp_path / "graph.ttl", RdfFormat.TURTLE) == union
    assert triples_by_oxigraph(tmp_path / "graph.jsonld", RdfFormat.JSON_LD) == union
    store = Store.read_only(str(tmp_path / "store"))
    assert {quad.triple for quad in store.quads_for_pattern(None, None, None, DefaultGraph())} == union
    named = {quad for quad in expected if quad.graph_name != DefaultGraph()}
    assert {quad for quad in store if quad.graph_name != DefaultGraph()} == named


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(extractions(), max_size=2))
def test_rdflib_and_oxigraph_read_the_same(tmp_path: Path, corpus: list[Extraction]) -> None:
    write(KnowledgeGraph.of(lexicon(), *{e.speech.id: e for e in corpus}.values()), tmp_path)
    turtle = triples_by_rdflib(tmp_path / "graph.ttl", "turtle")
    assert len(turtle) == len(triples_by_oxigraph(tmp_path / "graph.ttl", RdfFormat.TURTLE))
    assert turtle == triples_by_rdflib(tmp_path / "graph.jsonld", "json-ld")


def test_hostile_text_comes_back_as_it_was(tmp_path: Path) -> None:
    bad = hostile()
    write(KnowledgeGraph.of(bad), tmp_path)
    read = rdflib.Graph().parse(tmp_path / "graph.ttl")
    subject = rdflib.URIRef(speech_iri(bad.speech.id))
    assert str(read.value(subject, rdflib.SDO.text)) == HOSTILE
    for entity in bad.entities:
        assert str(read.value(rdflib.URIRef(iri(entity.id)), rdflib.RDFS.label)) == entity.id.key
    quoted = set(map(str, read.objects(None, rdflib.URIRef(VOCABULARIES["oa"] + "exact"))))
    assert {"</script>", "100% 完成", "😀𠮷", "\u05d0\u05d1"} <= quoted
    assert len(read) == len(triples_by_oxigraph(tmp_path / "graph.ttl", RdfFormat.TURTLE))
    assert triples_by_rdflib(tmp_path / "graph.jsonld", "json-ld") == triples_by_rdflib(
        tmp_path / "graph.ttl", "turtle"
    )


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(extractions(), max_size=4, unique_by=lambda e: e.speech.id), st.randoms(use_true_random=False))
def test_order_and_split_of_the_corpus_change_no_byte(
    tmp_path: Path, corpus: list[Extraction], chance: random.Random
) -> None:
    every = [lexicon(), made(), *corpus]
    shuffled = chance.sample(every, len(every))
    cut = chance.randint(0, len(every))
    write(KnowledgeGraph.of(*every), tmp_path / "whole")
    write(KnowledgeGraph.of(*shuffled[:cut]) | KnowledgeGraph.of(*shuffled[cut:]), tmp_path / "split")
    for name in ("graph.ttl", "graph.nq", "graph.jsonld"):
        assert (tmp_path / "whole" / name).read_bytes() == (tmp_path / "split" / name).read_bytes()


def test_nquads_are_sorted_and_turtle_is_grouped_and_prefixed(tmp_path: Path) -> None:
    write(graph(), tmp_path)
    lines = (tmp_path / "graph.nq").read_bytes().splitlines()
    assert lines == sorted(set(lines))
    turtle = (tmp_path / "graph.ttl").read_text("utf-8")
    head, _, body = turtle.partition("\n\n")
    assert head.splitlines() == sorted(head.splitlines())
    assert all(line.startswith("@prefix ") for line in head.splitlines())
    assert "\n\nslogan:三个到位 a skos:Concept , kg:Slogan ;\n" in turtle
    subjects = [line.split(" ", 1)[0] for line in body.splitlines() if line and not line.startswith("\t")]
    assert len(subjects) == len(set(subjects))


def test_another_base_renames_all_data_and_no_vocabulary(tmp_path: Path) -> None:
    base = "https://data.example.org/讲话/"
    here, there = set(quads(graph())), set(quads(graph(), base))

    def renamed(node: object) -> object:
        if not isinstance(node, NamedNode) or node.value.startswith(KG):
            return node
        return NamedNode(node.value.replace(DEFAULT_BASE, base, 1))

    space = Quad(
        NamedNode(f"{base}dataset"), term("void:uriSpace"), Literal(base)
    )  # the one literal that says the base
    assert space in there
    expected = {tuple(map(renamed, quad)) for quad in here if quad.predicate != term("void:uriSpace")}
    assert {tuple(quad) for quad in there if quad != space} == expected
    with pytest.raises(ValueError, match="base"):
        write(graph(), tmp_path, "not an iri")


def test_a_speech_has_its_own_graph_with_what_it_says() -> None:
    a, b = made("a").speech.id, made("b").speech.id
    both = set(quads(KnowledgeGraph.of(made("a"), made("b"))))
    says = Triple(NamedNode(iri(CAMPAIGN)), term("kg:implements"), NamedNode(iri(SLOGAN)))
    for speech_id in (a, b):
        name = NamedNode(graph_iri(speech_id))
        assert Quad(says.subject, says.predicate, says.object, name) in both
        subjects = {str(q.subject) for q in both if q.graph_name == name and "/passage/" in str(q.subject)}
        assert subjects and all(f"/passage/{speech_id}/" in s for s in subjects)
    graphs = {q.graph_name for q in both if not isinstance(q.graph_name, DefaultGraph)}
    assert graphs == {NamedNode(graph_iri(a)), NamedNode(graph_iri(b)), NamedNode(derived_graph_iri())}


def test_the_lexicon_says_only_what_concerns_the_speeches() -> None:
    name = NamedNode(lexicon_graph_iri())
    said = {q.triple for q in quads(graph()) if q.graph_name == name}
    assert Triple(NamedNode(iri(SLOGAN)), term("skos:prefLabel"), Literal("three in place", language="en")) in said
    assert Triple(NamedNode(iri(COMMITTEE)), term("org:subOrganizationOf"), NamedNode(iri(PROVINCE))) in said
    assert not [t for t in said if "两手抓" in str(t)]


def test_void_counts_are_those_of_the_graphs() -> None:
    every = list(quads(graph()))
    assert len(every) == len(set(every))
    counted = {q.subject: int(q.object.value) for q in every if q.predicate == term("void:triples")}  # type: ignore[union-attr]
    for name, number in counted.items():
        assert sum(1 for q in every if q.graph_name == name) == number
    assert len(counted) == 4


def test_a_quotation_is_the_text_between_the_offsets(tmp_path: Path) -> None:
    write(graph(), tmp_path)
    read = rdflib.Graph().parse(tmp_path / "graph.ttl")
    rows = list(
        read.query("""
        SELECT ?text ?start ?end ?exact ?prefix ?suffix WHERE {
          ?p oa:hasSource/schema:text ?text ; oa:hasSelector ?position , ?quote .
          ?position oa:start ?start ; oa:end ?end .
          ?quote oa:exact ?exact ; oa:prefix ?prefix ; oa:suffix ?suffix }""")
    )
    assert len(rows) > 20
    for row in rows:
        text, start, end, exact, prefix, suffix = (cell.toPython() for cell in row)  # type: ignore[union-attr]
        assert text[start:end] == exact
        assert text[:start].endswith(prefix) and len(prefix) == min(32, start)
        assert text[end:].startswith(suffix) and len(suffix) == min(32, len(text) - end)


def test_claims_stand_beside_their_plain_triples() -> None:
    every = {q.triple for q in quads(graph())}
    claims = {t.subject for t in every if t.predicate == term("rdf:type") and t.object == term("kg:Claim")}
    assert len(claims) == 9  # four of each speech, one of the lexicon
    for claim in claims:
        part = {t.predicate.value.rpartition("#")[2]: t.object for t in every if t.subject == claim}
        assert Triple(part["subject"], part["predicate"], part["object"]) in every  # type: ignore[arg-type]


def test_members_keep_their_order_and_what_they_denote(tmp_path: Path) -> None:
    extraction = made()
    listing = extraction.expansions[0]
    twelve = [Member(i, f"第{i}项") for i in range(1, 13)]
    extraction.expansions.append(replace(listing, members=twelve, expected="12", rule="other"))
    write(KnowledgeGraph.of(extraction), tmp_path)
    rows = (
        rdflib.Graph()
        .parse(tmp_path / "graph.ttl")
        .query("""
        SELECT ?name ?item WHERE {
          ?x a kg:Expansion ; kg:rule "other" ; schema:itemListElement ?m .
          ?m schema:position ?position ; schema:name ?name . OPTIONAL { ?m schema:item ?item }
        } ORDER BY ?position""")
    )
    assert [str(row[0]) for row in rows] == [f"第{i}项" for i in range(1, 13)]  # type: ignore[index]


def test_dates_have_bounds_only_where_they_are_known() -> None:
    cases = {
        "2018-07": ("2018-07-01", "2018-07-31"),
        "2024-02": ("2024-02-01", "2024-02-29"),
        "2021/2025": ("2021-01-01", "2025-12-31"),
        "2018/..": ("2018-01-01", None),
        "2024-XX": (None, None),
        "2021-02-30": (None, None),
        "不详": (None, None),
    }
    for value, (first, last) in cases.items():
        extraction = made()
        year = next(e for e in extraction.entities if e.id.type == "Time")
        year.attributes["edtf"] = value
        said = {(q.predicate, str(q.object)) for q in quads(KnowledgeGraph.of(extraction)) if q.subject.value == iri(year.id)}  # type: ignore[union-attr]  # fmt: skip
        bounds = {p.value.rpartition("#")[2]: o for p, o in said if p.value.startswith(VOCABULARIES["time"])}
        assert bounds == {
            key: f"<{DEFAULT_BASE}instant/{day}>" for key, day in (("hasBeginning", first), ("hasEnd", last)) if day
        }


def test_writing_again_replaces_the_store(tmp_path: Path) -> None:
    write(graph(), tmp_path)
    count = write(KnowledgeGraph.of(made()), tmp_path)
    store = Store.read_only(str(tmp_path / "store"))
    assert sum(1 for quad in store if quad.graph_name != DefaultGraph()) < count
    assert not [q for q in store if "/lexicon" in str(q.graph_name)]


def test_jsonld_has_one_node_a_line_and_a_context_of_prefixes(tmp_path: Path) -> None:
    write(graph(), tmp_path)
    document = json.loads((tmp_path / "graph.jsonld").read_text("utf-8"))
    ids = [node["@id"] for node in document["@graph"]]
    assert len(ids) == len(set(ids))
    slogan = next(node for node in document["@graph"] if node["@id"] == "slogan:三个到位")
    assert slogan["kg:mentionCount"] == 9
    assert {"@value": "three in place", "@language": "en"} in slogan["skos:prefLabel"]
