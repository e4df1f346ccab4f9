"""Where ids become IRIs: the namespaces, and the one function that mints.

``{base}{kind}/{segment}/{segment}…``: every segment is percent-encoded by itself, so that two different ids never give
one IRI. Letters and digits of any script and the usual Chinese punctuation stay readable (IRIs allow them, and rdflib,
Oxigraph and Jena take them as they are); everything else, "%", white space and what lies beyond the Basic Multilingual
Plane included (Jena's reader of N-Triples looks at halves of such characters), becomes UTF-8 %XX.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from hashlib import sha256
from unicodedata import is_normalized
from urllib.parse import quote

from pyoxigraph import NamedNode

from kg.model import ENTITY_TYPES, EntityId

DEFAULT_BASE = "https://speech-kg.example/"
"""Under which data IRIs are minted when the user names no base of their own."""

KG = "https://speech-kg.example/ontology#"
"""The namespace of our own terms. It is a constant: another base renames the data, not the vocabulary."""

EDTF = "http://id.loc.gov/datatypes/edtf"
"""The datatype of Extended Date/Time Format literals (2018-07, 2024-XX, 2021/2025)."""

NQUADS = "graph.nq"
TURTLE = "graph.ttl"
JSONLD = "graph.jsonld"
STORE = "store"
"""What an output folder holds of RDF: the named graphs, their union in two formats, and both as a store."""

VOCABULARIES: dict[str, str] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "kg": KG,
    "oa": "http://www.w3.org/ns/oa#",
    "ontolex": "http://www.w3.org/ns/lemon/ontolex#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

KINDS: tuple[str, ...] = (
    *(type_.lower() for type_ in ENTITY_TYPES),
    *("speech", "section", "passage", "mention", "form", "expansion", "directive", "claim", "membership"),
    *(
        "role",
        "level",
        "system",
        "scheme",
        "instant",
        "source",
        "comention",
        "usage",
        "use",
        "likeness",
        "graph",
        "activity",
        "agent",
        "parameter",
    ),
)
"""The first path segment of every data IRI; each is also a prefix of the Turtle and JSON-LD files."""

PREFIX_OF_KIND = {"time": "period"}
"""``time:`` is OWL-Time's, so the prefix of our times is another one."""

_PLAIN = re.compile(r"[A-Za-z0-9._~:\-《》〈〉、。，：；！？（）·]|(?![\U00010000-\U0010ffff])[^\W_]")
_DOTS = re.compile(r"\.{1,2}")
_BASE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`%?#]+[/:#]")


@lru_cache(maxsize=1 << 16)
def segment(text: str) -> str:
    """One path segment of an IRI for any text: reversible, and never "." or "..".

    >>> segment("三个表率"), segment("50% a/b"), segment("..")
    ('三个表率', '50%25%20a%2Fb', '%2E%2E')
    """
    if _DOTS.fullmatch(text):
        return text.replace(".", "%2E")
    encoded = "".join(c if _PLAIN.fullmatch(c) else quote(c, safe="") for c in text)
    # Software on the way may normalise IRIs: what normalisation would change is not left to it.
    return encoded if is_normalized("NFC", encoded) else quote(text, safe="")


def mint(base: str, kind: str, *segments: str) -> str:
    """The IRI ``{base}{kind}/{segments}``."""
    return f"{base}{kind}/{'/'.join(map(segment, segments))}"


def entity_path(id_: EntityId) -> tuple[str, ...]:
    """Kind and segments of an entity: its scope's parts, then its key.

    >>> entity_path(EntityId("Body", "place:浙江省/绍兴市", "市委"))
    ('body', 'place:浙江省', '绍兴市', '市委')
    """
    scope = id_.scope.split("/") if id_.scope else []
    return (id_.type.lower(), *scope, id_.key)


def iri(id_: EntityId, base: str = DEFAULT_BASE) -> str:
    """The IRI of an entity. Equal ids give equal IRIs, in every run and on every machine.

    >>> iri(EntityId("Body", "place:浙江省/绍兴市", "市委"))
    'https://speech-kg.example/body/place:浙江省/绍兴市/市委'
    """
    return mint(base, *entity_path(id_))


def speech_iri(speech_id: str, base: str = DEFAULT_BASE) -> str:
    """The IRI of a speech (not of the named graph that holds what it says)."""
    return mint(base, "speech", speech_id)


def graph_iri(speech_id: str, base: str = DEFAULT_BASE) -> str:
    """The IRI of the named graph of a speech."""
    return mint(base, "graph", "speech", speech_id)


def lexicon_graph_iri(base: str = DEFAULT_BASE) -> str:
    """The IRI of the named graph that holds what the lexicon says."""
    return mint(base, "graph", "lexicon")


def derived_graph_iri(base: str = DEFAULT_BASE) -> str:
    """The IRI of the named graph that holds what was counted over all speeches."""
    return mint(base, "graph", "derived")


def digest(*fields: object) -> str:
    """Eight hex digits that tell statements with the same span apart: made of content only, so stable."""
    return sha256("\x1f".join(map(str, fields)).encode("utf-8", "surrogatepass")).hexdigest()[:8]


def prefixes(base: str = DEFAULT_BASE) -> dict[str, str]:
    """All prefixes that the exports use and queries may use without declaring: vocabularies, then kinds of data."""
    return VOCABULARIES | {PREFIX_OF_KIND.get(kind, kind): f"{base}{kind}/" for kind in KINDS}


def check_base(base: str) -> str:
    """``base`` if data can be minted under it.

    Raises:
        ValueError: it is no absolute IRI that ends in "/", ":" or "#", or it lies inside a vocabulary.
    """
    if not _BASE.fullmatch(base):
        raise ValueError(f"base {base!r} will not do: give an absolute IRI that ends in '/', such as {DEFAULT_BASE}")
    for prefix, namespace in VOCABULARIES.items():
        if base.startswith(namespace):
            raise ValueError(
                f"base {base!r} lies inside the vocabulary {prefix}: ({namespace}); choose one of your own"
            )
    NamedNode(base)  # raises ValueError where Oxigraph would not take it
    return base


@cache
def term(curie: str) -> NamedNode:
    """A vocabulary term by its prefixed name: ``term("skos:prefLabel")``.

    Raises:
        KeyError: the prefix is none of ``VOCABULARIES``.
    """
    prefix, name = curie.split(":", 1)
    return NamedNode(VOCABULARIES[prefix] + name)
