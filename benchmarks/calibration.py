"""How far to trust a finding's confidence: each rule's measured share, and a reliability table, leaving texts out.

    benchmarks/calibration.py [--write]

Every finding of ``kg`` in the annotated texts is right or wrong by the strict scorer. A rule's confidence is the share
of its findings that were right, drawn towards the share of its kind as if twenty more of that kind had been seen. The
reliability table judges the findings of each text by shares measured on the other texts only. ``--write`` puts the
shares of all texts into kg/extract/confidence.py, and the tables into docs/extraction.md.
"""

from __future__ import annotations

import argparse
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import _gold
from scores import DOC, put

from kg.evaluate import as_gold, compare
from kg.extract import confidence, extract
from kg.extract.confidence import graded
from kg.model import ENTITY_TYPES, PREDICATES, Extraction

PRIOR = 20
"""As many findings of its kind are added to those of a rule: of 2 to 40 the number with the best Brier score."""

MOST = 0.99
BINS = (0.0, 0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 0.97, 1.0)
KINDS = (*ENTITY_TYPES, "expansion", "directive", *PREDICATES)
FAMILIES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("entities", ENTITY_TYPES, "entities"),
    ("expansions", ("expansion",), "expansions"),
    ("directives", ("directive",), "directives"),
    ("relations", PREDICATES, "relations"),
)
TABLE = Path(confidence.__file__)


class Finding(NamedTuple):
    """A finding of one text: the kind and rules under which it is measured, the best of their own figures, and the verdict."""

    doc: str
    kind: str
    rules: frozenset[str]
    own: float
    right: bool


class Share(NamedTuple):
    right: int
    of: int

    @property
    def rate(self) -> float:
        return self.right / self.of if self.of else 0.0


def wilson(share: Share, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927), which holds for few findings and for shares near 1 too."""
    n, p = share.of, share.rate
    if not n:
        return 0.0, 1.0
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def findings() -> Iterator[Finding]:
    """Everything that the program finds in the annotated texts, judged."""
    for of in _gold.present():
        golds = _gold.golds(of)
        for speech in _gold.speeches(of):
            # the rules' own figures, not those that an earlier run has put in their place
            x = extract(speech, _gold.lexicon(True), measured={})
            gold = {speech.doc: golds[speech.doc]}
            outcomes = compare(gold, {speech.doc: as_gold(x)}, "strict")
            wrong = Counter((o.measure, o.predicted) for o in outcomes if o.gold is None)
            yield from _judged(speech.doc, x, wrong)


def _judged(doc: str, x: Extraction, wrong: Counter[tuple[str, str | None]]) -> Iterator[Finding]:
    names = {e.id: e.name for e in x.entities}
    seen: set[tuple[str, str]] = set()

    def finding(measure: str, name: str, kind: str, rules: Iterable[tuple[str, float]]) -> Iterator[Finding]:
        if (measure, name) in seen:  # what the text says twice in the same words is one
            return
        seen.add((measure, name))
        graded_rules = [(graded(rule, own), own) for rule, own in rules]
        own = max(own for _, own in graded_rules)
        yield Finding(doc, kind, frozenset(rule for rule, _ in graded_rules), own, not wrong[measure, name])

    for e in x.entities:
        yield from finding(e.id.type, e.name, e.id.type, ((m.rule, m.confidence) for m in e.mentions))
    for c in x.expansions:
        yield from finding("expansion whole", names[c.slogan], "expansion", [(c.rule, c.confidence)])
    for d in x.directives:
        yield from finding("directives", f"{names[d.issuer]}: {d.content}", "directive", [(d.rule, d.confidence)])
    for r in x.relations:
        name = f"{names[r.subject]} {r.predicate} {names[r.object]}"
        yield from finding("relations", name, r.predicate, [(r.rule, r.confidence)])


def shares(found: Iterable[Finding]) -> dict[str, dict[str, Share]]:
    """Kind → rule → how many findings with that rule there are and were right; under "" those of the kind."""
    counts: dict[tuple[str, str], Counter[bool]] = defaultdict(Counter)
    for f in found:
        for rule in ("", *f.rules):
            counts[f.kind, rule][f.right] += 1
    table: dict[str, dict[str, Share]] = {kind: {} for kind in KINDS}
    for (kind, rule), c in sorted(counts.items()):
        table[kind][rule] = Share(c[True], c.total())
    return table


def measured(found: Iterable[Finding]) -> dict[str, dict[str, float]]:
    """The table of kg/extract/confidence.py."""
    return {
        kind: {
            rule: min(MOST, round((s.right + PRIOR * rules[""].rate) / (s.of + PRIOR), 2))
            for rule, s in rules.items()
            if rule
        }
        for kind, rules in shares(found).items()
    }


def told(finding: Finding, table: dict[str, dict[str, float]]) -> float:
    """The confidence that a finding gets by a table: that of its surest rule, or its own where none was measured."""
    return max((table[finding.kind].get(rule, finding.own) for rule in finding.rules), default=finding.own)


def left_out(found: Sequence[Finding]) -> Iterator[tuple[Finding, float]]:
    """Each finding with the confidence that the other texts alone give it."""
    for doc in dict.fromkeys(f.doc for f in found):
        table = measured(f for f in found if f.doc != doc)
        yield from ((f, told(f, table)) for f in found if f.doc == doc)


def reliability(pairs: Iterable[tuple[Finding, float]]) -> Iterator[str]:
    """Markdown: how many of the findings of each stretch of confidence were right."""
    bins: dict[int, list[tuple[bool, float]]] = defaultdict(list)
    for f, c in pairs:
        bins[max(i for i, low in enumerate(BINS[:-1]) if c >= low)].append((f.right, c))
    yield "| confidence | findings | mean | right | 95 % interval |"
    yield "|---|---:|---:|---:|---|"
    for i, members in sorted(bins.items()):
        share = Share(sum(right for right, _ in members), len(members))
        low, high = wilson(share)
        mean = sum(c for _, c in members) / len(members)
        yield f"| {BINS[i]:.2f}–{BINS[i + 1]:.2f} | {share.of} | {mean:.2f} | {share.rate:.2f} | {low:.2f}–{high:.2f} |"


def told_apart(pairs: Sequence[tuple[Finding, float]]) -> Iterator[str]:
    """Markdown: the reliability of all findings, then of each family in three stretches."""
    yield from reliability(pairs)
    yield ""
    yield "| | below 0.8: findings, right | 0.8–0.9: findings, right | from 0.9: findings, right |"
    yield "|---|---:|---:|---:|"
    for title, kinds, _ in FAMILIES:
        cells = []
        for low, high in ((0.0, 0.8), (0.8, 0.9), (0.9, 1.01)):
            right = [f.right for f, c in pairs if f.kind in kinds and low <= c < high]
            cells.append(f"{len(right)}, {sum(right) / len(right):.2f}" if right else "–")
        yield f"| {title} | " + " | ".join(cells) + " |"


def error(pairs: Sequence[tuple[Finding, float]]) -> float:
    """The expected calibration error: how far confidence and share lie apart, weighed by findings."""
    bins: dict[int, list[float]] = defaultdict(list)
    for f, c in pairs:
        bins[max(i for i, low in enumerate(BINS[:-1]) if c >= low)].append(c - f.right)
    return sum(abs(sum(gaps)) for gaps in bins.values()) / len(pairs)


def rules(found: Iterable[Finding]) -> Iterator[str]:
    """Markdown: every rule with what it was worth."""
    found = list(found)
    table = measured(found)
    yield "| kind | rule | right | of | share | 95 % interval | confidence |"
    yield "|---|---|---:|---:|---:|---|---:|"
    for kind, by_rule in shares(found).items():
        for rule, share in by_rule.items():
            low, high = wilson(share)
            told_ = f"{table[kind][rule]:.2f}" if rule else ""
            name = rule or "*all*"
            yield f"| {kind} | {name} | {share.right} | {share.of} | {share.rate:.2f} | {low:.2f}–{high:.2f} | {told_} |"


def thresholds(pairs: Sequence[tuple[Finding, float]], kinds: Sequence[str], gold: int) -> Iterator[str]:
    """Markdown: what ``--min-confidence`` would do to precision, recall and F1 of some kinds (``gold`` items)."""
    yield "| least | precision | recall | F1 |"
    yield "|---:|---:|---:|---:|"
    for least in (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95):
        kept = [f.right for f, c in pairs if f.kind in kinds and c >= least]
        p, r = (sum(kept) / len(kept) if kept else 0.0), sum(kept) / gold
        yield f"| {least:.2f} | {p:.3f} | {r:.3f} | {2 * p * r / (p + r) if p + r else 0:.3f} |"


def write(found: Iterable[Finding]) -> None:
    """Put the table into kg/extract/confidence.py."""
    lines = ["MEASURED: Measured = {"]
    for kind, by_rule in measured(found).items():
        lines.append(f'    "{kind}": {{')
        lines += [f'        "{rule}": {value:.2f},' for rule, value in by_rule.items()]
        lines.append("    },")
    lines.append("}  # fmt: skip")
    source = TABLE.read_text("utf-8")
    new, n = re.subn(r"^MEASURED: Measured = \{\n.*?^\}  # fmt: skip$", "\n".join(lines), source, flags=re.M | re.S)
    if n != 1:
        raise SystemExit(f"{TABLE}: no table to replace")
    TABLE.write_text(new, "utf-8")
    print(f"{TABLE.name}: {sum(map(len, measured(found).values()))} rules")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="put the shares into kg/extract/confidence.py")
    arguments = parser.parse_args()
    found = list(findings())
    pairs = list(left_out(found))
    if arguments.write:
        write(found)
        put(DOC, {"reliability": told_apart(pairs)})
        return
    own = [(f, f.own) for f in found]
    print(f"{len(found)} findings in {len({f.doc for f in found})} texts\n")
    for title, some in (("measured on the other texts", pairs), ("the rules' own figures", own)):
        print(f"### Reliability, {title}: expected calibration error {error(some):.3f}\n")
        print(*reliability(some), sep="\n", end="\n\n")
    for title, kinds, field in FAMILIES:
        print(f"### {title}\n")
        print(*reliability([(f, c) for f, c in pairs if f.kind in kinds]), sep="\n", end="\n\n")
        gold = sum(len(g[field]) for of in _gold.present() for g in _gold.golds(of).values())
        print(*thresholds(pairs, kinds, gold), sep="\n", end="\n\n")
    print("### Rules\n")
    print(*rules(found), sep="\n")


if __name__ == "__main__":
    main()
