"""Deals by plain filters, for `chukti deals` and `/api/deals`: filter values read, records selected and written as rows."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from assistant.schema import Filters, PartyTerm, Range
from assistant.selection import select
from index.errors import UsageError
from index.records import DEAL, Deal, DealType, Sector, Status, date_precision, date_span
from index.text import normalise

if TYPE_CHECKING:
    from index.ledger import Ledger

Word = TypeVar("Word", bound=StrEnum)
COLUMNS = (
    "id announced type status title_en title_bn parties amount_usd amount_qualifier amount_kind stake_percent gigawatts "
    "valuation_usd reviewed source_url"
).split()
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run such a cell


@dataclass(frozen=True, slots=True)
class DealFilters:
    """Filter values as typed. Several parties must all take part; several sectors, types or statuses are alternatives."""

    party: tuple[str, ...] = ()
    sector: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    min_usd: str | None = None
    max_usd: str | None = None

    def parameters(self) -> list[tuple[str, str]]:
        """Return the filters that are set, as they stand in a URL."""
        many = [(name, value) for name in ("party", "sector", "type", "status") for value in getattr(self, name)]
        one = [(name, getattr(self, name)) for name in ("since", "until", "min_usd", "max_usd")]
        return many + [(name, value) for name, value in one if value is not None]


def matching(ledger: "Ledger", asked: DealFilters) -> tuple[Deal, ...]:
    """Return the deals that pass, oldest first; raises UsageError for a value that names nothing."""
    terms = [PartyTerm(entities=frozenset({entity_id(ledger, name)})) for name in asked.party]
    if asked.sector:
        terms.append(PartyTerm(sectors=frozenset(_words(asked.sector, Sector, "sector"))))
    low, high = _amount(asked.min_usd, "min-usd"), _amount(asked.max_usd, "max-usd")
    filters = Filters(
        parties=tuple(terms),
        types=frozenset(_words(asked.type, DealType, "type")),
        statuses=frozenset(_words(asked.status, Status, "status")),
        since=_day(asked.since, "since"),
        until=_day(asked.until, "until"),
        ranges=(Range("amount", low, high),) if low is not None or high is not None else (),
    )
    return select(ledger, filters)


def entity_id(ledger: "Ledger", name: str) -> str:
    """Return the id of an organisation named by id, name or alias in either script; raises UsageError with near names."""
    if name in ledger.entities:
        return name
    wanted = normalise(name)
    names = {normalise(form): entity.id for entity in ledger.entities.values() for form in entity.names}
    if wanted in names:
        return names[wanted]
    from difflib import get_close_matches

    near = [ledger.entity(names[form]).name_en for form in get_close_matches(wanted, names, n=3, cutoff=0.7)]
    offer = f"did you mean {' or '.join(dict.fromkeys(near))}?" if near else "`/api/entities` lists the names."
    raise UsageError(f"No organisation is called {name!r}; {offer}")


def deal_row(deal: Deal) -> dict[str, Any]:
    """Return the record as the corpus files write it."""
    row: dict[str, Any] = DEAL.dump_python(deal, mode="json", by_alias=True)
    return row


def deals_csv(rows: Iterable[dict[str, Any]]) -> str:
    """Write deal rows as CSV with a header; cells that a spreadsheet would run as a formula are defused."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        flat = {
            **row,
            "parties": "; ".join(f"{party['entity']} ({party['role']})" for party in row["parties"]),
            "source_url": row["sources"][0]["url"] if row["sources"] else "",
        }
        writer.writerow([_cell(flat.get(name)) for name in COLUMNS])
    return file.getvalue()


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _words(values: tuple[str, ...], kind: type[Word], name: str) -> tuple[Word, ...]:
    found = []
    for value in values:
        try:
            found.append(kind(value.strip().lower().replace("-", "_").replace(" ", "_")))
        except ValueError:
            raise UsageError(f"{value!r} is no {name}; use one of {', '.join(kind)}.") from None
    return tuple(found)


def _day(text: str | None, name: str) -> date | None:
    if not text:
        return None
    try:
        span = date_span(text, date_precision(text))
    except ValueError:
        raise UsageError(f"{text!r} is no date for {name}; write it as 2025-10-06, 2025-10 or 2025.") from None
    return span.first if name == "since" else span.last


def _amount(text: str | None, name: str) -> Decimal | None:
    if not text:
        return None
    try:
        value = Decimal(text.replace(",", "").replace("_", ""))
    except InvalidOperation:
        value = _read_money(text)
    if not value.is_finite() or value < 0:
        raise UsageError(f"{text!r} is no amount for {name}; write dollars, such as 1000000000, 1e9 or 1bn.")
    return value


def _read_money(text: str) -> Decimal:
    from index.figures import read_figures

    figures = read_figures(text)
    return figures[0].value if len(figures) == 1 and figures[0].unit in ("", "USD") else Decimal("NaN")
