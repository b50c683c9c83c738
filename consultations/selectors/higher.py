"""Which documents stand above one: what it is part of and carries out, and so on upwards."""

from collections import defaultdict

from consultations.models import Document, DocumentKind

# A programme looks first at the programmes it carries out, then at the strategy.
ORDER = (
    *(DocumentKind.MULTI_YEAR, DocumentKind.SECTOR, DocumentKind.ANNUAL),
    *(DocumentKind.LOCAL_ACT, DocumentKind.STRATEGY),
)
Graph = dict[int, set[int]]


def above(document: Document) -> list[Document]:
    """The higher documents, programmes before the strategy: three queries, however many.

    Two documents that are said to stand above each other do not: so no goal can serve itself,
    by however long a way.
    """
    graph = _graph()
    found = {pk for pk in _reached(graph, document.pk) if document.pk not in _reached(graph, pk)}
    rows = Document.objects.filter(pk__in=found)
    return sorted(rows, key=lambda one: (ORDER.index(DocumentKind(one.kind)), one.title, one.pk))


def _graph() -> Graph:
    """For each document those directly above it."""
    graph: defaultdict[int, set[int]] = defaultdict(set)
    for relation in ("part_of", "carries_out"):
        rows = Document.objects.exclude(**{relation: None}).order_by()
        for lower, upper in rows.values_list("pk", relation):
            graph[lower].add(upper)
    return graph


def _reached(graph: Graph, start: int) -> set[int]:
    """Everything above, never the start itself unless a way leads back to it."""
    found: set[int] = set()
    waiting = [start]
    while waiting:
        new = graph.get(waiting.pop(), set()) - found
        found |= new
        waiting.extend(new)
    return found
