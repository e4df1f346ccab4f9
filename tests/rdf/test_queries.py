from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from math import log2

import pytest
from rdflib import Graph

from kg.graph import KnowledgeGraph
from kg.model import Directive, Entity, EntityId, Expansion, Extraction, Member, Relation
from kg.rdf import write
from kg.rdf.endpoint import Endpoint
from kg.rdf.guard import QueryError
from kg.rdf.queries import NamedQuery, bind, named, read, text_of
from kg.rdf.rows import Value
from tests.made import CAMPAIGN, COMMITTEE, MEETING, PROVINCE, SLOGAN, lexicon, made, mentions, speech

TWO = EntityId("Slogan", "", "两个确保")


def corpus() -> list[Extraction]:
    """Two speeches and the lexicon; the second gives only two of the three members, and names another issuer."""
    other = made("b", made().speech.text + "\n再抓三个到位。")
    start = other.expansions[0].start
    other.expansions = [
        Expansion(SLOGAN, [Member(1, "认识到位"), Member(2, "责任到位")], "3", "mismatch", start, start + 9, "rule")
    ]
    person = EntityId("Person", "", "李某")
    other.entities.append(
        replace(other.entities[0], id=person, name="李某书记", mentions=[], attributes={"office": "书记"})
    )
    document = EntityId("Document", "", "《工作意见》")
    other.entities.append(
        replace(other.entities[0], id=document, name=document.key, mentions=other.entities[-2].mentions)
    )
    other.relations += [
        Relation(COMMITTEE, "supervises", PROVINCE, start, start + 4, "rule", "监督"),
        Relation(SLOGAN, "issuedBy", person, start, start + 4, "rule", "提出"),
        Relation(CAMPAIGN, "hasPart", EntityId("Slogan", "", "认识到位"), start, start + 4, "rule"),
    ]
    other.directives[0].target = "临川县委"
    other.directives[0].target_entity = COMMITTEE
    first = made("a")
    first.relations.append(Relation(SLOGAN, "issuedBy", COMMITTEE, 0, 4, "rule", "要求"))
    return [lexicon(), first, other]


def later() -> Extraction:
    """A speech two years later with a new slogan, asked for by a government that cannot be told apart."""
    text = "在县里的讲话\n" + "三个到位要靠两个确保。" * 6 + "县政府要求做到两个确保。"
    spoken = replace(speech(text, "c", date="2023"), speaker="王某")
    government = EntityId("Body", f"speech:{spoken.id}", "县政府")
    demand = text.index("县政府"), text.index("县政府") + 11
    return Extraction(
        spoken,
        entities=[Entity(id_, id_.key, [], mentions(text, id_.key)) for id_ in (SLOGAN, TWO, government)],
        directives=[Directive(government, "要求", "两个确保", [TWO], *demand, "directive.demand", "要求")],
    )


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    folder = tmp_path_factory.mktemp("out")
    write(KnowledgeGraph(corpus()), folder)
    with Endpoint(folder) as endpoint:
        yield endpoint


@pytest.fixture(scope="module")
def more(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """The same with a third speech, and a lexicon that knows who put the slogan forward first."""
    folder = tmp_path_factory.mktemp("more")
    known, first, other = corpus()
    known.entities[0].attributes |= {"origin_by": "赵某", "origin_date": "2010"}
    write(KnowledgeGraph.of(known, first, other, later()), folder)
    with Endpoint(folder) as endpoint:
        yield endpoint


def answers(out: Endpoint, query: str, /, *columns: str, **params: str) -> list[tuple[Value, ...]]:
    """The rows of a named query, these columns only."""
    found = out.rows(query, params)
    places = [found.columns.index(c) for c in columns]
    return [tuple(row[i] for i in places) for row in found.rows]


def sample(query: NamedQuery) -> dict[str, str]:
    """Values for what a query needs, so that the sample speeches have an answer."""
    samples = {"speech": "a.txt", "name": "三个到位", "integer": "2021"}
    special = {"without": "两个确保", "b": "认识到位", "to": "2023"}
    if query.name in ("slogans-new", "slogans-dropped"):
        special = {"year": "2023", "since": "2023"}
    given = {
        p.name: special.get(p.name, samples[p.type]) if p.type != "speech" else "a.txt"
        for p in query.parameters
        if p.required
    }
    if query.name == "superiors":
        given["body"] = "县委"
    if query.name == "shared-slogans":
        given["b"] = "b.txt"
    return given


@pytest.mark.parametrize("name", list(named()))
def test_every_query_says_what_it_asks_and_gives(more: Endpoint, name: str) -> None:
    query = named()[name]
    assert query.zh.endswith(("？", "。")) and query.en.endswith(("?", "."))
    given = sample(query)
    found = more.rows(name, given)
    assert found.columns == tuple(column.name for column in query.columns)
    assert all(column.help for column in query.columns)
    assert more.rows(name, given) == found
    assert found.rows, "the sample has an answer to every question"
    for p in query.parameters:  # an optional name narrows the answer down; one that nobody has leaves nothing
        if not p.required and p.type in ("name", "speech"):
            assert set(more.rows(name, {p.name: "三个到位"})) <= set(found)
            assert not more.rows(name, {p.name: "无此名称"}).rows


@pytest.fixture(scope="module")
def read_by_rdflib(more: Endpoint) -> Graph:
    return Graph().parse(more.out / "graph.ttl")


@pytest.mark.parametrize("name", list(named()))
def test_rdflib_gives_the_same_answer(more: Endpoint, read_by_rdflib: Graph, name: str) -> None:
    """Another processor, on another store; on the seeds and the reports, benchmarks/sparql.py does the same."""
    text, _ = text_of(name, sample(named()[name]))
    theirs = [
        tuple(None if c is None else c.toPython() for c in row)  # type: ignore[union-attr]
        for row in read_by_rdflib.query(text, initNs=more.prefixes)
    ]
    assert Counter(map(plain, theirs)) == Counter(map(plain, more.rows(text)))


def plain(row: Iterable[object]) -> tuple[str, ...]:
    """The cells as text, numbers to four places."""
    return tuple(f"{float(c):.4f}" if isinstance(c, int | float | Decimal) else str(c) for c in row)


def test_there_are_many_questions() -> None:
    assert len(named()) >= 25


def test_what_is_new_dropped_and_rising(more: Endpoint) -> None:
    assert answers(more, "slogans-new", "slogan", "speeches", "mentions", year="2023") == [("两个确保", 1, 7)]
    dropped = answers(more, "slogans-dropped", "slogan", "last", since="2023")
    assert set(dropped) == {("措施到位", 2021), ("认识到位", 2021), ("责任到位", 2021)}
    rising = answers(more, "slogans-rising", "slogan", "share_from", "share_to", **{"from": "2021", "to": "2023"})
    assert rising == [("两个确保", 0, 1.0)]
    assert answers(more, "slogan-history", "year", "speeches", "mentions", name="三到位") == [
        (2021, 2, 9),
        (2023, 1, 6),
    ]
    assert answers(more, "years", "year", "speeches", "new_slogans")[-1] == (2023, 1, 1)


def test_who_says_one_thing_without_another(more: Endpoint) -> None:
    assert len(more.rows("with-without", {"with": "三个到位", "without": "两个确保"})) == 2
    said = answers(more, "with-without", "speaker", "year", "times", **{"with": "三个到位", "without": "认识到位"})
    assert said == [("王某", 2023, 6)]
    later_on = {"with": "三个到位", "without": "两个确保", "since": "2022"}
    assert not more.rows("with-without", later_on).rows


def test_strength_is_pmi(more: Endpoint) -> None:
    texts = [e.speech.text for e in (*corpus()[1:], later())]
    units = [s for text in texts for s in re.split("[。！？；!?;\n]", text) if s.strip()]
    a, b = ([s for s in units if name in s] for name in ("三个到位", "两个确保"))
    expected = log2(6 * len(units) / (len(a) * len(b)))
    strength: list[object] = list(answers(more, "slogan-strength", "a", "b", "sentences", "pmi"))
    assert strength == [("三个到位", "两个确保", 6, pytest.approx(expected, abs=1e-4))]


def test_differing_origins_and_unknown_issuers(more: Endpoint) -> None:
    rows = answers(more, "origin-differs", "thing", "origin", "origin_date", "issuer")
    assert rows == [("三个到位", "赵某", "2010", "中共临川县委"), ("三个到位", "赵某", "2010", "李某")]
    assert answers(more, "directives-unattributed", "issuer", "content") == [("县政府", "两个确保")]


def test_the_way_down_the_levels(more: Endpoint) -> None:
    rows = answers(more, "directive-levels", "rank", "level", "actor", "act", "what", about="三个到位")
    assert set(rows) == {
        (4, "县", "中共临川县委", "要求", "三个到位"),
        (4, "县", "中共临川县委", "开展", "三个到位专项行动"),
    }


def test_slogans_of_a_speech_with_quotations(out: Endpoint) -> None:
    text = made("a").speech.text
    rows = answers(out, "speech-slogans", "slogan", "start", "before", "quote", "after", speech="a.txt")
    assert [(s, q) for s, _, _, q, _ in rows][:2] == [("三个到位", "三个到位"), ("三个到位", "三个到位")]
    for _, start, before, quote, after in rows:
        assert isinstance(start, int) and isinstance(before, str)
        assert text.startswith(f"{before}{quote}{after}", start - len(before))
    assert rows == answers(
        out, "speech-slogans", "slogan", "start", "before", "quote", "after", speech=made("a").speech.id
    )


def test_members_with_the_count_check(out: Endpoint) -> None:
    rows = answers(out, "slogan-members", "source", "status", "pattern", "found", "position", "member", slogan="三到位")
    a, b = sorted({str(row[0]) for row in rows})
    assert [r[1:] for r in rows if r[0] == a] == [
        ("complete", "3", 3, 1, "认识到位"),
        ("complete", "3", 3, 2, "责任到位"),
        ("complete", "3", 3, 3, "措施到位"),
    ]
    assert [r[1:] for r in rows if r[0] == b] == [
        ("mismatch", "3", 2, 1, "认识到位"),
        ("mismatch", "3", 2, 2, "责任到位"),
    ]


def test_who_put_it_forward_where_and_when(out: Endpoint) -> None:
    rows = answers(out, "slogan-origin", "issuer", "meeting", "date", slogan="三个到位")
    assert rows == [("中共临川县委", "县委工作会议", None), ("李某", "县委工作会议", None)]


def test_campaigns_and_the_directives_behind_them(out: Endpoint) -> None:
    rows = answers(out, "implementing", "campaign", "target", "directive", "quote", target="三个到位")
    assert rows == [("三个到位专项行动", "三个到位", "中共临川县委 要求", "2021年，县委开展三个到位专项行动")] * 2
    assert answers(out, "implementing", "campaign", target="无此提法") == []


def test_slogans_shared_by_two_speeches(out: Endpoint) -> None:
    rows = answers(out, "shared-slogans", "slogan", "in_a", "in_b", a="a.txt", b="b.txt")
    assert rows[0] == ("三个到位", 4, 5)
    assert {row[0] for row in rows} == {"三个到位", "认识到位", "责任到位", "措施到位"}


def test_bodies_and_what_they_belong_to(out: Endpoint) -> None:
    rows = answers(out, "bodies", "body", "belongs_to", "role", "level", "system", "place", "collective")
    assert ("中共临川县委", "中共江北省委", "县委", "县", "党", "江北省/临川县", False) in rows
    assert ("中共江北省委", None, None, "省", None, None, False) in rows


def test_directives_of_an_issuer_and_to_a_body(out: Endpoint) -> None:
    columns = ("issuer", "act", "content", "addressee", "meeting")
    assert answers(out, "directives", *columns, issuer="县委") == [
        ("中共临川县委", "要求", "三个到位", None, "县委工作会议"),
        ("中共临川县委", "要求", "三个到位", "临川县委", "县委工作会议"),
    ]
    assert answers(out, "asked-of", *columns, body="临川县委") == [
        ("中共临川县委", "要求", "三个到位", "临川县委", "县委工作会议")
    ]


def test_keyword_in_context_counts_every_mention(out: Endpoint) -> None:
    rows = answers(out, "kwic", "speech", "quote", "type", name="三个到位")
    assert len(rows) == 9 and {row[1:] for row in rows} == {("三个到位", "Slogan")}


def test_comentions_agree_with_the_graph(out: Endpoint) -> None:
    graph = KnowledgeGraph.of(made("a"), made("b", made().speech.text + "\n再抓三个到位。"))
    rows = answers(out, "comentions", "other", "sentences", "sections", "speeches", name="三个到位")
    pair = graph.comentions[min(SLOGAN, MEETING), max(SLOGAN, MEETING)]
    assert ("县委工作会议", *pair) in rows
    assert not answers(out, "comentions", "other", name="三个到位", least="99")


def test_failed_counts_and_differing_attributions(out: Endpoint) -> None:
    assert answers(out, "count-failures", "slogan", "status", "pattern", "found", "members") == [
        ("三个到位", "mismatch", "3", 2, "认识到位；责任到位")
    ]
    assert answers(out, "attributions", "thing", "issuer") == [("三个到位", "中共临川县委"), ("三个到位", "李某")]


def test_parameters_are_terms_not_text(out: Endpoint) -> None:
    for text in ('"@zh } #', 'x" } SELECT * { ?s ?p ?o', "UNDEF", "}\n?s ?p ?o", "\\", "'''", "?_slogan", "%s {0}"):
        assert out.rows("slogan-members", {"slogan": text}).rows == []
    with pytest.raises(QueryError, match="'many' is no integer"):
        out.rows("slogans", {"least": "many"})


def test_a_default_holds_until_a_parameter_is_given(out: Endpoint) -> None:
    assert len(out.rows("slogans").rows) > len(out.rows("slogans", {"least": "2"}).rows) == 4


def test_mistakes_are_explained(out: Endpoint) -> None:
    with pytest.raises(QueryError, match="no query is called 'nope'; there are: about"):
        out.rows("nope")
    with pytest.raises(QueryError, match="needs --param slogan="):
        out.rows("slogan-members")
    with pytest.raises(QueryError, match=r"no parameter 'sloogan'; it takes slogan \(name\)"):
        out.rows("slogan-members", {"sloogan": "x"})
    with pytest.raises(QueryError, match="parameters are for named queries"):
        out.rows("ASK { ?s ?p ?o }", {"a": "b"})


def test_sparql_text_works_too(out: Endpoint) -> None:
    assert out.rows("ASK { ?s a kg:Campaign }").rows == [(True,)]


def test_about_gives_triples(out: Endpoint) -> None:
    found = out.rows("about", {"name": "三个到位"})
    assert found.triples is not None and len(found.triples) > 10


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("# zh: 甲\n# en: a\n# parm x: name. 甲\n\nASK {}", "no header line"),
        ("# zh: 甲\n# en: a\n# param x: colour. 甲\n\nASK {}", "TYPE one of"),
        ("# zh: 甲\n# en: a\n# param x: name. 甲\n\nASK { ?s ?p ?x }", "needs VALUES"),
    ],
)
def test_a_wrong_header_is_an_error(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read("mine", text)


def test_binding_leaves_comments_and_strings_alone() -> None:
    text = '# zh: 甲\n# en: a\n# param x: name. 甲\n\nASK { # VALUES ?_x { UNDEF }\n ?s ?p "VALUES ?_x { UNDEF }" . VALUES ?_x { UNDEF } }'
    bound = bind(read("mine", text), {"x": "乙"})
    assert bound.count("UNDEF") == 2 and bound.endswith('VALUES ?_x { "乙"@zh } }')
