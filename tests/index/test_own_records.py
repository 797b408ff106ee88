"""A person's own deals and organisations: added from files, told apart, removed, and never half of a file."""

import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.corpus import Corpus
from index.deal_files import RecordFile
from index.errors import CorpusError, NotFoundError
from index.ledger import Ledger
from index.own_records import OwnRecords, with_file, without
from index.records import Deal, DealType, Entity, Party, Role, Status
from index.search import Index, open_index


def row(title: str = "AMD sells chips to OpenAI again", **fields: Any) -> dict[str, Any]:
    """Return a deal as a person writes it."""
    parties = fields.pop("parties", {"OpenAI": "buyer", "amd": "seller"})
    named = [{"entity": name, "role": role} for name, role in parties.items()]
    return {"title_en": title, "type": "chip_supply", "parties": named, "announced": "2026-05", "status": "signed"} | fields


@pytest.fixture
def index(corpus: Corpus, building: ModuleType, tmp_path: Path) -> Iterator[Index]:
    """An index of the tiny corpus, not built yet."""
    index = open_index(tmp_path / "home", corpus, building.HashEmbedder)
    yield index
    index.close()


def book(tmp_path: Path, *rows: dict[str, Any], name: str = "book.jsonl") -> Path:
    """Write rows as a file of JSON lines."""
    path = tmp_path / name
    path.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in rows), encoding="utf-8")
    return path


def test_deals_are_added_changed_and_removed(index: Index, tmp_path: Path) -> None:
    """A person's deals join the records and the search at once; adding again tells what changed; a removal takes them out."""
    added = index.add_records(book(tmp_path, row(), row("Second deal")))
    [first, second] = added.deals.added
    assert added.deals.changed == added.deals.unchanged == added.entities.added == ()
    assert [party.entity for party in index.ledger.deal(first).parties] == ["openai", "amd"], "a name is as good as an id"
    assert first in {hit.chunk.document for hit in index.search("AMD sells chips to OpenAI again")}
    again = index.add_records(book(tmp_path, row(status="closed"), row("Second deal"), row("Third deal")))
    assert (again.deals.changed, again.deals.unchanged, len(again.deals.added)) == ((first,), (second,), 1)
    assert index.ledger.deal(first).status == "closed"
    index.remove(first)
    assert first not in index.ledger and second in index.ledger
    assert first not in {hit.chunk.document for hit in index.search("AMD sells chips to OpenAI again")}


def test_a_file_is_listed_with_what_it_brought_and_removed_whole(index: Index, corpus: Corpus, tmp_path: Path) -> None:
    """A file stands with its deals until all are gone; removed by its name, it leaves nothing."""
    index.add_records(book(tmp_path, row(parties={"Zyphora Labs": "buyer", "amd": "seller"}), row("Second deal")))
    [(name, brought)] = index.record_files().items()
    assert (name, len(brought.deals), brought.entities) == ("book.jsonl", 2, ("zyphora_labs",))
    index.remove(brought.deals[1])
    assert index.record_files()["book.jsonl"].deals == brought.deals[:1]
    index.remove("book.jsonl")
    assert index.record_files() == {}
    assert len(index.ledger) == 1
    assert set(index.ledger.entities) == {"openai", "amd"}
    assert (corpus.own / "deals.jsonl").read_text() == ""
    with pytest.raises(NotFoundError, match=r"'book\.jsonl'"):
        index.remove("book.jsonl")


def test_the_last_file_that_brings_a_deal_has_it(index: Index, tmp_path: Path) -> None:
    """A deal that comes in a second file moves there; removing the first leaves it."""
    index.add_records(book(tmp_path, row(), row("Second deal")))
    index.add_records(book(tmp_path, row(), name="copy.jsonl"))
    files = index.record_files()
    assert [len(files[name].deals) for name in ("book.jsonl", "copy.jsonl")] == [1, 1]
    index.remove("book.jsonl")
    assert [deal.title_en for deal in index.ledger.deals if deal.id != "2025-10-06-openai-amd"] == [row()["title_en"]]


def test_an_unknown_name_becomes_an_organisation(index: Index, tmp_path: Path) -> None:
    """A new name is made an organisation once, whatever its case; it goes with the last deal that names it."""
    one = row(parties={"Zyphora Labs": "buyer", "amd": "seller"})
    other = row("Second deal", parties={"ZYPHORA  labs": "buyer", "জাইফোরা": "seller"})
    added = index.add_records(book(tmp_path, one, other))
    assert added.entities.added[0] == "zyphora_labs" and len(added.entities.added) == 2
    made = index.ledger.entity("zyphora_labs")
    assert (made.name_en, made.name_bn) == ("Zyphora Labs", "Zyphora Labs")
    assert index.add_records(book(tmp_path, one, other)).entities.unchanged == added.entities.added
    for deal in added.deals.added:
        assert "zyphora_labs" in index.ledger.entities
        index.remove(deal)
    assert "zyphora_labs" not in index.ledger.entities


def test_an_organisation_can_be_described(index: Index, tmp_path: Path) -> None:
    """A row of an organisation gives names and sectors to what its deals name, also after they were added."""
    deal = row(parties={"Zyphora": "buyer", "amd": "seller"})
    index.add_records(book(tmp_path, row(parties={"Zyphora Labs": "buyer", "amd": "seller"})))
    described = {"name_en": "Zyphora Labs", "name_bn": "জাইফোরা ল্যাবস", "aliases_en": ["Zyphora"], "sectors": ["ai_lab"]}
    added = index.add_records(book(tmp_path, described, {**deal, "title_en": "Second deal"}, name="more.jsonl"))
    assert (added.entities.changed, added.entities.added) == (("zyphora_labs",), ())
    assert {deal.entities[0] for deal in index.ledger.of_party("zyphora_labs")} == {"zyphora_labs"}
    assert index.ledger.entity("zyphora_labs").name_bn == "জাইফোরা ল্যাবস"
    with pytest.raises(CorpusError, match="'Zyphora' is the organisation 'zyphora_labs'; give the row the id 'zyphora_labs'"):
        index.add_records(book(tmp_path, {"name_en": "Zyphora", "id": "other"}, name="third.jsonl"))
    for document in added.deals.added:
        index.remove(document)
    assert "zyphora_labs" in index.ledger.entities, "a described organisation stays with its file"


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (
            row(parties={"openai": "buyer", "amdd": "seller"}),
            "column 'parties': 'amdd' is no organisation's id, did you mean 'amd';",
        ),
        (row(id="2025-10-06-openai-amd"), "column 'id': '2025-10-06-openai-amd' is the id of a deal that is shipped"),
        (row(part_of="nothing"), "column 'part_of': 'nothing' is no deal"),
        (row(id="x", part_of="x"), "column 'part_of': the deal is part of itself through 'x'"),
        (row(flows=[{"from": "openai", "to": "Acme", "kind": "cash"}]), "column 'flows': the flow names 'Acme', which is no"),
        (
            {"name_en": "AMD"},
            "column 'name_en': 'amd' is the organisation 'amd', which is shipped with Chukti; take the row out",
        ),
        (
            {"name_en": "Zed", "aliases_en": ["OpenAI"]},
            "column 'name_en': 'OpenAI' is the organisation 'openai', which is shipped",
        ),
        (row(status="done"), "column 'status': 'done': input should be"),
    ],
)
def test_one_bad_row_keeps_the_whole_file_out(
    index: Index, corpus: Corpus, tmp_path: Path, bad: dict[str, Any], message: str
) -> None:
    """The fault is one sentence with file, row and column, and nothing of the file is added, good rows or organisations."""
    good = row("Good deal", parties={"Zed": "buyer", "amd": "seller"})
    with pytest.raises(CorpusError) as caught:
        index.add_records(book(tmp_path, good, bad))
    assert f"'book.jsonl' row 2, {message}" in str(caught.value)
    assert str(caught.value).endswith(".") and "; " in str(caught.value)
    assert not corpus.own.exists()
    assert len(index.ledger) == 1
    assert "zed" not in index.ledger.entities


def test_a_deal_that_another_rests_on_stays(index: Index, tmp_path: Path) -> None:
    """Removing a deal to which another is linked is refused; removing their file takes both."""
    index.add_records(book(tmp_path, row(id="whole"), row("Part", id="part", part_of="whole")))
    with pytest.raises(CorpusError, match="'part' has part_of 'whole'"):
        index.remove("whole")
    assert "whole" in index.ledger and index.record_files()["book.jsonl"].deals == ("whole", "part")
    index.remove("book.jsonl")
    assert len(index.ledger) == 1


NAMES = st.sampled_from(["AMD", "Zed", "Acme Corp", "জাইফোরা"])
FILES = st.sampled_from(["a.csv", "b.csv"])
STEPS = st.lists(
    st.tuples(st.just("add"), FILES, st.lists(st.tuples(st.integers(0, 3), NAMES), min_size=1, max_size=3))
    | st.tuples(st.just("remove"), FILES | st.integers(0, 3).map(str), st.just([])),
    max_size=8,
)
SHIPPED = Ledger([Entity("amd", "AMD", "এএমডি")], [])


def deal(number: int, name: str) -> Deal:
    """Return a deal of one party."""
    return Deal(str(number), "T", DealType.LEASE, (Party(name, Role.LESSEE),), "2026", "year", Status.SIGNED, ())


@given(STEPS)
def test_any_sequence_keeps_the_records_whole(steps: list[tuple[str, str, list[tuple[int, str]]]]) -> None:
    """After whatever was added and removed: each deal is in one file, its parties exist, and no organisation is left over."""
    own = OwnRecords()
    for what, name, rows in steps:
        if what == "add":
            ledger = Ledger([*SHIPPED.entities.values(), *own.entities.values()], own.deals.values())
            file = RecordFile(name, tuple(enumerate((deal(*one) for one in dict(rows).items()), 2)))
            own, added = with_file(own, ledger, file)
            assert {*added.deals.added, *added.deals.changed, *added.deals.unchanged} == {str(number) for number, _ in rows}
        elif name in own.files or name in own.deals:
            own = without(own, name)
    assert sorted(key for one in own.files.values() for key in one.deals) == sorted(own.deals)
    named = {party for deal in own.deals.values() for party in deal.entities}
    assert set(own.entities) == named - {"amd"}
    assert all(one.deals or one.entities for one in own.files.values())
