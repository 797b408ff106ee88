"""Ordinary words are told from names, in the forms that people type."""

import pytest

from assistant.everyday import everyday
from index.text import normalise

ORDINARY = "পকেট পকেটের দেখতে দেখছিলাম ভাইয়ের মানুষগুলোকে manushder dekhte bolchilam people markets worried cheaper".split()
NAMES = "টেসলা আলিবাবা গ্রামীণফোন বাইদুর tesla alibaba bytedance huawei grameenphone".split()


@pytest.mark.parametrize("word", ORDINARY)
def test_an_ordinary_word_is_known_in_its_forms(word: str):
    """Case endings, plurals and verb endings do not hide a word."""
    assert everyday().holds(normalise(word))


@pytest.mark.parametrize("word", NAMES)
def test_a_name_is_no_ordinary_word(word: str):
    """A company's name is in no list, with or without a case ending."""
    assert not everyday().holds(normalise(word))


def test_a_slip_of_one_letter_in_an_ordinary_word_makes_no_name():
    """A misspelt ordinary word is recognised; a name that is near none is not."""
    assert everyday().misspelt("peeple")
    assert not everyday().misspelt("bytedance")
