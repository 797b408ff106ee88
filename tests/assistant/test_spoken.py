"""Spoken, regional and office Bengali is read as everyday Bengali; names and other words stay as they are."""

import unicodedata

import pytest

from assistant.sadhu import everyday_forms
from assistant.spoken import spoken_forms

FORMS = {
    "দিসে": "দিয়েছে",
    "নিছে": "নিয়েছে",
    "ঢালসে": "ঢেলেছে",
    "তুলসে": "তুলেছে",
    "করসিল": "করেছিল",
    "পাইসেন": "পেয়েছেন",
    "হইছে": "হয়েছে",
    "করতেসে": "করছে",
    "দিতাছে": "দিচ্ছে",
    "ফালাইসে": "ফেলেছে",
    "বসাইছে": "বসিয়েছে",
    "কইরা": "করে",
    "মিলায়া": "মিলিয়ে",
    "বুঝাইয়া": "বুঝিয়ে",
    "দিয়া": "দিয়ে",
    "কিনার": "কেনার",
    "কিনা ফালাইসে": "কিনে ফেলেছে",
    "করে নাই": "করেনি",
    "হয় নাই": "হয়নি",
    "চুক্তি আছে নি?": "চুক্তি আছে কি?",
    "মইদ্দে": "মধ্যে",
    "থিকা": "থেকে",
    "লগে": "সঙ্গে",
    "কম্পানিতে": "কোম্পানিতে",
    "ইনভেস্টমেন্টগুলা": "বিনিয়োগগুলো",
    "চুক্তিসমূহের": "চুক্তিগুলোর",
    "সরবরাহসংক্রান্ত": "সরবরাহ সংক্রান্ত",
    "যে সকল": "যেসব",
    "সব চাইতে বেশি": "সবচেয়ে বেশি",
    "ক্রেতা পক্ষের": "ক্রেতার",
    "বিক্রেতার ভূমিকায়": "বিক্রেতা হিসেবে",
    "এপ্রিল ও তৎপরবর্তী": "এপ্রিল থেকে",
}
UNTOUCHED = "মাসে টেক্সাসে ফ্রান্সে প্রাইসে বসে আছে করছে কিনা নকিয়া এশিয়ায় নেই হাউসে ডিভাইসে তালিকা".split()


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(("spoken", "everyday"), FORMS.items())
def test_a_spoken_form_is_read_in_everyday_bengali(spoken: str, everyday: str):
    """Verbs of the street, regional words, office words and English loans each have their everyday form."""
    assert spoken_forms(everyday_forms(_nfc(spoken))) == _nfc(everyday)


@pytest.mark.parametrize("word", UNTOUCHED)
def test_any_other_word_stays(word: str):
    """Nouns, names and everyday verbs that end like a spoken form are left alone."""
    assert spoken_forms(_nfc(word)) == _nfc(word)


def test_a_text_without_bengali_letters_is_returned_as_it_is():
    """English and Banglish are not looked at."""
    assert spoken_forms("nvidia koto taka dise") == "nvidia koto taka dise"
