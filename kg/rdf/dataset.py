"""The store for those who live in rdflib: a read-only ``rdflib.Dataset`` whose queries pass the guard of ``endpoint``.

oxrdflib gives rdflib the store; unguarded, a SERVICE would reach out through it, and so would rdflib's own processor,
to which rdflib falls back where a store declines a query. Neither happens here: every query goes through the endpoint.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import TYPE_CHECKING, Any, NoReturn

from oxrdflib import OxigraphStore
from rdflib import Dataset, Graph
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.query import Result
from rdflib.term import URIRef, Variable

from kg.rdf import rows
from kg.rdf.guard import QueryError
from kg.rdf.names import VOCABULARIES
from kg.rdf.store import open_store
from kg.rdf.worker import Request

if TYPE_CHECKING:
    from kg.rdf.endpoint import Endpoint


class GuardedStore(OxigraphStore):
    """oxrdflib's store, read-only, with queries handed to an endpoint."""

    def __init__(self, endpoint: Endpoint) -> None:
        super().__init__(store=open_store(endpoint.out))
        self._endpoint = endpoint

    def query(
        self,
        query: Any,
        initNs: Mapping[str, Any],  # noqa: N803 - rdflib's names
        initBindings: Mapping[str, Any],  # noqa: N803
        queryGraph: Any,  # noqa: N803
        **kwargs: object,
    ) -> Result:
        """Run a query text; the rest is rdflib's.

        Raises:
            QueryError: it is refused (prepared queries too: give their text), no SPARQL, or took too long.
        """
        if not isinstance(query, str) or kwargs:
            raise QueryError("give the query as text, with initNs and initBindings at most")
        known = {prefix: str(namespace) for prefix, namespace in self.namespaces()}
        known |= {prefix: str(namespace) for prefix, namespace in initNs.items()}
        union = queryGraph == "__UNION__" or queryGraph == DATASET_DEFAULT_GRAPH_ID
        answer = self._endpoint.answer(
            Request(
                query,
                limit=self._endpoint.limit,
                graph=None if union else str(queryGraph),  # the default graph is the union already
                prefixes=known,
                bindings={str(name).lstrip("?$"): node.n3() for name, node in initBindings.items()},
            )
        )
        if answer.kind == "ask":
            result = Result("ASK")
            result.askAnswer = answer.rows[0][0] == ("true", VOCABULARIES["xsd"] + "boolean")
        elif answer.kind == "triples":
            result = Result("CONSTRUCT")
            result.graph = rows.graph(answer)
        else:
            result = Result("SELECT")
            result.vars = [Variable(column) for column in answer.columns]
            result.bindings = [
                {v: rows.node(cell) for v, cell in zip(result.vars, row, strict=True) if cell is not None}
                for row in answer.rows
            ]
        return result

    def update(self, *args: object, **kwargs: object) -> NoReturn:
        """Refuse: the store is read-only."""
        raise QueryError("updates are refused: the store is read-only; build it again, or copy the triples elsewhere")

    add = addN = remove = remove_graph = update  # noqa: N815

    def add_graph(self, graph: Graph) -> None:
        """Do nothing: rdflib announces a graph before it reads it."""

    def contexts(self, triple: Any = None) -> Generator[Graph, None, None]:
        """Yield the named graphs, guarded like the whole."""
        for graph in super().contexts(triple):
            yield GuardedGraph(self, graph.identifier)


class GuardedGraph(Graph):
    """A graph of the data set: always queried through its store."""

    def query(self, query_object: Any, *args: Any, **kwargs: Any) -> Result:
        """As ``rdflib.Graph.query``, without a processor of its own choice."""
        return super().query(query_object, **_plain(args, kwargs))

    def update(self, update_object: Any, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: the store is read-only."""
        assert isinstance(self.store, GuardedStore)
        self.store.update(update_object)


class GuardedDataset(Dataset):
    """The data set of an endpoint, for rdflib."""

    def __init__(self, endpoint: Endpoint) -> None:
        super().__init__(store=GuardedStore(endpoint))
        self._default_context = GuardedGraph(self.store, DATASET_DEFAULT_GRAPH_ID)
        for prefix, namespace in endpoint.prefixes.items():
            self.bind(prefix, URIRef(namespace))

    def get_context(self, identifier: Any, quoted: bool = False, base: str | None = None) -> Graph:
        """One of the graphs, guarded like the whole."""
        return GuardedGraph(self.store, identifier, namespace_manager=self.namespace_manager, base=base)

    def query(self, query_object: Any, *args: Any, **kwargs: Any) -> Result:
        """As ``rdflib.Graph.query``, without a processor of its own choice."""
        return super().query(query_object, **_plain(args, kwargs))

    def update(self, update_object: Any, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse: the store is read-only."""
        assert isinstance(self.store, GuardedStore)
        self.store.update(update_object)


def _plain(args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
    """The arguments of a query, without those that would take it past the store."""
    if args or not set(kwargs) <= {"initNs", "initBindings"}:
        raise QueryError("a query takes initNs and initBindings, by name; processors and formats cannot be chosen here")
    return kwargs
