"""Banglish in other people's spelling stands for the words that it sounds like; names and English words stay."""

import pytest

from assistant.banglish import Speller
from assistant.shorthand import Shorthand
from assistant.words import lexicon

SHORTHAND = Shorthand(frozenset(form for form in lexicon().forms if form.isascii() and form.isalpha()))
SPELLER = Speller(lexicon(), frozenset({"openai", "sb", "crusoe"}), frozenset({"kaliakoir"}))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("kto", "koto"), ("khrch", "khoroch"), ("krse", "korse"), ("dkhan", "dekhan"), ("cmpany", "company"), ("invst", "invest")],
)
def test_vowels_left_out_are_put_back(typed: str, meant: str):
    """A word typed in haste keeps its consonants, and its vowels in order."""
    assert SHORTHAND.meant(typed, ordinary=False) == meant


@pytest.mark.parametrize(("typed", "meant"), [("chhilo", "chilo"), ("jonno", "jonno"), ("modhe", "moddhe"), ("kato", "koto")])
def test_another_ear_is_the_same_word(typed: str, meant: str):
    """Doubled letters, aspirates of "ch" and a West Bengali "a" make no other word."""
    assert SHORTHAND.meant(typed, ordinary=True) == meant


@pytest.mark.parametrize("typed", ["stripe", "canva", "huawei", "khub", "bhalo", "sat", "zyphora"])
def test_names_and_other_words_stay(typed: str):
    """Neither a name nor an ordinary word is taken for a word of deals."""
    assert SHORTHAND.meant(typed, ordinary=True) == ""


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("openaire koto dlr dise", "openai re koto dollar dise"),
        ("kaliakoirer datacentr", "kaliakoir er datacenter"),
        ("cmpanite invst", "company te invest"),
        ("boro dil konta", "boro deal konta"),
        ("taka ke dil?", "taka ke dil?"),
        ("sb energy", "sb energy"),
        ("10 billion dollarer besi", "10 billion dollar er besi"),
    ],
)
def test_a_question_is_brought_to_one_spelling(typed: str, plain: str):
    """Endings stand apart, a loan word is what it sounds like, a name stays."""
    assert SPELLER.plain(typed) == plain
