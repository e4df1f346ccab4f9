"""What exports cost: triples a second of our writers and of rdflib's serialisers on the same graph, in one run.

    python benchmarks/rdf.py [OUT ...] [--triples N]

Each OUT is an output folder of ``kg build``; the seeds are built in any case. Both sides start from statements in memory,
of the last folder, and end with a file; the best of three runs counts, in seconds of processor time. Peak memory is that
of ``kg export`` in a process of its own, for every folder: several of different sizes show whether it grows.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import rdflib
from pyoxigraph import RdfFormat, parse

from kg.build import build
from kg.rdf.export import read_lines
from kg.rdf.lines import Statement, by_graph, from_graph, opened, triples, write_jsonld, write_trig, write_turtle
from kg.rdf.names import NQUADS, prefixes

ROOT = Path(__file__).parents[1]
RUNS = 3
FORMATS = ("nt", "nq", "ttl", "trig", "jsonld", "rdf")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", nargs="*", type=Path)
    parser.add_argument("--triples", type=int, default=100_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        seeds = folder / "seeds"
        build([ROOT / "seeds"], seeds)
        outs = [seeds, *arguments.out]
        compare(outs[-1], folder, arguments.triples)
        print("\npeak memory of kg export, MB")
        print(f"{'data':16} {'quads':>10} " + " ".join(f"{format:>7}" for format in FORMATS))
        for out in outs:
            quads = sum(1 for _ in read_lines(out / NQUADS))
            peaks = (f"{peak(out, folder, format):7,}" for format in FORMATS)
            print(f"{out.name:16} {quads:10,} " + " ".join(peaks), flush=True)


def compare(out: Path, folder: Path, count: int) -> None:
    lines = list(islice(read_lines(out / NQUADS), count))
    known = prefixes()
    union = list(triples(lines))
    ordered = list(map(from_graph, sorted(by_graph(lines))))
    graph, dataset = rdflib.Graph(), rdflib.Dataset()
    nquads = "\n".join(lines) + "\n"
    graph.parse(data="".join(f"{s} {p} {o} .\n" for s, p, o, _ in union), format="nt")
    dataset.parse(data=nquads, format="nquads")
    for prefix, namespace in known.items():
        graph.bind(prefix, namespace, replace=True)
        dataset.bind(prefix, namespace, replace=True)

    def nt(statements: list[Statement], path: Path) -> None:
        with opened(path) as file:
            file.writelines(f"{s} {p} {o} .\n" for s, p, o, _ in statements)

    def by(write: Callable[..., None]) -> Callable[[list[Statement], Path], None]:
        def run(statements: list[Statement], path: Path) -> None:
            with opened(path) as file:
                write(statements, file, known)

        return run

    print(f"{len(union):,} triples, {len(lines):,} quads of {out.name}; triples a second")
    print(f"{'format':10} {'kg':>12} {'rdflib':>12} {'ratio':>7}  wanted")
    for label, ours, statements, theirs, name, wanted, oxigraph in (
        ("Turtle", by(write_turtle), union, graph, "turtle", 10, RdfFormat.TURTLE),
        ("TriG", by(write_trig), ordered, dataset, "trig", 10, RdfFormat.TRIG),
        ("JSON-LD", by(write_jsonld), union, graph, "json-ld", 10, RdfFormat.JSON_LD),
        ("N-Triples", nt, union, graph, "nt", 1, RdfFormat.N_TRIPLES),
    ):
        path = folder / f"ours.{name}"
        mine = best(lambda: ours(statements, path))  # noqa: B023 - run at once
        options = {"context": known, "auto_compact": True} if name == "json-ld" else {}
        other = best(lambda: theirs.serialize(folder / "theirs", format=name, **options))  # type: ignore[call-overload]  # noqa: B023
        assert len(set(parse(path=str(path), format=oxigraph))) == len(statements), label
        n = len(statements)
        print(f"{label:10} {n / mine:12,.0f} {n / other:12,.0f} {other / mine:7.1f}  ≥ {wanted}")


def best(run: Callable[[], object]) -> float:
    seconds = []
    for _ in range(RUNS):
        start = time.process_time()
        run()
        seconds.append(time.process_time() - start)
    return min(seconds)


def peak(out: Path, folder: Path, format: str) -> int:
    code = (
        "import sys; from pathlib import Path; from kg.export import export;"
        "export(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]);"
        "status = Path('/proc/self/status').read_text();"  # ru_maxrss would count what the parent had before exec
        "print(int(status.split('VmHWM:')[1].split()[0]) // 1024)"
    )
    command = [sys.executable, "-c", code, str(out), str(folder / f"peak.{format}"), format]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


if __name__ == "__main__":
    main()
