"""What follow-ups leave out, what they point to, and when a question stands by itself, in three scripts."""

from datetime import date
from pathlib import Path

import pytest

import index.ledger
from assistant.aggregate import aggregate
from assistant.conversation.pointing import find_pointer
from assistant.conversation.stated import lead_in
from assistant.conversation.told import told
from assistant.linking import read_words
from assistant.schema import Finding, Intent, Question, Turn
from assistant.understanding import Understanding, make_understanding
from index.ledger import Ledger, read_deals, read_entities

TODAY = date(2026, 11, 24)
CORPUS = Path(index.ledger.__file__).parent / "corpus"
META = "Which cloud contracts does Meta have?"
OTHER_ORDER = (
    "CoreWeave for up to $14.2 billion and for $21 billion, Google for at least $10 billion, and Nebius for $27 billion."
)
INTEL = "How much did Nvidia invest in Intel?"
AMD_OPENAI = "ওপেনএআই-এএমডি চুক্তি কবে হয়?"


@pytest.fixture(scope="module")
def reader() -> Understanding:
    """A reader over the shipped records."""
    return make_understanding(Ledger(read_entities(CORPUS / "entities.jsonl"), read_deals(CORPUS / "deals.jsonl")))


def find(reader: Understanding, *texts: str) -> Finding:
    """Answer the last of several turns, which are a person's and an answer's by turns."""
    turns = tuple(Turn("assistant" if place % 2 else "user", text) for place, text in enumerate(texts[:-1]))
    return aggregate(reader.ledger, reader.read(Question(texts[-1], turns), TODAY))


@pytest.mark.parametrize(
    ("text", "place", "count"),
    [
        ("the second one", 1, 1),
        ("দ্বিতীয়টার দাম", 1, 1),
        ("শেষেরটা কবে?", -1, 1),
        ("prothom tar meyad", 0, 1),
        ("shesher ta", -1, 1),
        ("2 no. ta kobe", 1, 1),
        ("duinombor tar dam", 1, 1),
        ("২ নম্বরটা", 1, 1),
        ("number 3", 2, 1),
        ("২য়টা", 1, 1),
        ("the last", -1, 1),
        ("প্রথম দুটোর মোট", 0, 2),
        ("the last three", -1, 3),
    ],
)
def test_a_place_in_a_list_is_read_with_its_classifier_and_ending(text: str, place: int, count: int) -> None:
    """First, second, last, by word or number, in three scripts."""
    pointer = find_pointer(tuple(word.text for word in read_words(text)))
    assert pointer is not None
    assert (pointer.place, pointer.count) == (place, count)


@pytest.mark.parametrize("text", ["which came first?", "the first quarter of 2026", "last year", "প্রথম কবে", "শেষ মাসে"])
def test_an_order_or_a_period_is_no_place_in_a_list(text: str) -> None:
    """The earliest, and parts of a year, point to nothing."""
    assert find_pointer(tuple(word.text for word in read_words(text))) is None


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("What about AMD?", "AMD?"),
        ("No, I meant SoftBank", "SoftBank"),
        ("না, মেটার কথা", "মেটার কথা"),
        ("how many deals?", "how many deals?"),
    ],
)
def test_words_that_lead_in_are_taken_off(text: str, rest: str) -> None:
    """Openers and corrections say nothing of deals themselves."""
    assert lead_in(text)[1] == rest


def test_the_deals_of_a_text_are_told_in_its_own_order(reader: Understanding) -> None:
    """Amounts and names make out the deals; two of one company are told apart by their amounts."""
    pool = find(reader, META).deals
    items = told(reader.ledger, reader.linker, reader.vocabulary.names, OTHER_ORDER, pool)
    assert [sorted(item) for item in items] == [
        ["2025-09-30-meta-coreweave"],
        ["2026-04-09-meta-coreweave-21b"],
        ["2025-08-21-meta-google-cloud"],
        ["2026-03-16-meta-nebius"],
    ]


def test_a_text_without_deals_tells_none(reader: Understanding) -> None:
    """An empty text, an abstention and a greeting tell nothing."""
    pool = find(reader, META).deals
    for text in ("", "I have no such record.", "হ্যালো!"):
        assert told(reader.ledger, reader.linker, reader.vocabulary.names, text, pool) == ()


@pytest.mark.parametrize(
    ("question", "deal"),
    [
        ("When was the first one announced?", "2025-09-30-meta-coreweave"),
        ("দ্বিতীয়টার দাম কত পড়ছে?", "2026-04-09-meta-coreweave-21b"),
        ("shesher ta koto bochorer?", "2026-03-16-meta-nebius"),
        ("the Google one, how long?", "2025-08-21-meta-google-cloud"),
        ("the $27 billion one: when?", "2026-03-16-meta-nebius"),
        ("when was the bigger CoreWeave one?", "2026-04-09-meta-coreweave-21b"),
    ],
)
def test_one_of_the_shown_deals_is_chosen(reader: Understanding, question: str, deal: str) -> None:
    """By its place in the answer's text, by its name, by its amount, by its size."""
    finding = find(reader, META, OTHER_ORDER, question)
    assert (finding.query.intent, finding.deals) == (Intent.LOOKUP, (deal,))


@pytest.mark.parametrize(
    ("texts", "deal"),
    [
        ((INTEL, "$5 billion.", "No, I meant SoftBank"), "2025-08-18-softbank-intel"),
        ((INTEL, "$5 billion.", "and in Nokia?"), "2025-10-28-nvidia-nokia"),
        ((INTEL, "$5 billion.", "na, softbank er kotha bolchi"), "2025-08-18-softbank-intel"),
        ((AMD_OPENAI, "৬ অক্টোবর ২০২৫।", "কত শেয়ার?", "১৬ কোটি।", "মেটার সঙ্গে চুক্তিটা কবে?"), "2026-02-24-meta-amd"),
        (("openai amd deal koto gigawatt er?", "৬ গিগাওয়াট।", "ar meta r ta?"), "2026-02-24-meta-amd"),
        (("ইন্টেলে কারা বিনিয়োগ করেছে?", "তিনটি প্রতিষ্ঠান।", "সফটব্যাংক কত দিয়েছে?"), "2025-08-18-softbank-intel"),
        (("How much did SoftBank pay for Ampere?", "$6.5 billion.", "who sold it?"), "2025-03-19-softbank-ampere"),
    ],
)
def test_another_company_takes_the_side_that_has_deals(reader: Understanding, texts: tuple[str, ...], deal: str) -> None:
    """Corrections, case endings and open sides; the records settle what the words leave open."""
    assert find(reader, *texts).deals == (deal,)


@pytest.mark.parametrize("question", ["koyta holo tahole?", "মোট কয়টা হলো তাহলে?", "how many is that?"])
def test_a_list_that_was_shown_is_counted(reader: Understanding, question: str) -> None:
    """Counting asks for the number, not for a sum, whatever else the words hold."""
    finding = find(reader, META, OTHER_ORDER, question)
    assert finding.query.intent == Intent.COUNT
    assert finding.value is not None
    assert finding.value.amount == len(find(reader, META).deals)


@pytest.mark.parametrize(
    ("question", "years"),
    [("and the year before?", {2024}), ("আগের বছর?", {2024}), ("the following year?", {2026}), ("২০২৬ সালে?", {2026})],
)
def test_a_period_is_counted_from_the_one_spoken_of(reader: Understanding, question: str, years: set[int]) -> None:
    """The year before is that of the conversation, not of today."""
    finding = find(reader, "Which acquisitions were there in 2025?", "Several.", question)
    assert {reader.ledger.deal(name).span.first.year for name in finding.deals} == years


def test_a_month_without_a_year_is_in_the_year_spoken_of(reader: Understanding) -> None:
    """And in October?" after September 2025."""
    query = find(reader, "Show me Oracle's deals in September 2025", "Three.", "and in October?").query
    assert (query.filters.since, query.filters.until) == (date(2025, 10, 1), date(2025, 10, 31))


@pytest.mark.parametrize("question", ["who else invested in it?", "ar ke ke invest korse?"])
def test_who_else_opens_the_side_of_the_one_who_acted(reader: Understanding, question: str) -> None:
    """The others who did the same to the same company."""
    assert set(find(reader, INTEL, "$5 billion.", question).deals) == {
        "2025-08-18-softbank-intel",
        "2025-08-22-us-government-intel",
    }


def test_both_together_are_the_last_two_that_were_spoken_of(reader: Understanding) -> None:
    """A sum over deals of two turns."""
    finding = find(reader, "এনভিডিয়া কোরউইভে কত বিনিয়োগ করেছে?", "২ বিলিয়ন।", "নেবিয়াসে?", "২ বিলিয়ন।", "দুটো মিলিয়ে কত?")
    assert set(finding.deals) == {"2026-01-26-nvidia-coreweave", "2026-03-11-nvidia-nebius"}


@pytest.mark.parametrize(
    ("first", "question", "wanted"),
    [
        ("Tell me about CoreWeave", "what did it try to acquire?", {"2025-07-07-coreweave-core-scientific"}),
        ("Is xAI part of SpaceX?", "and how many loans does xAI have?", {"2025-10-xai-spv"}),
    ],
)
def test_a_pronoun_stands_for_the_company_spoken_of(reader: Understanding, first: str, question: str, wanted: set[str]) -> None:
    """Who acts is read as if the name stood there."""
    assert set(find(reader, first, "...", question).deals) == wanted


@pytest.mark.parametrize(
    "question",
    [
        "আর ওরাকল কার কাছ থেকে চিপ কিনেছে?",
        "Okay, something else: who acquired Ampere?",
        "Thanks! Which companies has Meta acquired?",
        "accha thik ache. xai ke kinlo ke?",
        "আচ্ছা, অন্য প্রসঙ্গে আসি: গুগল কি উইজ কিনেছে?",
    ],
)
def test_a_whole_question_inherits_nothing(reader: Understanding, question: str) -> None:
    """A question that names or asks for both sides is answered as it would be alone."""
    assert set(find(reader, INTEL, "$5 billion.", question).deals) == set(find(reader, question).deals)


def test_small_talk_between_is_no_topic(reader: Understanding) -> None:
    """Thanks between two turns leaves the topic as it was."""
    assert find(reader, INTEL, "$5 billion.", "thanks", "Welcome.", "when?").deals == ("2025-09-18-nvidia-intel",)


@pytest.mark.parametrize(
    ("question", "language"), [("in Bengali please", "bn"), ("ইংরেজিতে বলো", "en"), ("english e bolo", "en")]
)
def test_a_language_is_asked_for_and_nothing_else_changes(reader: Understanding, question: str, language: str) -> None:
    """The same answer in the other language."""
    finding = find(reader, INTEL, "$5 billion.", question)
    assert (finding.query.language, finding.deals) == (language, ("2025-09-18-nvidia-intel",))


def test_a_name_that_no_record_has_is_said_to_be_unknown(reader: Understanding) -> None:
    """The answer before is not repeated as if it were about the new name."""
    assert find(reader, "Which loans has JPMorgan given?", "Four.", "and Quuxbank?").query.unknown_names == ("Quuxbank",)


@pytest.mark.parametrize("question", ["drop the ones that aren't signed", "leave out the rumoured ones"])
def test_what_is_left_out_goes(reader: Understanding, question: str) -> None:
    """Deals that were shown and are no longer wanted."""
    before, after = (set(find(reader, *texts).deals) for texts in ((META,), (META, OTHER_ORDER, question)))
    assert after < before
    assert "2026-02-26-meta-google-tpu" not in after
