"""Rows of records from a person's file: JSON lines, or a table (CSV, Excel) below a header; every fault names its row."""

import csv
import io
import json
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from pathlib import Path

from index.errors import CorpusError
from index.loaders import RECORD_SUFFIXES, read_bytes
from index.readers import UnreadableError, decode

Row = dict[str, object]
Check = Callable[[Sequence[str]], None]
Numbered = tuple[int, Row]  # the row's number in the file, from 1; in a table the header is row 1
AGAIN = "correct it and add the file again"


class RowError(CorpusError):
    """A fault in one row of a file of records."""

    def __init__(self, name: str, row: int, column: str, fault: str, step: str = AGAIN) -> None:
        """Write the one sentence: file, row, column where there is one, what is wrong with it, the next step."""
        place = f"{name!r} row {row}" + (f", column {column!r}" if column else "")
        super().__init__(f"{place}: {fault}; {step}.")


def holds_records(name: str) -> bool:
    """True for a file name whose suffix is that of a file of records."""
    return name.casefold().endswith(RECORD_SUFFIXES)


def read_rows(path: Path, check_header: Check) -> tuple[Numbered, ...]:
    """Return the rows of a .jsonl, .csv or .xlsx file as they are written, cells of a table as text, empty ones absent.

    ``check_header`` raises UnreadableError for a table with other columns. Raises CorpusError when the file cannot be
    read or has no row.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise CorpusError(f"{path.name!r} is no file of deals; give one of {', '.join(RECORD_SUFFIXES)}.")
    data = read_bytes(path)
    try:
        rows = tuple(reader(path.name, data, check_header))
    except UnreadableError as error:
        raise CorpusError(f"{path.name!r} {error}.") from error
    if not rows:
        raise CorpusError(f"{path.name!r} holds no deals; put one in each row and add it again.")
    return rows


def _json_lines(name: str, data: bytes, _: Check) -> Iterator[Numbered]:
    for number, line in enumerate(unicodedata.normalize("NFC", decode(data)).splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise RowError(name, number, "", "no valid JSON", "write one record in each line") from error
        if not isinstance(row, dict):
            raise RowError(name, number, "", "no record", "write one JSON object in each line")
        yield number, row


def _csv(_: str, data: bytes, check: Check) -> Iterator[Numbered]:
    text = unicodedata.normalize("NFC", decode(data))
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    yield from _table(list(csv.reader(io.StringIO(text), delimiter=delimiter)), check)


def _excel(_: str, data: bytes, check: Check) -> Iterator[Numbered]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        rows = [[_cell(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
        book.close()
    except Exception as error:  # a damaged workbook makes openpyxl raise almost any kind
        raise UnreadableError("is no readable Excel file; save it as .xlsx again and add that file") from error
    yield from _table(rows, check)


def _cell(value: object) -> str:
    text = "" if value is None else unicodedata.normalize("NFC", str(value)).strip()
    text = text.removesuffix(" 00:00:00")  # a date cell
    return text.removesuffix(".0") if isinstance(value, float) else text


def _table(rows: list[list[str]], check: Check) -> Iterator[Numbered]:
    """Yield the rows below the header; a column is named in any case, with spaces or with underscores."""
    if not rows:
        return
    header = ["_".join(name.casefold().replace("-", " ").replace("_", " ").split()) for name in rows[0]]
    check([name for name in header if name])
    for number, cells in enumerate(rows[1:], 2):
        filled: Row = {name: cell.strip() for name, cell in zip(header, cells, strict=False) if name and cell.strip()}
        if filled:
            yield number, filled


_READERS: dict[str, Callable[[str, bytes, Check], Iterator[Numbered]]] = {".csv": _csv, ".jsonl": _json_lines, ".xlsx": _excel}
