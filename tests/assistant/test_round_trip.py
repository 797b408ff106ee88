"""A question rendered from a random query, in each script, is read back as that query."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.aggregate import aggregate
from assistant.schema import Finding, Intent, Query, Question
from assistant.selection import select
from assistant.understanding import Understanding, make_understanding
from index.corpus import SHIPPED
from index.ledger import Ledger, read_deals, read_entities
from tests.assistant.random_queries import Drawing, Task
from tests.assistant.rendering import SCRIPTS, Renderer, Script

TODAY = date(2026, 11, 24)
_ORDERED = (Intent.RANK, Intent.TIMELINE)


def outcome_matches(ledger: Ledger, task: Task, got: Query) -> bool:
    """True when a reading selects what the query, or a reading that counts as well, selects."""
    return any(_outcome(ledger, settled(ledger, one)) == _outcome(ledger, got) for one in (task.query, *task.others))


def settled(ledger: Ledger, query: Query) -> Query:
    """Apply the documented equivalences: an amount that several firm deals state is their sum; what is asked by its
    status is counted though it is not firm."""
    if query.intent in (Intent.SUM, Intent.RANK) and query.filters.statuses:
        query = replace(query, include_not_firm=True)
    if query.intent == Intent.LOOKUP and query.measure == "amount":
        firm = [deal for deal in select(ledger, query.filters) if deal.firm and deal.amount_usd is not None]
        if len(firm) > 1:
            return replace(query, intent=Intent.SUM, flow_sum=True)
    return query


def _outcome(ledger: Ledger, query: Query) -> tuple[Any, ...]:
    """Return what a query selects: intent, deals (in order where it is asked for), figure, verdict, groups."""
    finding: Finding = aggregate(ledger, query)
    deals = finding.deals if query.intent in _ORDERED else frozenset(finding.deals)
    groups = frozenset((group.key, frozenset(group.deals), group.total) for group in finding.groups)
    if query.intent == Intent.COMPARE:
        groups = frozenset((key, members, None) for key, members, _ in groups)
    asked = query.measure if query.intent in (Intent.LOOKUP, Intent.RANK) else None
    ends = frozenset(query.subject) if query.intent in (Intent.PATH, Intent.CIRCULAR) else ()
    return query.intent, deals, finding.value, finding.verdict, groups, asked, ends, query.unknown_names


def shown(ledger: Ledger, query: Query) -> str:
    """Return a query in a line, for the message of a failure."""
    f = query.filters
    parties = [
        "".join((
            "not " if term.negated else "", "/".join(sorted(term.entities) or sorted(map(str, term.sectors)) or sorted(term.countries)),
            f":{'+'.join(sorted(map(str, term.roles)))}" if term.roles else "", f"~{term.words}" if term.words else "",
        ))
        for term in f.parties
    ]
    ranges = [(r.measure, str(r.low), str(r.high), r.strict) for r in f.ranges]
    bits = [
        str(query.intent), query.measure, query.group_by, parties, "only" if f.only_parties else "", sorted(map(str, f.types)),
        sorted(map(str, f.statuses)), sorted(map(str, f.without_statuses)), f"{f.since}..{f.until}", ranges, f.deals, f.text, query.limit,
        "" if query.descending else "asc", query.subject, [sorted(c.entities) for c in query.compared], query.aggregate if query.aggregate != "sum" else "",
        "n=%d" % len(select(ledger, f)),
    ]
    return " ".join(str(bit) for bit in bits if bit)
