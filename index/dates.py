"""Dates in text, in English, Bengali and Banglish: days, months and years, in the orders that people write them."""

import re
import unicodedata
from collections.abc import Iterator

MONTHS_EN = tuple("January February March April May June July August September October November December".split())
MONTHS_BN = tuple("জানুয়ারি ফেব্রুয়ারি মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর".split())
MONTH_NUMBERS: dict[str, int] = {
    unicodedata.normalize("NFC", name.casefold()): number
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
_CENTURY = 70  # '69 is 2069, '70 is 1970
_LETTER = r"(?:[^\W\d_]|[\u0981-\u0983\u09bc-\u09cd\u09d7])"  # a letter or a Bengali sign
_TAIL = r"(?:েরও|ের|এর|-এর|কে|তে|টি|য়|র|ে|ও|ই)?"
_MONTHS = "|".join(re.escape(word) for word in sorted(MONTH_NUMBERS, key=len, reverse=True))
# A look at the first letter spares most places the list.
_INITIAL = f"(?=[{''.join(sorted({form(name[0]) for name in MONTH_NUMBERS for form in (str, str.upper)}))}])"
_ORDINAL = r"(?: ?(?:শে|ই|লা|রা|ঠা)|st|nd|rd|th|i|e|she|la|ra|tha)?"
_YEAR_AFTER = r"(?:(?:,?\s+|-)(?P<y>\d{4}|'\d{2})(?!\d))?"
_OF_YEAR = r"(?P<y>\d{4})(?:\s+সালের|\s*-?এর|\s+sh?aler|\s+sh?al er|\s+er)\s+"  # "২০২৬ সালের ...", "2026 saler ..."
_DAY_SAID = r"\s+(?:তারিখ|tarikh)"
_MONTHLY = r"(?:ের|র| er)?(?:\s+(?:মাসের|masher|maser))?"
_ISO = (re.compile(r"(?<![\d-])(?P<y>\d{4})-(?P<m>\d{2})(?:-(?P<d>\d{2}))?(?![\d-])"),)
# A glance for the first letters of a month's name costs less than the patterns that hold the names.
_MONTH_NAMED = re.compile("|".join(sorted({form(name[:3]) for name in MONTH_NUMBERS for form in (str, str.title, str.upper)})))
_NAMED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?=\d)(?<!\d){_OF_YEAR}(?P<d>\d{{1,2}}){_ORDINAL}\s+(?P<m>{_MONTHS}){_TAIL}(?!{_LETTER})",
        rf"(?=\d)(?<!\d){_OF_YEAR}(?P<m>{_MONTHS}){_MONTHLY}\s+(?P<d>\d{{1,2}}){_ORDINAL}{_DAY_SAID}",
        rf"(?=\d)(?<![\d.,])(?P<d>\d{{1,2}}){_ORDINAL}(?:\s+(?:of\s+)?|-)(?P<m>{_MONTHS})(?:{_TAIL}(?!{_LETTER})|\.(?=\s+[\d'])){_YEAR_AFTER}",
        rf"{_INITIAL}(?<!{_LETTER})(?P<m>{_MONTHS})\.?\s+(?P<d>\d{{1,2}}){_ORDINAL}(?![\d.,]\d|\d){_YEAR_AFTER}",
        rf"{_INITIAL}(?<!{_LETTER})(?P<m>{_MONTHS}){_MONTHLY}\s+(?P<d>\d{{1,2}}){_ORDINAL}{_DAY_SAID}{_YEAR_AFTER}",
        rf"{_INITIAL}(?<!{_LETTER})(?P<m>{_MONTHS})\.?,?\s+(?:of\s+)?(?P<y>\d{{4}}|'\d{{2}})(?!\d)",
        rf"(?=\d)(?<!\d)(?P<y>\d{{4}})\s+(?:সালের\s+|এর\s+|er\s+|sh?aler\s+|sh?al er\s+)?(?P<m>{_MONTHS}){_TAIL}(?!{_LETTER})",
    )
)


def read_dates(folded: str) -> Iterator[tuple[str, int, int]]:
    """Yield (ISO form, start, end) of each date that names a month, the fuller forms first; a missing year is ``____``.

    ``folded`` has ASCII digits and is in form NFC.
    """
    taken: list[tuple[int, int]] = []
    for pattern in (*_ISO, *_NAMED) if _MONTH_NAMED.search(folded) else _ISO:
        for match in pattern.finditer(folded):
            parts = match.groupdict()
            month = int(parts["m"]) if parts["m"].isdigit() else MONTH_NUMBERS[parts["m"].casefold()]
            day = int(parts.get("d") or 0)
            free = all(match.end() <= first or match.start() >= last for first, last in taken)
            if not (1 <= month <= 12 and day <= 31 and free):
                continue
            taken.append(match.span())
            yield "-".join([_year(parts.get("y")), f"{month:02}", *([f"{day:02}"] if day else [])]), *match.span()


def _year(text: str | None) -> str:
    if not text:
        return "____"
    if not text.startswith("'"):
        return text
    return f"{'20' if int(text[1:]) < _CENTURY else '19'}{text[1:]}"
