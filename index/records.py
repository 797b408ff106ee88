"""The data model of the corpus: frozen types and closed sets, no I/O.

Field names and closed sets are those of the corpus files (see ``index/corpus/README.md``). Money is ``Decimal`` in
US dollars unless a name says otherwise; power is in gigawatts; stakes are in percent.
"""

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AliasChoices, Field, PlainSerializer, TypeAdapter

Language = Literal["en", "bn"]


class Sector(StrEnum):
    """What an organisation does; see the corpus README for each word."""

    AI_LAB = "ai_lab"
    CHIPMAKER = "chipmaker"
    CUSTOM_CHIP_DESIGNER = "custom_chip_designer"
    FOUNDRY = "foundry"
    MEMORY_MAKER = "memory_maker"
    CLOUD_PROVIDER = "cloud_provider"
    NEOCLOUD = "neocloud"
    SERVER_MAKER = "server_maker"
    DATA_CENTER_OPERATOR = "data_center_operator"
    INVESTOR = "investor"
    SOVEREIGN_FUND = "sovereign_fund"
    BANK = "bank"
    SOFTWARE = "software"
    TELECOM = "telecom"
    ENERGY = "energy"
    CONSUMER_TECH = "consumer_tech"
    MEDIA = "media"
    GOVERNMENT = "government"
    OTHER = "other"


class DealType(StrEnum):
    """What a deal is, by its main leg."""

    EQUITY_INVESTMENT = "equity_investment"
    CLOUD_CONTRACT = "cloud_contract"
    CHIP_SUPPLY = "chip_supply"
    WARRANT = "warrant"
    DEBT_FINANCING = "debt_financing"
    ACQUISITION = "acquisition"
    ACQUIHIRE_LICENSE = "acquihire_license"
    JOINT_VENTURE = "joint_venture"
    PARTNERSHIP = "partnership"
    LEASE = "lease"
    BACKSTOP = "backstop"
    DATA_CENTER_BUILD = "data_center_build"
    MODEL_DISTRIBUTION = "model_distribution"
    ENERGY_SUPPLY = "energy_supply"


class Role(StrEnum):
    """What a party does in a deal."""

    INVESTOR = "investor"
    INVESTEE = "investee"
    BUYER = "buyer"
    SELLER = "seller"
    LENDER = "lender"
    BORROWER = "borrower"
    ACQUIRER = "acquirer"
    TARGET = "target"
    PARTNER = "partner"
    GUARANTOR = "guarantor"
    LESSOR = "lessor"
    LESSEE = "lessee"
    ISSUER = "issuer"
    HOLDER = "holder"


class Status(StrEnum):
    """How far a deal has come."""

    RUMOURED = "rumoured"
    IN_TALKS = "in_talks"
    LETTER_OF_INTENT = "letter_of_intent"
    ANNOUNCED = "announced"
    SIGNED = "signed"
    CLOSED = "closed"
    AMENDED = "amended"
    LAPSED = "lapsed"
    CANCELLED = "cancelled"


FIRM = frozenset({Status.ANNOUNCED, Status.SIGNED, Status.CLOSED, Status.AMENDED})


class FlowKind(StrEnum):
    """What moves between parties."""

    CASH = "cash"
    DEBT = "debt"
    EQUITY = "equity"
    COMPUTE = "compute"
    CHIPS = "chips"
    GOODS = "goods"
    ENERGY = "energy"
    LICENSE = "license"
    SERVICES = "services"
    GUARANTEE = "guarantee"


class AmountKind(StrEnum):
    """What sort of sum a headline amount is."""

    INVESTMENT = "investment"
    CONTRACT = "contract"
    PRICE = "price"
    FINANCING = "financing"
    GUARANTEE = "guarantee"
    PROGRAMME = "programme"
    PER_YEAR = "per_year"
    OPTION = "option"
    STOCK_ISSUE = "stock_issue"


class Qualifier(StrEnum):
    """How exactly a figure is known."""

    EXACT = "exact"
    UP_TO = "up_to"
    ABOUT = "about"
    AT_LEAST = "at_least"


Precision = Literal["day", "month", "quarter", "year"]
ClaimField = Literal["amount_usd", "direction", "status", "announced", "stake_percent", "shares", "term", "other"]


def _number(value: Decimal) -> int | float:
    """Write a decimal as the JSON number that the corpus files hold."""
    return int(value) if value == value.to_integral_value() else float(value)


Number = Annotated[Decimal, PlainSerializer(_number, when_used="json"), Field(gt=0)]


@dataclass(frozen=True, slots=True)
class Span:
    """A closed range of days, ``first`` and ``last`` included."""

    first: date
    last: date

    def within(self, since: date | None, until: date | None) -> bool:
        """True when the whole span lies between the bounds; an absent bound is open."""
        return (since is None or self.first >= since) and (until is None or self.last <= until)


def date_span(text: str, precision: Precision) -> Span:
    """Return the days that a date such as ``2025-10-06``, ``2025-10`` or ``2025`` may mean.

    A quarter is written as its first month. Raises ValueError when the text does not fit the precision.
    """
    parts = [int(part) for part in text.split("-")]
    if len(parts) != {"day": 3, "month": 2, "quarter": 2, "year": 1}[precision]:
        raise ValueError(f"{text!r} is not a date of {precision} precision")
    year = parts[0]
    if precision == "year":
        return Span(date(year, 1, 1), date(year, 12, 31))
    month = parts[1]
    if precision == "day":
        return Span(date(year, month, parts[2]), date(year, month, parts[2]))
    last_month = month + 2 if precision == "quarter" else month
    return Span(date(year, month, 1), date(year, last_month, monthrange(year, last_month)[1]))


def date_precision(text: str) -> Precision:
    """Return the precision that the form of a date has: ``2025`` a year, ``2025-10`` a month, anything longer a day."""
    by_dashes: tuple[Precision, ...] = ("year", "month", "day")
    return by_dashes[min(text.count("-"), 2)]


@dataclass(frozen=True, slots=True)
class Source:
    """A published page that states facts of a deal or a brief."""

    url: str
    publisher: str
    title: str | None = None
    date: str | None = None
    lang: str = "en"
    supports: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """An organisation; a name or alias belongs to one entity only."""

    id: str
    name_en: str
    name_bn: str
    aliases_en: tuple[str, ...] = ()
    aliases_bn: tuple[str, ...] = ()
    sectors: tuple[Sector, ...] = (Sector.OTHER,)
    country: str = ""
    ticker: str | None = None
    note_en: str = ""
    note_bn: str = ""
    bn_confirmed: bool = False

    def name(self, language: Language) -> str:
        """Return the usual name in the language."""
        return self.name_bn if language == "bn" else self.name_en

    @property
    def names(self) -> tuple[str, ...]:
        """Every written form, both languages, the usual names first."""
        return (self.name_en, self.name_bn, *self.aliases_en, *self.aliases_bn)


@dataclass(frozen=True, slots=True)
class Party:
    """An entity in one role of a deal; one entity may have two roles."""

    entity: str
    role: Role


@dataclass(frozen=True, slots=True)
class Flow:
    """What moves from one party to another; ``implied`` marks the return leg, which never carries an amount."""

    giver: Annotated[str, Field(validation_alias=AliasChoices("from", "giver"), serialization_alias="from")]
    receiver: Annotated[str, Field(validation_alias=AliasChoices("to", "receiver"), serialization_alias="to")]
    kind: FlowKind
    purpose: Annotated[str, Field(validation_alias=AliasChoices("for", "purpose"), serialization_alias="for")] = ""
    amount_usd: Number | None = None
    implied: bool = False


@dataclass(frozen=True, slots=True)
class OriginalAmount:
    """The sum as first stated, in its own currency (ISO 4217 code)."""

    value: Number
    currency: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What one source says of a field on which sources differ; ``source`` indexes the deal's sources from 0."""

    field: ClaimField
    value: str
    source: int


@dataclass(frozen=True, slots=True)
class Deal:
    """One deal record. ``announced`` has the precision that ``announced_precision`` names."""

    id: str
    title_en: str
    type: DealType
    parties: tuple[Party, ...]
    announced: str
    announced_precision: Precision
    status: Status
    sources: tuple[Source, ...]
    flows: tuple[Flow, ...] = ()
    title_bn: str = ""
    amount_usd: Number | None = None
    amount_qualifier: Qualifier | None = None
    amount_kind: AmountKind | None = None
    amount_text: str | None = None
    amount_original: OriginalAmount | None = None
    stake_percent: Number | None = None
    stake_qualifier: Qualifier | None = None
    shares: Number | None = None
    gigawatts: Number | None = None
    valuation_usd: Number | None = None
    term_years: Number | None = None
    closed: str | None = None
    part_of: str | None = None
    supersedes: str | None = None
    amends: str | None = None
    claims: tuple[Claim, ...] = ()
    conflict_note_en: str | None = None
    conflict_note_bn: str | None = None
    summary_en: str = ""
    summary_bn: str = ""
    reviewed: bool = True
    confidence: float | None = None
    article: str | None = None
    evidence: dict[str, str] = field(default_factory=dict, hash=False)

    @property
    def span(self) -> Span:
        """The days on which the deal may have been announced."""
        return date_span(self.announced, self.announced_precision)

    @property
    def firm(self) -> bool:
        """True for announced, signed, closed and amended deals."""
        return self.status in FIRM

    @property
    def entities(self) -> tuple[str, ...]:
        """Ids of the parties, each once, in the order of the record."""
        return tuple(dict.fromkeys(party.entity for party in self.parties))

    def roles(self, entity: str) -> frozenset[Role]:
        """Return the roles of an entity in this deal; empty when it is no party."""
        return frozenset(party.role for party in self.parties if party.entity == entity)

    def title(self, language: Language) -> str:
        """Return the headline in the language, the English one where there is no Bengali."""
        return (self.title_bn if language == "bn" else "") or self.title_en

    def summary(self, language: Language) -> str:
        """Return the summary in the language, the English one where there is no Bengali."""
        return (self.summary_bn if language == "bn" else "") or self.summary_en

    def conflict_note(self, language: Language) -> str:
        """Return how sources differ, in the language, the English note where there is no Bengali; empty when they agree."""
        return (self.conflict_note_bn if language == "bn" else "") or self.conflict_note_en or ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A source reference of an article: the text up to ``offset`` rests on the sources at these indexes (from 0)."""

    offset: int
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """A loaded article. ``text`` is what chunks and quotes are exact slices of; reference marks are taken out of it."""

    id: str
    title: str
    text: str
    language: Language
    path: str
    content_hash: str
    date: str | None = None
    publisher: str | None = None
    url: str | None = None
    sources: tuple[Source, ...] = ()
    references: tuple[Reference, ...] = ()
    deals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chunk:
    """An exact slice ``document.text[start:end]`` of an article or of a deal's text in one language."""

    id: str
    document: str
    kind: Literal["article", "deal"]
    language: Language
    text: str
    start: int
    end: int
    ordinal: int
    heading: str = ""
    title: str = ""
    date: str | None = None


ENTITY = TypeAdapter(Entity)
DEAL = TypeAdapter(Deal)
