"""The rules of counting: which deals are in a figure of money, and why the others are not.

The rules are those of the corpus README, "Adding up without counting twice".
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from assistant.schema import LeftOut, LeftOutReason, Query
from index.ledger import Ledger
from index.records import AmountKind, Deal, FlowKind, Qualifier, Role

# Sums of these kinds are no money spent: never added to other money, counted only when asked for or alone.
APART: dict[AmountKind, LeftOutReason] = {
    AmountKind.GUARANTEE: "guarantee",
    AmountKind.PROGRAMME: "programme",
    AmountKind.PER_YEAR: "per_year",
    AmountKind.OPTION: "option",
    AmountKind.STOCK_ISSUE: "stock_issue",
}
MONEY_FLOWS = frozenset({FlowKind.CASH, FlowKind.DEBT})
GIVING = frozenset({Role.INVESTOR, Role.BUYER, Role.LENDER, Role.ACQUIRER, Role.LESSEE})
RECEIVING = frozenset({Role.INVESTEE, Role.SELLER, Role.BORROWER, Role.TARGET, Role.LESSOR})
Price = Callable[[Deal], Decimal | None]


@dataclass(frozen=True, slots=True)
class Counted:
    """The deals of a figure, what each adds, and what was left beside it; ``sums`` is per kind, largest first."""

    counted: tuple[Deal, ...]
    sums: tuple[tuple[AmountKind, Decimal], ...]
    ceilings: tuple[str, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def total(self) -> Decimal:
        """The sum over all kinds that are counted."""
        return sum((amount for _, amount in self.sums), Decimal(0))


def whole(deal: Deal) -> Decimal | None:
    """Price a deal at its headline amount."""
    return deal.amount_usd


def paid_between(givers: frozenset[str], receivers: frozenset[str]) -> Price:
    """Price a deal at the money that these givers pay these receivers in it; an empty set means anybody."""

    def price(deal: Deal) -> Decimal | None:
        amounts = [
            flow.amount_usd
            for flow in deal.flows
            if flow.kind in MONEY_FLOWS
            and flow.amount_usd is not None
            and (not givers or flow.giver in givers)
            and (not receivers or flow.receiver in receivers)
        ]
        return sum(amounts, Decimal(0)) if amounts else None

    return price


def price_of(query: Query) -> Price:
    """Whole deals, or the flows of the parties named as givers (or, between two parties, as receivers)."""
    positive = [term for term in query.filters.parties if not term.negated and term.entities]
    giving = next((term.entities for term in positive if term.roles & GIVING), frozenset[str]())
    receiving = next((term.entities for term in positive if term.roles & RECEIVING), frozenset[str]())
    if query.flow_sum and not (giving or receiving) and len(positive) == 2:
        giving, receiving = positive[0].entities, positive[1].entities
    if giving:
        return _own_part(giving, receiving)
    return whole


def _own_part(givers: frozenset[str], receivers: frozenset[str]) -> Price:
    """Price a deal at what the givers pay in it; one that only they pay for (in shares, say), at its headline amount."""
    flows = paid_between(givers, receivers)

    def price(deal: Deal) -> Decimal | None:
        paid = flows(deal)
        shared = any(party.role == Role.INVESTEE for party in deal.parties)  # a round may have payers that are not named
        if shared and (paid is not None or deal.flows):
            return paid
        payers = {party.entity for party in deal.parties if party.role in GIVING}
        paid_to = {party.entity for party in deal.parties if party.role in RECEIVING}
        whole_deal = payers <= givers and (not receivers or paid_to <= receivers)
        return deal.amount_usd if whole_deal and deal.amount_usd is not None else paid

    return price


def count_money(
    ledger: Ledger,
    deals: Iterable[Deal],
    kinds: frozenset[AmountKind] = frozenset(),
    include_not_firm: bool = False,
    price: Price = whole,
) -> Counted:
    """Sort matching deals into those whose amounts add up, each dollar once, and those left out with the reason.

    ``kinds`` empty means money that is spent or promised; kinds of ``APART`` count only when named, or when one of
    them is all that there is. With a ``price`` by flows, containment is not looked at: each dollar is in one flow only.
    """
    matching = tuple(deals)
    if not kinds:
        kinds = _usual_kinds(tuple(deal for deal in matching if deal.firm or include_not_firm), price)
    kept, left = _sort_alone(matching, kinds, include_not_firm, price)
    unpriced = {entry.deal for entry in left if entry.reason == "share_unknown"}
    kept, doubles = _drop_superseded(kept, [deal for deal in matching if deal.id in unpriced])
    left += doubles
    if price is whole:
        kept, doubles = _drop_contained(ledger, kept, {deal.id for deal in kept if deal.amount_qualifier != Qualifier.UP_TO})
        left += doubles
    ceilings = [deal for deal in kept if deal.amount_qualifier == Qualifier.UP_TO]
    counted = tuple(deal for deal in kept if deal.amount_qualifier != Qualifier.UP_TO)
    left += [LeftOut(deal.id, "ceiling") for deal in ceilings]
    order = {deal.id: place for place, deal in enumerate(matching)}
    left.sort(key=lambda entry: order[entry.deal])
    return Counted(counted, _sums(counted, price), tuple(deal.id for deal in ceilings), tuple(left))


def count_measure(ledger: Ledger, deals: Iterable[Deal], measured: Price) -> tuple[list[Deal], list[LeftOut]]:
    """Sort deals into those whose power or shares add up, and those left out; linked rows overlap as their money does."""
    left: list[LeftOut] = []
    kept: list[Deal] = []
    for deal in deals:
        if deal.firm and measured(deal) is not None:
            kept.append(deal)
        else:
            left.append(LeftOut(deal.id, "no_amount" if deal.firm else "not_firm"))
    kept, replaced = _drop_superseded(kept, [])
    kept, contained = _drop_contained(ledger, kept, {deal.id for deal in kept})
    return kept, left + replaced + contained


def _usual_kinds(matching: tuple[Deal, ...], price: Price) -> frozenset[AmountKind]:
    present = {deal.amount_kind for deal in matching if deal.amount_kind and price(deal) is not None}
    usual = frozenset(kind for kind in AmountKind if kind not in APART)
    return frozenset(present) if len(present) == 1 else usual


def _sort_alone(
    matching: tuple[Deal, ...], kinds: frozenset[AmountKind], include_not_firm: bool, price: Price
) -> tuple[list[Deal], list[LeftOut]]:
    kept: list[Deal] = []
    left: list[LeftOut] = []
    for deal in matching:
        reason = _reason_alone(deal, kinds, include_not_firm, price)
        if reason:
            left.append(LeftOut(deal.id, reason))
        else:
            kept.append(deal)
    return kept, left


def _reason_alone(deal: Deal, kinds: frozenset[AmountKind], include_not_firm: bool, price: Price) -> LeftOutReason | None:
    if not deal.firm and not include_not_firm:
        return "not_firm"
    if deal.amount_usd is None and price(deal) is None:
        return "no_amount"
    if deal.amount_kind and deal.amount_kind not in kinds:
        return APART.get(deal.amount_kind, "kind")
    return "share_unknown" if price(deal) is None else None


def _drop_superseded(kept: list[Deal], unpriced: list[Deal]) -> tuple[list[Deal], list[LeftOut]]:
    """Drop what another remaining deal replaces, also one that does not say what these parties pay in it."""
    successor = {deal.supersedes: deal.id for deal in (*unpriced, *kept) if deal.supersedes}
    left = [LeftOut(deal.id, "superseded", successor[deal.id]) for deal in kept if deal.id in successor]
    return [deal for deal in kept if deal.id not in successor], left


def _drop_contained(ledger: Ledger, kept: list[Deal], counted: set[str]) -> tuple[list[Deal], list[LeftOut]]:
    left = []
    remaining = []
    for deal in kept:
        above = next((container.id for container in ledger.containers(deal.id) if container.id in counted), None)
        if above:
            left.append(LeftOut(deal.id, "part_of", above))
        else:
            remaining.append(deal)
    return remaining, left


def _sums(counted: Iterable[Deal], price: Price) -> tuple[tuple[AmountKind, Decimal], ...]:
    by_kind: dict[AmountKind, Decimal] = defaultdict(Decimal)
    for deal in counted:
        by_kind[deal.amount_kind or AmountKind.CONTRACT] += price(deal) or 0
    return tuple(sorted(by_kind.items(), key=lambda item: -item[1]))
