"""Whether the finished text of an answer states any figure that nothing bears out, read anew without the composer's help.

Each line answers for itself: its money, shares of companies, power, stakes and dates stand in what its markers quote, are
worked out from the records that a run of markers within its own cites, are the value of the answer, or restate the question.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest

from assistant.circularity import find_circles
from assistant.citations import states
from assistant.counting import Price, count_measure, count_money, price_of, whole
from assistant.schema import Answer, Citation, Filters, Query
from index.figures import Figure, read_figures
from index.ledger import Ledger
from index.records import Deal

_MARKERS = re.compile(r"\[\d{1,3}\](?:(?:–|\s?)\[\d{1,3}\])*")
_MARKER = re.compile(r"\[(\d{1,3})\](–(?=\[))?")
_MEASURED: tuple[Price, ...] = (lambda deal: deal.gigawatts, lambda deal: deal.shares)
_UNCHECKED = frozenset({"", "years"})  # counts of deals and other plain numbers
_COUNT = 1000  # more than deals are ever counted: a plain number from here on is a year cut wrong or a number of things
_ROUNDED = Decimal("0.001")  # of a value: averages are written with four digits


@dataclass(frozen=True, slots=True)
class Unproved:
    """A figure of the text that nothing bears out, with the line that states it."""

    figure: Figure
    line: str


def unverified(answer: Answer, ledger: Ledger, query: Query) -> tuple[Unproved, ...]:
    """Return the figures of the text with a unit, dates among them, that nothing bears out; empty for a sound answer.

    ``query`` is what the question was read as, with the periods and bounds that the text may restate.
    """
    cited = {citation.marker: citation for citation in answer.citations}
    runs = dict.fromkeys(_numbers(match.group()) for match in _MARKERS.finditer(answer.text))
    worked_out = {run: tuple(_worked_out(_deals(run, cited, ledger), ledger, query)) for run in runs}
    known = tuple(_restated(answer, query))
    found: list[Unproved] = []
    for line in answer.text.splitlines():
        markers = _numbers(line) or tuple(cited)  # a heading or a note without markers leans on all of them
        computed = {value for run, values in worked_out.items() if set(run) <= set(markers) for value in values}
        quoted = [figure for marker in markers if marker in cited for figure in read_figures(cited[marker].quote)]
        found += (
            Unproved(figure, line)
            for figure in _checked(_MARKERS.sub(lambda match: " " * len(match.group()), line))
            if not any(states(other, figure) for other in (*quoted, *known)) and not _close(figure, computed)
        )
    return tuple(found)


def _checked(line: str) -> Iterator[Figure]:
    """Yield the figures that must be borne out: all with a unit, and plain numbers that are large or stand before a date."""
    figures = read_figures(line)
    for figure, following in zip_longest(figures, figures[1:]):
        dated = following is not None and following.day and line[figure.end : following.start].isspace()  # "48 March 2026"
        if figure.unit not in _UNCHECKED or figure.value >= _COUNT or dated:
            yield figure


def _numbers(text: str) -> tuple[int, ...]:
    """Return the markers of a text in order, runs such as ``[2]–[5]`` in full."""
    found: list[int] = []
    open_run = False
    for match in _MARKER.finditer(text):
        number = int(match[1])
        found += range(found[-1] + 1, number + 1) if open_run else [number]
        open_run = bool(match[2])
    return tuple(found)


def _deals(markers: Iterable[int], cited: dict[int, Citation], ledger: Ledger) -> tuple[Deal, ...]:
    names = dict.fromkeys(cited[marker].id for marker in markers if marker in cited and cited[marker].kind == "deal")
    return tuple(ledger.deal(name) for name in names)


def _worked_out(deals: tuple[Deal, ...], ledger: Ledger, query: Query) -> Iterator[Decimal]:
    """Yield what the rules of counting make of these records: totals, sums per kind, averages, money that goes round."""
    yield from (circle.money for circle in find_circles(ledger, Filters(deals=tuple(deal.id for deal in deals))))
    if len(deals) < 2:
        return  # what one record states is in its quote
    for price in dict.fromkeys((whole, price_of(query))):
        yield from _sums(deals, ledger, price)
    for measured in _MEASURED:
        kept, _ = count_measure(ledger, deals, measured)
        yield sum((measured(deal) or Decimal(0) for deal in kept), Decimal(0))


def _sums(deals: tuple[Deal, ...], ledger: Ledger, price: Price) -> Iterator[Decimal]:
    for every in (False, True):
        counted = count_money(ledger, deals, include_not_firm=every, price=price)
        yield counted.total
        yield from (amount for _, amount in counted.sums)
        if counted.counted:
            yield counted.total / len(counted.counted)


def _restated(answer: Answer, query: Query) -> Iterator[Figure]:
    """Yield the figures of the question, of the bounds that it was read as, and of the value."""
    yield from read_figures(answer.question)
    for day in (query.filters.since, query.filters.until):
        if day is not None:
            yield Figure(Decimal(day.year), "date", 0, 0, day.isoformat())
    for limits in query.filters.ranges:
        yield from (Figure(bound, "", 0, 0) for bound in (limits.low, limits.high) if bound is not None)
    value = answer.value.model_dump() if answer.value else {}
    if "date" in value:
        yield Figure(Decimal(0), "date", 0, 0, value["date"])
    elif value:
        yield Figure(Decimal(value["amount"]), "", 0, 0)


def _close(figure: Figure, computed: Iterable[Decimal]) -> bool:
    return not figure.day and any(abs(figure.value - value) <= _ROUNDED * value for value in computed)
