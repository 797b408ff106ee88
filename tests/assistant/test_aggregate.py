"""From a query to a finding: each intent keeps its promise on small ledgers."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import settings

from assistant.aggregate import aggregate
from assistant.schema import Filters, Intent, PartyTerm, Query, Range, Value
from index.corpus import SHIPPED
from index.ledger import Ledger, read_deals, read_entities
from index.records import DealType, Party, Role, Status
from tests.assistant.small_ledger import CHIPS, INVESTMENT, ask, deal

FEW = settings(max_examples=60)  # each example is a whole ledger of dozens of choices


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        ("amount", Value(Decimal(5), "USD")),
        ("gigawatts", Value(Decimal("1.5"), "GW")),
        ("stake", Value(Decimal(10), "percent")),
        ("announced", Value(date="2025-03")),
        ("closed", None),
        ("status", None),
    ],
)
def test_a_look_up_gives_the_field_as_the_record_states_it(measure: str, value: Value | None):
    """A date keeps its precision; what is not stated, or is no figure, has no value."""
    one = deal("one", "2025-03", 5, gigawatts=Decimal("1.5"), stake_percent=Decimal(10))
    assert ask(Intent.LOOKUP, one, measure=measure).value == value


def test_a_look_up_keeps_the_deals_that_state_the_field():
    """Of several deals those that are silent on the field are no answer; two that state it give no single value."""
    silent, stating = deal("silent"), deal("stating", amount=5)
    assert ask(Intent.LOOKUP, silent, stating, measure="amount").deals == ("stating",)
    both = ask(Intent.LOOKUP, deal("other", amount=9), stating, measure="amount")
    assert (set(both.deals), both.value) == ({"other", "stating"}, None)


def test_a_valuation_is_that_of_the_company_asked_about_and_the_newest():
    """Deals in which the named company is the buyer state somebody else's valuation."""
    worth = {"type": DealType.EQUITY_INVESTMENT, "parties": INVESTMENT}
    deals = (
        deal("old", "2024-01-01", valuation_usd=Decimal(10), **worth),
        deal("new", "2025-01-01", valuation_usd=Decimal(20), **worth),
        deal(
            "purchase",
            "2026-01-01",
            valuation_usd=Decimal(99),
            parties=(Party("lab", Role.ACQUIRER), Party("rival", Role.TARGET)),
        ),
    )
    finding = ask(Intent.LOOKUP, *deals, measure="valuation", filters=Filters(parties=(PartyTerm(frozenset({"lab"})),)))
    assert (finding.deals[0], finding.value) == ("new", Value(Decimal(20), "USD"))


def test_yes_needs_a_firm_record():
    """Talks give no, with the record named; no record gives no, with nothing named."""
    assert ask(Intent.YESNO, deal("done")).verdict is True
    talks = ask(Intent.YESNO, deal("talks", status=Status.IN_TALKS))
    assert (talks.verdict, talks.deals) == (False, ("talks",))
    assert ask(Intent.YESNO).verdict is False
    closed = Filters(statuses=frozenset({Status.CLOSED}))
    signed = ask(Intent.YESNO, deal("done"), filters=closed)
    assert (signed.verdict, signed.deals) == (False, ("done",))
    assert ask(Intent.YESNO, deal("done", status=Status.CLOSED), filters=closed).verdict is True


def test_groups_by_company_leave_out_the_one_asked_about():
    """The other parties make the groups, those of an asked sector only; a total stands only where money is asked."""
    deals = (
        deal("a", amount=5),
        deal("b", amount=2),
        deal("c", parties=(Party("lab", Role.BUYER), Party("cloud", Role.SELLER))),
    )
    lab = PartyTerm(frozenset({"lab"}))
    by_party = ask(Intent.GROUP, *deals, group_by="party", filters=Filters(parties=(lab,)))
    assert {group.key: set(group.deals) for group in by_party.groups} == {"chips": {"a", "b"}, "cloud": {"c"}}
    assert all(group.total is None for group in by_party.groups)
    of_sector = Filters(parties=(lab, PartyTerm(sectors=frozenset({CHIPS}))))
    money = ask(Intent.GROUP, *deals, group_by="party", measure="amount", filters=of_sector)
    assert [(group.key, group.total) for group in money.groups] == [("chips", Decimal(7))]


def test_a_quarter_is_named_by_its_year():
    """Months fall into quarters; a deal known to the year only stands under its year."""
    deals = (deal("a", "2025-03-31"), deal("b", "2025-04"), deal("c", "2025-12-01"), deal("d", "2025"))
    keys = {group.deals[0]: group.key for group in ask(Intent.GROUP, *deals, group_by="quarter").groups}
    assert keys == {"a": "2025-Q1", "b": "2025-Q2", "c": "2025-Q4", "d": "2025"}


def test_a_comparison_gives_each_side_its_own_deals_and_total():
    """Each side is the common filter and its own condition; a side without deals is there with nothing."""
    deals = (deal("a", amount=5), deal("b", amount=2, parties=(Party("rival", Role.BUYER), Party("chips", Role.SELLER))))
    sides = tuple(PartyTerm(frozenset({name})) for name in ("lab", "rival", "cloud"))
    finding = ask(Intent.COMPARE, *deals, compared=sides, measure="amount")
    assert [(group.key, group.deals, group.total) for group in finding.groups] == [
        ("lab", ("a",), Decimal(5)), ("rival", ("b",), Decimal(2)), ("cloud", (), None),
    ]  # fmt: skip
    assert finding.deals == ("a", "b")


def test_a_timeline_goes_forward():
    """Oldest first, a month before its days' end."""
    assert ask(Intent.TIMELINE, deal("b", "2025-02"), deal("a", "2025-02-01"), deal("c", "2024")).deals == ("c", "a", "b")


def test_a_profile_groups_all_deals_of_the_company_by_type():
    """Largest group first; every deal of the company, of any status."""
    deals = (deal("a"), deal("b", status=Status.IN_TALKS), deal("c", type=DealType.EQUITY_INVESTMENT, parties=INVESTMENT))
    finding = ask(Intent.PROFILE, *deals, subject=("lab",), filters=Filters(parties=(PartyTerm(frozenset({"lab"})),)))
    assert [(group.key, set(group.deals)) for group in finding.groups] == [
        ("chip_supply", {"a", "b"}),
        ("equity_investment", {"c"}),
    ]
    assert set(finding.deals) == {"a", "b", "c"}


@pytest.mark.parametrize(
    ("filters", "relaxed"),
    [
        (Filters(statuses=frozenset({Status.CANCELLED})), "statuses"),
        (Filters(since=date(2026, 1, 1)), "dates"),
        (Filters(ranges=(Range("amount", low=Decimal(100)),)), "ranges"),
        (Filters(types=frozenset({DealType.LEASE})), "types"),
        (Filters(parties=(PartyTerm(frozenset({"lab"}), roles=frozenset({Role.SELLER})),)), "roles"),
        (Filters(text="Texas"), "text"),
    ],
)
def test_an_empty_answer_names_the_nearest_records(filters: Filters, relaxed: str):
    """It says which one condition was dropped to find them."""
    finding = ask(Intent.LIST, deal("near", amount=5), filters=filters)
    assert (finding.deals, finding.nearest, finding.relaxed) == ((), ("near",), relaxed)


def test_an_unknown_company_is_answered_by_nothing():
    """A name that the corpus does not hold must not be answered with everybody's deals."""
    for intent in (Intent.LIST, Intent.SUM, Intent.COUNT, Intent.LOOKUP):
        finding = ask(intent, deal("a", amount=5), unknown_names=("Foo",))
        assert (finding.deals, finding.value, finding.nearest) == ((), None, ())
    assert ask(Intent.YESNO, deal("a"), unknown_names=("Foo",)).verdict is False


@pytest.mark.parametrize("intent", list(Intent))
def test_every_intent_is_answered_over_an_empty_ledger(intent: Intent):
    """No question fails because there are no records."""
    finding = ask(intent, compared=(PartyTerm(frozenset({"lab"})),), subject=("lab", "chips"), group_by="year")
    assert finding.deals == ()
    assert finding.paths == finding.circles == ()


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    """Return the ledger of the shipped corpus."""
    return Ledger(read_entities(SHIPPED / "entities.jsonl"), read_deals(SHIPPED / "deals.jsonl"))


@pytest.mark.parametrize("intent", list(Intent))
def test_every_intent_is_answered_over_the_shipped_corpus(ledger: Ledger, intent: Intent):
    """What is presented exists in the ledger, each deal once."""
    term = PartyTerm(frozenset({"openai"}))
    query = Query(intent, filters=Filters(parties=(term,)), subject=("openai", "samsung"), compared=(term,), group_by="party")
    finding = aggregate(ledger, query)
    assert len(set(finding.deals)) == len(finding.deals)
    assert all(name in ledger for name in finding.deals)
    assert all(entry.deal in ledger for entry in finding.left_out)
