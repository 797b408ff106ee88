"""A question rendered from a random query, in each script, is read back as that query."""

from dataclasses import replace
from datetime import date
from functools import cache
from random import Random
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from assistant.aggregate import aggregate
from assistant.schema import Finding, Intent, Query, Question
from assistant.selection import select
from assistant.understanding import Understanding, make_understanding
from index.corpus import SHIPPED
from index.ledger import Ledger, read_deals, read_entities
from tests.assistant.random_queries import Drawing, Task
from tests.assistant.rendering import Renderer
from tests.assistant.speaking import SCRIPTS, Script

TODAY = date(2026, 11, 24)
SHARE = 0.98  # of random questions in a script that must be read back
QUESTIONS = 100  # in each script for each example
_ORDERED = (Intent.RANK, Intent.TIMELINE)


@cache
def reader() -> Understanding:
    """Return a reader over the shipped ledger, made once."""
    return make_understanding(Ledger(read_entities(SHIPPED / "entities.jsonl"), read_deals(SHIPPED / "deals.jsonl")))


def drawn(ledger: Ledger, seed: int, script: Script) -> tuple[Task, str]:
    """Return the random query of a seed and the question that asks for it in a script."""
    random = Random(seed)
    renderer = Renderer(ledger, script, random, TODAY)
    while True:
        task = Drawing(ledger, random, TODAY).task()
        if renderer.can(task):
            return task, renderer.render(task)


def matches(ledger: Ledger, task: Task, got: Query) -> bool:
    """True when a reading selects what the query, or a reading that counts as well, selects."""
    return any(_outcome(ledger, settled(ledger, one)) == _outcome(ledger, got) for one in (task.query, *task.others))


def settled(ledger: Ledger, query: Query) -> Query:
    """Apply the documented equivalences.

    An amount that several firm deals state is their sum; what is asked for by its status counts though it is not firm.
    """
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
    return query.intent, deals, finding.value, finding.verdict, groups, asked, ends, query.unknown_names, query.not_understood


@pytest.mark.parametrize("script", SCRIPTS)
@settings(max_examples=3, derandomize=True, phases=[Phase.generate])
@given(first=st.integers(0, 10**9))
def test_a_question_is_read_back_as_the_query_it_was_rendered_from(script: Script, first: int) -> None:
    """Intents, conditions, roles, orders and groups survive the way into words and back, in nearly all questions."""
    ledger = reader().ledger
    failed = []
    for seed in range(first, first + QUESTIONS):
        task, text = drawn(ledger, seed, script)
        if not matches(ledger, task, reader().read(Question(text), TODAY)):
            failed.append(f"{seed} {task.construct}: {text}")
    assert len(failed) <= (1 - SHARE) * QUESTIONS, "\n".join(failed)
