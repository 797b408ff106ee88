"""Follow-ups keep what they do not change, and point to what was shown."""

from datetime import date
from pathlib import Path

import pytest

import index.ledger
from assistant.aggregate import aggregate
from assistant.schema import Intent, Query, Question, Turn
from assistant.understanding import Understanding, make_understanding
from index.ledger import Ledger, read_deals, read_entities

TODAY = date(2026, 11, 24)
CORPUS = Path(index.ledger.__file__).parent / "corpus"


@pytest.fixture(scope="module")
def reader() -> Understanding:
    """A reader over the shipped records."""
    return make_understanding(Ledger(read_entities(CORPUS / "entities.jsonl"), read_deals(CORPUS / "deals.jsonl")))


def ask(reader: Understanding, *texts: str) -> Query:
    """Read the last of several questions with those before it as history."""
    history = tuple(turn for text in texts[:-1] for turn in (Turn("user", text), Turn("assistant", "...")))
    return reader.read(Question(texts[-1], history), TODAY)


def parties(query: Query) -> list[set[str]]:
    """Return the companies of each condition."""
    return [set(term.entities) for term in query.filters.parties]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Which deals does Meta have with Google?", "and with CoreWeave?"),
        ("মেটা গুগলের সঙ্গে কী কী চুক্তি করেছে?", "আর কোরউইভের সঙ্গে?"),
        ("meta google er sathe kon kon deal korse?", "ar coreweave er sathe?"),
    ],
)
def test_with_another_company_takes_the_other_side(reader: Understanding, first: str, second: str) -> None:
    """The company that was asked about stays."""
    query = ask(reader, first, second)
    assert parties(query) == [{"meta"}, {"coreweave"}]
    assert query.intent == Intent.LIST


def test_another_investor_takes_the_investor_s_place(reader: Understanding) -> None:
    """And Nvidia?" after "did X invest in Y" asks of Nvidia and Y."""
    query = ask(reader, "Did Google invest in Intel?", "And Nvidia?")
    assert [(sorted(term.entities), [str(role) for role in term.roles]) for term in query.filters.parties] == [
        (["nvidia"], ["investor"]),
        (["intel"], ["investee"]),
    ]


@pytest.mark.parametrize("second", ["And when did it close?", "কবে সম্পন্ন হয়েছে?"])
def test_it_is_the_deal_that_was_looked_up(reader: Understanding, second: str) -> None:
    """A field asked next is a field of the same deal."""
    query = ask(reader, "How much did SoftBank pay for Ampere?", second)
    assert (query.intent, query.measure) == (Intent.LOOKUP, "closed")
    assert aggregate(reader.ledger, query).deals == ("2025-03-19-softbank-ampere",)


def test_in_total_after_a_comparison_adds_what_was_compared(reader: Understanding) -> None:
    """The sum is over the deals of both sides."""
    before = ask(reader, "Compare Anthropic's Series F and G")
    query = ask(reader, "Compare Anthropic's Series F and G", "in total?")
    assert query.intent == Intent.SUM
    assert set(query.filters.deals) == set(aggregate(reader.ledger, before).deals)


def test_an_ordinal_points_to_the_list_that_was_shown(reader: Understanding) -> None:
    """The second one" is the second of the earlier answer."""
    shown = aggregate(reader.ledger, ask(reader, "Meta's cloud contracts")).deals
    assert ask(reader, "Meta's cloud contracts", "the second one").filters.deals == (shown[1],)


def test_a_new_topic_starts_afresh(reader: Understanding) -> None:
    """A whole question keeps nothing of the one before."""
    query = ask(reader, "Which deals does Meta have with Google?", "Which acquisitions did SoftBank announce in 2025?")
    assert parties(query) == [{"softbank"}]
