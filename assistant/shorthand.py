"""Banglish typed in haste or by another ear: dropped vowels, "a" for "o", "chh" for "ch", loans spelled as they are heard.

Nobody teaches how to spell Bengali in Latin letters, so one word has many spellings. What they share is the order of the
consonants: "kto", "kato" and "kotto" are all "koto". An unknown word stands for the known one with the same consonants
whose vowels it keeps in order, or whose vowels it only hears otherwise.
"""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from assistant.everyday import everyday
from assistant.phonetics import romanise
from assistant.words import read

_SPEECH = (
    (r"chh", "c"), (r"ch", "c"), (r"sh", "s"), (r"z", "j"), (r"ph", "f"), (r"vh?", "bh"), (r"w", ""), (r"ee+|y", "i"),
    (r"oo+", "u"), (r"(.)\1+", r"\1"),
)  # fmt: skip
_VOWELS = re.compile(r"[aeiou]")
_BROAD = str.maketrans({"a": "o", "u": "o", "i": "e"})  # vowels that one ear takes for another
_PLAIN = 3  # consonants from which a word is told from others without its aspirates, or with other vowels
_LOST = 2  # vowels at most that a word typed in haste leaves out
_SHORTEST = 3  # letters of a word typed in haste at least

Sounds = dict[str, list[tuple[str, str]]]


def _spoken_sound(word: str) -> str:
    """Return how a short word sounds: kh and k, bh and b stay apart, which tell many short words from each other."""
    for pattern, sound in _SPEECH:
        word = re.sub(pattern, sound, word)
    return word


def _bones(sound: str) -> str:
    return re.sub(r"(.)\1+", r"\1", _VOWELS.sub("", sound))


def _broad(sound: str) -> str:
    return re.sub(r"(.)\1+", r"\1", sound.translate(_BROAD))


@dataclass(frozen=True)
class Shorthand:
    """Finds the known word that a spelling stands for; ``others`` are the words of the lexicon."""

    others: frozenset[str]

    @cached_property
    def spoken(self) -> tuple[str, ...]:
        """Words of everyday Banglish in one spelling each, the commonest first, and English words in it."""
        rows = read("banglish.yaml")
        return tuple(dict.fromkeys((*f"{rows['spoken']} {rows['loans']}".split(), *map(str, rows["banglish"]))))

    @cached_property
    def heard(self) -> dict[str, str]:
        """Spellings that no rule of sound leads to, with the word that they stand for."""
        return {form: word for word, forms in read("banglish.yaml")["heard"].items() for form in str(forms).split()}

    @cached_property
    def _speech(self) -> Sounds:
        return _sorted(self.spoken, _spoken_sound, 1)

    @cached_property
    def _words(self) -> Sounds:
        return _sorted((*self.spoken, *sorted(self.others)), romanise, _PLAIN)

    def same(self, typed: str) -> str:
        """Return the word of speech that sounds the same; nothing for another word."""
        return _same(_spoken_sound(typed), self._speech) if len(typed) > _SHORTEST else ""

    def meant(self, typed: str, ordinary: bool) -> str:
        """Return the word that a spelling stands for; nothing where it stands for none, or is an ``ordinary`` word as it is."""
        if typed in self.heard:
            return self.heard[typed]
        if len(typed) < _SHORTEST or (ordinary and not _VOWELS.search(typed)):
            return ""
        spoken, sound = _spoken_sound(typed), romanise(typed)
        if found := _same(spoken, self._speech) or _hurried(spoken, self._speech) or _same(sound, self._words):
            return found
        return "" if ordinary else _hurried(sound, self._words) or _broadly(sound, self._words)


def _sorted(words: tuple[str, ...], heard: Callable[[str], str], least: int) -> Sounds:
    """Return the words by their consonants, each with its sound."""
    found: Sounds = defaultdict(list)
    for word in words:
        sound = heard(word)
        if len(bones := _bones(sound)) >= least:
            found[bones].append((word, sound))
    return found


def _same(sound: str, words: Sounds) -> str:
    """Return the word that sounds the same."""
    return next((word for word, other in words.get(_bones(sound), ()) if other == sound), "")


def _hurried(sound: str, words: Sounds) -> str:
    """Return the word whose vowels a spelling leaves out, the one that loses the fewest."""
    lost = [
        (len(other) - len(sound), place, word)
        for place, (word, other) in enumerate(words.get(_bones(sound), ()))
        if len(other) - len(sound) <= _LOST and _is_hasty(sound, other)
    ]
    return min(lost)[2] if lost else ""


def _broadly(sound: str, words: Sounds) -> str:
    """Return the word of Bengali whose vowels another ear hears otherwise."""
    near = words.get(_bones(sound), ())
    return next((word for word, other in near if _broad(other) == _broad(sound) and word not in everyday().english), "")


def _is_hasty(typed: str, full: str) -> bool:
    """True when the letters of a sound are all in the other in this order, and consonants meet that its vowels part."""
    letters = iter(full)
    if not all(letter in letters for letter in typed):
        return False
    meeting = re.findall(r"(?=([^aeiou]{2}))", typed)
    return any(pair not in full for pair in meeting)
