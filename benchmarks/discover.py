"""Does ``kg discover`` find what a curator would take? Of its best N without a lexicon, how many the lexicon has.

    benchmarks/discover.py [PATHS…]

The built-in lexicon is withheld and serves as the answer. It lists what is certain, not all that is fixed: the share is
a lower bound, good for comparing ways to rank.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from kg import corpus
from kg.discover import Candidate, discover
from kg.lexicon import Lexicon, load
from kg.model import EntityType, Speech

ROOT = Path(__file__).resolve().parents[1]
TYPES: tuple[EntityType, ...] = ("Slogan", "Campaign", "Body", "Document", "Meeting")


def known(candidate: Candidate, lexicon: Lexicon) -> bool:
    return any(lexicon.all(type_, candidate.phrase) for type_ in TYPES)


def share(candidates: Sequence[Candidate], lexicon: Lexicon) -> float:
    return sum(known(c, lexicon) for c in candidates) / len(candidates) if candidates else 0.0


def main() -> None:
    reports = ROOT.parent / "shared" / "texts" / "reports"
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("paths", nargs="*", type=Path, default=[reports if reports.exists() else ROOT / "seeds"])
    speeches = [s for s in corpus.read(parser.parse_args().paths) if isinstance(s, Speech)]
    begin = time.perf_counter()
    found = discover(speeches, load(builtin=False), top=1_000_000)
    seconds = time.perf_counter() - begin
    lexicon = load()
    size = sum(len(s.text) for s in speeches)
    print(f"{len(speeches)} speeches, {size:,} characters, {len(found):,} candidates, {seconds:.1f} s\n")
    orders = {
        "score": found,
        "frequency": sorted(found, key=lambda c: -c.frequency),
        "cohesion": sorted(found, key=lambda c: -(c.cohesion or 0)),
        "boundary entropy": sorted(found, key=lambda c: -min(c.left, c.right)),
        "quoted": sorted(found, key=lambda c: (-c.quoted, -c.frequency)),
    }
    print("| ranked by | first 20 | first 50 | first 100 | first 200 |")
    print("|---|---:|---:|---:|---:|")
    for name, order in orders.items():
        print(f"| {name} | " + " | ".join(f"{share(order[:n], lexicon):.2f}" for n in (20, 50, 100, 200)) + " |")


if __name__ == "__main__":
    main()
