"""Which entries occur nowhere in given texts: a list for the editor, who looks at each of them twice.

    python -m kg.lexicon.unused PATHS… [--type Slogan]

An entry that no text uses may still be right; it may also be misspelt, or invented. Places below the prefecture are
counted but not listed.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator

from kg.lexicon import Entry, Lexicon, load


def unused(lexicon: Lexicon, texts: Iterable[str]) -> Iterator[Entry]:
    """Yield the entries of which none of the ``texts`` (folded) writes any form, in the lexicon's order."""
    used = {(m.entry.type, m.entry.name) for text in texts for m in lexicon.find(text)}
    return (entry for entry in lexicon.entries if (entry.type, entry.name) not in used)


def main(arguments: list[str] | None = None) -> int:
    """Print the entries that occur nowhere, one a line, and on stderr the counts by type."""
    from kg.corpus import read  # an editor's tool may stand on the corpus; the lexicon itself does not
    from kg.model import Speech

    parser = argparse.ArgumentParser(prog="python -m kg.lexicon.unused", description=__doc__.split("\n")[0])
    parser.add_argument("paths", nargs="+", metavar="PATHS")
    parser.add_argument("--type", dest="only", help="only entries of this type")
    options = parser.parse_args(arguments)
    lexicon = load()
    texts = (item.folded for item in read(options.paths) if isinstance(item, Speech))
    missing = [entry for entry in unused(lexicon, texts) if options.only in (None, entry.type)]
    for entry in missing:
        if entry.type != "Place" or entry.level not in ("县",):
            print(entry.type, entry.name, sep="\t")
    total = Counter(entry.type for entry in lexicon.entries)
    absent = Counter(entry.type for entry in missing)
    for kind, count in sorted(absent.items()):
        print(f"{kind}: {count} of {total[kind]} occur nowhere", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
