"""Bengali questions in colloquial and formal wordings: conditions that look like questions, far denials, descriptions."""

from datetime import date
from pathlib import Path

import pytest

import index.ledger
from assistant.schema import Intent, Question
from assistant.understanding import Understanding, make_understanding
from index.ledger import Ledger, read_deals, read_entities
from index.records import DealType, Role, Status

TODAY = date(2026, 11, 24)
CORPUS = Path(index.ledger.__file__).parent / "corpus"


@pytest.fixture(scope="module", name="reader")
def make_reader() -> Understanding:
    """Return a reader over the shipped records."""
    return make_understanding(Ledger(read_entities(CORPUS / "entities.jsonl"), read_deals(CORPUS / "deals.jsonl")))


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("জাপানি কোনো পক্ষ আছে, এমন চিপ চুক্তি কী কী?", Intent.LIST),
        ("মেটার চুক্তিগুলোর তালিকা দেবেন কি?", Intent.LIST),
        ("nvidia r sob chukti bolben ki", Intent.LIST),
        ("ওরাকলের সাথে কি মেটার কোন চুক্তি আছে", Intent.YESNO),
        ("oracle er sathe ki meta r kon chukti ase", Intent.YESNO),
        ("ওরাকলের কোন চুক্তি সবচেয়ে বড়?", Intent.RANK),
        ("মেটা থিকা গুগল পর্যন্ত চুক্তি দিয়া কেমনে যাওয়া যায়", Intent.PATH),
        ("যেসব চুক্তির অঙ্ক রুপিতে ঠিক হয়েছিল সেগুলোর তালিকা", Intent.LIST),
        ("১০০ বিলিয়ন ডলারের বেশি! এমন চুক্তি কারা কারা করল?", Intent.LIST),
    ],
)
def test_a_condition_or_a_request_is_not_what_is_asked(reader: Understanding, text: str, intent: Intent) -> None:
    """A party that there may be, a polite "would you say" and a loose "which" do not decide the question."""
    assert reader.read(Question(text), TODAY).intent == intent


@pytest.mark.parametrize(
    ("text", "company", "role"),
    [
        ("ইনটেল কোম্পানিতে কারা টাকা দিসে", "intel", Role.INVESTEE),
        ("সফটব্যাংক ক্রেতা পক্ষ এমন অধিগ্রহণ", "softbank", Role.ACQUIRER),
        ("স্পেসএক্স বিক্রেতার ভূমিকায় যেসব চুক্তি করেছে", "spacex", Role.SELLER),
        ("স্পেসএক্স এক্সএআইকে নিয়ে নিল কত টাকায়", "xai", Role.TARGET),
        ("ওপেনএআইয়ের কাছে শেয়ার ইস্যু করেছে কারা", "openai", Role.HOLDER),
        ("সফটব্যাংকের কেনাকাটার তালিকা", "softbank", Role.ACQUIRER),
    ],
)
def test_roles_in_colloquial_and_formal_wordings(reader: Understanding, text: str, company: str, role: Role) -> None:
    """Verbs of the street, nouns of a side with পক্ষ and a noun of a company at large give the roles."""
    parties = reader.read(Question(text), TODAY).filters.parties
    assert role in next(term.roles for term in parties if company in term.entities)


@pytest.mark.parametrize("text", ["চিপের কোন চুক্তিতে মেটা একেবারেই নেই?", "যে চুক্তিগুলোতে মেটা পক্ষ হিসেবে নেই"])
def test_a_denial_reaches_its_company_over_words_of_emphasis(reader: Understanding, text: str) -> None:
    """What only strengthens the denial does not part it from the company."""
    assert [term.negated for term in reader.read(Question(text), TODAY).filters.parties] == [True]


def test_a_denied_claim_bounds_no_status(reader: Understanding) -> None:
    """A rumour that nobody confirmed asks for rumours, not for firm deals as well."""
    read = reader.read(Question("কোন চুক্তির খবর স্রেফ গুঞ্জন, কোম্পানিগুলো নিশ্চিত করেনি?"), TODAY)
    assert read.filters.statuses == {Status.RUMOURED}


def test_what_describes_a_company_is_no_condition(reader: Understanding) -> None:
    """A concession, an epithet and a completing verb say nothing of the deals asked for."""
    conceded = reader.read(Question("ক্লাউড কোম্পানি হয়েও মাইক্রোসফট নিওক্লাউড থেকে কম্পিউটিং ভাড়া নিচ্ছে কোন চুক্তিতে?"), TODAY)
    assert len(conceded.filters.parties) == 2
    assert reader.read(Question("মিকি মাউসের মালিক ডিজনির চুক্তি কী কী?"), TODAY).unknown_names == ()
    completed = reader.read(Question("হিউমেইন সাড়া ফেলে দিয়েছে! চুক্তিগুলো কী কী?"), TODAY)
    assert [term.roles for term in completed.filters.parties] == [frozenset()]


def test_the_first_by_value_are_the_largest(reader: Understanding) -> None:
    """With a measure before it (মূল্যে প্রথম তিনটি) "first" orders by money, alone by date."""
    by_value = reader.read(Question("ক্লাউড চুক্তির মধ্যে আর্থিক মূল্যে প্রথম তিনটি"), TODAY)
    by_date = reader.read(Question("ওপেনএআইয়ের প্রথম তিনটি চুক্তি"), TODAY)
    assert (by_value.measure, by_value.descending, by_value.limit) == ("amount", True, 3)
    assert (by_date.measure, by_date.descending) == ("announced", False)


def test_office_words_joined_to_a_noun_leave_its_type(reader: Understanding) -> None:
    """সরবরাহসংক্রান্ত is about supply; ও তৎপরবর্তী opens the period."""
    read = reader.read(Question("মেটার চিপ সরবরাহসংক্রান্ত চুক্তিসমূহ, ২০২৫ সালের মে ও তৎপরবর্তী সময়ের"), TODAY)
    assert read.filters.types == {DealType.CHIP_SUPPLY}
    assert (read.filters.since, read.filters.until) == (date(2025, 5, 1), None)
