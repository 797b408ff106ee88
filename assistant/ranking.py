"""Ranks: the first deals by money, another measure or date, with what is left out of the order and why."""

from collections.abc import Callable

from assistant.schema import Finding, LeftOut, Measure, Query, Unit, Value
from assistant.selection import measure
from index.ledger import Ledger
from index.records import Deal, Qualifier

# The unit of a measure's value in the contract.
UNITS: dict[str, Unit] = {
    "amount": "USD", "valuation": "USD", "stake": "percent", "gigawatts": "GW", "shares": "shares", "term": "years",
}  # fmt: skip


def rank(ledger: Ledger, query: Query, deals: tuple[Deal, ...]) -> Finding:
    """Put deals in order and keep the first ones."""
    del ledger
    asked: Measure = query.measure or "amount"
    if asked in ("announced", "closed"):
        return _rank_by_date(query, deals)
    ranked, left, ceilings = _rankable(query, deals, asked)
    ranked.sort(key=lambda deal: (-(measure(deal, asked) or 0) if query.descending else measure(deal, asked) or 0, deal.id))
    top = _first(ranked, query.limit, lambda deal: measure(deal, asked))
    value = field_value(top[0], asked) if top and query.limit == 1 else None
    return Finding(query, tuple(deal.id for deal in top), value, ceilings=ceilings, left_out=left)


def _first(ordered: list[Deal], limit: int | None, key: Callable[[Deal], object]) -> list[Deal]:
    """Return the first deals; of a superlative all that share the first place."""
    if limit == 1:
        return [deal for deal in ordered if key(deal) == key(ordered[0])]
    return ordered[:limit]


def _rankable(query: Query, deals: tuple[Deal, ...], asked: Measure) -> tuple[list[Deal], tuple[LeftOut, ...], tuple[str, ...]]:
    if asked != "amount":
        stating = [deal for deal in deals if measure(deal, asked) is not None]  # only money asks for firm deals
        return stating, (), ()
    ranked, left, ceilings = [], [], []
    stating = [deal for deal in deals if deal.amount_usd is not None and (deal.firm or query.include_not_firm)]
    successor = {deal.supersedes: deal.id for deal in stating if deal.supersedes}
    for deal in deals:
        if deal.amount_usd is None:
            left.append(LeftOut(deal.id, "no_amount"))
        elif not deal.firm and not query.include_not_firm:
            left.append(LeftOut(deal.id, "not_firm"))
        elif deal.amount_qualifier == Qualifier.UP_TO:
            ceilings.append(deal.id)
            left.append(LeftOut(deal.id, "ceiling"))
        elif deal.id in successor:
            left.append(LeftOut(deal.id, "superseded", successor[deal.id]))
        else:
            ranked.append(deal)
    return ranked, tuple(left), tuple(ceilings)


def _rank_by_date(query: Query, deals: tuple[Deal, ...]) -> Finding:
    """Latest or earliest by the first public date; deals of any status count, as in a list."""
    ordered = sorted(deals, key=lambda deal: (deal.span.first, deal.id))
    if query.descending:
        ordered.reverse()
    top = _first(ordered, query.limit, lambda deal: deal.announced)
    return Finding(query, tuple(deal.id for deal in top), Value(date=top[0].announced) if top and query.limit == 1 else None)


def field_value(deal: Deal, asked: Measure) -> Value | None:
    """Return one field of a deal as a value; None for words and for what the record does not state."""
    if asked == "announced":
        return Value(date=deal.announced)
    if asked == "closed":
        return Value(date=deal.closed) if deal.closed else None
    amount = measure(deal, asked)
    return Value(amount, UNITS[asked]) if amount is not None else None
