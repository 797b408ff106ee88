"""Questions become the query that they ask for, in three scripts; words that a random query is told in are read back."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import index.ledger
from assistant.aggregate import aggregate
from assistant.schema import Filters, Intent, PartyTerm, Query, Question
from assistant.understanding import Understanding, make_understanding
from index.ledger import Ledger, read_deals, read_entities
from index.records import DealType, Role, Status

TODAY = date(2026, 11, 24)
CORPUS = Path(index.ledger.__file__).parent / "corpus"


def _reader() -> Understanding:
    ledger = Ledger(read_entities(CORPUS / "entities.jsonl"), read_deals(CORPUS / "deals.jsonl"))
    return make_understanding(ledger)


READER = pytest.fixture(scope="module", name="reader")(_reader)
SHARED: list[Understanding] = []


def shared() -> Understanding:
    """Return one reader for the hypothesis tests, which take no module fixture."""
    if not SHARED:
        SHARED.append(_reader())
    return SHARED[0]


def roles(query: Query) -> dict[str, frozenset[Role]]:
    """Return the roles that each named company has in the conditions."""
    return {name: term.roles for term in query.filters.parties for name in term.entities}


@pytest.mark.parametrize(
    ("text", "giver", "receiver"),
    [
        ("Which deals show that SoftBank invested in Intel?", "softbank", "intel"),
        ("Was Intel backed by SoftBank?", "softbank", "intel"),
        ("SoftBank's investment in Intel", "softbank", "intel"),
        ("সফটব্যাংক কি ইন্টেলে বিনিয়োগ করেছে?", "softbank", "intel"),
        ("ইন্টেলে সফটব্যাংকের বিনিয়োগ কত?", "softbank", "intel"),
        ("ইন্টেলে কত টাকা বিনিয়োগ করেছে সফটব্যাংক?", "softbank", "intel"),
        ("softbank intel e koto invest korse?", "softbank", "intel"),
    ],
)
def test_every_word_order_tells_who_invested_in_whom(reader: Understanding, text: str, giver: str, receiver: str) -> None:
    """Case endings, prepositions and passives decide the roles, not the order of the names."""
    found = roles(reader.read(Question(text), TODAY))
    assert Role.INVESTOR in found[giver] and Role.INVESTOR not in found[receiver]
    assert Role.INVESTEE in found[receiver] and Role.INVESTEE not in found[giver]


@pytest.mark.parametrize("text", ["Is Cisco a customer of Nvidia?", "সিসকো কি এনভিডিয়ার গ্রাহক?", "cisco ki nvidia er customer?"])
def test_a_noun_for_a_side_gives_the_subject_that_side(reader: Understanding, text: str) -> None:
    """X is a customer of Y": X buys, Y sells."""
    query = reader.read(Question(text), TODAY)
    assert query.intent == Intent.YESNO
    assert Role.BUYER in roles(query)["cisco"] and Role.SELLER in roles(query)["nvidia"]


def test_companies_in_a_list_mean_any_of_them(reader: Understanding) -> None:
    """Three companies that share no deal are joined into one condition."""
    query = reader.read(Question("Total that Nvidia invested in Synopsys, Corning and Nokia"), TODAY)
    assert frozenset({"synopsys", "corning", "nokia"}) in {term.entities for term in query.filters.parties}


def test_companies_that_share_a_deal_are_both_asked_for(reader: Understanding) -> None:
    """Between X and Y" keeps two conditions."""
    query = reader.read(Question("deals between Meta and Google"), TODAY)
    assert [term.entities for term in query.filters.parties] == [frozenset({"meta"}), frozenset({"google"})]


@pytest.mark.parametrize(
    "text",
    [
        "Meta's deals other than those with Google and CoreWeave",
        "গুগল আর কোরউইভ ছাড়া মেটার চুক্তি",
        "google ar coreweave chara meta r deal",
    ],
)
def test_a_negation_covers_the_whole_list(reader: Understanding, text: str) -> None:
    """Both companies are excluded, whatever side of them the negation stands on."""
    query = reader.read(Question(text), TODAY)
    negated = {name for term in query.filters.parties if term.negated for name in term.entities}
    assert negated == {"google", "coreweave"}


@pytest.mark.parametrize(
    ("text", "limit"),
    [("Four largest loans", 4), ("top 7 deals of Meta", 7), ("সবচেয়ে বড় তিনটি অধিগ্রহণ", 3), ("shobcheye boro 4 ta loan", 4)],
)
def test_numbers_of_a_superlative_in_words_and_digits(reader: Understanding, text: str, limit: int) -> None:
    """The number may stand before or after the superlative, with a classifier."""
    query = reader.read(Question(text), TODAY)
    assert (query.intent, query.limit) == (Intent.RANK, limit)


@pytest.mark.parametrize(
    "text",
    [
        "Which is larger: Meta's contract with Nebius or the one with CoreWeave?",
        "নেবিয়াস না কোরউইভ, মেটার কোন চুক্তিটি বড়?",
        "Compare Nebius and CoreWeave",
    ],
)
def test_weighing_two_companies_is_a_comparison(reader: Understanding, text: str) -> None:
    """A comparative with "or" compares the coordinated companies."""
    query = reader.read(Question(text), TODAY)
    assert query.intent == Intent.COMPARE
    assert [term.entities for term in query.compared] == [frozenset({"nebius"}), frozenset({"coreweave"})]


@pytest.mark.parametrize("text", ["So Disney put money into OpenAI, right?", "ডিজনি তো ওপেনএআইয়ে বিনিয়োগ করেছে, তাই না?"])
def test_a_tag_makes_a_statement_a_question(reader: Understanding, text: str) -> None:
    """A statement with a tag is answered with yes or no."""
    assert reader.read(Question(text), TODAY).intent == Intent.YESNO


@pytest.mark.parametrize(
    "text", ["When did Disney acquire Cerebras?", "ডিজনি কবে সেরেব্রাস অধিগ্রহণ করেছে?", "disney kobe cerebras ke kinse?"]
)
def test_a_false_premise_is_not_loosened(reader: Understanding, text: str) -> None:
    """A look-up whose verb claims a fact that no record has finds nothing."""
    query = reader.read(Question(text), TODAY)
    assert aggregate(reader.ledger, query).deals == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Deals with Zoomcorp", "Zoomcorp"),
        ("Who invested in Frobnitz Labs?", "Frobnitz"),
        ("frobnix te ke invest korse?", "frobnix"),
    ],
)
def test_names_that_no_record_has_are_told(reader: Understanding, text: str, name: str) -> None:
    """An unknown company is named, never left out of the question in silence."""
    assert name in reader.read(Question(text), TODAY).unknown_names


def test_a_question_that_begins_anew_is_read_from_there(reader: Understanding) -> None:
    """What stands before "let me rephrase" is not asked any more."""
    query = reader.read(Question("What about Oracle, well, let me rephrase: list Cisco's deals"), TODAY)
    assert [term.entities for term in query.filters.parties] == [frozenset({"cisco"})]


@dataclass(frozen=True)
class Told:
    """A query with the words that tell it."""

    text: str
    query: Query


COMPANIES = {"meta": ("Meta", "মেটা"), "nokia": ("Nokia", "নোকিয়া"), "oracle": ("Oracle", "ওরাকল"), "intel": ("Intel", "ইন্টেল")}
TYPES = {
    DealType.CLOUD_CONTRACT: ("cloud contracts", "ক্লাউড চুক্তি", "cloud deal"),
    DealType.DEBT_FINANCING: ("loans", "ঋণ", "loan"),
    DealType.LEASE: ("leases", "ইজারা", "lease"),
}
STATUSES = {Status.CLOSED: ("closed", "সম্পন্ন", "closed"), Status.CANCELLED: ("cancelled", "বাতিল", "batil")}
INTENTS = {
    Intent.LIST: ("List {}", "{} দেখাও", "{} dekhao"),
    Intent.COUNT: ("How many {} are there?", "{} কয়টি?", "{} koyta?"),
    Intent.TIMELINE: ("Timeline of {}", "{} কালানুক্রমে সাজাও", "{} er timeline dao"),
}


@st.composite
def told(draw: st.DrawFn) -> Told:
    """Render a random query in one of three scripts."""
    script = draw(st.integers(0, 2))
    company = draw(st.sampled_from(sorted(COMPANIES)))
    kind = draw(st.sampled_from(sorted(TYPES)))
    status = draw(st.none() | st.sampled_from(sorted(STATUSES)))
    year = draw(st.none() | st.sampled_from([2024, 2025, 2026]))
    intent = draw(st.sampled_from(sorted(INTENTS)))
    english, bengali = COMPANIES[company]
    adjective = f"{STATUSES[status][script]} " if status else ""
    noun = adjective + TYPES[kind][script]
    if script == 0:
        phrase = f"{noun} of {english}" + (f" in {year}" if year else "")
    elif script == 1:
        phrase = (f"{year} সালে " if year else "") + f"{bengali}র {noun}"
    else:
        phrase = (f"{year} sale " if year else "") + f"{company} er {noun}"
    filters = Filters(
        parties=(PartyTerm(frozenset({company})),),
        types=frozenset({kind}),
        statuses=frozenset({status}) if status else frozenset(),
        since=date(year, 1, 1) if year else None,
        until=date(year, 12, 31) if year else None,
    )
    return Told(INTENTS[intent][script].format(phrase), Query(intent, filters=filters))


@given(told())
def test_a_rendered_query_is_read_back(one: Told) -> None:
    """Intent, company, type, status and year survive the way through words in every script."""
    read = shared().read(Question(one.text), TODAY)
    bare = [PartyTerm(term.entities, negated=term.negated) for term in read.filters.parties]
    assert (read.intent, bare) == (one.query.intent, list(one.query.filters.parties)), one.text
    for name in ("types", "statuses", "since", "until"):
        assert getattr(read.filters, name) == getattr(one.query.filters, name), (one.text, name)
