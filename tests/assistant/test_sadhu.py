"""Literary Bengali is read as everyday Bengali; words that are no literary forms stay as they are."""

import unicodedata

import pytest

from assistant.sadhu import everyday_forms

FORMS = {
    "করিয়াছে": "করেছে",
    "করিয়াছিল": "করেছিল",
    "ঢালিয়াছে": "ঢেলেছে",
    "কিনিয়াছেন": "কিনেছেন",
    "হইয়াছে": "হয়েছে",
    "লইয়াছিল": "নিয়েছিল",
    "দিয়াছেন": "দিয়েছেন",
    "পাইয়াছে": "পেয়েছে",
    "করিতেছে": "করছে",
    "হইতেছে": "হচ্ছে",
    "দিতেছেন": "দিচ্ছেন",
    "জানাইতেছে": "জানাচ্ছে",
    "কিনিতে": "কিনতে",
    "করিবে": "করবে",
    "করিবেন": "করবেন",
    "কিনিল": "কিনল",
    "করিবার": "করার",
    "কাহার": "কার",
    "তাহাদের": "তাদের",
    "যাহারা": "যারা",
    "হইতে": "থেকে",
    "সহিত": "সঙ্গে",
}
UNTOUCHED = "বছরের টাকা বিনিয়োগ ওপেনএআইয়ে চুক্তিগুলো করেছে নিয়ে এশিয়া ইন্ডিয়া মিডিয়া কোরিয়াতে নকিয়া দিন".split()


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(("literary", "everyday"), FORMS.items())
def test_a_literary_form_is_read_in_everyday_bengali(literary: str, everyday: str):
    """Perfect, continuous, future, infinitive, converb and pronoun each have their everyday form."""
    assert everyday_forms(_nfc(literary)) == _nfc(everyday)


@pytest.mark.parametrize("word", UNTOUCHED)
def test_any_other_word_stays(word: str):
    """Everyday verbs, nouns and names that end like a literary form are left alone."""
    assert everyday_forms(_nfc(word)) == _nfc(word)


def test_a_sentence_keeps_its_order_its_marks_and_its_latin_words():
    """Only the words change, not what stands between them."""
    text = _nfc("OpenAI কাহার সহিত চুক্তি করিয়াছে, ২০২৫ সালে?")
    assert everyday_forms(text) == _nfc("OpenAI কার সঙ্গে চুক্তি করেছে, ২০২৫ সালে?")


def test_a_text_without_bengali_letters_is_returned_as_it_is():
    """English has no literary Bengali."""
    assert everyday_forms("Which deals did Nvidia sign?") == "Which deals did Nvidia sign?"


def test_reading_twice_changes_nothing_more():
    """An everyday text is already in everyday forms."""
    once = everyday_forms(_nfc(" ".join(FORMS)))
    assert everyday_forms(once) == once
