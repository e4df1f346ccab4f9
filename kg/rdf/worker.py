"""The process that runs queries: ``python -m kg.rdf.worker OUT MEGABYTES``, asked and answered by ``endpoint``.

Oxigraph cannot stop a running query, so whoever asks ends this process instead. It reads requests from standard input
and writes replies to standard output, each a MessagePack object after its length (8 bytes, big-endian). It ends with
its parent, and takes no more memory than it is given.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import IO

import msgspec
from pyoxigraph import RdfFormat, Store

from kg.rdf.guard import QueryError, UnreadError, guard, look
from kg.rdf.names import NQUADS, TURTLE, prefixes
from kg.rdf.store import Answer, base_of, evaluate, graphs, open_store

PATIENCE = 3
"""With which query the copy in memory is begun: whoever asks once or twice is not made to wait for it."""

COPIED = 500 << 20
"""Bytes of RDF files up to which a store is copied."""


class Request(msgspec.Struct):
    """A query. ``template`` is the text whose algebra is looked at: a named query before its terms are put in.

    ``prefixes`` come beside those of the store, ``bindings`` are terms in the syntax of N-Triples by variable.
    """

    sparql: str
    template: str | None = None
    limit: int | None = None
    graph: str | None = None
    prefixes: dict[str, str] = {}
    bindings: dict[str, str] = {}


class Reply(msgspec.Struct):
    """An answer, or why there is none: ``error`` is for people; ``base`` is set in the first reply only."""

    answer: Answer | None = None
    error: str | None = None
    base: str | None = None


def send(pipe: IO[bytes], message: Request | Reply) -> None:
    """Write one message."""
    body = msgspec.msgpack.encode(message)
    pipe.write(len(body).to_bytes(8, "big") + body)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes | None:
    """Read one message; None where the other side is gone."""
    head = pipe.read(8)
    if len(head) < 8:
        return None
    size = int.from_bytes(head, "big")
    body = pipe.read(size)
    return body if len(body) == size else None


def main() -> None:
    """Answer requests until standard input ends."""
    requests, replies = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get among the replies
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's affair
    threading.Thread(target=_follow, args=(os.getppid(),), daemon=True).start()
    folder, megabytes = Path(sys.argv[1]), int(sys.argv[2])
    _confine(megabytes << 20)
    try:
        store = open_store(folder)
        base = base_of(store)
    except (QueryError, OSError) as error:
        send(replies, Reply(error=str(error)))
        return
    send(replies, Reply(base=base))
    empty, known = None, prefixes(base)
    copied: list[Store] = []
    asked = 0
    while (body := receive(requests)) is not None:
        asked += 1
        if asked == PATIENCE and (folder / NQUADS).exists() and (folder / TURTLE).exists():
            threading.Thread(target=_copy, args=(folder, copied), daemon=True).start()
        if copied:
            store = copied[0]
        request = msgspec.msgpack.decode(body, type=Request)
        try:
            every = known | request.prefixes
            local = graphs(store) if "from" in request.sparql.lower() else frozenset()
            guard(request.sparql, local)
            try:
                look(request.template or request.sparql, tuple(every.items()), local)
            except UnreadError as unread:
                # Oxigraph says better what is wrong; on an empty store nothing can happen that the tokens let pass.
                empty = empty or Store()
                evaluate(empty, request.sparql, known=every, limit=0)
                raise QueryError(f"{unread}; queries are read as SPARQL 1.1") from None
            answer = evaluate(
                store,
                request.sparql,
                known=every,
                limit=request.limit,
                graph=request.graph,
                bindings=request.bindings,
            )
            send(replies, Reply(answer=answer))
        except QueryError as error:
            send(replies, Reply(error=str(error)))
        except MemoryError:
            send(replies, Reply(error=f"the answer needs more than {megabytes:,} MB; ask for less"))
        except OSError as error:
            send(replies, Reply(error=f"the store of {folder} cannot be read: {error}"))


def _copy(folder: Path, copied: list[Store]) -> None:
    """Load what a store holds into memory, where it is asked four times as fast; Oxigraph does so beside queries."""
    if sum((folder / name).stat().st_size for name in (NQUADS, TURTLE)) > COPIED:
        return
    memory = Store()
    memory.bulk_load(path=str(folder / NQUADS), format=RdfFormat.N_QUADS)
    memory.bulk_load(path=str(folder / TURTLE), format=RdfFormat.TURTLE)
    copied.append(memory)


def _follow(parent: int) -> None:
    """End this process when its parent has ended, even in the middle of a query."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _confine(size: int) -> None:
    """Give this process no more than ``size`` bytes of data, where the system can."""
    try:
        import resource
    except ImportError:  # Windows: the timeout has to do
        return
    resource.setrlimit(resource.RLIMIT_DATA, (size, size))


if __name__ == "__main__":
    main()
