"""KnowledgeGraph → RDF: named graphs as quads, and the files of the output folder, written from sorted statements."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store

from kg import __version__, comention, measures
from kg.graph import KnowledgeGraph
from kg.model import LEXICON, EntityType, Extraction
from kg.rdf import statements
from kg.rdf.lines import lines_of, opened, sorted_lines, triples, write_jsonld, write_turtle
from kg.rdf.names import (
    DEFAULT_BASE,
    JSONLD,
    NQUADS,
    STORE,
    TURTLE,
    VOCABULARIES,
    derived_graph_iri,
    graph_iri,
    lexicon_graph_iri,
    prefixes,
    term,
)
from kg.rdf.statements import CLASSES, SUPPORT, Names, Statement

SEAL = "kg.json"
"""The file in the store that says which files it consists of; RocksDB passes over what is not its own."""

TALK = ("LOG", "LOCK", "OPTIONS", "IDENTITY")

Parameters = Mapping[str, str | int | float | bool]
"""The parameters of a run, by name."""

RIGHTS = {
    "zh": "抽取所得的陈述由制作此数据集者授权；引文与讲话正文的权利属于各自的权利人，词库随程序以 Apache-2.0 授权。",
    "en": "Whoever made this data set licenses the extracted statements; quotations and texts of speeches remain their "
    "owners', and the lexicon comes with the program under Apache-2.0.",
}
"""What the data set says of rights: the program cannot know more about the texts it was given."""


def quads(
    graph: KnowledgeGraph, base: str = DEFAULT_BASE, parameters: Parameters = MappingProxyType({})
) -> Iterator[Quad]:
    """Yield the graph as quads, each once.

    One named graph a speech with what that speech says, one for what the lexicon says of the entities concerned, one
    for what is derived over all of them (labels, counts, co-mention); the default graph describes the data set. There
    are no blank nodes, so two exports of one graph are equal as sets of quads.

    Raises:
        ValueError: ``base`` is no IRI that data can be minted under.
    """
    names = Names(base)
    sizes: dict[NamedNode, int] = {}
    for speech_id, extraction in graph.extractions.items():
        if speech_id == LEXICON:
            name, said = NamedNode(lexicon_graph_iri(base)), of_lexicon(graph, extraction, names)
        else:
            name, said = NamedNode(graph_iri(speech_id, base)), of_speech(extraction, names)
        yield from _named(name, said, sizes)
    yield from _counted(NamedNode(derived_graph_iri(base)), _derived(graph, names), sizes)
    for statement in dict.fromkeys(_dataset(graph, sizes, names, parameters)):
        yield Quad(*statement)


def _named(name: NamedNode, said: Iterable[Statement], sizes: dict[NamedNode, int]) -> Iterator[Quad]:
    """The distinct statements of one named graph; their number goes to ``sizes``."""
    seen: set[Statement] = set()
    for statement in said:
        if statement not in seen:
            seen.add(statement)
            yield Quad(*statement, name)
    sizes[name] = len(seen)


def _counted(name: NamedNode, said: Iterable[Statement], sizes: dict[NamedNode, int]) -> Iterator[Quad]:
    """The statements of a named graph that are distinct already, however many; their number goes to ``sizes``."""
    sizes[name] = 0
    for statement in said:
        sizes[name] += 1
        yield Quad(*statement, name)


def of_speech(extraction: Extraction, names: Names, *, mentions: bool = True) -> Iterator[Statement]:
    """What one speech says; statements may come more than once.

    Without ``mentions`` it names each entity once, and does not say where: claims keep their passages.
    """
    speech = extraction.speech
    yield from statements.speech(speech, extraction, names)
    for section in extraction.sections:
        yield from statements.section(section, speech, names)
    for entity in extraction.entities:
        yield from statements.entity(entity, speech, names)
        if mentions:
            yield from statements.mentions(entity, speech, names)
        elif entity.mentions:
            yield names("speech", speech.id), term("schema:mentions"), names.entity(entity.id)
    yield from _claims(extraction, names)


def _claims(extraction: Extraction, names: Names) -> Iterator[Statement]:
    for expansion in extraction.expansions:
        yield from statements.expansion(expansion, extraction.speech, names)
    for directive in extraction.directives:
        yield from statements.directive(directive, extraction.speech, names)
    for relation in extraction.relations:
        yield from statements.relation(relation, extraction.speech, names)


def of_lexicon(graph: KnowledgeGraph, extraction: Extraction, names: Names) -> Iterator[Statement]:
    """What the lexicon says of the entities in ``graph.nodes``: it knows far more than the speeches talk about."""
    source = names.source(LEXICON)
    yield source, term("rdf:type"), term("prov:Entity")
    yield source, term("dcterms:identifier"), Literal(LEXICON)
    yield source, term("rdfs:label"), statements.chinese("词库")
    yield source, term("rdfs:label"), Literal("lexicon", language="en")
    yield source, term("schema:version"), Literal(extraction.speech.source.sha256)
    concerned = graph.nodes
    for entity in extraction.entities:
        if entity.id in concerned:
            yield from statements.entity(entity, extraction.speech, names)
    kept = Extraction(
        extraction.speech,
        expansions=[x for x in extraction.expansions if x.slogan in concerned],
        directives=[d for d in extraction.directives if d.issuer in concerned],
        relations=[r for r in extraction.relations if r.subject in concerned],
    )
    yield from _claims(kept, names)


def _derived(graph: KnowledgeGraph, names: Names) -> Iterator[Statement]:
    yield from statements.schemes(names)
    years = {id_: year for id_, speech in graph.speeches.items() if (year := statements.year_of(speech)) is not None}
    speeches_in = Counter(years.values())
    slogans = Counter(
        s for id_, node in graph.nodes.items() if id_.type == "Slogan" for s, n in node.speeches.items() if n
    )
    for speech_id in graph.speeches:
        yield statements.slogan_count(speech_id, slogans[speech_id], names)
    for node in graph.nodes.values():
        yield from statements.node(node, graph.nodes, names)
        yield from statements.uses(node, years, speeches_in, names)
    counted = comention.sentences(e for id_, e in graph.extractions.items() if id_ != LEXICON)
    for pair, counts in graph.comentions.items():
        if counts.sentences or counts.speeches > 1:
            strength = comention.pmi(pair, counts.sentences, counted) if counts.sentences >= SUPPORT else None
            yield from statements.comention(pair, counts, strength, names)
    for speeches, likeness in measures.alike(graph).items():
        yield from statements.likeness(speeches, likeness, names)


class Facts(NamedTuple):
    """What the description of the data set counts: speeches, entities by type, pairs of entities left out."""

    speeches: int
    entities: dict[EntityType, int]
    left_out: int
    lexicon: bool


def _dataset(
    graph: KnowledgeGraph, sizes: dict[NamedNode, int], names: Names, parameters: Parameters
) -> Iterator[Statement]:
    """The description of the data set and of its named graphs (VoID), and what made it (PROV)."""
    left_out = sum(1 for c in graph.comentions.values() if not c.sentences and c.speeches < 2)
    types = Counter(id_.type for id_ in graph.nodes)
    yield from dataset(Facts(len(graph.speeches), types, left_out, LEXICON in graph.extractions), names, parameters)
    for name, size in sizes.items():
        yield from subset(name, size, names)
    for speech_id in graph.speeches:
        yield topic(speech_id, names)


def dataset(facts: Facts, names: Names, parameters: Parameters = MappingProxyType({})) -> Iterator[Statement]:
    """The description of the data set but for its named graphs, and of the run that made it."""
    node = NamedNode(f"{names.base}dataset")
    activity, agent = names("activity", "extraction"), names("agent", "kg")
    yield node, term("rdf:type"), term("void:Dataset")
    yield node, term("rdf:type"), term("dcat:Dataset")
    yield node, term("dcterms:title"), statements.chinese("讲话知识图谱")
    yield node, term("dcterms:title"), Literal("Knowledge graph of speeches", language="en")
    zh, en = (
        "由讲话文本抽取的提法、活动、机构、文件、会议、人物、地点、时间及其关系，每条均附原文出处。",
        "Slogans, campaigns, bodies, documents, meetings, people, places and times named in speeches, and what the "
        "speeches say of them; every statement carries the words it came from.",
    )
    if facts.left_out:
        zh += f"仅在同一篇讲话的同一部分而不在同一句中共现的{facts.left_out}对实体未列入。"
        en += f" {facts.left_out} pairs of entities that share a section of a single speech, but no sentence, are left out."
    yield node, term("dcterms:description"), statements.chinese(zh)
    yield node, term("dcterms:description"), Literal(en, language="en")
    for language, words in RIGHTS.items():
        yield node, term("dcterms:rights"), Literal(words, language=language)
    yield node, term("void:uriSpace"), Literal(names.base)
    yield node, term("void:documents"), Literal(facts.speeches)
    yield node, term("void:entities"), Literal(sum(facts.entities.values()))
    for namespace in VOCABULARIES.values():
        yield node, term("void:vocabulary"), NamedNode(namespace)
    for type_, count in sorted(facts.entities.items()):
        partition = NamedNode(f"{names.base}dataset/{type_.lower()}")
        yield node, term("void:classPartition"), partition
        yield partition, term("void:class"), term(CLASSES[type_][0])
        yield partition, term("void:entities"), Literal(count)
    yield node, term("prov:wasGeneratedBy"), activity
    yield activity, term("rdf:type"), term("prov:Activity")
    yield activity, term("prov:wasAssociatedWith"), agent
    yield agent, term("rdf:type"), term("prov:SoftwareAgent")
    yield agent, term("schema:name"), Literal("kg")
    yield agent, term("schema:softwareVersion"), Literal(__version__)
    if facts.lexicon:
        yield activity, term("prov:used"), names.source(LEXICON)
    for name, value in sorted(parameters.items()):
        parameter = names("parameter", name)
        yield activity, term("prov:used"), parameter
        yield parameter, term("rdf:type"), term("prov:Entity")
        yield parameter, term("rdf:type"), term("schema:PropertyValue")
        yield parameter, term("schema:name"), Literal(name)
        yield parameter, term("schema:value"), statements.decimal(value) if type(value) is float else Literal(value)


def subset(name: NamedNode, size: int, names: Names) -> Iterator[Statement]:
    """A named graph as part of the data set, with its number of triples."""
    yield NamedNode(f"{names.base}dataset"), term("void:subset"), name
    yield name, term("rdf:type"), term("void:Dataset")
    yield name, term("void:triples"), Literal(size)


def topic(speech_id: str, names: Names) -> Statement:
    """Which speech a named graph is about."""
    return NamedNode(graph_iri(speech_id, names.base)), term("foaf:primaryTopic"), names("speech", speech_id)


def write(
    graph: KnowledgeGraph, folder: Path, base: str = DEFAULT_BASE, parameters: Parameters = MappingProxyType({})
) -> int:
    """Write ``graph.nq``, ``graph.ttl``, ``graph.jsonld`` and ``store/`` into ``folder``; return the number of quads.

    The files are made of sorted statements: the same graph gives the same bytes, whatever order it was built in.
    ``graph.nq`` has the named graphs, ``graph.ttl`` and ``graph.jsonld`` the union of them as triples. The store has
    both: the named graphs, and their union as its default graph. An old ``store/`` is replaced. ``parameters`` are those
    of the run that extracted: the description of the data set says them.

    Raises:
        ValueError: ``base`` is no IRI that data can be minted under.
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    with sorted_lines(lines_of(quads(graph, base, parameters))) as ordered, opened(folder / NQUADS) as out:
        for line in ordered:
            out.write(line + "\n")
            count += 1
    with ThreadPoolExecutor(1) as beside:  # Oxigraph loads without the GIL, and takes as long as writing the files
        named = beside.submit(_load_named, folder / NQUADS, folder / STORE)
        with opened(folder / TURTLE) as out:
            write_turtle(triples(read_lines(folder / NQUADS)), out, prefixes(base))
        union = beside.submit(_load_union, named, folder / TURTLE)
        del named  # or the store would not be closed
        with opened(folder / JSONLD) as out:
            write_jsonld(triples(read_lines(folder / NQUADS)), out, prefixes(base))
        union.result()
    seal(folder / STORE)
    return count


def load_store(folder: Path) -> None:
    """Make ``folder/store`` of the files beside it."""
    named: Future[Store] = Future()
    named.set_result(_load_named(folder / NQUADS, folder / STORE))
    _load_union(named, folder / TURTLE)
    del named
    seal(folder / STORE)


def seal(store: Path) -> None:
    """Note of which files a store consists, once it is closed."""
    (store / SEAL).write_text(json.dumps(_files(store)), "utf-8")


def untouched(store: Path) -> bool:
    """Whether a store is as its build left it: nobody has opened it for writing, nor copied it without its times."""
    try:
        found: object = json.loads((store / SEAL).read_bytes())
        return found == _files(store)
    except (OSError, ValueError):
        return False


def _files(store: Path) -> dict[str, list[int]]:
    """Size and time of the files of a store, but for logs, locks and settings."""
    about = ((f.name, f.stat()) for f in store.iterdir() if f.name != SEAL and not f.name.startswith(TALK))
    return {name: [stat.st_size, stat.st_mtime_ns] for name, stat in sorted(about)}


def read_lines(nquads: Path) -> Iterator[str]:
    """Yield the lines of an N-Quads file, without line ends."""
    with nquads.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            yield line[:-1]


def _load_named(nquads: Path, folder: Path) -> Store:
    """A new store at ``folder``, in place of what is there, with the named graphs."""
    if folder.exists():
        shutil.rmtree(folder)
    store = Store(str(folder))
    store.bulk_load(path=str(nquads), format=RdfFormat.N_QUADS)
    return store


def _load_union(named: Future[Store], turtle: Path) -> None:
    """Load the union of the named graphs into the default graph, and close the store.

    Oxigraph's own union of graphs repeats a triple that several graphs have: counts would be wrong and joins slow.
    """
    store = named.result()
    store.bulk_load(path=str(turtle), format=RdfFormat.TURTLE)
    store.optimize()
    store.flush()
