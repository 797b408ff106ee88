"""Words that point into what was shown: the second one, শেষেরটা, prothom tar, the bigger one."""

import re
from dataclasses import dataclass

from assistant.schema import Measure
from assistant.words import said
from index.numerals import small_number
from index.text import normalise

_NAMES = ("first", "second", "third", "fourth", "fifth")
_SUFFIXES = frozenset(map(normalise, "st nd rd th ম য় র্থ".split()))  # 2nd, ২য়: the number is a word of its own
_CLASSIFIED = re.compile(rf"^(.+?)(?:ের|er)?(?:{normalise('টা|টি')}|ta|ti)(?:{normalise('র|কে|তে|য়|ই|ও')}|r|ke|te|y|i|o)?$")
_GENITIVE = re.compile(r"^(.+?)(?:ের|er)$")
_MOST = 30  # entries at most of a list that people count by hand


@dataclass(frozen=True, slots=True)
class Pointer:
    """The words ``start`` to ``end`` choose among what was shown, by place (from 0; -1 is the last) or by an order."""

    start: int
    end: int
    place: int | None = None
    measure: Measure | None = None
    descending: bool = True
    count: int = 1  # "the first two"


def find_pointer(texts: tuple[str, ...]) -> Pointer | None:
    """Return the first words that choose one of what was shown; None without any."""
    found = (one for place in range(len(texts)) for one in (_numbered(texts, place), _ordered(texts, place)) if one)
    return next(found, None)


def ordinal(texts: tuple[str, ...], place: int) -> int | None:
    """Return the place in a list that a word names by itself, from 0, -1 for the last; None for another word."""
    base = _bare(texts[place], _text(texts, place + 1) in said("classifiers"))
    named = next((number for number, name in enumerate(_NAMES) if base in said(f"ordinal_{name}")), None)
    if named is None and base.isdecimal() and _bare(_text(texts, place + 1)) in _SUFFIXES:
        return int(base) - 1
    return -1 if named is None and base in said("last") else named


def is_classified(texts: tuple[str, ...], place: int) -> bool:
    """True for a word with a classifier of its own or after it (প্রথমটা, prothom tar, first one)."""
    return _bare(texts[place]) != texts[place] or _after_classifier(texts, place + 1) > place + 1


def _numbered(texts: tuple[str, ...], place: int) -> Pointer | None:
    by_number = _by_number(texts, place)
    if by_number:
        return by_number
    value = ordinal(texts, place)
    if value is None:
        return None
    end = place + 2 if texts[place].isdecimal() else place + 1
    following = _text(texts, end)
    closed = _after_classifier(texts, end)
    if following in said("not_ordinal"):
        return None
    several = _several(following)
    if several and value in (0, -1) and _text(texts, end + 1) not in said("not_ordinal"):
        return Pointer(place, end + 1, value, count=several)
    definite = _bare(texts[place]) != texts[place] or closed > end
    article = _text(texts, place - 1) == "the" and following not in said("deal_nouns")
    if value in (0, -1) and not definite and not article:
        return None  # "which came first": the earliest
    return Pointer(place, closed, value)


def _several(text: str) -> int:
    """Return how many "two", দুটো or "duita" are; 0 for another word."""
    if text in said("two_of_them"):
        return 2
    return 3 if text in said("three_of_them") else 0


def _by_number(texts: tuple[str, ...], place: int) -> Pointer | None:
    """Read "number 2", "2 no. ta", "duinombor", "২ নম্বরটা"."""
    base = _bare(texts[place])
    joined = next((base[: -len(word)] for word in said("numbering") if len(word) > 2 and base.endswith(word)), "")
    value, end = (small_number(joined), place + 1) if joined else (None, place + 1)
    before = _text(texts, place - 1)
    if value is None and base in said("numbering"):
        if small_number(before):
            return Pointer(place - 1, _after_classifier(texts, end), (small_number(before) or 1) - 1)
        value, end = small_number(_text(texts, place + 1)), place + 2
    return Pointer(place, _after_classifier(texts, end), value - 1) if value and value <= _MOST else None


def _ordered(texts: tuple[str, ...], place: int) -> Pointer | None:
    """Read "the bigger one", বড়টার, "choto ta", "the later one", "the latest one"."""
    base = _bare(texts[place])
    orders: tuple[tuple[str, Measure, bool], ...] = (
        ("bigger", "amount", True), ("smaller", "amount", False), ("newer", "announced", True), ("older", "announced", False),
    )  # fmt: skip
    order = next((one for one in orders if base in said(one[0])), None)
    if order is None:
        return None
    # A name may stand between: "the bigger Nebius one".
    near = next((end for end in (place + 1, place + 2) if _text(texts, end) in ("one", "ones")), place)
    if near == place and not is_classified(texts, place):
        return None
    return Pointer(place, place + 1, None, order[1], order[2])


def _bare(text: str, genitive: bool = False) -> str:
    """Return a word without its classifier and case ending (or a bare genitive), where one of ours is left."""
    match = _CLASSIFIED.match(text) or (_GENITIVE.match(text) if genitive else None)
    return match[1] if match and _known(match[1]) else text


def _known(base: str) -> bool:
    if base in _SUFFIXES:
        return True
    names = (*(f"ordinal_{name}" for name in _NAMES), "last", "numbering", "bigger", "smaller", "newer", "older")
    return any(base in said(name) for name in names) or any(base.endswith(word) and len(word) > 2 for word in said("numbering"))


def _after_classifier(texts: tuple[str, ...], place: int) -> int:
    if _text(texts, place) in ("er", "এর") and _text(texts, place + 1) in said("classifiers"):
        return place + 2
    return place + 1 if _text(texts, place) in said("classifiers") else place


def _text(texts: tuple[str, ...], place: int) -> str:
    return texts[place] if 0 <= place < len(texts) else ""
