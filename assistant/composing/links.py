"""Connections between companies and circular flows: each step with the deals that make it."""

from collections.abc import Iterable
from decimal import Decimal

from assistant.composing.desk import Desk
from assistant.schema import Circle, Evidence, Hop, Sentence
from index.labels import label

_ARROW = " → "
_EDGE_DEALS = 2  # deals written for one edge of a circle; its evidence holds all of them
FULL = 12  # circles written out edge by edge before the rest are given as chains


def write_path(desk: Desk) -> list[Sentence]:
    """Answer "how are X and Y connected": the shortest connections, each step with its deals."""
    paths, ends = desk.finding.paths, desk.query.subject
    if not paths or len(ends) < 2:
        names = [desk.name(entity) for entity in ends[:2]]
        return [desk.say("path.none", a=names[0], b=names[1])] if len(names) == 2 else []
    first = paths[0]
    evidence = _evidence(desk, first)
    a, b = desk.name(ends[0]), desk.name(ends[1])
    if len(first) == 1:
        written = [desk.say("path.direct", evidence, a=a, b=b, n=len(first[0].deals))]
        return written + desk.items(desk.ledger.deal(name) for name in first[0].deals)
    between = desk.names(hop.receiver for hop in first[:-1])
    written = [desk.say("path.through", evidence, a=a, b=b, middle=between), *_hops(desk, first)]
    for place, path in enumerate(paths[1:]):
        if place == 0:
            written.append(desk.note("path.also"))
        written.append(Sentence(chain(desk, path), _evidence(desk, path), block="heading"))
        written += _hops(desk, path)
    return written


def chain(desk: Desk, hops: Iterable[Hop]) -> str:
    """Write a walk as names with arrows."""
    steps = tuple(hops)
    return _ARROW.join(desk.name(entity) for entity in (steps[0].giver, *(hop.receiver for hop in steps)))


def _evidence(desk: Desk, hops: Iterable[Hop]) -> tuple[Evidence, ...]:
    return desk.cards(desk.ledger.deal(name) for hop in hops for name in hop.deals)


def _hops(desk: Desk, hops: Iterable[Hop]) -> list[Sentence]:
    written = []
    for hop in hops:
        for name in hop.deals:
            deal = desk.ledger.deal(name)
            title = desk.title(deal)
            text = desk.phrases.say(
                "path.hop", a=desk.name(hop.giver), b=desk.name(hop.receiver), title=title, details=desk.details(deal, title)
            )
            written.append(Sentence(text, (desk.card(deal, text),), block="item"))
    return written


def write_circular(desk: Desk) -> list[Sentence]:
    """Answer with the circular flows: what they are, how many, and each edge of each with its deals."""
    circles = desk.finding.circles
    names = desk.query.subject or tuple(
        sorted({entity for term in desk.query.filters.parties if not term.negated for entity in term.entities})
    )
    through = desk.text("circular.through", names=desk.names(names)) if names else ""
    if not circles:
        return [desk.say("circular.none", through=through), desk.say("circular.what")]
    value = desk.finding.value
    total = int(value.amount) if value and value.amount is not None else len(circles)
    evidence = [piece for circle in circles[:1] for piece in _evidence(desk, circle.hops)]
    written = [desk.say("circular.count", evidence, n=total, through=through), desk.say("circular.what")]
    if total > len(circles):
        written.append(desk.say("circular.shown", n=len(circles)))
    for place, circle in enumerate(circles):
        written += _circle(desk, circle, in_full=place < FULL)
    return written


def _circle(desk: Desk, circle: Circle, in_full: bool) -> list[Sentence]:
    evidence = _evidence(desk, circle.hops)
    walk = chain(desk, circle.hops)
    text, computed = walk, tuple[Decimal, ...]()
    if circle.money:
        text, computed = desk.text("circular.circle_money", chain=walk, money=desk.money(circle.money)), (circle.money,)
    if not in_full:
        return [Sentence(text, evidence, computed, block="item")]
    edges = [edge for hop in circle.hops for edge in _edge(desk, hop)]
    others = desk.names(hop.giver for hop in circle.hops[1:])
    returns = desk.text("circular.returns", a=desk.name(circle.hops[0].giver), b=others)
    return [Sentence(text, evidence, computed, block="heading"), *edges, Sentence(returns, evidence, block="note")]


def _edge(desk: Desk, hop: Hop) -> list[Sentence]:
    written = []
    for name in hop.deals[:_EDGE_DEALS] if len(hop.deals) > _EDGE_DEALS + 1 else hop.deals:
        deal = desk.ledger.deal(name)
        title = desk.title(deal)
        kinds = [
            flow.kind for flow in deal.flows if (flow.giver, flow.receiver) == (hop.giver, hop.receiver) and not flow.implied
        ]
        moved = kinds[0] if kinds else hop.kind
        kind = label(moved, desk.language) if moved else ""
        text = desk.phrases.say(
            "circular.edge",
            giver=desk.name(hop.giver),
            receiver=desk.name(hop.receiver),
            kind=kind,
            title=title,
            details=desk.details(deal, title),
        )
        written.append(Sentence(text, (desk.card(deal, text),), block="item"))
    return written
