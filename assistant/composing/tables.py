"""Comparisons and groupings: side by side in a table, each row with its evidence."""

from decimal import Decimal

from assistant.citations import as_number
from assistant.composing.desk import Desk
from assistant.composing.scope import country, measured, scope, term_words
from assistant.schema import Group, Measure, Sentence
from assistant.selection import measure
from index.figures import day, number, year
from index.labels import label
from index.records import DealType, Sector, Status

_NOTHING = "–"


def write_compare(desk: Desk) -> list[Sentence]:
    """Answer "X or Y": who is ahead, the table side by side, then the deals of each side."""
    sides = list(desk.finding.groups)
    if not any(side.deals for side in sides):
        return []
    names = {side.key: _side_name(desk, place, side) for place, side in enumerate(sides)}
    written = [_verdict(desk, sides, names), Sentence(desk.text("compare.header"), block="row")]
    written += [_side_row(desk, side, names[side.key]) for side in sides]
    told: set[str] = set()
    for side in sides:
        written.append(desk.heading("compare.side", name=names[side.key], n=len(side.deals)))
        written += desk.items(desk.ledger.deal(deal) for deal in side.deals if deal not in told)
        shared = [desk.ledger.deal(deal) for deal in side.deals if deal in told]
        if shared:
            written.append(desk.note("compare.shared", desk.cards(shared), n=len(shared)))
        told.update(side.deals)
    return written


def _side_name(desk: Desk, place: int, side: Group) -> str:
    if place < len(desk.query.compared):
        return term_words(desk, desk.query.compared[place])
    if side.key in desk.ledger:
        return f"“{desk.title(desk.ledger.deal(side.key))}”"
    return desk.names(side.key.split("+"))


def _verdict(desk: Desk, sides: list[Group], names: dict[str, str]) -> Sentence:
    asked: Measure = desk.query.measure or "amount"
    by_money = desk.query.measure == "amount" and any(side.total for side in sides)
    by_measure = desk.query.measure in ("stake", "shares", "gigawatts", "valuation", "term")

    def weight(side: Group) -> Decimal:
        if by_money:
            return side.total if side.total is not None else _largest(desk, side)
        if by_measure:
            return max((measure(desk.ledger.deal(name), asked) or Decimal(0) for name in side.deals), default=Decimal(0))
        return Decimal(len(side.deals))

    first, second, *_ = sorted(sides, key=lambda side: -weight(side))
    evidence = desk.cards(desk.ledger.deal(name) for name in dict.fromkeys((*first.deals, *second.deals)))
    figures = (weight(first), weight(second))
    slots: dict[str, object] = {"a": names[first.key], "b": names[second.key]}
    if by_money or by_measure:
        unit: Measure = "amount" if by_money else asked
        told = [_ceiling(desk, side) if by_money and side.total is None else "" for side in (first, second)]
        slots |= {"first": told[0] or measured(desk, unit, figures[0]), "second": told[1] or measured(desk, unit, figures[1])}
        return desk.say(f"compare.more_{'money' if by_money else 'measure'}", evidence, figures, **slots)
    slots |= {"first": int(figures[0]), "second": int(figures[1])}
    return desk.say(f"compare.{'equal' if figures[0] == figures[1] else 'more_deals'}", evidence, figures, **slots)


def _largest(desk: Desk, side: Group) -> Decimal:
    """Return the largest amount that a side states, ceilings among them; nothing where none is stated."""
    return max((desk.ledger.deal(name).amount_usd or Decimal(0) for name in side.deals), default=Decimal(0))


def _ceiling(desk: Desk, side: Group) -> str:
    """Word the amount of a side that has nothing to count but a ceiling: "up to $4.9 billion"."""
    deal = max((desk.ledger.deal(name) for name in side.deals), key=lambda one: one.amount_usd or 0, default=None)
    return desk.amount(deal) if deal is not None else ""


def _side_row(desk: Desk, side: Group, name: str) -> Sentence:
    deals = [desk.ledger.deal(deal) for deal in side.deals]
    firm = [deal for deal in deals if deal.firm]
    biggest = max((deal for deal in firm if deal.amount_usd), key=lambda deal: deal.amount_usd or 0, default=None)
    latest = max(deals, key=lambda deal: (deal.span.last, deal.id), default=None)
    cells = [
        name,
        number(Decimal(len(deals)), desk.language),
        number(Decimal(len(firm)), desk.language),
        desk.money(side.total) if side.total is not None else _NOTHING,
        desk.amount(biggest) if biggest else _NOTHING,
        desk.date(latest) if latest else _NOTHING,
    ]
    computed = (Decimal(len(deals)), Decimal(len(firm)), *([side.total] if side.total is not None else []))
    return Sentence("\t".join(cells), desk.cards(deals), computed, block="row")


def write_group(desk: Desk) -> list[Sentence]:
    """Answer "by company, type, year": which group leads, then the table of groups."""
    groups = desk.finding.groups
    if not groups:
        return []
    by, money = desk.query.group_by or "type", any(group.total is not None for group in groups)
    top = max(groups, key=lambda group: (group.total or 0, len(group.deals)) if money else (len(group.deals), 0))
    asked = scope(desk, len(desk.deals))
    if desk.query.limit:
        return [_leader(desk, by, money), *_listed(desk, by)]
    key = "one" if len(groups) == 1 else "money" if money else "lead"
    slots = {"key": group_name(desk, by, top.key), "n": len(top.deals), "k": len(groups)}
    numbers = [*asked.given, Decimal(len(desk.deals)), top.total or Decimal(0), *_in_key(by, top.key)]
    total = desk.money(top.total) if top.total is not None else ""
    lead = desk.say(f"group.{key}", desk.cards(desk.deals), numbers, scope=asked, total=total, **slots)
    header = desk.text("group.header_money" if money else "group.header", by=desk.text(f"group.by_{by}"))
    written = [lead, Sentence(header, block="row")]
    written += [_group_row(desk, by, group, money) for group in groups]
    if sum(len(group.deals) for group in groups) > len(desk.deals):
        written.append(desk.note("group.overlap"))
    return written


def _leader(desk: Desk, by: str, money: bool) -> Sentence:
    """Say who is first, with the number or the sum that makes it so."""
    groups = desk.finding.groups
    first = [group for group in groups if len(group.deals) == len(groups[0].deals)] if desk.query.limit == 1 else groups[:1]
    names = desk.phrases.join(group_name(desk, by, group.key) for group in first)
    numbers = [number for group in first for number in _in_key(by, group.key)]
    total = desk.money(groups[0].total) if groups[0].total is not None else ""
    key = "most_money" if money else "most" if desk.query.descending else "fewest"
    cards = desk.cards(desk.ledger.deal(deal) for group in first for deal in group.deals)
    told = (Decimal(len(groups[0].deals)), groups[0].total or Decimal(0), *numbers)
    return desk.say(f"group.{key}", cards, told, key=names, n=len(groups[0].deals), total=total)


def _listed(desk: Desk, by: str) -> list[Sentence]:
    """List the deals of each of the first groups."""
    written: list[Sentence] = []
    for group in desk.finding.groups:
        written.append(desk.heading("compare.side", name=group_name(desk, by, group.key), n=len(group.deals)))
        written += desk.items(desk.ledger.deal(deal) for deal in group.deals)
    return written


def _group_row(desk: Desk, by: str, group: Group, money: bool) -> Sentence:
    cells = [group_name(desk, by, group.key), number(Decimal(len(group.deals)), desk.language)]
    computed = [Decimal(len(group.deals)), *_in_key(by, group.key)]
    if money:
        cells.append(desk.money(group.total) if group.total is not None else _NOTHING)
        computed += [group.total] if group.total is not None else []
    deals = [desk.ledger.deal(name) for name in group.deals]
    return Sentence("\t".join(cells), desk.cards(deals), tuple(computed), block="row")


def _in_key(by: str, key: str) -> list[Decimal]:
    """Return the numbers of a period, which a row states without a quote of its own."""
    return [as_number(key[:4]), as_number(key)] if by in ("year", "month") else [as_number(key[:4])] if by == "quarter" else []


def group_name(desk: Desk, by: str, key: str) -> str:
    """Word the key of a group."""
    if by == "party":
        return desk.name(key) if key in desk.ledger.entities else key
    if by == "country":
        return country(desk, key)
    if by == "year":
        return year(int(key), desk.language)
    if by == "month":
        return day(key, "month" if "-" in key else "year", desk.language)
    if by == "quarter" and "-Q" in key:
        started, quarter = key.split("-Q")
        return day(f"{started}-{int(quarter) * 3 - 2:02}", "quarter", desk.language)
    kinds: dict[str, type[DealType] | type[Status] | type[Sector]] = {"type": DealType, "status": Status, "sector": Sector}
    return label(kinds[by](key), desk.language) if by in kinds else key
