"""The document of a deal states every figure of its record, in both languages, so that answers can quote it."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from index.corpus import SHIPPED
from index.documents import deal_text, field_line, party_list
from index.figures import read_figures
from index.labels import label
from index.ledger import Ledger, read_deals, read_entities
from index.records import Deal, Qualifier
from index.text import has_bengali

LANGUAGES = ["en", "bn"]


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    """Return the ledger of the shipped corpus."""
    return Ledger(read_entities(SHIPPED / "entities.jsonl"), read_deals(SHIPPED / "deals.jsonl"))


def line(deal: Deal, ledger: Ledger, head: str, language: str) -> str | None:
    """Return the value of a field's line in the document of a deal; None where there is no such line."""
    start = field_line(head, language)
    found = [text.removeprefix(start) for text in deal_text(deal, ledger, language).splitlines() if text.startswith(start)]
    assert len(found) < 2, f"{deal.id}: {start} stands twice"
    return found[0] if found else None


@pytest.mark.parametrize("language", LANGUAGES)
def test_title_and_summary_stand_first_as_the_record_has_them(ledger: Ledger, language: str):
    """The first two lines are the record's own sentences, exactly."""
    for deal in ledger.deals:
        assert deal_text(deal, ledger, language).splitlines()[:2] == [deal.title(language), deal.summary(language)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("head", "field", "unit"),
    [
        ("amount", "amount_usd", "USD"),
        ("stake", "stake_percent", "percent"),
        ("power", "gigawatts", "GW"),
        ("valuation", "valuation_usd", "USD"),
        ("term", "term_years", "years"),
        ("shares", "shares", ""),
    ],
)
def test_each_figure_of_a_record_can_be_read_from_its_line(ledger: Ledger, language: str, head: str, field: str, unit: str):
    """The line is there exactly where the record states the figure, and reads back as the same value."""
    for deal in ledger.deals:
        value, written = getattr(deal, field), line(deal, ledger, head, language)
        if value is None:
            assert written is None, deal.id
        else:
            first = read_figures(written or "")[0]
            assert (first.value, first.unit) == (value, unit), deal.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_dates_can_be_read_from_their_lines(ledger: Ledger, language: str):
    """The days of announcing and closing are written at the precision of the record."""
    for deal in ledger.deals:
        announced = read_figures(line(deal, ledger, "announced", language) or "")
        wanted = deal.announced[:4] if deal.announced_precision == "quarter" else deal.announced
        assert wanted in {figure.day for figure in announced}, deal.id
        closed = line(deal, ledger, "closed", language)
        assert [figure.day for figure in read_figures(closed or "")] == ([deal.closed] if deal.closed else []), deal.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_ceiling_is_called_a_ceiling(ledger: Ledger, language: str):
    """The words for up to, about and at least stand before the sum, and nowhere else."""
    said = {"en": {"up_to": "up to ", "about": "about ", "at_least": "at least "}}
    said["bn"] = {"up_to": "সর্বোচ্চ ", "about": "প্রায় ", "at_least": "কমপক্ষে "}
    for deal in ledger.deals:
        written = line(deal, ledger, "amount", language)
        for qualifier, words in said[language].items():
            assert (written or "").startswith(words) == (deal.amount_usd is not None and deal.amount_qualifier == qualifier)


@pytest.mark.parametrize("language", LANGUAGES)
def test_parties_status_type_and_links_are_named(ledger: Ledger, language: str):
    """Every party with its role, the status, the type and the titles of linked deals stand in the document."""
    for deal in ledger.deals:
        parties = line(deal, ledger, "parties", language) or ""
        for party in deal.parties:
            name = ledger.entity(party.entity).name(language)
            assert re.search(rf"{re.escape(name)} \([^)]*{re.escape(label(party.role, language))}", parties), deal.id
        assert line(deal, ledger, "status", language) == label(deal.status, language)
        assert line(deal, ledger, "type", language) == label(deal.type, language)
        for link in ("part_of", "supersedes", "amends"):
            target = getattr(deal, link)
            assert line(deal, ledger, link, language) == (ledger.deal(target).title(language) if target else None)


def test_a_party_with_two_roles_is_named_once(ledger: Ledger):
    """AMD sells chips and issues the warrant; it is one party with both roles."""
    deal = ledger.deal("2025-10-06-openai-amd")
    assert party_list(deal, ledger, "en").count("AMD") == 1
    assert {label(role, "en") for role in deal.roles("amd")} <= set(re.findall(r"[a-z]+", party_list(deal, ledger, "en")))


def test_a_conflict_between_sources_is_said_in_the_language(ledger: Ledger):
    """Where sources differ the document says so, in English where the Bengali note is missing."""
    deal = next(deal for deal in ledger.deals if deal.conflict_note_bn)
    assert line(deal, ledger, "conflict", "bn") == deal.conflict_note_bn
    assert line(deal, ledger, "conflict", "en") == deal.conflict_note_en
    assert line(replace(deal, conflict_note_bn=None), ledger, "conflict", "bn") == deal.conflict_note_en


def test_a_record_without_bengali_falls_back_to_english(ledger: Ledger):
    """A proposed record that has only an English headline still has a Bengali document with Bengali heads."""
    deal = replace(ledger.deals[0], title_bn="", summary_bn="")
    text = deal_text(deal, ledger, "bn")
    assert text.startswith(deal.title_en)
    assert has_bengali(text)


def test_unknown_fields_leave_no_line(ledger: Ledger):
    """Unknown fields leave no head without a value; nothing reads None."""
    bare = replace(ledger.deals[0], amount_usd=None, amount_text=None, summary_en="", flows=())
    text = deal_text(replace(bare, amount_usd=Decimal(5), amount_kind=None, amount_qualifier=None), ledger, "en")
    assert "None" not in text
    assert f"{field_line('amount', 'en')}$5\n" in text
    assert not any(row.endswith(": ") for row in deal_text(bare, ledger, "en").splitlines())
    assert Qualifier.EXACT not in text
