"""Bengali inflection: case endings on names and figures by their last sound, lists, ordinals and dates.

The spelling follows the daily press of Dhaka: ওপেনএআইয়ের, এনভিডিয়ার, স্যামসাংয়ে, জি৪২-কে.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Literal

from index.dates import MONTHS_BN
from index.figures import year
from index.records import Precision
from index.text import bengali_digits

Case = Literal["plain", "genitive", "objective", "locative"]

_NFC = unicodedata.normalize
_A = "\u09be"  # া
_SIGNS = "\u09be\u09bf\u09c0\u09c1\u09c2\u09c3\u09c7\u09cb"  # া ি ী ু ূ ৃ ে ো
_DIPHTHONG_SIGNS = "\u09c8\u09cc"  # ৈ ৌ
_GLIDES = "ইঈউঊ"  # after another vowel these close a diphthong and take a য় before an ending
_NASAL = "\u0982"  # ং
_CANDRABINDU = "\u0981"
_VOWELS = "অআএওঐঔঋ"
_BENGALI_LETTER = re.compile("[\u0985-\u09b9\u09ce\u09dc-\u09df]")
_PLURAL = re.compile("ীরা$")  # কর্মীরা, an animate plural; not সোরা or ক্যামেরা
_YA = _NFC("NFC", "য়")
_ORDINALS = ("", "১ম", "২য়", "৩য়", "৪র্থ", "৫ম", "৬ষ্ঠ", "৭ম", "৮ম", "৯ম", "১০ম")
_SHORT_MONTH = 3  # characters: মে and জুন read better with মাস than with an ending
_QUARTERS = ("প্রথম", "দ্বিতীয়", "তৃতীয়", "চতুর্থ")

# Ending of each sound class: genitive, objective, locative.
_ENDINGS: dict[str, tuple[str, str, str]] = {
    "consonant": ("ের", "কে", "ে"),
    "a": ("র", "কে", _YA),
    "vowel": ("র", "কে", "তে"),
    "glide": (_YA + "ের", "কে", _YA + "ে"),
    "apart": ("-এর", "-কে", "-এ"),  # digits, Latin letters, brackets, a single letter: the ending stands by a hyphen
}
_PLACES: dict[Case, int] = {"genitive": 0, "objective": 1, "locative": 2}


def inflect(word: str, case: Case) -> str:
    """Return the name or figure in the case; the empty word stays empty."""
    if case == "plain" or not word:
        return word
    plain = _NFC("NFC", word)
    if " " in plain and _PLURAL.search(plain):
        stem = plain[: -len("রা")]
        return {"genitive": stem + "দের", "objective": stem + "দের", "locative": stem + "দের মধ্যে"}[case]
    if plain.endswith("ৎ") and case != "objective":
        plain = plain[:-1] + "ত"
    return _NFC("NFC", plain + _ENDINGS[_sound(plain)][_PLACES[case]])


def _sound(word: str) -> str:
    last = word.rstrip(_CANDRABINDU)[-1:]
    if last == _A:
        return "a"
    if last in _SIGNS or last in _VOWELS:
        return "vowel"
    if last in _GLIDES or last in _DIPHTHONG_SIGNS or last == _NASAL:
        return "glide"
    final = re.split(r"[\s-]", word)[-1]
    if not _BENGALI_LETTER.match(last) or len(final) == 1:
        return "apart"
    return "consonant"


def listed(words: Iterable[str], joiner: str = "ও") -> str:
    """Join names as a list: ক, খ ও গ."""
    items = list(words)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {joiner} {items[-1]}"


def ordinal(place: int) -> str:
    """Write a place in an order, from 1: ১ম, ২য়, ১১তম."""
    return _NFC("NFC", _ORDINALS[place]) if 0 < place < len(_ORDINALS) else f"{bengali_digits(str(place))}তম"


def when(date: str, precision: Precision) -> str:
    """Say when something happened: ২০২৫ সালের ৬ অক্টোবর, ২০২৫ সালের অক্টোবরে, ২০২৫ সালে."""
    parts = [int(part) for part in date.split("-")]
    shown = year(parts[0], "bn")
    if precision == "year" or len(parts) == 1:
        return f"{shown} সালে"
    if precision == "quarter":
        return _NFC("NFC", f"{shown} সালের {_QUARTERS[(parts[1] - 1) // 3]} প্রান্তিকে")
    month = _NFC("NFC", MONTHS_BN[parts[1] - 1])
    if precision == "day" and len(parts) == 3:
        return f"{shown} সালের {bengali_digits(str(parts[2]))} {month}"
    return f"{shown} সালের {month} মাসে" if len(month) <= _SHORT_MONTH else f"{shown} সালের {inflect(month, 'locative')}"


class Plural(str):
    """Words that end in an animate plural, so that they are not taken for a name such as ক্যামেরা."""

    __slots__ = ()


def people(plural: str, case: Case) -> str:
    """Inflect an animate plural: চিপ নির্মাতারা, চিপ নির্মাতাদের; other words go by their last sound."""
    for ending, kept in (("েরা", ""), ("ারা", "া"), ("ীরা", "ী")):
        if plural.endswith(ending) and case != "plain":
            stem = plural.removesuffix(ending) + kept
            return f"{stem}দের মধ্যে" if case == "locative" else f"{stem}দের"
    return inflect(plural, case)
