"""Months, and years in words or cut short, as questions name them: "between September and November 2025", "Oct '25"."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache

from assistant.words import read, said
from index.dates import MONTH_NUMBERS
from index.figures import Figure, read_figures
from index.numerals import CARDINALS
from index.text import normalise

Span = tuple[date, date]
_TAIL = r"(?:েরও|ের|য়ের|য়েরও|য়ে|তে|তেই|এর|-এর|'s|েই|ে|ও|ই|র|-এ|-er|er|e)?(?:(?<=ের)(?:গুলো|গুলি|টা|টি)(?:র|কে)?)?"
_EDGE = r"(?:[^\W_]|[\u0981-\u0983\u09bc-\u09cd\u09d7])"
_SHORT_YEAR = re.compile(r"(?:(?<!\w)|(?<=q\d))['’](1[5-9]|2\d|3\d)(?!\d)")
_BESIDE = 10  # characters at most between a month and its year ("২০২৫ সালের জুন")
_AMBIGUOUS = frozenset({"may", "march", "মে"})  # words of their own besides
_SHORT_WORDS = frozenset({"mar", "jun", "jul"})  # months only beside a day or a year


@dataclass(frozen=True, slots=True)
class Named:
    """A month, a day of a month, or a year as named: ``day`` is ISO with "____" for a year left out.

    ``start`` to ``end`` are the words that name it; a year right beside a month is part of them.
    """

    day: str
    start: int
    end: int


@cache
def _day_range() -> re.Pattern[str]:
    """Two days of one month: "between 20 and 24 April 2026"."""
    joined = r"and|to|till|until|-|–|থেকে|হতে|ও|এবং|theke|ar"
    months = "|".join(sorted(map(re.escape, _numbers()), key=len, reverse=True))
    day = r"(\d{1,2})(?:st|nd|rd|th|ই|লা|রা|শে|ঠা)?"
    return re.compile(
        rf"(?<![\d.,]){day}\s*({joined})\s*{day}\s+(?:of\s+)?((?:{months}){_TAIL})((?:,?\s+\d{{4}})?)(?!\d)", re.IGNORECASE
    )


def with_years(text: str) -> str:
    """Return the text with years, and days before months, in digits: '25 as 2025, চৌদ্দই জানুয়ারি as 14 জানুয়ারি."""
    text = _worded_days().sub(lambda match: str(_days()[match[1].casefold()]), text)
    return _worded_years().sub(_in_digits, _SHORT_YEAR.sub(r" 20\1", _day_range().sub(r"\1 \4\5 \2 \3 \4\5", text)))


def named_days(text: str) -> tuple[Named, ...]:
    """Return the dates of a text in order, bare months among them; every month has a year where one stands beside it.

    A year that only completes months is no date of its own.
    """
    figures = [figure for figure in read_figures(text) if figure.unit == "date"]
    found = sorted(
        (*(Named(figure.day, figure.start, figure.end) for figure in figures), *_bare_months(text, figures)), key=_place
    )
    years = [one for one in found if len(one.day) == 4]
    lacking = [one for one in found if one.day.startswith("____")]
    full = [one for one in found if one not in years and one not in lacking]
    completed = {one: _year_for(one, years, full) for one in lacking}
    used = {year for year in completed.values() if year in years}
    days = [_completed(one, completed[one]) for one in lacking]
    return tuple(sorted((*days, *full, *(year for year in years if year not in used)), key=_place))


def _place(one: Named) -> int:
    return one.start


def _completed(month: Named, year: Named | None) -> Named:
    if year is None:
        return month
    gap = max(year.start - month.end, month.start - year.end)
    near = gap <= _BESIDE
    start, end = (min(month.start, year.start), max(month.end, year.end)) if near else (month.start, month.end)
    return Named(year.day[:4] + month.day[4:], start, end)


def _year_for(month: Named, years: list[Named], full: list[Named]) -> Named | None:
    """Return the nearest year beside a month: one alone first, else that of another date."""
    return min(years or full, key=lambda one: abs(one.start - month.start), default=None)


def _bare_months(text: str, figures: list[Figure]) -> list[Named]:
    found = []
    for match in _months().finditer(text):
        if any(figure.start < match.end() and match.start() < figure.end for figure in figures):
            continue
        name = match[1]
        if name in _AMBIGUOUS and not _is_month(text, match):
            continue
        found.append(Named(f"____-{_numbers()[name]:02}", match.start(), match.end()))
    return found


def _is_month(text: str, match: re.Match[str]) -> bool:
    """True for "in May", "May and June", "মে মাসে": not the verb, not the march of events."""
    before = re.findall(r"\S+", text[: match.start()])[-1:]
    after = re.findall(r"\S+", text[match.end() :])[:1]
    one, other = ({normalise(word.strip(",.?")) for word in side} for side in (before, after))
    beside_year = any(re.match(r"\d{4}", word) for word in one)
    told = beside_year or one & said("before_month") or other & said("after_month")
    return bool(told) or any(word in _numbers() for word in one | other)


@cache
def _numbers() -> dict[str, int]:
    """Return the names of months in lower case with their numbers, but for short ones that are other words besides."""
    return {normalise(name): number for name, number in MONTH_NUMBERS.items() if name not in _SHORT_WORDS}


@cache
def _months() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, _numbers()), key=len, reverse=True))
    return re.compile(rf"(?<!{_EDGE})({names}){_TAIL}(?!{_EDGE})")


_TENS = {
    19: "nineteen উনিশ unish", 20: "twenty বিশ কুড়ি bish kuri", 21: "twenty[- ]one একুশ ekush",
    22: "twenty[- ]two বাইশ baish", 23: "twenty[- ]three তেইশ teish", 24: "twenty[- ]four চব্বিশ chobbish",
    25: "twenty[- ]five পঁচিশ পচিশ pochish", 26: "twenty[- ]six ছাব্বিশ chabbish", 27: "twenty[- ]seven সাতাশ shatash",
    28: "twenty[- ]eight আটাশ atash", 29: "twenty[- ]nine ঊনত্রিশ unotrish", 30: "thirty ত্রিশ trish",
}  # fmt: skip


@cache
def _days() -> dict[str, int]:
    """Return the days of a month in words with their numbers: চৌদ্দই, একুশে, choddoi, পয়লা."""
    found = {
        unicodedata.normalize("NFC", word): day
        for day, words in enumerate(("পয়লা পহেলা poila pohela", "দোসরা dosra", "তেসরা tesra", "চৌঠা choutha"), 1)
        for word in words.split()
    }
    for word, value in CARDINALS.items():
        if 4 < value <= 31 and not word.isdecimal():
            endings = ("i", "oi", "e") if word.isascii() else ("ই", "ে")
            found |= {word + ending: int(value) for ending in endings} | ({} if word.isascii() else {word: int(value)})
    return found


@cache
def _worded_days() -> re.Pattern[str]:
    days = "|".join(sorted(map(re.escape, _days()), key=len, reverse=True))
    months = "|".join(sorted(map(re.escape, [*_numbers(), *read("banglish.yaml")["months"]]), key=len, reverse=True))
    return re.compile(rf"(?<!{_EDGE})({days})(?=\s+(?:{months}))", re.IGNORECASE)


@cache
def _worded_years() -> re.Pattern[str]:
    forms = "|".join(f"(?P<y{value}>{'|'.join(_forms(words))})" for value, words in sorted(_TENS.items(), reverse=True))
    thousands = "দুই হাজার|দু হাজার|দু'হাজার|dui hajar|du hajar|two thousand(?: and)?|twenty"
    return re.compile(rf"(?<!{_EDGE})(?:{thousands})[ -](?:{forms})(?!{_EDGE})", re.IGNORECASE)


def _forms(words: str) -> list[str]:
    return re.sub(r"\[- \]", "[-\0]", words).replace(" ", "|").replace("\0", " ").split("|")


def _in_digits(match: re.Match[str]) -> str:
    return "20" + next(name[1:] for name, text in match.groupdict().items() if text)
