"""A person's deals come from JSON lines, CSV or Excel, all to the same records."""

import json
from io import BytesIO
from pathlib import Path

import pytest

from index.deal_files import load_deals
from index.errors import CorpusError
from index.records import DEAL

HEADER = [
    "title_en",
    "title_bn",
    "type",
    "parties",
    "announced",
    "status",
    "amount_usd",
    "amount_qualifier",
    "source_url",
    "source_publisher",
]
ROW = [
    "Acme buys chips",
    "অ্যাকমে চিপ কেনে",
    "chip_supply",
    "openai:buyer; amd:seller",
    "2026-03",
    "signed",
    "1,500,000,000",
    "about",
    "https://a.example",
    "Wire",
]


def as_csv(*rows: list[str], delimiter: str = ",") -> bytes:
    """Write rows as CSV with every cell quoted."""
    return "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows).encode()


def as_excel(*rows: list[object]) -> bytes:
    """Write rows as the first sheet of a workbook."""
    from openpyxl import Workbook

    book, out = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def test_one_record_in_three_formats_is_the_same_deal(tmp_path: Path) -> None:
    """CSV, Excel and JSON lines give equal deals; id and precision are made where they are missing."""
    (tmp_path / "a.csv").write_bytes(as_csv(HEADER, ROW))
    (tmp_path / "b.csv").write_bytes(b"\xef\xbb\xbf" + as_csv(HEADER, ROW, delimiter=";"))
    (tmp_path / "a.xlsx").write_bytes(as_excel(HEADER, [*ROW[:6], 1500000000.0, *ROW[7:]], [None] * 10))
    [deal] = load_deals(tmp_path / "a.csv")
    (tmp_path / "a.jsonl").write_bytes(DEAL.dump_json(deal, by_alias=True) + b"\n\n")
    assert load_deals(tmp_path / "b.csv") == load_deals(tmp_path / "a.xlsx") == load_deals(tmp_path / "a.jsonl") == (deal,)
    assert (deal.id, deal.announced_precision, deal.amount_usd) == ("2026-03-acme-buys-chips", "month", 1_500_000_000)
    assert [(party.entity, party.role) for party in deal.parties] == [("openai", "buyer"), ("amd", "seller")]
    assert deal.sources[0].publisher == "Wire"


def test_a_date_cell_of_excel_is_a_day(tmp_path: Path) -> None:
    """A cell that Excel holds as a date is read as that day."""
    from datetime import datetime

    (tmp_path / "a.xlsx").write_bytes(as_excel(HEADER, [*ROW[:4], datetime(2026, 3, 9), *ROW[5:]]))
    assert load_deals(tmp_path / "a.xlsx")[0].announced == "2026-03-09"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.tsv", b"x", "is no file of deals; give one of .csv, .jsonl, .xlsx"),
        ("a.csv", as_csv(HEADER), "holds no deals"),
        ("a.csv", as_csv(["title_en"]), "has no column 'type'"),
        ("a.csv", as_csv([*HEADER, "price"], ROW), "has the unknown column 'price'"),
        ("a.csv", as_csv(HEADER, [*ROW[:3], "openai", *ROW[4:]]), "row 2: the party 'openai' has no role"),
        ("a.csv", as_csv(HEADER, [*ROW[:3], "openai:king", *ROW[4:]]), "row 2: parties.0.role: Input should be"),
        ("a.csv", as_csv(HEADER, [*ROW[:6], "much", *ROW[7:]]), "row 2: amount_usd 'much' is no number"),
        ("a.csv", as_csv(HEADER, [*ROW[:4], "2026-13", *ROW[5:]]), "row 2: announced: month must be in 1..12"),
        ("a.csv", as_csv(HEADER, [*ROW[:5], "done", *ROW[6:]]), "row 2: status: Input should be"),
        ("a.jsonl", b"{", "row 1 is not valid JSON"),
        ("a.jsonl", b"[]", "row 1 is no record"),
        ("a.jsonl", json.dumps({"title_en": "x"}).encode(), "row 1: type"),
        ("a.xlsx", b"PK", "is no readable Excel file"),
    ],
)
def test_a_fault_names_file_row_and_field(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    """Whatever is wrong with a table is told in one CorpusError."""
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CorpusError) as caught:
        load_deals(tmp_path / name)
    assert message in str(caught.value)
    assert repr(name) in str(caught.value)
