r"""The one tokeniser, for indexing and for questions, in Bengali and Latin script.

Python's ``\w`` does not match Bengali vowel signs, so ``\w+`` cuts Bengali words apart; the word pattern here keeps
combining marks and joiners inside a word.
"""

import re
import unicodedata
from functools import lru_cache

# Bengali signs that stand inside a word: candrabindu to visarga, nukta to hasanta, au length mark, joiners.
_MARKS = "\u0981-\u0983\u09bc-\u09cd\u09d7\u09e2\u09e3\u200c\u200d"
_LETTER = rf"[^\W\d_][{_MARKS}]*"
WORD = re.compile(rf"\d+(?:[.,]\d+)*|{_LETTER}(?:{_LETTER}|\d)*(?:'{_LETTER}(?:{_LETTER})*)?")
BENGALI = re.compile("[\u0980-\u09ff]")
LATIN = re.compile("[A-Za-z]")

_FOLD = str.maketrans(
    {
        **{chr(0x09E6 + digit): str(digit) for digit in range(10)},  # Bengali digits
        **dict.fromkeys("‘’ʼ`´", "'"),
        **dict.fromkeys("“”„«»", '"'),
        **dict.fromkeys("‐‑‒–—−", "-"),
        "\u00a0": " ",
        "\u200b": "",
        "\ufeff": "",
    }
)
_TO_BENGALI = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")
_JOINERS = re.compile("[\u200c\u200d]")

# Case endings, classifiers and plural endings, longest first. What is left must keep _STEM letters, so that short
# words (টাকা, কেন) stay whole.
_BENGALI_ENDINGS = tuple(
    unicodedata.normalize("NFC", ending)
    for ending in "গুলোতে গুলিতে গুলোকে গুলিকে গুলোর গুলির দেরকে টিতে টাতে টিকে টাকে গুলো গুলি "
    "টির টার য়ের য়ে দের ের কে তে রা টি টা য় র ে ও ই".split()
)
_STEM = 3  # characters that a Bengali stem keeps at least, marks counted
_ENGLISH_STEM = 3  # letters that an English stem keeps at least


def fold_digits(text: str) -> str:
    """Return the text with Bengali digits, dashes, quotes and spaces folded to ASCII; same length but for U+200B."""
    return text.translate(_FOLD)


def bengali_digits(text: str) -> str:
    """Return the text with ASCII digits written in Bengali."""
    return text.translate(_TO_BENGALI)


def normalise(text: str) -> str:
    """Return the comparable form: NFC, case folded, digits and punctuation folded, joiners dropped. Idempotent."""
    folded = unicodedata.normalize("NFC", text).casefold().translate(_FOLD)
    return unicodedata.normalize("NFC", _JOINERS.sub("", unicodedata.normalize("NFC", folded)))


def words(text: str) -> list[str]:
    """Return the words of the normalised text, unstemmed; numbers lose their thousands commas."""
    return [_plain(match.group()) for match in WORD.finditer(normalise(text))]


def tokens(text: str) -> list[str]:
    """Return what is indexed and searched: words with possessives, plurals and Bengali case endings taken off."""
    return [token for piece in text.split() for token in _piece_tokens(piece)]


@lru_cache(maxsize=65536)
def _piece_tokens(piece: str) -> tuple[str, ...]:
    """Return the tokens of a piece between spaces; no token holds a space, so the pieces can be read one by one."""
    return tuple(stem(word) for word in words(piece))


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the light stem of one normalised word."""
    if BENGALI.match(word):
        return _stem_bengali(word)
    word = word.split("'", maxsplit=1)[0]
    if word.isascii() and word.isalpha():
        return _stem_english(word)
    return word


def bengali_ending(word: str) -> str:
    """Return the last case ending, classifier or plural ending of a normalised word; empty when it has none."""
    fits = (ending for ending in _BENGALI_ENDINGS if word.endswith(ending) and len(word) - len(ending) >= _STEM)
    return next(fits, "")


def has_bengali(text: str) -> bool:
    """True when any character is in the Bengali block."""
    return BENGALI.search(text) is not None


def _plain(word: str) -> str:
    if word[0].isdigit() and "," in word:
        return word.replace(",", "")
    return word


def _stem_bengali(word: str) -> str:
    """Take endings off until none is left, so that ডলার, whose own end looks like one, meets ডলারের."""
    while ending := bengali_ending(word):
        word = word[: -len(ending)]
    return word


def _stem_english(word: str) -> str:
    """Harman's S-stemmer (1991, "How effective is suffixing?"): plurals only."""
    if len(word) <= _ENGLISH_STEM:
        return word
    if word.endswith("ies") and word[-4] not in "ae":
        return word[:-3] + "y"
    if word.endswith("es") and word[-3] not in "aeo":
        return word[:-1]
    if word.endswith("s") and word[-2] not in "us":
        return word[:-1]
    return word
