from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyshacl
import pytest
from hypothesis import HealthCheck, given, settings
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store
from rdflib import OWL, RDF, RDFS, SH, Graph, URIRef

import kg.rdf.validate as shacl
from kg.graph import KnowledgeGraph
from kg.model import Extraction
from kg.rdf import quads, write
from kg.rdf.names import KG, VOCABULARIES, term
from kg.rdf.validate import Finding, conforms, ontology, shapes, validate
from tests.made import SLOGAN, extractions, lexicon, made


def failing() -> KnowledgeGraph:
    """A speech whose list misses a member, and one whose list says it is unfinished."""
    mismatch, partial = made("a"), made("b", made().speech.text + "\n再抓三个到位。")
    for extraction, status in ((mismatch, "mismatch"), (partial, "partial")):
        listing = extraction.expansions[0]
        extraction.expansions = [replace(listing, members=listing.members[:2], status=status)]  # type: ignore[arg-type]
    return KnowledgeGraph.of(lexicon(), mismatch, partial)


def test_the_sample_conforms(tmp_path: Path) -> None:
    write(KnowledgeGraph.of(lexicon(), made("a"), made("b")), tmp_path)
    assert validate(tmp_path) == []


def test_a_wrong_count_is_a_warning_and_a_partial_list_information(tmp_path: Path) -> None:
    write(failing(), tmp_path)
    findings = validate(tmp_path)
    assert [(f.severity, f.label, f.path, f.value) for f in findings] == [
        ("warning", "三个到位", "kg:status", "kg:mismatch"),
        ("info", "三个到位", "kg:status", "kg:partial"),
    ]
    assert findings[0].zh == "项数与提法的数字不符。"
    assert findings[0].en == "The number of members is not what the numeral promises."
    assert conforms(findings)


def spoil(folder: Path, *, without: str | None = None, extra: Quad | None = None) -> list[Finding]:
    """Write the sample, take away all statements with a property or add one, and validate."""
    write(KnowledgeGraph.of(lexicon(), made("a")), folder)
    store = Store(str(folder / "store"))
    if without:
        for quad in list(store.quads_for_pattern(None, term(without), None, None)):
            store.remove(quad)
    if extra:
        store.add(extra)
    store.flush()
    del store
    return validate(folder)


@pytest.mark.parametrize(
    "property_",
    [
        *("rdfs:label", "skos:prefLabel", "kg:hasForm", "kg:mentionCount", "ontolex:writtenRep", "schema:text"),
        *("oa:hasBody", "oa:hasTarget", "oa:hasSource", "oa:hasSelector", "oa:start", "oa:exact", "oa:motivatedBy"),
        *("rdf:subject", "rdf:predicate", "rdf:object", "prov:wasDerivedFrom", "kg:rule", "kg:confidence"),
        *(
            "kg:expands",
            "kg:status",
            "schema:numberOfItems",
            "schema:position",
            "kg:act",
            "kg:content",
            "kg:of",
            "kg:in",
        ),
        *("dcterms:identifier", "kg:sentenceCount", "time:inXSDDate", "prov:wasAssociatedWith", "skos:inScheme"),
    ],
)
def test_what_every_node_needs_is_missed(tmp_path: Path, property_: str) -> None:
    findings = spoil(tmp_path, without=property_)
    assert not conforms(findings)
    assert all(f.zh and f.en for f in findings)


def test_dangling_references_and_second_values_are_violations(tmp_path: Path) -> None:
    slogan = NamedNode(f"https://speech-kg.example/slogan/{SLOGAN.key}")
    nowhere = NamedNode("https://speech-kg.example/meeting/nowhere")
    dangling = spoil(tmp_path / "a", extra=Quad(slogan, term("kg:issuedAt"), nowhere, DefaultGraph()))
    assert [(f.severity, f.label, f.path, f.value) for f in dangling] == [
        ("violation", "三个到位", "kg:issuedAt", "meeting:nowhere")
    ]
    second = Quad(slogan, term("rdfs:label"), Literal("另一个", language="zh"), DefaultGraph())
    assert [f.path for f in spoil(tmp_path / "b", extra=second)] == ["rdfs:label"]


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(extractions())
def test_parts_find_what_the_whole_finds(tmp_path: Path, extraction: Extraction) -> None:
    write(KnowledgeGraph.of(extraction), tmp_path)
    whole = Graph().parse(tmp_path / "graph.ttl")
    _, report, _ = pyshacl.validate(whole, shacl_graph=shapes(), inference="none")
    expected = {
        (str(report.value(r, SH.focusNode)), str(report.value(r, SH.resultMessage) and ""))
        for r in report.subjects(RDF.type, SH.ValidationResult)
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shacl, "PART", 40)
        found = validate(tmp_path)
    assert {f.focus for f in found} == {focus for focus, _ in expected}
    assert validate(tmp_path) == found


def test_several_processes_find_the_same(tmp_path: Path) -> None:
    write(failing(), tmp_path)
    assert validate(tmp_path, jobs=2) == validate(tmp_path, jobs=1)


def test_every_own_term_in_use_is_defined_in_both_languages() -> None:
    graph = KnowledgeGraph.of(lexicon(), made("a"))
    used = {str(node) for quad in quads(graph) for node in (quad.predicate, quad.object)}
    used |= {str(node) for triple in shapes() for node in triple if isinstance(node, URIRef)}
    own = {iri.strip("<>") for iri in used if iri.strip("<>").startswith(KG)}
    defined = {str(s) for s in ontology().subjects(RDFS.isDefinedBy, None)}
    named_shapes = {str(s) for s in shapes().subjects(RDF.type, SH.NodeShape)}
    assert len(own) > 40
    assert own - named_shapes - {KG} <= defined  # the data set names the vocabulary itself
    for subject in ontology().subjects(RDFS.isDefinedBy, None):
        for predicate in (RDFS.label, RDFS.comment):
            assert {getattr(o, "language", None) for o in ontology().objects(subject, predicate)} == {"zh", "en"}


def test_every_class_has_a_shape_and_every_shape_messages_in_both_languages() -> None:
    targets = set(shapes().objects(None, SH.targetClass))
    special = {"NumeralSlogan", "QuotedSlogan", "Doctrine", "BodyGroup", "Status"}  # only labels of classes with shapes
    assert {c for c in ontology().subjects(RDF.type, OWL.Class) if str(c)[len(KG) :] not in special} <= targets
    for node in targets - {None}:
        for shape in shapes().subjects(SH.targetClass, node):
            for property_ in shapes().objects(shape, SH.property):
                messages = list(shapes().objects(property_, SH.message))
                assert {getattr(m, "language", None) for m in messages} == {"zh", "en"}


def test_terms_of_other_vocabularies_exist() -> None:
    """Against the copies that rdflib carries (those of oa: and ontolex: are not among them)."""
    import rdflib.namespace as known

    spaces = {
        VOCABULARIES[prefix]: getattr(known, name)
        for prefix, name in {
            **{p: p.upper() for p in ("dcterms", "foaf", "org", "prov", "skos", "time", "void", "rdf", "rdfs")},
            "schema": "SDO",
        }.items()
    }
    graph = KnowledgeGraph.of(lexicon(), made("a"))
    terms = {quad.predicate.value for quad in quads(graph)}
    terms |= {q.object.value for q in quads(graph) if q.predicate == term("rdf:type")}  # type: ignore[union-attr]
    checked = 0
    for iri in terms:
        for space, namespace in spaces.items():
            if iri.startswith(space):
                assert URIRef(iri) in namespace, iri
                checked += 1
    assert checked > 40
