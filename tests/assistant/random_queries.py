"""Random queries over a ledger: each is drawn around one of its deals, so that there is something to find."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.schema import Filters, GroupKey, Intent, Measure, PartyTerm, Query
from assistant.selection import measure, select
from index.records import Deal, DealType, Role, Status
from tests.assistant.random_filters import NO_KIND, SHORT_NAMES, SIGNED, VERBS, Conditions, sides

_RANKS: tuple[tuple[Measure, bool], ...] = (
    *[("amount", True)] * 4, *[("announced", True)] * 2, ("amount", False), ("valuation", True), ("valuation", False),
    ("gigawatts", True), ("stake", True), ("term", True), ("term", False), ("shares", True), ("announced", False),
)  # fmt: skip
_LOOKED_UP: tuple[Measure, ...] = (
    *["amount"] * 4, *["announced"] * 3, "closed", "stake", "shares", "gigawatts", "valuation", "term", "status",
    "parties", "type", "source", "terms",
)  # fmt: skip
_GROUPS: tuple[GroupKey, ...] = ("year", "type", "status", "month", "quarter", "sector", "country", "party")


@dataclass(frozen=True, slots=True)
class Task:
    """A query to be put into words; ``verb`` and ``ask`` name the wording, ``others`` are readings that count as well."""

    query: Query
    construct: str
    verb: str = ""
    ask: str = ""
    others: tuple[Query, ...] = ()


class Drawing(Conditions):
    """Draws queries from a ledger with one source of chance."""

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
        filters = self.filters(deal)
        return None if filters == Filters() else Task(Query(Intent.LIST, filters=filters), "list")

    def _count(self, deal: Deal) -> Task | None:
        return Task(Query(Intent.COUNT, filters=self.filters(deal)), "count")

    def _sum(self, deal: Deal) -> Task | None:
        kind = self.random.choice(("sum", "sum", "average", "gigawatts"))
        asked: Measure = "gigawatts" if kind == "gigawatts" else "amount"
        if measure(deal, asked) is None or not deal.firm:
            return None
        query = Query(Intent.SUM, filters=self.filters(deal), measure=asked)
        return Task(replace(query, aggregate="average") if kind == "average" else query, f"sum {kind}")

    def _rank(self, deal: Deal) -> Task | None:
        asked, descending = self.random.choice(_RANKS)
        if asked != "announced" and (measure(deal, asked) is None or not deal.firm):
            return None
        several = (asked in ("amount", "announced") or (descending and asked in ("valuation", "gigawatts"))) and self.chance(
            0.3
        )
        limit = self.random.choice((2, 3, 4, 5, 7, 10)) if several else 1
        filters = self.filters(deal, ranges=asked == "amount", statuses=False)
        query = Query(Intent.RANK, filters=filters, measure=asked, descending=descending, limit=limit)
        return Task(query, f"rank {asked}")

    def _group(self, deal: Deal) -> Task | None:
        query = Query(Intent.GROUP, filters=self.filters(deal), group_by=self.random.choice(_GROUPS))
        money = self.chance(0.3) and deal.amount_usd is not None
        return Task(replace(query, measure="amount" if money else "count"), f"group {query.group_by}")

    def _timeline(self, deal: Deal) -> Task | None:
        return Task(Query(Intent.TIMELINE, filters=self.filters(deal)), "timeline")

    def _compare(self, deal: Deal) -> Task | None:
        other = self.random.choice(self.ledger.deals)
        one, two = self.random.choice(deal.entities), self.random.choice(other.entities)
        if one == two or {one, two} & SHORT_NAMES:
            return None
        filters = Filters(types=frozenset({deal.type}) if self.chance(0.5) else frozenset())
        if self.chance(0.3):
            filters = self.dated(filters, deal)
        sides = tuple(PartyTerm(frozenset({name})) for name in (one, two))
        if not all(select(self.ledger, replace(filters, parties=(side,))) for side in sides):
            return None
        return Task(Query(Intent.COMPARE, filters=filters, compared=sides, measure="amount"), "compare")

    def _path(self, deal: Deal) -> Task | None:
        other = self.random.choice(self.ledger.deals)
        ends = (self.random.choice(deal.entities), self.random.choice(other.entities))
        return None if ends[0] == ends[1] or {*ends} & SHORT_NAMES else Task(Query(Intent.PATH, subject=ends), "path")

    def _circular(self, deal: Deal) -> Task | None:
        name = self.random.choice(deal.entities)
        subject = (name,) if self.chance(0.7) and name not in SHORT_NAMES else ()
        return Task(Query(Intent.CIRCULAR, subject=subject), "circular")

    def _profile(self, deal: Deal) -> Task | None:
        name = self.random.choice(deal.entities)
        if name in SHORT_NAMES:
            return None
        return Task(Query(Intent.PROFILE, subject=(name,), filters=_party(name)), "profile")

    def _yesno(self, deal: Deal) -> Task | None:
        filters = self.filters(deal, ranges=False)
        if self.chance(0.4):
            return self._of_status(deal)
        return Task(Query(Intent.YESNO, filters=_as_yesno(filters)), "yesno")

    def _of_status(self, deal: Deal) -> Task | None:
        asked = frozenset({self.random.choice((Status.SIGNED, Status.CLOSED, Status.IN_TALKS, Status.CANCELLED, deal.status))})
        if asked & {Status.ANNOUNCED, Status.AMENDED, Status.LETTER_OF_INTENT}:
            return None
        filters = self.named(deal)
        return filters and Task(
            Query(Intent.YESNO, filters=_as_yesno(replace(filters, statuses=asked))), "yesno status", ask="status"
        )

    def _lookup(self, deal: Deal) -> Task | None:
        asked = self.random.choice(_LOOKED_UP)
        held = measure(deal, asked) if asked in ("amount", "stake", "shares", "gigawatts", "valuation", "term") else True
        filters = self.named(deal)
        if not held or filters is None or (asked == "closed" and not deal.closed):
            return None
        query = Query(Intent.LOOKUP, filters=filters, measure=asked)
        others = (replace(query, intent=Intent.SUM),) if asked == "amount" else ()
        return Task(query, f"lookup {asked}", others=others)

    def _clause(self, deal: Deal) -> Task | None:
        verb = self.random.choice([name for name in ("invest", *VERBS) if sides(deal, name)] or [""])
        return self._told(deal, verb) if verb else None

    def _told(self, deal: Deal, verb: str) -> Task | None:
        """Return a question whose verb says who does what to whom."""
        asks = ["list_o", "list_s", "yesno", "announced", "list_s_o", "which_s", "which_o", "sum_s_o", "sum_s", "sum_o"]
        ask = self.random.choice([*asks, "count_s", "count_o", "rank_s", "rank_o"])
        one, two = self.random.choice(sides(deal, verb))
        if ask == "yesno" and self.chance(0.3):
            two = self.random.choice(self.random.choice(self.ledger.deals).entities)
        sector = {"which_s": one, "which_o": two}.get(ask)
        if {one, two} & SHORT_NAMES or one == two or (sector and self.ledger.entity(sector).sectors[0] in NO_KIND):
            return None
        acting, acted = VERBS[verb]
        known = {"s": ask.endswith(("_s", "_s_o", "yesno", "announced")), "o": ask.endswith(("_o", "yesno", "announced"))}
        terms = []
        if known["s"] or ask.startswith("which"):
            terms.append(self._side(one, acting, ask == "which_s"))
        if known["o"] or ask.startswith("which"):
            terms.append(self._side(two, acted, ask == "which_o"))
        filters = Filters(parties=tuple(terms))
        if self.chance(0.35) and verb != "guarantee" and "announced" not in ask:
            filters = self.dated(filters, deal)
        if ask in ("list_o", "list_s", "which_s", "which_o") and self.chance(0.12):
            filters = self.without(filters)
        if verb == "guarantee":
            filters = replace(filters, types=frozenset({DealType.BACKSTOP}))
        intent, kept = _ASKED[ask.split("_")[0]]
        query = replace(kept, intent=intent, filters=filters)
        if ask.startswith(("sum", "rank", "announced")) and not any(
            one.firm and one.amount_usd for one in select(self.ledger, filters)
        ):
            return None
        return Task(query, f"{verb} {ask}", verb, ask, _other_readings(query, verb, ask))

    def _side(self, name: str, roles: frozenset[Role], sector: bool) -> PartyTerm:
        kind = self.ledger.entity(name).sectors[0]
        if sector and kind not in NO_KIND:
            return PartyTerm(sectors=frozenset({kind}), roles=roles)
        return PartyTerm(frozenset({name}), roles=roles)


def _party(name: str) -> Filters:
    return Filters(parties=(PartyTerm(frozenset({name})),))


def _with_closed(task: Task) -> Task:
    """Accept the reading in which a deal that "has been signed" may have closed since."""
    filters = task.query.filters
    if filters.statuses == {Status.CLOSED}:  # "completed in 2025" may date the closing
        return replace(task, others=(*task.others, replace(task.query, filters=replace(filters, dated_by="closed"))))
    if filters.statuses != {Status.SIGNED}:
        return task
    return replace(task, others=(*task.others, replace(task.query, filters=replace(filters, statuses=SIGNED))))


def _as_yesno(filters: Filters) -> Filters:
    return replace(filters, statuses=SIGNED) if filters.statuses == {Status.SIGNED} else filters


def _other_readings(query: Query, verb: str, ask: str) -> tuple[Query, ...]:
    """Return the readings that are as good: buying may be acquiring, renting may be buying, a sum of one deal a look-up."""
    others = []
    if ask in ("sum_s_o",):
        others.append(replace(query, intent=Intent.LOOKUP))
    for wider in _WIDER.get(verb, ()):
        parties = tuple(replace(term, roles=term.roles | wider) if term.roles else term for term in query.filters.parties)
        others.append(replace(query, filters=replace(query.filters, parties=parties)))
    return tuple(others)


# Roles that a verb may take in as well: who buys may acquire or rent, who rents may buy.
_WIDER: dict[str, tuple[set[Role], ...]] = {
    "buy": (
        {Role.ACQUIRER},
        {Role.LESSEE, Role.LESSOR},
        {Role.ACQUIRER, Role.LESSEE, Role.LESSOR},
        {Role.ACQUIRER, Role.INVESTOR, Role.LESSEE, Role.LESSOR},
    ),
    "rent": ({Role.BUYER}, {Role.BUYER, Role.SELLER}),
}
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
