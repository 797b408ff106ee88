"""Whether a record states a figure, asked for as a condition, in three scripts."""

import pytest

from assistant.disclosure import read_disclosure
from assistant.linking import read_words
from assistant.words import lexicon


def told(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the figures that must be stated, and those that must not."""
    question = read_words(text)
    read = read_disclosure(question, tuple(lexicon().find(question)))
    return read.stated, read.unstated


@pytest.mark.parametrize(
    ("text", "unstated"),
    [
        ("deals with no disclosed amount", "amount"),
        ("deals whose price was never disclosed", "amount"),
        ("rounds without a valuation", "valuation"),
        ("contracts of unknown duration", "term"),
        ("যেসব চুক্তির দাম জানা যায়নি", "amount"),
        ("মূল্যায়ন প্রকাশ করা হয়নি এমন চুক্তি", "valuation"),
        ("je deal gular amount disclose kora hoyni", "amount"),
        ("valuation jana nai emon deal", "valuation"),
    ],
)
def test_a_figure_that_the_record_must_not_state(text: str, unstated: str):
    """The figure beside the word of secrecy is meant, the sum where none is named."""
    assert told(text) == (frozenset(), {unstated})


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("deals with a stated amount", "amount"),
        ("leaving out what is not disclosed", "amount"),
        ("অঙ্ক উল্লেখ আছে এমন চুক্তি", "amount"),
        ("rounds with a disclosed valuation", "valuation"),
    ],
)
def test_a_figure_that_the_record_must_state(text: str, stated: str):
    """A double denial asks for what is stated."""
    assert told(text) == ({stated}, frozenset())


@pytest.mark.parametrize("text", ["it is known that OpenAI bought Statsig", "জানা গেছে কি কবে", "how much did OpenAI pay"])
def test_no_figure_is_spoken_of(text: str):
    """Being known, of something else than a figure, is no condition."""
    assert told(text) == (frozenset(), frozenset())
