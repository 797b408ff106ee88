"""A person's deals come from JSON lines, CSV or Excel, all to the same records."""

import json
from io import BytesIO
from pathlib import Path

import pytest

from index.deal_files import read_records
from index.errors import CorpusError
from index.records import DEAL, Deal

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


def load_deals(path: Path) -> tuple[Deal, ...]:
    """Return the deals of a file without their rows."""
    return tuple(deal for _, deal in read_records(path).deals)


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
        ("a.csv", as_csv([*HEADER, "status"], ROW), "has the column 'status' twice"),
        ("a.csv", as_csv(["name_en", "price"], ["Acme", "1"]), "has the unknown column 'price'"),
        ("a.csv", as_csv(HEADER, [*ROW[:3], "openai", *ROW[4:]]), "row 2, column 'parties': the party 'openai' has no role;"),
        ("a.csv", as_csv(HEADER, [*ROW[:3], "", *ROW[4:]]), "row 2, column 'parties': no party; write them as"),
        ("a.csv", as_csv(HEADER, [*ROW[:3], "openai:king", *ROW[4:]]), "row 2, column 'parties': 'king': input should be"),
        ("a.csv", as_csv(HEADER, ROW, [*ROW[:6], "much", *ROW[7:]]), "row 3, column 'amount_usd': 'much' is no number; write"),
        ("a.csv", as_csv(HEADER, [*ROW[:6], "5 GW", *ROW[7:]]), "row 2, column 'amount_usd': '5 GW' is no number"),
        ("a.csv", as_csv(HEADER, [*ROW[:6], "nan", *ROW[7:]]), "row 2, column 'amount_usd': 'nan' is no number"),
        ("a.csv", as_csv(HEADER, [*ROW[:4], "2026-13", *ROW[5:]]), "row 2, column 'announced': '2026-13' is no date"),
        ("a.csv", as_csv(HEADER, [*ROW[:5], "done", *ROW[6:]]), "row 2, column 'status': 'done': input should be"),
        ("a.csv", as_csv(HEADER, ROW, ROW), "row 3, column 'id': '2026-03-acme-buys-chips' is the id of row 2 as well"),
        ("a.csv", as_csv(["sectors", "name_en"], ["chips", "Acme"]), "row 2, column 'sectors': 'chips': input should be"),
        ("a.jsonl", b"\n{", "row 2: no valid JSON"),
        ("a.jsonl", b"[]", "row 1: no record"),
        (
            "a.jsonl",
            json.dumps({"title_en": "x"}).encode(),
            "row 1, column 'type': missing; correct it and add the file again.",
        ),
        ("a.xlsx", b"PK", "is no readable Excel file"),
    ],
)
def test_a_fault_names_file_row_and_field(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    """Whatever is wrong with a table is told in one CorpusError."""
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CorpusError) as caught:
        load_deals(tmp_path / name)
    told = str(caught.value)
    assert message in told
    assert repr(name) in told
    assert told.endswith(".") and "; " in told, "what is wrong, then the next step"


def test_what_follows_from_the_rest_is_filled_in(tmp_path: Path) -> None:
    """Without a word on it a sum is exact and of the kind of its deal's type; figures and dates may be written as people do."""
    header = ["Title EN", "type", "parties", "announced", "status", "amount_usd", "term years"]
    row = ["Lab raises money", "Equity investment", "a:investor;b:investee", "২০২৬-০৩", "Signed", "৩৮ বিলিয়ন ডলার", "7"]
    (tmp_path / "a.csv").write_bytes(as_csv(header, row))
    [deal] = load_deals(tmp_path / "a.csv")
    assert (deal.id, deal.announced, deal.sources) == ("2026-03-lab-raises-money", "2026-03", ())
    assert (deal.amount_usd, deal.amount_qualifier, deal.amount_kind, deal.term_years) == (38 * 10**9, "exact", "investment", 7)


def test_a_header_or_a_row_says_what_it_describes(tmp_path: Path) -> None:
    """A table under ``name_en`` and a JSON row with it are organisations; JSON lines may hold both."""
    (tmp_path / "a.csv").write_bytes(as_csv(["name_en", "aliases_bn", "sectors"], ["Zyphora Labs", "জাই; জাইফোরা", "AI lab"]))
    [(row, entity)] = read_records(tmp_path / "a.csv").entities
    assert (row, entity.id, entity.name_bn, entity.sectors) == (2, "zyphora_labs", "Zyphora Labs", ("ai_lab",))
    assert entity.aliases_bn == ("জাই", "জাইফোরা")
    (tmp_path / "a.jsonl").write_text(
        '{"name_en": "চুক্তি"}\n{"title_en": "T", "type": "lease", "parties": [{"entity": "x", "role": "lessee"}], '
        '"announced": "2026", "status": "signed"}\n',
        encoding="utf-8",
    )
    file = read_records(tmp_path / "a.jsonl")
    assert [number for number, _ in file.deals] == [2]
    assert file.entities[0][1].id.startswith("org_")
