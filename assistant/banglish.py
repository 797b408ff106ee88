"""Banglish brought to one form: joined endings set apart, months in English."""

import re
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from assistant.everyday import everyday
from assistant.shorthand import Shorthand
from assistant.words import Lexicon, read, said
from index.amounts import CURRENCIES
from index.numerals import MAGNITUDES
from index.text import stem

_WORD = re.compile(r"[A-Za-z]+")
_UNIT = re.compile(r"(?<=\d)(bn|mn|tn|gw|mw|[bmkt])(er|r|e|te|ke)\b", re.IGNORECASE)  # "$20bner"
_APART = re.compile(r"(?<=[a-z])['’](er|r|te|ke|e|ra|der|gulo)\b", re.IGNORECASE)  # "taka'r ongko"
# "dil" is a deal before an ending or a question word, or after one; else it means "gave".
_LOAN = re.compile(
    rf"\bdil(?= (?:{'|'.join(said('deal_after'))}|(?:kor|ho)[a-z]+)\b)|\b(?:{'|'.join(said('deal_before'))}) dil\b"
)
_LONG_MONTH, _MONTH_ERRORS = 7, 2  # letters of a misspelt month at least, and wrong ones among them at most
_LONG_PLACE = 5  # letters of a word of the records whose ending may be taken off
_SHORTEST = 3  # letters of a word, no name or unit, whose ending may be taken off
_UNITS = frozenset(word for word in (*CURRENCIES, *MAGNITUDES) if len(word) > 1) | {
    "gigawatt",
    "megawatt",
    "gw",
    "mw",
    "percent",
    "shotangsho",
}


@dataclass(frozen=True)
class Speller:
    """Knows the words of a lexicon and of the names; ``fixed`` are further words that stay as they are typed."""

    lexicon: Lexicon
    names: frozenset[str]
    fixed: frozenset[str]

    @cached_property
    def months(self) -> dict[str, str]:
        """Banglish month names with their English ones."""
        return dict(read("banglish.yaml")["months"])

    @cached_property
    def functions(self) -> frozenset[str]:
        """Function words of Banglish, which are known as they are."""
        return frozenset({*map(str, read("banglish.yaml")["banglish"]), *self.shorthand.spoken})

    @cached_property
    def shorthand(self) -> Shorthand:
        """What other spellings stand for."""
        return Shorthand(frozenset(form for form in self.lexicon.forms if form.isascii() and form.isalpha()))

    def plain(self, text: str) -> str:
        """Return a Banglish question with joined endings apart and months in English; other words stay as typed."""
        text = _LOAN.sub(lambda match: match[0].replace("dil", "deal"), text)
        text = _APART.sub(lambda match: f" {'er' if match[1] == 'r' else match[1]}", text)
        return _WORD.sub(lambda match: self._word(match.group()), _UNIT.sub(r"\1 \2", text))

    def standard(self, text: str) -> str:
        """Return a Banglish question with every word in the spelling that the lexicon knows, none of them cut apart."""
        return _WORD.sub(lambda match: self._whole(match.group()), text)

    def _whole(self, raw: str) -> str:
        word = self._word(raw)
        return raw if " " in word else word

    def _word(self, raw: str) -> str:
        word = raw.casefold()
        if word in self.months:
            return self.months[word]
        if word in self.shorthand.heard and word not in self.names:
            return self.shorthand.heard[word]
        cuts = [(word[: -len(ending)], ending) for ending in said_in_order("joined_endings") if word.endswith(ending)]
        units = [(bare, ending) for bare, ending in cuts if bare in _UNITS]
        once = word.replace("chh", "ch")
        if not units and (self._known(once) or stem(word) in self.fixed):
            return raw if once == word or stem(word) in self.fixed else once
        names = [(bare, ending) for bare, ending in cuts if bare in self.names]
        others = [
            (bare, ending) for bare, ending in cuts if len(bare) >= _SHORTEST and (bare in self.months or self._known(bare))
        ] or [(bare, ending) for bare, ending in cuts if len(bare) >= _LONG_PLACE and stem(bare) in self.fixed]
        if not (units or names) and (same := self.shorthand.same(word)):
            return same  # "dishe" is "dise", no dish with an ending
        for bare, ending in (*units, *names, *others):
            apart = "er" if ending == "r" else ending  # "r" alone would be the word for "and"
            return f"{self.months.get(bare) or raw[: len(bare)]} {apart}"
        return self._month_like(word) or self._respelled(raw) or raw

    def _respelled(self, raw: str) -> str:
        """Return the word that another spelling stands for, its ending apart; nothing for a name or a word of English."""
        word = raw.casefold()
        if raw[1:] != word[1:] or word in everyday().english:
            return ""
        if word.endswith("da") and self._known(standard := f"{word[:-2]}ta"):  # "koyda", "duida": the classifier of the east
            return standard
        if meant := self.shorthand.meant(word, word in everyday().banglish):
            return meant
        for ending in said_in_order("joined_endings"):
            bare = word.removesuffix(ending)
            if bare != word and (meant := self.shorthand.heard.get(bare) or self.shorthand.meant(bare, ordinary=True)):
                return f"{meant} {'er' if ending == 'r' else ending}"
        return ""

    def _month_like(self, word: str) -> str:
        """Return the month whose name a word misspells; nothing for a shorter or a further word."""
        if len(word) < _LONG_MONTH:
            return ""
        near = process.extractOne(word, self.months.keys(), scorer=DamerauLevenshtein.distance, score_cutoff=_MONTH_ERRORS)
        return self.months[near[0]] if near and near[0][0] == word[0] else ""

    def _known(self, word: str) -> bool:
        if word in said("pointers") | said("strong_pointers") | said("left_verbs"):
            return True  # "egulor" is no "e" with an ending
        return stem(word) in self.lexicon.known or word in self.names or word in self.functions


def said_in_order(name: str) -> tuple[str, ...]:
    """Return the words of a row of the grammar, longest first."""
    return tuple(sorted(said(name), key=lambda word: (-len(word), word)))
