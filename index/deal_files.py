"""Deals and organisations from a person's file, row by row; parties may still be names, which ``own_records`` resolves."""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from index.figures import read_figures
from index.readers import UnreadableError
from index.records import DEAL, ENTITY, AmountKind, Deal, DealType, Entity, Qualifier, date_precision
from index.tables import Row, RowError, read_rows
from index.text import fold_digits

Record = TypeVar("Record", Deal, Entity)
_REQUIRED = ("title_en", "type", "parties", "announced", "status")
_DEAL_COLUMNS = ({field.name for field in fields(Deal)} - {"evidence", "amount_original"}) | {
    "source_url", "source_publisher", "source_title"
}  # fmt: skip
_ENTITY_COLUMNS = frozenset(field.name for field in fields(Entity)) - {"bn_confirmed"}
_UNITS = {
    "amount_usd": "USD", "valuation_usd": "USD", "stake_percent": "percent", "gigawatts": "GW", "shares": "shares",
    "term_years": "years", "confidence": "",
}  # fmt: skip
_LISTS = ("aliases_en", "aliases_bn", "sectors")
# What a sum is where the row does not say: by the type of its deal.
_KINDS: Mapping[DealType, AmountKind] = {
    DealType.EQUITY_INVESTMENT: AmountKind.INVESTMENT,
    DealType.JOINT_VENTURE: AmountKind.INVESTMENT,
    DealType.DEBT_FINANCING: AmountKind.FINANCING,
    DealType.ACQUISITION: AmountKind.PRICE,
    DealType.ACQUIHIRE_LICENSE: AmountKind.PRICE,
    DealType.BACKSTOP: AmountKind.GUARANTEE,
    DealType.WARRANT: AmountKind.OPTION,
    DealType.DATA_CENTER_BUILD: AmountKind.PROGRAMME,
}


@dataclass(frozen=True, slots=True)
class RecordFile:
    """What a file holds, each record with the number of its row."""

    name: str
    deals: tuple[tuple[int, Deal], ...] = ()
    entities: tuple[tuple[int, Entity], ...] = ()


def read_records(path: Path) -> RecordFile:
    """Read the records of a .jsonl, .csv or .xlsx file; raises CorpusError that names the row and the column.

    A row with ``name_en`` and no title is an organisation, any other a deal; the header of a table says which its rows
    are. Columns are named as the fields; parties are written ``OpenAI: buyer; Zyphora Labs: seller``, a source as the
    columns ``source_url`` and ``source_publisher``. What is missing and follows from the rest is filled in: the id from
    date and title or from the name, the precision from the date, the kind of a sum from the type of the deal.
    """
    deals: list[tuple[int, Deal]] = []
    entities: list[tuple[int, Entity]] = []
    table = path.suffix.lower() != ".jsonl"
    for number, row in read_rows(path, _check_header):
        if "name_en" in row and "title_en" not in row:
            entities.append((number, _entity(_split(row) if table else row, number, path.name)))
        else:
            deals.append((number, _deal(_cells(row, number, path.name) if table else row, number, path.name)))
    _refuse_repeated([*deals, *entities], path.name)
    return RecordFile(path.name, tuple(deals), tuple(entities))


def entity_id(name: str) -> str:
    """Make an id of a name: ``zyphora_labs``; of a name without Latin letters, one that tells nothing."""
    slug = re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")
    return slug if slug[:1].isalpha() else f"org_{slug or blake2b(name.encode(), digest_size=4).hexdigest()}"


def _check_header(header: Sequence[str]) -> None:
    organisations = "name_en" in header and "title_en" not in header
    known = _ENTITY_COLUMNS if organisations else _DEAL_COLUMNS
    missing = [name for name in _REQUIRED if name not in header and not organisations]
    if missing:
        raise UnreadableError(
            f"has no column {missing[0]!r}; name the columns as the fields, at least {', '.join(_REQUIRED)} for deals "
            "or name_en for organisations"
        )
    unknown = [name for name in header if name not in known]
    if unknown:
        raise UnreadableError(f"has the unknown column {unknown[0]!r}; the columns are {', '.join(sorted(known))}")
    twice = [name for name, times in Counter(header).items() if times > 1]
    if twice:
        raise UnreadableError(f"has the column {twice[0]!r} twice; keep one of them")


def _deal(row: Row, number: int, name: str) -> Deal:
    announced = fold_digits(str(row.get("announced") or ""))
    row |= {"announced": announced}
    row.setdefault("announced_precision", date_precision(announced))
    row.setdefault("sources", [])
    if not row.get("id"):
        slug = re.sub(r"[^a-z0-9]+", "-", str(row.get("title_en") or "").casefold()).strip("-")[:60].strip("-")
        row["id"] = f"{announced}-{slug}"
    if row.get("amount_usd") is not None:
        row["amount_qualifier"] = row.get("amount_qualifier") or Qualifier.EXACT
        if not row.get("amount_kind") and row.get("type") in list(DealType):
            row["amount_kind"] = _KINDS.get(DealType(str(row["type"])), AmountKind.CONTRACT)
    deal = _read(DEAL, row, number, name)
    try:
        _ = deal.span  # the date must fit its precision
    except ValueError as error:
        step = "write it as 2026-03-09, 2026-03 or 2026 and add the file again"
        raise RowError(name, number, "announced", f"{announced!r} is no date ({error})", step) from error
    if not deal.parties:
        raise RowError(name, number, "parties", "no party", "write them as 'OpenAI: buyer; AMD: seller'")
    return deal


def _entity(row: Row, number: int, name: str) -> Entity:
    row = {key: value for key, value in row.items() if value is not None}
    row["id"] = row.get("id") or entity_id(str(row["name_en"]))
    row.setdefault("name_bn", row["name_en"])
    return _read(ENTITY, row, number, name)


def _read(adapter: TypeAdapter[Record], row: Row, number: int, name: str) -> Record:
    try:
        return adapter.validate_json(json.dumps(row, ensure_ascii=False))
    except ValidationError as error:
        first = error.errors()[0]
        column = str(first["loc"][0]) if first["loc"] else ""
        if first["type"] in ("missing", "missing_argument"):
            raise RowError(name, number, column, "missing") from error
        fault = first["msg"][:1].lower() + first["msg"][1:]
        raise RowError(name, number, column, f"{first['input']!r:.60}: {fault}") from error


def _refuse_repeated(records: Sequence[tuple[int, Deal | Entity]], name: str) -> None:
    seen: dict[tuple[type, str], int] = {}
    for number, record in records:
        before = seen.setdefault((type(record), record.id), number)
        if before != number:
            fault = f"{record.id!r} is the id of row {before} as well"
            raise RowError(name, number, "id", fault, "take one of the two rows out, or give this one another id")


def _split(row: Row) -> Row:
    parts = {name: [part.strip() for part in str(row[name]).split(";") if part.strip()] for name in _LISTS if name in row}
    if "sectors" in parts:
        parts["sectors"] = [part.casefold().replace(" ", "_") for part in parts["sectors"]]
    return {**row, **parts}


def _cells(cells: Row, number: int, name: str) -> Row:
    """Return a deal's row with its cells as a record holds them."""
    text = {key: str(cell) for key, cell in cells.items()}
    row: Row = {**text, "parties": [_party(part, number, name) for part in text.get("parties", "").split(";") if part.strip()]}
    row |= {key: text[key].casefold().replace(" ", "_") for key in ("type", "status", "amount_kind") if key in text}
    row |= {key: _number(text[key], key, number, name) for key in _UNITS if key in text}
    if "reviewed" in text:
        row["reviewed"] = text["reviewed"].casefold() in ("true", "yes", "1")
    for key in ("flows", "claims", "sources"):
        if key in text:
            try:
                row[key] = json.loads(text[key])
            except ValueError as error:
                raise RowError(name, number, key, "no valid JSON", "write it as in deals.jsonl") from error
    url, publisher, title = (row.pop(f"source_{part}", None) for part in ("url", "publisher", "title"))
    row.setdefault("sources", [{"url": url, "publisher": publisher or "", "title": title}] if url else [])
    return row


def _party(text: str, number: int, name: str) -> Row:
    entity, colon, role = text.strip().rpartition(":")
    if not colon or not entity.strip():
        fault = f"the party {text.strip()!r} has no role"
        raise RowError(name, number, "parties", fault, "write it as 'openai:buyer; amd:seller'")
    return {"entity": entity.strip(), "role": role.strip().casefold()}


def _number(text: str, column: str, number: int, name: str) -> float | int:
    """Return the number of a cell, written in digits or as people write sums: 38000000000, $38bn, ৩৮ বিলিয়ন ডলার."""
    figures = read_figures(text)
    if len(figures) == 1 and (figures[0].start, figures[0].end) == (0, len(text)) and figures[0].unit in ("", _UNITS[column]):
        value = figures[0].value
    else:
        try:
            value = Decimal(fold_digits(text).replace(",", "").removeprefix("$"))
        except ArithmeticError:
            value = Decimal("NaN")
    if not value.is_finite():
        step = "write it in digits, such as 38000000000, and add the file again"
        raise RowError(name, number, column, f"{text!r} is no number", step)
    return int(value) if value == value.to_integral_value() else float(value)
