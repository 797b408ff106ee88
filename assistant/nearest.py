"""What to name where no record answers: the records that meet all but one condition, or that contradict a claim."""

from collections.abc import Iterable
from dataclasses import replace

from assistant.schema import Filters, Finding, Intent, Query
from assistant.selection import select
from assistant.terms import of_any_role
from index.ledger import Ledger
from index.records import Deal

_FEW = 3  # records named where none answers
_SAME_COMPANIES = ("statuses", "dates", "ranges", "stated", "types", "roles", "all")
_CONTRARY = 6  # records at most that contradict one claim


def in_order(deals: Iterable[Deal], query: Query) -> tuple[Deal, ...]:
    """Firm deals first, newest first within each; named deals keep the order in which they were named."""
    if query.filters.deals:
        return tuple(deals)
    return tuple(sorted(deals, key=_newest_firm_first))


def _newest_firm_first(deal: Deal) -> tuple[bool, int, str]:
    return (not deal.firm, -deal.span.first.toordinal(), deal.id)


def ids(deals: Iterable[Deal]) -> tuple[str, ...]:
    """Return the ids of deals, in their order."""
    return tuple(deal.id for deal in deals)


def with_nearest(ledger: Ledger, finding: Finding) -> Finding:
    """Name up to three records that meet all but one condition: status first, then date, range, type, parties last."""
    for name, relaxed in _relaxations(finding.query.filters):
        if relaxed != finding.query.filters and (found := in_order(select(ledger, relaxed), finding.query)):
            return replace(finding, nearest=ids(found[:_FEW]), relaxed=name)
    return finding


def _relaxations(filters: Filters) -> tuple[tuple[str, Filters], ...]:
    """Return the filters without one condition each, by its name, in the order in which they are given up."""
    return (
        ("statuses", replace(filters, statuses=frozenset(), without_statuses=frozenset())),
        ("dates", replace(filters, since=None, until=None)),
        ("ranges", replace(filters, ranges=())),
        ("stated", replace(filters, stated=frozenset(), unstated=frozenset())),
        ("types", replace(filters, types=frozenset(), without_types=frozenset(), flows=frozenset(), amount_kinds=frozenset())),
        ("roles", replace(filters, parties=of_any_role(filters.parties))),
        ("text", replace(filters, text="")),
        ("all", _companies_alone(filters)),
        *(("parties", one) for one in _with_one_party_less(filters)),
    )


def contradicted(ledger: Ledger, finding: Finding) -> Finding:
    """Answer "no" with the records of the same companies that say otherwise: another date, sum, status, role."""
    named = any(term.entities and not term.negated for term in finding.query.filters.parties)
    if (
        finding.query.intent != Intent.YESNO
        or finding.relaxed not in _SAME_COMPANIES
        or not (named or finding.query.filters.text)
    ):
        return finding
    relaxed = dict(_relaxations(finding.query.filters))[finding.relaxed]
    deals = in_order(select(ledger, relaxed), finding.query)
    return replace(finding, deals=ids(deals), nearest=()) if len(deals) <= _CONTRARY else finding


def _companies_alone(filters: Filters) -> Filters:
    """Return the filters with nothing but two or more named companies, unchanged for fewer."""
    named = of_any_role(term for term in filters.parties if term.entities and not term.negated)
    return Filters(parties=named) if len(named) > 1 else filters


def _with_one_party_less(filters: Filters) -> tuple[Filters, ...]:
    """Return the filters without one named party each, the others in their roles: who else did it, to whom else."""
    named = [term for term in filters.parties if not term.negated and term.roles and term.entities]
    if len(named) < 2:
        return ()
    return tuple(replace(filters, parties=tuple(term for term in filters.parties if term != one)) for one in named)


def beside(ledger: Ledger, query: Query) -> Finding:
    """Where the records do not answer, name up to three deals of the companies that the question names."""
    terms = of_any_role(term for term in query.filters.parties if term.entities and not term.negated)
    if not terms:
        return Finding(query)
    together = select(ledger, Filters(parties=terms))
    found = together or tuple(deal for term in terms for deal in select(ledger, Filters(parties=(term,))))
    return Finding(query, nearest=ids(in_order(dict.fromkeys(found), query)[:_FEW]), relaxed="beside")
