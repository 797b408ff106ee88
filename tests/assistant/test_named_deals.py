"""Single deals named in words, what a question leaves out, and what contradicts a claim; over the shipped records."""

import pytest

from assistant.chat import Assistant
from assistant.denials import denied_types
from assistant.linking import read_words
from assistant.words import lexicon


@pytest.mark.parametrize(
    ("question", "deals"),
    [
        ("Compare the Vantage loans with the New Mexico loan", {"2025-10-vantage-38b-loans", "2025-11-newmexico-18b-loan"}),
        ("groq er 2025 er round boro naki 2026 er ta", {"2025-09-17-groq-round", "2026-06-groq-650m"}),
        ("স্টারগেট ইউএই না স্টারগেট নরওয়ে, কোনটা বেশি গিগাওয়াটের?", {"2025-05-22-stargate-uae", "2025-07-31-stargate-norway"}),
        ("এক্সএআইয়ের সিরিজ ই আর অ্যানথ্রপিকের সিরিজ জি, কোনটা বড়?", {"2026-01-06-xai-series-e", "2026-02-12-anthropic-series-g"}),
        ("who bought more Intel shares, Nvidia or SoftBank?", {"2025-09-18-nvidia-intel", "2025-08-18-softbank-intel"}),
    ],
)
def test_each_side_of_a_comparison_is_its_own_deal(assistant: Assistant, question: str, deals: set[str]):
    """A side is told by its companies, round, year, place or title; what it leaves out it takes from the other."""
    answer = assistant.ask(question)
    assert answer.intent == "compare"
    assert set(answer.deals) == deals


def test_which_came_first_shows_both_in_order(assistant: Assistant):
    """The earlier deal leads, the other follows."""
    answer = assistant.ask("Which came first, xAI buying X or SpaceX buying xAI?")
    assert answer.deals == ("2025-03-28-xai-x", "2026-02-02-spacex-xai")


def test_two_companies_are_compared_by_all_their_deals(assistant: Assistant):
    """Names alone name no deal."""
    answer = assistant.ask("Compare OpenAI and Anthropic")
    assert len(answer.deals) > 20


@pytest.mark.parametrize(
    ("question", "deal"),
    [
        ("Did Google announce the Wiz purchase in 2024?", "2025-03-18-google-wiz"),
        ("গুগল কি ২০২৪ সালেই উইজ কেনার ঘোষণা দিয়েছিল?", "2025-03-18-google-wiz"),
        ("Is Disney an OpenAI shareholder?", "2025-12-11-disney-openai"),
    ],
)
def test_a_false_claim_is_answered_with_the_record_that_says_otherwise(assistant: Assistant, question: str, deal: str):
    """No, and the record of the same companies with what it does say."""
    answer = assistant.ask(question)
    assert answer.verdict is False
    assert deal in answer.deals


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("deals that are neither loans nor leases", {"debt_financing", "lease"}),
        ("everything but not counting the acquisitions", {"acquisition"}),
        ("ঋণ ছাড়া সব চুক্তি", {"debt_financing"}),
        ("loan bade baki deal gulo", {"debt_financing"}),
        ("list the loans and the leases", set()),
    ],
)
def test_types_that_are_left_out(text: str, denied: set[str]):
    """A denial holds for the types listed with it, before it in Bengali, after it in English."""
    question = read_words(text)
    assert denied_types(question, tuple(lexicon().find(question))) == denied
