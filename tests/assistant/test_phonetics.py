"""A name sounds alike in both scripts, so that Banglish spellings and unlisted names are recognised."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.phonetics import romanise, skeleton
from index.corpus import SHIPPED
from index.ledger import read_entities
from index.text import bengali_digits

LATIN = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12)
BENGALI = st.text(alphabet=st.characters(min_codepoint=0x0980, max_codepoint=0x09FF), min_size=1, max_size=12)


@pytest.mark.parametrize(
    "spellings",
    [
        "Nvidia nvidea enbidia envidia এনভিডিয়া",
        "OpenAI opnai ওপেনএআই",
        "Microsoft maikrosoft মাইক্রোসফট",
        "Oracle orakol ওরাকল",
        "Amazon amajon অ্যামাজন",
        "Anthropic anthropik অ্যানথ্রপিক",
        "Broadcom brodkom ব্রডকম",
        "Cerebras serebras সেরেব্রাস",
        "Samsung স্যামসাং",
        "CoreWeave koruiv কোরউইভ",
        "chukti চুক্তি",
        "biniyog biniog বিনিয়োগ",
        "bangladesh বাংলাদেশ",
        "taka টাকা",
    ],
)
def test_spellings_of_one_word_share_their_consonants(spellings: str):
    """The English name, its Banglish spellings and the Bengali one have one skeleton."""
    assert len({skeleton(word) for word in spellings.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nvidia", "AMD"),
        ("Intel", "ইনটেক"),
        ("মেটা", "মাইক্রোসফট"),
        ("Oracle", "Broadcom"),
        ("Groq", "ওরাকল"),
        ("Apple", "Apollo Global"),
    ],
)
def test_other_names_sound_otherwise(one: str, other: str):
    """Sounding alike must mean something: different companies keep different skeletons."""
    assert skeleton(one) != skeleton(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ভ", "ব"),
        ("শিল্প", "সিল্প"),
        ("বড়", "বর"),
        ("ঢাকা", "ধাকা"),
        ("ph", "f"),
        ("zoom", "jum"),
        ("quick", "kik"),
        ("koota", "kuta"),
    ],
)
def test_letters_that_sound_alike_are_one_sound(one: str, other: str):
    """Aspirates, the three s and the two r are written apart and typed alike."""
    assert romanise(one) == romanise(other)


@given(LATIN | BENGALI)
def test_a_sound_is_written_in_plain_latin_letters(word: str):
    """Whatever the script, what comes out is ASCII in lower case without a doubled letter."""
    assert romanise(word).isascii()
    assert romanise(word) == romanise(word).lower()
    assert not re.search(r"([a-z])\1", romanise(word))


@given(LATIN | BENGALI)
def test_a_skeleton_is_the_consonants_of_the_sound(word: str):
    """No vowel, no digit and no double is left, and nothing is added."""
    bones = skeleton(word)
    assert not re.search(r"[aeiou\d]|(.)\1", bones)
    sound = iter(romanise(word))
    assert all(letter in sound for letter in bones), "a skeleton is a subsequence of its sound"


@given(LATIN)
def test_case_does_not_sound(word: str):
    """Names typed in capitals, as a title or in lower case are the same."""
    assert romanise(word.upper()) == romanise(word.title()) == romanise(word)


@given(st.integers(0, 10**6))
def test_digits_sound_the_same_in_both_scripts(number: int):
    """The digits of a name such as G42 are kept, whichever way they are typed."""
    assert romanise(f"g{number}") == romanise(bengali_digits(f"g{number}"))


def test_most_names_of_the_corpus_are_found_by_their_sound():
    """For the first word of most organisations, the Bengali name sounds like the English one."""
    pairs = [(entity.name_en.split()[0], entity.name_bn.split()[0]) for entity in read_entities(SHIPPED / "entities.jsonl")]
    alike = [pair for pair in pairs if skeleton(pair[0]) == skeleton(pair[1])]
    assert len(alike) / len(pairs) > 0.7, f"{len(alike)} of {len(pairs)}"
