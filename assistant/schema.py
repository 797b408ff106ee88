"""The words that the steps share: a question, what it asks, what was found, and the answer.

Frozen dataclasses inside; the ``Answer`` that leaves through the doors is a pydantic model whose JSON is the contract.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict

from index.records import AmountKind, DealType, FlowKind, Language, Role, Sector, Status

Script = Literal["english", "bengali", "banglish", "mixed"]


class Intent(StrEnum):
    """What is asked."""

    LIST = "list"
    LOOKUP = "lookup"
    COUNT = "count"
    SUM = "sum"
    RANK = "rank"
    COMPARE = "compare"
    GROUP = "group"
    TIMELINE = "timeline"
    PATH = "path"
    CIRCULAR = "circular"
    YESNO = "yesno"
    PROFILE = "profile"
    PASSAGE = "passage"
    SMALLTALK = "smalltalk"
    UNKNOWN = "unknown"


# What a look-up, a range or an order is about; the names are those of the record's fields where it has one.
Measure = Literal[
    "amount",
    "announced",
    "closed",
    "stake",
    "shares",
    "gigawatts",
    "valuation",
    "term",
    "status",
    "parties",
    "type",
    "source",
    "terms",
    "count",
    "title",
]
GroupKey = Literal["party", "type", "year", "quarter", "month", "status", "sector", "country"]
Aggregate = Literal["sum", "average"]
Smalltalk = Literal["greeting", "thanks", "abilities", "identity", "goodbye", ""]


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier message of the conversation."""

    role: Literal["user", "assistant"]
    content: str
    deals: tuple[str, ...] = ()  # what an assistant turn presented, when the caller kept it


@dataclass(frozen=True, slots=True)
class Question:
    """What a person typed, with the conversation before it, oldest turn first."""

    text: str
    history: tuple[Turn, ...] = ()
    language: Language | None = None  # forced language of the answer


@dataclass(frozen=True, slots=True)
class PartyTerm:
    """One condition on the parties of a deal: any of these entities, or any entity of these sectors or countries.

    ``roles`` empty means any role. Positive terms must be met by different parties of a deal, so "OpenAI and a
    chipmaker" needs another party that is a chipmaker. A negated term excludes deals with such a party.
    ``only`` asks that no further party outside the positive terms takes part.
    """

    entities: frozenset[str] = frozenset()
    sectors: frozenset[Sector] = frozenset()
    countries: frozenset[str] = frozenset()  # ISO 3166 alpha-2
    roles: frozenset[Role] = frozenset()
    negated: bool = False
    words: str = ""  # the record must hold these words as well: a product that narrows its company's deals (Azure)


@dataclass(frozen=True, slots=True)
class Range:
    """Bounds on a measure, both included unless ``strict``; an absent bound is open. Units are those of the record."""

    measure: Measure
    low: Decimal | None = None
    high: Decimal | None = None
    strict: bool = False  # "more than", "less than": the bound itself does not count


@dataclass(frozen=True, slots=True)
class Filters:
    """Which deals a question is about. Every field narrows; the empty value of each lets all deals pass."""

    parties: tuple[PartyTerm, ...] = ()
    only_parties: bool = False  # no party beyond those that meet the terms ("only between X and Y")
    types: frozenset[DealType] = frozenset()
    without_types: frozenset[DealType] = frozenset()
    flows: frozenset[FlowKind] = frozenset()  # the deal moves one of these kinds
    statuses: frozenset[Status] = frozenset()
    without_statuses: frozenset[Status] = frozenset()
    amount_kinds: frozenset[AmountKind] = frozenset()
    since: date | None = None
    until: date | None = None
    dated_by: Literal["announced", "closed"] = "announced"  # what the two dates bound
    ranges: tuple[Range, ...] = ()
    stated: frozenset[Measure] = frozenset()  # the record states each of these
    unstated: frozenset[Measure] = frozenset()  # the record states none of these
    deals: tuple[str, ...] = ()  # these records only (named deals, "the second one"); order kept
    text: str = ""  # words that the record's text must hold, for topics that are no field ("inference", "Texas")

    def without_parties(self) -> "Filters":
        """Return the same filters for any party."""
        return replace(self, parties=(), only_parties=False)


EVERYTHING = Filters()


@dataclass(frozen=True, slots=True)
class Reading:
    """A choice among meanings that the answer must own up to: ``text`` was taken as ``taken``."""

    text: str
    taken: str  # entity id, or a plain word
    others: tuple[str, ...] = ()
    reason: Literal["ambiguous", "spelling", "history", "default"] = "ambiguous"


@dataclass(frozen=True, slots=True)
class Side:
    """One of several sets of deals in which the same company must stand, in one of the roles (empty: any)."""

    filters: Filters
    roles: frozenset[Role] = frozenset()


@dataclass(frozen=True, slots=True)
class Query:
    """What a question asks, as data.

    ``subject`` is the entity of a profile, the centre of a circular-flow question, or the two ends of a path.
    ``compared`` are the sides of a comparison, each a filter of its own on top of ``filters``.
    ``not_understood`` are words that carry meaning and found no place: the answer must name them.
    ``unknown_names`` are names of organisations that the corpus does not hold, ``not_recorded`` what is asked and is no
    field of a deal (a salary, a head office). ``defines`` is the term that the question wants explained.
    """

    intent: Intent
    language: Language = "en"
    script: Script = "english"
    filters: Filters = EVERYTHING
    measure: Measure | None = None
    aggregate: Aggregate = "sum"
    flow_sum: bool = False  # money paid from one party to another, by flows, instead of whole deals
    group_by: GroupKey | None = None
    descending: bool = True
    limit: int | None = None
    subject: tuple[str, ...] = ()
    compared: tuple[PartyTerm, ...] = ()
    sides: tuple[Side, ...] = ()  # asked are the companies that stand on every side
    include_not_firm: bool = False  # a sum or rank that asks for talks, letters and the like as well
    smalltalk: Smalltalk = ""
    search: str = ""  # what to look for in passages, history resolved, in the person's own words
    readings: tuple[Reading, ...] = ()
    not_understood: tuple[str, ...] = ()
    unknown_names: tuple[str, ...] = ()
    not_recorded: tuple[str, ...] = ()
    defines: str = ""
    out_of_scope: bool = False
    also: tuple["Query", ...] = ()  # what the same question asks besides: the sum of the deals counted, a second field


LeftOutReason = Literal[
    "not_firm", "no_amount", "ceiling", "superseded", "part_of", "kind", "share_unknown",
    "guarantee", "programme", "per_year", "option", "stock_issue",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A matching deal that is not in the figure, and why."""

    deal: str
    reason: LeftOutReason
    other: str = ""  # the deal that contains or supersedes it


Unit = Literal["USD", "deals", "percent", "GW", "shares", "years", "entities", "circles"]


@dataclass(frozen=True, slots=True)
class Value:
    """The one figure asked for: a decimal amount with its unit, or an ISO date."""

    amount: Decimal | None = None
    unit: Unit | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """One row of a grouping or one side of a comparison. ``key`` is an id, a closed-set word or a date prefix."""

    key: str
    deals: tuple[str, ...]
    total: Decimal | None = None  # sum by the rules of counting, None where money was not asked for or there is none


@dataclass(frozen=True, slots=True)
class Hop:
    """One step between two entities, with the deals that make it; for a circle also what moves."""

    giver: str
    receiver: str
    deals: tuple[str, ...]
    kind: FlowKind | None = None
    amount_usd: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Circle:
    """A closed walk of flows; the last hop ends where the first begins, no entity is passed twice."""

    hops: tuple[Hop, ...]
    money: Decimal = Decimal(0)  # the sum of the firm amounts on its edges, by the rules of counting


@dataclass(frozen=True, slots=True)
class Finding:
    """What the records answer. ``deals`` are exactly those that the answer presents, in that order."""

    query: Query
    deals: tuple[str, ...] = ()
    value: Value | None = None
    verdict: bool | None = None
    groups: tuple[Group, ...] = ()
    sums: tuple[tuple[AmountKind, Decimal], ...] = ()  # one figure for each kind of money in a sum
    ceilings: tuple[str, ...] = ()  # deals whose "up to" amounts stand beside the figure
    left_out: tuple[LeftOut, ...] = ()
    paths: tuple[tuple[Hop, ...], ...] = ()
    circles: tuple[Circle, ...] = ()
    nearest: tuple[str, ...] = ()  # records to name when nothing matched: the nearest that the corpus holds
    relaxed: str = ""  # which condition was dropped to find ``nearest`` (a Filters field)
    also: tuple["Finding", ...] = ()  # what answers the query's ``also``


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage for one question: an exact slice of a document, which an answer may cite."""

    kind: Literal["deal", "article"]
    id: str
    language: Language
    quote: str
    start: int
    end: int
    title: str = ""
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence or list item of an answer with the evidence that it rests on; ``computed`` are figures of our own.

    A sentence without evidence states no fact of the corpus (a greeting, an offer, an abstention).
    """

    text: str
    evidence: tuple[Evidence, ...] = ()
    computed: tuple[Decimal, ...] = ()  # numbers that code worked out from the cited records
    block: Literal["line", "item", "heading", "quote", "note", "row"] = "line"  # row: cells parted by tabs


@dataclass(frozen=True, slots=True)
class Draft:
    """What a composer or a generator wrote, before verification and numbering."""

    sentences: tuple[Sentence, ...]
    abstained: bool = False
    follow_ups: tuple[str, ...] = ()
    written_by: str = "composer"


class _Wire(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Citation(_Wire):
    """What a marker ``[n]`` stands for; ``quote`` is exactly ``document[start:end]``."""

    marker: int
    kind: Literal["deal", "article"]
    id: str
    title: str
    publisher: str | None = None
    url: str | None = None
    date: str | None = None
    language: str
    quote: str
    start: int
    end: int


class AnswerValue(_Wire):
    """The one figure asked for; ``amount`` is a plain decimal string."""

    amount: str
    unit: str


class DateValue(_Wire):
    """The one date asked for, at the precision of the record."""

    date: str


class Conflict(_Wire):
    """A deal on which sources differ."""

    deal: str
    note: str


class LeftOutNote(_Wire):
    """A deal that matches and is not in the figure."""

    deal: str
    reason: str


class Answer(_Wire):
    """The answer as every door gives it; see DESIGN, "The contract other tools rely on"."""

    question: str
    language: Language
    intent: Intent
    text: str
    abstained: bool = False
    deals: tuple[str, ...] = ()
    value: AnswerValue | DateValue | None = None
    verdict: bool | None = None
    citations: tuple[Citation, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    left_out: tuple[LeftOutNote, ...] = ()
    follow_ups: tuple[str, ...] = ()
    written_by: str = "composer"
    timing_ms: dict[str, float] = {}


@dataclass(frozen=True, slots=True)
class StatusEvent:
    """What the assistant is doing, in a few words for the person."""

    text: str


@dataclass(frozen=True, slots=True)
class DeltaEvent:
    """A verified piece of the answer's text; the pieces joined are the answer's text."""

    text: str


@dataclass(frozen=True, slots=True)
class AnswerEvent:
    """The whole answer; always the last event."""

    answer: Answer


Event = StatusEvent | DeltaEvent | AnswerEvent
