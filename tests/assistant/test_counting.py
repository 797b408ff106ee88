"""Money is counted once: the sums of the rules against a brute force written from the corpus README alone."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.counting import Counted, count_money, paid_between, whole
from index.corpus import SHIPPED
from index.ledger import Ledger, read_deals, read_entities
from index.records import AmountKind, Deal, DealType, Entity, Flow, FlowKind, Party, Qualifier, Role, Source, Status

FEW = settings(max_examples=60)  # each example is a whole ledger of dozens of choices
NAMES = ("ant", "bee", "cow", "dog")
DONE = {"announced", "signed", "closed", "amended"}
SPENT = {"investment", "contract", "price", "financing"}
LEFT_ALONE = {"guarantee", "programme", "per_year", "option", "stock_issue"}


def deal(name: str, amount: int | None = 10, **fields: object) -> Deal:
    """Return a signed purchase by ant from bee."""
    base = Deal(
        name,
        name,
        DealType.CHIP_SUPPLY,
        (Party("ant", Role.BUYER), Party("bee", Role.SELLER)),
        "2025-01-01",
        "day",
        Status.SIGNED,
        (Source("https://a.example", "A"),),
        amount_usd=None if amount is None else Decimal(amount),
        amount_qualifier=Qualifier.EXACT,
        amount_kind=AmountKind.CONTRACT,
    )
    return replace(base, **fields)


def ledger_of(*deals: Deal) -> Ledger:
    """Return a ledger of four companies and these deals."""
    return Ledger([Entity(name, name, name) for name in NAMES], deals)


@st.composite
def flows_of(draw: st.DrawFn, priced: bool) -> tuple[Flow, ...]:
    """Draw up to three flows; none has an amount where the deal has none, as in the corpus."""
    found = []
    for _ in range(draw(st.integers(0, 3))):
        giver, receiver = draw(st.sampled_from([("ant", "bee"), ("bee", "ant"), ("ant", "cow")]))
        amount = draw(st.none() | st.integers(1, 50).map(Decimal)) if priced else None
        found.append(Flow(giver, receiver, draw(st.sampled_from([FlowKind.CASH, FlowKind.DEBT, FlowKind.EQUITY])), "", amount))
    return tuple(found)


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    """Draw up to nine deals that contain and replace one another without rings."""
    found: list[Deal] = []
    for place in range(draw(st.integers(1, 9))):
        earlier = st.none() | st.sampled_from([entry.id for entry in found]) if found else st.none()
        amount = draw(st.none() | st.integers(1, 100))
        found.append(
            deal(
                f"d{place}",
                amount,
                status=draw(st.sampled_from([*Status, Status.SIGNED, Status.CLOSED, Status.ANNOUNCED])),
                amount_qualifier=draw(st.sampled_from([*Qualifier, Qualifier.EXACT])),
                amount_kind=draw(st.sampled_from([*AmountKind, AmountKind.CONTRACT, AmountKind.INVESTMENT])),
                part_of=draw(earlier),
                supersedes=draw(earlier),
                flows=draw(flows_of(amount is not None)),
            )
        )
    return ledger_of(*found)


def left_by_steps_1_to_3(deals: list[Deal], kinds: set[str], firm_only: bool) -> list[Deal]:
    """Return the rows that steps 1 to 3 of the README leave."""
    rows = [row for row in deals if row.amount_usd is not None and (not firm_only or row.status in DONE)]
    if not kinds:
        present = {str(row.amount_kind) for row in rows}
        kinds = present if len(present) == 1 else SPENT
    rows = [row for row in rows if row.amount_kind in kinds]
    return [row for row in rows if all(other.supersedes != row.id for other in rows)]


def counted_by_hand(deals: list[Deal], everything: dict[str, Deal], kinds: set[str], firm_only: bool) -> set[str]:
    """Return the ids that the README's steps 1 to 4 leave, ceilings set beside as DESIGN asks."""
    rows = {row.id: row for row in left_by_steps_1_to_3(deals, kinds, firm_only)}
    exact = {name for name, row in rows.items() if row.amount_qualifier != "up_to"}

    def above(name: str) -> set[str]:
        container = everything[name].part_of
        return {container} | above(container) if container else set()

    return {name for name in exact if not above(name) & exact}


@FEW
@given(ledgers(), st.sets(st.sampled_from(list(AmountKind)), max_size=3), st.booleans(), st.data())
def test_a_sum_equals_the_brute_force(ledger: Ledger, kinds: set[AmountKind], include: bool, data: st.DataObject):
    """Whatever is selected, exactly the deals of the README's steps are in the figure, and the figure is their sum."""
    chosen = data.draw(st.lists(st.sampled_from(ledger.deals), unique_by=lambda row: row.id))
    result = count_money(ledger, chosen, frozenset(kinds), include)
    everything = {row.id: row for row in ledger.deals}
    wanted = counted_by_hand(chosen, everything, {str(kind) for kind in kinds}, not include)
    assert {row.id for row in result.counted} == wanted
    assert result.total == sum((everything[name].amount_usd for name in wanted), Decimal(0))


@FEW
@given(ledgers(), st.booleans())
def test_what_one_pays_another_equals_the_brute_force(ledger: Ledger, include: bool):
    """By flows: the cash and loans between the two in the rows that steps 1 to 3 leave, containment aside."""
    every = frozenset(AmountKind)
    result = count_money(ledger, ledger.deals, every, include, paid_between(frozenset({"ant"}), frozenset({"bee"})))
    paid: dict[str, Decimal] = {}
    for row in left_by_steps_1_to_3(list(ledger.deals), set(every), not include):
        amounts = [
            flow.amount_usd
            for flow in row.flows
            if (flow.giver, flow.receiver) == ("ant", "bee") and flow.kind in ("cash", "debt") and flow.amount_usd
        ]
        if amounts and row.amount_qualifier != "up_to":
            paid[row.id] = sum(amounts, Decimal(0))
    assert {row.id for row in result.counted} == set(paid)
    assert result.total == sum(paid.values(), Decimal(0))


@FEW
@given(ledgers(), st.booleans(), st.randoms())
def test_the_order_of_deals_does_not_matter(ledger: Ledger, include: bool, random: object):
    """A shuffled selection gives the same figure, the same deals in it and the same reasons for the others."""
    shuffled = list(ledger.deals)
    random.shuffle(shuffled)
    one, other = (count_money(ledger, deals, include_not_firm=include) for deals in (ledger.deals, shuffled))
    assert set(one.counted) == set(other.counted)
    assert set(one.sums) == set(other.sums)
    assert {entry.deal: entry.reason for entry in one.left_out} == {entry.deal: entry.reason for entry in other.left_out}


@FEW
@given(ledgers(), st.booleans())
def test_every_deal_is_counted_or_left_out_with_one_reason(ledger: Ledger, include: bool):
    """No deal vanishes from the account, and none stands in it twice; the sums per kind add up to the total."""
    result = count_money(ledger, ledger.deals, include_not_firm=include)
    named = [row.id for row in result.counted] + [entry.deal for entry in result.left_out]
    assert sorted(named) == sorted(row.id for row in ledger.deals)
    assert result.total == sum((row.amount_usd for row in result.counted), Decimal(0))
    assert {kind for kind, _ in result.sums} == {row.amount_kind for row in result.counted}
    assert set(result.ceilings) == {entry.deal for entry in result.left_out if entry.reason == "ceiling"}


@FEW
@given(ledgers())
def test_money_set_apart_is_never_added_to_money_spent(ledger: Ledger):
    """Guarantees, programmes, annual sums, options and stock issues stand alone or not at all."""
    kinds = {str(kind) for kind, _ in count_money(ledger, ledger.deals).sums}
    assert not kinds & LEFT_ALONE or len(kinds) == 1


def ids(result: Counted) -> list[str]:
    """Return the ids of the deals in a figure."""
    return [row.id for row in result.counted]


def reasons(result: Counted) -> dict[str, tuple[str, str]]:
    """Return for each deal left out the reason, and the other deal that it names."""
    return {entry.deal: (entry.reason, entry.other) for entry in result.left_out}


def test_each_reason_is_named_with_the_other_deal():
    """Talks, missing amounts, ceilings, replaced, contained and set-apart deals are told apart."""
    deals = (
        deal("talks", status=Status.IN_TALKS),
        deal("silent", None),
        deal("ceiling", amount_qualifier=Qualifier.UP_TO),
        deal("old"),
        deal("new", 12, supersedes="old"),
        deal("phase", 3, part_of="new"),
        deal("pledge", 99, amount_kind=AmountKind.GUARANTEE),
    )
    result = count_money(ledger_of(*deals), deals)
    assert ids(result) == ["new"]
    assert result.total == 12
    assert reasons(result) == {
        "talks": ("not_firm", ""),
        "silent": ("no_amount", ""),
        "ceiling": ("ceiling", ""),
        "old": ("superseded", "new"),
        "phase": ("part_of", "new"),
        "pledge": ("guarantee", ""),
    }


def test_parts_of_a_ceiling_count_and_the_ceiling_stands_beside():
    """A firm part of an "up to" programme is money; the ceiling itself is none."""
    deals = (deal("frame", 100, amount_qualifier=Qualifier.UP_TO), deal("first", 20, part_of="frame"))
    result = count_money(ledger_of(*deals), deals)
    assert (ids(result), result.total, result.ceilings) == (["first"], 20, ("frame",))


def test_a_part_counts_when_its_whole_is_not_in_the_selection():
    """Containment looks at the selected deals: a part asked for by itself is its own figure."""
    deals = (deal("site"), deal("middle", None, part_of="site"), deal("lease", 4, part_of="middle"))
    ledger = ledger_of(*deals)
    assert ids(count_money(ledger, [deals[2]])) == ["lease"]
    assert ids(count_money(ledger, deals)) == ["site"], "the whole counts through a middle row without an amount"


def test_a_replacement_that_is_only_talked_about_replaces_nothing():
    """Rumours do not kill a signed sum, and an amending deal adds to what it amends."""
    deals = (
        deal("signed", 5),
        deal("rumour", 50, supersedes="signed", status=Status.RUMOURED),
        deal("more", 2, amends="signed"),
    )
    ledger = ledger_of(*deals)
    assert count_money(ledger, deals).total == 7
    assert count_money(ledger, deals, include_not_firm=True).total == 52


def test_a_replacement_without_a_known_share_still_replaces():
    """Of a round that replaces a pledge and does not say who pays what, the pledge is dead and the share unknown."""
    flow = Flow("ant", "bee", FlowKind.CASH, "", Decimal(5))
    deals = (deal("pledge", 5, flows=(flow,)), deal("round", 50, supersedes="pledge", flows=(replace(flow, amount_usd=None),)))
    result = count_money(ledger_of(*deals), deals, price=paid_between(frozenset({"ant"}), frozenset({"bee"})))
    assert ids(result) == []
    assert reasons(result) == {"pledge": ("superseded", "round"), "round": ("share_unknown", "")}


def test_a_kind_set_apart_counts_when_it_is_all_there_is_or_asked_for():
    """Guarantees add up by themselves; they leave the figure as soon as money spent stands beside them."""
    pledge = deal("pledge", 7, amount_kind=AmountKind.GUARANTEE)
    spent = deal("spent", 5)
    ledger = ledger_of(pledge, spent)
    assert count_money(ledger, [pledge]).total == 7
    assert count_money(ledger, [pledge, spent]).total == 5
    assert count_money(ledger, [pledge, spent], frozenset({AmountKind.GUARANTEE})).total == 7
    talked = replace(pledge, status=Status.IN_TALKS)
    assert count_money(ledger_of(talked), [talked], include_not_firm=True).total == 7


def test_shares_and_chips_are_no_money():
    """Only cash and loans are paid; an open side of a payment means anybody."""
    flows = tuple(
        Flow(giver, "bee", kind, "", Decimal(amount))
        for giver, kind, amount in (("ant", FlowKind.CASH, 3), ("cow", FlowKind.DEBT, 4), ("ant", FlowKind.EQUITY, 9))
    )
    one = deal("one", 16, flows=flows)
    anybody: frozenset[str] = frozenset()
    assert paid_between(frozenset({"ant"}), anybody)(one) == 3
    assert paid_between(anybody, frozenset({"bee"}))(one) == 7
    assert paid_between(frozenset({"bee"}), anybody)(one) is None
    assert whole(one) == 16


@pytest.fixture(scope="module")
def shipped() -> Ledger:
    """Return the ledger of the shipped corpus."""
    return Ledger(read_entities(SHIPPED / "entities.jsonl"), read_deals(SHIPPED / "deals.jsonl"))


def test_amazons_money_into_anthropic(shipped: Ledger):
    """The exact round is the figure, both "up to" pledges stand beside it, and the cloud contract is no investment."""
    rows = [json.loads(line) for line in (SHIPPED / "deals.jsonl").read_text(encoding="utf-8").splitlines()]
    wanted = ("amazon", "anthropic", "cash")
    pays = {
        row["id"]: sum(flow["amount_usd"] or 0 for flow in row["flows"] if (flow["from"], flow["to"], flow["kind"]) == wanted)
        for row in rows
    }
    firm = [row for row in rows if pays[row["id"]] and row["status"] in DONE]
    result = count_money(shipped, shipped.deals, price=paid_between(frozenset({"amazon"}), frozenset({"anthropic"})))
    assert result.total == sum(pays[row["id"]] for row in firm if row["amount_qualifier"] != "up_to") == 4 * 10**9
    assert set(result.ceilings) == {row["id"] for row in firm if row["amount_qualifier"] == "up_to"}
    assert len(result.ceilings) == 2


@pytest.mark.parametrize("kind", list(AmountKind))
def test_the_whole_corpus_adds_up_like_the_brute_force(shipped: Ledger, kind: AmountKind):
    """For every kind of money the figure over all records is that of the README's steps."""
    everything = {row.id: row for row in shipped.deals}
    result = count_money(shipped, shipped.deals, frozenset({kind}))
    assert set(ids(result)) == counted_by_hand(list(shipped.deals), everything, {str(kind)}, firm_only=True)
