"""The ledger refuses unsound records with the place and the next step, and finds what it holds."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from index.corpus import SHIPPED
from index.errors import CorpusError, NotFoundError
from index.ledger import Ledger, read_deals, read_entities
from index.records import DEAL, Deal, DealType, Entity, Party, Role, Source, Status

ONE, TWO, THREE = (Entity(name, name.title(), name) for name in ("one", "two", "three"))


def deal(name: str, announced: str = "2025-01-01", **fields: object) -> Deal:
    """Return a small deal between one and two."""
    parties = (Party("one", Role.BUYER), Party("two", Role.SELLER))
    base = Deal(name, name, DealType.CHIP_SUPPLY, parties, announced, "day", Status.SIGNED, (Source("https://a.example", "A"),))
    return replace(base, **fields)


@pytest.fixture(scope="module")
def shipped() -> Ledger:
    """Return the ledger of the shipped corpus."""
    return Ledger(read_entities(SHIPPED / "entities.jsonl"), read_deals(SHIPPED / "deals.jsonl"))


def rows(name: str) -> list[dict]:
    """Return the lines of a shipped file as plain JSON."""
    return [json.loads(line) for line in (SHIPPED / name).read_text(encoding="utf-8").splitlines() if line.strip()]


def test_the_shipped_corpus_loads_whole(shipped: Ledger):
    """Every line of both files is a record, in both languages."""
    assert {deal.id for deal in shipped.deals} == {row["id"] for row in rows("deals.jsonl")}
    assert set(shipped.entities) == {row["id"] for row in rows("entities.jsonl")}
    assert len(shipped) == len(rows("deals.jsonl")) > 150
    assert all(deal.title_bn and deal.summary_bn and deal.summary_en for deal in shipped.deals)
    assert all(entity.name_bn for entity in shipped.entities.values())


def test_a_record_is_written_as_it_was_read(shipped: Ledger):
    """Reading a shipped line and writing it gives the same fields and numbers."""
    for row in rows("deals.jsonl"):
        written = DEAL.dump_python(shipped.deal(row["id"]), mode="json", by_alias=True)
        assert {name: written[name] for name in row} == row


def test_a_name_belongs_to_one_entity_only(shipped: Ledger):
    """No written form of a name stands for two organisations."""
    seen: dict[str, str] = {}
    for entity in shipped.entities.values():
        for form in entity.names:
            assert seen.setdefault(form, entity.id) == entity.id, form


def test_deals_per_year_are_those_of_the_file(shipped: Ledger):
    """Counted by year of announcement, the ledger and the file agree."""
    for year in {row["announced"][:4] for row in rows("deals.jsonl")}:
        from_file = {row["id"] for row in rows("deals.jsonl") if row["announced"].startswith(year)}
        assert {deal.id for deal in shipped.deals if deal.span.first.year == int(year)} == from_file


def test_deals_are_ordered_by_date_then_id_however_they_come():
    """A month is put by its first day, before the day after it; equal dates are put by id."""
    month = deal("c", "2025-02", announced_precision="month")
    given = [deal("b", "2025-02-01"), deal("a", "2025-02-01"), month, deal("z", "2024-12-31")]
    for order in (given, given[::-1]):
        assert [entry.id for entry in Ledger([ONE, TWO], order).deals] == ["z", "a", "b", "c"]


def test_deals_are_found_by_party_once_each():
    """A party with two roles has its deal once; one without deals has none."""
    twice = deal("twice", parties=(Party("one", Role.BUYER), Party("one", Role.HOLDER), Party("two", Role.SELLER)))
    ledger = Ledger([ONE, TWO, THREE], [deal("a", "2025-03-03"), twice])
    assert [entry.id for entry in ledger.of_party("one")] == ["twice", "a"]
    assert ledger.of_party("three") == ()
    assert ledger.of_party("nobody") == ()
    assert "a" in ledger
    assert "b" not in ledger


def test_containers_are_given_nearest_first():
    """A row's larger deals come one after the other, and none for a deal on its own."""
    ledger = Ledger([ONE, TWO], [deal("site", part_of="programme"), deal("lease", part_of="site"), deal("programme")])
    assert [entry.id for entry in ledger.containers("lease")] == ["site", "programme"]
    assert list(ledger.containers("programme")) == []


def test_successors_name_what_replaced_a_deal():
    """The replaced deal leads to the one that replaces it."""
    assert dict(Ledger([ONE, TWO], [deal("old"), deal("new", supersedes="old")]).successors) == {"old": "new"}


@pytest.mark.parametrize(
    ("deals", "message"),
    [
        ([deal("a"), deal("a")], "deal id 'a' occurs twice"),
        ([deal("a", parties=(Party("nobody", Role.BUYER),))], "unknown organisation 'nobody'"),
        ([deal("a", part_of="b")], "part_of 'b', which is no deal"),
        ([deal("a", supersedes="b")], "supersedes 'b', which is no deal"),
        ([deal("a", amends="b")], "amends 'b', which is no deal"),
        ([deal("a", part_of="a")], "part of itself"),
        ([deal("a", part_of="b"), deal("b", part_of="c"), deal("c", part_of="b")], "part of itself"),
    ],
    ids=["twice", "party", "part_of", "supersedes", "amends", "in-itself", "in-a-ring"],
)
def test_an_unsound_record_is_refused(deals: list[Deal], message: str):
    """The message names the record and what is wrong with it."""
    with pytest.raises(CorpusError, match=message):
        Ledger([ONE, TWO], deals)


def test_an_entity_that_occurs_twice_is_refused():
    """Ids of organisations are unique."""
    with pytest.raises(CorpusError, match="entity id 'one' occurs twice"):
        Ledger([ONE, ONE], [])


def test_what_is_not_there_is_said_with_the_next_step():
    """An id that names nothing is an error for the person, not a KeyError."""
    ledger = Ledger([ONE], [])
    with pytest.raises(NotFoundError, match=r"no deal 'x'.*chukti deals"):
        ledger.deal("x")
    with pytest.raises(NotFoundError, match="no organisation 'x'"):
        ledger.entity("x")


def changed(**fields: object) -> str:
    """Return a shipped row with some fields changed, as a line."""
    return json.dumps({**rows("deals.jsonl")[0], **fields})


@pytest.mark.parametrize(
    ("line", "where"),
    [
        (changed(status="maybe"), "line 3: status"),
        (changed(amount_usd=-5), "line 3: amount_usd"),
        (changed(type="gift"), "line 3: type"),
        (changed(parties=[{"entity": "openai", "role": "friend"}]), r"line 3: parties\.0\.role"),
        ("{broken", "line 3: the row"),
    ],
)
def test_a_malformed_line_is_named_by_file_line_and_field(tmp_path: Path, line: str, where: str):
    """The person learns which line and which field to correct; blank lines count as lines."""
    path = tmp_path / "deals.jsonl"
    path.write_text(f"{changed()}\n\n{line}\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=rf"deals\.jsonl {where}"):
        list(read_deals(path))


def test_a_date_that_does_not_fit_its_precision_is_named_with_its_deal(tmp_path: Path):
    """A day where only the month is claimed, or a day that no calendar has, is an error for the person."""
    for fields in ({"announced": "2025-01-01", "announced_precision": "month"}, {"announced": "2025-02-30"}):
        path = tmp_path / "deals.jsonl"
        path.write_text(changed(**fields), encoding="utf-8")
        with pytest.raises(CorpusError, match="announced"):
            Ledger(read_entities(SHIPPED / "entities.jsonl"), read_deals(path))


def test_records_cannot_be_changed_from_outside(shipped: Ledger):
    """The ledger is shared between threads: its mappings are read-only."""
    with pytest.raises(TypeError):
        shipped.entities["new"] = ONE
    with pytest.raises(TypeError):
        shipped.successors["new"] = "x"
