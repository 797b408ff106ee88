"""Lists, counts and timelines."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby

from assistant.composing.desk import Desk
from assistant.composing.scope import scope
from assistant.schema import Sentence
from index.figures import year
from index.records import FIRM, Deal

GROUPED = 7  # deals from which firm and not firm stand under headings of their own
BY_YEAR = 16  # firm deals from which the years stand under headings of their own


def write_list(desk: Desk) -> list[Sentence]:
    """Answer "which deals": how many, how many of them not firm, then each; or which companies are on both sides."""
    if desk.query.sides:
        return _on_both_sides(desk)
    return [_opening(desk, "list.found"), *not_firm(desk), *itemised(desk, desk.deals)]


def _on_both_sides(desk: Desk) -> list[Sentence]:
    """Name the companies that stand on every side, each with its deals there."""
    groups = desk.finding.groups
    if not groups:
        return []
    written = [desk.say("list.both", desk.cards(desk.deals), n=len(groups), names=desk.names(group.key for group in groups))]
    for group in groups:
        written.append(desk.heading("compare.side", name=desk.name(group.key), n=len(group.deals)))
        written += desk.items(desk.ledger.deal(deal) for deal in group.deals)
    return written


def write_count(desk: Desk) -> list[Sentence]:
    """Answer "how many": the number, how many are not firm, then each."""
    return [_opening(desk, "count.answer"), *not_firm(desk), *itemised(desk, desk.deals)]


def write_timeline(desk: Desk) -> list[Sentence]:
    """Answer with the deals by date, oldest first, under years when there are many."""
    deals = desk.deals
    asked = scope(desk, len(deals))
    first, last = desk.date(deals[0]), desk.date(deals[-1])
    key = "timeline.lead" if len(deals) > 1 else "timeline.one"
    lead = desk.say(key, desk.cards(deals), (*asked.given, Decimal(len(deals))), scope=asked, first=first, last=last)
    entries: list[Sentence] = [lead, *not_firm(desk)]
    for started, members in groupby(deals, key=lambda deal: deal.announced[:4]):
        if len(deals) >= GROUPED:
            entries.append(_year(desk, started))
        entries += [_dated(desk, deal) for deal in members]
    return entries


def _opening(desk: Desk, key: str) -> Sentence:
    asked = scope(desk, len(desk.deals))
    return desk.say(key, desk.cards(desk.deals), asked.given, scope=asked, n=len(desk.deals))


def not_firm(desk: Desk) -> list[Sentence]:
    """Say how many of the deals are not firm, and what they are; nothing when all are."""
    loose = [deal for deal in desk.deals if not deal.firm]
    asked = desk.query.filters.statuses
    if not loose or (len(asked) == 1 and not asked & FIRM):
        return []  # a question about talks needs no telling that talks are not firm
    kinds = kinds_of(desk, loose)
    key = "not_firm" if len(loose) < len(desk.deals) else "none_firm" if len(loose) > 1 else "one_not_firm"
    return [desk.say(f"list.{key}", desk.cards(loose), counts(loose), n=len(loose), kinds=kinds)]


def kinds_of(desk: Desk, loose: Iterable[Deal]) -> str:
    """Count deals that are not firm by status: "2 letters of intent and 1 cancelled"."""
    numbers = Counter(deal.status for deal in loose)
    return desk.phrases.join(desk.phrases.say(f"many.{status}", n=numbers[status]) for status in sorted(numbers))


def counts(loose: Iterable[Deal]) -> tuple[Decimal, ...]:
    """Return the numbers that ``kinds_of`` writes."""
    return tuple(Decimal(number) for number in Counter(deal.status for deal in loose).values())


def itemised(desk: Desk, deals: tuple[Deal, ...]) -> list[Sentence]:
    """Write every deal as an item, in order; long lists get headings for firm, not firm and years."""
    firm = tuple(deal for deal in deals if deal.firm)
    loose = tuple(deal for deal in deals if not deal.firm)
    if len(deals) < GROUPED or (*firm, *loose) != deals:
        return desk.items(deals)
    written: list[Sentence] = []
    if loose and firm:
        written.append(desk.heading("list.firm", n=len(firm)))
    for started, members in groupby(firm, key=lambda deal: deal.announced[:4]):
        if len(firm) >= BY_YEAR:
            written.append(_year(desk, started))
        written += desk.items(members)
    if loose:
        written += [desk.heading("list.loose", n=len(loose)), *desk.items(loose)]
    return written


def _year(desk: Desk, started: str) -> Sentence:
    text = year(int(started), desk.language)
    return Sentence(desk.text("list.year", year=text), computed=(Decimal(started),), block="heading")


def _dated(desk: Desk, deal: Deal) -> Sentence:
    title = desk.title(deal)
    details = desk.details(deal, title, dated=False)
    text = desk.phrases.say("dated", date=desk.date(deal), title=title, details=details)
    return Sentence(text, (desk.card(deal, text),), block="item")
