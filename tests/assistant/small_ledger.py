"""A few companies and deals, small enough to reckon by hand, for the tests of what the records answer."""

from dataclasses import replace
from decimal import Decimal

from assistant.aggregate import aggregate
from assistant.schema import Finding, Intent, Query
from index.ledger import Ledger
from index.records import AmountKind, Deal, DealType, Entity, Party, Qualifier, Role, Sector, Source, Status

LAB, CHIPS, CLOUD = Sector.AI_LAB, Sector.CHIPMAKER, Sector.CLOUD_PROVIDER
COMPANIES = (
    Entity("lab", "Lab", "ল্যাব", sectors=(LAB,), country="US"),
    Entity("chips", "Chips", "চিপস", sectors=(CHIPS,), country="US"),
    Entity("cloud", "Cloud", "ক্লাউড", sectors=(CLOUD,), country="FR"),
    Entity("rival", "Rival", "প্রতিদ্বন্দ্বী", sectors=(LAB,), country="FR"),
)
PURCHASE = (Party("lab", Role.BUYER), Party("chips", Role.SELLER))
INVESTMENT = (Party("cloud", Role.INVESTOR), Party("lab", Role.INVESTEE))
DONE = {"announced", "signed", "closed", "amended"}


def deal(name: str, announced: str = "2025-01-01", amount: float | None = None, **fields: object) -> Deal:
    """Return a signed purchase of chips by the lab; an amount is exact contract value unless said otherwise."""
    precision = ("year", "month", "day")[announced.count("-")]
    money = {} if amount is None else {
        "amount_usd": Decimal(str(amount)), "amount_qualifier": Qualifier.EXACT, "amount_kind": AmountKind.CONTRACT
    }  # fmt: skip
    base = Deal(
        name, name, DealType.CHIP_SUPPLY, PURCHASE, announced, precision, Status.SIGNED, (Source("https://a.example", "A"),)
    )
    return replace(base, **{**money, **fields})


def ask(intent: Intent, *deals: Deal, **fields: object) -> Finding:
    """Return the finding over these deals."""
    return aggregate(Ledger(COMPANIES, deals), Query(intent, **fields))


def reasons(finding: Finding) -> dict[str, str]:
    """Return why each deal left out is left out."""
    return {entry.deal: entry.reason for entry in finding.left_out}
