"""Misspelt words of the lexicon are put right; names and ordinary words stay."""

import pytest

from assistant.linking import read_words
from assistant.spelling import Spelling
from assistant.words import lexicon


def corrected(text: str, bengali: bool, known: tuple[str, ...] = ()) -> list[str]:
    """Return the words of a text as the spelling puts them right."""
    return [word.text for word in Spelling(lexicon()).corrected(read_words(text), set(), known, bengali)]


@pytest.mark.parametrize(
    ("typed", "meant"), [("aquisitions", "acquisitions"), ("chipmakres", "chipmakers"), ("investmnet", "investment")]
)
def test_english_words_are_compared_by_letters(typed: str, meant: str):
    """One error in a word of six letters, two in a long one."""
    assert corrected(f"list {typed}", bengali=False) == ["list", meant]


@pytest.mark.parametrize(
    ("typed", "meant"), [("চুক্তী", "চুক্তি"), ("talica", "তালিকা"), ("shonkha", "সংখ্যা"), ("bineeyog", "বিনিয়োগ")]
)
def test_bengali_is_compared_by_sound_in_either_script(typed: str, meant: str):
    """A spelling that is in no list is heard as the word that sounds so."""
    assert corrected(typed, bengali=True) == [meant]


def test_capitals_inside_a_sentence_and_known_words_stay():
    """A name is never turned into a word, nor a word of the records into another."""
    assert corrected("deals of Lendings", bengali=False) == ["deals", "of", "lendings"]
    assert corrected("acquisitons today", bengali=False, known=("acquisiton",)) == ["acquisitons", "today"]
