"""Random conditions on deals, drawn around one deal of a ledger, so that there is something to find."""

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from assistant.schema import Filters, Measure, PartyTerm, Range
from assistant.selection import measure, select
from index.ledger import Ledger
from index.records import FIRM, Deal, Role, Sector, Status

# Who acts and who is acted on, for the verbs that questions are told with.
VERBS: dict[str, tuple[frozenset[Role], frozenset[Role]]] = {
    "invest": (frozenset({Role.INVESTOR}), frozenset({Role.INVESTEE})),
    "acquire": (frozenset({Role.ACQUIRER}), frozenset({Role.TARGET})),
    "buy": (frozenset({Role.BUYER}), frozenset({Role.SELLER})),
    "lend": (frozenset({Role.LENDER}), frozenset({Role.BORROWER})),
    "rent": (frozenset({Role.LESSEE}), frozenset({Role.LESSOR})),
    "guarantee": (frozenset({Role.GUARANTOR}), frozenset(set(Role) - {Role.GUARANTOR})),
}
SIGNED = frozenset({Status.SIGNED, Status.CLOSED, Status.AMENDED})  # what "is it signed?" accepts: it may have closed since
_FAILED = frozenset({Status.LAPSED, Status.CANCELLED})
_MONEY = tuple(Decimal(n) * 10**6 for n in (100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000, 300_000))
_BOUNDS: dict[Measure, tuple[Decimal, ...]] = {
    "amount": _MONEY,
    "valuation": _MONEY,
    "gigawatts": tuple(map(Decimal, ("0.1", "0.5", "1", "2", "5", "10"))),
    "stake": tuple(map(Decimal, (5, 10, 15, 20, 25, 40, 50))),
}
SHORT_NAMES = frozenset({"x_corp", "io_products", "openai_employees"})  # a letter, two letters, and no organisation
NO_KIND = frozenset(
    {Sector.OTHER, Sector.CONSUMER_TECH, Sector.MEDIA, Sector.GOVERNMENT, Sector.FOUNDRY, Sector.CUSTOM_CHIP_DESIGNER}
)


class Conditions:
    """Draws conditions from a ledger with one source of chance."""

    def __init__(self, ledger: Ledger, random: Random, today: date) -> None:
        self.ledger = ledger
        self.random = random
        self.today = today

    def named(self, deal: Deal) -> Filters | None:
        """Return filters that name one deal by its parties, with its type or its date where more deals have them."""
        names = [name for name in deal.entities if name not in SHORT_NAMES]
        if len(names) < 2:
            return None
        filters = Filters(parties=tuple(PartyTerm(frozenset({name})) for name in self.random.sample(names, 2)))
        if self.chance(0.6) or len(select(self.ledger, filters)) > 1:
            filters = replace(filters, types=frozenset({deal.type}))
        if len(select(self.ledger, filters)) > 1:
            filters = self.dated(filters, deal)
        return filters

    def filters(self, deal: Deal, ranges: bool = True, statuses: bool = True) -> Filters:
        """Return conditions that the deal meets, of any kinds."""
        filters = Filters(parties=self._parties(deal))
        if self.chance(0.35):
            filters = replace(filters, types=frozenset({deal.type}))
        if self.chance(0.4):
            filters = self.dated(filters, deal)
        if statuses and self.chance(0.15) and deal.status not in (Status.ANNOUNCED, Status.AMENDED):
            filters = replace(filters, statuses=self._statuses(deal))
        if ranges and self.chance(0.2):
            filters = self._bounded(filters, deal)
        if filters.parties and self.chance(0.1):
            filters = self.without(filters)
        elif len(filters.parties) == 2 and all(len(term.entities) == 1 for term in filters.parties) and self.chance(0.1):
            filters = replace(filters, only_parties=True)
        return filters

    def _parties(self, deal: Deal) -> tuple[PartyTerm, ...]:
        names = [name for name in deal.entities if name not in SHORT_NAMES]
        count = min(self.random.choice((0, 1, 1, 1, 2, 2)), len(names))
        chosen = [PartyTerm(frozenset({name})) for name in self.random.sample(names, count)]
        if chosen and self.chance(0.3):
            (name,) = chosen[-1].entities
            kind = self.ledger.entity(name).sectors[0]
            if self.chance(0.6) and kind not in NO_KIND:
                chosen[-1] = PartyTerm(sectors=frozenset({kind}))
            else:
                other = self.random.choice(self.random.choice(self.ledger.deals).entities)
                if other not in SHORT_NAMES and not any(other in term.entities for term in chosen):
                    chosen[-1] = PartyTerm(frozenset({name, other}))
        return tuple(chosen)

    def _statuses(self, deal: Deal) -> frozenset[Status]:
        if deal.firm and self.chance(0.2):
            return FIRM
        return _FAILED if deal.status in _FAILED and self.chance(0.4) else frozenset({deal.status})

    def without(self, filters: Filters) -> Filters:
        """Add a company that must not take part, one that does in some of the deals."""
        held = select(self.ledger, filters)
        named = frozenset[str]().union(*(term.entities for term in filters.parties))
        others = sorted({name for deal in held for name in deal.entities} - named - SHORT_NAMES)
        if not others:
            return filters
        term = PartyTerm(frozenset({self.random.choice(others)}), negated=True)
        return replace(filters, parties=(*filters.parties, term))

    def _bounded(self, filters: Filters, deal: Deal) -> Filters:
        held = [name for name in _BOUNDS if measure(deal, name) is not None]
        if not held:
            return filters
        name = self.random.choice(held)
        value = measure(deal, name) or Decimal(0)
        below = [bound for bound in _BOUNDS[name] if bound <= value]
        above = [bound for bound in _BOUNDS[name] if bound >= value]
        low = self.random.choice(below) if below and self.chance(0.7) else None
        high = self.random.choice(above) if above and (low is None or self.chance(0.3)) else None
        if (low is None and high is None) or low == high:
            return filters
        strict = (low is None or high is None) and value not in (low, high) and self.chance(0.6)
        return replace(filters, ranges=(Range(name, low, high, strict),))

    def dated(self, filters: Filters, deal: Deal) -> Filters:
        """Narrow to a period that holds the deal: a year, a quarter, a month, or from, until or between."""
        year, month = deal.span.first.year, deal.span.first.month
        whole = (date(year, 1, 1), date(year, 12, 31))
        kinds = ["year", "year", "since", "until", "between"]
        if deal.announced_precision != "year":
            kinds += ["quarter", "month", "month", "since month", "until month", "between months"]
        kind = self.random.choice(kinds)
        first = (month - 1) // 3 * 3 + 1
        spans: dict[str, tuple[date | None, date | None]] = {
            "year": whole,
            "since": (date(year - self.random.choice((0, 1)), 1, 1), None),
            "until": (None, date(year + self.random.choice((0, 1)), 12, 31)),
            "between": (date(year - 1, 1, 1), whole[1]),
            "quarter": (date(year, first, 1), _month_end(year, first + 2)),
            "month": (date(year, month, 1), _month_end(year, month)),
            "since month": (date(year, month, 1), None),
            "until month": (None, _month_end(year, month)),
            "between months": (date(year, max(1, month - 2), 1), _month_end(year, min(12, month + 1))),
        }
        since, until = spans[kind]
        return replace(filters, since=since, until=until)

    def chance(self, share: float) -> bool:
        """Return True in this share of cases."""
        return self.random.random() < share


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def next_day(day: date) -> date:
    """Return the day after."""
    return day + timedelta(days=1)


def sides(deal: Deal, verb: str) -> list[tuple[str, str]]:
    """Return the pairs of parties of which the first does to the second what the verb says."""
    acting, acted = VERBS[verb]
    return [
        (one, two)
        for one in deal.entities
        for two in deal.entities
        if one != two and deal.roles(one) & acting and deal.roles(two) & acted
    ]
