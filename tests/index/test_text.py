"""One tokeniser for documents and questions: the same word in any spelling, script, case or inflection is one token."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.text import bengali_digits, fold_digits, has_bengali, normalise, stem, tokens, words

BENGALI_TEXT = st.text(alphabet=st.characters(min_codepoint=0x0980, max_codepoint=0x09FF), max_size=20)
ODD = "কয\u09bc\u09df\u09c7\u09be\u09cb\u09d7র\u09cd\u200c\u200d\u200b\u0301\u0345 aAÅ.,1২'’‘–ſßẞİıΐ"
ANY_TEXT = st.text(max_size=60) | BENGALI_TEXT | st.text(alphabet=ODD, max_size=20)


@given(ANY_TEXT)
@example("\u0130\u200b\u0345")
@example("ক\u09c7\u200d\u09be")
def test_normalising_twice_changes_nothing(text: str):
    """The comparable form of a comparable form is itself, whatever the text."""
    assert normalise(normalise(text)) == normalise(text)


@given(ANY_TEXT)
def test_tokens_of_a_text_are_those_of_its_normalised_form(text: str):
    """Indexing raw text and searching with normalised text meet on the same tokens."""
    assert tokens(text) == tokens(normalise(text))


@given(ANY_TEXT)
def test_tokens_do_not_depend_on_the_unicode_form(text: str):
    """Composed and decomposed spellings (two codes for য়, ো or é) are the same tokens."""
    assert tokens(unicodedata.normalize("NFD", text)) == tokens(text)


@given(ANY_TEXT)
def test_no_token_is_empty_and_there_is_one_for_each_word(text: str):
    """Stemming shortens words and never loses one."""
    assert all(tokens(text))
    assert len(tokens(text)) == len(words(text))


@given(st.text(alphabet="0123456789", min_size=1, max_size=12))
def test_digits_are_folded_both_ways(text: str):
    """Bengali digits and ASCII digits are one number."""
    assert fold_digits(bengali_digits(text)) == text
    assert words(bengali_digits(text)) == words(text)


@pytest.mark.parametrize("word", ["এনভিডিয়া", "বিলিয়ন", "চুক্তি", "ক্ষুদ্র", "সংস্থাঃ", "চাঁদ", "কৌশল", "বড়", "স্মৃতি"])
def test_vowel_signs_do_not_cut_a_bengali_word_apart(word: str):
    r"""Python's ``\w`` does not match vowel signs; the word pattern keeps them inside the word."""
    assert words(f"আর {word}, তারপর") == ["আর", normalise(word), "তারপর"]


@pytest.mark.parametrize(
    ("written", "root"),
    [
        ("এনভিডিয়ার", "এনভিডিয়া"),
        ("চুক্তিগুলো", "চুক্তি"),
        ("চুক্তিগুলোর", "চুক্তি"),
        ("চুক্তির", "চুক্তি"),
        ("চুক্তিতে", "চুক্তি"),
        ("চুক্তিটি", "চুক্তি"),
        ("কোম্পানিরা", "কোম্পানি"),
        ("মাইক্রোসফটের", "মাইক্রোসফট"),
        ("২০২৫", "2025"),
    ],
)
def test_an_inflected_bengali_word_is_found_by_its_root(written: str, root: str):
    """Case endings, classifiers and plural endings come off."""
    assert tokens(written) == [normalise(root)]


@pytest.mark.parametrize(
    "forms",
    [
        "ডলার ডলারের ডলারে ডলারকে ডলারও",
        "সেন্টার সেন্টারে সেন্টারের সেন্টারগুলো সেন্টারটি",
        "ওপেনএআই ওপেনএআইয়ের ওপেনএআইকে ওপেনএআইয়ে",
        "সরকার সরকারের সরকারকে",
        "শেয়ার শেয়ারের শেয়ারগুলো",
        "অক্টোবর অক্টোবরে অক্টোবরের",
    ],
)
def test_every_form_of_a_bengali_word_is_one_token(forms: str):
    """A word whose own end looks like an ending meets its inflected forms all the same."""
    assert len(set(tokens(forms))) == 1


@given(BENGALI_TEXT)
def test_a_stem_has_no_stem_but_itself(word: str):
    """Taking endings off is done when it is done: the bare word and its inflected forms end alike."""
    for found in tokens(word):
        assert tokens(found) == [found]


@pytest.mark.parametrize("word", ["টাকা", "কেন", "কে", "কার", "কত", "হয়", "আর", "সে", "কোন"])
def test_a_short_bengali_word_stays_whole(word: str):
    """An ending that would leave no stem is part of the word."""
    assert tokens(word) == [normalise(word)]


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("companies", "company"),
        ("deals", "deal"),
        ("leases", "lease"),
        ("Nvidia's", "nvidia"),
        ("Nvidia’s", "nvidia"),
        ("bus", "bus"),
        ("glass", "glass"),
        ("GB200", "gb200"),
        ("1,500.5", "1500.5"),
    ],
)
def test_an_english_word_is_found_by_its_singular(written: str, found: str):
    """Plurals and possessives come off; codes and numbers stay, thousands commas go."""
    assert tokens(written) == [found]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("চুক্তি\u200c", "চুক্তি"),
        ("ব্যাং\u200dক", "ব্যাংক"),
        ("বিলি\u09dfন", "বিলি\u09af\u09bcন"),
        ("ক\u09c7\u09beটি", "ক\u09cbটি"),
        ("OPENAI", "openai"),
        ("\ufeffdeal", "deal"),
        ("dea\u200bl", "deal"),
    ],
)
def test_invisible_differences_vanish(one: str, other: str):
    """Joiners, zero-width spaces, byte-order marks, case and two codes for one letter do not part words."""
    assert normalise(one) == normalise(other)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12))
def test_an_english_stem_is_short_of_its_word_by_an_ending_only(word: str):
    """The light stemmer takes a plural off and rewrites at most ``ies`` to ``y``."""
    found = stem(word)
    assert found == word or word.startswith(found) or (word.endswith("ies") and found == word[:-3] + "y")
    assert len(word) - len(found) <= 2


def test_bengali_is_seen_anywhere_in_a_text():
    """One Bengali letter is enough; Latin, digits and Devanagari are none."""
    assert has_bengali("the চুক্তি")
    assert not has_bengali("the deal 2025 सौदा")
