"""Figures in text, in English and Bengali: read them with their unit and place, and write them.

One reader serves questions, documents and the verifier, so what one of them understands the others understand.
Money is read in its own currency; magnitudes are multiplied out; power is in gigawatts.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal

from index.amounts import MAGNITUDE_NEXT, Unit, free, read_amounts
from index.dates import MONTHS_BN, MONTHS_EN, read_dates
from index.records import Language, Precision
from index.text import bengali_digits, fold_digits

NFC = unicodedata.normalize


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit as read at ``text[start:end]``; a date keeps its ISO form in ``day``."""

    value: Decimal
    unit: Unit
    start: int
    end: int
    day: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What is compared: the ISO date, or the plain value, with the unit."""
        return (self.day or format(self.value.normalize(), "f"), self.unit)


_WITH_SIGNS = re.compile("(?s:.)[\u0300-\u036f\u0981-\u0983\u09bc-\u09cd\u09d7]*")
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?<![\d.,A-Za-z$€£₹¥৳-])(?:19|20)\d{2}(?![\d%]|[.,]\d)")


def read_figures(text: str) -> tuple[Figure, ...]:
    """Return the figures of a text in order of place; dates and years first claim their digits.

    A year alone is a date of year precision. Digits inside a word or a code (GB200, H100) are no figures. Numbers in
    words count before a magnitude, money, power or percent; sums in steps (৭ কোটি ৩০ লাখ) are one figure.
    """
    folded, places = _fold(text)
    found = _dates(folded) if _DIGIT.search(folded) else []
    taken = [(figure.start, figure.end) for figure in found]
    found += (Figure(value, unit, start, end) for value, unit, start, end in read_amounts(folded, taken))
    if places:
        found = [replace(figure, start=places[figure.start][0], end=places[figure.end - 1][1]) for figure in found]
    return tuple(sorted(found, key=lambda figure: figure.start))


def _fold(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the text in the form that the patterns are in, and where its characters stand; empty: in the same place.

    Many keyboards type য় as one character where NFC has two.
    """
    folded = fold_digits(text)
    if len(folded) == len(text) and unicodedata.is_normalized("NFC", folded):
        return folded, []
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    for letter in _WITH_SIGNS.finditer(text):
        part = fold_digits(NFC("NFC", letter.group()))
        parts.append(part)
        places += [letter.span()] * len(part)
    return "".join(parts), places


def _dates(folded: str) -> list[Figure]:
    found = [Figure(Decimal(day[:4].replace("____", "0")), "date", start, end, day) for day, start, end in read_dates(folded)]
    taken = [(figure.start, figure.end) for figure in found]
    found += [
        Figure(Decimal(match.group()), "date", match.start(), match.end(), match.group())
        for match in _YEAR.finditer(folded)
        if free(match.start(), match.end(), taken) and not MAGNITUDE_NEXT.match(folded, match.end())
    ]
    return found


def plain(value: Decimal) -> str:
    """Return the decimal without exponent or trailing zeros, ASCII digits, no grouping."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def number(value: Decimal, language: Language) -> str:
    """Write a number with grouping: 50,000 in English, ৫০,০০০ in Bengali (৫ লাখ and crores by ``count``)."""
    whole, _, fraction = plain(value).partition(".")
    text = f"{int(whole):,}" + (f".{fraction}" if fraction else "")
    return bengali_digits(text) if language == "bn" else text


_SCALE_EN = ((Decimal(10**12), "trillion"), (Decimal(10**9), "billion"), (Decimal(10**6), "million"))
_SCALE_BN = ((Decimal(10**12), "ট্রিলিয়ন"), (Decimal(10**9), "বিলিয়ন"), (Decimal(10**6), "মিলিয়ন"))
_COUNT_BN = ((Decimal(10**7), "কোটি"), (Decimal(10**5), "লাখ"))


def money(amount: Decimal, language: Language) -> str:
    """Write an exact sum of US dollars: $1.25 trillion, $5.375 billion, ৩৫০ মিলিয়ন ডলার."""
    if language == "bn":
        return f"{_scaled(amount, _SCALE_BN, language)} ডলার"
    return f"${_scaled(amount, _SCALE_EN, language)}"


def count(value: Decimal, language: Language) -> str:
    """Write a number of things: 160 million, 23,000; ১৬ কোটি, ২৩,০০০."""
    return _scaled(value, _COUNT_BN if language == "bn" else _SCALE_EN, language)


def _scaled(value: Decimal, scale: tuple[tuple[Decimal, str], ...], language: Language) -> str:
    for size, word in scale:
        if value >= size:
            return f"{number(value / size, language)} {NFC('NFC', word)}"
    return number(value, language)


def percent(value: Decimal, language: Language) -> str:
    """Write a share: 27%, ২৭ শতাংশ."""
    return f"{number(value, language)} শতাংশ" if language == "bn" else f"{number(value, language)}%"


def gigawatts(value: Decimal, language: Language) -> str:
    """Write power: 6 GW, 750 MW; ৬ গিগাওয়াট, ৭৫০ মেগাওয়াট. ``value`` is in gigawatts."""
    small = value < 1
    shown = number(value * 1000 if small else value, language)
    if language == "bn":
        return f"{shown} {NFC('NFC', 'মেগাওয়াট' if small else 'গিগাওয়াট')}"
    return f"{shown} {'MW' if small else 'GW'}"


def day(text: str, precision: Precision, language: Language) -> str:
    """Write a date at its precision: 6 October 2025, October 2025, Q4 2025, 2025; ৬ অক্টোবর ২০২৫, অক্টোবর ২০২৫, ২০২৫."""
    parts = [int(part) for part in text.split("-")]
    if precision == "year" or len(parts) == 1:
        return year(parts[0], language)
    if precision == "quarter":
        quarter = (parts[1] + 2) // 3
        if language == "bn":
            return f"{year(parts[0], language)} সালের {('প্রথম', 'দ্বিতীয়', 'তৃতীয়', 'চতুর্থ')[quarter - 1]} প্রান্তিক"
        return f"Q{quarter} {parts[0]}"
    month = NFC("NFC", (MONTHS_BN if language == "bn" else MONTHS_EN)[parts[1] - 1])
    shown = f"{month} {year(parts[0], language)}"
    if precision == "day" and len(parts) == 3:
        shown = f"{number(Decimal(parts[2]), language)} {shown}"
    return shown


def year(value: int, language: Language) -> str:
    """Write a year without grouping."""
    return bengali_digits(str(value)) if language == "bn" else str(value)
