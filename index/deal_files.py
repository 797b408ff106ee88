"""Deal records from a person's files: JSON lines as in the corpus, or a table (CSV, Excel) with fields as columns."""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from io import BytesIO
from pathlib import Path

from pydantic import ValidationError

from index.errors import CorpusError
from index.loaders import read_bytes
from index.readers import UnreadableError, decode
from index.records import DEAL, Deal, date_precision

Row = dict[str, object]
_REQUIRED = ("title_en", "type", "parties", "announced", "status")
_TEXT_COLUMNS = frozenset(field.name for field in fields(Deal)) - {"evidence", "amount_original"}
_COLUMNS = _TEXT_COLUMNS | {"source_url", "source_publisher", "source_title", "sources", "flows", "claims"}
_AMOUNTS = ("amount_usd", "stake_percent", "shares", "gigawatts", "valuation_usd", "term_years", "confidence")


def load_deals(path: Path) -> tuple[Deal, ...]:
    """Read the deals of a .jsonl, .csv or .xlsx file; raises CorpusError that names the row and the field.

    In a table, columns are named as the fields; ``parties`` is written ``openai:buyer; amd:seller`` and a source as
    the columns ``source_url`` and ``source_publisher``. A missing id is made from date and title, a missing
    precision from the date.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise CorpusError(f"{path.name!r} is no file of deals; give one of {', '.join(sorted(_READERS))}.")
    data = read_bytes(path)
    try:
        rows = list(reader(data))
    except UnreadableError as error:
        raise CorpusError(f"{path.name!r} {error}.") from error
    if not rows:
        raise CorpusError(f"{path.name!r} holds no deals; put one in each row and add it again.")
    return tuple(_deal(row, number, path) for number, row in rows)


def _deal(row: Row, number: int, path: Path) -> Deal:
    announced = str(row.get("announced") or "")
    row.setdefault("announced_precision", date_precision(announced))
    if not row.get("id"):
        slug = re.sub(r"[^a-z0-9]+", "-", str(row.get("title_en") or "").casefold()).strip("-")[:60].strip("-")
        row["id"] = f"{announced}-{slug}"
    try:
        deal = DEAL.validate_json(json.dumps(row, ensure_ascii=False))
        _ = deal.span  # the date must fit its precision
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the row"
        raise CorpusError(f"{path.name!r} row {number}: {where}: {first['msg']} (it has {first['input']!r:.60}).") from error
    except ValueError as error:
        raise CorpusError(f"{path.name!r} row {number}: announced: {error}.") from error
    return deal


def _json_lines(data: bytes) -> Iterator[tuple[int, Row]]:
    for number, line in enumerate(unicodedata.normalize("NFC", decode(data)).splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise UnreadableError(f"row {number} is not valid JSON; write one record in each line") from error
        if not isinstance(row, dict):
            raise UnreadableError(f"row {number} is no record; write one JSON object in each line")
        yield number, row


def _csv(data: bytes) -> Iterator[tuple[int, Row]]:
    text = unicodedata.normalize("NFC", decode(data))
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    yield from _table(list(csv.reader(io.StringIO(text), delimiter=delimiter)))


def _excel(data: bytes) -> Iterator[tuple[int, Row]]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows = [[_cell(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
        book.close()
    except Exception as error:  # a damaged workbook makes openpyxl raise almost any kind
        raise UnreadableError("is no readable Excel file; save it as .xlsx again and add that file") from error
    yield from _table(rows)


def _cell(value: object) -> str:
    text = "" if value is None else unicodedata.normalize("NFC", str(value)).strip()
    text = text.removesuffix(" 00:00:00")  # a date cell
    return text.removesuffix(".0") if isinstance(value, float) else text


def _table(rows: list[list[str]]) -> Iterator[tuple[int, Row]]:
    """Yield the rows below the header with their number in the sheet."""
    if not rows:
        return
    header = [name.strip().casefold() for name in rows[0]]
    missing = [name for name in _REQUIRED if name not in header]
    if missing:
        raise UnreadableError(f"has no column {missing[0]!r}; name the columns as the fields, at least {', '.join(_REQUIRED)}")
    unknown = [name for name in header if name and name not in _COLUMNS]
    if unknown:
        raise UnreadableError(f"has the unknown column {unknown[0]!r}; the columns are {', '.join(sorted(_COLUMNS))}")
    for number, cells in enumerate(rows[1:], 2):
        filled = {name: cell.strip() for name, cell in zip(header, cells, strict=False) if name and cell.strip()}
        if filled:
            yield number, _record(filled, number)


def _record(cells: Mapping[str, str], number: int) -> Row:
    row: Row = dict(cells)
    row["parties"] = [_party(part, number) for part in cells.get("parties", "").split(";") if part.strip()]
    for name in _AMOUNTS:
        if name in cells:
            row[name] = _number(cells[name], name, number)
    if "reviewed" in cells:
        row["reviewed"] = cells["reviewed"].casefold() in ("true", "yes", "1")
    for name in ("flows", "claims", "sources"):
        if name in cells:
            try:
                row[name] = json.loads(cells[name])
            except ValueError as error:
                raise UnreadableError(f"row {number}: {name} is not valid JSON; write it as in deals.jsonl") from error
    url, publisher, title = (row.pop(f"source_{part}", None) for part in ("url", "publisher", "title"))
    row.setdefault("sources", [{"url": url, "publisher": publisher or "", "title": title}] if url else [])
    return row


def _party(text: str, number: int) -> Row:
    entity, colon, role = text.strip().rpartition(":")
    if not colon:
        raise UnreadableError(f"row {number}: the party {text.strip()!r} has no role; write it as 'openai:buyer; amd:seller'")
    return {"entity": entity.strip(), "role": role.strip().casefold()}


def _number(text: str, name: str, number: int) -> float | int:
    try:
        value = float(text.replace(",", "").removeprefix("$"))
    except ValueError as error:
        raise UnreadableError(f"row {number}: {name} {text!r} is no number; write it in digits, such as 38000000000") from error
    return int(value) if value.is_integer() else value


_READERS: dict[str, Callable[[bytes], Iterator[tuple[int, Row]]]] = {
    ".jsonl": _json_lines,
    ".csv": _csv,
    ".xlsx": _excel,
}
