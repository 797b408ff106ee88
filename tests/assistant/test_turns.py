"""Turns of a conversation: weighing, leaving out, widening, correcting, asking who took part, in three scripts."""

from datetime import date
from pathlib import Path

import pytest

import index.ledger
from assistant.aggregate import aggregate
from assistant.conversation.limits import without_denied
from assistant.schema import Finding, Intent, Question, Turn
from assistant.understanding import Understanding, make_understanding
from index.ledger import Ledger, read_deals, read_entities

TODAY = date(2026, 11, 24)
CORPUS = Path(index.ledger.__file__).parent / "corpus"
META_CLOUD = "Which cloud contracts does Meta have?"


@pytest.fixture(scope="module")
def reader() -> Understanding:
    """A reader over the shipped records."""
    return make_understanding(Ledger(read_entities(CORPUS / "entities.jsonl"), read_deals(CORPUS / "deals.jsonl")))


def find(reader: Understanding, *texts: str) -> Finding:
    """Answer the last of several turns, which are a person's and an answer's by turns."""
    turns = tuple(Turn("assistant" if place % 2 else "user", text) for place, text in enumerate(texts[:-1]))
    return aggregate(reader.ledger, reader.read(Question(texts[-1], turns), TODAY))


@pytest.mark.parametrize(
    ("first", "second", "others"),
    [
        ("How much did Nvidia invest in Intel?", "is it bigger than SoftBank's?", {"2025-08-18-softbank-intel"}),
        ("মেটা এএমডি থেকে কত গিগাওয়াট জিপিইউ নিচ্ছে?", "ওপেনএআইয়ের এএমডি চুক্তির চেয়ে কি বেশি?", {"2025-10-06-openai-amd"}),
        ("cursor er series d koto boro", "eta ki wayve er series d theke beshi?", {"2026-02-24-wayve-series-d"}),
        ("anthropic er series g koto boro", "series h er sathe compare koro to", {"2026-05-28-anthropic-series-h"}),
        ("নিউ মেক্সিকোর স্টারগেট ক্যাম্পাসের ঋণ কত?", "মিশিগানেরটার চেয়ে বেশি নাকি কম?", {"2026-04-24-related-blackstone-16b"}),
    ],
)
def test_what_is_weighed_is_the_deal_spoken_of(reader: Understanding, first: str, second: str, others: set[str]) -> None:
    """The other side is named by the follow-up, the one side by the question before."""
    own = set(find(reader, first).deals)
    found = find(reader, first, "...", second)
    assert found.query.intent == Intent.COMPARE
    assert set(found.deals) == own | others


@pytest.mark.parametrize(
    "second",
    [
        "drop the Nebius ones",
        "leave out Nebius",
        "nebius er gula bad dile ki thake",
        "নেবিয়াসেরগুলো বাদ দিয়ে বাকিগুলো",
        "without Nebius",
    ],
)
def test_a_company_is_left_out(reader: Understanding, second: str) -> None:
    """Of the shown deals those of one company are taken away."""
    left = set(find(reader, META_CLOUD, "...", second).deals)
    assert left
    assert left < set(find(reader, META_CLOUD).deals)
    assert not any("nebius" in name for name in left)


@pytest.mark.parametrize("second", ["without the 2026 ones", "2026 er gula bad dao", "২০২৬ সালেরগুলো বাদ দাও"])
def test_a_year_is_left_out(reader: Understanding, second: str) -> None:
    """Of the shown deals those of one year are taken away."""
    left = set(find(reader, META_CLOUD, "...", second).deals)
    assert left == {name for name in find(reader, META_CLOUD).deals if not name.startswith("2026")}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Nokia's deals of 2026", "not only 2026, all of them"),
        ("nokia r 2026 er deal gula", "sudhu 2026 na, sob bochor er gula dao"),
        ("নোকিয়ার ২০২৬ সালের চুক্তি", "সব বছরেরগুলো দাও"),
    ],
)
def test_a_limit_is_taken_back(reader: Understanding, first: str, second: str) -> None:
    """The company stays and the year goes."""
    assert set(find(reader, first, "...", second).deals) == set(find(reader, "Nokia's deals").deals)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("not AMD, Broadcom", "Broadcom"),
        ("amd na, broadcom er ta koto?", "broadcom er ta koto?"),
        ("Broadcom, not AMD", "Broadcom"),
        ("এএমডি নয়, ব্রডকমেরটা", "ব্রডকমেরটা"),
        ("eta sign hoise, tai na?", "eta sign hoise, tai na?"),
        ("not only AMD, all of them", "not only AMD, all of them"),
        ("which deals, not counting talks, are above $5bn?", "which deals, not counting talks, are above $5bn?"),
    ],
)
def test_a_correction_is_read_without_what_it_denies(text: str, left: str) -> None:
    """A tag and a limit that is taken back deny nothing."""
    assert without_denied(text) == left


def test_a_bare_how_much_asks_for_the_field_before(reader: Understanding) -> None:
    """After gigawatts, how much another deal has is a question for gigawatts."""
    found = find(reader, "openai amd theke koto gigawatt er gpu nitese", "6 GW", "na bhai amd na, broadcom er ta koto?")
    assert (found.query.measure, found.deals) == ("gigawatts", ("2025-10-13-openai-broadcom",))


@pytest.mark.parametrize(
    ("first", "answer", "second", "deal"),
    [
        (
            "did uber invest in wayve",
            "Yes, in the round of February 2026.",
            "who else was in that round?",
            "2026-02-24-wayve-series-d",
        ),
        ("How large is the bridge loan SoftBank took?", "$40 billion.", "from which banks?", "2026-03-softbank-bridge-loan"),
        ("When did SoftBank buy Ampere?", "In March 2025.", "who did it buy it from?", "2025-03-19-softbank-ampere"),
        ("এনস্কেলের সিরিজ সিতে কত টাকা উঠেছে?", "২ বিলিয়ন ডলার।", "কারা কারা টাকা দিয়েছে?", "2026-03-09-nscale-series-c"),
    ],
)
def test_who_took_part_is_asked_of_the_deal_spoken_of(
    reader: Understanding, first: str, answer: str, second: str, deal: str
) -> None:
    """The parties of that one deal are the answer."""
    found = find(reader, first, answer, second)
    assert (found.query.intent, found.query.measure, found.deals) == (Intent.LOOKUP, "parties", (deal,))


@pytest.mark.parametrize("second", ["who else invested?", "ar ke ke invest korse?"])
def test_who_else_asks_for_other_deals(reader: Understanding, second: str) -> None:
    """Whoever was named is set aside."""
    found = find(reader, "Did Nvidia invest in Intel?", "Yes.", second)
    assert set(found.deals) == {"2025-08-18-softbank-intel", "2025-08-22-us-government-intel"}


@pytest.mark.parametrize(
    ("second", "deals"),
    [
        ("swap Google for CoreWeave", {"2025-09-30-meta-coreweave", "2026-04-09-meta-coreweave-21b"}),
        ("google er bodole coreweave er gula?", {"2025-09-30-meta-coreweave", "2026-04-09-meta-coreweave-21b"}),
    ],
)
def test_one_company_takes_the_other_s_place(reader: Understanding, second: str, deals: set[str]) -> None:
    """The company that stays is not named again."""
    assert set(find(reader, "Which cloud contracts does Meta have with Google?", "...", second).deals) == deals


def test_the_answer_s_figures_tell_which_deal_it_spoke_of(reader: Understanding) -> None:
    """A deal whose record states the date and the sum of the answer is meant, though the question would find another."""
    answer = "On 14 January 2026, for more than $10 billion [1]."
    found = find(reader, "When did OpenAI first sign with Cerebras?", answer, "how many GW was it for")
    assert found.deals == ("2026-01-14-openai-cerebras",)


@pytest.mark.parametrize(
    "second", ["kon ta age kon ta pore, serial e bolo", "in sequence please", "কোনটা আগে কোনটা পরে?", "puro itihash ta dao"]
)
def test_an_order_in_time_is_of_the_deals_spoken_of(reader: Understanding, second: str) -> None:
    """A timeline of nothing that is named leans on what was asked before."""
    found = find(reader, "Which deals do Meta and CoreWeave have?", "...", second)
    assert found.query.intent == Intent.TIMELINE
    assert found.deals == ("2025-09-30-meta-coreweave", "2026-04-09-meta-coreweave-21b")


@pytest.mark.parametrize("second", ["egulor moddhe kon gulate ekhono sign hoy nai?", "er moddhe konta ekhono sign hoy nai?"])
def test_of_these_narrows_what_was_shown(reader: Understanding, second: str) -> None:
    """A pronoun of several is no ending."""
    assert set(find(reader, META_CLOUD, "...", second).deals) == {"2025-09-19-meta-oracle", "2026-02-26-meta-google-tpu"}


@pytest.mark.parametrize(
    "second", ["what is a backstop, and why do sellers give them?", "ওয়ারেন্ট ব্যাপারটা আসলে কী?", "data center jinista ki"]
)
def test_a_question_for_a_meaning_inherits_nothing(reader: Understanding, second: str) -> None:
    """A pronoun that stands for the term in question points nowhere else."""
    found = find(reader, "Who sold ZT Systems' factories?", "AMD.", second)
    assert found.query.intent == Intent.PASSAGE
    assert not found.query.filters.parties


@pytest.mark.parametrize(
    ("first", "second", "deals"),
    [
        (
            "foxconn er sathe openai er ki deal",
            "oi mashe openai er ar ki ki deal hoise",
            {"2025-11-20-openai-foxconn", "2025-11-03-openai-aws"},
        ),
        ("Nebius deals in 2026", "and Yotta's that year?", {"2026-02-18-yotta-nvidia"}),
        ("Nebius deals in 2026", "and in earlier years?", {"2025-09-microsoft-nebius", "2025-11-meta-nebius-3b"}),
    ],
)
def test_a_period_is_that_of_the_deals_spoken_of(reader: Understanding, first: str, second: str, deals: set[str]) -> None:
    """That month, that year, the years before."""
    assert set(find(reader, first, "...", second).deals) == deals


@pytest.mark.parametrize("second", ["Was it an acquisition?", "eta ki acquisition chilo?", "ওটা কি অধিগ্রহণ ছিল?"])
def test_what_kind_it_was_is_judged_by_its_record(reader: Understanding, second: str) -> None:
    """A licence with hires is no acquisition; the record is shown."""
    found = find(reader, "What did Microsoft pay Inflection?", "About $650 million.", second)
    assert (found.verdict, found.deals) == (False, ("2024-03-19-microsoft-inflection",))


def test_a_citation_tells_which_place_of_the_answer_is_meant(reader: Understanding) -> None:
    """The first is what the answer cites first, though it names it alone."""
    found = find(reader, "blackrock kon kon deal e ase", "গ্রকের পর্ব [1] আর অ্যালাইনড কেনা [2]।", "prothom tay ar kara chilo")
    assert found.deals == ("2025-09-17-groq-round",)
