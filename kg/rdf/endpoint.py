"""Ask an output folder: SPARQL or a named query in, Python values out, stopped when it takes too long.

>>> with kg.open("out") as graph:                                           # doctest: +SKIP
...     for row in graph.query("slogan-members", {"slogan": "三个表率"}):
...         print(row.position, row.member)
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import msgspec

from kg.rdf import queries, rows, worker
from kg.rdf.guard import QueryError, guard
from kg.rdf.names import prefixes
from kg.rdf.rows import Rows
from kg.rdf.store import Answer
from kg.rdf.worker import Reply, Request

if TYPE_CHECKING:
    from rdflib import Dataset, Graph

TIMEOUT = 30.0
"""Seconds that a query may take."""

LIMIT = 100_000
"""Rows that an answer may have."""

MEMORY = 4096
"""Megabytes that a query may take."""

START = 60.0
"""Seconds that opening the store may take."""


class StoppedError(QueryError):
    """A query that took more time or memory than it may."""


class Endpoint:
    """The store of an output folder, and a process beside this one that runs the queries.

    The process is started at once and kept for the next query. A query that takes longer than ``timeout`` seconds is
    ended with its process, and a new one is started. Several threads may ask; they wait for one another.
    """

    def __init__(
        self, out: str | Path, *, timeout: float = TIMEOUT, limit: int | None = LIMIT, memory: int = MEMORY
    ) -> None:
        """Open the folder that ``kg build -o`` wrote.

        Args:
            out: the folder.
            timeout: seconds that a query may take.
            limit: rows that an answer may have; None for all.
            memory: megabytes that a query may take.

        Raises:
            QueryError: the folder has no store.
        """
        self.out, self.timeout, self.limit, self.memory = Path(out), timeout, limit, memory
        if not (self.out / "store" / "CURRENT").exists():
            raise QueryError(f"{out} has no store: give the folder that 'kg build -o' wrote")
        self._lock = threading.Lock()
        self._base: str | None = None
        self._process: subprocess.Popen[bytes] | None = self._start()

    def __enter__(self) -> Endpoint:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Endpoint of {self.out}>"

    def close(self) -> None:
        """End the process. A later query starts another."""
        with self._lock:
            self._end()

    @cached_property
    def base(self) -> str:
        """The IRI base under which the data was minted."""
        with self._lock:
            self._ready()
        return self._base or ""

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """The prefixes that queries may use without declaring, with their namespaces."""
        return prefixes(self.base)

    def query(
        self,
        query: str,
        params: Mapping[str, object] | None = None,
        *,
        timeout: float | None = None,
        limit: int | None = None,
    ) -> Rows | Graph:
        """Run a named query or SPARQL text.

        Args:
            query: the name of a query (``kg query --list``) or SPARQL.
            params: the parameters of a named query.
            timeout: seconds it may take, in place of the endpoint's own.
            limit: rows it may give, in place of the endpoint's own; ``Rows.truncated`` tells when there were more.

        Returns:
            Rows of Python values for SELECT and ASK, an ``rdflib.Graph`` for CONSTRUCT and DESCRIBE.

        Raises:
            QueryError: it is refused, no SPARQL, took too long or too much memory; the message says where and why.
        """
        if (found := self._computed(query, params, timeout, limit)) is not None:
            return found
        answer = self.answer(self._request(query, params, limit), timeout)
        return rows.graph(answer) if answer.kind == "triples" else rows.rows(answer)

    def rows(
        self,
        query: str,
        params: Mapping[str, object] | None = None,
        *,
        timeout: float | None = None,
        limit: int | None = None,
    ) -> Rows:
        """The same as ``query``, with rows for CONSTRUCT and DESCRIBE too: subject, predicate, object."""
        if (found := self._computed(query, params, timeout, limit)) is not None:
            return found
        return rows.rows(self.answer(self._request(query, params, limit), timeout))

    def rdf(self) -> Dataset:
        """The store as an ``rdflib.Dataset``, read-only; its queries are guarded, timed and limited as here."""
        from kg.rdf.dataset import GuardedDataset

        return GuardedDataset(self)

    def answer(self, request: Request, timeout: float | None = None) -> Answer:
        """Have a request answered by the process.

        Raises:
            QueryError: as ``query``.
        """
        if "from" not in request.sparql.lower():  # which graphs FROM may name, only the process knows
            guard(request.sparql)
        seconds = self.timeout if timeout is None else timeout
        with self._lock:
            process = self._ready()
            reply = self._ask(process, request, seconds)
        if reply.error is not None:
            raise QueryError(reply.error)
        if reply.answer is None:
            raise QueryError("the query process gave no answer")
        return reply.answer

    def _request(self, query: str, params: Mapping[str, object] | None, limit: int | None) -> Request:
        texts = {name: str(value) for name, value in (params or {}).items()}
        sparql, template = queries.text_of(query, texts)
        return Request(sparql, template, limit=self.limit if limit is None else limit)

    def _computed(
        self, query: str, params: Mapping[str, object] | None, timeout: float | None, limit: int | None
    ) -> Rows | None:
        """The answer of a named query that SPARQL alone cannot give; None for all others."""
        from kg.rdf.paths import COMPUTED

        if query not in COMPUTED:
            return None
        request = self._request(query, params, None)
        request.limit = None
        edges = rows.rows(self.answer(request, timeout))
        texts = {name: str(value) for name, value in (params or {}).items()}

        def ask(sparql: str, template: str) -> Rows:
            return rows.rows(self.answer(Request(sparql, template), timeout))

        return COMPUTED[query](edges, texts, self.limit if limit is None else limit, ask)

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", worker.__name__, str(self.out), str(self.memory)]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def _ready(self) -> subprocess.Popen[bytes]:
        """The process, its store open."""
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process, self._base = self._start(), None
        if self._base is None:
            reply = self._listen(self._process, START)
            if reply is None or reply.base is None:
                self._end()
                raise QueryError(f"{self.out}: " + ((reply and reply.error) or "the store could not be opened"))
            self._base = reply.base
        return self._process

    def _ask(self, process: subprocess.Popen[bytes], request: Request, seconds: float) -> Reply:
        assert process.stdin
        try:
            worker.send(process.stdin, request)
            reply = self._listen(process, seconds)
        except BrokenPipeError:
            reply = None
        except BaseException:  # Ctrl-C: nobody waits for the answer any more
            self._end()
            raise
        if reply is None:
            timed_out = self._timed_out
            self._end()
            self._process, self._base = self._start(), None  # warm for the next query
            if timed_out:
                raise StoppedError(
                    f"stopped after {seconds:g} s: ask for less (a LIMIT, a name, a smaller pattern) or allow more time"
                )
            raise StoppedError(f"the query ended its process: it may need more than {self.memory:,} MB; ask for less")
        return reply

    def _listen(self, process: subprocess.Popen[bytes], seconds: float) -> Reply | None:
        """The next reply; None where the process ended, or had to be ended after ``seconds``."""
        assert process.stdout
        self._timed_out = False

        def stop() -> None:
            self._timed_out = True
            process.kill()

        timer = threading.Timer(seconds, stop)
        timer.start()
        try:
            body = worker.receive(process.stdout)
        finally:
            timer.cancel()
        return None if body is None else msgspec.msgpack.decode(body, type=Reply)

    def _end(self) -> None:
        process, self._process, self._base = self._process, None, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe:
                    try:
                        pipe.close()
                    except BrokenPipeError:  # a request that nobody reads any more
                        continue

    def __del__(self) -> None:
        if getattr(self, "_process", None) is not None:
            self._end()
