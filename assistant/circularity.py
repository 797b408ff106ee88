"""Circular flows and connections between companies: walks in the graph of who gives what to whom.

A circular flow is a cycle in which money, or its promise, goes out from a company and comes back to it in another form:
cash, loans, shares or warrants, guarantees. The return leg that merely pays for a deal (shares for an investment, chips
for their price; ``Flow.implied``) makes no circle by itself.
"""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from itertools import islice, pairwise

from assistant.schema import EVERYTHING, Circle, Filters, Hop
from assistant.selection import select
from index.ledger import Ledger
from index.records import Deal, FlowKind, Qualifier

MONEY_LIKE = frozenset({FlowKind.CASH, FlowKind.DEBT, FlowKind.EQUITY, FlowKind.GUARANTEE})
LONGEST = 4  # companies in a circle; longer ones are chance, not design
MOST_PATHS = 5  # shortest connections shown between two companies
LONGEST_PATH = 4  # hops


def find_circles(
    ledger: Ledger, filters: Filters = EVERYTHING, through: tuple[str, ...] = (), include_not_firm: bool = False
) -> tuple[Circle, ...]:
    """Return the circular flows of two to four companies, each once, most money first, then shortest.

    ``through`` keeps those that pass all these companies; without ``include_not_firm`` only announced, signed, closed
    and amended deals make an edge.
    """
    named = frozenset[str]().union(*(term.entities for term in filters.parties if not term.negated))
    wanted = named | set(through)
    key = (filters.without_parties(), include_not_firm)
    return tuple(circle for circle in _circles(ledger, *key) if wanted <= {hop.giver for hop in circle.hops})


@lru_cache(maxsize=8)
def _circles(ledger: Ledger, filters: Filters, include_not_firm: bool) -> tuple[Circle, ...]:
    deals = [deal for deal in select(ledger, filters) if deal.firm or include_not_firm]
    import networkx as nx

    edges = _edges(deals)
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edges_from(sorted(edges))
    circles = [
        Circle(tuple(hops), sum((hop.amount_usd or Decimal(0) for hop in hops), Decimal(0)))
        for cycle in nx.simple_cycles(graph, length_bound=LONGEST)
        for hops in [[edges[pair] for pair in _closed(cycle)]]
        if len(cycle) > 1
    ]
    return tuple(sorted(circles, key=lambda circle: (-circle.money, len(circle.hops), [hop.giver for hop in circle.hops])))


def _closed(cycle: list[str]) -> list[tuple[str, str]]:
    """Return the pairs of a cycle, begun at its alphabetically first company so that each circle has one form."""
    first = cycle.index(min(cycle))
    turned = cycle[first:] + cycle[:first]
    return list(zip(turned, [*turned[1:], turned[0]], strict=True))


def _edges(deals: Iterable[Deal]) -> dict[tuple[str, str], Hop]:
    """Return one hop for each ordered pair between which money or its promise moves, its amounts counted once."""
    moved: dict[tuple[str, str], list[tuple[Deal, FlowKind, Decimal | None]]] = defaultdict(list)
    superseded = {deal.supersedes for deal in deals}
    for deal in deals:
        for flow in deal.flows:
            if flow.kind in MONEY_LIKE and not flow.implied and deal.id not in superseded:
                countable = deal.amount_qualifier != Qualifier.UP_TO and flow.kind != FlowKind.GUARANTEE
                moved[flow.giver, flow.receiver].append((deal, flow.kind, flow.amount_usd if countable else None))
    return {pair: _hop(pair, entries) for pair, entries in moved.items()}


def _hop(pair: tuple[str, str], entries: list[tuple[Deal, FlowKind, Decimal | None]]) -> Hop:
    ordered = sorted(entries, key=lambda entry: (-(entry[2] or 0), entry[0].id))
    amounts = [amount for _, _, amount in entries if amount is not None]
    return Hop(
        *pair,
        deals=tuple(dict.fromkeys(deal.id for deal, _, _ in ordered)),
        kind=ordered[0][1],
        amount_usd=sum(amounts, Decimal(0)) if amounts else None,
    )


def find_paths(ledger: Ledger, start: str, goal: str, filters: Filters = EVERYTHING) -> tuple[tuple[Hop, ...], ...]:
    """Return the shortest connections between two companies, firm deals before others; each hop has its deals.

    Two companies that share a deal are one hop apart. Empty when nothing within four hops connects them.
    """
    import networkx as nx

    deals = select(ledger, filters.without_parties())
    shared: dict[tuple[str, str], list[str]] = defaultdict(list)
    for deal in sorted(deals, key=lambda deal: (not deal.firm, -deal.span.first.toordinal())):
        parties = deal.entities
        for giver in parties:
            for receiver in parties:
                if giver != receiver and _deals_with(deal, giver, receiver):
                    shared[giver, receiver].append(deal.id)
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edges_from(shared)
    if start not in graph or goal not in graph:
        return ()
    try:
        walks = list(islice(nx.all_shortest_paths(graph, start, goal), 50))
    except nx.NetworkXNoPath:
        return ()
    if len(walks[0]) - 1 > LONGEST_PATH:
        return ()
    walks.sort(key=lambda walk: -min(len(shared[pair]) for pair in pairwise(walk)))
    return tuple(
        tuple(Hop(*pair, deals=tuple(dict.fromkeys(shared[pair]))) for pair in pairwise(walk)) for walk in walks[:MOST_PATHS]
    )


def _deals_with(deal: Deal, one: str, other: str) -> bool:
    """True when something moves between the two; where a deal records no flows, every two parties deal together."""
    return not deal.flows or any({flow.giver, flow.receiver} == {one, other} for flow in deal.flows)
