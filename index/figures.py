"""Figures in text, in English and Bengali: read them with their unit and place, and write them.

One reader serves questions, documents and the verifier, so what one of them understands the others understand.
Money is read in its own currency; magnitudes are multiplied out; power is in gigawatts.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from index.records import Language, Precision
from index.text import bengali_digits, fold_digits

NFC = unicodedata.normalize
_LETTER = r"(?:[^\W\d_]|[\u0981-\u0983\u09bc-\u09cd\u09d7])"  # a letter or a Bengali sign

Unit = Literal["USD", "EUR", "GBP", "INR", "JPY", "BDT", "percent", "GW", "shares", "years", "date", ""]

MAGNITUDES: dict[str, Decimal] = {
    NFC("NFC", word): Decimal(value)
    for value, forms in {
        10**3: "thousand k হাজার hajar hazar",
        10**5: "lakh lakhs lac লাখ লক্ষ lokkho",
        10**6: "million millions mn m mln মিলিয়ন",
        10**7: "crore crores cr কোটি koti",
        10**9: "billion billions bn b bln বিলিয়ন",
        10**12: "trillion trillions tn t trn ট্রিলিয়ন",
    }.items()
    for word in forms.split()
}
_SHORT = {"k", "m", "b", "t", "cr", "mn", "bn", "tn"}  # a magnitude only directly after the digits

_CURRENCY_FORMS: tuple[tuple[Unit, str], ...] = (
    ("USD", "$ us$ usd dollar dollars dolar ডলার"),
    ("EUR", "€ eur euro euros ইউরো"),
    ("GBP", "£ gbp pound pounds পাউন্ড"),
    ("INR", "₹ inr rupee rupees rupi রুপি"),
    ("JPY", "¥ jpy yen ইয়েন"),
    ("BDT", "৳ bdt tk taka টাকা"),
)
CURRENCIES: dict[str, Unit] = {NFC("NFC", word): unit for unit, forms in _CURRENCY_FORMS for word in forms.split()}
_UNIT_FORMS: tuple[tuple[Unit, str, str], ...] = (
    ("percent", "1", "percent pct শতাংশ ভাগ"),
    ("GW", "1", "gw gigawatt gigawatts গিগাওয়াট"),
    ("GW", "0.001", "mw megawatt megawatts মেগাওয়াট"),
    ("shares", "1", "shares share শেয়ার"),
    ("years", "1", "years year বছর bochor"),
)
_UNITS: dict[str, tuple[Unit, Decimal]] = {
    NFC("NFC", word): (unit, Decimal(factor)) for unit, factor, forms in _UNIT_FORMS for word in forms.split()
}
MONTHS_EN = tuple("January February March April May June July August September October November December".split())
MONTHS_BN = tuple("জানুয়ারি ফেব্রুয়ারি মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর".split())
_MONTH: dict[str, int] = {
    NFC("NFC", name.casefold()): number
    for number, names in enumerate(
        (
            "january jan জানুয়ারি জানুয়ারী",
            "february feb ফেব্রুয়ারি ফেব্রুয়ারী",
            "march mar মার্চ",
            "april apr এপ্রিল",
            "may মে",
            "june jun জুন",
            "july jul জুলাই",
            "august aug আগস্ট অগাস্ট আগষ্ট",
            "september sep sept সেপ্টেম্বর",
            "october oct অক্টোবর",
            "november nov নভেম্বর",
            "december dec ডিসেম্বর",
        ),
        1,
    )
    for name in names.split()
}


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


def _alternatives(words: list[str] | set[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_WITH_SIGNS = re.compile("(?s:.)[\u0300-\u036f\u0981-\u0983\u09bc-\u09cd\u09d7]*")
_BN_TAIL = r"(?:েরও|ের|এর|-এর|কে|তে|টি|য়|র|ে|ও|ই)?"  # endings that a Bengali unit may carry (ডলারের, শতাংশে)
_NUM = r"(?<![\d.,A-Za-z-])(?:\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_LONG = _alternatives({word for word in MAGNITUDES if word not in _SHORT})
_MAGNITUDE = rf"(?:[\s-]?(?:{_LONG}){_BN_TAIL}(?!{_LETTER})|(?:{_alternatives(_SHORT)})(?!{_LETTER}))"
_AMOUNT = re.compile(
    rf"(?:(?P<sign>us\$|[$€£₹¥৳]) ?)?(?P<num>{_NUM})(?P<mags>{_MAGNITUDE}*)"
    rf"(?:[\s-]*(?:(?P<unit>{_alternatives(set(_UNITS))}){_BN_TAIL}(?!{_LETTER})"
    rf"|(?:u\.?s\.? |মার্কিন )?(?P<currency>{_alternatives({word for word in CURRENCIES if word[0].isalpha()})})"
    rf"{_BN_TAIL}(?!{_LETTER}))|\s?(?P<percent>%))?",
    re.IGNORECASE,
)
_MAG_WORD = re.compile(_alternatives(set(MAGNITUDES)), re.IGNORECASE)
_MONTHS = _alternatives(set(_MONTH))
_ORDINAL = r"(?:st|nd|rd|th|ই|লা|রা|শে|ঠা)?"
_DATES = (
    re.compile(r"(?<![\d-])(?P<y>\d{4})-(?P<m>\d{2})(?:-(?P<d>\d{2}))?(?![\d-])"),
    re.compile(
        rf"(?<![\d.,])(?P<d>\d{{1,2}}){_ORDINAL}\s+(?:of\s+)?(?P<m>{_MONTHS}){_BN_TAIL}(?!{_LETTER})(?:,?\s+(?P<y>\d{{4}})(?!\d))?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<!{_LETTER})(?P<m>{_MONTHS})\.?\s+(?P<d>\d{{1,2}}){_ORDINAL}(?![\d.,]\d|\d)(?:,?\s+(?P<y>\d{{4}})(?!\d))?",
        re.IGNORECASE,
    ),
    re.compile(rf"(?<!{_LETTER})(?P<m>{_MONTHS}),?\s+(?:of\s+)?(?P<y>\d{{4}})(?!\d)", re.IGNORECASE),
    re.compile(
        rf"(?<!\d)(?P<y>\d{{4}})\s+(?:সালের\s+|এর\s+|er\s+|sh?aler\s+|sh?al er\s+)?(?P<m>{_MONTHS}){_BN_TAIL}(?!{_LETTER})",
        re.IGNORECASE,
    ),
)
_YEAR = re.compile(r"(?<![\d.,A-Za-z$€£₹¥৳-])(?:19|20)\d{2}(?![\d%]|[.,]\d)")


def read_figures(text: str) -> tuple[Figure, ...]:
    """Return the figures of a text in order of place; dates and years first claim their digits.

    A year alone is a date of year precision. Digits inside a word or a code (GB200, H100) are no figures.
    """
    folded, places = _fold(text)
    found = list(_read_dates(folded))
    taken = [(figure.start, figure.end) for figure in found]
    for match in _AMOUNT.finditer(folded):
        if _free(match.start("num"), match.end("num"), taken):
            found.append(_read_amount(match))
            taken.append((match.start("num"), match.end("num")))
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


def _free(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    return all(end <= first or start >= last for first, last in taken)


def _read_dates(folded: str) -> list[Figure]:
    found: list[Figure] = []
    taken: list[tuple[int, int]] = []
    for pattern in _DATES:
        for match in pattern.finditer(folded):
            parts = match.groupdict()
            month = int(parts["m"]) if parts["m"].isdigit() else _MONTH[parts["m"].casefold()]
            day = int(parts["d"]) if parts.get("d") else 0
            if not (1 <= month <= 12 and day <= 31) or not _free(match.start(), match.end(), taken):
                continue
            year = parts.get("y")
            iso = "-".join([year or "____", f"{month:02}", *([f"{day:02}"] if day else [])])
            found.append(Figure(Decimal(year or 0), "date", match.start(), match.end(), iso))
            taken.append((match.start(), match.end()))
    found += [
        Figure(Decimal(match.group()), "date", match.start(), match.end(), match.group())
        for match in _YEAR.finditer(folded)
        if _free(match.start(), match.end(), taken) and not _MAGNITUDE_NEXT.match(folded, match.end())
    ]
    return found


_MAGNITUDE_NEXT = re.compile(
    rf"{_MAGNITUDE}|\s?(?:{_alternatives({word for word in (*CURRENCIES, *_UNITS) if word[0] != '-'})})", re.IGNORECASE
)


def _read_amount(match: re.Match[str]) -> Figure:
    value = Decimal(match["num"].replace(",", ""))
    for word in _MAG_WORD.findall(match["mags"] or ""):
        value *= MAGNITUDES[word.casefold()]
    unit: Unit = ""
    if match["sign"]:
        unit = CURRENCIES[match["sign"].casefold()]
    elif match["currency"]:
        unit = CURRENCIES[match["currency"].casefold()]
    elif match["percent"]:
        unit = "percent"
    elif match["unit"]:
        unit, factor = _UNITS[match["unit"].casefold()]
        value *= factor
    return Figure(value, unit, match.start(), match.end())


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
