"""Ordinary words of Bengali, Banglish and English, which are never names; read only when a word is left without a meaning."""

import re
from dataclasses import dataclass
from functools import cache, cached_property

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from assistant.phonetics import sound_key
from assistant.words import lexicon, read
from index.text import BENGALI, normalise, stem

_TAILS = tuple(normalise("গুলোর গুলির গুলোকে গুলোতে গুলো গুলি দের টির টার টিকে টাকে টি টা খানা ের তে কে রা ে র য় ই ও").split())
_LATIN_TAILS = ("gulor", "gulo", "gula", "guli", "der", "tar", "ta", "ti", "ra", "ke", "te", "er", "ei", "r", "e", "i", "o")
_ENGLISH_TAILS = ("ing", "ied", "ed", "er", "est", "ly", "es", "s", "d", "'s")
# Endings of English words that are hardly ever those of a company's name typed in lower case.
_DERIVED = re.compile(
    r"(?:ings?|ed|ly|[ts]ions?|ments?|ness|it(?:y|ies)|ives?|ous|ables?|[ae]nces?|isms?|ists?|ful|less|ships?|ward|wise)$"
)
_PERSONS = ("াম", "েন", "ে", "া", "ি", "ো")  # what the verb ends in for I, you and he, after the mark of its tense
_ORDERS = frozenset({"ুন", "ুক", "ান", "াও", "াক", "িয়েন", "িও", "ো"})  # what it ends in for an order or a wish
_SHORTEST = 3  # letters that a stem keeps when an ending is taken off
_TYPO = 5  # letters from which a word with one wrong letter is a misspelling of an ordinary one


@dataclass(frozen=True)
class Everyday:
    """The ordinary words, normalised."""

    bengali: frozenset[str]
    verbs: frozenset[str]
    banglish: frozenset[str]
    english: frozenset[str]

    def holds(self, word: str) -> bool:
        """True for an ordinary word in any of its forms; the word is normalised."""
        return self._bengali(word) if BENGALI.search(word) else self._latin(word)

    def lists(self, word: str) -> bool:
        """True for a word that stands in the lists as it is typed."""
        return word in self.bengali or word in self.english or word in self.banglish

    def misspelt(self, word: str) -> bool:
        """True for an English word with one letter wrong."""
        if len(word) < _TYPO:
            return False
        near = process.extractOne(word, self.english, scorer=DamerauLevenshtein.distance, score_cutoff=1)
        return near is not None and len(near[0]) >= _TYPO - 1

    def formed(self, word: str) -> bool:
        """True for a word that is plainly formed from another (maturity, leasing), and so hardly a name."""
        return _DERIVED.search(word) is not None

    def _bengali(self, word: str) -> bool:
        if {word, stem(word)} & self.bengali or any(bare in self.bengali for bare in _cut(word, _TAILS)):
            return True
        endings = _verb_endings()
        return any(word[:end] in self.verbs and word[end:] in endings for end in range(1, len(word) + 1))

    def _latin(self, word: str) -> bool:
        if word in self.english or word in self.banglish or stem(word) in self.english:
            return True
        if any(bare in self.banglish for bare in _cut(word, _LATIN_TAILS)):
            return True
        return any(bare in self.english or f"{bare}e" in self.english for bare in _cut(word, _ENGLISH_TAILS))

    def sounds(self, word: str) -> bool:
        """True for a word in Latin letters that sounds like a Bengali one (ashol: আসল); weak proof where a name may stand."""
        return word.isascii() and sound_key(word) in self._sounds

    @cached_property
    def _sounds(self) -> frozenset[str]:
        """How the Bengali words sound, for spellings of them that nobody has listed (ashol: আসল); 0.1 s, once."""
        keys = map(sound_key, self.bengali)
        return frozenset(key for key in keys if len(key) >= _SHORTEST)


@cache
def everyday() -> Everyday:
    """Return the ordinary words, read once; about 10 ms."""
    rows = read("everyday.yaml")
    sets = {name: frozenset(normalise(str(rows[name])).split()) for name in rows}
    return Everyday(sets["bengali"], sets["bengali_verbs"], sets["banglish"], sets["english"])


@cache
def _verb_endings() -> frozenset[str]:
    endings = {"", "ব", "ত", "ল", *map(normalise, lexicon().endings("bengali"))}
    tensed = {ending + person for ending in endings if ending.endswith(("ব", "ত", "ল")) for person in _PERSONS}
    return frozenset(endings | tensed | _ORDERS)


def _cut(word: str, tails: tuple[str, ...]) -> list[str]:
    return [word[: -len(tail)] for tail in tails if word.endswith(tail) and len(word) - len(tail) >= _SHORTEST]
