"""Draw ``docs/img/model.svg``: the classes and properties of our own vocabulary, from ``kg/rdf/ontology.ttl``.

python docs/diagram.py            draw it (needs Graphviz: on Debian, apt-get install graphviz fonts-noto-cjk)
python docs/diagram.py --check    status 1 if it is out of date (needs no Graphviz)

Every class is a box with the properties that it can have. What all entities can have stands in a box of its own. Arrows
go from a property to the one class that it leads to; where there are several, they are named in the box.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SDO, Graph, URIRef
from rdflib.term import Node

from kg.rdf.names import EDTF, KG, VOCABULARIES
from kg.rdf.store import shorten

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "img" / "model.svg"
ENTITY = "entity"
"""The box of what all entities can have."""

FONT = "Noto Sans CJK SC"
COLOURS = {"entity": "#dbe9f6", "text": "#fdebd0", "count": "#e2f0d9", "other": "#f2f2f2"}


class Model:
    """The vocabulary as boxes and rows."""

    def __init__(self, ontology: Graph) -> None:
        self.graph = ontology
        self.entities = self.stated(URIRef(KG + "hasForm"), RDFS.domain, SDO.domainIncludes)
        self.rows: dict[str, list[tuple[URIRef, list[str]]]] = {}
        for property_ in sorted(ontology.subjects(RDF.type, RDF.Property)):
            assert isinstance(property_, URIRef)
            targets = self.boxes(self.stated(property_, RDFS.range, SDO.rangeIncludes))
            for box in self.boxes(self.stated(property_, RDFS.domain, SDO.domainIncludes)):
                self.rows.setdefault(box, []).append((property_, targets))
                if len(targets) == 1 and not targets[0].startswith(("xsd:", "rdf:")):
                    self.rows.setdefault(targets[0], [])
        for class_ in ontology.subjects(RDF.type, OWL.Class):
            self.rows.setdefault(self.name(class_), [])

    def stated(self, property_: Node, *predicates: URIRef) -> set[Node]:
        """The classes or datatypes at one end of a property."""
        return {node for predicate in predicates for node in self.graph.objects(property_, predicate)}

    def name(self, node: Node) -> str:
        """The prefixed name, without ``kg:`` for our own."""
        return shorten(str(node), VOCABULARIES | {"edtf": EDTF}).removeprefix("kg:").removesuffix(":")

    def boxes(self, nodes: set[Node]) -> list[str]:
        """The names of some classes, with one name for all entities."""
        if len(nodes & self.entities) > 5:
            return sorted([ENTITY, *map(self.name, nodes - self.entities)])
        return sorted(map(self.name, nodes))

    def words(self, node: Node) -> tuple[str, str]:
        """Its Chinese and English labels."""
        labels = {getattr(label, "language", ""): str(label) for label in self.graph.objects(node, RDFS.label)}
        return labels.get("zh", ""), labels.get("en", "")

    def kind(self, box: str) -> str:
        """Which colour a box has, by what it is made of."""
        node = URIRef(KG + box)
        ancestors = set(self.graph.transitive_objects(node, RDFS.subClassOf))
        if box == ENTITY or ancestors & self.entities:
            return "entity"
        if URIRef(KG + "of") in {p for p, _ in self.rows[box]} or box == "Likeness":
            return "count"
        return "text" if node in set(self.graph.subjects(RDF.type, OWL.Class)) else "other"


def dot(model: Model) -> str:
    """The diagram in Graphviz's language."""
    lines = [
        "digraph model {",
        '  graph [rankdir=LR, nodesep=0.25, ranksep=1.1, splines=true, bgcolor="white"]',
        f'  node [shape=plain, fontname="{FONT}", fontsize=10]',
        '  edge [color="#5b6b7b", arrowsize=0.7]',
    ]
    for box in sorted(model.rows):
        lines.append(f'  "{box}" [label=<{table(box, model)}>]')
        lines += (
            f'  "{box}":"{model.name(p)}" -> "{targets[0]}"' for p, targets in model.rows[box] if leads(targets, model)
        )
        for parent in sorted(map(model.name, model.graph.objects(URIRef(KG + box), RDFS.subClassOf))):
            if parent in model.rows and ":" not in parent:
                lines.append(f'  "{box}" -> "{parent}" [arrowhead=empty, style=dashed]')
    lines += (f'  "{model.name(e)}" -> "{ENTITY}" [arrowhead=empty, style=dashed]' for e in sorted(model.entities))
    return "\n".join((*lines, "}", ""))


def leads(targets: list[str], model: Model) -> bool:
    """Whether an arrow is drawn to where a property leads."""
    return len(targets) == 1 and targets[0] in model.rows


def table(box: str, model: Model) -> str:
    """A box: its names, what it specialises, its properties."""
    node = URIRef(KG + box)
    zh, en = ("实体", "any of the eight kinds") if box == ENTITY else model.words(node)
    title = box if box == ENTITY or ":" in box else f"kg:{box}"
    above = sorted(
        shorten(str(c), VOCABULARIES) for c in model.graph.objects(node, RDFS.subClassOf) if KG not in str(c)
    )
    head = f"<b>{escape(title)}</b>  {escape(' '.join(filter(None, (zh, en))))} &#160;"
    rows = [f'<tr><td bgcolor="{COLOURS[model.kind(box)]}" align="left" port="head">{head}</td></tr>']
    if above:
        rows.append(
            f'<tr><td align="left"><font point-size="8" color="#666666">⊑ {escape(", ".join(above))}</font></td></tr>'
        )
    rows += (
        f'<tr><td align="left" port="{model.name(p)}">{"".join(row(p, targets, model))}</td></tr>'
        for p, targets in model.rows[box]
    )
    return f'<table border="1" cellborder="0" cellspacing="0" cellpadding="2" color="#5b6b7b">{"".join(rows)}</table>'


def row(property_: URIRef, targets: list[str], model: Model) -> Iterator[str]:
    """A property in a box: its name, its Chinese label, what it refines, where it leads."""
    zh, _ = model.words(property_)
    yield f'{escape(model.name(property_))} <font color="#9a3412">{escape(zh)}</font>'
    refined = sorted(map(model.name, model.graph.objects(property_, RDFS.subPropertyOf)))
    if refined:
        yield f' <font point-size="8" color="#666666">⊑ {escape(", ".join(refined))}</font>'
    yield f' <font color="#1d4ed8">→ {escape(", ".join(targets))}</font> &#160;'


def main() -> int:
    """Draw or check the picture; the exit status."""
    source = dot(Model(Graph().parse(ROOT / "kg" / "rdf" / "ontology.ttl")))
    mark = f"<!-- made by docs/diagram.py from {hashlib.sha256(source.encode()).hexdigest()} -->\n"
    if "--check" in sys.argv:
        return int(not PICTURE.read_text("utf-8").endswith(mark))
    try:
        drawn = subprocess.run(["dot", "-Tsvg"], input=source, capture_output=True, text=True, check=True).stdout
    except FileNotFoundError:
        print("Graphviz is not installed: on Debian, apt-get install graphviz fonts-noto-cjk", file=sys.stderr)
        return 1
    PICTURE.write_text(drawn.replace(f'font-family="{FONT}"', f'font-family="{FONT},sans-serif"') + mark, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
