from hypothesis import given
from hypothesis import strategies as st

from kg.graph import KnowledgeGraph
from kg.model import Expansion, Member
from kg.rdf.names import DEFAULT_BASE, iri
from kg.view.content import Content, content, utf16
from kg.view.look import KINDS
from tests.view.sample import FIRST, Draft, sample, speech


def shown(most: int = 1500) -> Content:
    return content(sample(), DEFAULT_BASE, most)


def names(page: Content) -> list[str]:
    return [node["label"] for node in page.nodes]


@given(st.text(alphabet=st.sampled_from("三个𠀀表率a😀\n")), st.data())
def test_offsets_become_those_of_javascript(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    unit = utf16(text)
    units = text.encode("utf-16-le")[2 * unit(start) : 2 * unit(end)]
    assert units.decode("utf-16-le") == text[start:end]


def test_mentions_and_evidence_quote_the_text() -> None:
    page = shown()
    texts: list[bytes] = [text.encode("utf-16-le") for text in page.passages["texts"]]

    def quote(speech: int, start: int, end: int) -> str:
        return texts[speech][2 * start : 2 * end].decode("utf-16-le")

    node = names(page).index("2021年3月")
    flat = page.passages["mentions"][node]
    assert quote(*flat[:3]) == "2021年3月"  # stands after 𠀀, which JavaScript counts twice
    for flat in page.passages["evidence"]:
        for k in range(0, len(flat), 6):
            if flat[k] >= 0:
                assert quote(*flat[k : k + 3]) in FIRST + sample().speeches[page.facts["speeches"]["id"][0]].text


def test_a_slogan_with_members_and_directives_ranks_first() -> None:
    assert names(shown())[0] == "三勤"


def test_what_one_speech_counts_ranks_below_slogans() -> None:
    draft = Draft(speech("三个方面：一是甲乙、二是丙丁、三是戊己。三勤：脑勤、腿勤、手勤。", "方面.txt"))
    own = draft.entity("Slogan", "三个方面", scope="speech:" + draft.extraction.speech.id)
    slogan = draft.entity("Slogan", "三勤")
    for id_ in (own, slogan):
        members = [Member(n, name) for n, name in enumerate(("一", "二", "三"), 1)]
        draft.extraction.expansions.append(Expansion(id_, members, "3", "complete", 0, 4, "by-hand"))
    page = content(KnowledgeGraph([draft.extraction]), DEFAULT_BASE, 10)
    assert names(page) == ["三勤", "三个方面"]


def test_first_words_stand_in_for_a_title_unless_texts_may_not_be_passed_on() -> None:
    graph = KnowledgeGraph([Draft(speech("\n 一、\n同志们：今天我们来谈一谈作风。好。\n", "无.txt")).extraction])
    assert content(graph, DEFAULT_BASE, 10).facts["speeches"]["opening"] == ["同志们：今天我们来谈一谈作风"]
    assert content(graph, DEFAULT_BASE, 10, texts=False).facts["speeches"]["opening"] == [""]


def test_the_opening_view_is_capped_and_everything_is_still_there() -> None:
    page = shown(4)
    assert page.shown == 4
    assert len(page.nodes) == len(sample().nodes)
    assert len({(node["x"], node["y"]) for node in page.nodes}) == len(page.nodes)


def test_members_and_directives_are_lines_of_the_picture() -> None:
    page = shown()
    where = {name: i for i, name in enumerate(names(page))}
    columns = page.facts["statements"]
    lines = {(columns["from"][s], KINDS[columns["kind"][s]], columns["to"][s]) for s in range(len(columns["from"]))}
    assert (where["三勤"], "hasMember", where["脑勤"]) in lines
    assert (where["县委李书记"], "directs", where["三勤"]) in lines
    assert (where["县委办公室"], "partOf", where["县委"]) in lines


def test_the_lexicon_stands_beside_the_speeches() -> None:
    page = shown()
    slogan = names(page).index("三勤")
    sources = [row[4] for row in page.facts["expansions"] if row[0] == slogan]
    assert sorted(sources) == [-1, page.facts["speeches"]["doc"].index("清河.txt")]
    assert page.facts["nodes"]["attributes"][slogan]["gloss"] == "Three Diligences"
    assert "三勤作风" in page.facts["nodes"]["aliases"][slogan]


def test_iris_are_those_of_the_triples() -> None:
    page = content(sample(), "https://example.org/", 1500)
    expected = {iri(id_, "https://example.org/") for id_ in sample().nodes}
    assert set(page.passages["iri"]) == expected


def test_an_empty_graph_is_a_page_too() -> None:
    page = content(KnowledgeGraph(), DEFAULT_BASE, 1500)
    assert page.nodes == [] and page.edges == [] and page.shown == 0
