"""From a query to what the records say: lists, figures, groups, verdicts. Pure; each intent is one function."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal

from assistant.circularity import find_circles, find_paths
from assistant.counting import Counted, count_measure, count_money, price_of
from assistant.nearest import beside, contradicted, ids, in_order, with_nearest
from assistant.ranking import UNITS, field_value, rank
from assistant.schema import Finding, Group, GroupKey, Intent, Measure, PartyTerm, Query, Value
from assistant.selection import measure, select, term_accepts
from assistant.shared import shared
from index.ledger import Ledger
from index.records import Deal, Role

VALUED = frozenset({Role.INVESTEE, Role.TARGET, Role.ISSUER})  # whose valuation a deal states


def aggregate(ledger: Ledger, query: Query) -> Finding:
    """Answer a query from the records. An empty result carries the nearest records that there are."""
    answer = _ANSWERS.get(query.intent)
    if answer is None:
        return beside(ledger, query)
    if query.unknown_names and query.intent not in (Intent.CIRCULAR, Intent.PROFILE):
        return replace(beside(ledger, query), verdict=False if query.intent == Intent.YESNO else None)
    wanted = query.filters
    if query.intent == Intent.SUM:
        wanted = replace(wanted, amount_kinds=frozenset())  # other kinds are told as left out
    finding = answer(ledger, query, in_order(select(ledger, wanted), query))
    if finding.deals or finding.paths or finding.circles:
        return replace(finding, also=tuple(aggregate(ledger, other) for other in query.also))
    return contradicted(ledger, with_nearest(ledger, finding))


def _list(ledger: Ledger, query: Query, deals: tuple[Deal, ...]) -> Finding:
    if query.sides:
        groups = tuple(Group(entity, ids(in_order(found, query))) for entity, found in shared(ledger, query))
        return Finding(query, tuple(dict.fromkeys(deal for group in groups for deal in group.deals)), groups=groups)
    return Finding(query, ids(deals if query.limit is None else deals[: query.limit]))


def _count(ledger: Ledger, query: Query, deals: tuple[Deal, ...]) -> Finding:
    del ledger
    return Finding(query, ids(deals), Value(Decimal(len(deals)), "deals"))


def _lookup(ledger: Ledger, query: Query, deals: tuple[Deal, ...]) -> Finding:
    """One field: of several deals those that state it, and the value where one of them does, or the newest valuation."""
    asked: Measure = query.measure or "amount"
    deals = _whole(ledger, _between_them(query, deals))
    if asked == "valuation":
        deals = _valuing(query, deals)
    if len(deals) > 1 and asked in UNITS:
        deals = tuple(deal for deal in deals if measure(deal, asked) is not None) or deals
    firm = tuple(deal for deal in deals if deal.firm) or deals
    if len(firm) != 1 and not (firm and asked == "valuation"):
        return Finding(query, ids(deals))
    value = field_value(firm[0], asked)
    own = price_of(query)(firm[0]) if asked == "amount" else None
    return Finding(query, ids(firm), Value(own, "USD") if own is not None else value)


def _between_them(query: Query, deals: tuple[Deal, ...]) -> tuple[Deal, ...]:
    """Of several deals of the named companies keep those between them alone, where there are any."""
    named = frozenset[str]().union(*(term.entities for term in query.filters.parties if not term.negated))
    alone = tuple(deal for deal in deals if set(deal.entities) == named)
    return alone if len(named) > 1 and alone and query.measure != "parties" else deals


def _whole(ledger: Ledger, deals: tuple[Deal, ...]) -> tuple[Deal, ...]:
    """Keep the deal of which all others are part: the campus, not its loan."""
    for deal in deals:
        if all(deal is one or deal.id in {above.id for above in ledger.containers(one.id)} for one in deals):
            return (deal,)
    return deals


def _valuing(query: Query, deals: tuple[Deal, ...]) -> tuple[Deal, ...]:
    """Keep the deals in which a named company is the one that is valued; all, where none is."""
    named = frozenset[str]().union(*(term.entities for term in query.filters.parties if not term.negated))
    own = tuple(deal for deal in deals if deal.valuation_usd and any(deal.roles(entity) & VALUED for entity in named))
    return own or deals


def _sum(ledger: Ledger, query: Query, deals: tuple[Deal, ...]) -> Finding:
    if query.measure not in (None, "amount"):
        return _sum_of_measure(ledger, query, deals)
    counted = count_money(ledger, deals, query.filters.amount_kinds, query.include_not_firm, price_of(query))
    if not counted.counted and len(counted.ceilings) == 1:
        only = ledger.deal(counted.ceilings[0])
        left = tuple(entry for entry in counted.left_out if entry.deal != only.id)
        return Finding(query, (only.id,), Value(price_of(query)(only), "USD"), ceilings=counted.ceilings, left_out=left)
    total = counted.total
    if query.aggregate == "average" and counted.counted:
        total = total / len(counted.counted)
    value = Value(total, "USD") if counted.counted else None
    return Finding(query, ids(counted.counted), value, sums=counted.sums, ceilings=counted.ceilings, left_out=counted.left_out)


def _sum_of_measure(ledger: Ledger, query: Query, deals: tuple[Deal, ...]) -> Finding:
    """Add a measure other than money."""
    asked: Measure = query.measure or "gigawatts"
    counted, left = count_measure(ledger, deals, lambda deal: measure(deal, asked))
    total = sum((measure(deal, asked) or Decimal(0) for deal in counted), Decimal(0))
    if query.aggregate == "average" and counted:
        total /= len(counted)
    value = Value(total, UNITS.get(asked, "deals")) if counted else None
    return Finding(query, ids(counted), value, left_out=tuple(left))


def _timeline(ledger: Ledger, query: Query, deals: tuple[Deal, ...]) -> Finding:
    del ledger
    return Finding(query, ids(sorted(deals, key=lambda deal: (deal.span.first, deal.span.last, deal.id))))


def _yesno(ledger: Ledger, query: Query, deals: tuple[Deal, ...]) -> Finding:
    """True needs a firm record that meets every condition, the status asked included; else the records of another status."""
    if query.filters.statuses:
        any_status = replace(query.filters, statuses=frozenset())
        return Finding(query, ids(in_order(select(ledger, any_status), query)), verdict=bool(deals))
    if query.filters.deals and query.filters.types and not deals:  # "was it an acquisition?": no, it was this
        any_type = replace(query.filters, types=frozenset())
        return Finding(query, ids(in_order(select(ledger, any_type), query)), verdict=False)
    return Finding(query, ids(deals), verdict=any(deal.firm for deal in deals))


def _group(ledger: Ledger, query: Query, deals: tuple[Deal, ...]) -> Finding:
    rows: dict[str, list[Deal]] = defaultdict(list)
    for deal in deals:
        for key in _group_keys(ledger, deal, query.group_by or "type", query):
            rows[key].append(deal)
    groups = [
        Group(key, ids(members), _total(ledger, query, members) if query.measure == "amount" else None)
        for key, members in rows.items()
    ]
    by_time = query.group_by in ("year", "quarter", "month")
    groups.sort(key=lambda row: (row.key if by_time else "", -(row.total or 0), -len(row.deals), row.key))
    if query.limit:
        return _leading(query, groups, query.limit)
    shown = dict.fromkeys(deal for row in groups for deal in row.deals)
    return Finding(query, tuple(shown), groups=tuple(groups))


def _leading(query: Query, groups: list[Group], limit: int) -> Finding:
    """The first groups by number of deals, or by money where it is counted; all that share the first place."""

    def weight(group: Group) -> Decimal:
        return Decimal(len(group.deals)) if query.measure != "amount" else group.total or Decimal(0)

    groups = sorted(groups, key=lambda group: (-weight(group) if query.descending else weight(group), group.key))
    top = [group for group in groups if weight(group) == weight(groups[0])] if limit == 1 else groups[:limit]
    value = Value(weight(top[0]), "USD" if query.measure == "amount" else "deals") if top and limit == 1 else None
    return Finding(query, tuple(dict.fromkeys(deal for row in top for deal in row.deals)), value, groups=tuple(top))


def _group_keys(ledger: Ledger, deal: Deal, key: GroupKey, query: Query) -> tuple[str, ...]:
    named = frozenset[str]().union(*(term.entities for term in query.filters.parties if not term.negated))
    others = tuple(entity for entity in deal.entities if entity not in named)
    simple: dict[str, Callable[[], tuple[str, ...]]] = {
        "type": lambda: (str(deal.type),),
        "status": lambda: (str(deal.status),),
        "year": lambda: (deal.announced[:4],),
        "month": lambda: (deal.announced[:7],),
        "quarter": lambda: (
            f"{deal.announced[:4]}-Q{(int(deal.announced[5:7]) + 2) // 3}" if len(deal.announced) > 4 else deal.announced,
        ),
        "party": lambda: _grouped_parties(ledger, deal, others, query.filters.parties),
        "sector": lambda: tuple(dict.fromkeys(str(sector) for entity in others for sector in ledger.entity(entity).sectors)),
        "country": lambda: tuple(dict.fromkeys(ledger.entity(entity).country for entity in others)),
    }
    return simple[key]()


def _grouped_parties(ledger: Ledger, deal: Deal, others: tuple[str, ...], terms: tuple[PartyTerm, ...]) -> tuple[str, ...]:
    """The parties that a grouping is about: those of an asked sector or role where there is one, else all others."""
    asked = [
        term for term in terms if not term.negated and not term.entities and (term.sectors or term.roles or term.countries)
    ]
    if not asked:
        return others or deal.entities  # a deal without another party is shown under the company itself
    return tuple(
        dict.fromkeys(
            party.entity
            for party in deal.parties
            if party.entity in others and any(term_accepts(ledger, party, t) for t in asked)
        )
    )


def _compare(ledger: Ledger, query: Query, deals: tuple[Deal, ...]) -> Finding:
    groups: list[Group] = []
    if not query.compared:  # whole deals are compared, each a side of its own
        groups = [Group(deal.id, (deal.id,), _total(ledger, query, (deal,))) for deal in deals]
    for term in query.compared:
        side = in_order(select(ledger, replace(query.filters, parties=(*query.filters.parties, term))), query)
        key = "+".join(sorted(term.entities) or sorted(str(sector) for sector in term.sectors))
        groups.append(Group(key, ids(side), _total(ledger, query, side, term)))
    shown = dict.fromkeys(deal for row in groups for deal in row.deals)
    return Finding(query, tuple(shown), groups=tuple(groups))


def _total(ledger: Ledger, query: Query, deals: Iterable[Deal], term: PartyTerm | None = None) -> Decimal | None:
    asked = query if term is None else replace(query, filters=replace(query.filters, parties=(*query.filters.parties, term)))
    counted: Counted = count_money(ledger, deals, query.filters.amount_kinds, query.include_not_firm, price_of(asked))
    return counted.total if counted.counted else None


def _profile(ledger: Ledger, query: Query, deals: tuple[Deal, ...]) -> Finding:
    """Everything about a company: its deals, grouped by type, with what firm money is in them."""
    if not deals and query.subject:
        deals = in_order(ledger.of_party(query.subject[0]), query)
    rows: dict[str, list[Deal]] = defaultdict(list)
    for deal in deals:
        rows[str(deal.type)].append(deal)
    groups = tuple(Group(key, ids(members)) for key, members in sorted(rows.items(), key=lambda row: (-len(row[1]), row[0])))
    return Finding(query, ids(deals), groups=groups)


def _path(ledger: Ledger, query: Query, deals: tuple[Deal, ...]) -> Finding:
    del deals
    if len(query.subject) < 2:
        return Finding(query)
    paths = find_paths(ledger, query.subject[0], query.subject[1], query.filters)
    shown = dict.fromkeys(deal for path in paths for hop in path for deal in hop.deals)
    return Finding(query, tuple(shown), paths=paths)


def _circular(ledger: Ledger, query: Query, deals: tuple[Deal, ...]) -> Finding:
    del deals
    circles = find_circles(ledger, query.filters, query.subject, query.include_not_firm)
    chosen = circles[: query.limit] if query.limit else circles
    shown = dict.fromkeys(deal for circle in chosen for hop in circle.hops for deal in hop.deals)
    return Finding(query, tuple(shown), Value(Decimal(len(circles)), "circles"), circles=chosen)


_ANSWERS: dict[Intent, Callable[[Ledger, Query, tuple[Deal, ...]], Finding]] = {
    Intent.LIST: _list,
    Intent.LOOKUP: _lookup,
    Intent.COUNT: _count,
    Intent.SUM: _sum,
    Intent.RANK: rank,
    Intent.COMPARE: _compare,
    Intent.GROUP: _group,
    Intent.TIMELINE: _timeline,
    Intent.PATH: _path,
    Intent.CIRCULAR: _circular,
    Intent.YESNO: _yesno,
    Intent.PROFILE: _profile,
}
