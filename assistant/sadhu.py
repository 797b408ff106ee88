"""Literary Bengali (sadhu bhasha) put into the everyday forms that the lexicons know: করিয়াছে as করেছে, কাহার as কার."""

import re
import unicodedata
from functools import cache

from assistant.words import read

_LETTERS = "[\u0980-\u09ff]"
_SIGNS = re.compile(r"[\u0985-\u09b9]")
# What marks the perfect, the continuous, the future, the infinitive and the like, and what it is in everyday Bengali.
_PERFECT, _GOING_ON = ("িয়াছ", "ইয়াছ"), ("িতেছ", "ইতেছ")
_ENDINGS = {"িতে": "তে", "িবে": "বে", "িবেন": "বেন", "িয়া": "ে", "িল": "ল", "িলেন": "লেন", "িলে": "লে", "িবার": "ার"}


def everyday_forms(text: str) -> str:
    """Return a text in form NFC with its literary verbs and pronouns in everyday Bengali; other words stay as they are."""
    return _words().sub(lambda match: _everyday(match.group()), text) if _SIGNS.search(text) else text


@cache
def _words() -> re.Pattern[str]:
    return re.compile(f"{_LETTERS}+")


@cache
def _table(name: str) -> dict[str, str]:
    return {_nfc(word): _nfc(form) for word, form in read("sadhu.yaml")[name].items()}


@cache
def _roots() -> frozenset[str]:
    return frozenset(_nfc(read("sadhu.yaml")["roots"]).split())


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


@cache
def _tensed() -> re.Pattern[str]:
    perfect, going_on = ("|".join(map(_nfc, marks)) for marks in (_PERFECT, _GOING_ON))
    return re.compile(f"({_LETTERS}+?)(?:(?P<perfect>{perfect})|(?:{going_on}))({_LETTERS}+)")


def _everyday(word: str) -> str:
    if word in _table("words"):
        return _table("words")[word]
    tensed = _tensed().fullmatch(word)
    if tensed:
        stem, _, ending = tensed.groups()
        return f"{_perfect(stem)}েছ{ending}" if tensed["perfect"] else f"{_going_on(stem)}{ending}"
    for ending, form in _ENDINGS.items():
        root = word.removesuffix(_nfc(ending))
        if root != word and root in _roots():
            return root + form
    return word


def _perfect(stem: str) -> str:
    """Return the stem of the perfect: করিয়াছে keeps it, ঢালিয়াছে is ঢেলেছে, হইয়াছে is হয়েছে."""
    return _table("perfect").get(stem) or re.sub(f"া({_LETTERS})$", r"ে\1", stem)


def _going_on(stem: str) -> str:
    """Return the continuous without who does it: করিতেছে is করছে, a root that ends in a vowel has চ্ছ (দিচ্ছে, জানাচ্ছে)."""
    return _table("going_on").get(stem) or (f"{stem}চ্ছ" if stem.endswith("া") else f"{stem}ছ")
