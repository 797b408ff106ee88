"""The roles that verbs and nouns of deals give: who acts, who is acted on, who stands after "from"."""

from dataclasses import dataclass

from index.records import Role

Roles = frozenset[Role]
_PAYERS = {Role.BUYER, Role.INVESTOR, Role.ACQUIRER, Role.LENDER, Role.LESSEE}
_PAID = {Role.SELLER, Role.INVESTEE, Role.TARGET, Role.BORROWER, Role.LESSOR}


@dataclass(frozen=True, slots=True)
class Frame:
    """The roles of the one who acts, of the one acted on, and of who stands after "from" (or থেকে)."""

    acting: Roles
    acted: Roles
    source: Roles


def _frame(acting: set[Role], acted: set[Role], source: set[Role]) -> Frame:
    return Frame(frozenset(acting), frozenset(acted), frozenset(source))


FRAMES: dict[str, Frame] = {
    "invest": _frame({Role.INVESTOR}, {Role.INVESTEE}, {Role.INVESTOR}),
    "raise": _frame({Role.INVESTEE}, {Role.INVESTEE}, {Role.INVESTOR}),
    "come": _frame(set(), set(), _PAYERS),
    "buy": _frame({Role.BUYER, Role.ACQUIRER}, {Role.SELLER, Role.TARGET}, {Role.SELLER}),
    "acquire": _frame({Role.ACQUIRER}, {Role.TARGET}, {Role.SELLER}),
    "sell": _frame(
        {Role.SELLER, Role.LESSOR}, {Role.BUYER, Role.LESSEE, Role.ACQUIRER, Role.INVESTOR}, {Role.SELLER, Role.LESSOR}
    ),
    "rent": _frame({Role.LESSEE, Role.BUYER}, {Role.LESSOR, Role.SELLER}, {Role.LESSOR, Role.SELLER}),
    "let": _frame({Role.LESSOR, Role.SELLER}, {Role.LESSEE, Role.BUYER}, {Role.LESSOR}),
    "flow": _frame(_PAYERS, _PAID, _PAYERS),
    "lend": _frame({Role.LENDER}, {Role.BORROWER}, {Role.LENDER}),
    "borrow": _frame({Role.BORROWER}, {Role.LENDER}, {Role.LENDER}),
    "guarantee": _frame({Role.GUARANTOR}, set(Role) - {Role.GUARANTOR}, {Role.GUARANTOR}),
    "shares": _frame(
        {Role.INVESTOR, Role.HOLDER, Role.ACQUIRER}, {Role.INVESTEE, Role.ISSUER, Role.TARGET}, {Role.SELLER, Role.ISSUER}
    ),
    "issue": _frame({Role.ISSUER}, {Role.HOLDER}, {Role.ISSUER}),
    "hold": _frame({Role.HOLDER}, {Role.ISSUER}, {Role.ISSUER}),
    "pay": _frame(_PAYERS, _PAID, _PAYERS),
}
# Nouns for one side of a deal: the role of the other side ("suppliers of X") and their own ("X is a supplier").
AGENTS: dict[str, tuple[Roles, Roles]] = {
    "investors": (frozenset({Role.INVESTEE}), frozenset({Role.INVESTOR})),
    "lenders": (frozenset({Role.BORROWER}), frozenset({Role.LENDER})),
    "borrowers": (frozenset({Role.LENDER}), frozenset({Role.BORROWER})),
    "suppliers": (frozenset({Role.BUYER, Role.LESSEE}), frozenset({Role.SELLER, Role.LESSOR})),
    "customers": (frozenset({Role.SELLER, Role.LESSOR}), frozenset({Role.BUYER, Role.LESSEE})),
    "tenants": (frozenset({Role.LESSOR}), frozenset({Role.LESSEE})),
    "landlords": (frozenset({Role.LESSEE}), frozenset({Role.LESSOR})),
    "acquirers": (frozenset({Role.TARGET}), frozenset({Role.ACQUIRER})),
    "targets": (frozenset({Role.ACQUIRER}), frozenset({Role.TARGET})),
    "holders": (frozenset(), frozenset({Role.HOLDER})),
    "issuers": (frozenset(), frozenset({Role.ISSUER})),
    "guarantors": (frozenset(set(Role) - {Role.GUARANTOR}), frozenset({Role.GUARANTOR})),
}
NONE: Roles = frozenset()
