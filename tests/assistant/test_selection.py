"""Filters select exactly the deals that meet them: a brute force over random ledgers, and the shipped corpus."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.schema import Filters, PartyTerm, Range
from assistant.selection import measure, select
from index.corpus import SHIPPED
from index.ledger import Ledger, read_deals, read_entities
from index.records import AmountKind, Deal, DealType, Entity, Flow, FlowKind, Party, Qualifier, Role, Sector, Source, Status

FEW = settings(max_examples=60)  # each example is a whole ledger of dozens of choices
LAB, CHIPS, CLOUD = Sector.AI_LAB, Sector.CHIPMAKER, Sector.CLOUD_PROVIDER
COMPANIES = (
    Entity("lab", "Lab", "ল্যাব", sectors=(LAB,), country="US"),
    Entity("other_lab", "Other Lab", "অন্য ল্যাব", sectors=(LAB,), country="FR"),
    Entity("chips", "Chips", "চিপস", sectors=(CHIPS,), country="US"),
    Entity("both", "Both", "উভয়", sectors=(CHIPS, CLOUD), country="KR"),
    Entity("cloud", "Cloud", "ক্লাউড", sectors=(CLOUD,), country="US"),
)
NAMES = tuple(entity.id for entity in COMPANIES)
ROLES = (Role.BUYER, Role.SELLER, Role.INVESTOR)
TYPES = (DealType.CHIP_SUPPLY, DealType.CLOUD_CONTRACT, DealType.EQUITY_INVESTMENT)
STATUSES = (Status.SIGNED, Status.IN_TALKS, Status.CLOSED)
FLOWS = (FlowKind.CASH, FlowKind.CHIPS)
KINDS = (AmountKind.CONTRACT, AmountKind.INVESTMENT)
DATES = {"day": ("2025-03-31", "2025-04-01", "2024-12-31"), "month": ("2025-03",), "quarter": ("2025-04",), "year": ("2025",)}
DAYS = (date(2025, 1, 1), date(2025, 3, 31), date(2025, 4, 1), date(2025, 12, 31))
LAST = {"2025-03": date(2025, 3, 31), "2025-04": date(2025, 6, 30), "2025": date(2025, 12, 31)}
PARTIES = st.builds(Party, st.sampled_from(NAMES), st.sampled_from(ROLES))


def some(values: tuple) -> st.SearchStrategy[frozenset]:
    """Draw no value most of the time, else one or two."""
    return st.just(frozenset()) | st.frozensets(st.sampled_from(values), min_size=1, max_size=2)


@st.composite
def deals(draw: st.DrawFn, name: str) -> Deal:
    """Draw a deal with two or three parties in any roles."""
    precision = draw(st.sampled_from(list(DATES)))
    amount = draw(st.none() | st.integers(1, 4).map(Decimal))
    flow = st.builds(Flow, st.sampled_from(NAMES), st.sampled_from(NAMES), st.sampled_from(FLOWS))
    return Deal(
        name,
        draw(st.sampled_from(["Chips for Texas", "A loan", "Texas loans"])),
        draw(st.sampled_from(TYPES)),
        tuple(draw(st.lists(PARTIES, min_size=1, max_size=3, unique=True))),
        draw(st.sampled_from(DATES[precision])),
        precision,
        draw(st.sampled_from(STATUSES)),
        (Source("https://a.example", "A"),),
        tuple(draw(st.lists(flow, max_size=2))),
        amount_usd=amount,
        amount_qualifier=Qualifier.EXACT if amount else None,
        amount_kind=draw(st.sampled_from(KINDS)) if amount else None,
        gigawatts=draw(st.none() | st.integers(1, 4).map(Decimal)),
    )


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    """Draw up to six deals between the five companies."""
    return Ledger(COMPANIES, [draw(deals(f"d{place}")) for place in range(draw(st.integers(1, 6)))])


TERMS = st.builds(
    PartyTerm,
    some(NAMES),
    some((LAB, CHIPS, CLOUD)),
    some(("US", "FR", "KR")),
    some(ROLES),
    st.sampled_from([False, False, True]),
)
BOUND = st.none() | st.integers(1, 4).map(Decimal)
RANGES = st.builds(Range, st.sampled_from(["amount", "gigawatts"]), BOUND, BOUND, st.booleans())
FILTERS = st.builds(
    Filters,
    parties=st.lists(TERMS, max_size=2).map(tuple),
    only_parties=st.booleans(),
    types=some(TYPES),
    without_types=some(TYPES),
    flows=some(FLOWS),
    statuses=some(STATUSES),
    without_statuses=some(STATUSES),
    amount_kinds=some(KINDS),
    since=st.none() | st.sampled_from(DAYS),
    until=st.none() | st.sampled_from(DAYS),
    ranges=st.lists(RANGES, max_size=1).map(tuple),
    text=st.sampled_from(["", "", "texas", "loan"]),
)


def meets(party: Party, term: PartyTerm) -> bool:
    """Say by the contract's words whether a party is meant: a named entity or a sector of the asked country, in the role."""
    entity = next(entity for entity in COMPANIES if entity.id == party.entity)
    if term.roles and party.role not in term.roles:
        return False
    if term.countries and entity.country not in term.countries:
        return False
    if term.entities or term.sectors:
        return party.entity in term.entities or bool(set(entity.sectors) & term.sectors)
    return True


def terms_hold(deal: Deal, filters: Filters) -> bool:
    """Try every way to give each positive term a party of its own."""
    positive = [term for term in filters.parties if not term.negated]
    if any(meets(party, term) for term in filters.parties if term.negated for party in deal.parties):
        return False
    members = {name: [party for party in deal.parties if party.entity == name] for name in {p.entity for p in deal.parties}}
    ways = permutations(members, len(positive))
    if not any(all(any(meets(p, t) for p in members[name]) for name, t in zip(way, positive, strict=True)) for way in ways):
        return False
    left_over = [name for name, own in members.items() if not any(meets(p, t) for p in own for t in positive)]
    return not (filters.only_parties and positive and left_over)


def range_holds(deal: Deal, limits: Range) -> bool:
    """Compare the stated figure with both bounds."""
    value = deal.amount_usd if limits.measure == "amount" else deal.gigawatts
    if value is None:
        return False
    above = limits.low is None or (value > limits.low if limits.strict else value >= limits.low)
    return above and (limits.high is None or (value < limits.high if limits.strict else value <= limits.high))


def holds(deal: Deal, filters: Filters) -> bool:
    """Say in the plainest way whether a deal meets every filter."""
    first = date.fromisoformat((deal.announced + "-01-01")[:10])
    last = LAST.get(deal.announced, first)
    return (
        (not filters.types or deal.type in filters.types)
        and deal.type not in filters.without_types
        and (not filters.flows or bool({flow.kind for flow in deal.flows} & filters.flows))
        and (not filters.statuses or deal.status in filters.statuses)
        and deal.status not in filters.without_statuses
        and (not filters.amount_kinds or deal.amount_kind in filters.amount_kinds)
        and (filters.since is None or first >= filters.since)
        and (filters.until is None or last <= filters.until)
        and all(range_holds(deal, limits) for limits in filters.ranges)
        and terms_hold(deal, filters)
        and filters.text.rstrip("s") in deal.title_en.lower()
    )


@FEW
@given(ledgers(), FILTERS)
def test_a_filter_equals_the_brute_force(ledger: Ledger, filters: Filters):
    """Exactly the deals that meet every condition are selected, oldest first."""
    assert select(ledger, filters) == tuple(deal for deal in ledger.deals if holds(deal, filters))


@FEW
@given(ledgers(), st.builds(Filters, parties=st.tuples(TERMS, TERMS), only_parties=st.booleans()))
def test_two_party_terms_equal_the_brute_force_in_either_order(ledger: Ledger, filters: Filters):
    """Different parties meet the two terms, whichever is written first."""
    turned = replace(filters, parties=filters.parties[::-1])
    assert select(ledger, filters) == select(ledger, turned) == tuple(d for d in ledger.deals if terms_hold(d, filters))


@FEW
@given(ledgers(), FILTERS, FILTERS)
def test_a_further_condition_only_narrows(ledger: Ledger, one: Filters, other: Filters):
    """Adding the types, statuses and dates of another filter never lets a new deal in."""
    narrowed = replace(
        one,
        types=one.types & other.types or one.types or other.types,
        without_statuses=one.without_statuses | other.without_statuses,
        since=max(filter(None, (one.since, other.since)), default=None),
    )
    if not one.types or narrowed.types <= one.types:
        assert set(select(ledger, narrowed)) <= set(select(ledger, one))


def test_named_deals_keep_the_order_of_the_filter():
    """The second and the first one come in that order; an id that is gone is passed over."""
    ledger = Ledger(COMPANIES, [replace(DEAL, id="a"), replace(DEAL, id="b"), replace(DEAL, id="c")])
    assert [deal.id for deal in select(ledger, Filters(deals=("c", "gone", "a")))] == ["c", "a"]
    assert select(ledger, Filters(deals=("gone",))) == ()


DEAL = Deal(
    "a", "A", DealType.CHIP_SUPPLY, (Party("lab", Role.BUYER), Party("chips", Role.SELLER)),
    "2025-03-31", "day", Status.SIGNED, (Source("https://a.example", "A"),),
)  # fmt: skip


def test_one_company_cannot_be_both_sides_of_a_question():
    """Chipmakers with cloud providers are two companies, even where one is in both sectors."""
    terms = (PartyTerm(sectors=frozenset({CHIPS})), PartyTerm(sectors=frozenset({CLOUD})))
    alone = replace(DEAL, id="alone", parties=(Party("both", Role.SELLER), Party("lab", Role.BUYER)))
    paired = replace(DEAL, id="paired", parties=(Party("both", Role.SELLER), Party("chips", Role.BUYER)))
    ledger = Ledger(COMPANIES, [alone, paired])
    assert [deal.id for deal in select(ledger, Filters(parties=terms))] == ["paired"]


def test_a_month_is_in_its_quarter_and_year_but_on_no_day():
    """A deal known to the month passes where its whole month lies within the bounds."""
    ledger = Ledger(COMPANIES, [replace(DEAL, announced="2025-03", announced_precision="month")])
    inside = Filters(since=date(2025, 1, 1), until=date(2025, 3, 31))
    assert len(select(ledger, inside)) == 1
    assert select(ledger, Filters(since=date(2025, 3, 31), until=date(2025, 3, 31))) == ()
    assert select(ledger, replace(inside, until=date(2025, 3, 31) - timedelta(1))) == ()


def test_a_topic_is_found_in_either_language_and_inflection():
    """Words that are no field are looked for in titles, summaries, terms and purposes, by their stems."""
    flow = Flow("lab", "chips", FlowKind.CASH, "inference chips")
    ledger = Ledger(COMPANIES, [replace(DEAL, summary_bn="টেক্সাসের একটি ডেটা সেন্টার", flows=(flow,))])
    assert all(len(select(ledger, Filters(text=text))) == 1 for text in ("টেক্সাস", "Inference", "chip", "ডেটা সেন্টারে"))
    assert select(ledger, Filters(text="inference ohio")) == ()


def test_each_measure_is_the_field_of_its_name():
    """A measure that the record does not state, or that is no number, is None."""
    full = replace(DEAL, amount_usd=Decimal(1), stake_percent=Decimal(2), shares=Decimal(3), gigawatts=Decimal(4))
    full = replace(full, valuation_usd=Decimal(5), term_years=Decimal(6))
    names = ("amount", "stake", "shares", "gigawatts", "valuation", "term")
    assert [measure(full, name) for name in names] == [1, 2, 3, 4, 5, 6]
    assert [measure(DEAL, name) for name in (*names, "announced", "status")] == [None] * 8


@pytest.fixture(scope="module")
def shipped() -> Ledger:
    """Return the ledger of the shipped corpus."""
    return Ledger(read_entities(SHIPPED / "entities.jsonl"), read_deals(SHIPPED / "deals.jsonl"))


def rows(name: str) -> list[dict]:
    """Return the lines of a shipped file as plain JSON."""
    return [json.loads(line) for line in (SHIPPED / name).read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("sector", list(Sector))
def test_openais_deals_with_a_sector_are_those_of_the_file(shipped: Ledger, sector: Sector):
    """OpenAI is a party and another party is of the sector; OpenAI's own sector does not count for itself."""
    members = {row["id"] for row in rows("entities.jsonl") if sector in row["sectors"]}
    wanted = [
        row["id"]
        for row in rows("deals.jsonl")
        if "openai" in (parties := {party["entity"] for party in row["parties"]}) and (parties - {"openai"}) & members
    ]
    terms = (PartyTerm(frozenset({"openai"})), PartyTerm(sectors=frozenset({sector})))
    found = [deal.id for deal in select(shipped, Filters(parties=terms))]
    assert sorted(found) == sorted(wanted)
    assert len(found) > 5 or sector != Sector.CHIPMAKER


@pytest.mark.parametrize("year", range(2019, 2027))
def test_deals_of_a_year_are_those_of_the_file(shipped: Ledger, year: int):
    """A year holds every deal whose date begins with it, whatever its precision."""
    found = {deal.id for deal in select(shipped, Filters(since=date(year, 1, 1), until=date(year, 12, 31)))}
    assert found == {row["id"] for row in rows("deals.jsonl") if row["announced"].startswith(str(year))}


def test_a_role_keeps_the_side(shipped: Ledger):
    """Deals in which Nvidia invests are those in which the file gives it that role."""
    found = {
        deal.id
        for deal in select(shipped, Filters(parties=(PartyTerm(frozenset({"nvidia"}), roles=frozenset({Role.INVESTOR})),)))
    }
    wanted = {row["id"] for row in rows("deals.jsonl") if {"entity": "nvidia", "role": "investor"} in row["parties"]}
    assert found == wanted
    assert len(found) > 5
