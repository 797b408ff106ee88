"""Two questions in one: the second is answered beside the first, in the language of the question."""

import pytest

from assistant.chat import Assistant
from assistant.schema import Intent

TWO_FIELDS = [
    ("When and how much did Nvidia invest in Synopsys?", ("$2 billion", "1 December 2025")),
    ("How much did SoftBank pay for Ampere, and when was it announced?", ("$6.5 billion", "19 March 2025")),
    ("লুমেন্টামে এনভিডিয়া কত টাকা ঢেলেছে আর কবে?", ("২ বিলিয়ন ডলার", "২ মার্চ")),
    ("coherent e nvidia koto taka dise ar kobe?", ("২ বিলিয়ন ডলার", "২ মার্চ")),
]
COUNT_AND_SUM = [
    "How many deals do CoreWeave and Meta have, and how much are they worth in total?",
    "কোরউইভ ও মেটার কয়টি চুক্তি আছে, মোট কত টাকার?",
    "coreweave r sathe meta r koyta deal r mot koto taka",
]


@pytest.mark.parametrize(("question", "told"), TWO_FIELDS)
def test_both_fields_are_told(assistant: Assistant, question: str, told: tuple[str, str]):
    """A question for a sum and a date gets both; the sum is the value."""
    answer = assistant.ask(question)
    assert answer.intent == Intent.LOOKUP
    assert all(words in answer.text for words in told)
    assert answer.value is not None


@pytest.mark.parametrize("question", COUNT_AND_SUM)
def test_a_count_is_followed_by_the_sum_and_what_is_left_out(assistant: Assistant, question: str):
    """The number is the value; the sum stands beside it, and that a ceiling is not in it is said."""
    answer = assistant.ask(question)
    assert answer.intent == Intent.COUNT
    assert answer.value is not None
    assert answer.value.amount == "2"
    assert ("$21 billion" in answer.text) or ("২১ বিলিয়ন ডলার" in answer.text)
    assert ("up to" in answer.text) or ("সর্বোচ্চ" in answer.text)


def test_the_sum_of_the_first_of_several_is_its_own(assistant: Assistant):
    """The first loan is found by date, and its sum is what is asked."""
    answer = assistant.ask("How much was Mistral's first loan?")
    assert answer.deals == ("2026-03-30-mistral-debt",)
    assert answer.value is not None
    assert answer.value.amount == "830000000"


def test_one_question_has_no_second_answer(assistant: Assistant):
    """A date that only bounds the deals is not asked for."""
    answer = assistant.ask("How much did SoftBank pay for Ampere in 2025?")
    assert "made public" not in answer.text
