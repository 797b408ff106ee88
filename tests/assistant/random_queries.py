"""Random queries over a ledger: each is drawn around one of its deals, so that there is something to find."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from assistant.schema import Filters, GroupKey, Intent, Measure, PartyTerm, Query, Range
from assistant.selection import measure, select
from index.ledger import Ledger
from index.records import FIRM, Deal, Role, Sector, Status

# Who acts and who is acted on, for the verbs that questions are told with.
VERBS: dict[str, tuple[frozenset[Role], frozenset[Role]]] = {
    "invest": (frozenset({Role.INVESTOR}), frozenset({Role.INVESTEE})),
    "acquire": (frozenset({Role.ACQUIRER}), frozenset({Role.TARGET})),
    "buy": (frozenset({Role.BUYER, Role.LESSEE}), frozenset({Role.SELLER, Role.LESSOR})),
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
_RANKS: tuple[tuple[Measure, bool], ...] = (
    *[("amount", True)] * 4, *[("announced", True)] * 2, ("amount", False), ("valuation", True), ("valuation", False),
    ("gigawatts", True), ("stake", True), ("term", True), ("term", False), ("shares", True), ("announced", False),
)  # fmt: skip
_LOOKED_UP: tuple[Measure, ...] = (
    *["amount"] * 4, *["announced"] * 3, "closed", "stake", "shares", "gigawatts", "valuation", "term", "status",
    "parties", "type", "source", "terms",
)  # fmt: skip
_GROUPS: tuple[GroupKey, ...] = ("year", "type", "status", "month", "quarter", "sector", "country", "party")
_SHORT_NAMES = frozenset({"x_corp", "io_products", "openai_employees"})  # a letter, two letters, and no organisation
_NO_KIND = frozenset({Sector.OTHER, Sector.CONSUMER_TECH, Sector.MEDIA, Sector.GOVERNMENT, Sector.FOUNDRY, Sector.CUSTOM_CHIP_DESIGNER})


@dataclass(frozen=True, slots=True)
class Task:
    """A query to be put into words; ``verb`` and ``ask`` name the wording, ``others`` are readings that count as well."""

    query: Query
    construct: str
    verb: str = ""
    ask: str = ""
    others: tuple[Query, ...] = ()


class Drawing:
    """Draws queries from a ledger with one source of chance."""

    def __init__(self, ledger: Ledger, random: Random, today: date) -> None:
        self.ledger = ledger
        self.random = random
        self.today = today

    def task(self) -> Task:
        """Return a random query; what it selects is never empty, but for questions of yes or no."""
        kinds: tuple[tuple[int, Callable[[Deal], Task | None]], ...] = (
            (4, self._list), (3, self._count), (3, self._sum), (3, self._rank), (2, self._group), (1, self._timeline),
            (1, self._compare), (1, self._path), (1, self._circular), (1, self._profile), (2, self._yesno),
            (4, self._lookup), (9, self._clause),
        )  # fmt: skip
        while True:
            deal = self.random.choice(self.ledger.deals)
            (draw,) = self.random.choices([kind for _, kind in kinds], [weight for weight, _ in kinds])
            task = draw(deal)
            if task is not None and (task.query.intent in _SELF_CONTAINED or select(self.ledger, task.query.filters)):
                return _with_closed(task)

    # What is asked

    def _list(self, deal: Deal) -> Task | None:
        filters = self._filters(deal)
        return None if filters == Filters() else Task(Query(Intent.LIST, filters=filters), "list")

    def _count(self, deal: Deal) -> Task | None:
        return Task(Query(Intent.COUNT, filters=self._filters(deal)), "count")

    def _sum(self, deal: Deal) -> Task | None:
        kind = self.random.choice(("sum", "sum", "average", "gigawatts"))
        asked: Measure = "gigawatts" if kind == "gigawatts" else "amount"
        if measure(deal, asked) is None or not deal.firm:
            return None
        query = Query(Intent.SUM, filters=self._filters(deal), measure=asked)
        return Task(replace(query, aggregate="average") if kind == "average" else query, f"sum {kind}")

    def _rank(self, deal: Deal) -> Task | None:
        asked, descending = self.random.choice(_RANKS)
        if asked != "announced" and (measure(deal, asked) is None or not deal.firm):
            return None
        several = (asked in ("amount", "announced") or (descending and asked in ("valuation", "gigawatts"))) and self._chance(0.3)
        limit = self.random.choice((2, 3, 4, 5, 7, 10)) if several else 1
        filters = self._filters(deal, ranges=asked == "amount", statuses=False)
        query = Query(Intent.RANK, filters=filters, measure=asked, descending=descending, limit=limit)
        return Task(query, f"rank {asked}")

    def _group(self, deal: Deal) -> Task | None:
        query = Query(Intent.GROUP, filters=self._filters(deal), group_by=self.random.choice(_GROUPS))
        money = self._chance(0.3) and deal.amount_usd is not None
        return Task(replace(query, measure="amount" if money else "count"), f"group {query.group_by}")

    def _timeline(self, deal: Deal) -> Task | None:
        return Task(Query(Intent.TIMELINE, filters=self._filters(deal)), "timeline")

    def _compare(self, deal: Deal) -> Task | None:
        other = self.random.choice(self.ledger.deals)
        one, two = self.random.choice(deal.entities), self.random.choice(other.entities)
        if one == two or {one, two} & _SHORT_NAMES:
            return None
        filters = Filters(types=frozenset({deal.type}) if self._chance(0.5) else frozenset())
        if self._chance(0.3):
            filters = self._dated(filters, deal)
        sides = tuple(PartyTerm(frozenset({name})) for name in (one, two))
        if not all(select(self.ledger, replace(filters, parties=(side,))) for side in sides):
            return None
        return Task(Query(Intent.COMPARE, filters=filters, compared=sides, measure="amount"), "compare")

    def _path(self, deal: Deal) -> Task | None:
        other = self.random.choice(self.ledger.deals)
        ends = (self.random.choice(deal.entities), self.random.choice(other.entities))
        return None if ends[0] == ends[1] or {*ends} & _SHORT_NAMES else Task(Query(Intent.PATH, subject=ends), "path")

    def _circular(self, deal: Deal) -> Task | None:
        name = self.random.choice(deal.entities)
        subject = (name,) if self._chance(0.7) and name not in _SHORT_NAMES else ()
        return Task(Query(Intent.CIRCULAR, subject=subject), "circular")

    def _profile(self, deal: Deal) -> Task | None:
        name = self.random.choice(deal.entities)
        if name in _SHORT_NAMES:
            return None
        return Task(Query(Intent.PROFILE, subject=(name,), filters=_party(name)), "profile")

    def _yesno(self, deal: Deal) -> Task | None:
        filters = self._filters(deal, ranges=False)
        if self._chance(0.4):
            return self._of_status(deal)
        return Task(Query(Intent.YESNO, filters=_as_yesno(filters)), "yesno")

    def _of_status(self, deal: Deal) -> Task | None:
        asked = frozenset({self.random.choice((Status.SIGNED, Status.CLOSED, Status.IN_TALKS, Status.CANCELLED, deal.status))})
        if asked & {Status.ANNOUNCED, Status.AMENDED, Status.LETTER_OF_INTENT}:
            return None
        filters = self._named(deal)
        return filters and Task(Query(Intent.YESNO, filters=_as_yesno(replace(filters, statuses=asked))), "yesno status", ask="status")

    def _lookup(self, deal: Deal) -> Task | None:
        asked = self.random.choice(_LOOKED_UP)
        held = measure(deal, asked) if asked in ("amount", "stake", "shares", "gigawatts", "valuation", "term") else True
        filters = self._named(deal)
        if not held or filters is None or (asked == "closed" and not deal.closed):
            return None
        query = Query(Intent.LOOKUP, filters=filters, measure=asked)
        others = (replace(query, intent=Intent.SUM),) if asked == "amount" else ()
        return Task(query, f"lookup {asked}", others=others)

    def _clause(self, deal: Deal) -> Task | None:
        verb = self.random.choice([name for name in ("invest", *VERBS) if _sides(deal, name)] or [""])
        return self._told(deal, verb) if verb else None

    def _told(self, deal: Deal, verb: str) -> Task | None:
        """Return a question whose verb says who does what to whom."""
        asks = ["list_o", "list_s", "yesno", "announced", "list_s_o", "which_s", "which_o", "sum_s_o", "sum_s", "sum_o"]
        ask = self.random.choice([*asks, "count_s", "count_o", "rank_s", "rank_o"])
        one, two = self.random.choice(_sides(deal, verb))
        if ask == "yesno" and self._chance(0.3):
            two = self.random.choice(self.random.choice(self.ledger.deals).entities)
        sector = {"which_s": one, "which_o": two}.get(ask)
        if {one, two} & _SHORT_NAMES or one == two or (sector and self.ledger.entity(sector).sectors[0] in _NO_KIND):
            return None
        acting, acted = VERBS[verb]
        known = {"s": ask.endswith(("_s", "_s_o", "yesno", "announced")), "o": ask.endswith(("_o", "yesno", "announced"))}
        terms = []
        if known["s"] or ask.startswith("which"):
            terms.append(self._side(one, acting, ask == "which_s"))
        if known["o"] or ask.startswith("which"):
            terms.append(self._side(two, acted, ask == "which_o"))
        filters = Filters(parties=tuple(terms))
        if self._chance(0.35) and verb != "guarantee" and "announced" not in ask:
            filters = self._dated(filters, deal)
        if ask in ("list_o", "list_s", "which_s", "which_o") and self._chance(0.12):
            filters = self._without(filters)
        intent, kept = _ASKED[ask.split("_")[0]]
        query = replace(kept, intent=intent, filters=filters)
        if ask.startswith(("sum", "rank", "announced")) and not any(
            one.firm and one.amount_usd for one in select(self.ledger, filters)
        ):
            return None
        return Task(query, f"{verb} {ask}", verb, ask, _other_readings(query, verb, ask))

    def _side(self, name: str, roles: frozenset[Role], sector: bool) -> PartyTerm:
        kind = self.ledger.entity(name).sectors[0]
        if sector and kind not in _NO_KIND:
            return PartyTerm(sectors=frozenset({kind}), roles=roles)
        return PartyTerm(frozenset({name}), roles=roles)

    # Which deals

    def _named(self, deal: Deal) -> Filters | None:
        """Return filters that name one deal by its parties, with its type or its date where more deals have them."""
        names = [name for name in deal.entities if name not in _SHORT_NAMES]
        if len(names) < 2:
            return None
        filters = Filters(parties=tuple(PartyTerm(frozenset({name})) for name in self.random.sample(names, 2)))
        if self._chance(0.6) or len(select(self.ledger, filters)) > 1:
            filters = replace(filters, types=frozenset({deal.type}))
        if len(select(self.ledger, filters)) > 1:
            filters = self._dated(filters, deal)
        return filters

    def _filters(self, deal: Deal, ranges: bool = True, statuses: bool = True) -> Filters:
        filters = Filters(parties=self._parties(deal))
        if self._chance(0.35):
            filters = replace(filters, types=frozenset({deal.type}))
        if self._chance(0.4):
            filters = self._dated(filters, deal)
        if statuses and self._chance(0.15) and deal.status not in (Status.ANNOUNCED, Status.AMENDED):
            filters = replace(filters, statuses=self._statuses(deal))
        if ranges and self._chance(0.2):
            filters = self._bounded(filters, deal)
        if filters.parties and self._chance(0.1):
            filters = self._without(filters)
        elif len(filters.parties) == 2 and all(len(term.entities) == 1 for term in filters.parties) and self._chance(0.1):
            filters = replace(filters, only_parties=True)
        return filters

    def _parties(self, deal: Deal) -> tuple[PartyTerm, ...]:
        names = [name for name in deal.entities if name not in _SHORT_NAMES]
        count = min(self.random.choice((0, 1, 1, 1, 2, 2)), len(names))
        chosen = [PartyTerm(frozenset({name})) for name in self.random.sample(names, count)]
        if chosen and self._chance(0.3):
            (name,) = chosen[-1].entities
            kind = self.ledger.entity(name).sectors[0]
            if self._chance(0.6) and kind not in _NO_KIND:
                chosen[-1] = PartyTerm(sectors=frozenset({kind}))
            else:
                other = self.random.choice(self.random.choice(self.ledger.deals).entities)
                if other not in _SHORT_NAMES and not any(other in term.entities for term in chosen):
                    chosen[-1] = PartyTerm(frozenset({name, other}))
        return tuple(chosen)

    def _statuses(self, deal: Deal) -> frozenset[Status]:
        if deal.firm and self._chance(0.2):
            return FIRM
        return _FAILED if deal.status in _FAILED and self._chance(0.4) else frozenset({deal.status})

    def _without(self, filters: Filters) -> Filters:
        held = [deal for deal in select(self.ledger, filters)]
        named = frozenset[str]().union(*(term.entities for term in filters.parties))
        others = sorted({name for deal in held for name in deal.entities} - named - _SHORT_NAMES)
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
        low = self.random.choice(below) if below and self._chance(0.7) else None
        high = self.random.choice(above) if above and (low is None or self._chance(0.3)) else None
        if low is None and high is None or low == high:
            return filters
        strict = (low is None or high is None) and value not in (low, high) and self._chance(0.6)
        return replace(filters, ranges=(Range(name, low, high, strict),))

    def _dated(self, filters: Filters, deal: Deal) -> Filters:
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

    def _chance(self, share: float) -> bool:
        return self.random.random() < share


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def next_day(day: date) -> date:
    """Return the day after."""
    return day + timedelta(days=1)


def _party(name: str) -> Filters:
    return Filters(parties=(PartyTerm(frozenset({name})),))


def _with_closed(task: Task) -> Task:
    """Accept the reading in which a deal that "has been signed" may have closed since."""
    filters = task.query.filters
    if filters.statuses != {Status.SIGNED}:
        return task
    return replace(task, others=(*task.others, replace(task.query, filters=replace(filters, statuses=SIGNED))))


def _as_yesno(filters: Filters) -> Filters:
    return replace(filters, statuses=SIGNED) if filters.statuses == {Status.SIGNED} else filters


def _sides(deal: Deal, verb: str) -> list[tuple[str, str]]:
    """Return the pairs of parties of which the first does to the second what the verb says."""
    acting, acted = VERBS[verb]
    return [
        (one, two)
        for one in deal.entities
        for two in deal.entities
        if one != two and deal.roles(one) & acting and deal.roles(two) & acted
    ]


def _other_readings(query: Query, verb: str, ask: str) -> tuple[Query, ...]:
    """Return the readings that are as good: buying may be acquiring, renting may be buying, a sum of one deal a look-up."""
    others = []
    if ask in ("sum_s_o",):
        others.append(replace(query, intent=Intent.LOOKUP))
    wider = {"buy": {Role.ACQUIRER}, "rent": {Role.BUYER, Role.SELLER}}.get(verb)
    if wider:
        parties = tuple(replace(term, roles=term.roles | wider) if term.roles else term for term in query.filters.parties)
        others.append(replace(query, filters=replace(query.filters, parties=parties)))
    return tuple(others)


_SELF_CONTAINED = (Intent.YESNO, Intent.PATH, Intent.CIRCULAR, Intent.COMPARE)
_ASKED: dict[str, tuple[Intent, Query]] = {
    "list": (Intent.LIST, Query(Intent.LIST)),
    "which": (Intent.LIST, Query(Intent.LIST)),
    "yesno": (Intent.YESNO, Query(Intent.YESNO)),
    "announced": (Intent.LOOKUP, Query(Intent.LOOKUP, measure="announced")),
    "sum": (Intent.SUM, Query(Intent.SUM, measure="amount", flow_sum=True)),
    "count": (Intent.COUNT, Query(Intent.COUNT)),
    "rank": (Intent.RANK, Query(Intent.RANK, measure="amount", limit=1)),
}
