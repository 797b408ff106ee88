"""Circular flows and connections: every circle closes, repeats nobody and is found once, like a brute force finds them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.circularity import find_circles, find_paths
from assistant.schema import Circle, Filters, PartyTerm
from index.corpus import SHIPPED
from index.ledger import Ledger, read_deals, read_entities
from index.records import Deal, DealType, Entity, Flow, FlowKind, Party, Qualifier, Role, Source, Status

FEW = settings(max_examples=60)  # each example is a whole ledger of dozens of choices
NAMES = ("ant", "bee", "cow", "dog", "elk")
MOVES_MONEY = {"cash", "debt", "equity", "guarantee"}
DONE = {"announced", "signed", "closed", "amended"}
PAIRS = list(permutations(NAMES, 2))


def deal(name: str, *flows: Flow, **fields: object) -> Deal:
    """Return a signed deal of exactly these flows, its parties those that they join."""
    members = dict.fromkeys(entity for flow in flows for entity in (flow.giver, flow.receiver))
    parties = tuple(Party(entity, Role.PARTNER) for entity in members or ("ant", "bee"))
    base = Deal(
        name,
        name,
        DealType.PARTNERSHIP,
        parties,
        "2025-01-01",
        "day",
        Status.SIGNED,
        (Source("https://a.example", "A"),),
        flows,
    )
    return replace(base, **fields)


def cash(giver: str, receiver: str, amount: int | None = None, kind: FlowKind = FlowKind.CASH, implied: bool = False) -> Flow:
    """Return a flow."""
    return Flow(giver, receiver, kind, "", None if amount is None else Decimal(amount), implied)


def ledger_of(*deals: Deal) -> Ledger:
    """Return a ledger of five companies and these deals."""
    return Ledger([Entity(name, name, name) for name in NAMES], deals)


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    """Draw up to nine deals of one or two flows between five companies."""
    found: list[Deal] = []
    kinds = st.sampled_from([FlowKind.CASH, FlowKind.CASH, FlowKind.EQUITY, FlowKind.GUARANTEE, FlowKind.DEBT, FlowKind.CHIPS])
    for place in range(draw(st.integers(1, 9))):
        flows = [
            cash(
                *draw(st.sampled_from(PAIRS)),
                draw(st.none() | st.integers(1, 9)),
                draw(kinds),
                draw(st.sampled_from([False, False, True])),
            )
            for _ in range(draw(st.integers(1, 2)))
        ]
        earlier = [entry.id for entry in found]
        found.append(
            deal(
                f"d{place}",
                *flows,
                status=draw(st.sampled_from([Status.SIGNED, Status.CLOSED, Status.IN_TALKS])),
                supersedes=draw(st.none() | st.none() | st.sampled_from(earlier)) if earlier else None,
                amount_qualifier=draw(st.sampled_from([Qualifier.EXACT, Qualifier.UP_TO])),
            )
        )
    return ledger_of(*found)


def walk(circle: Circle) -> tuple[str, ...]:
    """Return the companies of a circle in order."""
    return tuple(hop.giver for hop in circle.hops)


def standing(ledger: Ledger, include: bool) -> list[Deal]:
    """Return the deals that can make an edge: done (unless asked otherwise) and not replaced by one of them."""
    rows = [row for row in ledger.deals if include or row.status in DONE]
    return [row for row in rows if all(other.supersedes != row.id for other in rows)]


def edges(ledger: Ledger, include: bool) -> dict[tuple[str, str], set[str]]:
    """Return the deals in which money or its promise moves from one company to another."""
    found: dict[tuple[str, str], set[str]] = {}
    for row in standing(ledger, include):
        for flow in row.flows:
            if flow.kind in MOVES_MONEY and not flow.implied:
                found.setdefault((flow.giver, flow.receiver), set()).add(row.id)
    return found


def circles_by_hand(joined: dict[tuple[str, str], set[str]]) -> set[tuple[str, ...]]:
    """Try every order of two to four companies; a circle is written from its alphabetically first company."""
    return {
        order
        for size in (2, 3, 4)
        for order in permutations(NAMES, size)
        if order[0] == min(order) and all(pair in joined for pair in pairwise((*order, order[0])))
    }


@FEW
@given(ledgers(), st.booleans())
def test_circles_are_those_of_the_brute_force(ledger: Ledger, include: bool):
    """Each circle of two to four companies is found exactly once."""
    found = [walk(circle) for circle in find_circles(ledger, include_not_firm=include)]
    assert sorted(found) == sorted(circles_by_hand(edges(ledger, include)))


@FEW
@given(ledgers(), st.booleans())
def test_every_circle_closes_and_repeats_nobody(ledger: Ledger, include: bool):
    """The last hop ends where the first began; each hop names deals that really move money that way."""
    joined = edges(ledger, include)
    for circle in find_circles(ledger, include_not_firm=include):
        names = walk(circle)
        assert 2 <= len(names) <= 4
        assert len(set(names)) == len(names)
        assert tuple(hop.receiver for hop in circle.hops) == (*names[1:], names[0])
        for hop in circle.hops:
            assert hop.deals
            assert set(hop.deals) == joined[hop.giver, hop.receiver]


@FEW
@given(ledgers())
def test_the_money_of_a_circle_is_the_sum_of_its_firm_amounts(ledger: Ledger):
    """Ceilings, guarantees and dead deals add nothing; the circles come richest first."""
    circles = find_circles(ledger)
    for circle in circles:
        pairs = {(hop.giver, hop.receiver) for hop in circle.hops}
        amounts = [
            flow.amount_usd
            for row in standing(ledger, include=False)
            for flow in row.flows
            if (flow.giver, flow.receiver) in pairs and flow.kind in MOVES_MONEY - {"guarantee"} and not flow.implied
            and flow.amount_usd is not None and row.amount_qualifier != "up_to"
        ]  # fmt: skip
        assert circle.money == sum(amounts, Decimal(0))
    assert [circle.money for circle in circles] == sorted((circle.money for circle in circles), reverse=True)


@FEW
@given(ledgers(), st.sets(st.sampled_from(NAMES), min_size=1, max_size=2))
def test_circles_through_companies_are_those_that_hold_them(ledger: Ledger, through: set[str]):
    """Naming companies, as subject or as filter, keeps the circles that pass all of them and changes nothing else."""
    wanted = [circle for circle in find_circles(ledger) if through <= set(walk(circle))]
    terms = tuple(PartyTerm(frozenset({name})) for name in sorted(through))
    assert list(find_circles(ledger, through=tuple(through))) == wanted
    assert list(find_circles(ledger, Filters(parties=terms))) == wanted


def test_paying_for_chips_is_no_circle():
    """The implied return leg of a deal, and goods that move, close no circle; shares given in return do."""
    sale = (cash("ant", "bee", 5), cash("bee", "ant", kind=FlowKind.CHIPS))
    assert find_circles(ledger_of(deal("sale", *sale))) == ()
    assert (
        find_circles(ledger_of(deal("round", cash("ant", "bee", 5), cash("bee", "ant", kind=FlowKind.EQUITY, implied=True))))
        == ()
    )
    warrant = deal("warrant", cash("bee", "ant", kind=FlowKind.EQUITY))
    assert [walk(circle) for circle in find_circles(ledger_of(deal("sale", *sale), warrant))] == [("ant", "bee")]


def test_a_filter_of_dates_takes_edges_away():
    """A circle that a later deal closed is not there before that deal."""
    later = deal("back", cash("bee", "ant", 3), announced="2026-01-01")
    ledger = ledger_of(deal("out", cash("ant", "bee", 5)), later)
    assert len(find_circles(ledger)) == 1
    assert find_circles(ledger, Filters(until=date(2025, 12, 31))) == ()


def hops_by_hand(ledger: Ledger, start: str, goal: str) -> int | None:
    """Return the fewest deals' steps between two companies, walked outward ring by ring; None where none leads there."""
    joined = {frozenset((flow.giver, flow.receiver)) for row in ledger.deals for flow in row.flows}
    ring, seen, steps = {start}, {start}, 0
    while ring and goal not in ring:
        ring = {other for pair in joined for name in ring if name in pair for other in pair} - seen
        seen |= ring
        steps += 1
    return steps if ring else None


@FEW
@given(ledgers(), st.sampled_from(PAIRS))
def test_a_path_is_the_shortest_chain_of_shared_deals(ledger: Ledger, ends: tuple[str, str]):
    """It starts and ends where asked, passes nobody twice, and no shorter one exists."""
    paths = find_paths(ledger, *ends)
    shortest = hops_by_hand(ledger, *ends)
    assert bool(paths) == (shortest is not None and shortest <= 4)
    for path in paths:
        names = [path[0].giver, *(hop.receiver for hop in path)]
        assert (names[0], names[-1]) == ends
        assert len(set(names)) == len(names) == (shortest or 0) + 1
        assert all(one.receiver == other.giver for one, other in pairwise(path))
        for hop in path:
            assert len(set(hop.deals)) == len(hop.deals) > 0
            for name in hop.deals:
                assert any({flow.giver, flow.receiver} == {hop.giver, hop.receiver} for flow in ledger.deal(name).flows)


def test_two_investors_of_one_round_are_not_partners():
    """Companies that merely stand in the same round are joined through the company that they fund."""
    ledger = ledger_of(deal("round", cash("ant", "cow", 5), cash("bee", "cow", 5)))
    (path,) = find_paths(ledger, "ant", "bee")
    assert [hop.receiver for hop in path] == ["cow", "bee"]


def test_where_no_flow_is_recorded_all_parties_deal_together():
    """A partnership without flows joins its parties directly; a company without deals is joined to nobody."""
    ledger = ledger_of(deal("pact"))
    assert [[hop.deals for hop in path] for path in find_paths(ledger, "ant", "bee")] == [[("pact",)]]
    assert find_paths(ledger, "ant", "elk") == ()


@pytest.fixture(scope="module")
def shipped() -> Ledger:
    """Return the ledger of the shipped corpus."""
    return Ledger(read_entities(SHIPPED / "entities.jsonl"), read_deals(SHIPPED / "deals.jsonl"))


def test_the_circles_of_the_corpus_are_those_of_a_plain_walk(shipped: Ledger):
    """Every closed walk of two to four companies over firm records is found once, AMD and OpenAI among them."""
    joined = edges(shipped, include=False)
    nexts: dict[str, list[str]] = {}
    for giver, receiver in joined:
        nexts.setdefault(giver, []).append(receiver)
    chains = [[name] for name in nexts]
    wanted: set[tuple[str, ...]] = set()
    for _ in range(4):
        wanted |= {
            tuple(chain)
            for chain in chains
            if len(chain) > 1 and chain[0] in nexts.get(chain[-1], ()) and chain[0] == min(chain)
        }
        chains = [[*chain, name] for chain in chains for name in nexts.get(chain[-1], ()) if name not in chain]
    circles = find_circles(shipped)
    assert sorted(map(walk, circles)) == sorted(wanted)
    assert ("amd", "openai") in wanted
    assert all(set(hop.deals) == joined[hop.giver, hop.receiver] for circle in circles for hop in circle.hops)
