"""Which deals pass a question's filters: pure functions over the ledger."""

from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

from assistant.schema import Filters, Measure, PartyTerm, Range
from index.ledger import Ledger
from index.records import Deal, Party, date_precision, date_span
from index.text import tokens


def select(ledger: Ledger, filters: Filters) -> tuple[Deal, ...]:
    """Return the deals that pass every filter, oldest first; named deals keep the order of the filter."""
    pool = tuple(ledger.deal(name) for name in filters.deals if name in ledger) if filters.deals else _pool(ledger, filters)
    return tuple(deal for deal in pool if passes(ledger, deal, filters))


def passes(ledger: Ledger, deal: Deal, filters: Filters) -> bool:
    """True when the deal meets every condition; the cheap ones are asked first."""
    return (
        _plain_conditions(deal, filters)
        and _is_dated(deal, filters)
        and all(in_range(deal, limits) for limits in filters.ranges)
        and all(states(deal, name) for name in filters.stated)
        and not any(states(deal, name) for name in filters.unstated)
        and meets_terms(ledger, deal, filters.parties, filters.only_parties)
        and (not filters.text or _mentions(ledger, deal, filters.text))
    )


def _is_dated(deal: Deal, filters: Filters) -> bool:
    """True when the date that the filters bound lies between them; a deal that has not closed has no date of closing."""
    if filters.dated_by == "announced" or (filters.since is None and filters.until is None):
        return deal.span.within(filters.since, filters.until)
    if deal.closed is None:
        return False
    return date_span(deal.closed, date_precision(deal.closed)).within(filters.since, filters.until)


def measure(deal: Deal, name: Measure) -> Decimal | None:
    """Return a numeric measure of a deal in the record's unit; None where the record does not state it."""
    values: dict[str, Decimal | None] = {
        "amount": deal.amount_usd,
        "stake": deal.stake_percent,
        "shares": deal.shares,
        "gigawatts": deal.gigawatts,
        "valuation": deal.valuation_usd,
        "term": deal.term_years,
    }
    return values.get(name)


def states(deal: Deal, name: Measure) -> bool:
    """True when the record states a field: a figure, or the date on which the deal closed."""
    return measure(deal, name) is not None or (name == "closed" and deal.closed is not None)


def in_range(deal: Deal, limits: Range) -> bool:
    """True when the deal states the measure and it lies within the bounds."""
    value = measure(deal, limits.measure)
    if value is None:
        return False
    if limits.low is not None and (value < limits.low or (limits.strict and value == limits.low)):
        return False
    return not (limits.high is not None and (value > limits.high or (limits.strict and value == limits.high)))


def meets_terms(ledger: Ledger, deal: Deal, terms: tuple[PartyTerm, ...], only: bool = False) -> bool:
    """True when different parties meet the positive terms, none meets a negated one, and, if ``only``, none is left over."""
    if any(_matching(ledger, deal, term) for term in terms if term.negated):
        return False
    positive = [_matching(ledger, deal, term) for term in terms if not term.negated]
    if not _assign(positive, frozenset()):
        return False
    if not only or not positive:
        return True
    met = frozenset[str]().union(*positive)
    return all(entity in met for entity in deal.entities)


def term_accepts(ledger: Ledger, party: Party, term: PartyTerm) -> bool:
    """True when one party in its role meets a term, negation aside."""
    if term.roles and party.role not in term.roles:
        return False
    if not (term.entities or term.sectors or term.countries):
        return True
    entity = ledger.entity(party.entity)
    named = party.entity in term.entities or any(sector in term.sectors for sector in entity.sectors)
    if term.countries:
        in_country = entity.country in term.countries
        return in_country and (named or not (term.entities or term.sectors))
    return named


def _pool(ledger: Ledger, filters: Filters) -> tuple[Deal, ...]:
    """Return the shortest list that holds every deal that can pass: those of a single named party, or all."""
    named = [
        ledger.of_party(next(iter(term.entities)))
        for term in filters.parties
        if len(term.entities) == 1 and not term.sectors and not term.countries and not term.negated
    ]
    return min(named, key=len) if named else ledger.deals


def _plain_conditions(deal: Deal, filters: Filters) -> bool:
    checks: tuple[tuple[bool, Callable[[], bool]], ...] = (
        (bool(filters.types), lambda: deal.type in filters.types),
        (bool(filters.without_types), lambda: deal.type not in filters.without_types),
        (bool(filters.flows), lambda: any(flow.kind in filters.flows for flow in deal.flows)),
        (bool(filters.statuses), lambda: deal.status in filters.statuses),
        (bool(filters.without_statuses), lambda: deal.status not in filters.without_statuses),
        (bool(filters.amount_kinds), lambda: deal.amount_kind in filters.amount_kinds),
    )
    return all(check() for asked, check in checks if asked)


def _matching(ledger: Ledger, deal: Deal, term: PartyTerm) -> frozenset[str]:
    if term.words and not _tokens_of(term.words) <= (headings if term.entities else project_words)(ledger)[deal.id]:
        return frozenset()
    return frozenset(party.entity for party in deal.parties if term_accepts(ledger, party, term))


def _assign(candidates: list[frozenset[str]], used: frozenset[str]) -> bool:
    """True when each term can have a party of its own (bipartite matching by trial; terms are few)."""
    if not candidates:
        return True
    first, *rest = sorted(candidates, key=len)
    return any(_assign(rest, used | {entity}) for entity in first if entity not in used)


def _mentions(ledger: Ledger, deal: Deal, text: str) -> bool:
    """True when every word of the text, stemmed, stands in the record's titles, summaries, terms or flows."""
    return _tokens_of(text) <= record_words(ledger)[deal.id]


@lru_cache(maxsize=1024)
def _tokens_of(text: str) -> frozenset[str]:
    return frozenset(tokens(text))


@lru_cache(maxsize=4)
def record_words(ledger: Ledger) -> dict[str, frozenset[str]]:
    """Return the words of every record by its id; made once a ledger, as a deal is slow to hash."""
    return {deal.id: held(deal) for deal in ledger.deals}


@lru_cache(maxsize=4)
def headings(ledger: Ledger) -> dict[str, frozenset[str]]:
    """Return the words of every record's titles and id, by its id: what the deal is about, not what it mentions."""
    return {deal.id: frozenset(tokens(f"{deal.title_en} {deal.title_bn} {deal.id.replace('-', ' ')}")) for deal in ledger.deals}


@lru_cache(maxsize=4)
def project_words(ledger: Ledger) -> dict[str, frozenset[str]]:
    """Return the words of every record's headings and of those of the deals that contain it: whose project it is."""
    own = headings(ledger)
    return {deal.id: own[deal.id].union(*(own[above.id] for above in ledger.containers(deal.id))) for deal in ledger.deals}


def held(deal: Deal) -> frozenset[str]:
    """Return the stems of the words of a record."""
    purposes = " ".join(flow.purpose for flow in deal.flows)
    texts = (
        deal.title_en,
        deal.title_bn,
        deal.summary_en,
        deal.summary_bn,
        deal.amount_text or "",
        deal.id.replace("-", " "),
        purposes,
    )
    return frozenset(tokens(" ".join(texts)))
