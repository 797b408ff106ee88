"""Ranks and sums of a query: over random small ledgers they equal a brute force, and each deal is accounted for."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.schema import Filters, Finding, Intent, PartyTerm, Value
from index.records import AmountKind, Deal, DealType, Flow, FlowKind, Party, Qualifier, Role, Status
from tests.assistant.small_ledger import DONE, INVESTMENT, ask, deal, reasons

FEW = settings(max_examples=60)  # each example is a whole ledger of dozens of choices


@st.composite
def measured(draw: st.DrawFn) -> tuple[Deal, ...]:
    """Draw up to eight deals with or without amounts and power, some contained in or replaced by others."""
    found: list[Deal] = []
    for place in range(draw(st.integers(1, 8))):
        earlier = st.none() | st.sampled_from([entry.id for entry in found]) if found else st.none()
        found.append(
            deal(
                f"d{place}",
                draw(st.sampled_from(["2025-01-01", "2025-03-04", "2025-03", "2024", "2026-01-01"])),
                draw(st.none() | st.integers(1, 9)),
                status=draw(st.sampled_from([Status.SIGNED, Status.CLOSED, Status.IN_TALKS])),
                gigawatts=draw(st.none() | st.integers(1, 9).map(Decimal)),
                part_of=draw(earlier),
                supersedes=draw(st.none() | earlier),
            )
        )
        if found[-1].amount_usd and draw(st.booleans()):
            found[-1] = replace(found[-1], amount_qualifier=draw(st.sampled_from(Qualifier)))
    return tuple(found)


def _top(ordered: list[Deal], limit: int | None, field: str) -> list[Deal]:
    """The first N; of "the largest" all that share the place."""
    if limit == 1:
        return [row for row in ordered if getattr(row, field) == getattr(ordered[0], field)]
    return ordered[:limit]


@FEW
@given(measured(), st.booleans(), st.booleans(), st.none() | st.integers(1, 4))
def test_a_rank_by_money_equals_the_brute_force(deals: tuple[Deal, ...], down: bool, include: bool, limit: int | None):
    """Firm stated amounts in order, equal ones by id; ceilings, talks and replaced deals stand beside with the reason."""
    finding = ask(Intent.RANK, *deals, measure="amount", descending=down, include_not_firm=include, limit=limit)
    stating = [row for row in deals if row.amount_usd is not None and (include or row.status in DONE)]
    usable = [
        row for row in stating if row.amount_qualifier != "up_to" and all(other.supersedes != row.id for other in stating)
    ]
    best_first = sorted(usable, key=lambda row: (-row.amount_usd if down else row.amount_usd, row.id))
    assert list(finding.deals) == [row.id for row in _top(best_first, limit, "amount_usd")]
    assert set(reasons(finding)) == {row.id for row in deals} - {row.id for row in usable}
    if limit == 1 and usable:
        assert finding.value == Value(best_first[0].amount_usd, "USD")


@FEW
@given(measured(), st.booleans(), st.none() | st.integers(1, 4))
def test_a_rank_by_power_equals_the_brute_force(deals: tuple[Deal, ...], down: bool, limit: int | None):
    """Deals of any status that state their power, in order: only money asks for firm ones."""
    finding = ask(Intent.RANK, *deals, measure="gigawatts", descending=down, limit=limit)
    usable = [row for row in deals if row.gigawatts is not None]
    best_first = sorted(usable, key=lambda row: (-row.gigawatts if down else row.gigawatts, row.id))
    assert list(finding.deals) == [row.id for row in _top(best_first, limit, "gigawatts")]


@FEW
@given(measured(), st.booleans())
def test_a_sum_of_power_counts_each_gigawatt_once(deals: tuple[Deal, ...], shuffled: bool):
    """Replaced deals and deals inside a counted one, at any depth, are out; everything else is in."""
    finding = ask(Intent.SUM, *(deals[::-1] if shuffled else deals), measure="gigawatts")
    by_id = {row.id: row for row in deals}
    stating = {row.id for row in deals if row.gigawatts is not None and row.status in DONE}
    standing = {name for name in stating if all(by_id[other].supersedes != name for other in stating)}

    def above(name: str) -> set[str]:
        container = by_id[name].part_of
        return {container} | above(container) if container else set()

    wanted = {name for name in standing if not above(name) & standing}
    assert set(finding.deals) == wanted
    assert set(reasons(finding)) == set(by_id) - wanted
    assert finding.value == (Value(sum(by_id[name].gigawatts for name in wanted), "GW") if wanted else None)


def test_a_gigawatt_two_levels_down_is_not_counted_again():
    """A phase of a site of a programme is in the programme's figure already, newest record first or not."""
    power = {"gigawatts": Decimal(2)}
    deals = (deal("a", "2024", **power), deal("b", "2025", part_of="a", **power), deal("c", "2026-01-01", part_of="b", **power))
    assert ask(Intent.SUM, *deals, measure="gigawatts").value == Value(Decimal(2), "GW")


def test_a_rumoured_replacement_leaves_the_signed_deal_in_its_rank():
    """Talk of a larger deal does not take the signed one away."""
    finding = ask(Intent.RANK, deal("signed", amount=5), deal("talk", amount=9, supersedes="signed", status=Status.RUMOURED))
    assert finding.deals == ("signed",)


@FEW
@given(measured(), st.booleans(), st.none() | st.integers(1, 3))
def test_latest_and_earliest_are_by_date(deals: tuple[Deal, ...], down: bool, limit: int | None):
    """No deal outside the answer begins later (or earlier) than one inside."""
    finding = ask(Intent.RANK, *deals, measure="announced", descending=down, limit=limit)
    spans = {row.id: row.span for row in deals}
    if limit == 1:
        assert len({row.announced for row in deals if row.id in finding.deals}) == 1
    else:
        assert len(finding.deals) == min(limit or len(deals), len(deals))
    edge = [spans[name].first for name in finding.deals]
    assert edge == sorted(edge, reverse=down)
    others = [spans[name].first for name in spans if name not in finding.deals]
    assert all(other <= edge[-1] if down else other >= edge[-1] for other in others)


@FEW
@given(measured())
def test_a_list_and_a_count_hold_every_matching_record(deals: tuple[Deal, ...]):
    """Any status counts; firm ones come first, newest first within each."""
    listed, counted = ask(Intent.LIST, *deals), ask(Intent.COUNT, *deals)
    assert listed.deals == counted.deals
    assert sorted(listed.deals) == sorted(row.id for row in deals)
    assert counted.value == Value(Decimal(len(deals)), "deals")
    by_id = {row.id: row for row in deals}
    order = [(by_id[name].status not in DONE, -by_id[name].span.first.toordinal()) for name in listed.deals]
    assert order == sorted(order)


@FEW
@given(measured())
def test_a_sum_presents_what_it_counted(deals: tuple[Deal, ...]):
    """The deals of the finding are those in the figure; the others are named with reasons; an average divides by them."""
    total, average = ask(Intent.SUM, *deals), ask(Intent.SUM, *deals, aggregate="average")
    by_id = {row.id: row for row in deals}
    assert total.deals == average.deals
    if total.value and not (len(total.deals) == 1 and total.deals[0] in total.ceilings):
        assert total.value.amount == sum(by_id[name].amount_usd for name in total.deals)
        assert average.value == Value(total.value.amount / len(total.deals), "USD")
        assert set(total.deals) | set(reasons(total)) == set(by_id)
        assert not set(total.deals) & set(reasons(total))


def test_a_lone_ceiling_is_given_as_the_figure_it_is():
    """One "up to" deal alone, asked how much in all, gives its ceiling, marked as one."""
    finding = ask(Intent.SUM, deal("frame", amount=7, amount_qualifier=Qualifier.UP_TO))
    assert (finding.deals, finding.value, finding.ceilings) == (("frame",), Value(Decimal(7), "USD"), ("frame",))
    assert finding.left_out == ()


def test_money_between_two_parties_is_read_from_the_flows():
    """Of a round with several payers only the asked one's part counts; a part that is not stated is not guessed."""
    parties = (Party("cloud", Role.INVESTOR), Party("chips", Role.INVESTOR), Party("lab", Role.INVESTEE))
    flows = (Flow("cloud", "lab", FlowKind.CASH, "", Decimal(3)), Flow("chips", "lab", FlowKind.CASH, ""))
    kind = AmountKind.INVESTMENT
    round_ = deal("round", amount=10, parties=parties, flows=flows, amount_kind=kind, type=DealType.EQUITY_INVESTMENT)
    alone = deal("alone", amount=4, parties=INVESTMENT, amount_kind=kind, type=DealType.EQUITY_INVESTMENT)

    def paid_by(name: str) -> Finding:
        terms = (PartyTerm(frozenset({name}), roles=frozenset({Role.INVESTOR})), PartyTerm(frozenset({"lab"})))
        return ask(Intent.SUM, round_, alone, filters=Filters(parties=terms))

    assert paid_by("cloud").value == Value(Decimal(7), "USD")
    assert paid_by("chips").value is None
    assert reasons(paid_by("chips")) == {"round": "share_unknown"}
    raised = Filters(parties=(PartyTerm(frozenset({"lab"}), roles=frozenset({Role.INVESTEE})),))
    assert ask(Intent.SUM, round_, alone, filters=raised).value == Value(Decimal(14), "USD")


@FEW
@given(measured(), st.sampled_from(["year", "type", "status", "month"]))
def test_groups_of_one_value_part_the_deals(deals: tuple[Deal, ...], key: str):
    """Each deal is in exactly one group, and time goes forward."""
    finding = ask(Intent.GROUP, *deals, group_by=key)
    members = [name for group in finding.groups for name in group.deals]
    assert sorted(members) == sorted(row.id for row in deals) == sorted(finding.deals)
    if key in ("year", "month"):
        assert [group.key for group in finding.groups] == sorted(group.key for group in finding.groups)
