"""Words of questions spelled in another way than the lexicon has them: typing errors, and Bengali by its sound.

Banglish has no fixed spelling, so a word that is in no list is compared by how it sounds, in either script, with the words
of the lexicon: "shonkha" is heard as সংখ্যা, "চুক্তী" as চুক্তি. English words are compared letter by letter.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from rapidfuzz import fuzz, process
from rapidfuzz.distance import DamerauLevenshtein

from assistant.everyday import everyday
from assistant.phonetics import romanise, sound_key
from assistant.words import Lexicon, Word
from index.text import BENGALI, stem

_SHORTEST_SOUND = 4  # letters of a sound that tells words apart
_ALIKE = 78  # of 100: least likeness of two sounds with their vowels
_SHORTEST_TYPED = 6  # letters of an English word that may hold one error
_LONG_TYPED = 9  # letters from which it may hold two


class Spelling:
    """The words of a lexicon by sound and by letters."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def warm(self) -> None:
        """Sort the words now, so that the first misspelt one is not slow (0.05 s)."""
        _ = self._sounds, self._typed

    @cached_property
    def _sounds(self) -> dict[str, str]:
        """Sounds with the word that has them; Bengali spelling decides where several words sound alike."""
        found: dict[str, str] = {}
        for form in sorted(self._lexicon.forms, key=lambda form: (not BENGALI.match(form), form)):
            if len(sound := sound_key(form)) >= _SHORTEST_SOUND:
                found.setdefault(sound, form)
        return found

    @cached_property
    def _typed(self) -> dict[str, list[str]]:
        """English words by their first letter, which is seldom mistyped."""
        found: dict[str, list[str]] = defaultdict(list)
        for form in sorted(self._lexicon.forms):
            if form.isascii() and len(form) >= _SHORTEST_TYPED:
                found[form[0]].append(form)
        return found

    def corrected(
        self, words: tuple[Word, ...], hidden: frozenset[int], known: Iterable[str], bengali: bool
    ) -> tuple[Word, ...]:
        """Return the words with those that are in no list replaced by the word of the lexicon that they stand for."""
        familiar = frozenset(known)
        return tuple(
            word if place in hidden or self._is_known(word, place, familiar) else self._nearest(word, bengali)
            for place, word in enumerate(words)
        )

    def _is_known(self, word: Word, place: int, familiar: frozenset[str]) -> bool:
        if not word.text[:1].isalpha() or len(word.text) < _SHORTEST_SOUND or (place and word.raw[:1].isupper()):
            return True
        return word.text in self._lexicon.forms or word.stem in self._lexicon.known or word.stem in familiar

    def _nearest(self, word: Word, bengali: bool) -> Word:
        form = self._by_sound(word.text) or self._loan(word.text) if bengali else self._by_letters(word.text)
        return Word(form, stem(form), word.start, word.end, word.raw) if form else word

    def _by_sound(self, text: str) -> str:
        form = self._sounds.get(sound_key(text), "")
        return form if form and fuzz.ratio(romanise(text), romanise(form)) >= _ALIKE else ""

    def _loan(self, text: str) -> str:
        """Return the English word that Banglish holds with an error; short ones are Bengali more often."""
        return self._by_letters(text) if len(text) >= _LONG_TYPED else ""

    def _by_letters(self, text: str) -> str:
        derived = text.endswith("est") and not everyday().lists(text)  # "bigest" is no word, though "big" is one
        if len(text) < _SHORTEST_TYPED or not text.isascii() or (everyday().holds(text) and not derived):
            return ""
        allowed = 1 if len(text) < _LONG_TYPED else 2
        near = process.extractOne(text, self._typed.get(text[0], ()), scorer=DamerauLevenshtein.distance, score_cutoff=allowed)
        return str(near[0]) if near else ""
