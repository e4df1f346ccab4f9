from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyshacl
import pytest
from hypothesis import HealthCheck, given, settings
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store
from rdflib import OWL, RDF, RDFS, SDO, SH, SKOS, XSD, Graph, URIRef
from rdflib import Literal as RdflibLiteral
from rdflib.term import Node

import kg
import kg.rdf.validate as shacl
from kg.graph import KnowledgeGraph
from kg.model import Entity, EntityId, Extraction, Relation, Status
from kg.rdf import quads, write
from kg.rdf.names import KG, VOCABULARIES, term
from kg.rdf.statements import FINER
from kg.rdf.validate import Finding, conforms, ontology, shapes, validate
from tests.made import CAMPAIGN, COMMITTEE, PARTS, PROVINCE, SLOGAN, YEAR, extractions, lexicon, made, mentions, speech


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


def everything() -> KnowledgeGraph:
    """Speeches that between them have whatever the vocabulary has a term for."""
    first, second = made("a"), made("b", made().speech.text + "\n江北省临川县李某讲：三个到位，认识到位！")
    listing, other = first.expansions[0], second.expansions[0]
    statuses: tuple[Status, ...] = ("partial", "mismatch", "uncheckable")
    second.expansions = [replace(other, status=status, rule=f"rule.{status}") for status in statuses]
    first.expansions.append(replace(listing, members=[replace(m, entity=CAMPAIGN) for m in listing.members]))
    person, place = EntityId("Person", "", "李某"), EntityId("Place", "", "临川县")
    stages, goals = EntityId("Slogan", "", "三个阶段"), EntityId("Slogan", "", "三个目标")
    second.speech.place, second.speech.speaker, second.speech.host = "临川县", "李某", "县委"
    second.speech.occasion = "县委工作会议"
    text, dates = second.speech.text, {"since": "2018", "until": "2023"}
    second.entities += [
        Entity(person, "李某", [], mentions(text, "李某"), {"office": "书记", "bare": "李某"}),
        Entity(place, "临川县", [], mentions(text, "临川县"), {"level": "县", "code": "000000"}),
        Entity(stages, "三个阶段", [], [], {"kind": "numeral"}),
        Entity(goals, "三个目标", [], [], {"kind": "quoted"}),
        Entity(EntityId("Slogan", "", "到位论"), "到位论", [], [], {"kind": "doctrine"}),
        Entity(EntityId("Document", "", "《意见》"), "《意见》", [], [], {"kind": "notice", **dates}),
        Entity(EntityId("Body", "", "各支部"), "各支部", [], [], {"collective": "true"}),
    ]
    next(e for e in second.entities if e.id == YEAR).attributes["inferred"] = "true"
    start = other.start
    second.relations += [
        Relation(CAMPAIGN, "implements", SLOGAN, start, start + 4, rule) for rule in ("following", "step-towards")
    ]
    second.relations += [
        Relation(CAMPAIGN, "hasPart", part, start, start + 4, rule)
        for part, rule in ((stages, "set-of-theme"), (goals, "set-of-theme"), (PARTS[0], "member"))
    ]
    second.relations += [
        Relation(CAMPAIGN, "implements", SLOGAN, start, start + 4, "named-after"),
        Relation(SLOGAN, "issuedBy", person, start, start + 4, "directive"),
        Relation(COMMITTEE, "supervises", PROVINCE, start, start + 4, "rule", "监督"),
    ]
    second.directives = [
        replace(d, target="省委", target_entity=PROVINCE, date=YEAR, issuer=person) for d in second.directives
    ]
    known = lexicon()
    known.entities[0].attributes |= {"origin_by": "赵某", "origin_at": "甲会", "origin_date": "2010", "source": "乙书"}
    return KnowledgeGraph.of(known, first, second, Extraction(speech("别的讲话。", "c")))  # else likeness says nothing


def local(iri: object) -> str:
    return str(iri).strip("<>").removeprefix(KG)


def test_the_vocabulary_is_what_the_data_uses() -> None:
    """Every own term in the data is defined, and every term that is defined can occur in data."""
    used = {local(node) for quad in quads(everything()) for node in (quad.predicate, quad.object) if KG in str(node)}
    defined = set(map(local, ontology().subjects(RDFS.isDefinedBy, None)))
    assert used - {""} == defined - {"Status"}  # the data set names the vocabulary itself; outcomes are typed there
    named_shapes = set(map(local, shapes().subjects(RDF.type, SH.NodeShape)))
    in_shapes = {local(node) for triple in shapes() for node in triple if isinstance(node, URIRef) and KG in str(node)}
    assert in_shapes - named_shapes - {""} <= defined


def test_every_term_is_explained_in_both_languages_with_an_example() -> None:
    for subject in ontology().subjects(RDFS.isDefinedBy, None):
        for predicate in (RDFS.label, RDFS.comment):
            assert {getattr(o, "language", None) for o in ontology().objects(subject, predicate)} == {"zh", "en"}
        assert ontology().value(subject, SKOS.example), subject


def stated(property_: URIRef, rdfs: URIRef, includes: URIRef) -> set[Node]:
    return {*ontology().objects(property_, rdfs), *ontology().objects(property_, includes)}


def test_properties_join_what_they_say_they_join() -> None:
    """rdfs:domain and rdfs:range, or schema:domainIncludes and schema:rangeIncludes where there are several."""
    data = Graph()
    for quad in quads(everything()):
        data.add((shacl._rdflib(quad.subject), shacl._rdflib(quad.predicate), shacl._rdflib(quad.object)))
    for property_ in ontology().subjects(RDF.type, RDF.Property):
        assert isinstance(property_, URIRef)
        domain = stated(property_, RDFS.domain, SDO.domainIncludes)
        range_ = stated(property_, RDFS.range, SDO.rangeIncludes)
        assert domain and range_, property_
        for subject, object_ in data.subject_objects(property_):
            assert domain & set(data.objects(subject, RDF.type)), (subject, property_)
            if isinstance(object_, RdflibLiteral):
                datatype = RDF.langString if object_.language else object_.datatype or XSD.string
                assert datatype in range_, (property_, object_)
            elif not str(object_).startswith(KG):  # terms of the vocabulary itself: properties, outcomes
                assert range_ & set(data.objects(object_, RDF.type)), (property_, object_)


def test_finer_properties_stand_beside_the_coarse_ones() -> None:
    data = {(q.subject, q.predicate, q.object) for q in quads(everything())}
    finer = {p for p in data if p[1] == term("kg:finerPredicate")}
    assert len({p[2] for p in finer}) == 6
    for claim, _, property_ in finer:
        said = {p: o for s, p, o in data if s == claim}
        triple = (said[term("rdf:subject")], said[term("rdf:object")])
        assert (triple[0], property_, triple[1]) in data
        assert (triple[0], said[term("rdf:predicate")], triple[1]) in data
        assert (URIRef(property_.value), RDFS.subPropertyOf, URIRef(said[term("rdf:predicate")].value)) in ontology()  # type: ignore[union-attr]


def test_rules_that_tell_a_finer_property_exist() -> None:
    rules = {rule for by_property in FINER.values() for rules in by_property.values() for rule in rules}
    code = "".join(f.read_text("utf-8") for f in (Path(kg.__file__).parent / "extract").glob("*.py"))
    assert {rule for rule in rules if f'"{rule}"' not in code} == set()


def test_everything_conforms(tmp_path: Path) -> None:
    write(everything(), tmp_path, parameters={"min_confidence": 0.5, "lexicon_builtin": True})
    assert conforms(validate(tmp_path))
    store = Store.read_only(str(tmp_path / "store"))
    run = store.query(
        "SELECT ?n ?v { ?d a void:Dataset ; prov:wasGeneratedBy/prov:used ?p . ?p schema:name ?n ; schema:value ?v }",
        prefixes=dict(VOCABULARIES),
    )
    assert {(row["n"].value, row["v"].value) for row in run} == {("min_confidence", "0.5"), ("lexicon_builtin", "true")}  # type: ignore[union-attr]


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
