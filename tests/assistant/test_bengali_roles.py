"""Who does what to whom in Bengali and Banglish: nouns of sides, light verbs, word order, lists, places, days in words."""

from datetime import date
from pathlib import Path

import pytest

import index.ledger
from assistant.months import with_years
from assistant.schema import Intent, Query, Question
from assistant.understanding import Understanding, make_understanding
from index.ledger import Ledger, read_deals, read_entities
from index.records import FIRM, Role, Status

TODAY = date(2026, 11, 24)
CORPUS = Path(index.ledger.__file__).parent / "corpus"


@pytest.fixture(scope="module", name="reader")
def make_reader() -> Understanding:
    """Return a reader over the shipped records."""
    return make_understanding(Ledger(read_entities(CORPUS / "entities.jsonl"), read_deals(CORPUS / "deals.jsonl")))


def role_of(query: Query, company: str) -> frozenset[Role]:
    """Return the roles that a company has in the conditions."""
    return next(term.roles for term in query.filters.parties if company in term.entities)


@pytest.mark.parametrize(
    ("text", "company", "role"),
    [
        ("microsoft er 2025 er cloud contract gula jekhane se nije buyer", "microsoft", Role.BUYER),
        ("বিক্রেতা হিসেবে এনভিডিয়ার চুক্তিগুলো", "nvidia", Role.SELLER),
        ("যেগুলোর ক্রেতা মাইক্রোসফট এমন ক্লাউড চুক্তি", "microsoft", Role.BUYER),
        ("ওপেনএআইয়ের পাওনাদার কারা?", "openai", Role.BORROWER),
        ("অ্যাম্পিয়ারের নতুন মালিক কে?", "ampere", Role.TARGET),
        ("digitalbridge kar malikanay gelo", "digitalbridge", Role.TARGET),
        ("টিসিএস ডেটা সেন্টার ভাড়া দিচ্ছে কাকে?", "tcs", Role.LESSOR),
        ("ডেটা সেন্টার ভাড়া কে দিয়েছে ওপেনএআইকে?", "openai", Role.LESSEE),
        ("এনভিডিয়াকে ওয়ারেন্ট দিয়েছে কোন কোন কোম্পানি?", "nvidia", Role.HOLDER),
        ("amd kake kake warrant dilo", "amd", Role.ISSUER),
        ("সেরেব্রাসকে কে ঋণ দিয়েছে", "cerebras", Role.BORROWER),
        ("এক্সএআই কাকে কিনেছে?", "xai", Role.ACQUIRER),
        ("ওরাকলের কাছ থেকে কম্পিউটিং নিচ্ছে কে কে?", "oracle", Role.SELLER),
        ("জেডটি সিস্টেমস কেনাটা এএমডি কবে সম্পন্ন করে?", "zt_systems", Role.TARGET),
        ("জেডটি সিস্টেমস কেনাটা এএমডি কবে সম্পন্ন করে?", "amd", Role.ACQUIRER),
        ("উইজ কিনতে গুগলকে কত ডলার গুনতে হয়েছে?", "google", Role.ACQUIRER),
        ("ওপেনএআইকে চিপ দিচ্ছে কারা", "openai", Role.BUYER),
        ("এএমডি কোন কোন কোম্পানিকে শেয়ার দেবে?", "amd", Role.ISSUER),
        ("nvidia r kache share ase kon kon company r", "nvidia", Role.HOLDER),
    ],
)
def test_roles_by_noun_verb_and_order(reader: Understanding, text: str, company: str, role: Role) -> None:
    """A company has the role that the noun of a side, a light verb, its case or its place gives it."""
    assert role in role_of(reader.read(Question(text), TODAY), company)


@pytest.mark.parametrize(
    ("text", "company"),
    [
        ("aligned data centers bechlo ke ar kinlo kara?", "aligned"),
        ("ampere softbank re kinse naki softbank ampere re?", "ampere"),
        ("স্পেসএক্স এক্সএআইকে কিনেছে নাকি এক্সএআই স্পেসএক্সকে?", "xai"),
    ],
)
def test_no_role_where_either_side_is_asked(reader: Understanding, text: str, company: str) -> None:
    """Who sold and who bought, or which of two bought the other: the deal is asked for, whoever did it, and not yes or no."""
    query = reader.read(Question(text), TODAY)
    assert query.intent != Intent.YESNO
    assert not role_of(query, company)


def test_two_questions_in_one_take_either_role(reader: Understanding) -> None:
    """Whom xAI bought and who bought it: both deals."""
    roles = role_of(reader.read(Question("এক্সএআই কাকে কিনেছে, আর এক্সএআইকেই বা কিনেছে কে?"), TODAY), "xai")
    assert {Role.ACQUIRER, Role.TARGET} <= roles


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("coherent lumentum marvell ar synopsys e nvidia total koto dilo", {"coherent", "lumentum", "marvell", "synopsys"}),
        ("microsoft nebius iren lambda theke koto taka r cloud kinse", {"nebius", "iren", "lambda"}),
        ("nebius meta ar microsoft er kach theke mot koto pabe", {"meta", "microsoft"}),
    ],
)
def test_lists_with_spaces_alone(reader: Understanding, text: str, listed: set[str]) -> None:
    """Names in a row share the case of the last; the first of them acts where nobody else does."""
    query = reader.read(Question(text), TODAY)
    assert set[str](next(iter({term.entities for term in query.filters.parties if term.entities & listed}))) == listed


@pytest.mark.parametrize("text", ["আবুধাবির এমজিএক্স কোন কোন ডিলে ছিল?", "Abu Dhabi-based MGX's deals", "uae er mgx er deal gulo"])
def test_where_a_company_is_from_is_no_condition(reader: Understanding, text: str) -> None:
    """The place before a company that is from there only describes it."""
    parties = reader.read(Question(text), TODAY).filters.parties
    assert [term.entities for term in parties] == [frozenset({"mgx"})]


@pytest.mark.parametrize(
    "text",
    ["জাপানি ব্যাংক আছে এমন ঋণচুক্তি কোনগুলো? যেমন এমইউএফজি, মিজুহো", "loans with Japanese banks such as MUFG and Mizuho"],
)
def test_examples_leave_the_kind(reader: Understanding, text: str) -> None:
    """Companies after যেমন or "such as" are examples: the kind is what is asked for."""
    parties = reader.read(Question(text), TODAY).filters.parties
    assert [term.countries for term in parties] == [frozenset({"JP"})]
    assert not any(term.entities for term in parties)


def test_names_after_that_is_replace_the_kind(reader: Understanding) -> None:
    """Companies after অর্থাৎ say which are meant."""
    parties = reader.read(Question("জাপানি ব্যাংক, অর্থাৎ এমইউএফজি, কোন ঋণচুক্তিতে আছে?"), TODAY).filters.parties
    assert [term.entities for term in parties] == [frozenset({"mufg"})]


def test_denied_statuses_of_a_list_leave_the_wanted_one(reader: Understanding) -> None:
    """Firm deals are wanted where what is not firm is listed and left out: পাকা (আলোচনা, LOI, বাতিল সব বাদ)."""
    filters = reader.read(Question("যেসব deal পাকা হয়েছে (আলোচনা, LOI, বাতিল সব বাদ)"), TODAY).filters
    assert filters.statuses == FIRM
    left_out = reader.read(Question("বাতিল বা স্থগিত বাদ দিয়ে ওপেনএআইয়ের চুক্তি"), TODAY).filters
    assert left_out.without_statuses == {Status.CANCELLED, Status.LAPSED}


def test_not_with_a_company(reader: Understanding) -> None:
    """Only the company that the denial follows is left out: "google er sathe na"."""
    parties = reader.read(Question("meta r cloud deal jegula google er sathe na"), TODAY).filters.parties
    assert {name: term.negated for term in parties for name in term.entities} == {"meta": False, "google": True}


@pytest.mark.parametrize(
    ("text", "intent", "measure"),
    [
        ("কোন ক্লাউড চুক্তির মেয়াদ সবচেয়ে লম্বা?", Intent.RANK, "term"),
        ("সবচেয়ে কম মেয়াদের ক্লাউড চুক্তি কোনটি?", Intent.RANK, "term"),
        ("সাম্প্রতিকতম তিনটা অধিগ্রহণ বলো", Intent.RANK, "announced"),
        ("সিরিজ এইচ শেষে অ্যানথ্রপিকের বাজারদর কত দাঁড়াল?", Intent.LOOKUP, "valuation"),
        ("scale ai er koto percent meta nise", Intent.LOOKUP, "stake"),
        ("উইজ কেনাটা গুগল কবে শেষ করে?", Intent.LOOKUP, "closed"),
    ],
)
def test_words_for_measures(reader: Understanding, text: str, intent: Intent, measure: str) -> None:
    """Everyday words for terms, market values, hundredths and superlatives in -তম are read as what they measure."""
    query = reader.read(Question(text), TODAY)
    assert (query.intent, query.measure) == (intent, measure)


def test_letters_of_rounds_take_case_endings(reader: Understanding) -> None:
    """The letter of a round may carry an ending: সিরিজ এইচের."""
    filters = reader.read(Question("সিরিজ এইচের পর অ্যানথ্রপিকের বাজারদর কত?"), TODAY).filters
    assert filters.deals == ("2026-05-28-anthropic-series-h",)


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("চৌদ্দই জানুয়ারি ২০২৬", "14 জানুয়ারি ২০২৬"),
        ("choddoi january 2026", "14 january 2026"),
        ("একুশে মার্চ", "21 মার্চ"),
        ("পয়লা মে", "1 মে"),
        ("একুশে পদক", "একুশে পদক"),
    ],
)
def test_days_in_words_before_months(text: str, digits: str) -> None:
    """A day in words becomes a number before a month, and only there."""
    assert with_years(text) == digits
